# `sottovoce audit`.

cliaudit-accepted = The audit log goes on from here.
cliaudit-file = export: the file to write
