# `sottovoce upkeep` und `sottovoce clock`.

# en: edeb4c0e
cliupkeep-backup = die Sicherung von heute wurde erstellt
# en: 2c3998e2
cliupkeep-unfinished = was gelöscht wurde, ist auch aus Dateien und Sicherungen weg
# en: 7b869550
cliupkeep-messages = { $messages ->
    [one] { $messages } Nachricht war so lange behalten, wie es eingestellt ist, und wurde gelöscht
   *[other] { $messages } Nachrichten waren so lange behalten, wie es eingestellt ist, und wurden gelöscht
}
# en: b5dcc322
cliupkeep-replaced = was beim Wiederherstellen ersetzt worden war, wurde entfernt
# en: f6b8c8d7
cliupkeep-nothing = nichts stand an
# en: 68b882c4
cliupkeep-clock-believed = Die Uhr zeigt { $now }, und das gilt.
# en: 4d9e9ce8
cliupkeep-clock-accepted = Es gilt, was die Uhr jetzt zeigt.
# en: e4f96bba
cliupkeep-clock-not-doubted = An der Uhr gab es keinen Zweifel.
