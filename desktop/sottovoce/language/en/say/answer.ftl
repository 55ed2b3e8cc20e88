# Where nothing was understood, or an answer could not be made anew.

# $answer is the earlier answer, in whole sentences.
answer-stale = I could not look again; this is what I found { LENGTH($age_s) } ago. { $answer }
# $language is a language's name.
answer-heard-in = { $manner ->
    [brief] Just now I only understand English.
   *[normal] That was heard as { $language }, and just now I understand and answer in English only. Say it in English, with an English speech model chosen in the settings.
}
answer-other-script = Just now I understand and answer in English only. Please say it in English.
# $offers are sentences to say, each whole. $wording varies what is said again and again.
answer-unknown = { $manner ->
    [brief] Sorry, I can't answer that.
   *[normal] { answer-not-known } You can say, for example: { LIST($offers, join: " ") }
}
# The same, where something was said that comes near it.
answer-nearest = { $manner ->
    [brief] Sorry, I can't answer that.
   *[normal] { answer-not-known } What comes nearest is: { LIST($offers, join: " ") }
}
answer-not-known = { $wording ->
    [first] Sorry, I can't answer that yet.
    [second] I don't know how to do that.
    [third] I have no answer to that.
   *[fourth] That is beyond me.
}
answer-unknown-bare = { $manner ->
    [brief] Sorry, I can't answer that.
   *[normal] Sorry, I can't answer that yet.
}
answer-what-exactly = I didn't get all of that. What exactly?
# Words of a file or a model, between sentences.
answer-as-it-is = { $text }
