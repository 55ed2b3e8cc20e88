# `sottovoce context`.

# en: ff70709e
clicontext-show-words = `context show` nimmt keine Wörter.
# en: 83c6f31a
clicontext-set-words = `context set` braucht einen Schlüssel und einen Wert.
    .remedy = Ruf `sottovoce context --help` auf.
# en: 42c0a56b
clicontext-personality-unnamed = Nenne, was davon einzustellen ist.
    .remedy = Zum Beispiel `personality.{ $example }`.
# en: d2209f84
clicontext-no-such-field = Ein solches Feld hat `personality` nicht.
    .remedy = Es hat: { $fields }.
# en: 1aecfa89
clicontext-no-such-key = Diesen Schlüssel gibt es nicht, oder er lässt sich nicht setzen.
    .remedy = Möglich sind: { $allowed }.
# en: 40f72201
clicontext-true-or-false = `{ $key }` muss true oder false sein.
# en: 6ecebbbd
clicontext-whole-number = Das muss eine ganze Zahl sein.
