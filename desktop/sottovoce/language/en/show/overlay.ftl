# The sign at the edge of the screen.

overlay-title = Sottovoce overlay
overlay-name = Sottovoce
overlay-invitation = Say something…
overlay-nothing-heard = I heard nothing.
overlay-hint-listening = let go when you are done
overlay-hint-listening-on = press the key when you are done
overlay-hint-listening-no-key = choose Finish when you are done
overlay-hint-speaking = press the key to interrupt
overlay-left = { $seconds } seconds left
overlay-more = The whole answer is in the history.
overlay-unfinished = You asked this before Sottovoce stopped. Answer it now?
overlay-unfinished-how = Answer or forget it in the tray menu or in the window.
