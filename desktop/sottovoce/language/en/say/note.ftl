# Notes, in the user's own words.

note-offer = Take a note.
note-what = What should the note say?
note-about-what = What is the note about?
note-written = { $manner ->
    [brief] Noted.
    [detailed] I have noted: { $text }. You can ask: What notes do I have?
   *[normal] I have noted: { $text }.
}
note-day-written = { $manner ->
    [brief] Noted.
   *[normal] It is in today's note: { $text }.
}
note-day-none = There is no note of today yet.
note-day = Today's note: { $text }
note-grown = { $manner ->
    [brief] Added.
   *[normal] I have added { $text } to your note: { $beginning }.
}
note-reads = Your note: { $text }
# Followed by notes, each as note-one.
note-count = { $count ->
    [one] You have one note.
   *[other] You have { $count } notes, the last one first.
}
note-found = You have { $count } notes about { YOU($topic) }.
note-one = “{ $text }”.
note-more = And { $count } more. You can ask for one by what it is about.
note-none = You have no notes yet. You can say: Take a note.
note-nothing-about = I find no note about { YOU($topic) }.
# Beginnings of notes.
note-which = Which one do you mean: { LIST($beginnings, join: ", or ") }?
note-delete-sure = Shall I delete the note “{ $beginning }”?
note-deleted = The note is deleted.
note-gone = That note is not there any more.
note-delete-all-sure = { $count ->
    [one] Shall I delete your only note?
    [2] Shall I delete both of your notes?
   *[other] Shall I delete all { $count } of your notes?
}
note-all-deleted = { $count ->
    [one] Your note is deleted.
   *[other] Your notes are deleted.
}
