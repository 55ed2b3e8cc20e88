"""Whose something is: "my wife's birthday" is not "my mother's", and "Anna's boss" not "my boss"."""

from __future__ import annotations

import re

from sottovoce.domain.holders import Holder
from sottovoce.domain.words import word_set, words_of
from sottovoce.language.en.words import EMPTY_WORDS

RELATIONS = word_set(
    "aunt aunts boss bosses boyfriend brother brothers child children colleague colleagues cousin cousins dad "
    "daughter daughters dentist doctor ex father fiance fiancee flatmate friend friends girlfriend grandchild "
    "granddaughter grandfather grandma grandmother grandpa grandparents grandson husband kid kids landlady "
    "landlord lawyer manager mother mum mom neighbor neighbour neighbors neighbours nephew nephews niece nieces "
    "nurse parents partner roommate sister sisters son sons spouse stepfather stepmother stepson stepdaughter "
    "stepbrother stepsister student teacher therapist trainer twin uncle uncles wife girl guy man woman "
    "neighbour's cat cats dog dogs pet parrot hamster rabbit horse team family company godfather godmother "
    "buddy mate classmate coworker baby mother-in-law"
)
"""Who may have something, or be somebody's."""
_SAME = {
    **dict.fromkeys(("mum", "mom", "mommy", "mummy", "mama"), "mother"),
    **dict.fromkeys(("dad", "daddy", "papa"), "father"),
    **dict.fromkeys(("grandma", "granny", "nan", "nana"), "grandmother"),
    **dict.fromkeys(("gran", "grannie"), "grandmother"),
    **dict.fromkeys(("grandpa", "grandad", "granddad", "gramps"), "grandfather"),
    "hubby": "husband",
    "kid": "child",
    "kids": "children",
    "film": "movie",
    "films": "movies",
    "licence": "license",
    "mobile": "phone",
    "neighbour": "neighbor",
    "favourite": "favorite",
    "colour": "color",
}
_OTHERS = frozenset(
    [
        "ex",
        "former",
        "late",
        "first",
        "second",
        "old",
        "previous",
        "last",
        "next",
        "other",
        "future",
        "step",
        "half",
        "inlaw",
        "grand",
        "great",
        "god",
        "foster",
    ]
)
"""Words that make another person of one: "my old boss" is not "my boss"."""
_OWN = word_set("my our mine")
SELF = word_set("i i'm i've i'd i'll we we're we've me myself us am")
"""Words by which the user speaks of himself."""
_ADDRESSED = word_set("you you're you've your yours")
"""The assistant, in the user's mouth."""
_NO_OWNERS = frozenset(
    [
        "what's",
        "who's",
        "it's",
        "that's",
        "there's",
        "here's",
        "he's",
        "she's",
        "let's",
        "where's",
        "when's",
        "how's",
        "everyone's",
    ]
)
_IS_BEHIND = word_set("called named a an the not in at on from very so too always never going sick ill")
"""Before these, "my sister's" is short for "my sister is"."""
_ENDS = EMPTY_WORDS - _OWN | word_set(
    "called named lives live works work likes loves love hates hate has have had plays play said says went goes "
    "go wants want needs need knows know isn't aren't wasn't doesn't don't can't drives drive speaks speak eats "
    "eat drinks drink turns turn owns own bakes bake studies study comes come starts start moved born sick ill "
    "allergic again under near behind between above below until since every yet still wears weighs smokes smoke "
    "sleeps sleep cost costs again now today tomorrow monday tuesday wednesday thursday friday saturday sunday "
    "always never also really"
)
"""Words at which what somebody has ends."""


def same(word: str) -> str:
    """One word for each relative, and for some things, whatever they are called."""
    return _SAME.get(word, word)


def in_other_words(text: str) -> str:
    """A text with all that somebody named in it may be called: who asks for his mother may have spoken of his mum."""
    meant = {same(word.removesuffix("'s")) for word in words_of(text)} & set(_SAME.values())
    return " ".join((text, *sorted(meant), *(word for word, person in _SAME.items() if person in meant)))


