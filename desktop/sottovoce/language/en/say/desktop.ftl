# What can't be done on this desktop.

desktop-forbidden = Your administrator has forbidden that.
desktop-not-here = I can't do that on { $what } yet.
desktop-no-screen = There is no desktop here that I could do that on.
desktop-wayland = Under Wayland, programs may not do that to other programs' windows, so I can't either.
desktop-silent = The desktop does not answer just now. Please try again in a moment.
desktop-no-sound = I find no sound server, so I can't change the volume.
desktop-sound-silent = The sound server does not answer, so nothing was changed.
desktop-no-loudspeaker = There is no loudspeaker here.
desktop-cannot-open = Nothing here could open it.
desktop-not-started = { $what } could not be started.
desktop-not-there = That file is not there any more.
desktop-player-refuses = { $player } did not do that.
desktop-no-brightness = The brightness of this screen can't be changed by programs.
desktop-not-locked = Nothing here can lock the screen.
desktop-no-sleep = The computer would not go to sleep.
desktop-no-quiet = I don't know how to silence the notifications of this desktop.
desktop-no-picture = I could not take a picture of the screen.
desktop-picture-needs-window = I can only take a picture of the screen while Sottovoce itself is running.
desktop-picture-unsaved = The picture could not be saved in { $what }.
