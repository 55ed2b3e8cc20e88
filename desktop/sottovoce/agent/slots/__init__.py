"""The kinds of values that a request may hold, by the names of its slots: one meaning whatever the language.

A slot holds all of what was said for it or nothing: a word that is not of its kind makes the template not match, and is
never guessed. Moments and addresses are read here, too.
"""

from sottovoce.agent.slots.when import When, when_of

__all__ = ["When", "when_of"]
