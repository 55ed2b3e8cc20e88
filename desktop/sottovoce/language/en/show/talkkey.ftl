# The key to talk: its page, and how keys are called.

talkkey-what = Key to talk
talkkey-no-key = No key
talkkey-change = Change key…
talkkey-none = No key
talkkey-waiting = Press the keys now; Escape leaves it as it was.
talkkey-named = { $what }: { $key }
talkkey-how-to-record = Press this button, then the keys you want.
talkkey-held = { $keys }+…
talkkey-decided = Your administrator has decided: { $what }.
talkkey-and = { $first }, { $second }
talkkey-decided-key = the key
talkkey-decided-mode = how it is used
talkkey-decided-hands-free = free hands
talkkey-decided-cancel = the key that drops what is said
talkkey-try = &Try the key
talkkey-end = End the &trial
talkkey-copy = C&opy what to write there
talkkey-copied = Copied.
    .sign = Copied
talkkey-trying = Press { $key }, hold it for a second, and let go. The microphone stays closed meanwhile.
talkkey-trying-bound = Press the key that your desktop's settings bind to Sottovoce. The microphone stays closed meanwhile.
talkkey-proved = Both ends of a press are seen: the key can be held.
talkkey-press-only = Only the press is seen yet. If you have let go: the key can't be held, but pressed to begin and to end.
talkkey-repeated = It is told as pressed again and again while held; that does no harm here.
talkkey-no-release = No release of this key has been seen, so holding it is not offered. Try the key.
talkkey-press = Press
talkkey-release = Release
talkkey-repeat = Repeat
talkkey-pressed = pressed
talkkey-let-go = let go
talkkey-repeats = repeated
talkkey-seen = { $end }: seen
    .sign = ● { $end }: seen
talkkey-unseen = { $end }: not seen yet
    .sign = ○ { $end }: not seen yet
talkkey-hold = Hold it while talking
talkkey-toggle = &Press it to begin, and again to end
talkkey-hands-free = Tap it t&wice to go on with free hands
talkkey-cancel = Key that &drops what is said or answered:
    .name = Key that drops what is said or answered
# What a desktop that gives keys itself has made of them.
talkkey-given = Your desktop has made it { $given }; its keyboard settings change that.
talkkey-asked = Your desktop does not say which key it has given. If { $key } does nothing, choose a key for Sottovoce in its keyboard settings.
talkkey-cancel-given = Here it is { $given }; your desktop's keyboard settings change that.
talkkey-cancel-asked = Here it is the key that your desktop's keyboard settings give it; none at first.
# What opens the microphone.
talkkey-how-none = Choose Talk in the window or in the menu, or run `sottovoce toggle`.
talkkey-how-toggle = Press { $key }, talk, and press it again; or press Talk.
talkkey-how-hold = Hold { $key } and talk, then let go; or press Talk.
# Names of keys, as they are shown; those that are missing here are shown as they are written in the settings.
talkkey-chord = { $held }+{ $key }
talkkey-names = { $key ->
    [Ctrl] Ctrl
    [Alt] Alt
    [Shift] Shift
    [Super] Super
    [Space] Space
    [Enter] Enter
    [Tab] Tab
    [Escape] Escape
    [Backspace] Backspace
    [Delete] Delete
    [Insert] Insert
    [Home] Home
    [End] End
    [PageUp] PageUp
    [PageDown] PageDown
    [Up] Up
    [Down] Down
    [Left] Left
    [Right] Right
    [Pause] Pause
    [Print] Print
    [Menu] Menu
    [ScrollLock] ScrollLock
    [Plus] Plus
    [Minus] Minus
    [Comma] Comma
    [Period] Period
    [Slash] Slash
    [Backslash] Backslash
    [Semicolon] Semicolon
    [Apostrophe] Apostrophe
    [Grave] Grave
    [Equal] Equal
    [BracketLeft] BracketLeft
    [BracketRight] BracketRight
    [RightCtrl] RightCtrl
    [RightAlt] RightAlt
    [RightShift] RightShift
    [RightSuper] RightSuper
   *[other] { $key }
}
# What can't be the key.
talkkey-alone = The key { $key } is taken alone, with no other held.
    .remedy = Write "{ $key }".
talkkey-lost = The key { $key } alone would be lost for typing.
    .remedy = Hold Ctrl, Alt or Super with it, like "Ctrl+Alt+Space".
