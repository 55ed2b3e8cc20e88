# Turns: what is told of them beside the errors of their parts.

turns-answer-interrupted = The answer was interrupted.
    .remedy = Ask again when nobody is talking.
turns-too-many-wait = Too many questions are waiting to be answered aloud.
    .remedy = Ask again in a moment.
turns-answer-not-kept = Something of this was erased while it was being answered, so the answer was not kept.
    .remedy = Ask again if you still want to know.
turns-no-moment = The moment of a call is a number of seconds.
