# Alarms. `when` is a part of a sentence: "tomorrow at 7:00 AM".

alarm-offer = Set an alarm for tomorrow at seven.
alarm-when = For what time?
alarm-set = { $manner ->
    [brief] Alarm set: { $when }.
   *[normal] { $label ->
        [none] Your alarm will ring { $when }.
       *[other] Your { $label } alarm will ring { $when }.
    }
}
alarm-rings = { $label ->
    [none] An alarm will ring { $when }.
   *[other] The { $label } alarm will ring { $when }.
}
alarm-count = You have { $count } alarms.
alarm-none = You have no alarm set.
alarm-none-then = You have no alarm set for then.
alarm-which = Which one: { LIST($alarms, join: " or ") }?
alarm-unknown = You have no such alarm. One is set to ring { LIST($alarms) }.
alarm-cancelled = Your alarm { $when } is cancelled.
alarm-confirm-all = { $count ->
    [one] Should I cancel your only alarm?
    [2] Should I cancel both of your alarms?
   *[other] Should I cancel all { $count } of your alarms?
}
alarm-all-cancelled = { $count ->
    [one] Your alarm is cancelled.
    [2] Both alarms are cancelled.
   *[other] All { $count } alarms are cancelled.
}
alarm-off = The alarm is off.
alarm-done = { $label ->
    [none] It is { CLOCK($at) }. This is your alarm.
   *[other] It is { CLOCK($at) }. This is your { $label } alarm.
}
alarm-missed = { $label ->
    [none] You missed your alarm { $when }.
   *[other] You missed your { $label } alarm { $when }.
}
alarm-notice = Alarm
alarm-stop = Stop
alarm-snooze = Snooze
