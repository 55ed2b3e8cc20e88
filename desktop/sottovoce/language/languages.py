"""Which languages there are, and one of them by its tag."""

from __future__ import annotations

import functools
import importlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from sottovoce.language.catalogue import COMPILED, Catalogue

if TYPE_CHECKING:
    from sottovoce.domain.dictation import Dictating
    from sottovoce.domain.said import Said
    from sottovoce.language import analysis
    from sottovoce.language.grammar import Grammar

ENGLISH: Final = "en"
"""What is spoken where a language is not known, and what every other one is translated from."""
_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Language:
    """One human language: its words and its grammar."""

    tag: str
    folder: Path
    grammar: Grammar
    catalogue: Catalogue

    def text(self, key: str, /, **facts: object) -> str:
        """The message `key` in this language."""
        return self.catalogue.render(key, facts)

    def render(self, said: Said, /, **also: object) -> str:
        """`said` in words; `also` holds what is known of whom it is said to (manner, tone, name)."""
        return self.catalogue.render(said.key, {**also, **said.facts})

    @property
    def words(self) -> analysis.Words:
        """Which words name something."""
        return cast("analysis.Words", _part(self.tag, "words"))

    @property
    def keeping(self) -> analysis.Keeping:
        """How lists and notes are named."""
        return cast("analysis.Keeping", _part(self.tag, "keeping"))

    @property
    def statements(self) -> analysis.Statements:
        """Sentences taken apart."""
        return cast("analysis.Statements", _part(self.tag, "statements"))

    @property
    def facts(self) -> analysis.Facts:
        """What sentences tell of the user."""
        return cast("analysis.Facts", _part(self.tag, "facts"))

    @property
    def holders(self) -> analysis.Holders:
        """Whose something is."""
        return cast("analysis.Holders", _part(self.tag, "holders"))

    @property
    def spoken_of(self) -> analysis.SpokenOf:
        """Whom pronouns mean."""
        return cast("analysis.SpokenOf", _part(self.tag, "spoken_of"))

    @property
    def sense(self) -> analysis.Sense:
        """Whether what was found is what was said."""
        return cast("analysis.Sense", _part(self.tag, "sense"))

    @property
    def days(self) -> analysis.Days:
        """Days that are named from today on."""
        return cast("analysis.Days", _part(self.tag, "days"))

    @property
    def values(self) -> analysis.SlotValues:
        """What words stand for: numbers, lengths, moments, quantities."""
        return cast("analysis.SlotValues", _part(self.tag, "values"))

    @property
    def typed(self) -> analysis.Typed:
        """What was told as facts."""
        return cast("analysis.Typed", _part(self.tag, "typed"))

    @property
    def orders(self) -> analysis.Orders:
        """Requests in the order of words that templates have."""
        return cast("analysis.Orders", _part(self.tag, "orders"))

    @property
    def plans(self) -> analysis.Plans:
        """What somebody plans, and when."""
        return cast("analysis.Plans", _part(self.tag, "plans"))

    @property
    def dictation(self) -> Dictating:
        """What signs and orders are called where text is dictated."""
        return cast("Dictating", _part(self.tag, "dictation"))

    @property
    def recollection(self) -> analysis.Recollection:
        """How what was told is asked for."""
        return cast("analysis.Recollection", _part(self.tag, "recollection"))

    @property
    def questions(self) -> analysis.Questions:
        """What questions want to hear."""
        return cast("analysis.Questions", _part(self.tag, "questions"))

    @property
    def claims(self) -> analysis.Claims:
        """What a language model has no right to say."""
        return cast("analysis.Claims", _part(self.tag, "claims"))


@functools.cache
def available() -> tuple[str, ...]:
    """Tags of the languages that ship, English first."""
    found = sorted(folder.parent.name for folder in _HERE.glob(f"*/{COMPILED}"))
    return (ENGLISH, *(tag for tag in found if tag != ENGLISH))


def is_available(tag: str) -> bool:
    """Whether that language, or the one it is a kind of ("de" of "de-AT"), ships."""
    return _first(tag) in available()


def language(tag: str) -> Language:
    """The language of a BCP 47 tag: "de-AT" is German, and what does not ship is English."""
    first = _first(tag)
    return _loaded(first if first in available() else ENGLISH)


def speech(tag: str) -> analysis.Speech | None:
    """How what is written is said in the language of a BCP 47 tag; None where nobody knows it."""
    first = _first(tag)
    known = first in available() and importlib.util.find_spec(f"sottovoce.language.{first}.speech")
    return cast("analysis.Speech", _part(first, "speech")) if known else None


def _first(tag: str) -> str:
    return tag.partition("-")[0].lower()


@functools.cache
def _loaded(tag: str) -> Language:
    grammar: Grammar = importlib.import_module(f"sottovoce.language.{tag}.grammar").GRAMMAR
    fallback = None if tag == ENGLISH else _loaded(ENGLISH).catalogue
    return Language(tag, _HERE / tag, grammar, Catalogue(_HERE / tag, grammar, fallback))


@functools.cache
def _part(tag: str, part: str) -> object:
    """A module of a language's folder, loaded when it is first asked for; that of English where there is none."""
    if importlib.util.find_spec(f"sottovoce.language.{tag}.{part}") is None:
        return _part(ENGLISH, part)
    return importlib.import_module(f"sottovoce.language.{tag}.{part}")
