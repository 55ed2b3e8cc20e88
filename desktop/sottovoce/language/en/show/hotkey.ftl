# What to write into a desktop's own settings where a program can't grab a key itself.

hotkey-bind-sway = Add `bindsym --no-repeat { $key } exec sottovoce press` and `bindsym --release { $key } exec sottovoce release` to sway's configuration. Then set `hotkey = ""` in the settings, and this is not told again.
hotkey-bind-hyprland = Add `bind = { $key }, exec, sottovoce press` and `bindr = { $key }, exec, sottovoce release` to Hyprland's configuration. Then set `hotkey = ""` in the settings, and this is not told again.
hotkey-bind-toggle = Bind the command `sottovoce toggle` to { $key } in the keyboard settings of the desktop. Then set `hotkey = ""` in the settings, and this is not told again.
hotkey-bind-elsewhere = Bind `sottovoce press` to { $key } going down (not repeated) and `sottovoce release` to its coming up, or `sottovoce toggle` where a desktop knows no release, in its own settings. Then set `hotkey = ""` in the settings, and this is not told again.

# What the doctor tells of it.

hotkey-is-held = { $key } is held by the running application.
