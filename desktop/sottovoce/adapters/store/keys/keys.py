"""What can be done about the key of an open store: where it is, a code and a passphrase to reach it by, another key."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
import os
import secrets as random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from sottovoce.adapters.store.engine.connection import ConnectionOpener, wipe
from sottovoce.adapters.store.engine.failures import to_store_error
from sottovoce.adapters.store.folder.home_files import HomeFiles
from sottovoce.adapters.store.folder.states import Key
from sottovoce.adapters.store.keys.change import change_key
from sottovoce.adapters.store.keys.ended_ways import end_ways
from sottovoce.adapters.store.keys.home_entry import HomeEntry, own_entry_of
from sottovoce.adapters.store.keys.unlocking import by_code, given_or_kept, sealed_under_passphrase
from sottovoce.adapters.store.sealed.key_file import KEY_BYTES, SlotKind
from sottovoce.adapters.store.sealed.key_file_access import read_key_file, update_key_file
from sottovoce.adapters.store.sealed.sealing import USUAL
from sottovoce.domain.errors import (
    KeyChangeRefused,
    PassphraseWrong,
    SottovoceError,
    StoreFailed,
)
from sottovoce.domain.passphrases import secret_of
from sottovoce.domain.records import AuditEvent
from sottovoce.domain.recovery_code import SECRET_BYTES, decode, encode, grouped
from sottovoce.domain.said import said
from sottovoce.memory.finish import finish, finishing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from contextlib import AbstractAsyncContextManager

    from sottovoce.adapters.places import Places
    from sottovoce.adapters.store.engine.encrypted_store import EncryptedStore
    from sottovoce.adapters.store.sealed.key_file import KeyFile
    from sottovoce.adapters.store.sealed.sealing import Argon2Cost
    from sottovoce.memory.ports import Secrets

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySources:
    """Where the key can come from; nothing secret."""

    keyring: Key
    generation: int
    """How many keys this database has had."""
    made: float | None
    """When the present one was made, seconds since 1970-01-01 UTC; None if an early version did not note it."""
    recovery_made: float | None
    """When the recovery code was made; None if there is none."""
    passphrase_made: float | None


class SealedBackups(Protocol):
    """The backups, whose own keys are sealed under the store's key."""

    @property
    def alone(self) -> AbstractAsyncContextManager[object]:
        """Holds off everything that opens the database on its own."""

    async def reseal(self, *formers: bytes | bytearray) -> object:
        """Seal them under the present key in place of any former one, with the present ways to it."""


