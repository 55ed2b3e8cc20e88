"""English words by what they do: those that name nothing, those that tell nothing of a topic, and their plurals."""

from __future__ import annotations

import re

from sottovoce.domain import words
from sottovoce.domain.folding import pairs
from sottovoce.domain.words import words_of

EMPTY_WORDS = frozenset(
    "a about am an and are as at be been but by can could did do does for from had has have he her him his how i "  # noqa: SIM905 - words read best as words
    "i'm if in into is it its just like me mine my myself no not of on or our ours please she should so that the "
    "their them then there these they this those to too us was we were what when where which who why will with would "
    "you your yours yourself".split()
)
"""Words that name nothing: two sentences that share only these have nothing in common."""

_CALLING = frozenset(
    "a am an and are as at be by for from i'm in is like my no not of on or our some the their to was were with "  # noqa: SIM905
    "your".split()
)
"""Words that another one follows: an emoji after them is that word, and no smile at the end."""

_OF_COMMANDS = frozenset(
    "about again answer answers brief call change date detailed does everything faster file files find forget "  # noqa: SIM905
    "good hello help know like look love minute minutes month more much myself name note notes please quickly "
    "remember remind reminder search short shorter slower speak stay talk tell thank thanks thing things time "
    "timer today tomorrow want week well what year yesterday".split()
)
"""Words of what can be asked: they tell what is wanted, not what it is about."""
NO_TOPICS = EMPTY_WORDS | _OF_COMMANDS
"""What no topic is called."""

HERE = frozenset({"here", "where i am", "where we are", "over here", "at home", "our place", "my place"})
"""Names the place where the user is."""
POINTING = frozenset({"it", "over", "ready", "right", "that", "there", "these", "this", "those", "true", "wrong"})
"""What begins a remark on what was said or happened just now, not a fact."""
KIND = re.compile(r"\b(thanks|thank you|please|good (morning|afternoon|evening|night)|hello|hi)\b", re.IGNORECASE)
"""Thanks and greetings."""
FIRST_PERSON = frozenset({"i", "i'm", "i've", "i'd", "i'll", "me", "my", "mine", "myself", "we", "us", "our", "ours"})
"""By which somebody tells of themselves."""
JOINING = frozenset({"am", "is", "are", "was", "were", "be", "a", "an", "the", "s", "of", "to", "in"})
"""What a sentence has to have, and what says nothing of itself."""
PAST = frozenset({"was", "were", "did"})
"""Verbs that tell of what has been."""
MOMENT = frozenset({"today", "tonight", "now", "currently", "still", "yet", "soon", "recently"})
"""What tells of the moment rather than of what lasts."""

_SPOKEN_OF = frozenset(
    "after again all also any because before being document documents doing don't each every file files "  # noqa: SIM905 - words read best as words
    "find get give go i've isn't know let long look many may might more most much must name need note "
    "notes often once one only other out over own really said say says search shall show some something "
    "such tell than that's there's thing things under up use very want way what's when's where's while "
    "who's whom whose".split()
)
"""By these a question speaks of files, or of itself, rather than of what is in the files."""

ABBREVIATION = re.compile(
    r"(?:^|[\s(.])(?:[A-Za-z]|e\.g|i\.e|etc|approx|ca|cf|dr|est|fig|incl|max|min|mr|mrs|ms|mt|nr|no|p|pp|prof|st|vs|vol)$",
    re.IGNORECASE,
)
"""At the end of a text whose last full stop ends no sentence."""


def without_smiles(text: str) -> str:
    """A text without the emoji and signs at its ends, which tell nothing; all of it where one stands for a word."""
    return words.without_smiles(text, _CALLING)


def content_words(text: str) -> str:
    """The words of a topic that name something, as they were written; all of them if none does."""
    return words.naming_words(text, EMPTY_WORDS)


def key_words(text: str) -> frozenset[str]:
    """The words of a text that name something: casefolded, and in the singular as far as their ending tells.

    Of a script without gaps between words, each two letters that follow each other are one.
    """
    words = (word for word in words_of(text) if word not in EMPTY_WORDS and word not in _SPOKEN_OF)
    return frozenset(_singular(part) for word in words for part in pairs(word))


def _singular(word: str) -> str:
    """One form for "tomato" and "tomatoes": it need not be a word, both must only come to the same."""
    word = word.removesuffix("'s")
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):  # noqa: PLR2004 - "bus", "gas"
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("oes", "ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1]
