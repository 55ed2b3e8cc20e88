# Typing what is said.

dictation-offer = Take dictation.
dictation-ask = Shall I type into other programs' windows when you say so?
dictation-what = What shall I type?
dictation-on = { $manner ->
    [brief] I type what you say.
   *[normal] I type what you say into the window in front. Say "stop dictation" when you are done.
    [detailed] I type what you say into the window in front, and keep none of it. Say comma, full stop or new line, scratch that to take back, and "stop dictation" when you are done.
}
dictation-off = Dictation is off.
dictation-typed = Done.
