# The clipboard and what is selected.

# en: 8907324b
clipboard-empty = In der Zwischenablage ist kein Text.
# en: 43307a74
clipboard-nothing-selected = Es ist kein Text markiert.
# en: 0d83e199
clipboard-no-selection = Auf diesem Desktop sehe ich nicht, was markiert ist. Kopiere es und sag: lies die Zwischenablage vor.
# en: 4ccbb2c8
clipboard-no-answer = Ich habe noch nichts geantwortet, das ich kopieren könnte.
# en: 1ef67001
clipboard-copied = Kopiert.
# $text is the beginning of it.
# en: 3b72db10
clipboard-begins = Es beginnt so: { $text } Es geht noch weiter.
