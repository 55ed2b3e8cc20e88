# The clipboard and what is selected.

clipboard-empty = There is no text in the clipboard.
clipboard-nothing-selected = No text is selected.
clipboard-no-selection = On this desktop I can't see what is selected. Copy it, and say: read the clipboard.
clipboard-no-answer = I have not answered anything yet that I could copy.
clipboard-copied = Copied.
# $text is the beginning of it.
clipboard-begins = It begins so: { $text } There is more of it.
