"""Where the key comes from: the caller, the keyring, a passphrase, the recovery code."""

from __future__ import annotations

import contextlib
import dataclasses
import hmac
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from sottovoce.adapters.store.engine.connection import wipe
from sottovoce.adapters.store.folder.states import TROUBLES, Key
from sottovoce.adapters.store.sealed.key_file import KEY_BYTES, KeyFile, SlotKind
from sottovoce.domain.errors import (
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    KeyringSilent,
    KeyTrouble,
    PassphraseWeak,
    PassphraseWrong,
    RecoveryCodeMissing,
    RecoveryCodeMistyped,
    RecoveryCodeWrong,
)
from sottovoce.domain.passphrases import MOST_ATTEMPTS, secret_of, weakness
from sottovoce.domain.recovery_code import CodeMistyped, decode
from sottovoce.domain.said import said
from sottovoce.memory.ports import SharedSecrets

if TYPE_CHECKING:
    from sottovoce.adapters.store.sealed.sealing import Argon2Cost
    from sottovoce.memory.ports import Asker, Secrets

T = TypeVar("T")
BlockingCall = Callable[[Callable[[], "T"]], Awaitable["T"]]
"""Runs something that blocks (Argon2id does) on its owner's thread."""

_STATES: tuple[tuple[type[KeyTrouble], Key], ...] = (
    (KeyringMissing, Key.NO_KEYRING),
    (KeyringLocked, Key.LOCKED),
    (KeyringSilent, Key.SILENT),
    (KeyringFailed, Key.FAILED),
)


async def given_or_kept(
    keys: KeyFile, secrets: Secrets | None, given: bytes | bytearray | None
) -> tuple[Key, bytearray | None]:
    """The key for that key file, if the caller or the keyring has it; a keyring in trouble is a state, no error."""
    if given is not None:
        held = [bytearray(given)]
    elif secrets is not None:
        try:
            kept = await all_kept(secrets, keys.secret_name)
        except KeyTrouble as trouble:
            return state_of(trouble), None
        held = [key_in(one) for one in kept]
    else:
        return Key.MISSING, None
    right = next((key for key in held if len(key) == KEY_BYTES and keys.fits(key)), None)
    for key in held:
        if key is not right:
            wipe(key)
    return (Key.FOUND if right is not None else Key.WRONG if held else Key.MISSING), right


def entry_for(key: bytes | bytearray) -> str:
    """What the keyring holds for a key: hex digits, which every backend keeps as they are."""
    return key.hex()


def key_in(entry: str | None) -> bytearray:
    """The key in what the keyring holds; another length than a key's if that is none."""
    with contextlib.suppress(ValueError):
        return bytearray.fromhex(entry or "")
    return bytearray()


def state_of(trouble: KeyTrouble) -> Key:
    """The row of the table for a keyring's trouble."""
    return next((state for kind, state in _STATES if isinstance(trouble, kind)), Key.FAILED)


async def by_passphrase(
    keys: KeyFile, found: Key, asker: Asker | None, step: BlockingCall[bytearray | None]
) -> bytearray | None:
    """The key from its passphrase slot, or None if nobody would give the passphrase.

    Raises:
        PassphraseWrong: What was given was wrong, and nothing else was given.
    """
    return await by_any_passphrase(found, asker, lambda passphrase: unlocked(keys, passphrase, step))


def unlocked(keys: KeyFile, passphrase: str, step: BlockingCall[bytearray | None]) -> Awaitable[bytearray | None]:
    """The key from its passphrase slot, if this is the passphrase."""
    return step(_unlocking(keys, SlotKind.PASSPHRASE, secret_of(passphrase)))


async def by_any_passphrase(found: Key, asker: Asker | None, opened: Callable[[str], Awaitable[T | None]]) -> T | None:
    """What a passphrase opens, or None if nobody would give one.

    Raises:
        PassphraseWrong: What was given opens nothing, and nothing else was given.
    """
    for attempt in range(1, MOST_ATTEMPTS + 1):
        passphrase = await asker.ask_passphrase(TROUBLES[found](), attempt) if asker else None
        if passphrase is None:
            if attempt > 1:
                raise PassphraseWrong
            return None
        key = await opened(passphrase)
        del passphrase
        if key is not None:
            return key
    raise PassphraseWrong


async def by_code(keys: KeyFile, typed: str, step: BlockingCall[bytearray | None]) -> bytearray:
    """The key from its recovery slot.

    Raises:
        RecoveryCodeMistyped: The checksum of the code does not hold.
        RecoveryCodeMissing: The key file has no recovery slot.
        RecoveryCodeWrong: It does not open this slot.
    """
    mistyped = False
    code = bytearray()
    try:
        code = decode(typed)
    except CodeMistyped:
        mistyped = True
    if mistyped:
        raise RecoveryCodeMistyped
    if keys.slot(SlotKind.RECOVERY) is None:
        raise RecoveryCodeMissing(said("error-recovery-code-never-made"))
    key = await step(_unlocking(keys, SlotKind.RECOVERY, code))
    if key is None:
        raise RecoveryCodeWrong
    return key


def _unlocking(keys: KeyFile, kind: SlotKind, secret: bytearray) -> Callable[[], bytearray | None]:
    def unlock() -> bytearray | None:
        try:
            return keys.unlock(kind, secret)
        finally:
            wipe(secret)

    return unlock


def sealed_under_passphrase(keys: KeyFile, key: bytes | bytearray, passphrase: str, cost: Argon2Cost) -> KeyFile:
    """The key file with a passphrase slot; takes Argon2id's time.

    Raises:
        PassphraseWeak: It is too easy to find.
    """
    if sentence := weakness(passphrase):
        raise PassphraseWeak(sentence)
    secret = secret_of(passphrase)
    try:
        return keys.with_slot(SlotKind.PASSPHRASE, key, secret, cost)
    finally:
        wipe(secret)


async def all_kept(secrets: Secrets, name: str) -> tuple[str, ...]:
    """All that a keyring has under `name`; most keyrings keep one secret at most.

    Raises:
        KeyTrouble: It does not answer.
    """
    if isinstance(secrets, SharedSecrets):
        return await secrets.get_all(name)
    kept = await secrets.get(name)
    return () if kept is None else (kept,)


async def keep(secrets: Secrets, name: str, key: bytearray) -> None:
    """Put the key into the keyring and see that it is there: some backends accept and discard.

    Raises:
        KeyTrouble: It is not.
    """
    await secrets.set(name, entry_for(key))
    if not any(hmac.compare_digest(key_in(kept), key) for kept in await all_kept(secrets, name)):
        raise KeyringFailed


def former_name(keys: KeyFile) -> str:
    """What the keyring's entry of the key before this one is called."""
    return dataclasses.replace(keys, generation=keys.generation - 1).secret_name
