"""A backup's data key by whatever needs no typing: one way in, for looking at a backup and for putting it into place.

It may be the key that is given, or one in the keyring; that of this home, of one it had before, or of a home that a
restore laid aside; or a key reached from one of these through a key file (`former`, `retired`, `inherited`).
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from sottovoce.adapters.store.engine.connection import wipe
from sottovoce.adapters.store.folder.key_files import key_files_of
from sottovoce.adapters.store.folder.states import Key
from sottovoce.adapters.store.keys.unlocking import all_kept, former_name, given_or_kept, key_in
from sottovoce.adapters.store.sealed.key_file import KEY_BYTES
from sottovoce.domain.errors import KeyTrouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sottovoce.adapters.places import Places
    from sottovoce.adapters.store.engine.care_thread import BlockingStep
    from sottovoce.adapters.store.sealed.key_file import KeyFile
    from sottovoce.memory.ports import Secrets

_ANSWERED = frozenset({Key.MISSING, Key.WRONG})


async def key_at_hand(
    sought: KeyFile, places: Places, secrets: Secrets | None, given: bytes | bytearray | None, step: BlockingStep
) -> tuple[Key, bytearray | None]:
    """The key of the key file `sought` (to be wiped), with what the caller or the keyring says of it.

    Args:
        sought: What a backup's header has.
        places: The home whose key files, and whose laid-aside ones, may lead to it.
        secrets: The keyring, if it may be asked.
        given: A key that the caller holds.
        step: Runs what blocks.
    """
    found, key = await given_or_kept(sought, None if given is not None else secrets, given)
    if key is not None:
        return found, key
    files = [*_with_inherited([sought, *await step(lambda: list(key_files_of(places)))])]
    held = [bytearray(given)] if given is not None else []
    if secrets is not None and found in _ANSWERED:
        held += await _kept(secrets, files)
    key = _reached(sought, files, held)
    return (found, None) if key is None else (Key.FOUND, key)


async def _kept(secrets: Secrets, files: Sequence[KeyFile]) -> list[bytearray]:
    names = [name for keys in files for name in (keys.secret_name, former_name(keys))]
    held = []
    with contextlib.suppress(KeyTrouble):  # what it has said so far may be enough
        for name in dict.fromkeys(names):
            held += [key_in(kept) for kept in await all_kept(secrets, name)]
    return held


def _reached(sought: KeyFile, files: Sequence[KeyFile], held: list[bytearray]) -> bytearray | None:
    """Follow every way from a key that is held to another one."""
    right = None
    for key in held:  # grows meanwhile
        if len(key) == KEY_BYTES and sought.fits(key):
            right = bytearray(key)
            break
        for keys in files if len(key) == KEY_BYTES else ():
            ways = [keys.unlock_inherited(key), keys.unlock_from_former(key)]
            ways += keys.retired_keys(key) if keys.fits(key) else []
            held += [way for way in ways if way is not None and way not in held]
    for key in held:
        wipe(key)
    return right


def _with_inherited(files: Iterable[KeyFile]) -> Iterator[KeyFile]:
    for keys in files:
        yield keys
        if keys.inherited is not None:
            yield from _with_inherited([keys.inherited.keys])
