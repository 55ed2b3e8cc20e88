# `sottovoce completion`.

# en: 63453105
clicompletion-of = { $name }-Ergänzung für { $program }
