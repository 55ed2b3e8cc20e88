"""Everything that depends on a human language, one folder a language.

`language("de")` gives a `Language`: it puts a `Said` into words and knows the grammar that sentences need. What people
hear and read stands in `say/` and `show/` (Fluent, compiled by `python -m tools.words`), what they may say in
`understand/`, and `try/` holds sentences with what must come of them, which the tests run. `display` is the language
that windows and commands show.
"""

from __future__ import annotations

from sottovoce.domain import user_error
from sottovoce.domain.said import Said, said
from sottovoce.language import display
from sottovoce.language.analysis import Speech
from sottovoce.language.display import shown, words
from sottovoce.language.languages import ENGLISH, Language, available, is_available, language, speech

__all__ = [
    "ENGLISH",
    "Language",
    "Said",
    "Speech",
    "available",
    "is_available",
    "language",
    "said",
    "shown",
    "speech",
    "words",
]

user_error.word_with(display.found)  # every program that shows an error has loaded its words
