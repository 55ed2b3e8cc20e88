"""Another key for the database: a whole copy under it, proven, then put into place; or an unfinished change settled.

Each step is durable before the next (k: `sottovoce.keys`, d: `sottovoce.db`):

1. k.changing: the next key's check value and slots (a new recovery code's among them), and the next key sealed under
   the present one.
2. The next key goes into the keyring (where there is one) beside the present one, and is read back.
3. d.changing: every row under the next key; counted, checked, on the disk.
4. d.changing becomes d. From here on the key is the next one; before, it was the present one.
5. k.changing becomes k, without the way from the former key; the keyring forgets the former key.

Whoever has the present key (keyring, passphrase or recovery code) reaches the database after a crash at any point.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlite

from sottovoce.adapters.store.engine import copying, schema
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.adapters.store.engine.failures import NOTADB
from sottovoce.adapters.store.folder.key_files import needed_beside
from sottovoce.adapters.store.keys.unlocking import former_name, keep
from sottovoce.adapters.store.sealed.key_file import SlotKind
from sottovoce.domain.errors import SottovoceError, StoreUnreadable
from sottovoce.domain.said import said
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sottovoce.adapters.store.engine.care_thread import BlockingStep
    from sottovoce.adapters.store.folder.home_files import HomeFiles
    from sottovoce.adapters.store.sealed.key_file import KeyFile
    from sottovoce.memory.ports import Secrets

    Announce = Callable[[], KeyFile]


async def settle(
    files: HomeFiles,
    step: BlockingStep,
    secrets: Secrets | None,
    opener: ConnectionOpener,
    following: KeyFile | None,
    reseal: Callable[[KeyFile, bytearray], KeyFile] | None = None,
) -> ConnectionOpener:
    """Drop or finish a change that was cut off; returns what opens the database now.

    Args:
        files: The home's.
        step: Runs what blocks.
        secrets: The keyring, if the home uses one.
        opener: Holds the key that `sottovoce.keys` belongs to.
        following: What `sottovoce.keys.changing` says; None if it can't be read.
        reseal: Gives the next key file the slot that opened the present one, where no keyring will hold the next key.

    Raises:
        StoreUnreadable: Neither key opens the database; everything was left as it is.
        KeyTrouble: The keyring can't take the key that the database is under by now.
    """
    if await step(lambda: opens(opener)):
        if secrets is not None and following is not None:
            with contextlib.suppress(SottovoceError):
                await secrets.delete(following.secret_name)
        await step(files.drop_change)
        return opener
    key = following.unlock_from_former(opener.key) if following else None
    if following is None or key is None:
        raise StoreUnreadable
    changed = ConnectionOpener(opener.path, key)
    if not await step(lambda: opens(changed)):
        changed.wipe()
        raise StoreUnreadable
    if reseal is not None:
        resealed = await step(lambda: reseal(following, key))
        await step(lambda: files.announce_change(resealed))
    await finish_change(files, step, None if reseal else secrets, changed, following)
    opener.wipe()
    return changed


async def change_key(
    files: HomeFiles,
    step: BlockingStep,
    secrets: Secrets | None,
    present: ConnectionOpener,
    key: bytearray,
    announce: Announce,
) -> ConnectionOpener:
    """Take all the steps, while nobody has the database open; returns what opens it now.

    Args:
        files: The home's.
        step: Runs what blocks.
        secrets: The keyring that gets the key, if one does.
        present: Holds the present key.
        key: The next one; taken over.
        announce: Does step 1, and returns the next key file.

    Raises:
        SottovoceError: It could not be done; the database is under the present key.
    """
    following = await step(announce)
    changed = ConnectionOpener(present.path, key)
    try:
        if secrets is not None:
            await keep(secrets, following.secret_name, key)
        await step(lambda: copy_under(present, files.changing_database, key))
        await step(files.swap_databases)
    except BaseException:
        await finish(_take_back(files, step, secrets, following))
        changed.wipe()
        raise
    # The key has changed: what goes wrong from here on is put right by the next start.
    with contextlib.suppress(SottovoceError):
        await finish_change(files, step, secrets, changed, following)
    return changed


async def _take_back(files: HomeFiles, step: BlockingStep, secrets: Secrets | None, following: KeyFile) -> None:
    """Take an unfinished change back; what can't be is settled by the next start."""
    with contextlib.suppress(SottovoceError):
        await step(files.drop_change)
    with contextlib.suppress(SottovoceError):
        if secrets is not None:
            await secrets.delete(following.secret_name)


async def finish_change(
    files: HomeFiles, step: BlockingStep, secrets: Secrets | None, opener: ConnectionOpener, following: KeyFile
) -> None:
    """Step 5, once the database is under the next key.

    Raises:
        KeyTrouble: The keyring can't take the key, and no passphrase holds it.
    """
    if secrets is not None:
        try:
            await keep(secrets, following.secret_name, opener.key)
        except SottovoceError:
            if following.slot(SlotKind.PASSPHRASE) is None:
                raise
    await step(files.adopt_change)
    await forget_former(files, step, secrets, following)


async def forget_former(files: HomeFiles, step: BlockingStep, secrets: Secrets | None, keys: KeyFile) -> None:
    """The end of step 5: as long as it is undone, the key file says so."""
    if secrets is not None:
        with contextlib.suppress(SottovoceError):
            if former_name(keys) not in await step(lambda: needed_beside(files.places)):
                await secrets.delete(former_name(keys))
    await step(files.cut_former)


def opens(opener: ConnectionOpener) -> bool:
    """Whether the database is under that key.

    Raises:
        sqlite.Error: It can't be read for another reason.
    """
    try:
        opener.keyed().close()
    except sqlite.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF != NOTADB:
            raise
        return False
    return True


def copy_under(present: ConnectionOpener, path: Path, key: bytearray) -> None:
    """Copy the whole database to `path` under another key and prove the copy; on the disk when this returns.

    Raises:
        StoreUnreadable: The copy is not the same; it is removed.
        sqlite.Error, OSError: It could not be written; what there is of it is removed.
    """
    copying.copy_under(present, path, key, lambda: None)
    try:
        with (
            contextlib.closing(present.keyed()) as source,
            contextlib.closing(ConnectionOpener(path, key).keyed()) as target,
        ):
            _prove(source, target)
    except BaseException:
        schema.discard(path)
        raise


def _prove(source: sqlite.Connection, target: sqlite.Connection) -> None:
    """Every page's HMAC, SQLite's own check, and every table's rows.

    Raises:
        StoreUnreadable: Something differs.
    """
    whole = (
        target.execute("PRAGMA cipher_integrity_check").fetchall() == []
        and target.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        and _counts(source) == _counts(target)
    )
    if not whole:
        raise StoreUnreadable(said("error-store-unreadable-copy"))


def _counts(connection: sqlite.Connection) -> dict[str, int]:
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    header = {
        pragma: int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
        for pragma in ("user_version", "application_id")
    }
    counts = {
        name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 - a name of our schema
        for (name,) in names
    }
    return header | counts
