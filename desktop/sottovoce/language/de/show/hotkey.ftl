# Was in die Einstellungen eines Desktops gehört, auf dem ein Programm sich keine Taste nehmen kann.

# en: 207da905
hotkey-bind-both = Schreibe `{ $press }` und `{ $release }` in die Datei { $file }. Setze danach in den Einstellungen `hotkey = ""`, dann kommt dieser Hinweis nicht wieder.
# en: e26ed289
hotkey-bind-labwc = Schreibe `{ $line }` in den Teil <keyboard> der Datei { $file }. Setze danach in den Einstellungen `hotkey = ""`, dann kommt dieser Hinweis nicht wieder.
# en: 98dbbfe0
hotkey-bind-toggle = Lege in den Tastatureinstellungen des Desktops den Befehl `sottovoce toggle` auf { $key }. Setze danach in den Einstellungen `hotkey = ""`, dann kommt dieser Hinweis nicht wieder.
# en: 59888b5c
hotkey-bind-elsewhere = Lege in den Einstellungen deines Desktops `sottovoce press` auf das Drücken von { $key } (ohne Wiederholung) und `sottovoce release` auf das Loslassen, oder nur `sottovoce toggle`, wenn er das Loslassen nicht kennt. Setze danach in den Einstellungen `hotkey = ""`, dann kommt dieser Hinweis nicht wieder.

# Wie der Desktop die Taste in seinen eigenen Fenstern nennt.

# en: 275098f8
hotkey-talk = Halten und sprechen
# en: f2140d4b
hotkey-cancel = Gesagtes oder die Antwort verwerfen

# Was die Selbstprüfung davon meldet.

# en: 034f3563
hotkey-is-held = Die laufende Anwendung hört auf { $key }.
# en: 9218c368
hotkey-is-given = Dein Desktop gibt { $given } für { $key }; die laufende Anwendung hört darauf.
# en: 88d5af03
hotkey-is-asked = Dein Desktop wurde um { $key } gebeten und sagt nicht, welche Taste er gibt. Wenn { $key } nichts tut, wähle in den Tastatureinstellungen des Desktops eine Taste für Sottovoce.
