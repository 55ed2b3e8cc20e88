# What the user's own files say.

# en: 6c278373
files-offer = Was sagen meine Dateien über Tomaten?
# en: 86a9518a
files-say = { $where ->
    [page] In deiner Datei „{ $file }“ steht auf Seite { $place }: { $text }
    [heading] In deiner Datei „{ $file }“ steht unter „{ $place }“: { $text }
   *[nowhere] In deiner Datei „{ $file }“ steht: { $text }
}
# en: 81bd1f9e
files-nearest = { $where ->
    [page] Am ehesten passt das: In deiner Datei „{ $file }“ steht auf Seite { $place }: { $text }
    [heading] Am ehesten passt das: In deiner Datei „{ $file }“ steht unter „{ $place }“: { $text }
   *[nowhere] Am ehesten passt das: In deiner Datei „{ $file }“ steht: { $text }
}
# en: d4e55251
files-none = In deinem Wissensordner sind noch keine Dateien.
# en: 6137ee83
files-unread = Ich habe noch keine deiner Dateien gelesen.
# en: c020900a
files-forbidden = Deine Administration lässt mich keine deiner Dateien lesen.
# en: 4e96f10c
files-nothing = Zu { $topic } habe ich in deinen Dateien nichts gefunden.
# en: 1b4413f9
files-nothing-yet = Zu { $topic } habe ich bisher nichts gefunden, und ich lese deine Dateien noch.
# en: a5ea0397
files-count = { $parts }.
# en: 20629526
files-known = { $count ->
    [0] Ich kenne noch keine deiner Dateien
    [one] Ich kenne eine deiner Dateien
   *[other] Ich kenne { $count } deiner Dateien
}
# en: 442fe48a
files-waiting = { $count ->
    [one] eine Datei ist noch zu lesen
   *[other] { $count } Dateien sind noch zu lesen
}
# en: 3fa92644
files-failed = { $count ->
    [one] eine Datei kann nicht gelesen werden
   *[other] { $count } Dateien können nicht gelesen werden
}
# Each of $files says where one is.
# en: 7994cd45
files-where = Zu „{ YOU($topic) }“ gibt es { $files }.
# en: f3b9b312
files-place = { $place ->
    [below] „{ $file }“ im Ordner „{ $folder }“
   *[top] „{ $file }“ in deinem Wissensordner
}