def holder_of(text: str) -> Holder:
    """Whom a statement, a question or a topic is about first."""
    tokens = _tokens(text)
    for place, word in enumerate(tokens):
        if word in SELF:
            return Holder(own=True)
        if word in _ADDRESSED:
            return Holder((("you",),))
        if word in _OWN or _owner(tokens, place) or word in RELATIONS:
            return _run(tokens, place)
    return Holder()


def holders_in(text: str) -> tuple[Holder, ...]:
    """All whom a statement is about: "my sister hates horses but my brother loves them" is about two."""
    tokens = _tokens(text)
    others = [
        _run(tokens, place)
        for place, word in enumerate(tokens)
        if word in _OWN and place and tokens[place - 1] not in _BELONGS
    ]
    speaks = [Holder(own=True)] if not _SPEAKS.isdisjoint(tokens) else []
    nobodys = [Holder()] if _NOBODYS.match(" ".join(tokens)) else []
    those = tokens if _HAS.match(" ".join(tokens)) else []
    of_them = [Holder(((one,),), own=True) for one in those if one in RELATIONS]
    return (holder_of(text), *others, *speaks, *nobodys, *of_them)


_HAS = re.compile(
    r"(?:(?:on|at|in|this|next|every|each|tomorrow|today|tonight) (?:(?!(?:i|we|my|our)\b)\S+ ){0,9})?"
    r"(?:(?:i|we) (?:have|had|have got) |(?:i|we)'ve (?:got )?)"
)
"""Behind it somebody is told of: "i have two cats called mog and tiger", "on friday i have a dentist appointment"."""


_NOBODYS = re.compile(
    r"(?:the|a|an|this|that) (?:(?!of |my |our |\S+'s )\S+ ){1,4}(?:is|are|was|were|has|have)(?:n't)?(?!\S)"
)
"""Begins a sentence about a thing, whoever else is named in it: "the recipe is in grandma's book"."""


_SPEAKS = word_set("i i'm i've i'd i'll we we're we've")


def _tokens(text: str) -> list[str]:
    """The words, each relative under one name; a mother in law as "inlaw mother"."""
    return [same(word) for word in words_of(_IN_LAWS.sub(r"inlaw \1", text))]


_IN_LAWS = re.compile(r"\b(\w+)[- ]in[- ]law\b", re.IGNORECASE)
_BELONGS = word_set("of on from by")
"""Before "my", these begin no new one: "the boss of my wife"."""


def _owner(tokens: list[str], place: int) -> str:
    """The one of whom a word in the genitive tells; empty if it is none."""
    word = tokens[place]
    if word in _NO_OWNERS or not word.endswith(("'s", "s'")):
        return ""
    stem = word[:-2] if word.endswith("'s") else word[:-1]
    behind = tokens[place + 1] if place + 1 < len(tokens) else ""
    if word.endswith("'s") and (not behind or behind in _IS_BEHIND):
        return ""
    return same(stem)


def _run(tokens: list[str], place: int) -> Holder:
    """The owners from here on, and what "of" puts before them."""
    path: list[tuple[str, ...]] = []
    words: list[str] = []
    own = tokens[place] in _OWN
    if own:
        place += 1
    while place < len(tokens):
        word = tokens[place]
        owner = _owner(tokens, place)
        plain = word.removesuffix("'s") if not owner and word.endswith("'s") and word not in _NO_OWNERS else word
        plain = same(plain)
        if owner:
            if (
                not words
                and path
                and path[-1][-1] in RELATIONS
                and owner not in RELATIONS
                and not _was_owner(tokens, place)
            ):
                path.pop()  # "my friend Tom's wife": Tom is the friend
            path.append((*words, owner))
            words = []
        elif plain in RELATIONS:
            path.append((*words, plain))
            words = []
            following = _owner(tokens, place + 1) if place + 1 < len(tokens) else ""
            if not following or plain != word:
                break
        elif word in _ENDS:
            break
        else:
            words.append(word)
        place += 1
    if tokens[place + 1 : place + 2] == ["of"] and place + 2 < len(tokens):
        behind = _run(tokens, place + 2 + (tokens[place + 2] == "the"))
        path = [*behind.path, *path]
        own = own or behind.own
    return Holder(tuple(path), own=own, apart=_OTHERS)


def _was_owner(tokens: list[str], place: int) -> bool:
    return place > 0 and bool(_owner(tokens, place - 1))
