# `sottovoce update`, und was von einer neueren Version gesagt wird.

# en: 65c4aa4d
cliupdate-newest = Sottovoce { $current } ist die neueste Version.
# en: 9e0e401e
cliupdate-out = Sottovoce { $newest } ist erschienen; dies ist { $current }.
# en: da65629d
cliupdate-how = Zum Aktualisieren: { $command }
# en: 7e570853
cliupdate-about = Mehr darüber: { $page }
# en: 6bcc66c4
cliupdate-there = Sottovoce { $newest } ist erschienen; dies ist { $current }.
    .remedy = { $how ->
        [command] Zum Aktualisieren: `{ $command }`.
        [page] Mehr darüber steht auf { $page }.
       *[nothing] Hole sie dort, wo du diese herhast.
    }