class StoreKeys:
    """The key operations of one open store, one at a time. Belongs to its event loop; closed before the store."""

    def __init__(
        self,
        places: Places,
        store: EncryptedStore,
        keyring: Callable[[], Secrets] | None,
        cost: Argon2Cost = USUAL,
        *,
        backups: SealedBackups | None = None,
    ) -> None:
        """Prepare; no thread runs before the first call.

        Args:
            places: The store's home.
            store: Open.
            keyring: Opens the keyring for one operation; None where the caller holds the key.
            cost: Of a guess at a code or passphrase.
            backups: What else is sealed under the key.
        """
        self._places = places
        self._store = store
        self._keyring = keyring
        self._cost = cost
        self._backups = backups
        self._files = HomeFiles(places)
        self._one = asyncio.Lock()
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sottovoce-store-keys")
        self._closed = False
        self.on_code: Callable[[str], Awaitable[None]] = _kept_nowhere
        """Called with each new recovery code before anybody has it; where it raises, the code is not handed out."""
        self.unfinished: SottovoceError | None = None
        """What a change of the key left undone, if anything: `resume` tries again."""

    async def status(self) -> KeySources:
        """Where the key is and what else opens the store.

        Raises:
            StoreTrouble: The key file can't be read.
        """
        async with self._one, self._open_keyring() as keyring:
            keys = await self._step(lambda: read_key_file(self._places))
            found, key = await given_or_kept(keys, keyring, None)
            if key is not None:
                wipe(key)
        recovery, passphrase = keys.slot(SlotKind.RECOVERY), keys.slot(SlotKind.PASSPHRASE)
        return KeySources(
            keyring=found if keyring is not None else Key.NO_KEYRING,
            generation=keys.generation,
            made=keys.made,
            recovery_made=recovery.made if recovery else None,
            passphrase_made=passphrase.made if passphrase else None,
        )

    @finishing
    async def new_recovery_code(self) -> str:
        """Make a recovery code; returned once, in groups of four, and kept nowhere.

        The one before still holds until `confirm_recovery_code`: a crash must not leave a code that nobody has seen.

        Raises:
            StoreTrouble: The key file can't be written; the code before still holds.
        """
        async with self._one:
            code = await self._make_code()
        await self.on_code(code)
        await self._store.audit(AuditEvent.KEY_RECOVERY_CODE)
        return code

    @finishing
    async def recover(self, typed: str) -> None:
        """Check a recovery code, and put the key (back) into the keyring.

        Raises:
            KeyTrouble: The code is not the right one, or the keyring can't keep the key.
        """
        async with self._one, self._open_keyring() as keyring:
            keys = await self._step(lambda: read_key_file(self._places))
            key = await by_code(keys, typed, self._step)
            try:
                if keyring is not None:
                    await HomeEntry(self._files, self._step, keyring).keep(key)
            finally:
                wipe(key)
        await self._store.audit(AuditEvent.KEY_RECOVERED)

    @finishing
    async def confirm_recovery_code(self, typed: str | None = None) -> None:
        """Say that a code was seen: those before it end, here and in whatever else on this machine opened with them.

        Args:
            typed: The code; the newest one if None.

        Raises:
            KeyTrouble: It is not a recovery code of this database.
            StoreTrouble: The key file can't be written; all of them still hold.
        """
        async with self._one:
            keys = await self._step(lambda: read_key_file(self._places))
            if typed is None:
                seen = keys.slot(SlotKind.RECOVERY)
            else:
                wipe(await by_code(keys, typed, self._step))
                seen = await self._step(lambda: keys.slot_of(SlotKind.RECOVERY, decode(typed)))
            if seen is None or keys.with_shown(seen) == keys:
                return  # it is the only one, or one of another home that this one was copied from
            await self._end(lambda present: present.with_shown(seen) if seen in present.slots else present)
        await self._store.audit(AuditEvent.KEY_RECOVERY_CODE, {"confirmed": True})

    @finishing
    async def set_passphrase(self, passphrase: str) -> None:
        """Let a passphrase open the store where no keyring does, in place of the one before.

        Raises:
            PassphraseWeak: It is too easy to find.
            StoreTrouble: The key file can't be written.
        """
        async with self._one:
            await self._end(lambda keys: sealed_under_passphrase(keys, self._store.opener.key, passphrase, self._cost))
        await self._store.audit(AuditEvent.KEY_PASSPHRASE, {"set": True})

    @finishing
    async def remove_passphrase(self) -> None:
        """Let no passphrase open the store any more.

        Raises:
            KeyChangeRefused: There is none, or the keyring does not hold the key, so that nothing else would open it.
            StoreTrouble: The key file can't be written.
        """
        async with self._one, self._open_keyring() as keyring:
            keys = await self._step(lambda: read_key_file(self._places))
            if keys.slot(SlotKind.PASSPHRASE) is None:
                raise KeyChangeRefused(said("error-key-change-no-passphrase"))
            if not await self._kept(keys, keyring):
                raise KeyChangeRefused(said("error-key-change-only-way"))
            await self._end(lambda present: present.without_slot(SlotKind.PASSPHRASE))
        await self._store.audit(AuditEvent.KEY_PASSPHRASE, {"set": False})

    @finishing
    async def rotate(self, passphrase: str | None = None) -> str:
        """Give the database another key, in the steps of `keys.change`; calls of the store wait meanwhile.

        Args:
            passphrase: The present one, which goes over to the new key; needed if there is one.

        Returns:
            A new recovery code, in groups of four; the one before holds until `confirm_recovery_code`. It is made
            before the key is changed: what can't be done after that (`unfinished` tells) does not keep it back.

        Raises:
            KeyChangeRefused: The passphrase is needed, or nothing could hold the new key.
            PassphraseWrong: It is not the present one.
            KeyTrouble: The keyring can't keep the new key.
            StoreTrouble: The copy could not be made; the database is under the present key.
        """
        async with self._one, self._open_keyring() as keyring:
            keys = await self._step(lambda: read_key_file(self._places))
            holder = keyring if await self._kept(keys, keyring) else None
            if keys.slot(SlotKind.PASSPHRASE) is not None:
                await self._check_passphrase(keys, passphrase)
            elif holder is None:
                raise KeyChangeRefused(said("error-key-change-no-holder"))
            else:
                passphrase = None
            former, secret = self._store.opener, bytearray(os.urandom(SECRET_BYTES))
            code = grouped(encode(secret))
            # Nobody else may have the file open while it is put into place.
            async with self._backups.alone if self._backups else contextlib.nullcontext():
                try:
                    await self._store.exchange(lambda: self._under_next_key(holder, passphrase, secret))
                finally:
                    wipe(secret)
            former.wipe()
            await self._finish_rotation()
        try:
            await self.on_code(code)
        except SottovoceError as trouble:  # the key has changed: nothing may keep the code back now
            log.warning("the new code is not kept elsewhere: %s", trouble.code)
            self.unfinished = self.unfinished or trouble
        return code

    async def _finish_rotation(self) -> None:
        """What comes after the key has changed; in trouble it is left to `resume`."""
        try:
            if not (await self._step(lambda: read_key_file(self._places))).fits(self._store.opener.key):
                raise _half_written()
            await self._reseal()
        except SottovoceError as trouble:
            log.warning("the change of the key is not finished: %s", trouble.code)
            self.unfinished = trouble
        try:
            await self._store.audit(AuditEvent.KEY_ROTATED)
        except SottovoceError as trouble:
            log.warning("the change of the key is not in the audit log: %s", trouble.code)

    async def resume(self) -> None:
        """Seal the backups under the present key if that was cut off: after opening, and as a chore while it fails.

        Raises:
            SottovoceError: It could not all be done; what is left can be tried again.
        """
        async with self._one:
            try:
                await self._reseal()
            except SottovoceError as trouble:
                self.unfinished = trouble
                raise
            self.unfinished = None

    async def _reseal(self) -> None:
        keys = await self._step(lambda: read_key_file(self._places))
        formers = keys.retired_keys(self._store.opener.key)
        if keys.retired is None and not keys.stale:
            return
        try:
            if self._backups is not None:
                await self._backups.reseal(*formers)
            await self._step(lambda: end_ways(self._places, self._store.opener.key, formers))
        finally:
            for former in formers:
                wipe(former)
        stale = keys.stale and self._backups is None
        await self._change(lambda present: dataclasses.replace(present, retired=None, stale=stale))

    async def _end(self, change: Callable[[KeyFile], KeyFile]) -> None:
        """Change the key file so that something no longer opens it, and then all that it opened beside it.

        Raises:
            StoreTrouble: The key file can't be written. What can't be done after that is left to `resume`.
        """
        await self._change(lambda keys: dataclasses.replace(change(keys), stale=True))
        try:
            await self._reseal()
        except SottovoceError as trouble:
            log.warning("a way to the key has not ended everywhere yet: %s", trouble.code)
            self.unfinished = trouble

    async def close(self) -> None:
        """Wait for what is going on; end the thread. Idempotent."""
        async with self._one:
            self._closed = True
            self._executor.shutdown(wait=True)

    async def _under_next_key(
        self, keyring: Secrets | None, passphrase: str | None, code: bytearray
    ) -> ConnectionOpener:
        """Steps 1 to 5, while nobody has the database open."""
        present, key = self._store.opener, bytearray(random.token_bytes(KEY_BYTES))
        return await change_key(
            self._files,
            self._step,
            keyring,
            present,
            key,
            lambda: self._announce(present, key, passphrase, code, in_keyring=keyring is not None),
        )

    def _announce(
        self, present: ConnectionOpener, key: bytearray, passphrase: str | None, code: bytearray, *, in_keyring: bool
    ) -> KeyFile:
        following = read_key_file(self._places).for_next_key(key, present.key)
        if in_keyring:
            following = own_entry_of(following, self._places)
        # The codes before open the next key too, until the new one is known to have been seen.
        present_file = read_key_file(self._places)
        following = following.inheriting(present_file, key, present.key, (SlotKind.RECOVERY,))
        following = following.with_unshown_slot(SlotKind.RECOVERY, key, code, self._cost)
        if passphrase is not None:
            following = sealed_under_passphrase(following, key, passphrase, self._cost)
        self._files.announce_change(following)
        return following

    async def _check_passphrase(self, keys: KeyFile, passphrase: str | None) -> None:
        if passphrase is None:
            raise KeyChangeRefused(said("error-key-change-by-passphrase"))
        secret = secret_of(passphrase)
        key = await self._step(lambda: keys.unlock(SlotKind.PASSPHRASE, secret))
        wipe(secret)
        if key is None:
            raise PassphraseWrong
        wipe(key)

    async def _make_code(self) -> str:
        secret = bytearray(os.urandom(SECRET_BYTES))
        try:
            await self._change(
                lambda keys: keys.with_unshown_slot(SlotKind.RECOVERY, self._store.opener.key, secret, self._cost)
            )
            return grouped(encode(secret))
        finally:
            wipe(secret)

    async def _change(self, change: Callable[[KeyFile], KeyFile]) -> None:
        await self._step(lambda: update_key_file(self._places, change))

    async def _kept(self, keys: KeyFile, keyring: Secrets | None) -> bool:
        found, key = await given_or_kept(keys, keyring, None)
        if key is not None:
            wipe(key)
        return found is Key.FOUND

    @contextlib.asynccontextmanager
    async def _open_keyring(self) -> AsyncIterator[Secrets | None]:
        keyring = self._keyring() if self._keyring else None
        try:
            yield keyring
        finally:
            if keyring is not None:
                await finish(keyring.close())

    async def _step(self, run: Callable[[], T]) -> T:
        """Run on the keys' thread, to its end even if the caller is cancelled."""
        if self._closed:
            raise StoreFailed(said("error-store-closed"))
        return await finish(self._on_thread(run))

    async def _on_thread(self, run: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._guarded, run)

    def _guarded(self, run: Callable[[], T]) -> T:
        trouble = None
        try:
            return run()
        except Exception as error:  # noqa: BLE001 - raised below, without what it refers to
            trouble = to_store_error(error, self._places.data)
        raise trouble


async def _kept_nowhere(_: str) -> None:
    """Nobody else wants to know a code."""


def _half_written() -> StoreFailed:
    return StoreFailed(said("error-store-failed-half-changed"))
