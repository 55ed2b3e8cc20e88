# What to write into a desktop's own settings where a program can't grab a key itself.

hotkey-bind-both = Add `{ $press }` and `{ $release }` to the file { $file }. Then set `hotkey = ""` in the settings, and this is not told again.
hotkey-bind-labwc = Add `{ $line }` to the part <keyboard> of the file { $file }. Then set `hotkey = ""` in the settings, and this is not told again.
hotkey-bind-toggle = Bind the command `sottovoce toggle` to { $key } in the keyboard settings of the desktop. Then set `hotkey = ""` in the settings, and this is not told again.
hotkey-bind-elsewhere = Bind `sottovoce press` to { $key } going down (not repeated) and `sottovoce release` to its coming up, or `sottovoce toggle` where a desktop knows no release, in its own settings. Then set `hotkey = ""` in the settings, and this is not told again.

# What the desktop calls the key in its own dialogs.

hotkey-talk = Hold to talk
hotkey-cancel = Drop what is said or answered

# What the doctor tells of it.

hotkey-is-held = { $key } is held by the running application.
hotkey-is-given = Your desktop gives { $given } for { $key }; it is held by the running application.
hotkey-is-asked = Your desktop was asked for { $key } and does not say which key it gives. If { $key } does nothing, choose a key for Sottovoce in the desktop's keyboard settings.
