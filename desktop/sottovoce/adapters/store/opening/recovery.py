"""What opens a database whose key file is missing or damaged: a stand-in for the file, and a key that fits it.

Stand-ins, the best first: the key file's copy; the files of a change of the key, or of a home being made, that was cut
off; the heads of the own backups, newest first. One counts only if a key at hand (the caller's, the keyring's, the one
sealed under the recovery code or the passphrase) fits it and opens the database. Where there is none, a key that opens
the database is enough: a new key file is made for it, without any other way to it.

A key is proven on the database's first page, read as bytes: SQLite, which could change something, opens it later.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.adapters.durable_file import open_plain
from sottovoce.adapters.store.backups.file import read_header
from sottovoce.adapters.store.backups.own_files import own_backups
from sottovoce.adapters.store.engine.connection import wipe
from sottovoce.adapters.store.folder.home_files import slots_of
from sottovoce.adapters.store.folder.states import UNANSWERED, Key, Slots, refusal
from sottovoce.adapters.store.keys.unlocking import (
    all_kept,
    by_any_passphrase,
    by_code,
    given_or_kept,
    key_in,
    state_of,
    unlocked,
)
from sottovoce.adapters.store.sealed.key_file import KEY_BYTES, KeyFile, KeyFileNewer, KeyFileUnreadable, SlotKind
from sottovoce.adapters.store.sealed.key_file_access import copy_of, key_file_at, key_file_bytes
from sottovoce.domain.errors import BackupTrouble, KeyFileDamaged, KeyTrouble, RecoveryCodeMissing, RecoveryCodeWrong
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sottovoce.adapters.store.engine.care_thread import BlockingStep
    from sottovoce.adapters.store.folder.home_files import HomeFiles
    from sottovoce.memory.ports import Asker, Secrets


PAGE_BYTES = 4096
_SALT_BYTES = 16
_HMAC_BYTES = 64
_HMAC_SALT_MASK = 0x3A
_HMAC_ROUNDS = 2
"""SQLCipher 4's defaults (zetetic.net/sqlcipher/design)."""

_NAME = re.compile(r"database-([0-9a-f]{32})(?:-(\d{1,9}))?", re.ASCII)
_ID = re.compile(rb'"(?:database|home)":\s*"([0-9a-f]{32})"')
_GENERATION = re.compile(rb'"generation":\s*(\d{1,9})')
LATER_KEYS = 3
"""Changes of the key since its name was noted that are looked for."""

_IN_TROUBLE = frozenset({Key.NO_KEYRING, Key.LOCKED, Key.SILENT, Key.FAILED})


@dataclass(frozen=True, slots=True, repr=False)
class RecoveredKey:
    """What opens the database; the key is to be wiped."""

    key: bytearray
    keys: KeyFile | None
    """The stand-in; None if there is none, and `name` or nothing tells what the keyring calls the key."""
    name: str | None = None


