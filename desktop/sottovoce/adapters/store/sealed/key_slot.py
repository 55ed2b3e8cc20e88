"""One way to a key that needs no keyring: the key sealed under a secret of the user."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.store.sealed.sealing import Sealed
from sottovoce.domain.moments import LATEST_S

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

MOST_NUMBER = 2**62


class KeyFileUnreadable(ValueError):
    """The bytes are no key file."""


class KeyFileNewer(ValueError):
    """A later version of the program wrote it."""


class SlotKind(enum.StrEnum):
    """What opens a slot."""

    RECOVERY = "recovery"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySlot:
    """The key sealed under one secret of the user."""

    kind: SlotKind
    made: float
    """Seconds since 1970-01-01 UTC."""
    lock: Sealed
    shown: bool = True
    """Whether somebody is known to have seen the secret; until then those before it open the key too."""

    def to_json(self) -> dict[str, Any]:
        """As the file has it."""
        unshown = {} if self.shown else {"shown": False}
        return {"kind": self.kind.value, "made": self.made, **unshown, **self.lock.to_json()}

    @classmethod
    def from_json(cls, stored: object) -> KeySlot:
        """Read what `to_json` wrote.

        Raises:
            ValueError: It is none.
        """
        if not isinstance(stored, dict):
            raise KeyFileUnreadable
        return cls(
            kind=SlotKind(str(stored.get("kind"))),
            made=number_of(stored.get("made")),
            lock=Sealed.from_json(stored),
            shown=stored.get("shown") is not False,
        )


def newest(slots: Iterable[KeySlot], kind: SlotKind) -> KeySlot | None:
    """The slot of that kind that was added last, if there is one."""
    return next((slot for slot in reversed(tuple(slots)) if slot.kind is kind), None)


def number_of(stored: object) -> float:
    """A date of a key file, in seconds since 1970-01-01 UTC.

    Raises:
        KeyFileUnreadable: It is none, or further away than any.
    """
    # Compared as it is: an integer may be too large for a float, and "not a number" is within no bounds.
    if not isinstance(stored, int | float) or isinstance(stored, bool) or not -LATEST_S <= stored <= LATEST_S:
        raise KeyFileUnreadable
    return float(stored)


def count_of(stored: object) -> int:
    """A count of a key file.

    Raises:
        KeyFileUnreadable: It is none, or larger than what the database holds.
    """
    if not isinstance(stored, int) or isinstance(stored, bool) or not 0 <= stored <= MOST_NUMBER:
        raise KeyFileUnreadable
    return stored


def text_of(form: re.Pattern[str], stored: object) -> str:
    """A text of a key file.

    Raises:
        KeyFileUnreadable: It is not of that form.
    """
    if not isinstance(stored, str) or not form.fullmatch(stored):
        raise KeyFileUnreadable
    return stored
