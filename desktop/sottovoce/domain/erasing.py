"""What can be erased, and how long what was said is kept."""

from __future__ import annotations

import dataclasses
import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sottovoce.domain.clock import Misdated

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY_S = 86_400
USUAL_BYTES_S = 10e6
"""Bytes of store and backups written anew a second, for a first guess."""


class Scope(enum.StrEnum):
    """What an erasure takes: a conversation, a user, what is older than a time, one memory."""

    CONVERSATION = "conversation"
    """Its messages and all that was learnt from them."""
    USER = "user"
    """All of one user."""
    BEFORE = "before"
    """Messages older than a time; what the user asked to be remembered, noted or reminded of stays."""
    MEMORY = "memory"
    """One thing remembered, with those whose place it took and the cached answers made from any of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What is to be erased."""

    scope: Scope
    of: str | float
    """Id of the conversation or memory, name of the user, or seconds since 1970-01-01 UTC."""
    misdated: tuple[Misdated, ...] = ()
    """Of messages by their age: those whose dates say nothing, and since when they count instead."""
    as_of: float | None = field(default=None, compare=False)
    """When it was erased, where that was in another copy; what is said later is not of it. None: now."""

    def __post_init__(self) -> None:
        """Refuse a value of the wrong kind."""
        wanted: tuple[type, ...] = (int, float) if self.scope is Scope.BEFORE else (str,)
        if isinstance(self.of, bool) or not isinstance(self.of, wanted):
            message = "this scope takes another kind of value"
            raise TypeError(message)

    def to_json(self) -> dict[str, Any]:
        """The values as JSON has them."""
        plain: dict[str, Any] = {"scope": self.scope.value, "of": self.of}
        plain |= {"misdated": [dataclasses.asdict(span) for span in self.misdated]} if self.misdated else {}
        return plain | ({} if self.as_of is None else {"as_of": self.as_of})

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Erasure:
        """What `to_json` wrote."""
        misdated = tuple(Misdated(**span) for span in stored.get("misdated", ()))
        return cls(scope=Scope(stored["scope"]), of=stored["of"], misdated=misdated, as_of=stored.get("as_of"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """How much was erased from one database."""

    messages: int = 0
    conversations: int = 0
    """Those with nothing left in them."""
    memories: int = 0
    records: int = 0
    """Reminders, timers, notes, things on lists, events, cached answers, user contexts."""

    def __bool__(self) -> bool:
        """Whether anything was."""
        return bool(self.messages or self.conversations or self.memories or self.records)

    def __add__(self, more: Erased) -> Erased:
        """Both together."""
        return Erased(
            messages=self.messages + more.messages,
            conversations=self.conversations + more.conversations,
            memories=self.memories + more.memories,
            records=self.records + more.records,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasingProgress:
    """How far the files are written anew; the rows are gone already, nobody reads any of it."""

    done_bytes: int
    total_bytes: int
    """Of the store and its backups."""
    left_s: float
    """Seconds it may take yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedEverywhere:
    """What an erasure did."""

    erased: Erased
    backups_rewritten: int = 0
    """Local backups that held something of it and were made anew without it, under a new key each."""
    backups_removed: int = 0
    """Local backups and copies that could not be rewritten, and were removed."""
    removed: tuple[str, ...] = ()
    """Names of the backups of this home that could not be opened, damaged or under a key that is not at hand: they are
    among those removed."""
    left: tuple[str, ...] = ()
    """Names of backups of another home, which still lie in the folder."""
    aside_rewritten: int = 0
    """Folders that restores laid aside, and that held something of it: it is gone from them, too."""
    aside_left: tuple[str, ...] = ()
    """Names of such folders that no key at hand opens: they may hold it until their days are over."""


def days_kept(setting: int, cap: int = 0) -> int:
    """Days that messages are kept: the user's setting, at most the administrator's cap; 0 in either means no limit."""
    limits = [days for days in (setting, cap) if days > 0]
    return min(limits, default=0)


def outdated(now: float, days: int, misdated: tuple[Misdated, ...] = ()) -> Erasure | None:
    """What retention erases at `now` (seconds since 1970-01-01 UTC); None if everything is kept.

    The limit is the beginning of a day (UTC), so that the store's file is written anew once a day at most.
    """
    return Erasure(scope=Scope.BEFORE, of=(now // DAY_S - days) * DAY_S, misdated=misdated) if days > 0 else None