class KeyRecovery:
    """One search. Nothing is changed by it."""

    def __init__(self, files: HomeFiles, step: BlockingStep, noted: str | None) -> None:
        """Prepare.

        Args:
            files: The home's.
            step: Runs what blocks.
            noted: What the keyring's entry was called at the last good start, if that is known.
        """
        self._files = files
        self._step = step
        self._noted = noted
        self._stand_ins: tuple[KeyFile, ...] = ()

    async def by_code(self, typed: str) -> RecoveredKey:
        """Open the key by the recovery code.

        Raises:
            RecoveryCodeMistyped, RecoveryCodeWrong: The code is not the one of any stand-in.
            KeyFileDamaged: No stand-in has a recovery slot.
        """
        self._stand_ins = await self._step(lambda: tuple(stand_ins(self._files)))
        tried: list[KeyFile] = []
        for keys in self._stand_ins:
            if SlotKind.RECOVERY not in keys.ways or any(keys.same_ways(other) for other in tried):
                continue
            tried.append(keys)
            key = None
            with contextlib.suppress(RecoveryCodeWrong):
                key = await by_code(keys, typed, self._step)
            if key is not None and (found := await self._proven(keys, key)):
                return found
        raise RecoveryCodeWrong if tried else KeyFileDamaged

    async def by_key(
        self, secrets: Secrets | None, given: bytes | bytearray | None, asker: Asker | None
    ) -> RecoveredKey:
        """By the key of the caller or the keyring, else by the passphrase.

        Raises:
            KeyTrouble: Nothing at hand opens the database: the keyring's trouble where that may be all, else
                `KeyFileDamaged`.
        """
        self._stand_ins = await self._step(lambda: tuple(stand_ins(self._files)))
        found, state = await self._by_fitting_key(secrets, given)
        if found is None and given is not None:
            found = await self._proven(None, bytearray(given))
        if found is None and secrets is not None and state not in _IN_TROUBLE:
            found, state = await self._by_name(secrets, state)
        if found is not None:
            return found
        sealed = next((keys for keys in self._stand_ins if keys.slot(SlotKind.PASSPHRASE)), None)
        if sealed is not None:
            found = await by_any_passphrase(state, asker, self._by_passphrase)
            if found is None:
                raise UNANSWERED[state, slots_of(sealed)].error()
            return found
        best = next(iter(self._stand_ins), None)
        if best is not None and state in _IN_TROUBLE:
            raise refusal(state, slots_of(best)).error()
        raise self._damaged()

    async def _by_passphrase(self, passphrase: str) -> RecoveredKey | None:
        """By any stand-in: one may be another home's, with the same passphrase.

        Raises:
            KeyFileDamaged: It is the passphrase of one, but none leads to the database's key.
        """
        fits, tried = False, list[KeyFile]()
        for keys in self._stand_ins:
            if keys.slot(SlotKind.PASSPHRASE) is None or any(keys.same_ways(other) for other in tried):
                continue
            tried.append(keys)
            key = await unlocked(keys, passphrase, self._step)
            if key is not None and (found := await self._proven(keys, key)):
                return found
            fits = fits or key is not None
        if fits:
            raise self._damaged()
        return None

    def _damaged(self) -> KeyFileDamaged:
        best = next(iter(self._stand_ins), None)
        return KeyFileDamaged(
            remedy=said("error-way-makes-good") if slots_of(best) in {Slots.RECOVERY, Slots.BOTH} else None
        )

    async def _by_fitting_key(
        self, secrets: Secrets | None, given: bytes | bytearray | None
    ) -> tuple[RecoveredKey | None, Key]:
        state = Key.MISSING
        for keys in self._stand_ins:
            seen, key = await given_or_kept(keys, secrets, given)
            if key is not None and (found := await self._proven(keys, key)):
                return found, Key.FOUND
            if seen in _IN_TROUBLE:
                return None, seen
            state = Key.WRONG if Key.WRONG in {state, seen} else state
        return None, state

    async def _by_name(self, secrets: Secrets, state: Key) -> tuple[RecoveredKey | None, Key]:
        """By what the keyring has under a name that is still known, where no stand-in fits it."""
        for name in await self._step(self._names):
            try:
                kept = await all_kept(secrets, name)
            except KeyTrouble as trouble:
                return None, state_of(trouble)
            for one in kept:
                if found := await self._proven(None, key_in(one)):
                    return dataclasses.replace(found, name=name), Key.FOUND
        return None, state

    def _names(self) -> list[str]:
        noted = [self._noted] if self._noted else []
        for path in (self._files.places.key_file, self._files.making_keys):
            with contextlib.suppress(OSError):
                content = key_file_bytes(path)
                generation = _GENERATION.search(content)
                noted += [
                    secret_name(found[1].decode(), int(generation[1]) if generation else 1)
                    for found in _ID.finditer(content)
                ]
        names = []
        for name in noted:
            if found := _NAME.fullmatch(name):
                first = int(found[2] or 1)
                names += [secret_name(found[1], first + later) for later in range(LATER_KEYS + 1)]
        return list(dict.fromkeys(names))

    async def _proven(self, keys: KeyFile | None, key: bytearray) -> RecoveredKey | None:
        """The key if it opens the database, or the next one if the key was changed meanwhile; else it is wiped."""
        database = self._files.places.database
        if len(key) == KEY_BYTES:
            if await self._step(lambda: opens_first_page(database, key)):
                return RecoveredKey(key, keys)
            for other in self._stand_ins:
                if next_key := await self._step(_next_key(other, key, database)):
                    wipe(key)
                    return RecoveredKey(next_key, other)
        wipe(key)
        return None


