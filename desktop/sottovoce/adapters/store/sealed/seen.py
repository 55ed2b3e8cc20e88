"""The state a home was last seen in, as it stands in places outside the database."""

from __future__ import annotations

import contextlib
import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.store.sealed.key_slot import KeyFileUnreadable, count_of, number_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_ID = re.compile(r"[0-9a-f]{32}")
_MAC = re.compile(r"(?:[0-9a-f]{64})?")
_SECRET = re.compile(r"([0-9a-f]{16})([0-9a-f]{32})([0-9a-f]{16})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One sitting: a time at which the database was opened or closed."""

    number: int
    """Grows by one with each."""
    id: str
    """Random, 32 hex digits: two of one number come from states that went on apart."""
    at: float
    """Seconds since 1970-01-01 UTC."""
    mac: str = ""
    """Under a key that only the database has (`rows.audit.Chain`), 64 hex digits."""

    def content(self) -> list[Any]:
        """What the MAC is made of."""
        return ["seen", self.number, self.id, self.at]

    def to_json(self) -> dict[str, Any]:
        """As the key file has it."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, stored: object) -> Seen:
        """Read what `to_json` wrote.

        Raises:
            ValueError: It is none.
        """
        if not isinstance(stored, dict):
            raise KeyFileUnreadable
        return cls(
            number=count_of(stored.get("number")),
            id=text_of(_ID, stored.get("id")),
            at=number_of(stored.get("at")),
            mac=text_of(_MAC, stored.get("mac")),
        )

    def to_secret(self) -> str:
        """As the keyring has it, which takes hex digits alone; nobody else can write there, so without the MAC."""
        return f"{self.number:016x}{self.id}{max(int(self.at * 1000), 0):016x}"

    @classmethod
    def latest(cls, kept: Iterable[str]) -> Seen | None:
        """The last sitting of several that the keyring has; an older one beside it is of a write cut off."""
        found = [seen for one in kept if (seen := cls.from_secret(one)) is not None]
        return max(found, key=lambda seen: seen.number, default=None)

    @classmethod
    def from_secret(cls, kept: str | None) -> Seen | None:
        """Read what `to_secret` wrote; None if it is none."""
        found = _SECRET.fullmatch(kept or "")
        if found is None:
            return None
        with contextlib.suppress(KeyFileUnreadable):
            return cls(number=count_of(int(found[1], 16)), id=found[2], at=number_of(int(found[3], 16) / 1000))
        return None
