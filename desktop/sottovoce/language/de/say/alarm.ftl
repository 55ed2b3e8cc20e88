# Wecker. `when` ist ein Teil eines Satzes: „morgen um 7:00 Uhr“.

# en: 5ffa2940
alarm-offer = Stell einen Wecker auf sieben Uhr.
# en: 8b7d6bcb
alarm-when = Auf wann?
# en: 02c96041
alarm-set = { $manner ->
    [brief] Wecker: { $when }.
   *[normal] { $label ->
        [none] Dein Wecker klingelt { $when }.
       *[other] Dein Wecker „{ $label }“ klingelt { $when }.
    }
}
# en: 05e490af
alarm-rings = { $label ->
    [none] Ein Wecker klingelt { $when }.
   *[other] Der Wecker „{ $label }“ klingelt { $when }.
}
# en: 1e44d09c
alarm-count = Du hast { $count } Wecker.
# en: 9857c3c0
alarm-none = Es ist kein Wecker gestellt.
# en: 87be1927
alarm-none-then = Für diese Zeit ist kein Wecker gestellt.
# en: f8b7959e
alarm-which = Welchen meinst du: { LIST($alarms, join: " oder ") }?
# en: 4525bfe2
alarm-unknown = So einen Wecker hast du nicht. Gestellt ist: { LIST($alarms) }.
# en: 7728fd2c
alarm-cancelled = Dein Wecker { $when } ist gelöscht.
# en: ec7487eb
alarm-confirm-all = { $count ->
    [one] Soll ich deinen einzigen Wecker löschen?
    [2] Soll ich beide Wecker löschen?
   *[other] Soll ich alle { $count } Wecker löschen?
}
# en: 373b6c62
alarm-all-cancelled = { $count ->
    [one] Dein Wecker ist gelöscht.
    [2] Beide Wecker sind gelöscht.
   *[other] Alle { $count } Wecker sind gelöscht.
}
# en: f563c410
alarm-off = Der Wecker ist aus.
# en: 8c8acc8b
alarm-done = { $label ->
    [none] Es ist { CLOCK($at) }. Dein Wecker klingelt.
   *[other] Es ist { CLOCK($at) }. Dein Wecker „{ $label }“ klingelt.
}
# en: 956bac05
alarm-missed = { $label ->
    [none] Du hast deinen Wecker { $when } verpasst.
   *[other] Du hast deinen Wecker „{ $label }“ { $when } verpasst.
}
# en: bb9dee77
alarm-notice = Wecker
# en: c2ad36dd
alarm-stop = Aus
# en: 987de7b9
alarm-snooze = Schlummern
