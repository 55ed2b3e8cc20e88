# Was ein Befehl im Terminal fragt.

# en: 65998ffd
cliasking-passphrase = Passphrase der Datenbank:
# en: 566ec5cc
cliasking-not-it = Das war sie nicht.
# en: 8a51d68a
cliasking-nothing = Es wurde nichts getippt.
    .remedy = Tippe es, wenn du gefragt wirst, oder gib es auf der Eingabe des Befehls mit.
# en: 0c6c8eae
cliasking-again = Noch einmal dasselbe:
# en: 096dc9d0
cliasking-not-same = Die beiden waren nicht gleich.
    .remedy = Versuche es noch einmal.
# en: 3c0a8e7a
cliasking-too-long = Die Zeile ist zu lang.
    .remedy = Gib eine Zeile mit dem Geheimnis an.
