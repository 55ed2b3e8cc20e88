# The icon in the tray and its menu.

tray-answer = &Answer: “{ $question }”
tray-forget = &Forget it
tray-talk = &Talk
tray-talk-key = &Talk ({ $key })
tray-finish = F&inish talking
tray-stop = &Stop
tray-recovery = &Recovery code…
tray-history = &History…
tray-settings = S&ettings…
tray-diagnostics = &Diagnostics…
tray-about = A&bout Sottovoce
tray-quit = &Quit
tray-tip = Sottovoce: { $state }
tray-keeps-sound = The microphone is open: its last 0.3 seconds are kept in memory
tray-reading = Reading your files: { $done } of { $total }
tray-erasing = Erasing from the files: { $percent } %
tray-erasing-left = Erasing from the files: { $percent } %, about { $left } s left
# Both at once.
tray-works = { $erasing }. { $reading }
tray-dictates = What you say is typed into the window in front
