# About the talk itself: what is asked back, taken back, said again.

# Asked before something is done outside of this program.
dialogue-shall-i = Shall I do that?
# Said once, behind what was done after the first yes.
dialogue-allowed = { $manner ->
    [brief] I won't ask about that again.
   *[normal] I won't ask about that again, unless you say: ask me first.
}
# To a no.
dialogue-refused = Okay, I have not done it.
# Where something was to be kept that is named as what is not to be there: "nothing", "no milk".
dialogue-nothing-kept = I only keep what is to be there, so I have changed nothing.
dialogue-dropped = Okay, never mind.
# To a no behind "Did you mean…?".
dialogue-reworded = Okay. Please say it in other words.
# Said before a question is asked once more.
dialogue-unclear = I didn't get that.
# $sentence is what the user may have meant to say.
dialogue-did-you-mean = Did you mean: “{ $sentence }”?
# $rest are sentences of the user.
dialogue-undone = One thing after the other: say this again afterwards: { LIST($rest, join: "; ") }.
# $rest: what nothing here can do, in the user's own words.
dialogue-unknown = I don't know how to do this: { LIST($rest, join: "; ") }.
# $words are the user's own.
dialogue-you-said = You said: “{ $words }”.
dialogue-nothing-before = Nothing was said before that.
dialogue-restarted = { $manner ->
    [brief] From the start.
   *[normal] Okay, from the start. What can I do for you?
}
dialogue-ask-first = From now on I ask you before I do anything outside of this program.
dialogue-some-allowed = You have allowed me to do some things without asking. Say “ask me first” to take that back.
dialogue-none-allowed = I ask you before I do anything outside of this program for the first time.
