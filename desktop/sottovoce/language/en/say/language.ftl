# The language that is spoken.

# Said in the language that is spoken from now on.
language-changed = Okay, I speak English from now on.
# $language is the name of one that is not spoken. Said once, before the answer.
language-unknown = I don't speak { $language } yet, so I answer in English.
# Heard by a speech model of a language that could be spoken, while another one is set.
language-other = { $manner ->
    [brief] That was heard as { $language }, and I am set to English.
   *[normal] That was heard as { $language }, and I am set to English. You can say, for example: { $wish }
}
# How to ask for this language, in it.
language-wish = Speak English.
