# What a calendar tells.

# en: 56db8714
date-count = { NUMBER($count) } { $unit ->
    [week] { $count ->
        [one] Woche
       *[other] Wochen
    }
    [month] { $count ->
        [one] Monat
       *[other] Monate
    }
    [year] { $count ->
        [one] Jahr
       *[other] Jahre
    }
    [hour] { $count ->
        [one] Stunde
       *[other] Stunden
    }
    [minute] { $count ->
        [one] Minute
       *[other] Minuten
    }
    [second] { $count ->
        [one] Sekunde
       *[other] Sekunden
    }
   *[day] { $count ->
        [one] Tag
       *[other] Tage
    }
}
# en: 1ba03c89
date-length = { DURATION($length) }
# en: 6add4f84
date-until = { $manner ->
    [brief] { $span }.
   *[normal] Bis { DATE($day, case: "dative") } { BE($span) } es { $span }.
}
# en: 29deda79
date-until-time = { $manner ->
    [brief] { $length }.
   *[normal] Bis { CLOCK($at) } { BE($length) } es { $length }.
}
# en: 367904dc
date-since = { $manner ->
    [brief] { $span }.
   *[normal] Seit { DATE($day, case: "dative") } { BE($span) } es { $span }.
}
# en: 3a66e89e
date-between = { $manner ->
    [brief] { $span }.
   *[normal] Von { DATE($first, case: "dative") }, bis { DATE($second, case: "dative") }, { BE($span) } es { $span }.
}
# en: 61c22bc9
date-today = Das ist heute.
# en: 4ffae6f0
date-past = Das ist vorbei: Es war am { DATE($at, case: "dative") }.
# en: e1fa35bd
date-coming = Das kommt noch, am { DATE($at, case: "dative") }.
# en: ce9086af
date-weekday = { $tense ->
    [past] Der { DAY($day) }. { MONTH($day) } { YEAR($day) } war ein { WEEKDAY($day) }.
    [today] Das ist heute, ein { WEEKDAY($day) }.
   *[coming] Der { DAY($day) }. { MONTH($day) } { YEAR($day) } ist ein { WEEKDAY($day) }.
}
# en: 4c982b97
date-in = { $tense ->
    [past] Das war { DATE($day) }.
   *[coming] Das ist { DATE($day) }.
}
# en: 4b296d26
date-in-time = { $tense ->
    [past] Das war { CLOCK($at) } am { DATE($day, case: "dative") }.
   *[coming] Das ist { CLOCK($at) } am { DATE($day, case: "dative") }.
}
# en: 9060cd37
date-week = Wir haben Kalenderwoche { $week }.
# en: d79f3b9b
date-week-of = { DATE($day) } liegt in Kalenderwoche { $week }.
# en: 3f02f7da
date-leap = { $tense ->
    [was] { $leaps ->
        [yes] Ja, { YEAR($year) } war ein Schaltjahr.
       *[no] Nein, { YEAR($year) } war kein Schaltjahr.
    }
    [is] { $leaps ->
        [yes] Ja, { YEAR($year) } ist ein Schaltjahr.
       *[no] Nein, { YEAR($year) } ist kein Schaltjahr.
    }
   *[will] { $leaps ->
        [yes] Ja, { YEAR($year) } wird ein Schaltjahr.
       *[no] Nein, { YEAR($year) } wird kein Schaltjahr.
    }
}
# en: d8da3cc5
date-no-year = Ich kenne nur die Jahre von 1 bis { $last }.
# en: 6f82bb32
date-age = { $years ->
    [one] Ein Jahr alt.
   *[other] { $years } Jahre alt.
}
# en: d9df7c8e
date-age-year = { $most } Jahre alt, oder { $least } vor dem Geburtstag in diesem Jahr.
# en: 980d9ba0
date-unborn = Niemand, der heute lebt, ist da geboren.
# en: 9e2e30fb
date-days = { $days ->
    [one] Das ist ein Tag.
   *[other] Das sind { NUMBER($days) } Tage.
}
# en: 881cb7f0
date-left = { $days ->
    [0] Heute ist der letzte Tag.
    [one] Nach heute bleibt noch ein Tag.
   *[other] Nach heute bleiben noch { NUMBER($days) } Tage.
}
# en: 32003f93
date-which = Welcher Tag?
# en: b745cc8f
date-offer = Wie viele Tage sind es bis Weihnachten?
# en: 2f4037e2
date-no-such-day = So einen Tag gibt es nicht. Bitte nenne einen anderen.
