# `sottovoce list`.

# en: 11a20158
clilist-words = So wird `list { $what }` nicht aufgerufen.
    .remedy = Ruf `sottovoce list --help` auf.
# en: 9a52377a
clilist-name-elsewhere = `--list` gehört zu `add`, `done` und `remove`.
# en: 0a3ea20e
clilist-none = Es gibt keine Listen.
# en: 217ed59b
clilist-empty = { $name }: nichts darauf
# en: 77afd3cb
clilist-no-list = Es gibt keine Liste „{ $name }“.
    .remedy = Sieh mit `sottovoce list` nach.
# en: 82503a42
clilist-no-thing = „{ $thing }“ steht nicht auf der Liste „{ $name }“, oder dort passt mehreres dazu.
    .remedy = Schreib es so, wie `sottovoce list` es zeigt, und nenne die Liste mit `--list`.
