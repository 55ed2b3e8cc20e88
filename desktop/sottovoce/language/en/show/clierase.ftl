# `sottovoce erase`.

clierase-done = Erased: { $messages } messages, { $memories } memories, { $records } other records.
clierase-backups = { $rewritten } backups were written anew without it, { $removed } that could not be were removed.
clierase-backup-removed-whole = { $name } could not be opened any more, so it was removed whole.
clierase-of-others = Of another store, and left as they are: { $names }; delete them yourself if they may hold it.
clierase-copies = A synchronising program has laid copies of the database beside it, which may hold it: { $names }. `sottovoce merge` takes what else is in them, and then removes them.
clierase-replaced-too = It is gone from what a restore laid aside, too.
clierase-replaced-not-opened = No key here opens { $names }, which a restore laid aside: it may hold it, and stays until its days are over; `sottovoce erase --replaced` removes it now.
clierase-elsewhere = Backups and exports you keep elsewhere are not touched.
clierase-nothing = There was nothing of that to erase.
    .remedy = See `sottovoce history list`.
clierase-nothing-kept = Nothing is kept here.
    .remedy = See `sottovoce history list`.
clierase-replaced-done = { $folders } folders that restores had laid aside were removed.
clierase-everything = Everything was erased ({ $files } files); settings, speech models and your documents stay.
clierase-everything-and-replaced = Everything was erased ({ $files } files, with { $folders } folders that restores had laid aside); settings, speech models and your documents stay.
clierase-keyring-silent = The keyring did not answer and may still hold the key, which opens nothing any more but copies of these files: remove its entry `sottovoce` yourself.
clierase-keyring-left = The keyring keeps what another home opens with, or may, which this one was copied or updated from: { $names }; if there is none any more, remove it there yourself.
clierase-still-running = Sottovoce is running, and everything can only be erased while it does not.
clierase-ask-everything = Erase everything that is kept, with its key, backups, what restores laid aside, and logs? This cannot be undone. Type yes:
clierase-ask-replaced = Erase what restores have laid aside? This cannot be undone. Type yes:
clierase-ask-conversation = Erase this conversation, here and in the backups on this machine? This cannot be undone. Type yes:
clierase-ask-user = Erase everything of this user, here and in the backups on this machine? This cannot be undone. Type yes:
clierase-how-long = It is gone from what is read at once; { $megabytes } MB of files are written anew, which takes about { $seconds } s.
