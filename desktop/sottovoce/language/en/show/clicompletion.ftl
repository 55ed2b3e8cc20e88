# `sottovoce completion`.

clicompletion-of = { $name } completion for { $program }
