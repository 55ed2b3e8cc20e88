"""Which languages there are, and one of them by its tag."""

from __future__ import annotations

import functools
import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sottovoce.language.catalogue import COMPILED, Catalogue

if TYPE_CHECKING:
    from sottovoce.domain.said import Said
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

    def tell(self, said: Said, /, **also: object) -> str:
        """`said` in words; `also` holds what is known of whom it is said to (manner, tone, name)."""
        return self.catalogue.render(said.key, {**also, **said.facts})


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


def _first(tag: str) -> str:
    return tag.partition("-")[0].lower()


@functools.cache
def _loaded(tag: str) -> Language:
    grammar: Grammar = importlib.import_module(f"sottovoce.language.{tag}.grammar").GRAMMAR
    fallback = None if tag == ENGLISH else _loaded(ENGLISH).catalogue
    return Language(tag, _HERE / tag, grammar, Catalogue(_HERE / tag, grammar, fallback))
