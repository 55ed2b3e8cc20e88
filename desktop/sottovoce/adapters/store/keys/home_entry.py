"""A home's own entry in the keyring, and a key of its own where it is a copy of another home.

The keyring's entry of a key belongs to one home: the one whose mark (`home_mark`) the key file has. A folder that holds
somebody else's mark is a copy, and one with none is of an early version, whose copies share their entry unseen. Neither
may ever take that entry away (`entries_of`), and the first opening gives each its own:

- a copy changes its key (`change`), so that nothing done to one of the two concerns the other (where the mark is of
  another machine it is the same home, in a folder that is synchronised: each machine has its own keyring);
- a home of an early version keeps its key under another name, beside the entry it had; so does one that only its path
  tells to be the one: it may be a copy that was put there by hand, while the first one lies elsewhere.

The new entry is there, and read back, before the key file names it: there is no moment at which no entry has the key.
"""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import secrets as random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.adapters.store.engine.connection import wipe
from sottovoce.adapters.store.folder.key_files import key_files_in, key_files_of, needed_beside
from sottovoce.adapters.store.folder.states import Key
from sottovoce.adapters.store.keys.change import change_key
from sottovoce.adapters.store.keys.unlocking import all_kept, former_name, given_or_kept, keep
from sottovoce.adapters.store.sealed.home_mark import home_mark
from sottovoce.adapters.store.sealed.key_file import KEY_BYTES, KeyFile, SlotKind
from sottovoce.adapters.store.sealed.key_file_access import read_key_file, update_key_file
from sottovoce.adapters.store.sealed.seen import Seen
from sottovoce.domain.errors import KeyTrouble, SottovoceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.adapters.places import Places
    from sottovoce.adapters.store.engine.care_thread import BlockingStep
    from sottovoce.adapters.store.engine.connection import ConnectionOpener
    from sottovoce.adapters.store.folder.home_files import HomeFiles
    from sottovoce.adapters.store.sealed.home_mark import HomeMark
    from sottovoce.memory.ports import Secrets


log = logging.getLogger(__name__)

MOST_KEYS = 32
"""Keys of a home that are looked for under an early version's names."""


