# Der Kalender.

# en: cb228a94
calendar-offer = Was habe ich heute vor?

# Tage und Zeiten, als Teile eines Satzes.
# en: 24b37952
calendar-today = heute
# en: 95386f96
calendar-tomorrow = morgen
# en: 7d6985f5
calendar-on-weekday = am { WEEKDAY($day) }
# en: b67a5725
calendar-on-date = am { WEEKDAY($day) }, dem { DAY($day) }. { MONTH($day) }
# en: c78b886d
calendar-on-far-date = am { DATE($day, case: "dative") }
# en: 258368da
calendar-weekday = { WEEKDAY($day) }
# en: 21a84767
calendar-date = { DAY($day) }. { MONTH($day) }
# en: 39581d21
calendar-from-to = von { $first } bis { $last }
# en: 9c65f804
calendar-between = { $day } zwischen { CLOCK($start) } und { CLOCK($end) }
# en: f6276dc6
calendar-time = { $when } um { CLOCK($at) }
# en: 6b45ca04
calendar-gap = von { CLOCK($start) } bis { CLOCK($end) }
# $number is 0 for Monday.
# en: 05922d5d
calendar-weekday-number = { $number ->
    [0] Montag
    [1] Dienstag
    [2] Mittwoch
    [3] Donnerstag
    [4] Freitag
    [5] Samstag
   *[6] Sonntag
}
# Termine, als Teile eines Satzes.
# en: 0def0c27
calendar-item-at = { YOU($title) } um { CLOCK($at) }
# en: 01f39dd3
calendar-item-whole = { YOU($title) } den ganzen Tag
# en: 93040d1b
calendar-item-until = { YOU($title) } bis { CLOCK($at) }
# en: 2f0849cc
calendar-item-of = { $item } in „{ $calendar }“
# en: a0e0bb68
calendar-named-at = { YOU($title) } { $when } um { CLOCK($at) }
# en: 2c3b19cd
calendar-named-whole = { YOU($title) } { $when }, den ganzen Tag
# en: 893cd79e
calendar-named-days = { YOU($title) } { $when }
# en: c0285255
calendar-named-until = { YOU($title) } { $when } von { CLOCK($start) } bis { CLOCK($end) }
# en: 8155b745
calendar-named-again = { $one }, und dann { $every }
# en: 7c10a5a3
calendar-every-weekday = jeden { LIST($days) }
# en: 055c989a
calendar-every = { $step ->
    [minutely] { $count ->
        [1] jede Minute
       *[other] alle { $count } Minuten
    }
    [hourly] { $count ->
        [1] jede Stunde
       *[other] alle { $count } Stunden
    }
    [daily] { $count ->
        [1] jeden Tag
       *[other] alle { $count } Tage
    }
    [weekly] { $count ->
        [1] jede Woche
       *[other] alle { $count } Wochen
    }
    [monthly] { $count ->
        [1] jeden Monat
       *[other] alle { $count } Monate
    }
   *[yearly] { $count ->
        [1] jedes Jahr
       *[other] alle { $count } Jahre
    }
}
# en: 31b593ed
calendar-of-day = { $when } { LIST($items) }
# en: 94e25991
calendar-sentence = { SENTENCE($one) }

# Was es gibt.
# en: 3ac7e6cd
calendar-agenda = { $manner ->
    [brief] { LIST($items) }.
   *[normal] { $count ->
        [one] Du hast { $when } einen Termin: { LIST($items) }.
       *[other] Du hast { $when } { $count } Termine: { LIST($items) }.
    }
}
# en: 1f802914
calendar-agenda-days = { $manner ->
    [brief] { LIST($days, join: "; ") }.
   *[normal] { $count ->
        [one] Du hast { $when } einen Termin: { LIST($days) }.
       *[other] Du hast { $when } { $count } Termine: { LIST($days, join: "; ") }.
    }
}
# en: e677458f
calendar-more = { $count ->
    [one] Und noch einen.
   *[other] Und noch { $count }.
}
# en: 630f07c3
calendar-nothing = { $manner ->
    [brief] Nichts { $when }.
   *[normal] Du hast { $when } nichts vor.
}
# en: 8a7066d0
calendar-nothing-more = { $manner ->
    [brief] Nichts mehr { $when }.
   *[normal] Du hast { $when } nichts mehr vor.
}
# en: f5d844f9
calendar-next = { $manner ->
    [brief] { SENTENCE($one) }
   *[normal] Als Nächstes kommt { $one }.
}
# en: 0002a267
calendar-none-coming = In deinem Kalender steht nichts mehr.
# en: d54d1112
calendar-is = { YOU($title) } ist { $time }
# en: c56c77e8
calendar-was = { YOU($title) } war { $time }
# en: f855a9f9
calendar-no-such = So einen Termin finde ich nicht in deinem Kalender.
# en: fd8cccac
calendar-not-found = Ich finde in deinem Kalender nichts, was „{ $title }“ heißt.

