"""What one store takes from another: immutable values with ids, so that joining two is a union."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.erasing import Erasure
    from sottovoce.domain.errors import SottovoceError
    from sottovoce.domain.memories import Memory
    from sottovoce.domain.records import Egress, Kept
    from sottovoce.domain.turns import Outcome


@dataclass(frozen=True, slots=True)
class TurnEnd:
    """How the turn of a question ended."""

    message_id: str
    closed_at: float
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class MemoryUse:
    """A memory that an answer drew on."""

    message_id: str
    memory_id: str
    place: int


@dataclass(frozen=True, slots=True)
class MessageDate:
    """A message that was said while the clock was wrong."""

    message_id: str
    at: float
    """Since when it counts as said, seconds since 1970-01-01 UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What there is few of in a store, beside its messages."""

    memories: tuple[Memory, ...] = ()
    contexts: tuple[UserContext, ...] = ()
    """The newest of each user."""
    records: tuple[Kept, ...] = ()
    egress: tuple[Egress, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What became of the values that were offered."""

    messages: int = 0
    """Added, as are those below."""
    memories: int = 0
    records: int = 0
    """Reminders, timers, notes, things on lists, events, contexts: added, or changed later than what was here."""
    present: int = 0
    """There already."""
    differing: int = 0
    """There already under the same id, with other words: what was here stayed."""
    erased: int = 0
    """Left out, because they were erased, forgotten or removed here."""

    def __add__(self, other: Joined) -> Joined:
        """Both together."""
        mine, theirs = dataclasses.astuple(self), dataclasses.astuple(other)
        names = (field.name for field in dataclasses.fields(self))
        return Joined(**{name: a + b for name, a, b in zip(names, mine, theirs, strict=True)})

    def to_json(self) -> dict[str, int]:
        """The values as JSON has them."""
        return dataclasses.asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeOutcome:
    """What became of copies of this home's database."""

    joined: Joined
    """Of all of them."""
    files: tuple[str, ...]
    """Names of those that were merged. Those beside the database were laid aside, but for `removed`."""
    removed: tuple[str, ...] = ()
    """Names of those beside the database that held what was erased here, and are gone with it."""
    left: tuple[tuple[str, SottovoceError], ...] = ()
    """Names of those that could not be, with the reason; they are where they were."""
    erasures: tuple[Erasure, ...] = ()
    """What was erased there and is here still."""
