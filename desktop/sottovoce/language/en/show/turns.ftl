# Turns: what is told of them beside the errors of their parts.

turns-answer-interrupted = The answer was interrupted.
    .remedy = Ask again when nobody is talking.
turns-too-many-wait = Too many questions are waiting to be answered aloud.
    .remedy = Ask again in a moment.
turns-answer-not-kept = Something of this was erased while it was being answered, so the answer was not kept.
    .remedy = Ask again if you still want to know.
turns-no-moment = The moment of a call is a number of seconds.

# How long the last turns took. $count of them were answered aloud; the seconds are those from the end of what was said
# to the voice: of the one in the middle ($usual) and of the slowest ($slowest).

turns-took = { $count ->
    [0] Nothing has been answered aloud since the start.
    [one] The last answer began { NUMBER($usual) } s after the question.
   *[other] The last { $count } answers began { NUMBER($usual) } s after the question, as a rule; the slowest after { NUMBER($slowest) } s.
}

# `sottovoce turns`: a table, a line for each turn.

turns-none = There has been no turn since the application was started.
turns-heading = Milliseconds from the press, or from when it was typed:
turns-id = id
turns-ended = ended
turns-how = how
turns-stage = { $stage ->
    [first_sound] sound
    [release] release
    [text] text
    [stored] stored
    [first_voice] voice
   *[end] end
}
# `sottovoce turns show ID`: a line for each stage of one turn; $kind is what became of it.
turns-one = Turn { $number }, { LENGTH($seconds) } ago: { $kind }.
turns-one-heading = Milliseconds from the press, or from when it was typed, and from the stage before:
turns-words = That is not what `turns { $what }` takes.
    .remedy = Run `sottovoce turns --help`.
turns-no-turn = There is no such turn among the last ten.
    .remedy = See `sottovoce turns` for their ids.
turns-ago = { LENGTH($seconds) } ago
# What became of a turn: spoken and typed ones were answered; aside: answered in silence, as another press came.
turns-kind = { $kind ->
    [spoken] answered
    [typed] typed, answered
    [aside] answered in silence
    [silence] nothing understood
    [cancelled] cancelled
   *[failed] failed
}