# Was frei ist.
# en: f1fc5968
calendar-free = { $manner ->
    [brief] Ja, frei.
   *[normal] Du hast { $when } frei.
}
# en: ef68eb69
calendar-free-but = Du hast { $when } frei, aber da ist { LIST($items) }.
# en: 767f3b09
calendar-busy = { $manner ->
    [brief] Nein: { LIST($items) }.
   *[normal] Du hast { $when } nicht frei: Da ist { LIST($items) }.
}
# en: 6ac27c4f
calendar-never-free = Du hast { $when } keine freie halbe Stunde.
# en: 44580ac8
calendar-free-times = Du hast { $when } { LIST($gaps) } frei.

# Was geändert wird.
# en: 8a0f7f4f
calendar-added = { $manner ->
    [brief] Eingetragen: { $one }.
   *[normal] Es steht in deinem Kalender: { $one }.
}
# en: 65004a08
calendar-also = Zu der Zeit hast du auch { LIST($items) }.
# en: e0542c85
calendar-in-the-past = Das ist vorbei.
# en: 270c5606
calendar-blocked = belegt
# en: 7d647d39
calendar-ask-title = Wie soll ich es nennen?
# en: 35c03d7b
calendar-ask-when = Wann?
# en: 99f6e1ff
calendar-ask-time = Um wie viel Uhr? Du kannst auch sagen: ganztägig.
# en: 9786f349
calendar-ask-length = Um wie viel Zeit?
# en: 490a1761
calendar-ask-which = Welcher Termin?
# en: 882549bb
calendar-not-asked = Ich habe nicht gefragt, wie lange etwas dauert.
# en: 0bdd863b
calendar-moved = { $manner ->
    [brief] { YOU($title) }: { $time }.
   *[normal] Ich habe { YOU($title) } verschoben; es ist jetzt { $time }.
}
# en: 0c57e1c0
calendar-others-stay = Nur dieses eine Mal; die anderen bleiben, wo sie sind.
# en: 03fca905
calendar-shall-i = Soll ich { $one } aus deinem Kalender nehmen?
# en: 068550e1
calendar-shall-i-all = Soll ich alle Termine „{ $title }“ aus deinem Kalender nehmen?
# en: b25495d8
calendar-shall-i-everything = { $count ->
    [one] Soll ich den einzigen Termin, der ansteht, aus deinem Kalender nehmen?
    [2] Soll ich beide Termine, die anstehen, aus deinem Kalender nehmen?
   *[other] Soll ich alle { $count } Termine, die anstehen, aus deinem Kalender nehmen?
}
# en: ae7d73a8
calendar-cancelled = { $manner ->
    [brief] Gestrichen: { $one }.
   *[normal] Ich habe { $one } aus deinem Kalender genommen.
}
# en: f443e13c
calendar-cancelled-one = Nur dieses eine Mal; um alle zu streichen, sag: „Sag alle { $title } ab“.
# en: 89dda944
calendar-cancelled-all = Ich habe alle Termine „{ YOU($title) }“ aus deinem Kalender genommen.
# en: 28be5dc4
calendar-cancelled-everything = { $count ->
    [one] Ich habe den einzigen Termin, der anstand, aus deinem Kalender genommen.
    [2] Ich habe beide Termine, die anstanden, aus deinem Kalender genommen.
   *[other] Ich habe alle { $count } Termine, die anstanden, aus deinem Kalender genommen.
}
# en: 46b44ddc
calendar-which = Welchen meinst du? Es gibt { LIST($items) }.
# en: fb7c1477
calendar-only-read = { YOU($title) } steht in deiner Kalenderdatei „{ $calendar }“, die ich nur lese. Ändere es bitte in dem Programm, aus dem sie kommt.
# en: 131064a1
calendar-files-missing = Ich sehe gerade nicht alle deine Kalenderdateien.
# en: 427b9ac7
calendar-files-unread = Ich lese deine Kalenderdateien noch, vielleicht fehlt etwas.
# en: 3b1f2a80
calendar-files-too-many = Du hast mehr Kalenderdateien, als ich lesen kann, einige fehlen also.
