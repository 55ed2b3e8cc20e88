# Windows of other programs.

windows-ask = Shall I move other programs' windows when you say so?
windows-ask-switch = Shall I bring { $what } to the front, and move windows when you say so?
windows-ask-close = Shall I close { $what }?
windows-ask-close-this = Shall I close the window in front?
windows-ask-close-all = Shall I close all windows?
windows-all-closed = I have asked all of them to close.
windows-ask-which = Which program?
windows-front = { $manner ->
    [brief] Okay.
   *[normal] Here is { $what }.
}
windows-away = { $manner ->
    [brief] Okay.
   *[normal] { $what } is out of the way.
}
windows-large = { $manner ->
    [brief] Okay.
   *[normal] { $what } fills the screen.
}
windows-closed = I have asked { $what } to close.
windows-desktop = { $manner ->
    [brief] Okay.
   *[normal] Here is your desktop.
}
windows-not-open = { $what } has no open window.
windows-none-in-front = No window is in front.
windows-no-other = There is no other window.
windows-none = No window is open.
windows-list = Open are { LIST($names) }.
windows-list-more = { $count ->
    [one] Open are { LIST($names) }, and one more.
   *[other] Open are { LIST($names) }, and { $count } more.
}
