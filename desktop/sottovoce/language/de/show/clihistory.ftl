# `sottovoce history`.

# en: 8768c277
clihistory-list-words = `history list` nimmt keine Wörter.
    .remedy = Zum Suchen ruf `sottovoce history search TEXT` auf.
# en: db485d85
clihistory-needs-words = `history { $what }` braucht, wonach zu suchen ist.
    .remedy = Ruf `sottovoce history --help` auf.
# en: 262c2138
clihistory-best-elsewhere = `--best` gehört zu `history search`.
# en: ae07f3f3
clihistory-answer-elsewhere = `--answer` und `--dismiss` gehören zu `history unfinished`.
# en: 49199d20
clihistory-nothing-said = Noch wurde nichts gesagt.
# en: 37f60ee6
clihistory-nothing-found = Nichts gefunden.
# en: fc70be02
clihistory-cut-short = (abgebrochen)
# en: c97a4213
clihistory-all-answered = Jede Frage ist beantwortet.
# en: 3d24ee87
clihistory-dismissed = Sie wird nicht wieder angeboten.
# en: 47092c90
clihistory-no-conversation = Es gibt kein Gespräch mit dieser ID.
    .remedy = Sieh in `sottovoce history list` nach.
# en: a585ef02
clihistory-no-question = Keine solche Frage wartet auf ihre Antwort.
    .remedy = Sieh in `sottovoce history unfinished` nach.
# en: dc56e75f
clihistory-best-in-one = Die besten Treffer kommen alle auf einer Seite.
    .remedy = Lass `older_than` weg, oder suche ohne `best`.
