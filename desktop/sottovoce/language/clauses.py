"""A sentence split into its clauses, by what a language knows of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.words import words_of

if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

MOST_PARTS = 4
"""Facts one sentence is split into: with more, it is a list that is better kept whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joints:
    """What a language joins clauses by, and what is a clause in it."""

    joint: re.Pattern[str]
    """Finds what may stand between two clauses."""
    joined: AbstractSet[str]
    """Words of sentences that are better kept whole."""
    subject: re.Pattern[str]
    """Begins a clause that tells something."""
    is_question: Callable[[str], bool]
    is_command: Callable[[str], bool]
    stands_alone: Callable[[str], bool]
    """Whether a clause says something, and needs no other one for that."""

    def clauses(self, text: str) -> tuple[str, ...]:
        """The facts and commands of a sentence, each for itself; the whole where no one can tell them apart."""
        for told, asked in self._halves(text):
            if self.is_question(asked) and self.subject.match(told) and not self.is_question(told):
                return (*self.clauses(told), asked)
        if not self.joined.isdisjoint(words_of(text)):
            return (text,)
        parts = self._split(text)
        return parts if len(parts) <= MOST_PARTS else (text,)

    def _split(self, text: str) -> tuple[str, ...]:
        for left, right in self._halves(text):
            if self.stands_alone(left) and (self.stands_alone(right) or self.is_command(right)):
                return (left, *self._split(right))
        return (text,)

    def _halves(self, text: str) -> list[tuple[str, str]]:
        """What stands before and behind each joint."""
        return [(text[: one.start()].strip(), text[one.end() :].strip()) for one in self.joint.finditer(text)]
