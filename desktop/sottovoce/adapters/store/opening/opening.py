"""From a folder and a keyring to an open store, by the table of states."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
import secrets as random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from sottovoce.adapters import process_lock
from sottovoce.adapters.machine import this_machine
from sottovoce.adapters.store.engine import schema
from sottovoce.adapters.store.engine.audit_trail import AuditTrail
from sottovoce.adapters.store.engine.ballast import Ballast
from sottovoce.adapters.store.engine.conflict_copies import Copies, find_copies
from sottovoce.adapters.store.engine.connection import ConnectionOpener, wipe
from sottovoce.adapters.store.engine.encrypted_store import EncryptedStore
from sottovoce.adapters.store.engine.failures import to_store_error
from sottovoce.adapters.store.engine.sittings import Sittings
from sottovoce.adapters.store.engine.threads import GroupLimits
from sottovoce.adapters.store.folder.home_files import HomeFiles, Sight
from sottovoce.adapters.store.folder.restore_files import RestoreFiles
from sottovoce.adapters.store.folder.states import (
    BEFORE_KEY,
    READY,
    UNANSWERED,
    WITH_KEY,
    Action,
    Key,
    Refusal,
)
from sottovoce.adapters.store.keys.change import finish_change, forget_former, settle
from sottovoce.adapters.store.keys.home_entry import HomeEntry
from sottovoce.adapters.store.keys.unlocking import (
    all_kept,
    by_passphrase,
    given_or_kept,
    sealed_under_passphrase,
)
from sottovoce.adapters.store.opening.creation import HomeCreation
from sottovoce.adapters.store.opening.first_look import FirstLook
from sottovoce.adapters.store.opening.recovery import (
    KeyRecovery,
    RecoveredKey,
    by_code_of_either,
    key_file_for,
    opens_first_page,
)
from sottovoce.adapters.store.sealed.home_mark import UNKNOWN_LOCK, HomeMark, home_mark
from sottovoce.adapters.store.sealed.key_file import KEY_BYTES, KeyFile, KeyFileNewer, KeyFileUnreadable, SlotKind
from sottovoce.adapters.store.sealed.key_file_access import read_key_file, update_key_file
from sottovoce.adapters.store.sealed.sealing import USUAL, Argon2Cost
from sottovoce.adapters.store.sealed.seen import Seen
from sottovoce.domain.errors import (
    Bug,
    CopiesFound,
    KeyFileRestored,
    KeyTrouble,
    SottovoceError,
    StoreFull,
    StoreLogLost,
    StoreParted,
    StoreSteppedBack,
    StoreTrouble,
    StoreUnreadable,
)
from sottovoce.domain.records import AuditEvent
from sottovoce.domain.recovery_code import decode
from sottovoce.domain.said import said
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sottovoce.adapters.machine import MachineIdentity
    from sottovoce.adapters.places import Places
    from sottovoce.domain.records import AuditDetail
    from sottovoce.memory.figures import Figures
    from sottovoce.memory.ports import Asker, Secrets

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreLimits:
    """How long opening may wait, and how the writer works."""

    lock_wait_s: float = 2.0
    """Seconds waited for another process that is just ending (a command that opened the store itself)."""
    group: GroupLimits = field(default_factory=GroupLimits)
    cost: Argon2Cost = USUAL
    """What a guess at a new passphrase costs."""


async def open_store(  # noqa: PLR0913 - each is a choice of its own, and all but the place have a default
    places: Places,
    secrets: Secrets | None = None,
    *,
    key: bytes | bytearray | None = None,
    empty_folder_only: bool = False,
    limits: StoreLimits | None = None,
    steps: Sequence[schema.Migration] | None = None,
    asker: Asker | None = None,
    recovery_code: str | None = None,
    machine: MachineIdentity | None = None,
    figures: Figures | None = None,
) -> EncryptedStore:
    """Open the store of a home, making it if nothing at all is there yet.

    Args:
        places: The home; its folders are made.
        secrets: The keyring that has, or gets, the key.
        key: 32 bytes in place of a keyring; the caller keeps them. A new store is then made in an empty folder only.
        empty_folder_only: Make a new store in an empty folder only, also with a keyring.
        limits: Waiting times and group sizes.
        steps: The schema's migrations; those of this version of the program if None.
        asker: Is asked for the passphrase where the keyring can't give the key and there is one; and for a new one
            where there is no keyring for a new home.
        recovery_code: As it was typed: opens the store in place of the keyring's key, which is put back there (or
            sealed under a new passphrase that `asker` gives, if no keyring takes it).
        machine: In place of this one.
        figures: Count what is written.

    Raises:
        StoreTrouble: The files can't be used, and were left as they are.
        KeyTrouble: The key can't be had, or is not the right one.
        PlacesUnusable: A folder can't be used.
        ValueError: Both or neither of `secrets` and `key`, or a key of another length.
    """
    if (secrets is None) == (key is None):
        message = "give either a keyring or a key"
        raise ValueError(message)
    if key is not None and len(key) != KEY_BYTES:
        message = "the key must have 32 bytes"
        raise ValueError(message)
    opening = _StoreOpening(places, steps or schema.shipped_steps(), limits or StoreLimits(), secrets, asker, machine)
    try:
        opener = await opening.run(key, recovery_code, empty_folder_only=empty_folder_only or key is not None)
        opener = await opening.claim(opener)
        return await opening.hand_over(opener, figures)
    finally:
        opening.end()


class _StoreOpening:
    """One attempt to open: owns a thread for the files, and the process lock until the store takes it over."""

    def __init__(
        self,
        places: Places,
        steps: Sequence[schema.Migration],
        limits: StoreLimits,
        secrets: Secrets | None,
        asker: Asker | None,
        machine: MachineIdentity | None,
    ) -> None:
        self._places = places
        self._steps = steps
        self._limits = limits
        self._secrets = secrets
        self._asker = asker
        self._machine = machine or this_machine()
        self._files = HomeFiles(places)
        self._lock: process_lock.ProcessLock | None = None
        self._give_up = threading.Event()
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sottovoce-store-opening")
        self._secret: bytearray | None = None
        self._made = False
        self._copies = Copies()
        self._done: dict[AuditEvent, dict[str, AuditDetail]] = {}
        """Acts on the key that the opening was for, or brought with it: told in the audit log once there is one."""
        self._made_good = False
        self._way = ""
        """How the key was had, for the audit log."""
        self._ring_answers = False
        self._first_look = FirstLook(places, steps)

    async def run(
        self, given: bytes | bytearray | None, recovery_code: str | None, *, empty_folder_only: bool
    ) -> ConnectionOpener:
        """Go through the table until the database is there, whole and up to date."""
        sight = await self._step(self._enter)
        verdict = BEFORE_KEY[sight.database, sight.key_file]
        if verdict is Action.CLEAR:
            # One that was to live on a passphrase was given to no keyring, and there may be none.
            if self._secrets is not None and sight.keys is not None and not sight.keys.slots:
                await self._secrets.delete(sight.keys.secret_name)
            await self._step(self._files.clear)
            sight = await self._step(self._files.look)
            verdict = BEFORE_KEY[sight.database, sight.key_file]
        if isinstance(verdict, Refusal):
            raise verdict.error()
        if verdict is Action.CREATE:
            if recovery_code is not None:
                raise KeyTrouble(said("error-key-nothing-to-recover"))
            if empty_folder_only:
                await self._step(self._files.refuse_strangers)
            return await self._create(given)
        if verdict is Action.RECOVER_KEY_FILE:
            return await self._make_good(given, recovery_code)
        if sight.keys is None:
            raise Bug
        if recovery_code is not None:
            return await self._recover(sight, sight.keys, recovery_code)
        return await self._unlock(sight, sight.keys, given)

    async def claim(self, opener: ConnectionOpener) -> ConnectionOpener:
        """See that the home has an entry of the keyring, and a key, that are no other home's."""
        if self._secrets is None or self._made:
            if self._made:
                await self._step(self._leave_note)
            return opener
        entry = HomeEntry(self._files, self._step, self._secrets)
        changed, another_key = await entry.claim(opener, self._first_look.let_go)
        if another_key:
            self._done[AuditEvent.KEY_OWN] = {}
        self._secret = changed.key
        await self._step(self._leave_note)
        await entry.follow()  # last, as the lock's file has been written
        return changed

    async def _make_good(self, given: bytes | bytearray | None, recovery_code: str | None) -> ConnectionOpener:
        """Open without the key file, and bring it back."""
        search = KeyRecovery(self._files, self._step, self._noted()[0])
        if recovery_code is not None:
            found = await search.by_code(recovery_code)
        else:
            found = await search.by_key(self._secrets, given, self._asker)
        self._way = "rebuilt" if recovery_code is None else "recovery-code"
        self._secret = found.key
        await self._step(self._files.refuse_read_only)
        await self._step(lambda: self._restore_key_file(found))
        sight = await self._step(self._files.look)
        if sight.keys is None or sight.key_file not in READY:
            raise Bug
        opener = await self._open(sight, sight.keys, found.key, READY[sight.key_file], self._code_again(recovery_code))
        self._first_look.warning = self._first_look.warning or KeyFileRestored()
        self._made_good = True
        if recovery_code is not None:
            await self._keep_anywhere(opener)
        return opener

    def _restore_key_file(self, found: RecoveredKey) -> None:
        keys = found.keys
        if keys is None:
            opener = ConnectionOpener(self._places.database, found.key)
            self._first_look.look(opener)
            with contextlib.closing(opener.keyed()) as connection:
                row = connection.execute("SELECT value FROM meta WHERE name = 'database'").fetchone()
            if row is None:
                raise StoreUnreadable
            keys = dataclasses.replace(key_file_for(found.key, str(row[0]), found.name), mark=self._noted()[1])
        self._files.restore_key_file(keys)

    async def _unlock(self, sight: Sight, keys: KeyFile, given: bytes | bytearray | None) -> ConnectionOpener:
        """Open with the key of the caller or the keyring, else with the passphrase."""
        self._way = "keyring" if given is None else "given"
        found, secret = await given_or_kept(keys, self._secrets, given)
        self._ring_answers = found in {Key.FOUND, Key.MISSING, Key.WRONG}
        if found is not Key.FOUND and sight.following is not None:
            _, key = await given_or_kept(sight.following, self._secrets, given)
            if key is not None and await self._step(lambda: opens_first_page(self._places.database, key)):
                return await self._adopt(sight, key, sight.following)
        verdict = WITH_KEY[sight.key_file, found, sight.slots]
        if verdict is Action.ASK_PASSPHRASE:
            self._way = "passphrase"
            secret = await by_passphrase(keys, found, self._asker, self._step)
            verdict = READY[sight.key_file] if secret is not None else UNANSWERED[found, sight.slots]
        if isinstance(verdict, Refusal):
            raise verdict.error()
        if secret is None:
            raise Bug
        opener = await self._open(sight, keys, secret, verdict)
        if found is Key.MISSING and self._secrets is not None:
            # The passphrase opened it and the keyring works: the next start needs no asking.
            with contextlib.suppress(SottovoceError):
                await HomeEntry(self._files, self._step, self._secrets).keep(opener.key)
        return opener

    async def _recover(self, sight: Sight, keys: KeyFile, recovery_code: str) -> ConnectionOpener:
        """Open with the recovery code, and put the key back to where the next start finds it."""
        self._way = "recovery-code"
        key, of_next = await by_code_of_either(self._places.database, keys, sight.following, recovery_code, self._step)
        if of_next is None:
            opener = await self._open(sight, keys, key, READY[sight.key_file], self._code_again(recovery_code))
        else:
            opener = await self._adopt(sight, key, of_next)
        await self._keep_anywhere(opener)
        return opener

    async def _adopt(self, sight: Sight, key: bytearray, following: KeyFile) -> ConnectionOpener:
        """Open with the next key, of a change that was cut off at its very end."""
        self._secret = key
        await finish_change(self._files, self._step, None, ConnectionOpener(self._places.database, key), following)
        return await self._open(sight, await self._present_keys(), key, Action.OPEN)

    def _code_again(self, recovery_code: str | None) -> Callable[[KeyFile, bytearray], KeyFile] | None:
        """Gives a key file the slot of the code that was typed."""
        if recovery_code is None:
            return None
        return lambda following, key: following.with_slot(
            SlotKind.RECOVERY, key, decode(recovery_code), self._limits.cost
        )

    async def _keep_anywhere(self, opener: ConnectionOpener) -> None:
        """Put the key that a code gave to where the next start finds it.

        Raises:
            KeyTrouble: No keyring takes it, and no passphrase stands in for one.
        """
        self._done[AuditEvent.KEY_RECOVERED] = {}
        reason: KeyTrouble | None = None
        if self._secrets is not None:
            try:
                await HomeEntry(self._files, self._step, self._secrets).keep(opener.key)
            except KeyTrouble as trouble:
                reason = trouble
        if reason is not None:
            passphrase = await self._asker.new_passphrase(reason) if self._asker else None
            if passphrase is None:
                raise type(reason)(remedy=said("error-way-put-back"))
            await self._step(lambda: self._seal(opener, passphrase))
            self._done[AuditEvent.KEY_PASSPHRASE] = {"set": True}

    async def _present_keys(self) -> KeyFile:
        keys = (await self._step(self._files.look)).keys
        if keys is None:
            raise Bug
        return keys

    def _seal(self, opener: ConnectionOpener, passphrase: str) -> None:
        update_key_file(
            self._places, lambda keys: sealed_under_passphrase(keys, opener.key, passphrase, self._limits.cost)
        )

    async def _open(
        self,
        sight: Sight,
        keys: KeyFile,
        secret: bytearray,
        verdict: Action,
        reseal: Callable[[KeyFile, bytearray], KeyFile] | None = None,
    ) -> ConnectionOpener:
        opener = self._opener(secret)
        if verdict is Action.SETTLE:
            await self._step(self._files.refuse_read_only)
            opener = await settle(self._files, self._step, self._secrets, opener, sight.following, reseal)
            self._secret = opener.key
        await self._step(lambda: self._look_inside_and_tidy(opener, verdict), opening=True)
        if keys.former is not None:  # a change of the key was cut off right after it was done
            await forget_former(self._files, self._step, self._secrets, keys)
            await self._step(self._files.mirror)
        return opener

    def _look_inside_and_tidy(self, opener: ConnectionOpener, verdict: Action) -> None:
        self._files.refuse_read_only()
        if verdict is Action.FINISH:
            self._files.lay_mark()
        try:
            self._guarded(lambda: self._first_look.look(opener), opening=True)
        except StoreFull:
            if not Ballast(self._places.database).give_back():
                raise
            self._first_look.look(opener)
        self._files.sweep()
        if verdict is Action.FINISH:
            self._files.settle_keys()
        self._files.mirror()
        if self._secrets is None:  # else the entry is claimed before
            self._leave_note()

    def _leave_note(self) -> None:
        """Leave what helps to find the key should its file be lost; look what was laid beside the files."""
        self._copies = find_copies(self._places)
        with contextlib.suppress(KeyFileNewer, KeyFileUnreadable):
            self._note(read_key_file(self._places))

    def _note(self, keys: KeyFile) -> None:
        if self._lock is not None:
            here = home_mark(self._places)
            own = keys.mark is not None and keys.mark.path == here.path
            self._lock.note(f"{keys.secret_name} {here.path}" if own else keys.secret_name)

    def _noted(self) -> tuple[str | None, HomeMark | None]:
        """What the keyring called the key at the last good start, and where that was."""
        name, *path = ((self._lock.noted() if self._lock else None) or "").split(" ")
        mark = None
        with contextlib.suppress(ValueError):
            mark = HomeMark.from_json({"path": path[0], "lock": UNKNOWN_LOCK}) if path else None
        return name or None, mark

    async def hand_over(self, opener: ConnectionOpener, figures: Figures | None) -> EncryptedStore:
        """Give lock and key to a started store."""
        lock, self._lock, self._secret = self._lock, None, None
        begun = self._first_look.take()
        if lock is None:
            raise Bug
        store = EncryptedStore(
            opener,
            lock,
            self._limits.group,
            AuditTrail(self._places),
            Sittings(self._places, self._machine, keys_made_good=self._made_good),
            just_made=self._made,
            warning=self._first_look.warning,
            begun=begun,
            figures=figures,
        )
        try:
            await store.start()
            await self._sit_down(store)
            await store.ready()
            if self._copies.databases and not isinstance(store.warning, StoreSteppedBack | StoreParted | StoreLogLost):
                store.warning = CopiesFound()
            await store.audit_opening(self._way)
            for event, detail in self._done.items():
                await store.audit(event, detail)
        except BaseException:
            await finish(store.close())
            raise
        return store

    async def _sit_down(self, store: EncryptedStore) -> None:
        """Note the opening in the database and in all places that can tell another one apart; none is in the way."""
        name, kept = "", None
        ring = self._secrets if self._ring_answers else None
        with contextlib.suppress(SottovoceError, OSError, ValueError):
            if ring:
                name = (await self._step(lambda: read_key_file(self._places))).seen_name
                kept = Seen.latest(await all_kept(ring, name))
        try:
            seen = await store.sit_down(kept)
        except StoreTrouble as trouble:
            log.warning("this opening was not noted: %s", trouble.code)
            return
        with contextlib.suppress(SottovoceError):
            if ring and name:
                await ring.set(name, seen.to_secret())

    def end(self) -> None:
        """Free what was not handed over; the thread is idle by now."""
        self._give_up.set()
        self._executor.shutdown(wait=True)
        self._first_look.let_go()
        if self._lock is not None:
            self._lock.release()
        if self._secret is not None:
            wipe(self._secret)

    def _opener(self, secret: bytearray) -> ConnectionOpener:
        self._secret = secret
        return ConnectionOpener(self._places.database, secret)

    def _enter(self) -> Sight:
        self._places.prepare()
        self._lock = process_lock.hold(self._places.lock_file, self._limits.lock_wait_s, self._give_up)
        self._files.adopt_session()
        RestoreFiles(self._places).settle()
        return self._files.look()

    async def _create(self, given: bytes | bytearray | None) -> ConnectionOpener:
        """Make the home in the order that `states` describes."""
        opener = self._opener(bytearray(given) if given is not None else bytearray(random.token_bytes(KEY_BYTES)))
        creation = HomeCreation(self._places, self._files, self._step, self._secrets, self._asker, self._limits.cost)
        await creation.run(opener, self._steps, self._note)
        self._ring_answers = creation.in_keyring
        if creation.under_passphrase:
            self._done[AuditEvent.KEY_PASSPHRASE] = {"set": True}
        self._way = "given" if given is not None else "passphrase" if creation.under_passphrase else "keyring"
        self._made = True
        return opener

    async def _step(self, run: Callable[[], T], *, opening: bool = False) -> T:
        """Run on the files' thread; if we are cancelled it is waited for, so that nothing goes on behind our back."""
        future = asyncio.get_running_loop().run_in_executor(self._executor, self._guarded, run, opening)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            self._give_up.set()
            await asyncio.wait([future])
            if not future.cancelled():
                future.exception()
            raise

    def _guarded(self, run: Callable[[], T], opening: bool) -> T:  # noqa: FBT001 - run_in_executor passes by position
        trouble = None
        try:
            return run()
        except Exception as error:  # noqa: BLE001 - raised below, without what it refers to
            trouble = to_store_error(error, self._places.data, opening=opening)
        raise trouble
