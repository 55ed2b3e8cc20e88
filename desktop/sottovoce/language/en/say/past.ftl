# What was said before. What stands in quotes is the user's own, or an earlier answer.

past-offer = What did I ask you yesterday?
# $when says how far back the day $at is; $year whether it is this year's.
past-day = { $when ->
    [today] today
    [yesterday] yesterday
    [week] on { WEEKDAY($at) }
   *[date] on { $year ->
        [other] { DATE($at) }
       *[this] { MONTH($at) } { DAY($at) }
    }
}
past-quote = “{ $text }”
# $quotes are what was said, each in quotes.
past-asked = You asked { $day }: { $quotes }.
past-said = You said { $day }: { $quotes }.
past-more = { $count ->
    [one] There is { $count } more in the history.
   *[other] There are { $count } more in the history.
}
past-last = { $manner ->
    [brief] “{ $text }”, { $day }.
   *[normal] You last asked { $day }, at { CLOCK($at) }: “{ $text }”.
}
past-told = { $manner ->
    [brief] I said: “{ $answer }”
   *[normal] You said { $day }: “{ $text }”. I answered: “{ $answer }”
}
past-when = You last spoke about { YOU($topic) } { $day }, at { CLOCK($at) }.
past-often = { $count ->
    [one] Once, { $day }, at { CLOCK($at) }.
   *[other] { $count } times, the last time { $day }, at { CLOCK($at) }.
}
past-nothing-then = I find nothing that you said then.
past-nothing-about = I find nothing about { YOU($topic) } in what you said.
past-nothing-yet = You have not asked me anything before.
