# Was argparse von Python über eine Kommandozeile selbst sagt.

# en: 2bcd02b7
cliargparse-usage = Aufruf:{" "}
# en: 02efc847
cliargparse-arguments = Argumente
# en: e38f71f8
cliargparse-options = Optionen
# en: d62466b6
cliargparse-help = diese Hilfe zeigen
# en: 455c6908
cliargparse-argument = Argument %(argument_name)s: %(message)s
# en: aee791cb
cliargparse-required = es fehlt: %s
# en: f3d25251
cliargparse-one-required = eines davon muss angegeben werden: %s
# en: b6ae5b13
cliargparse-unrecognized = unbekannt: %s
# en: 330d69e7
cliargparse-not-allowed-with = das geht nicht zusammen mit %s
# en: a9190c9e
cliargparse-takes-no-value = die Option nimmt keinen Wert, also auch nicht %r
# en: 3f3327fd
cliargparse-one-expected = hier fehlt ein Wert
# en: db12e989
cliargparse-some-expected = hier fehlt mindestens ein Wert
# en: 01bdd8b6
cliargparse-no-choice = %(value)r gibt es hier nicht (möglich: %(choices)s)
# en: 0ccdd487
cliargparse-no-value = %(value)r ist kein Wert dafür (%(type)s)
