# Was `doctor` feststellt, was es ansieht (die Seite seiner Codes), und wie eine Taste erprobt wird.

# en: a805c703
doctor-checks-application = Die laufende Anwendung antwortet (nur, wenn sie es nicht tut oder noch startet).
# en: 4e3d594c
doctor-checks-folders = Die Datenordner lassen sich anlegen und gehören diesem Benutzer allein.
# en: 58c2e319
doctor-checks-settings = `settings.toml` lässt sich lesen und enthält keine Fehler.
# en: c9ed056b
doctor-checks-policy = Die Richtlinie der Administration lässt sich lesen.
# en: feb72b45
doctor-checks-keyring = Der Schlüsselbund des Betriebssystems antwortet, oder eine Passphrase ersetzt ihn.
# en: b26b1e0c
doctor-checks-store = Die verschlüsselte Datenbank lässt sich öffnen und ist unversehrt, ebenso ihr Prüfprotokoll.
# en: a2e5d64b
doctor-checks-backups = Die fälligen Sicherungen wurden erstellt, und was zu alt wurde, ist weg.
# en: 5d311a95
doctor-checks-clock = Die Uhr ist nicht gesprungen (in der laufenden Anwendung).
# en: 693e11fa
doctor-checks-turns = Wie lange die letzten Runden gedauert haben (in der laufenden Anwendung).
# en: fa398113
doctor-checks-memory = Bedeutungen lassen sich erkennen, Kontexte werden gespeichert, und die Dateien des Benutzers lassen sich lesen.
# en: f186afd2
doctor-checks-language-model = Das genannte Sprachmodell darf gefragt werden und antwortet.
# en: a186bc82
doctor-checks-recovery = Nicht nur der Schlüsselbund öffnet die Datenbank, und was es noch tut, liegt dort, wo die Richtlinie es will.
# en: 2d0241cb
doctor-checks-speech-model = Das Spracherkennungsmodell ist da und funktioniert.
# en: c4bb7fe4
doctor-checks-microphone = Das Mikrofon lässt sich öffnen und liefert Ton.
# en: 75b53e9f
doctor-checks-voice = Antworten lassen sich sprechen.
# en: 71133758
doctor-checks-windows = Die Bibliotheken für Fenster sind da.
# en: e2a14b00
doctor-checks-hotkey = Die Taste zum Sprechen ist zu haben.
# en: f58de063
doctor-checks-press = Mit `--key`: Das Drücken der Taste ist zu sehen.
# en: cf923b36
doctor-checks-release = Mit `--key`: Das Loslassen der Taste ist zu sehen.
# en: 4328e0b3
doctor-checks-repeat = Mit `--key`: ob eine gehaltene Taste immer wieder gemeldet wird.
# en: 120b1ac3
doctor-code-well = Mit dem Teil ist alles in Ordnung.
# en: 6fe6703d
doctor-code-timed-out = Der Teil hat nicht rechtzeitig geantwortet.
# en: 99feb140
doctor-code-press-unseen = Mit `--key`: Es war kein Druck der Taste zu sehen.
# en: da28ac86
doctor-code-release-unseen = Mit `--key`: Das Loslassen der Taste ist nicht zu sehen, sie lässt sich also nicht halten.

