# What timers, alarms and reminders have in common. The values are moments, lengths of time, or how many of something.

schedule-when = { WHEN($at, $now) }
schedule-every = { REPEATS($rule, $at) }
schedule-every-but = { $every }, the next time { $next }
schedule-at = At what time?
schedule-past = That time has already passed. Please say a time that is still to come.
schedule-rule = I can't repeat something that often or that seldom.
schedule-full = You have so many timers, alarms and reminders already that I can't keep another. Please cancel some first.
schedule-silent = It only goes off while the Sottovoce application is running, so please start it.
schedule-nothing-rings = Nothing is going off right now.
schedule-snoozed = Snoozed for { DURATION($length, parts: "2") }.
schedule-missed = While I was off:
schedule-more = And { $count } more.
schedule-skipped = { $kind ->
    [alarm] I leave out your alarm { $when }. The next one rings { $next }.
   *[reminder] I leave out your reminder { $when }: { YOU($label) }. The next one comes { $next }.
}
schedule-back = { $kind ->
    [alarm] Your alarm { $when } is back.
   *[reminder] Your reminder { $when } is back: { YOU($label) }.
}
schedule-only-next = { $kind ->
    [alarm] I can leave out only the next time of your alarm, and that is { $when }. Nothing has changed.
   *[reminder] I can leave out only the next time of your reminder, and that is { $when }. Nothing has changed.
}
