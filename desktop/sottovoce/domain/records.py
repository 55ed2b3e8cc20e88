"""What is kept beside messages and memories: the schedule, notes, cached answers, API keys, what was done and sent."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from sottovoce.domain.contexts import DEFAULT_USER
from sottovoce.domain.schedule_states import ReminderKind, ScheduleState

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

JsonValue: TypeAlias = "str | int | float | bool | list[JsonValue] | dict[str, JsonValue] | None"
"""Whatever JSON holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """Something to be told at a time."""

    id: str
    user_id: str = DEFAULT_USER
    text: str
    """In the user's words."""
    due_at: float
    """Seconds since 1970-01-01 UTC, as every time here; of what comes again, the next time."""
    state: ScheduleState = ScheduleState.WAITING
    kind: ReminderKind = ReminderKind.REMINDER
    recurrence: str = ""
    """How it comes again, as RFC 5545 writes it (`Recurrence.rule`); empty for once."""
    wall: str = ""
    """The first time as clocks show it, "2026-11-30T07:00:00" in no zone: it stays seven wherever the user is.

    Empty for what was asked for as a length ("in ten minutes").
    """
    created_at: float
    changed_at: float = 0.0
    source_message: str | None = None
    """Id of the message that asked for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """A length of time to be told the end of."""

    id: str
    user_id: str = DEFAULT_USER
    label: str = ""
    """What it is for, in the user's words; may be empty."""
    duration_s: float
    due_at: float
    state: ScheduleState = ScheduleState.WAITING
    left_s: float | None = None
    """Seconds left of one that is paused."""
    boot: str = ""
    """Id of the start of this machine that `boot_due_s` counts from; empty where it has no such clock."""
    boot_due_s: float = 0.0
    """Its end by a clock that nobody sets and that goes on in sleep (CLOCK_BOOTTIME)."""
    created_at: float
    changed_at: float = 0.0
    source_message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note that the user had written down."""

    id: str
    user_id: str = DEFAULT_USER
    text: str
    created_at: float
    changed_at: float
    source_message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """A thing on a list."""

    id: str
    user_id: str = DEFAULT_USER
    list: str
    """The list's name in small letters, as in "shopping"."""
    text: str
    """In the user's words; empty for the list itself, so that an empty one is there."""
    done: bool = False
    created_at: float
    changed_at: float
    source_message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An entry of the calendar."""

    id: str
    user_id: str = DEFAULT_USER
    title: str
    place: str = ""
    starts_at: float
    ends_at: float
    all_day: bool = False
    """Whether it is the days that count; the times are then the midnights of its zone."""
    zone: str = ""
    """IANA name of the zone it was made in."""
    recurrence: str = ""
    """As `Reminder.recurrence`."""
    created_at: float
    changed_at: float
    source_message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheEntry:
    """An answer kept for a while."""

    key: str
    user_id: str = DEFAULT_USER
    kind: str
    """What sort of answer: a skill's or tool's name."""
    value: JsonValue
    """Not to be changed: whoever gets it gets a copy (`cache_values.given`)."""
    created_at: float
    expires_at: float
    bytes: int
    """What it counts for against the cache's limit."""
    source_message: str | None = None
    """Id of the message it first answered."""
    depends_on: tuple[str, ...] = ()
    """What it was made from, as "memory:<id>", "document:<id>" or "word:<word>": a change there makes it void."""


WORD = "word:"
"""Begins what an answer depends on if a text with all these words may answer better."""


@dataclass(frozen=True, slots=True)
class Change:
    """What changed, as far as cached answers may have been made from it."""

    gone: frozenset[str] = frozenset()
    """What changed or is not there any more, as `CacheEntry.depends_on` names it."""
    words: frozenset[str] = frozenset()
    """The words that something new holds: it may answer better whatever needs no other."""

    def voids(self, depends_on: Collection[str]) -> bool:
        """Whether an answer that was made from this holds no more."""
        asked = [need.removeprefix(WORD) for need in depends_on if need.startswith(WORD)]
        return not self.gone.isdisjoint(depends_on) or (bool(asked) and self.words.issuperset(asked))


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key to the local API, as far as it may be kept."""

    prefix: str
    """Its first characters, to name it by."""
    name: str
    sha256: str
    """Of the whole key, 64 hex digits."""
    created_at: float
    revoked_at: float | None = None
    scopes: tuple[str, ...] = ()
    """What it lets its holder do (`api_scopes.ApiScope`); one that a later version made may stand there."""
    expires_at: float | None = None
    """When it ends by itself; None for never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyUse:
    """How often a key to the local API was used on one day."""

    id: str
    """The key's prefix and the day."""
    prefix: str
    day: str
    """In UTC, as 2026-01-31."""
    requests: int
    tokens: int
    """Of language models, where one was asked for it."""
    last_at: float


