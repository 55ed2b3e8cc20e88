# `sottovoce audit`.

# en: 36c5d867
cliaudit-accepted = Das Prüfprotokoll geht von hier aus weiter.
# en: 96b972a4
cliaudit-file = export: die Datei, die geschrieben wird
