"""What is wrong with a value that somebody gave by name: told without the value, which may hold anything."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.said import Said, said
from sottovoce.domain.user_error import rendered

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Mistake:
    """One value that can't be used."""

    name: str
    """Of the setting or policy; empty for a file as a whole."""
    why: Said
    """What is wrong with it, behind its name: "must be a number"."""
    line: int = 0
    """In which it stands; 0 where nobody knows."""

    @property
    def said(self) -> Said:
        """Name and mistake, for within a sentence."""
        if not self.name:
            return self.why
        if not self.line:
            return said("must-quoted", name=self.name, why=self.why)
        return said("must-quoted-at-line", line=self.line, name=self.name, why=self.why)


def in_a_row(mistakes: Iterable[Mistake]) -> Said:
    """All of them (one at least), for within a sentence."""
    return functools.reduce(
        lambda first, rest: said("must-and", first=first, rest=rest), (one.said for one in mistakes)
    )


class Misfit(ValueError):
    """A field that can't have the value it was given."""

    def __init__(self, name: str, why: Said) -> None:
        """Take the field's name (empty for a part of any) and what it must be: "must be a number"."""
        super().__init__(name)
        self.name = name
        self.why = why

    @property
    def said(self) -> Said:
        """The mistake as the beginning of a sentence, without its end."""
        name = f"{self.name[:1].upper()}{self.name[1:]}"
        return said("must-plain", name=name, why=self.why) if name else self.why

    def __str__(self) -> str:
        return rendered(said("must-plain", name=self.name, why=self.why) if self.name else self.why)