class HomeEntry:
    """The keyring's entry of one home while it is opened; its lock is held."""

    def __init__(self, files: HomeFiles, step: BlockingStep, secrets: Secrets) -> None:
        """Prepare; nothing is asked yet."""
        self._files = files
        self._places = files.places
        self._step = step
        self._secrets = secrets
        self._own = False

    async def keep(self, key: bytearray) -> None:
        """Put the key into the keyring, where it was not found; an entry of another home is left as it is.

        Raises:
            KeyTrouble: The keyring does not take it.
        """
        keys, here, found = await self._look()
        if found is Key.FOUND:
            return
        copied = keys.mark is not None and not keys.mark.is_seen_from(here)
        if not _is_of(keys, here) and (found is Key.WRONG or copied):
            keys = dataclasses.replace(keys, home=_new_id())  # the name is the one of another home
        await keep(self._secrets, keys.secret_name, key)
        await self._mark(here, keys.home)

    async def claim(self, opener: ConnectionOpener, let_go: Callable[[], None]) -> tuple[ConnectionOpener, bool]:
        """Give the home an entry, and a copy a key, of its own; what can't be done is tried by the next opening.

        Args:
            opener: Opens the database.
            let_go: Closes what has it open; called before its key is changed.

        Returns:
            What opens the database now, and whether it has got another key.
        """
        keys, here = await self._step(self._marks)
        in_place = _is_of(keys, here)
        self._own = in_place and not _may_be_another(keys, here)
        if self._own:
            return opener, False
        keys, here, found = await self._look()
        if found is not Key.FOUND:
            return opener, False
        if keys.mark is not None and keys.mark.is_seen_from(here):
            # One home, synchronised between two machines: a new key at each change of hands would lock the other out.
            self._own = True
            return opener, False
        if keys.mark is not None and not in_place:
            await self._step(let_go)
            try:
                opener = await self._own_key(opener, keys, here)
            except SottovoceError as trouble:
                log.warning("this copy of a home has no key of its own yet: %s", trouble.code)
            else:
                self._own = True
                return opener, True
        try:
            await self._own_entry(opener, keys, here)
            self._own = True
        except SottovoceError as trouble:
            log.warning("this home has no entry of its own in the keyring yet: %s", trouble.code)
        return opener, False

    async def follow(self) -> None:
        """Bring the mark of a home up to date that `claim` found to be the one: it was moved, or its lock written."""
        keys, here = await self._step(self._marks)
        if self._own and keys.mark != here:
            with contextlib.suppress(SottovoceError):
                await self._mark(here, keys.home)

    def _marks(self) -> tuple[KeyFile, HomeMark]:
        return read_key_file(self._places), home_mark(self._places)

    async def _look(self) -> tuple[KeyFile, HomeMark, Key]:
        keys, here = await self._step(self._marks)
        found, key = await given_or_kept(keys, self._secrets, None)
        if key is not None:
            wipe(key)
        return keys, here, found

    async def _own_key(self, opener: ConnectionOpener, keys: KeyFile, here: HomeMark) -> ConnectionOpener:
        key = bytearray(random.token_bytes(KEY_BYTES))

        def announce() -> KeyFile:
            following = keys.for_copy(key, opener.key, here, tuple(SlotKind))
            self._files.announce_change(following)
            return following

        changed = await change_key(self._files, self._step, self._secrets, opener, key, announce)
        opener.wipe()
        return changed

    async def _own_entry(self, opener: ConnectionOpener, keys: KeyFile, here: HomeMark) -> None:
        own = dataclasses.replace(keys, home=_new_id())
        await keep(self._secrets, own.secret_name, opener.key)
        with contextlib.suppress(KeyTrouble):  # the key file tells it, too
            seen = Seen.latest(await all_kept(self._secrets, keys.seen_name))
            if seen is not None:
                await self._secrets.set(own.seen_name, seen.to_secret())
        await self._mark(here, own.home)

    async def _mark(self, here: HomeMark, home: str | None) -> None:
        await self._step(
            lambda: update_key_file(self._places, lambda keys: dataclasses.replace(keys, mark=here, home=home))
        )


@dataclass(frozen=True, slots=True)
class Entries:
    """What the keyring may hold for a home."""

    own: tuple[str, ...]
    """Its alone: of the present key, the one before and the one to come."""
    shared: tuple[str, ...]
    """What another home, which this one is or may be a copy of, opens with too."""


def entries_of(places: Places) -> Entries:
    """The names of the entries that a home's key files speak of, those of laid-aside folders too; the lock is held."""
    here = home_mark(places)
    own: list[str] = []
    shared: list[str] = []
    needed = needed_beside(places)
    present = [*key_files_in(places.key_file.parent, places)]
    in_place = not any(_may_be_another(keys, here) for keys in present)  # what is laid aside has an earlier mark
    for keys in key_files_of(places):
        names = [keys.secret_name, *([former_name(keys)] if keys.generation > 1 else [])]
        alone = in_place and _is_of(keys, here) and needed.isdisjoint(names)
        (own if alone else shared).extend(names)
        own += [keys.seen_name] if alone else []
        if keys.home is not None:
            early = dataclasses.replace(keys, home=None)
            shared += [
                dataclasses.replace(early, generation=number).secret_name
                for number in range(max(1, keys.generation - MOST_KEYS), keys.generation + 1)
            ]
    mine = tuple(dict.fromkeys(own))
    return Entries(own=mine, shared=tuple(name for name in dict.fromkeys(shared) if name not in mine))


def own_entry_of(keys: KeyFile, places: Places) -> KeyFile:
    """A key file whose entry, which is yet to be made, is this home's alone; the lock is held."""
    here = home_mark(places)
    return dataclasses.replace(keys, mark=here, home=keys.home if _is_of(keys, here) else _new_id())


def _is_of(keys: KeyFile, here: HomeMark) -> bool:
    return keys.mark is not None and keys.mark.is_of(here)


def _may_be_another(keys: KeyFile, here: HomeMark) -> bool:
    return keys.mark is not None and keys.mark.may_be_another(here)


def _new_id() -> str:
    return random.token_hex(16)
