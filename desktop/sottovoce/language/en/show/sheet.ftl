# The sheet of paper with the recovery code. A line may have 88 letters; the page has room for no more.

sheet-title = Sottovoce: recovery code
sheet-opens-all = Whoever has this code and the files of the database can read everything in it.
sheet-keep = Keep this sheet where you keep papers of value, away from the computer.
sheet-use = If the keyring has lost the key, type in a terminal:   sottovoce key recover
sheet-letters = Capital or small letters, spaces and dashes do not matter; there is no letter O, I or L.
sheet-database = Database: { $folder }
sheet-made = Made: { $made }.  A later code, and `sottovoce key rotate`, end this one.
