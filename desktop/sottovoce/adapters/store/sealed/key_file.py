"""`sottovoce.keys`: which key belongs to the database, and ways to it that need no keyring; never the key itself.

JSON with `format`, `version`, `sum` (SHA-256 of all other fields: tells a damaged key file from a wrong key) and:

- `database`: id of the database, which its copies share; `generation`: how many keys it has had.
- `home`: id of this home, which the keyring's entry is named by, where it is not the database's: a copy, or a home that
  was restored elsewhere, has its own. `mark`: which folder that is (`home_mark`).
- `check`: HMAC of the key, which tells a wrong key from a damaged database; `made`: when the key was made.
- `slots`: the key sealed under a recovery code and under a passphrase (`sealing`). A code that nobody is known to have
  seen yet has `shown` false, and the one before it stays beside it.
- `audit`: the anchor of the audit log, which is the head of its chain; `seen`: when the database was last opened or
  closed (`sittings`); each with a MAC.
- `former`: only while the key is being changed: this key sealed under the one before.
- `retired`: only until the backups are sealed anew: the keys before sealed under this one, the newest first.
- `stale`: only until the backups' headers and other files on this machine have no way any more that has ended here.
- `inherited`: the slots of the key that this one was made from, with this key sealed under that one: whoever could open
  a home can open its copy, though that has another key. A new code or passphrase ends what was inherited of its kind.

Version 1 had `database` and `check` alone; it is read, and becomes version 2 with the next write. Unknown fields are
summed and kept.

`key_file_access` reads and writes it, and `sottovoce.keys.copy` beside it: the same file once more, written after it,
for the day it is lost (`recovery`).
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import dataclasses
import functools
import hashlib
import hmac
import json
import re
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.store.sealed.audit_head import AuditHead
from sottovoce.adapters.store.sealed.home_mark import HomeMark
from sottovoce.adapters.store.sealed.key_slot import (
    KeyFileNewer,
    KeyFileUnreadable,
    KeySlot,
    SlotKind,
    count_of,
    newest,
    number_of,
    text_of,
)
from sottovoce.adapters.store.sealed.sealing import KEY_BYTES, USUAL, Argon2Cost, seal, unseal, unwrap, wrap
from sottovoce.adapters.store.sealed.seen import Seen
from sottovoce.domain.errors import KeyChangeRefused
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = [
    "KEY_BYTES",
    "KeyFile",
    "KeyFileNewer",
    "KeyFileUnreadable",
    "KeySlot",
    "SlotKind",
    "check_value",
]

FORMAT = "sottovoce-keys"
VERSION = 2
MOST_BYTES = 1 << 20
"""Longer than any key file is."""
MOST_SLOTS = 16
MOST_UNSHOWN = 3
"""Codes that nobody is known to have seen: a crash may have come between showing one and saying so."""
MOST_RETIRED_BYTES = 16 * KEY_BYTES
"""Of former keys that are kept while what they open can't be written, as on a disk that is not there."""
MOST_INHERITED = 20
"""Keys in a row, of copies of copies or with codes that nobody has confirmed, that are followed back to a slot; a
backup's header has room for as many."""

