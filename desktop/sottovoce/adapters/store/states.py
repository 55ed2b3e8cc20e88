"""What a start finds, and what it does about it, as one table: exactly one state makes a database.

Making a new home, each step durable before the next:

1. `sottovoce.keys.making` names the new key.
2. The key goes into the keyring and is read back.
3. `sottovoce.db.making` is built whole, then becomes `sottovoce.db`.
4. `sottovoce.keys.making` becomes `sottovoce.keys`.

Nothing is acknowledged before the last step, so what a crash leaves is cleared (no `sottovoce.db` yet) or finished.
"""

from __future__ import annotations

import enum

from sottovoce.domain.errors import (
    KeyFileDamaged,
    KeyMissing,
    KeyTrouble,
    KeyWrong,
    StoreMissing,
    StoreTooNew,
    StoreTrouble,
    StoreUnreadable,
)


class Database(enum.Enum):
    """The database's file."""

    PRESENT = enum.auto()
    EMPTY = enum.auto()
    """There, but of 0 bytes: SQLite would take it for an empty database."""
    REMNANT = enum.auto()
    """Not there, but its write-ahead log is: SQLite would mix it into whatever database comes here next."""
    ABSENT = enum.auto()


class KeyFileState(enum.Enum):
    """The key file."""

    OK = enum.auto()
    MAKING = enum.auto()
    """Only the new home's first step is there."""
    DAMAGED = enum.auto()
    NEWER = enum.auto()
    ABSENT = enum.auto()


class Key(enum.Enum):
    """The key the keyring (or the caller) has for that key file."""

    FOUND = enum.auto()
    MISSING = enum.auto()
    WRONG = enum.auto()


class Action(enum.Enum):
    """What to do."""

    OPEN = enum.auto()
    CREATE = enum.auto()
    CLEAR = enum.auto()
    """Remove what an unfinished creation left; then look again."""
    FINISH = enum.auto()
    """Do the last step of an unfinished creation, then open."""
    ASK_KEY = enum.auto()
    """Fetch the key, then look into `WITH_KEY`."""


class StoreEmptied(StoreUnreadable):
    """The file is there and has no content at all."""

    default_sentence = "The database file is empty (0 bytes); it was left untouched."
    default_remedy = (
        "Bring sottovoce.db back from a backup; if there never was anything in it, move it away to start anew."
    )


class StoreRemnant(StoreMissing):
    """Only the write-ahead log is left."""

    default_sentence = "The database file is missing although its write-ahead log is there."
    default_remedy = "Bring sottovoce.db back; to start anew, move sottovoce.db-wal and sottovoce.keys away."


Verdict = Action | type[StoreTrouble | KeyTrouble]

_D, _K = Database, KeyFileState

BEFORE_KEY: dict[tuple[Database, KeyFileState], Verdict] = {
    (_D.PRESENT, _K.OK): Action.ASK_KEY,
    (_D.PRESENT, _K.MAKING): Action.ASK_KEY,
    (_D.PRESENT, _K.DAMAGED): KeyFileDamaged,
    (_D.PRESENT, _K.NEWER): StoreTooNew,
    (_D.PRESENT, _K.ABSENT): KeyFileDamaged,
    (_D.EMPTY, _K.OK): StoreEmptied,
    (_D.EMPTY, _K.MAKING): StoreEmptied,
    (_D.EMPTY, _K.DAMAGED): StoreEmptied,
    (_D.EMPTY, _K.NEWER): StoreTooNew,
    (_D.EMPTY, _K.ABSENT): StoreEmptied,
    (_D.REMNANT, _K.OK): StoreRemnant,
    (_D.REMNANT, _K.MAKING): StoreRemnant,
    (_D.REMNANT, _K.DAMAGED): StoreRemnant,
    (_D.REMNANT, _K.NEWER): StoreTooNew,
    (_D.REMNANT, _K.ABSENT): StoreRemnant,
    (_D.ABSENT, _K.OK): StoreMissing,
    (_D.ABSENT, _K.MAKING): Action.CLEAR,
    (_D.ABSENT, _K.DAMAGED): KeyFileDamaged,
    (_D.ABSENT, _K.NEWER): StoreTooNew,
    (_D.ABSENT, _K.ABSENT): Action.CREATE,
}
"""By what lies in the folder."""

WITH_KEY: dict[tuple[KeyFileState, Key], Verdict] = {
    (_K.OK, Key.FOUND): Action.OPEN,
    (_K.OK, Key.MISSING): KeyMissing,
    (_K.OK, Key.WRONG): KeyWrong,
    (_K.MAKING, Key.FOUND): Action.FINISH,
    (_K.MAKING, Key.MISSING): KeyMissing,
    (_K.MAKING, Key.WRONG): KeyWrong,
}
"""By the key, where the database is there with a readable key file."""
