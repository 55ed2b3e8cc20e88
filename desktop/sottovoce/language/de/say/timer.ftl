# Timer. `label` ist, wofür einer ist, in den Worten des Benutzers („Nudeln“), oder none.

# en: 8ad10e09
timer-offer = Stell einen Timer auf zehn Minuten.
# en: d4850b7a
timer-how-long = Wie lange?
# en: 6075dcc8
timer-the = { $label ->
    [none] der Timer über { DURATION($length, parts: "2") }
   *[other] der Timer „{ $label }“
}
# en: 8289ac31
timer-set = { $manner ->
    [brief] { DURATION($length, parts: "2") }, ab jetzt.
   *[normal] { $label ->
        [none] Dein Timer läuft: { DURATION($length, parts: "2") }.
       *[other] Dein Timer „{ $label }“ läuft: { DURATION($length, parts: "2") }.
    }
}
# en: b76577d8
timer-too-short = Das wäre schon vorbei, ehe ich es sagen könnte. Ein Timer dauert mindestens eine Sekunde.
# en: 87f0cb26
timer-too-long = So einen Timer kann ich nicht stellen. Er darf bis zu einem Jahr dauern.
# en: d4b36197
timer-none = Es läuft kein Timer.
# en: aec813d7
timer-count = Du hast { $count } Timer.
# en: 2603999b
timer-left = { $label ->
    [none] Dein Timer läuft noch { DURATION($left, parts: "2") }.
   *[other] Dein Timer „{ $label }“ läuft noch { DURATION($left, parts: "2") }.
}
# en: d5afeea0
timer-stands = { $label ->
    [none] Dein Timer ist angehalten; übrig: { DURATION($left, parts: "2") }.
   *[other] Dein Timer „{ $label }“ ist angehalten; übrig: { DURATION($left, parts: "2") }.
}
# en: 7d7b5e5e
timer-which = Welchen meinst du: { LIST($timers, join: " oder ") }?
# en: 1faebcdf
timer-unknown = Einen Timer „{ $label }“ hast du nicht. Es gibt: { LIST($timers) }.
# en: 6a6906f7
timer-cancelled = { $label ->
    [none] Dein Timer ist gelöscht.
   *[other] Dein Timer „{ $label }“ ist gelöscht.
}
# en: c678babe
timer-confirm-all = { $count ->
    [one] Soll ich deinen einzigen Timer löschen?
    [2] Soll ich beide Timer löschen?
   *[other] Soll ich alle { $count } Timer löschen?
}
# en: 45da4a9d
timer-all-cancelled = { $count ->
    [one] Dein Timer ist gelöscht.
    [2] Beide Timer sind gelöscht.
   *[other] Alle { $count } Timer sind gelöscht.
}
# en: bb441e5f
timer-paused = { $label ->
    [none] Dein Timer ist angehalten; übrig: { DURATION($left, parts: "2") }.
   *[other] Dein Timer „{ $label }“ ist angehalten; übrig: { DURATION($left, parts: "2") }.
}
# en: c22bc5aa
timer-resumed = { $label ->
    [none] Dein Timer läuft weiter, noch { DURATION($left, parts: "2") }.
   *[other] Dein Timer „{ $label }“ läuft weiter, noch { DURATION($left, parts: "2") }.
}
# en: 0d971e98
timer-runs = { $label ->
    [none] Dein Timer ist nicht angehalten. Er läuft noch { DURATION($left, parts: "2") }.
   *[other] Dein Timer „{ $label }“ ist nicht angehalten. Er läuft noch { DURATION($left, parts: "2") }.
}
# en: a00b4c04
timer-changed = { $label ->
    [none] Dein Timer läuft jetzt noch { DURATION($left, parts: "2") }.
   *[other] Dein Timer „{ $label }“ läuft jetzt noch { DURATION($left, parts: "2") }.
}
# en: 3bd97281
timer-not-so-much = Er läuft nur noch { DURATION($left, parts: "2") }, deshalb habe ich ihn nicht geändert.
# en: cfc1a83c
timer-done = { $label ->
    [none] Dein Timer ist abgelaufen: { DURATION($length, parts: "2") }.
   *[other] Dein Timer „{ $label }“ ist abgelaufen.
}
# en: b8c18346
timer-notice = Timer
