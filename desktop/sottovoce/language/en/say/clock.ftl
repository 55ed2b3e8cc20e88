# What the clock says.

clock-time = { $manner ->
    [brief] { CLOCK($now) }.
   *[normal] It is { CLOCK($now) }.
    [detailed] It is { CLOCK($now) } on { DATE($now) }.
}
clock-date = { $manner ->
    [brief] { MONTH($now) } { DAY($now) }.
   *[normal] Today is { DATE($now) }.
    [detailed] Today is { DATE($now) }, and it is { CLOCK($now) }.
}
clock-day = { $manner ->
    [brief] { WEEKDAY($now) }.
   *[normal] Today is { WEEKDAY($now) }.
    [detailed] Today is { DATE($now) }.
}
clock-month = { $manner ->
    [brief] { MONTH($now) }.
   *[normal] It is { MONTH($now) }.
    [detailed] It is { MONTH($now) } { YEAR($now) }.
}
clock-year = { $manner ->
    [brief] { YEAR($now) }.
   *[normal] It is { YEAR($now) }.
    [detailed] It is { MONTH($now) } { YEAR($now) }.
}
clock-offer = What time is it?
