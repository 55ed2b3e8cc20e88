# `sottovoce note`.

# en: 096abae1
clinote-words = So wird `note { $what }` nicht aufgerufen.
    .remedy = Ruf `sottovoce note --help` auf.
# en: 1e25591e
clinote-limit-elsewhere = `--limit` gehört zu `note list`.
# en: 7f8a8e4f
clinote-none = Es gibt keine Notizen.
# en: 3add325c
clinote-no-note = So eine Notiz gibt es bei diesem Benutzer nicht.
    .remedy = Sieh mit `sottovoce note list` nach.
