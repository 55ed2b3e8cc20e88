"""Whose something is: "my wife's birthday" is not "my mother's", and "Anna's boss" not "my boss".

How that is said is each language's own (`Language.holders`).
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a sentence is about first."""

    path: tuple[tuple[str, ...], ...] = ()
    """Whose whose: "my sister's new boss" is sister, new boss; each as its words. What they have stands not in it."""
    own: bool = False
    """Whether it speaks of the user's own things, or of the user."""
    apart: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    """Words of the language that make another one of somebody: "my old boss" is not "my boss"."""

    def answers(self, asked: Holder) -> bool:
        """Whether what is told of this holder is told of the one that was asked about."""
        if len(self.path) != len(asked.path):
            return False
        if not self.path:
            return self.own or not asked.own
        return all(self._is(one, other) for one, other in zip(self.path, asked.path, strict=True))

    def names(self, asked: Holder) -> bool:
        """Whether the one that was asked about is among those of whom is told."""
        if not asked.path:
            return True
        size = len(asked.path)
        return any(
            all(self._is(one, other) for one, other in zip(self.path[at : at + size], asked.path, strict=True))
            for at in range(len(self.path) - size + 1)
        )

    def _is(self, told: tuple[str, ...], asked: tuple[str, ...]) -> bool:
        """Whether they are the same: what is told may say more of them ("my older sister"), not what makes another."""
        more = set(told[:-1]) - set(asked[:-1])
        return told[-1] == asked[-1] and set(asked[:-1]) <= set(told[:-1]) and self.apart.isdisjoint(more)
