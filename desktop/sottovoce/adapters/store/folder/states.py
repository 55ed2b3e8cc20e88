"""What a start finds, and what it does about it, as one table: exactly one state makes a database.

Making a new home, each step durable before the next:

1. `sottovoce.keys.making` names the new key (sealed under a passphrase, where there is no keyring).
2. The key goes into the keyring and is read back.
3. `sottovoce.db.making` is built whole, then becomes `sottovoce.db`.
4. `sottovoce.keys.making` becomes `sottovoce.keys`.

Nothing is acknowledged before the last step, so what a crash leaves is cleared (no `sottovoce.db` yet) or finished.

Changing the key (`keys.change`) leaves `sottovoce.keys.changing` beside `sottovoce.keys` until it is done. Which of the
two keys opens `sottovoce.db` says whether the change had happened: it is dropped or finished, never guessed.

A key file that is missing or damaged beside a database is made good (`recovery`) if a key that is at hand opens the
database; else it is told, and nothing is changed.
"""

from __future__ import annotations

import enum
import itertools
from dataclasses import dataclass

from sottovoce.domain.errors import (
    KeyFileDamaged,
    KeyMissing,
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    KeyringSilent,
    KeyTrouble,
    KeyWrong,
    StoreMissing,
    StoreTooNew,
    StoreTrouble,
    StoreUnreadable,
)
from sottovoce.domain.said import said


class Database(enum.Enum):
    """The database's file."""

    PRESENT = enum.auto()
    EMPTY = enum.auto()
    """There, but of 0 bytes: SQLite would take it for an empty database."""
    REMNANT = enum.auto()
    """Not there, but its write-ahead log is: SQLite would mix it into whatever database comes here next."""
    UNREACHABLE = enum.auto()
    """Its name is a link to a place that is not there (a disk that is not mounted)."""
    REMAINS = enum.auto()
    """Not there, but what only a home with one has is: backups, an unfinished change, what a restore replaced."""
    ABSENT = enum.auto()


class KeyFileState(enum.Enum):
    """The key file."""

    OK = enum.auto()
    MAKING = enum.auto()
    """Only the new home's first step is there."""
    CHANGING = enum.auto()
    """It is there with the one of the next key beside it."""
    DAMAGED = enum.auto()
    NEWER = enum.auto()
    UNREACHABLE = enum.auto()
    """As `Database.UNREACHABLE`."""
    ABSENT = enum.auto()


class Key(enum.Enum):
    """What the keyring (or the caller) says about the key for that key file."""

    FOUND = enum.auto()
    MISSING = enum.auto()
    """The keyring answers and has no such entry: wiped, another backend, another machine."""
    WRONG = enum.auto()
    NO_KEYRING = enum.auto()
    LOCKED = enum.auto()
    SILENT = enum.auto()
    FAILED = enum.auto()


class Slots(enum.Enum):
    """What the key file offers in place of a keyring."""

    NONE = enum.auto()
    RECOVERY = enum.auto()
    PASSPHRASE = enum.auto()
    BOTH = enum.auto()


class Action(enum.Enum):
    """What is done about the files that were found."""

    OPEN = enum.auto()
    CREATE = enum.auto()
    CLEAR = enum.auto()
    """Remove what an unfinished creation left; then look again."""
    FINISH = enum.auto()
    """Do the last step of an unfinished creation, then open."""
    SETTLE = enum.auto()
    """Drop or finish an unfinished change of the key, then open."""
    RECOVER_KEY_FILE = enum.auto()
    """Find a key that opens the database all the same, and make the key file good by it; else `KeyFileDamaged`."""
    ASK_KEY = enum.auto()
    """Fetch the key, then look into `WITH_KEY`."""
    ASK_PASSPHRASE = enum.auto()
    """Ask for the passphrase; where nobody gives it, `UNANSWERED` has what to say."""


class StoreEmptied(StoreUnreadable, words="error-store-emptied"):
    """The file is there and has no content at all."""


class StoreRemnant(StoreMissing, words="error-store-remnant"):
    """Only the write-ahead log is left."""


class StoreUnreachable(StoreMissing, words="error-store-unreachable"):
    """A link leads nowhere: no new file may take its place."""


class StoreRemains(StoreMissing, words="error-store-remains"):
    """What is left of a home, without its database and key file."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error with the remedy that helps in this very state."""

    kind: type[StoreTrouble | KeyTrouble]
    remedy: str | None = None
    """Key of its message; None for the error's own."""

    def error(self) -> StoreTrouble | KeyTrouble:
        """The error to raise."""
        return self.kind(remedy=said(self.remedy) if self.remedy else None)


Verdict = Action | Refusal

_D, _K = Database, KeyFileState

