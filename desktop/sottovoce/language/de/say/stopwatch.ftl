# The stopwatch.

# en: c533b35f
stopwatch-started = { $manner ->
    [brief] Los.
   *[normal] Die Stoppuhr läuft.
}
# en: c1ec0781
stopwatch-goes-on = Sie läuft weiter, von { DURATION($length) } an.
# en: 3a23d9ac
stopwatch-running = Sie läuft schon, Stand: { DURATION($length) }.
# en: 22dd2051
stopwatch-stopped = { $manner ->
    [brief] { DURATION($length) }.
   *[normal] Angehalten bei: { DURATION($length) }.
}
# en: 074042d7
stopwatch-stands = Sie steht bei: { DURATION($length) }.
# en: 0ea9bf71
stopwatch-none = Es läuft keine Stoppuhr. Sag: starte die Stoppuhr.
# en: 88bbe69e
stopwatch-lap = { $manner ->
    [brief] { DURATION($length) }.
   *[normal] Runde { $count }: { DURATION($length) }, insgesamt { DURATION($whole) }.
}
# en: 818982ae
stopwatch-full = Mehr als { $most } Runden merke ich mir nicht. Sag: setz die Stoppuhr zurück.
# en: 9cdbb0c3
stopwatch-reset = Die Stoppuhr steht wieder auf null.
# en: 5f4d1ead
stopwatch-shows = { $manner ->
    [brief] { DURATION($length) }.
   *[normal] Sie läuft seit: { DURATION($length) }.
}
# en: a34a1e7e
stopwatch-offer = Starte die Stoppuhr.
