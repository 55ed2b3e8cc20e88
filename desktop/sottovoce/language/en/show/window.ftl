# What several windows say: their buttons, and moments.

window-close = &Close
window-back = &Back
window-later = &Later
window-keep-editing = &Keep editing
window-discard = &Discard
window-refused = Sottovoce cannot start
# Days and times: "Today 14:03", "Sat 14 Nov 2026 14:03".
window-today = Today { $time }
window-yesterday = Yesterday { $time }
window-day = { WEEKDAY($day, form: "short") } { DAY($day) } { MONTH($day, form: "short") } { YEAR($day) } { $time }
# The same within a sentence.
window-made-today = today { $time }
window-made-yesterday = yesterday { $time }
window-made-on = on { WEEKDAY($day, form: "short") } { DAY($day) } { MONTH($day, form: "short") } { YEAR($day) } { $time }
