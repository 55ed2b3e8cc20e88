# Notizen in den Worten des Benutzers.

# en: b12fa3ec
note-offer = Mach eine Notiz.
# en: f9eb1582
note-what = Was soll in der Notiz stehen?
# en: 45184703
note-about-what = Wovon handelt die Notiz?
# en: 50c2f56c
note-written = { $manner ->
    [brief] Notiert.
    [detailed] Ich habe notiert: { $text }. Du kannst fragen: Welche Notizen habe ich?
   *[normal] Ich habe notiert: { $text }.
}
# en: c45761e2
note-day-written = { $manner ->
    [brief] Notiert.
   *[normal] In der Notiz von heute steht jetzt: { $text }.
}
# en: 307e6ecb
note-day-none = Es gibt noch keine Notiz von heute.
# en: f88a4190
note-day = Die Notiz von heute: { $text }
# en: 6381e6d8
note-grown = { $manner ->
    [brief] Ergänzt.
   *[normal] Ergänzt um { $text }, in deiner Notiz: { $beginning }.
}
# en: dc2a07de
note-reads = Deine Notiz: { $text }
# en: f49e996d
note-count = { $count ->
    [one] Du hast eine Notiz.
   *[other] Du hast { $count } Notizen, die letzte zuerst.
}
# en: 75428bc4
note-found = Du hast { $count } Notizen über { YOU($topic) }.
# en: 17fad0a5
note-one = „{ $text }“.
# en: 1bef036c
note-more = Und { $count } weitere. Frag nach einer davon, indem du sagst, wovon sie handelt.
# en: 6730844b
note-none = Du hast noch keine Notizen. Du kannst sagen: Mach eine Notiz.
# en: 8a3ddecc
note-nothing-about = Ich finde keine Notiz über { YOU($topic) }.
# en: 61e98d52
note-which = Welche meinst du: { LIST($beginnings, join: " oder ") }?
# en: 98306743
note-delete-sure = Soll ich die Notiz „{ $beginning }“ löschen?
# en: 5e4241c7
note-deleted = Die Notiz ist gelöscht.
# en: e0deba62
note-gone = Diese Notiz gibt es nicht mehr.
# en: c4eeaeb0
note-delete-all-sure = { $count ->
    [one] Soll ich deine einzige Notiz löschen?
    [2] Soll ich beide Notizen löschen?
   *[other] Soll ich alle { $count } Notizen löschen?
}
# en: fccfb1e8
note-all-deleted = { $count ->
    [one] Deine Notiz ist gelöscht.
   *[other] Deine Notizen sind gelöscht.
}
