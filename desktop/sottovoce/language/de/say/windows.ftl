# Fenster anderer Programme.

# en: 37305932
windows-ask = Soll ich fremde Fenster bewegen, wenn du es sagst?
# en: 72995886
windows-ask-switch = Soll ich { $what } nach vorn holen und Fenster bewegen, wenn du es sagst?
# en: 8d94c77b
windows-ask-close = Soll ich { $what } schließen?
# en: 52b97786
windows-ask-close-this = Soll ich das vordere Fenster schließen?
# en: 663dc1a6
windows-ask-close-all = Soll ich alle Fenster schließen?
# en: 5d644034
windows-all-closed = Ich habe alle gebeten, sich zu schließen.
# en: d42a2f97
windows-ask-which = Welches Programm?
# en: da6e9893
windows-front = { $manner ->
    [brief] Okay.
   *[normal] Hier ist { $what }.
}
# en: 77f41d1a
windows-away = { $manner ->
    [brief] Okay.
   *[normal] { $what } ist aus dem Weg.
}
# en: 63474bce
windows-large = { $manner ->
    [brief] Okay.
   *[normal] { $what } füllt den Bildschirm.
}
# en: ef14d38d
windows-closed = Ich habe { $what } gebeten, sich zu schließen.
# en: 6b8e1a4d
windows-desktop = { $manner ->
    [brief] Okay.
   *[normal] Hier ist dein Schreibtisch.
}
# en: 7caf61c3
windows-not-open = { $what } hat kein offenes Fenster.
# en: b73e9e0a
windows-none-in-front = Es ist kein Fenster im Vordergrund.
# en: c9ea6c95
windows-no-other = Es gibt kein anderes Fenster.
# en: 063eb126
windows-none = Es ist kein Fenster offen.
# en: ea8a9ad2
windows-list = Offen { BE($names) } { LIST($names) }.
# en: f2dcb52d
windows-list-more = { $count ->
    [one] Offen sind { LIST($names) } und noch eines.
   *[other] Offen sind { LIST($names) } und { $count } weitere.
}
