# What the clock says.

# en: 0dc7faaf
clock-time = { $manner ->
    [brief] { CLOCK($now) }.
   *[normal] Es ist { CLOCK($now) }.
    [detailed] Es ist { CLOCK($now) } am { DATE($now, case: "dative") }.
}
# en: a4c68da5
clock-date = { $manner ->
    [brief] { DAY($now) }. { MONTH($now) }.
   *[normal] Heute ist { DATE($now) }.
    [detailed] Heute ist { DATE($now) }, und es ist { CLOCK($now) }.
}
# en: 55021fab
clock-day = { $manner ->
    [brief] { WEEKDAY($now) }.
   *[normal] Heute ist { WEEKDAY($now) }.
    [detailed] Heute ist { DATE($now) }.
}
# en: 85f31ca6
clock-month = { $manner ->
    [brief] { MONTH($now) }.
   *[normal] Wir haben { MONTH($now) }.
    [detailed] Wir haben { MONTH($now) } { YEAR($now) }.
}
# en: bf2d7622
clock-year = { $manner ->
    [brief] { YEAR($now) }.
   *[normal] Wir haben das Jahr { YEAR($now) }.
    [detailed] Wir haben { MONTH($now) } { YEAR($now) }.
}
# en: 131dbdfb
clock-offer = Wie spät ist es?
