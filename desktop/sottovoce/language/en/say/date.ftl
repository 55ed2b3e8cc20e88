# What a calendar tells.

# $unit is "day", "week", "month", "year", "hour", "minute" or "second".
date-count = { NUMBER($count) } { $unit ->
    [week] { $count ->
        [one] week
       *[other] weeks
    }
    [month] { $count ->
        [one] month
       *[other] months
    }
    [year] { $count ->
        [one] year
       *[other] years
    }
    [hour] { $count ->
        [one] hour
       *[other] hours
    }
    [minute] { $count ->
        [one] minute
       *[other] minutes
    }
    [second] { $count ->
        [one] second
       *[other] seconds
    }
   *[day] { $count ->
        [one] day
       *[other] days
    }
}
date-length = { DURATION($length) }
date-until = { $manner ->
    [brief] { $span }.
   *[normal] It is { $span } until { DATE($day) }.
}
date-until-time = { $manner ->
    [brief] { $length }.
   *[normal] It is { $length } until { CLOCK($at) }.
}
date-since = { $manner ->
    [brief] { $span }.
   *[normal] It has been { $span } since { DATE($day) }.
}
date-between = { $manner ->
    [brief] { $span }.
   *[normal] It is { $span } from { DATE($first) } to { DATE($second) }.
}
date-today = That is today.
date-past = That is over: it was on { DATE($at) }.
date-coming = That is still to come, on { DATE($at) }.
date-weekday = { $tense ->
    [past] { MONTH($day) } { DAY($day) }, { YEAR($day) } was a { WEEKDAY($day) }.
    [today] That is today, a { WEEKDAY($day) }.
   *[coming] { MONTH($day) } { DAY($day) }, { YEAR($day) } is a { WEEKDAY($day) }.
}
date-in = { $tense ->
    [past] That was { DATE($day) }.
   *[coming] That is { DATE($day) }.
}
date-in-time = { $tense ->
    [past] That was { CLOCK($at) } on { DATE($day) }.
   *[coming] That is { CLOCK($at) } on { DATE($day) }.
}
date-week = It is week { $week }.
date-week-of = { DATE($day) } is in week { $week }.
date-leap = { $tense ->
    [was] { $leaps ->
        [yes] Yes, { YEAR($year) } was a leap year.
       *[no] No, { YEAR($year) } was not a leap year.
    }
    [is] { $leaps ->
        [yes] Yes, { YEAR($year) } is a leap year.
       *[no] No, { YEAR($year) } is not a leap year.
    }
   *[will] { $leaps ->
        [yes] Yes, { YEAR($year) } will be a leap year.
       *[no] No, { YEAR($year) } will not be a leap year.
    }
}
date-no-year = I know the years from 1 to { $last } only.
date-age = { $years ->
    [one] One year old.
   *[other] { $years } years old.
}
date-age-year = { $most } years old, or { $least } before the birthday this year.
date-unborn = Nobody who lives was born then.
date-days = { $days ->
    [one] That is one day.
   *[other] That is { NUMBER($days) } days.
}
date-left = { $days ->
    [0] Today is the last day.
    [one] After today there is one day left.
   *[other] After today there are { NUMBER($days) } days left.
}
date-which = Which day?
date-offer = How many days until Christmas?
date-no-such-day = There is no such day. Please name another one.
