# Das Blatt mit dem Wiederherstellungscode. Eine Zeile hat höchstens 88 Zeichen; mehr passt nicht auf die Seite.

# en: fbe50201
sheet-title = Sottovoce: Wiederherstellungscode
# en: b3509db5
sheet-opens-all = Wer diesen Code und die Dateien der Datenbank hat, kann alles darin lesen.
# en: 7558c9fd
sheet-keep = Bewahre dieses Blatt bei wichtigen Papieren auf, nicht beim Rechner.
# en: 43c6e878
sheet-use = Hat der Schlüsselbund den Schlüssel verloren, tippe im Terminal:   sottovoce key recover
# en: 6f7b6a62
sheet-letters = Groß oder klein, Leerzeichen und Striche sind egal; O, I und L kommen nicht vor.
# en: ba702968
sheet-database = Datenbank: { $folder }
# en: 152bdf22
sheet-made = Erstellt: { $made }.  Ein späterer Code oder `sottovoce key rotate` beendet ihn.
