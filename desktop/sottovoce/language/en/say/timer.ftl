# Timers. `label` is what one is for, in the user's words ("pasta"), or none.

timer-offer = Set a timer for ten minutes.
timer-how-long = For how long?
timer-the = { $label ->
    [none] the timer for { DURATION($length, parts: "2") }
   *[other] the { $label } timer
}
timer-set = { $manner ->
    [brief] { DURATION($length, parts: "2") }, starting now.
   *[normal] { $label ->
        [none] Your timer is set for { DURATION($length, parts: "2") }.
       *[other] Your { $label } timer is set for { DURATION($length, parts: "2") }.
    }
}
timer-too-short = That is over before I could tell you. A timer lasts a second at least.
timer-too-long = I can't set a timer like that. It can last up to a year.
timer-none = You have no timer running.
timer-count = You have { $count } timers.
timer-left = { $label ->
    [none] Your timer has { DURATION($left, parts: "2") } left.
   *[other] Your { $label } timer has { DURATION($left, parts: "2") } left.
}
timer-stands = { $label ->
    [none] Your timer is paused with { DURATION($left, parts: "2") } left.
   *[other] Your { $label } timer is paused with { DURATION($left, parts: "2") } left.
}
timer-which = Which one: { LIST($timers, join: " or ") }?
timer-unknown = You have no { $label } timer. There is { LIST($timers) }.
timer-cancelled = { $label ->
    [none] Your timer is cancelled.
   *[other] Your { $label } timer is cancelled.
}
timer-confirm-all = { $count ->
    [one] Should I cancel your only timer?
    [2] Should I cancel both of your timers?
   *[other] Should I cancel all { $count } of your timers?
}
timer-all-cancelled = { $count ->
    [one] Your timer is cancelled.
    [2] Both timers are cancelled.
   *[other] All { $count } timers are cancelled.
}
timer-paused = { $label ->
    [none] Your timer is paused with { DURATION($left, parts: "2") } left.
   *[other] Your { $label } timer is paused with { DURATION($left, parts: "2") } left.
}
timer-resumed = { $label ->
    [none] Your timer goes on, with { DURATION($left, parts: "2") } left.
   *[other] Your { $label } timer goes on, with { DURATION($left, parts: "2") } left.
}
timer-runs = { $label ->
    [none] Your timer is not paused. It has { DURATION($left, parts: "2") } left.
   *[other] Your { $label } timer is not paused. It has { DURATION($left, parts: "2") } left.
}
timer-changed = { $label ->
    [none] Your timer now has { DURATION($left, parts: "2") } left.
   *[other] Your { $label } timer now has { DURATION($left, parts: "2") } left.
}
timer-not-so-much = It has only { DURATION($left, parts: "2") } left, so I have not changed it.
timer-done = { $label ->
    [none] Your timer for { DURATION($length, parts: "2") } is done.
   *[other] Your { $label } timer is done.
}
timer-notice = Timer
