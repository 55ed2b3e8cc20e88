# `sottovoce audit`.

# en: 36c5d867
cliaudit-accepted = Das Prüfprotokoll geht von hier aus weiter.