# en: 960d9249
doctor-timed-out = Der Teil „{ $name }“ hat nicht rechtzeitig geantwortet.
# en: 55b17862
doctor-restart-it = Starte ihn neu und versuche es noch einmal.
# en: 79e45ce6
doctor-folders = Alles liegt unter { $folder }, für diesen Benutzer allein.
# en: 281c544a
doctor-settings = settings.toml enthält keine Fehler.
# en: 45e13505
doctor-policy-decides = Deine Administration legt fest: { $names }.
# en: 078ce669
doctor-policy-recommends = Empfohlen: { $names }.
# en: ea15f284
doctor-policy-none = Hier gibt es keine Richtlinie.
# en: 7f38b6ef
doctor-windows-layer = Alle Bibliotheken sind da. Die Anzeige liegt über allen Fenstern und nimmt weder Tastatur noch Klicks.
# en: a4dc0a42
doctor-windows-window = Alle Bibliotheken sind da. Die Anzeige ist ein Fenster, das weder Tastatur noch Klicks nimmt.
# en: 3ed98861
doctor-windows-notice = Alle Bibliotheken sind da. Statt der Anzeige kommen Benachrichtigungen, wie eingestellt.
# en: 2dcdf7ab
doctor-windows-no-layer = Alle Bibliotheken sind da. Über den Fenstern ist unter diesem Compositor kein Platz, und Xwayland antwortet nicht: statt der Anzeige kommen Benachrichtigungen.
# en: c427dc12
doctor-windows-no-screen = Alle Bibliotheken sind da; einen Bildschirm gibt es hier nicht.
# en: 1955613b
doctor-keyring-passphrase = Hier antwortet kein Schlüsselbund; stattdessen öffnet eine Passphrase die Datenbank.
# en: 16a4ebe4
doctor-keyring = Der Schlüsselbund antwortet.
# en: 470700ac
doctor-store = Unversehrt: { $messages ->
    [one] { $messages } Nachricht
   *[other] { $messages } Nachrichten
} in { $conversations ->
    [one] { $conversations } Gespräch
   *[other] { $conversations } Gesprächen
}, { $memories ->
    [one] { $memories } Erinnerung
   *[other] { $memories } Erinnerungen
}, { $megabytes } MB.
# en: f57406e4
doctor-recovery-no-store = Es gibt noch keine Datenbank; der erste Start bietet einen Wiederherstellungscode an, oder der einer Sicherung gilt weiter.
# en: 0ddd1c90
doctor-recovery-passphrase-only = Es gibt keinen Wiederherstellungscode; eine Passphrase öffnet die Datenbank, falls der Schlüsselbund den Schlüssel verliert.
# en: 405c01d5
doctor-recovery = Es gibt einen Wiederherstellungscode, falls der Schlüsselbund den Schlüssel verliert.
# en: 93f56e8c
doctor-recovery-and-passphrase = Es gibt einen Wiederherstellungscode und eine Passphrase, falls der Schlüsselbund den Schlüssel verliert.
# en: 8be07017
doctor-recovery-kept = Es gibt einen Wiederherstellungscode, den deine Administration aufbewahrt, falls der Schlüsselbund den Schlüssel verliert.
# en: 5696ee3a
doctor-recovery-kept-and-passphrase = Es gibt einen Wiederherstellungscode, den deine Administration aufbewahrt, und eine Passphrase, falls der Schlüsselbund den Schlüssel verliert.
# en: 60d6bb56
doctor-backups-off = Sicherungen auf diesem Rechner sind aus, wie es die Einstellungen sagen.
# en: eceb54b9
doctor-backups-off-by-policy = Sicherungen auf diesem Rechner sind aus, wie es seine Richtlinie sagt.
# en: fc3f9d39
doctor-backups-none = Noch keine; die erste wird am Ende eines Befehls erstellt oder während niemand spricht.
# en: edbe0adf
doctor-backups = { $backups ->
    [one] { $backups } auf diesem Rechner, vom { $newest }.
   *[other] { $backups } auf diesem Rechner, die neueste vom { $newest }.
}
# en: 8f0c3bb9
doctor-clock-is-well = Die Uhr ist nicht gesprungen.
# en: 8e5d11b1
doctor-memory = { $embedder } erkennt Bedeutungen ({ $dimensions } Dimensionen); { $files }; { $saved }.
# en: da5dcfa9
doctor-memory-files = { $files ->
    [one] { $files } Datei ist bekannt
   *[other] { $files } Dateien sind bekannt
}
# en: ae6a2bcd
doctor-memory-broken = { $files } davon nicht lesbar
# en: e1bd2a68
doctor-memory-partial = { $files } davon nur zum Teil lesbar
# en: 22b86440
doctor-memory-unsaved = bisher war nichts zu speichern
# en: 208a8723
doctor-memory-saved = zuletzt gespeichert um { $at }
# en: 1b4f55a1
doctor-meanings = { $embedder } erkennt Bedeutungen.
# en: 700bbcac
doctor-model-none = Es ist keines genannt: Was keine Fähigkeit beantworten kann, bleibt ohne Antwort.
# en: 796a5643
doctor-backups-no-store = Es gibt noch keine Datenbank, also nichts zu sichern.
# en: 815c869a
doctor-no-store = Es gibt noch keine Datenbank; der erste Start legt eine an, und `sottovoce backup restore DATEI` setzt eine Sicherung von einem anderen Rechner an ihre Stelle.
# en: eb47b761
doctor-backups-not-opened = Die Datenbank ließ sich nicht öffnen, deshalb wurden ihre Sicherungen nicht angesehen.
# en: bb68271e
doctor-model-no-language = Nichts sagt seine Sprache.
# en: 441336b5
doctor-model-hears = Es versteht { $language }.
# en: 50701272
doctor-model-hears-only = Es versteht { $language }; in dieser Sprache wird nicht geantwortet.
# en: e757f016
doctor-microphone-monitor = „{ $name }“, in den Einstellungen genannt, liefert, was ein Lautsprecher spielt.
# en: b4e7fdb9
doctor-microphone-named = Das Mikrofon „{ $name }“ liefert Ton.
# en: 2b20c695
doctor-microphone = Das Mikrofon liefert Ton.
# en: f0903ba9
doctor-voice-off = Antworten werden nur gezeigt, wie es die Einstellungen sagen.
# en: 76abb0fa
doctor-voice = Die Stimme ist bereit.
# en: 8159e76f
doctor-hotkey-no-screen = Hier gibt es keinen Bildschirm, also auch keine Taste.
# en: a6dc4c8d
doctor-hotkey-free = { $key } ist frei und kann gehalten werden.
# en: b2bd5343
doctor-hotkey-none = Es ist keine Taste eingestellt; `sottovoce press`, `release` und `toggle` gehen, und das Menü.
# en: 713dce17
doctor-key-of-desktop = Die Taste, die in den Einstellungen deines Desktops belegt ist,
# en: 1472a8b5
doctor-key-had = { $key } ist zu haben.
# en: 6568e34d
doctor-key-down = { $key } ist beim Drücken zu sehen.
# en: da352bc5
doctor-key-unseen = In { $seconds } s war kein Druck zu sehen.
# en: 2df1e182
doctor-key-press-now = Drücke die Taste, während gewartet wird. Wenn du das getan hast: Ein anderes Programm nimmt sie vorher, oder der Desktop gibt sie nicht weiter; wähle eine andere `hotkey`.
# en: d5ed3e0c
doctor-key-repeats = Beim Halten noch { $times }-mal gemeldet; das schadet nicht.
# en: 8265278e
doctor-key-no-repeat = Beim Halten nicht wiederholt, oder nicht lange genug gehalten, um es zu sehen.
# en: db689aa7
doctor-key-up = Das Loslassen ist zu sehen: Sie kann beim Sprechen gehalten werden.
# en: 44dae927
doctor-key-not-up = Das Loslassen ist nicht zu sehen, sie lässt sich also nicht halten.
# en: 8342b372
doctor-key-toggle = Drücke sie zum Anfangen und noch einmal zum Beenden: Setze `hotkey_mode = "toggle"` oder lege `sottovoce toggle` darauf.

# en: 3fc32a2e
doctor-press-it = Drücke { $key }, halte eine Sekunde lang und lass los. Das Mikrofon bleibt zu.
# en: 963bd8ac
doctor-press-what-is-bound = die Taste, die dein Desktop mit Sottovoce belegt
# en: 6cf5d3a5
doctor-seconds = --seconds ist eine Zahl bis { $most }.
# en: c10edbb1
doctor-no-key = Es gibt keine Taste zu erproben: Keine ist eingestellt, und die Anwendung läuft nicht.
    .remedy = Starte Sottovoce, dann drücke, was dein Desktop damit belegt; oder nenne eine Taste: `sottovoce doctor --key Pause`.
# en: 6b49ca20
doctor-key-is-down = Sie ist gedrückt.
# en: 3f54c129
doctor-key-is-up = Sie ist losgelassen.
# en: a6878ddf
doctor-label-failed = FEHLER
# en: 59cadabd
doctor-label-note = Hinweis
# en: e12dd141
doctor-label-ok = ok
