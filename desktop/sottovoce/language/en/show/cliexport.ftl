# `sottovoce export`, `import` and `merge`.

cliexport-done = { $messages } messages and all else that is kept were written to { $folder } IN CLEAR: whoever can read that folder reads all you said.
cliexport-done-of-user = { $messages } messages and all else that is kept of { $user } were written to { $folder } IN CLEAR: whoever can read that folder reads all you said.
cliexport-added = Added: { $messages } messages, { $memories } memories, { $records } other things; { $present } were here already.
cliexport-differing = { $differing } of these have other words there; those here were kept.
cliexport-erased = { $erased } were left out, because they were erased or forgotten here.
cliexport-erased-too = Add --erased-too to bring them back.
cliexport-merged = Merged: { $files }.
cliexport-removed = Removed, because it held what was erased or forgotten here: { $files }.
cliexport-not-merged = Not merged: { $file }. { $sentence } { $remedy }
cliexport-lines = { $count ->
    [one] { $count } line was written, in clear: { $file }
   *[other] { $count } lines were written, in clear: { $file }
}
cliexport-unwritable = { $file } could not be written: { $why }.
    .remedy = Name a file in a folder that is there and that you may write to.
cliexport-silent = The disk of { $file } does not answer.
    .remedy = Name a file on another disk.
