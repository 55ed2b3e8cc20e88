"""What a sentence about the user tells: of what kind it is, about what, and what it makes of earlier ones.

Two facts with the same subject contradict each other, or say the same again: the later one takes the earlier one's
place. "My favorite color is blue" and "my favourite colour is red" have one subject; so have "I like tea" and "I don't
like tea". A sentence of no known form is its own subject: only the same words again have it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sottovoce.domain.memories import MemoryKind
from sottovoce.domain.words import last_words, without_smiles, words_and_emoji

MOST_SUBJECT_CHARS = 120

PEOPLE = frozenset(
    "aunt boss boyfriend brother cousin dad daughter doctor father fiance fiancee girlfriend granddaughter grandfather "  # noqa: SIM905 - words read best as words
    "grandma grandmother grandpa grandson husband mom mother mum neighbor neighbour nephew niece partner sister son "
    "teacher uncle wife".split()
)
"""Whom one has one of, or speaks of as if one had: a second name for one of them corrects the first."""
SEVERAL = frozenset(
    "acquaintance band book brothers cat cats child children colleague colleagues dog dogs film friend friends game "  # noqa: SIM905 - words read best as words
    "hobby hobbies kid kids movie neighbors neighbours pet pets plan plans sisters song thing".split()
)
"""What one often has several of: a second one is no contradiction."""

_TASTE = re.compile(
    r"i (?:(?:really|also|always|still|do) )*(?P<not>(?:don't|do not|dont|never|no longer) )?(?:(?:really|always) )*"
    r"(?P<verb>like|love|prefer|enjoy|adore|hate|dislike)s? (?:to )?(?P<what>.+)"
)
_NAME = re.compile(r"(?:my name is|i am called|i'm called|call me|people call me) (?P<what>.+)")
_CALLED = re.compile(r"my (?P<who>.+?) (?:is|are) (?:called|named) (?P<what>.+)")
_WHOSE_NAME = re.compile(r"my (?P<who>.+?)(?:'s)? name is (?P<what>.+)")
_MINE = re.compile(r"(?P<who>(?:my|the|our) .+?) (?:is|are|=) (?P<what>.+)")
_PLACE = re.compile(
    r"(?:i|i'm|i am) (?:(?:now|currently) )*(?P<verb>live|living|work|working|study|studying) (?P<what>.+)"
)
_AGE = re.compile(r"i(?:'m| am) (?:now )?[\w-]+(?: [\w-]+)? years old")
_WHERE = frozenset("above at behind beside between in inside near over under".split())  # noqa: SIM905
_WHEN = frozenset("after before during for from on since until with without".split())  # noqa: SIM905
_THE_PLACE = {"live": {"in"}, "work": {"at", "for"}, "study": {"at"}}
"""Before what there is one of at a time: who lives in one town does not live in another."""
_NO_NAMES = frozenset(
    "a after again an at back before by for if in it later maybe not now on soon that the this today tomorrow tonight "  # noqa: SIM905 - words read best as words
    "when".split()
)
_HATES = frozenset({"hate", "dislike"})
_FAVORITE = ("favorite ", "preferred ")
_SPELLINGS = {"favourite": "favorite", "colour": "color", "neighbour": "neighbor", "mum": "mother", "mom": "mother"}
_VERBS = {"living": "live", "working": "work", "studying": "study"}


@dataclass(frozen=True, slots=True)
class Fact:
    """What a sentence tells."""

    kind: MemoryKind
    subject: str
    """What of only one thing can hold: texts with the same subject take each other's place."""
    preference: tuple[str, str] | None = None
    """Name and value, where it tells what the user prefers ("favorite color", "blue")."""
    display_name: str = ""
    """What the user is called, where it tells that; as it was written."""


def told_by(text: str) -> Fact:
    """What `text` tells, in the user's words and first person."""
    return _told_by(without_smiles(text)) or _told_by(text) or Fact(MemoryKind.FACT, _cut(f"said: {_plain(text)}"))


