# The stopwatch.

stopwatch-started = { $manner ->
    [brief] Go.
   *[normal] The stopwatch is running.
}
stopwatch-goes-on = It goes on from { DURATION($length) }.
stopwatch-running = It is running already, for { DURATION($length) }.
stopwatch-stopped = { $manner ->
    [brief] { DURATION($length) }.
   *[normal] Stopped at { DURATION($length) }.
}
stopwatch-stands = It has been stopped at { DURATION($length) }.
stopwatch-none = No stopwatch is running. Say: start the stopwatch.
stopwatch-lap = { $manner ->
    [brief] { DURATION($length) }.
   *[normal] Lap { $count }: { DURATION($length) }, { DURATION($whole) } in all.
}
stopwatch-full = I don't keep more than { $most } laps. Say: reset the stopwatch.
stopwatch-reset = The stopwatch is back at zero.
stopwatch-shows = { $manner ->
    [brief] { DURATION($length) }.
   *[normal] It has been running for { DURATION($length) }.
}
stopwatch-offer = Start the stopwatch.
