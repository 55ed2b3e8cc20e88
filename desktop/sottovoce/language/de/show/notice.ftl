# Was nebenbei gemeldet wird.

# en: d1b76ca3
notice-running-already = Sottovoce läuft schon; das Fenster wird angezeigt.