_NOWHERE: dict[Database, type[StoreTrouble]] = {
    _D.EMPTY: StoreEmptied,
    _D.REMNANT: StoreRemnant,
    _D.UNREACHABLE: StoreUnreachable,
}
"""Where there is no database that could be opened, and none may be made."""
_OF_THE_KEY_FILE: dict[KeyFileState, type[StoreTrouble]] = {
    _K.NEWER: StoreTooNew,
    _K.UNREACHABLE: StoreUnreachable,
}
"""What goes before anything that is said of the database."""
_HALF_GONE = Refusal(KeyFileDamaged, "error-way-half-gone")

BEFORE_KEY: dict[tuple[Database, KeyFileState], Verdict] = {
    **{(database, key): Refusal(kind) for database, kind in _NOWHERE.items() for key in KeyFileState},
    **{(database, key): Refusal(kind) for key, kind in _OF_THE_KEY_FILE.items() for database in Database},
    (_D.PRESENT, _K.OK): Action.ASK_KEY,
    (_D.PRESENT, _K.MAKING): Action.ASK_KEY,
    (_D.PRESENT, _K.CHANGING): Action.ASK_KEY,
    (_D.PRESENT, _K.DAMAGED): Action.RECOVER_KEY_FILE,
    (_D.PRESENT, _K.ABSENT): Action.RECOVER_KEY_FILE,
    (_D.REMAINS, _K.OK): Refusal(StoreMissing),
    (_D.REMAINS, _K.MAKING): Action.CLEAR,
    (_D.REMAINS, _K.CHANGING): Refusal(StoreMissing),
    (_D.REMAINS, _K.DAMAGED): _HALF_GONE,
    (_D.REMAINS, _K.ABSENT): Refusal(StoreRemains),
    (_D.ABSENT, _K.OK): Refusal(StoreMissing),
    (_D.ABSENT, _K.MAKING): Action.CLEAR,
    (_D.ABSENT, _K.CHANGING): Refusal(StoreMissing),
    (_D.ABSENT, _K.DAMAGED): _HALF_GONE,
    (_D.ABSENT, _K.ABSENT): Action.CREATE,
}
"""By what lies in the folder."""

READY = {_K.OK: Action.OPEN, _K.MAKING: Action.FINISH, _K.CHANGING: Action.SETTLE}
"""What follows once the key is there."""

TROUBLES: dict[Key, type[KeyTrouble]] = {
    Key.MISSING: KeyMissing,
    Key.WRONG: KeyWrong,
    Key.NO_KEYRING: KeyringMissing,
    Key.LOCKED: KeyringLocked,
    Key.SILENT: KeyringSilent,
    Key.FAILED: KeyringFailed,
}
"""What is told where nothing but the keyring could have helped."""

_BY_CODE: dict[Key, str] = {
    Key.MISSING: "error-way-missing",
    Key.WRONG: "error-way-wrong",
    Key.NO_KEYRING: "error-way-no-keyring",
    Key.LOCKED: "error-way-locked",
    Key.SILENT: "error-way-silent",
    Key.FAILED: "error-way-failed",
}
"""What helps where there is a recovery code, and no passphrase."""
_WORKING_KEYRING = frozenset({Key.MISSING, Key.WRONG})
"""Where `key recover` can put the key back; elsewhere it seals it under a new passphrase."""


def refusal(key: Key, slots: Slots) -> Refusal:
    """What is told where the keyring can't give the key, with what the key file offers in its place."""
    remedies = {
        # The keyring's own remedy speaks of a home that is yet to be made.
        Slots.NONE: "error-way-by-keyring" if key is Key.NO_KEYRING else None,
        Slots.RECOVERY: _BY_CODE[key],
        Slots.PASSPHRASE: "error-way-by-passphrase",
        Slots.BOTH: "error-way-by-both" if key in _WORKING_KEYRING else "error-way-by-both-anew",
    }
    return Refusal(TROUBLES[key], remedies[slots])


def _verdict(key_file: KeyFileState, key: Key, slots: Slots) -> Verdict:
    if key is Key.FOUND:
        return READY[key_file]
    return Action.ASK_PASSPHRASE if slots in {Slots.PASSPHRASE, Slots.BOTH} else refusal(key, slots)


WITH_KEY: dict[tuple[KeyFileState, Key, Slots], Verdict] = {
    state: _verdict(*state) for state in itertools.product(READY, Key, Slots)
}
"""By what the keyring says, where the database is there with a readable key file."""

UNANSWERED: dict[tuple[Key, Slots], Refusal] = {
    (key, slots): refusal(key, slots) for key in TROUBLES for slots in (Slots.PASSPHRASE, Slots.BOTH)
}
"""Where the passphrase was asked for and nobody gave it."""
