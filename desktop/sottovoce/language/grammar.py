"""What the code of a language does: the port that each `grammar.py` of a language's folder provides as `GRAMMAR`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Grammar(Protocol):
    """The rules of one language that no table of sentences can hold."""

    @property
    def functions(self) -> Mapping[str, Callable[..., str]]:
        """What messages may call, by the names they use: LENGTH, CLOCK, DATE, YOU…; every language has the same."""

    def plural(self, number: float) -> str:
        """The CLDR plural category: "one", "other"…."""

    def main_clause(self, text: str) -> str:
        """A subordinate clause without its conjunction, as a sentence: "ich katzen mag" as "ich mag katzen"."""

    def enumeration(self, things: Sequence[str]) -> str:
        """As in "a", "a and b", "a, b and c"."""
