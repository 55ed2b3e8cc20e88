# Was mehrere Fenster sagen: ihre Schaltflächen, und Zeitpunkte.

# en: 693eed41
window-close = S&chließen
# en: 55086cae
window-back = &Zurück
# en: 5cf549a0
window-later = &Später
# en: d9c6b5e2
window-keep-editing = &Weiter bearbeiten
# en: 6813a3db
window-discard = &Verwerfen
# en: 45985e44
window-refused = Sottovoce kann nicht starten
# en: 7f293982
window-today = Heute { $time }
# en: 94d1ce98
window-yesterday = Gestern { $time }
# en: 0bd7eed5
window-day = { WEEKDAY($day, form: "short") }, { DAY($day) }. { MONTH($day, form: "short") } { YEAR($day) } { $time }
# en: 08a6cebf
window-made-today = heute um { $time }
# en: 9b239de6
window-made-yesterday = gestern um { $time }
# en: b7065e68
window-made-on = am { WEEKDAY($day, form: "short") }, { DAY($day) }. { MONTH($day, form: "short") } { YEAR($day) } um { $time }
