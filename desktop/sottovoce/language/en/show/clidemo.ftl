# `sottovoce demo`.

clidemo-begin = One turn on a throw-away home; its key exists only in this process's memory.
clidemo-end = altogether; the home is deleted, nothing is left behind.
clidemo-synthesised = "{ $question }", { $seconds } s of sound, played nowhere
clidemo-opened = a new encrypted database
clidemo-answered = "{ $reply }" (question and answer are on the disk now)
clidemo-read-back = both messages, from the store
clidemo-unreadable = without the key the files tell nothing
clidemo-not-understood = The recogniser did not understand the synthesised question.
clidemo-not-stored = The turn could not be read back from the store.
clidemo-readable = The store can be read without its key.
clidemo-in-clear = A file holds what was said in clear.