def is_bare(text: str) -> bool:
    """Whether it only names something ("my doctor") and tells nothing of it."""
    return told_by(text).subject.startswith("said: ")


def _told_by(text: str) -> Fact | None:
    plain = _plain(text)
    return _of_oneself(text, plain) or _of_something(text, plain)


def _plain(text: str) -> str:
    return " ".join(_SPELLINGS.get(word, word) for word in words_and_emoji(text))


def _of_oneself(text: str, plain: str) -> Fact | None:
    if (found := _NAME.fullmatch(plain)) and _first(found["what"]) not in _NO_NAMES:
        return Fact(MemoryKind.FACT, "my name", display_name=_as_written(text, found["what"]))
    if found := _TASTE.fullmatch(plain):
        against = bool(found["not"]) != (found["verb"] in _HATES)
        return Fact(MemoryKind.DISLIKE if against else MemoryKind.LIKE, _cut(f"taste: {_bare(found['what'])}"))
    if found := _PLACE.fullmatch(plain):
        return _doing(_VERBS.get(found["verb"], found["verb"]), _first(found["what"]))
    return Fact(MemoryKind.FACT, "i years old") if _AGE.fullmatch(plain) else None


def _of_something(text: str, plain: str) -> Fact | None:
    if found := _CALLED.fullmatch(plain) or _WHOSE_NAME.fullmatch(plain):
        if not found["who"].startswith(_FAVORITE):
            return _named(found["who"], text)
        return _about(found["who"], found["what"], text)
    if found := _MINE.fullmatch(plain):
        owner, _, who = found["who"].partition(" ")
        return _about(who, found["what"], text, owner)
    return None


def _doing(verb: str, begins: str) -> Fact | None:
    """Living, working, studying: "I live with my sister" says nothing against "I live in Berlin"."""
    if begins in _THE_PLACE[verb]:
        return Fact(MemoryKind.FACT, f"i {verb}")
    return Fact(MemoryKind.FACT, f"i {verb} {begins}") if begins in _WHERE | _WHEN | {"as"} else None


def _named(who: str, text: str) -> Fact:
    """What something of the user's is called, apart from how it is: a sick sister is called Anna still."""
    last = who.rsplit(maxsplit=1)[-1]
    kind = MemoryKind.PERSON if last in PEOPLE else MemoryKind.FACT
    return Fact(kind, _cut(f"said: {' '.join(words_and_emoji(text))}" if last in SEVERAL else f"my {who}'s name"))


def _about(who: str, what: str, text: str, owner: str = "my") -> Fact:
    last = who.rsplit(maxsplit=1)[-1]
    kind = MemoryKind.PERSON if owner != "the" and last in PEOPLE else MemoryKind.FACT
    if who.startswith(_FAVORITE):
        return Fact(kind, _cut(f"{owner} {who}"), (_cut(who), _as_written(text, what)))
    if last in SEVERAL:
        return Fact(kind, _cut(f"said: {' '.join(words_and_emoji(text))}"))
    return Fact(kind, _cut(f"{owner} {who}{_sort_of(what.removeprefix('not '))}"))


def _sort_of(what: str) -> str:
    """What is told of it: "the meeting is on monday" says nothing against "the meeting is in the hall"."""
    begins = _first(what)
    if begins in _WHERE:
        return " where"
    if begins in _WHEN:
        return f" {begins}"
    if what.endswith("years old"):
        return " years old"
    return " a" if begins in {"a", "an"} else ""


def _first(words: str) -> str:
    return words.split(maxsplit=1)[0]


def _bare(what: str) -> str:
    """Without what may come and go: "tea a lot", "the beatles"."""
    return re.sub(r"^(?:the|a|an) | (?:a lot|very much|so much|too|anymore|any more|now)$", "", what)


def _cut(subject: str) -> str:
    return subject[:MOST_SUBJECT_CHARS]


def _as_written(text: str, words: str) -> str:
    """The last words of `text`, as many as `words` has, with their capitals."""
    return last_words(text, len(words.split()))[:MOST_SUBJECT_CHARS]
