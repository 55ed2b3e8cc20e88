# `sottovoce knowledge`.

cliknowledge-document = { $path }  { $passages } passages
cliknowledge-in-part = { $path }  { $passages } passages; pages are missing ({ $trouble })
cliknowledge-not-read = { $path }  could not be read ({ $trouble })
cliknowledge-reading = Reading: { $done } of { $total } files.
cliknowledge-where = Files put into { $folder } are read while the application runs, before a question, and by `sottovoce knowledge sync`.
cliknowledge-forgotten = { $files } files that are gone were forgotten.