_CHECK_CONTEXT = b"sottovoce database key check 1:"
_ID = re.compile(r"[0-9a-f]{32}")
_HASH = re.compile(r"[0-9a-f]{64}")
_KNOWN = frozenset(
    {"format", "version", "database", "home", "mark", "check", "generation", "made", "slots", "audit", "former"}
    | {"retired", "inherited", "seen", "stale"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """What the file says. Changing it is making another value: `dataclasses.replace`, `with_slot`, `without_slot`."""

    database: str
    """Random id of the database, 32 hex digits."""
    check: str
    """HMAC-SHA-256 under the key, 64 hex digits."""
    generation: int = 1
    """Grows with every change of the key."""
    made: float | None = None
    """When the key was made, seconds since 1970-01-01 UTC; None if a version 1 file did not say."""
    slots: tuple[KeySlot, ...] = ()
    anchor: AuditHead | None = None
    seen: Seen | None = None
    """When the database was last opened or closed; None if that is not known."""
    former: bytes | None = None
    """This key sealed under the former one, while the key is being changed."""
    retired: bytes | None = None
    """The former key sealed under this one, as long as something still needs it."""
    home: str | None = None
    """Random id of the home, 32 hex digits; None where the database's own id serves."""
    mark: HomeMark | None = None
    """The folder whose keyring's entry it is; None if that is not known (an early version, or no keyring)."""
    stale: bool = False
    """Whether other files of the home may carry ways to the key that have ended."""
    inherited: Inherited | None = None
    """What opened the key that this one was made from."""
    unknown: tuple[tuple[str, Any], ...] = ()
    """Fields of a program that knew more."""

    @classmethod
    def for_key(cls, key: bytes | bytearray, database: str | None = None) -> KeyFile:
        """A database's key file; a new one's if it is given no id."""
        database = database or secrets.token_hex(16)
        return cls(database=database, check=check_value(key, database), made=time.time())

    def for_next_key(self, key: bytes | bytearray, former: bytes | bytearray) -> KeyFile:
        """The same database's file under its next key, reachable from the former one; it has no slots yet."""
        following = dataclasses.replace(
            self,
            check=check_value(key, self.database),
            generation=self.generation + 1,
            made=time.time(),
            slots=(),
            inherited=None,
            stale=False,
        )
        bound = following.bound("retired")
        return dataclasses.replace(
            following,
            former=wrap(key, former, following.bound("former")),
            retired=wrap(b"".join((former, *self.retired_keys(former)))[:MOST_RETIRED_BYTES], key, bound),
        )

    def for_copy(
        self, key: bytes | bytearray, former: bytes | bytearray, mark: HomeMark, kinds: Collection[SlotKind]
    ) -> KeyFile:
        """As `for_next_key`, for a home of its own: what opened the former key by slots of these kinds opens this."""
        return dataclasses.replace(
            self.for_next_key(key, former).inheriting(self, key, former, kinds), home=secrets.token_hex(16), mark=mark
        )

    def inheriting(
        self, of: KeyFile, key: bytes | bytearray, former: bytes | bytearray, kinds: Collection[SlotKind]
    ) -> KeyFile:
        """This file with the ways to the `former` key that `of` has, as far as they are of these kinds.

        Raises:
            KeyChangeRefused: They would lie too deep to be followed.
        """
        for kind in SlotKind:
            of = of if kind in kinds else of.without_slot(kind)
        if not of.ways:
            return self
        if of.depth >= MOST_INHERITED:
            raise KeyChangeRefused(said("error-key-change-too-deep"))
        kept = KeyFile(
            database=of.database, check=of.check, generation=of.generation, slots=of.slots, inherited=of.inherited
        )
        return dataclasses.replace(
            self, inherited=Inherited(keys=kept, wrapped=wrap(key, former, self.bound("inherited")))
        )

    @property
    def secret_name(self) -> str:
        """What the keyring's entry is called; each key of a home has an entry of its own."""
        return f"database-{self.home or self.database}" + (f"-{self.generation}" if self.generation > 1 else "")

    @property
    def seen_name(self) -> str:
        """What the keyring's entry with the last sitting is called: the key's own is not written at each opening."""
        return f"seen-{self.home or self.database}"

    @property
    def depth(self) -> int:
        """How many keys before this one have slots that open it."""
        return 1 + self.inherited.keys.depth if self.inherited else 0

    @property
    def ways(self) -> frozenset[SlotKind]:
        """What opens it in place of a keyring."""
        return frozenset(kind for kind in SlotKind if self.slot(kind) is not None)

    def fits(self, key: bytes | bytearray) -> bool:
        """Whether `key` is this database's."""
        return hmac.compare_digest(check_value(key, self.database), self.check)

    def slot(self, kind: SlotKind) -> KeySlot | None:
        """The slot of that kind, if there is one."""
        return newest(self.slots, kind) or (self.inherited.keys.slot(kind) if self.inherited else None)

    def with_slot(
        self, kind: SlotKind, key: bytes | bytearray, secret: bytes | bytearray, cost: Argon2Cost = USUAL
    ) -> KeyFile:
        """The file with `key` sealed under `secret` in place of the slot of that kind.

        Takes Argon2id's time and memory: not for the event loop.

        Raises:
            ValueError: `key` is not this database's.
        """
        return self.with_shown(self._sealed(kind, key, secret, cost))

    def with_unshown_slot(
        self, kind: SlotKind, key: bytes | bytearray, secret: bytes | bytearray, cost: Argon2Cost = USUAL
    ) -> KeyFile:
        """As `with_slot`, for a secret that nobody has seen: what was there opens the key too, until `with_shown`."""
        slot = dataclasses.replace(self._sealed(kind, key, secret, cost), shown=False)
        unshown = [one for one in self.slots if one.kind is kind and not one.shown]
        gone = unshown[: max(0, len(unshown) + 1 - MOST_UNSHOWN)]
        return dataclasses.replace(self, slots=(*(one for one in self.slots if one not in gone), slot))

    def with_shown(self, slot: KeySlot) -> KeyFile:
        """The file with that slot alone of its kind: somebody has seen its secret."""
        others = self.without_slot(slot.kind)
        return dataclasses.replace(others, slots=(*others.slots, dataclasses.replace(slot, shown=True)))

    def _sealed(self, kind: SlotKind, key: bytes | bytearray, secret: bytes | bytearray, cost: Argon2Cost) -> KeySlot:
        if not self.fits(key):
            message = "this is not the key of the database"
            raise ValueError(message)
        return KeySlot(kind=kind, made=time.time(), lock=seal(key, secret, self.bound(kind.value), cost))

    def slot_of(self, kind: SlotKind, secret: bytes | bytearray) -> KeySlot | None:
        """The slot of its own (none that is inherited) that the secret opens. Takes Argon2id's time."""
        for slot in self.slots:
            if slot.kind is kind and unseal(slot.lock, secret, self.bound(kind.value)) is not None:
                return slot
        return None

    def same_ways(self, other: KeyFile) -> bool:
        """Whether what opens the one opens the other."""
        return (self.check, self.slots, self.inherited) == (other.check, other.slots, other.inherited)

    def without_slot(self, kind: SlotKind) -> KeyFile:
        """The file with no slot of that kind."""
        inherited = self.inherited and self.inherited.without_slot(kind)
        return dataclasses.replace(
            self, slots=tuple(slot for slot in self.slots if slot.kind is not kind), inherited=inherited
        )

    def unlock(self, kind: SlotKind, secret: bytes | bytearray) -> bytearray | None:
        """The key from the slot of that kind; None if there is none, or `secret` is not the right one.

        Takes Argon2id's time and memory: not for the event loop.
        """
        for slot in self.slots:
            if slot.kind is kind:
                key = unseal(slot.lock, secret, self.bound(kind.value))
                if key is not None and self.fits(key):
                    return key
        former = self.inherited.keys.unlock(kind, secret) if self.inherited else None
        return self._from_inherited(former) if former is not None else None

    def unlock_inherited(self, former: bytes | bytearray) -> bytearray | None:
        """The key of a copy of a home from the key that home has."""
        return self._from_inherited(bytearray(former))

    def _from_inherited(self, former: bytearray) -> bytearray | None:
        key = unwrap(self.inherited.wrapped, former, self.bound("inherited")) if self.inherited else None
        former[:] = bytes(len(former))
        return key if key is not None and self.fits(key) else None

    def unlock_from_former(self, former: bytes | bytearray) -> bytearray | None:
        """The key from the one before it, while the key is being changed."""
        key = unwrap(self.former, former, self.bound("former")) if self.former else None
        return key if key is not None and self.fits(key) else None

    def retired_keys(self, key: bytes | bytearray) -> tuple[bytearray, ...]:
        """The former keys, as long as something may need them, the newest first."""
        kept = unwrap(self.retired, key, self.bound("retired")) if self.retired else None
        return tuple(kept[begin : begin + KEY_BYTES] for begin in range(0, len(kept), KEY_BYTES)) if kept else ()

    def bound(self, kind: str) -> dict[str, object]:
        """What a key is sealed for: one slot of one key of one database."""
        return {"format": FORMAT, "database": self.database, "generation": self.generation, "kind": kind}

    def to_bytes(self) -> bytes:
        """The file's content."""
        fields: dict[str, Any] = {
            **dict(self.unknown),
            "format": FORMAT,
            "version": VERSION,
            "database": self.database,
            "generation": self.generation,
            "check": self.check,
            "made": self.made,
            "slots": [slot.to_json() for slot in self.slots],
            "audit": None if self.anchor is None else self.anchor.to_json(),
        }
        for name, wrapped in (("former", self.former), ("retired", self.retired)):
            if wrapped is not None:
                fields[name] = base64.b64encode(wrapped).decode("ascii")
        for name, part in (("mark", self.mark), ("inherited", self.inherited), ("seen", self.seen)):
            if part is not None:
                fields[name] = part.to_json()
        if self.home is not None:
            fields["home"] = self.home
        if self.stale:
            fields["stale"] = True
        return json.dumps(fields | {"sum": _sum(fields)}, indent=1).encode() + b"\n"

    @classmethod
    def from_bytes(cls, content: bytes) -> KeyFile:
        """Read what `to_bytes` of this or an earlier version wrote.

        Raises:
            KeyFileUnreadable: Not whole, or no key file at all.
            KeyFileNewer: Of a later version.
        """
        return _parsed(content)

    @classmethod
    def _from_fields(cls, fields: dict[str, Any]) -> KeyFile:
        slots = fields.get("slots", [])
        generation = count_of(fields.get("generation", 1))
        if not isinstance(slots, list) or len(slots) > MOST_SLOTS or generation < 1:
            raise KeyFileUnreadable
        return cls(
            database=text_of(_ID, fields.get("database")),
            check=text_of(_HASH, fields.get("check")),
            generation=generation,
            made=None if fields.get("made") is None else number_of(fields["made"]),
            slots=tuple(KeySlot.from_json(slot) for slot in slots),
            anchor=None if fields.get("audit") is None else AuditHead.from_json(fields["audit"]),
            seen=None if fields.get("seen") is None else Seen.from_json(fields["seen"]),
            former=_raw(fields.get("former")),
            retired=_raw(fields.get("retired")),
            home=None if fields.get("home") is None else text_of(_ID, fields["home"]),
            stale=fields.get("stale") is True,
            mark=None if fields.get("mark") is None else HomeMark.from_json(fields["mark"]),
            inherited=None if fields.get("inherited") is None else Inherited.from_json(fields["inherited"]),
            unknown=tuple((name, value) for name, value in fields.items() if name not in _KNOWN),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Inherited:
    """The ways to a key that another one was made from, and that other one sealed under it."""

    keys: KeyFile
    """With nothing but what unlocks it."""
    wrapped: bytes

    def without_slot(self, kind: SlotKind) -> Inherited | None:
        """Without that kind; None if there is nothing left."""
        keys = self.keys.without_slot(kind)
        return dataclasses.replace(self, keys=keys) if keys.ways else None

    def to_json(self) -> dict[str, Any]:
        """As the key file has it."""
        return {
            "check": self.keys.check,
            "database": self.keys.database,
            "generation": self.keys.generation,
            "slots": [slot.to_json() for slot in self.keys.slots],
            "inherited": self.keys.inherited.to_json() if self.keys.inherited else None,
            "key": base64.b64encode(self.wrapped).decode("ascii"),
        }

    @classmethod
    def from_json(cls, stored: object, depth: int = 1) -> Inherited:
        """Read what `to_json` wrote.

        Raises:
            ValueError: It is none.
        """
        if not isinstance(stored, dict) or depth > MOST_INHERITED:
            raise KeyFileUnreadable
        before = stored.get("inherited")
        keys = KeyFile._from_fields({**stored, "inherited": None})  # noqa: SLF001 - the same file's
        return cls(
            keys=dataclasses.replace(
                keys, inherited=None if before is None else cls.from_json(before, depth + 1), unknown=()
            ),
            wrapped=_raw(stored.get("key")) or b"",
        )


@functools.lru_cache(maxsize=4)
def _parsed(content: bytes) -> KeyFile:
    """The key file with that content: one opening reads the same bytes eight times."""
    fields: Any = None
    with contextlib.suppress(ValueError, RecursionError):  # also those of its sum: it is made by writing it anew
        fields = json.loads(content) if len(content) <= MOST_BYTES else None
        if isinstance(fields, dict) and fields.pop("sum", None) != _sum(fields):
            fields = None
    if not isinstance(fields, dict) or fields.get("format") != FORMAT:
        raise KeyFileUnreadable
    version = fields.get("version")
    if type(version) is not int or version < 1:
        raise KeyFileUnreadable
    if version > VERSION:
        raise KeyFileNewer
    try:
        return KeyFile._from_fields(fields)  # noqa: SLF001 - the same file's
    except (ValueError, TypeError):
        raise KeyFileUnreadable from None


def check_value(key: bytes | bytearray, database: str) -> str:
    """A value only the right key gives; says nothing about the key."""
    return hmac.new(key, _CHECK_CONTEXT + database.encode(), hashlib.sha256).hexdigest()


def _sum(fields: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _raw(stored: object) -> bytes | None:
    if stored is not None and not isinstance(stored, str):
        raise KeyFileUnreadable
    try:
        return None if stored is None else base64.b64decode(stored, validate=True)
    except binascii.Error:
        raise KeyFileUnreadable from None
