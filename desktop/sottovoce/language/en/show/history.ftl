# The window: what was said.

history-title = Sottovoce
history-search = Search what was said
history-whole = What was said, whole
history-nothing-yet = Nothing said yet. Hold { $key } and talk, or press Talk.
history-nothing-yet-toggle = Nothing said yet. Press { $key }, talk, and press it again; or press Talk.
history-nothing-yet-no-key = Nothing said yet. Press Talk.
history-nothing-found = Nothing you said or heard matches that.
history-no-tray = This desktop shows no tray icons. This window is the way in; `sottovoce show` brings it back.
history-back-to-found = &Back to what was found
history-offer = A question without an answer
history-quoted = “{ $question }”
history-answer = &Answer
history-forget = F&orget it
history-talk = &Talk
history-finish = &Finish
history-stop = &Stop
history-more = &More
# Within the rows.
history-newest-first = What was said, newest first
history-you = You
history-it = Sottovoce
history-unanswered = not answered yet
history-cut-short = (cut short)
history-goes-on = … (Return shows all of it)
