# Reminders. `what` is in the user's words: "call mum".

reminder-offer = Remind me to call the dentist tomorrow at nine.
reminder-what = What should I remind you about?
reminder-when = When should I remind you?
reminder-the = “{ YOU($what) }”
reminder-set = { $manner ->
    [brief] Reminder { $when }: { YOU($what) }.
   *[normal] I will remind you { $when }: { YOU($what) }.
}
reminder-set-in = I will remind you in { DURATION($length, parts: "2") }: { YOU($what) }.
reminder-comes = I will remind you { $when }: { YOU($what) }.
reminder-count = You have { $count } reminders.
reminder-none = You have no reminders.
reminder-none-then = You have no reminders for then.
reminder-which = Which one: { LIST($reminders, join: " or ") }?
reminder-unknown = You have no such reminder. There is { LIST($reminders) }.
reminder-cancelled = Your reminder is cancelled: { YOU($what) }.
reminder-confirm-all = { $count ->
    [one] Should I cancel your only reminder?
    [2] Should I cancel both of your reminders?
   *[other] Should I cancel all { $count } of your reminders?
}
reminder-all-cancelled = { $count ->
    [one] Your reminder is cancelled.
    [2] Both reminders are cancelled.
   *[other] All { $count } reminders are cancelled.
}
reminder-done = Reminder: { YOU($what) }.
reminder-notice = Reminder
