# `sottovoce audit`.

cliaudit-accepted = The audit log goes on from here.
