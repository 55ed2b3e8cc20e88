"""Homes as each version of the schema left them, with something said in them, opened by a passphrase."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Final

from sottovoce.adapters.durable_file import write_durably
from sottovoce.adapters.places import Places
from sottovoce.adapters.store.engine import schema
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.adapters.store.keys.unlocking import sealed_under_passphrase
from sottovoce.adapters.store.sealed.key_file import KeyFile
from sottovoce.adapters.store.sealed.sealing import Argon2Cost

if TYPE_CHECKING:
    from pathlib import Path

    import sqlcipher3.dbapi2 as sqlite

KEY: Final = bytes(range(32))
PASSPHRASE: Final = "seven quiet otters cross the river"  # noqa: S105 - of homes that are thrown away
SAID: Final = "my umbrella hangs in the hall"
CHEAP: Final = Argon2Cost(time=1, memory_kib=8, lanes=1)


def versions() -> range:
    """Every version of the schema that there was."""
    return range(1, schema.shipped_steps()[-1].version + 1)


def make(folder: Path, version: int) -> Places:
    """A home of that version with one conversation in it."""
    places = Places.under(folder)
    places.prepare()
    keys = KeyFile.for_key(KEY)
    opener = ConnectionOpener(places.database, bytearray(KEY))
    schema.build(opener, places.database, keys.database, schema.shipped_steps()[:version])
    write_durably(places.key_file, sealed_under_passphrase(keys, KEY, PASSPHRASE, CHEAP).to_bytes())
    with contextlib.closing(opener.writer()) as connection:
        _say(connection)
    return places


def from_the_future(folder: Path) -> Places:
    """A home that a version of the program has written which does not exist yet."""
    places = make(folder, versions()[-1])
    with contextlib.closing(ConnectionOpener(places.database, bytearray(KEY)).writer()) as connection:
        connection.execute(f"PRAGMA user_version = {versions()[-1] + 1}")
    return places


def _say(connection: sqlite.Connection) -> None:
    now = time.time() - 3600
    connection.execute("BEGIN")
    connection.execute(
        "INSERT INTO conversation (id, user_id, title, started_at, last_at, messages)"
        " VALUES ('c1', 'me', 't', ?, ?, 1)",
        (now, now),
    )
    connection.execute(
        "INSERT INTO message (number, id, conversation_id, user_id, role, content, state, created_at, tokens_input,"
        " tokens_output, source, intent, latency_ms)"
        " VALUES (1, 'm1', 'c1', 'me', 'user', ?, 'complete', ?, 0, 0, '', '', 0)",
        (SAID, now),
    )
    connection.execute("COMMIT")
