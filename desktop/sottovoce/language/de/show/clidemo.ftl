# `sottovoce demo`.

# en: 4e799afb
clidemo-begin = Eine Runde in einem Datenordner nur dafür; dessen Schlüssel gibt es nur im Arbeitsspeicher dieses Prozesses.
# en: 538a8afa
clidemo-end = insgesamt; der Datenordner ist gelöscht, nichts bleibt zurück.
# en: 4bed6338
clidemo-synthesised = „{ $question }“, { $seconds } s Ton, nirgends abgespielt
# en: 54b81799
clidemo-opened = eine neue verschlüsselte Datenbank
# en: 445cf4ce
clidemo-answered = „{ $reply }“ (Frage und Antwort sind jetzt auf dem Datenträger)
# en: d0ab1fbd
clidemo-read-back = beide Nachrichten, aus der Datenbank
# en: 6f4b20a8
clidemo-unreadable = ohne den Schlüssel verraten die Dateien nichts
# en: 247fd92e
clidemo-not-understood = Die Spracherkennung hat die synthetische Frage nicht verstanden.
# en: f77c8261
clidemo-not-stored = Die Runde ließ sich nicht wieder aus der Datenbank lesen.
# en: dbb0ed69
clidemo-readable = Die Datenbank lässt sich ohne ihren Schlüssel lesen.
# en: d7bc1dbe
clidemo-in-clear = In einer Datei steht unverschlüsselt, was gesagt wurde.