Kept = Reminder | Timer | Note | ListEntry | Event
"""What a user has had kept, beside words and memories: it travels, is exported and erased with them."""
KEPT: Final[tuple[type[Kept], ...]] = (Reminder, Timer, Note, ListEntry, Event)

Record = Kept | CacheEntry | ApiKey | ApiKeyUse
"""What the store keeps by one key and may change: `id`, `key` or `prefix`."""

AnyRecord = TypeVar("AnyRecord", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Egress:
    """Something that left this program for an endpoint; noted before it is sent."""

    at: float
    endpoint: str
    """Scheme, host and port; never a path or query, which could hold something said."""
    purpose: str
    bytes_out: int
    bytes_in: int = 0
    """0 where it is not known yet."""


class AuditEvent(enum.StrEnum):
    """What is worth a line in the audit log: rare things that concern everything that is kept."""

    STORE_CREATED = "store.created"
    STORE_OPENED = "store.opened"
    """At most one a day for each version of the program, and each way to the key."""
    STORE_STEPPED_BACK = "store.stepped-back"
    """An earlier database was found in its place, as all four of these by what other places knew of it."""
    STORE_PARTED = "store.parted"
    STORE_ELSEWHERE = "store.elsewhere"
    KEY_FILE_STEPPED_BACK = "key-file.stepped-back"
    SCHEMA_MIGRATED = "schema.migrated"
    KEY_RECOVERY_CODE = "key.recovery-code"
    KEY_ESCROWED = "key.escrowed"
    """A recovery code was put where the administrator keeps it; never the code."""
    KEY_RECOVERED = "key.recovered"
    KEY_PASSPHRASE = "key.passphrase"  # noqa: S105 - an event's name
    KEY_ROTATED = "key.rotated"
    KEY_OWN = "key.own"
    """A copy of a home got a key of its own."""
    BACKUP_CREATED = "backup.created"
    BACKUP_RESTORED = "backup.restored"
    BACKUP_REMOVED = "backup.removed"
    EXPORTED = "exported"
    IMPORTED = "imported"
    MERGED = "merged"
    """A copy of the database, which was laid beside it, has been brought together with it."""
    ERASED = "erased"
    RETENTION = "retention"
    POLICY_CHANGED = "policy.changed"
    TOOL_ALLOWED = "tool.allowed"
    """A user agreed once and for all to what tools of one permission do."""
    TOOL_WITHDRAWN = "tool.withdrawn"
    """What was so allowed is asked about again."""
    API_KEY_CREATED = "api-key.created"
    API_KEY_ROTATED = "api-key.rotated"
    API_KEY_REVOKED = "api-key.revoked"
    API_KEY_USED = "api-key.used"
    """The first use of a key on a day."""
    CLOCK_DOUBTED = "clock.doubted"
    """Something was not removed for its age, because the clock had jumped."""
    CLOCK_ACCEPTED = "clock.accepted"
    """The user said that the clock is right."""
    REPLACED_REMOVED = "replaced.removed"
    """What a restore had laid aside."""
    AUDIT_ACCEPTED = "audit.accepted"
    """The user was told that entries are missing or altered, and goes on from what is there."""


AuditDetail = str | int | float | bool | None
"""Counts, versions, ids, names of kinds: never anything said, and no key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One line of the audit log."""

    number: int
    at: float
    event: str
    detail: Mapping[str, AuditDetail]
    hash: str
    """HMAC-SHA256 over this entry and the hash of the one before it, 64 hex digits."""
    previous: str = ""
    """The hash of the one before it."""