async def by_code_of_either(
    database: Path, keys: KeyFile, following: KeyFile | None, typed: str, step: BlockingStep
) -> tuple[bytearray, KeyFile | None]:
    """The key by the code of the key file, or of the next one where a change of the key was cut off at its very end.

    Returns:
        The key, and the next key file if it is that one's.

    Raises:
        RecoveryCodeMistyped, RecoveryCodeMissing, RecoveryCodeWrong: It is the code of neither.
    """
    wrong: KeyTrouble | None = None
    try:
        return await by_code(keys, typed, step), None
    except (RecoveryCodeWrong, RecoveryCodeMissing) as error:
        wrong = error.again()
    if following is not None and following.slot(SlotKind.RECOVERY) is not None:
        with contextlib.suppress(RecoveryCodeWrong):
            key = await by_code(following, typed, step)
            if await step(lambda: opens_first_page(database, key)):
                return key, following
    raise wrong


def _next_key(keys: KeyFile, former: bytearray, database: Path) -> Callable[[], bytearray | None]:
    """The key after `former`, if the database is under it by now."""

    def find() -> bytearray | None:
        key = keys.unlock_from_former(former)
        return key if key is not None and opens_first_page(database, key) else None

    return find


def stand_ins(files: HomeFiles) -> Iterator[KeyFile]:
    """What can stand in for the key file, the best first, each once."""
    seen: list[KeyFile] = []
    paths = (copy_of(files.places), files.changing_keys, files.making_keys)
    for read in (*(_reader(path) for path in paths), *(_head(path) for path in own_backups(files.places))):
        with contextlib.suppress(OSError, KeyFileNewer, KeyFileUnreadable, BackupTrouble):
            keys = read()
            if keys not in seen:
                seen.append(keys)
                yield keys


def _reader(path: Path) -> Callable[[], KeyFile]:
    return lambda: key_file_at(path)


def _head(path: Path) -> Callable[[], KeyFile]:
    return lambda: read_header(path).keys


def secret_name(home: str, generation: int) -> str:
    """What the keyring's entry of that key is called."""
    return KeyFile(database=home, check="", generation=generation).secret_name


def key_file_for(key: bytearray, database: str, name: str | None) -> KeyFile:
    """A key file where there was none: of that database's id, with no other way to the key."""
    found = _NAME.fullmatch(name or "")
    generation, home = (int(found[2] or 1), found[1]) if found else (1, database)
    return dataclasses.replace(
        KeyFile.for_key(key, database), generation=generation, home=None if home == database else home, made=None
    )


def opens_first_page(database: Path, key: bytes | bytearray) -> bool:
    """Whether the database's first page was written under that key: its HMAC says so, and nothing is touched.

    Raises:
        OSError: It can't be read.
    """
    with open_plain(database) as file:
        page = file.read(PAGE_BYTES)
    if len(page) < PAGE_BYTES:
        return False
    salt = bytes(byte ^ _HMAC_SALT_MASK for byte in page[:_SALT_BYTES])
    under = hashlib.pbkdf2_hmac("sha512", bytes(key), salt, _HMAC_ROUNDS, KEY_BYTES)
    end = PAGE_BYTES - _HMAC_BYTES  # the page's own bytes, its IV, then the HMAC of both with the page's number
    said = hmac.new(under, page[_SALT_BYTES:end] + (1).to_bytes(4, "little"), hashlib.sha512).digest()
    return hmac.compare_digest(said, page[end:])
