"""An answer before it is put into words: what is said, and the facts in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the catalogue with its values; each language makes its own sentence of it."""

    key: str
    """The message's name, `timer-set`; an attribute of it behind a point, `timer-set.brief`."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """Its values by name: texts, numbers, moments, tuples of texts, or another `Said`."""

    def __post_init__(self) -> None:
        """Freeze the facts."""
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))


def said(key: str, /, **facts: object) -> Said:
    """The message `key` with these values."""
    return Said(key, facts)
