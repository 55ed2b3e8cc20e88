# What can be said to the assistant.

# $offers are sentences to say, each whole.
guide-examples = You can say, for example: { LIST($offers, join: " ") }
