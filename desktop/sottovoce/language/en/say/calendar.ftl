# The calendar.

calendar-offer = What do I have today?

# Days and times, as parts of a sentence.
calendar-today = today
calendar-tomorrow = tomorrow
calendar-on-weekday = on { WEEKDAY($day) }
calendar-on-date = on { WEEKDAY($day) }, { MONTH($day) } { DAY($day) }
calendar-on-far-date = on { DATE($day) }
calendar-weekday = { WEEKDAY($day) }
calendar-date = { MONTH($day) } { DAY($day) }
calendar-from-to = from { $first } to { $last }
calendar-between = { $day } between { CLOCK($start) } and { CLOCK($end) }
calendar-time = { $when } at { CLOCK($at) }
calendar-gap = from { CLOCK($start) } to { CLOCK($end) }
# $number is 0 for Monday.
calendar-weekday-number = { $number ->
    [0] Monday
    [1] Tuesday
    [2] Wednesday
    [3] Thursday
    [4] Friday
    [5] Saturday
   *[6] Sunday
}
# Events, as parts of a sentence.
calendar-item-at = { YOU($title) } at { CLOCK($at) }
calendar-item-whole = { YOU($title) } all day
calendar-item-until = { YOU($title) } until { CLOCK($at) }
calendar-item-of = { $item } in "{ $calendar }"
calendar-named-at = { YOU($title) } { $when } at { CLOCK($at) }
calendar-named-whole = { YOU($title) } { $when }, all day
calendar-named-days = { YOU($title) } { $when }
calendar-named-until = { YOU($title) } { $when } from { CLOCK($start) } to { CLOCK($end) }
calendar-named-again = { $one }, and then { $every }
calendar-every-weekday = every { LIST($days) }
calendar-every = { $step ->
    [minutely] { $count ->
        [1] every minute
       *[other] every { $count } minutes
    }
    [hourly] { $count ->
        [1] every hour
       *[other] every { $count } hours
    }
    [daily] { $count ->
        [1] every day
       *[other] every { $count } days
    }
    [weekly] { $count ->
        [1] every week
       *[other] every { $count } weeks
    }
    [monthly] { $count ->
        [1] every month
       *[other] every { $count } months
    }
   *[yearly] { $count ->
        [1] every year
       *[other] every { $count } years
    }
}
calendar-of-day = { $when } { LIST($items) }
calendar-sentence = { SENTENCE($one) }

# What there is.
calendar-agenda = { $manner ->
    [brief] { LIST($items) }.
   *[normal] { $count ->
        [one] You have one thing { $when }: { LIST($items) }.
       *[other] You have { $count } things { $when }: { LIST($items) }.
    }
}
calendar-agenda-days = { $manner ->
    [brief] { LIST($days, join: "; ") }.
   *[normal] { $count ->
        [one] You have one thing { $when }: { LIST($days) }.
       *[other] You have { $count } things { $when }: { LIST($days, join: "; ") }.
    }
}
calendar-more = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}
calendar-nothing = { $manner ->
    [brief] Nothing { $when }.
   *[normal] You have nothing { $when }.
}
calendar-nothing-more = { $manner ->
    [brief] Nothing more { $when }.
   *[normal] You have nothing more { $when }.
}
calendar-next = { $manner ->
    [brief] { SENTENCE($one) }
   *[normal] Next is { $one }.
}
calendar-none-coming = There is nothing ahead in your calendar.
calendar-is = { YOU($title) } is { $time }
calendar-was = { YOU($title) } was { $time }
calendar-no-such = I find no such event in your calendar.
calendar-not-found = I find nothing called "{ $title }" in your calendar.

# What is free.
calendar-free = { $manner ->
    [brief] Yes, free.
   *[normal] You are free { $when }.
}
calendar-free-but = You are free { $when }, but there is { LIST($items) }.
calendar-busy = { $manner ->
    [brief] No: { LIST($items) }.
   *[normal] You are not free { $when }: you have { LIST($items) }.
}
calendar-never-free = You have no free half hour { $when }.
calendar-free-times = You are free { $when } { LIST($gaps) }.

# What is changed.
calendar-added = { $manner ->
    [brief] Added: { $one }.
   *[normal] It is in your calendar: { $one }.
}
calendar-also = At that time you also have { LIST($items) }.
calendar-in-the-past = That is in the past.
calendar-blocked = busy
calendar-ask-title = What should I call it?
calendar-ask-when = When?
calendar-ask-time = At what time? You can also say: all day.
calendar-ask-length = By how long?
calendar-ask-which = Which event?
calendar-not-asked = I did not ask how long anything takes.
calendar-moved = { $manner ->
    [brief] { YOU($title) }: { $time }.
   *[normal] I moved { YOU($title) }; it is { $time } now.
}
calendar-others-stay = Only this one; the others stay where they are.
calendar-shall-i = Should I take { $one } out of your calendar?
calendar-shall-i-all = Should I take every "{ $title }" out of your calendar?
calendar-shall-i-everything = { $count ->
    [one] Should I take the only event that is ahead out of your calendar?
    [2] Should I take both events that are ahead out of your calendar?
   *[other] Should I take all { $count } events that are ahead out of your calendar?
}
calendar-cancelled = { $manner ->
    [brief] Removed: { $one }.
   *[normal] I took { $one } out of your calendar.
}
calendar-cancelled-one = Only this one; to take out all of them, ask me to cancel every { $title }.
calendar-cancelled-all = I took every { YOU($title) } out of your calendar.
calendar-cancelled-everything = { $count ->
    [one] I took the only event that was ahead out of your calendar.
    [2] I took both events that were ahead out of your calendar.
   *[other] I took all { $count } events that were ahead out of your calendar.
}
calendar-which = Which one? There is { LIST($items) }.
calendar-only-read = { YOU($title) } stands in your calendar file "{ $calendar }", which I only read. Please change it in the program it comes from.
calendar-files-missing = I can't see all of your calendar files just now.
calendar-files-unread = I'm still reading your calendar files, so something may be missing.
calendar-files-too-many = You have more calendar files than I can read, so some are left out.
