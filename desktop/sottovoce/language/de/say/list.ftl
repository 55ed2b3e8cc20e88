# Listen: für den Einkauf, für das, was zu tun ist, und jede andere.

# en: 78311423
list-offer = Setz Milch auf die Einkaufsliste.
# Wie eine Liste mitten im Satz heißt.
# en: 776a77f6
list-name = { $list ->
    [shopping] Einkaufsliste
    [to-do] To-do-Liste
   *[other] Liste „{ $list }“
}
# en: 00aff4ef
list-what = Was soll ich draufsetzen?
# en: ecbda3b7
list-add-sure = Soll ich { $things } auf deine { list-name } setzen?
# en: 31cc6ec0
list-remove-what = Was soll ich streichen?
# en: 73718a45
list-called-what = Wie heißt die Liste?
# en: cc0e496c
list-added = { $manner ->
    [brief] Steht drauf.
   *[normal] Auf deiner { list-name } steht jetzt: { $things }.
}
# en: ae22c1ea
list-known = Schon auf deiner { list-name }: { $things }.
# en: 00741c3b
list-read = { $manner ->
    [brief] Darauf: { $things }.
   *[normal] { $count ->
        [one] Auf deiner { list-name } steht eins: { $things }.
       *[other] Auf deiner { list-name } stehen { $count } Sachen: { $things }.
    }
}
# en: 14606d28
list-more = Und { $count } weitere.
# en: 1090f637
list-empty = Auf deiner { list-name } steht nichts.
# en: 79376ab4
list-none = Du hast keine { list-name }.
# en: 3846c92b
list-others = Du hast: { $lists }.
# en: 7b8b016e
list-first = Du kannst sagen: Erstelle eine Liste namens Camping.
# en: 16256501
list-has = Ja, auf deiner { list-name } steht { $thing }.
# en: 960688cb
list-has-near = Nicht genau { $thing }, aber auf deiner { list-name } steht { $things }.
# en: d4aa983e
list-has-not = Nein, { $thing } finde ich auf deiner { list-name } nicht.
# en: 58138d0c
list-removed = { $manner ->
    [brief] Gestrichen.
   *[normal] Von deiner { list-name } gestrichen: { $things }.
}
# en: 5a39444c
list-ticked = { $manner ->
    [brief] Abgehakt.
   *[normal] Auf deiner { list-name } abgehakt: { $things }.
}
# en: b53a64a3
list-not-there = Auf deiner { list-name } finde ich nicht: { $things }.
# en: b599980d
list-nowhere = Auf keiner deiner Listen finde ich: { $things }.
# en: 12c5ffe0
list-there = { $all ->
    [true] Darauf steht: { $things }.
   *[false] Darauf steht unter anderem: { $things }.
}
# en: 809ec8f1
list-which = Was davon meinst du: { LIST($things, join: " oder ") }?
# en: 1a4eb04b
list-clear-sure = { $count ->
    [0] Soll ich alles von deiner { list-name } streichen? Es ist alles abgehakt.
    [one] Soll ich das Einzige, was auf deiner { list-name } steht, streichen?
    [2] Soll ich beides von deiner { list-name } streichen?
   *[other] Soll ich alle { $count } Sachen von deiner { list-name } streichen?
}
# en: ddb83d8d
list-cleared = Deine { list-name } ist jetzt leer.
# en: 190ed7db
list-delete-sure = { $count ->
    [0] Soll ich deine { list-name } löschen? Es steht nichts darauf.
    [one] Soll ich deine { list-name } löschen, mit dem einen, was darauf steht?
   *[other] Soll ich deine { list-name } löschen, mit den { $count } Sachen, die darauf stehen?
}
# en: 2fd868c1
list-deleted = Deine { list-name } ist gelöscht.
# en: f584fc80
list-created = Du hast jetzt eine { list-name }. Du kannst sagen: Setz etwas darauf.
# en: d021e263
list-exists = Du hast schon eine { list-name }.
# en: f2c23213
list-lists = { $count ->
    [one] Du hast eine Liste: { $lists }.
   *[other] Du hast { $count } Listen: { $lists }.
}
# en: c2c32e75
list-counted = { $count ->
    [0] { list-name } mit nichts darauf
    [one] { list-name } mit einer Sache
   *[other] { list-name } mit { $count } Sachen
}
# en: b7b7032a
list-no-lists = Du hast noch keine Listen. Du kannst sagen: Setz Milch auf die Einkaufsliste.
# en: 75e4587b
list-renamed = Deine { list-name } heißt jetzt { $other }.
