# `sottovoce update`, and what is told of a newer version.

cliupdate-newest = Sottovoce { $current } is the newest version.
cliupdate-out = Sottovoce { $newest } is out; this is { $current }.
cliupdate-how = To update: { $command }
cliupdate-about = About it: { $page }
cliupdate-there = Sottovoce { $newest } is out; this is { $current }.
    .remedy = { $how ->
        [command] To update: `{ $command }`.
        [page] Read about it at { $page }.
       *[nothing] Get it where you got this one.
    }
