"""A home that is made: its key, the key's place, its files, in the order that `folder.states` describes."""

from __future__ import annotations

import contextlib
import dataclasses
from typing import TYPE_CHECKING

from sottovoce.adapters.store.folder.states import Database
from sottovoce.adapters.store.keys.unlocking import keep, sealed_under_passphrase
from sottovoce.adapters.store.sealed.home_mark import home_mark
from sottovoce.adapters.store.sealed.key_file import KeyFile
from sottovoce.domain.errors import KeyringMissing, SottovoceError
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sottovoce.adapters.places import Places
    from sottovoce.adapters.store.engine import schema
    from sottovoce.adapters.store.engine.care_thread import BlockingStep
    from sottovoce.adapters.store.engine.connection import ConnectionOpener
    from sottovoce.adapters.store.folder.home_files import HomeFiles
    from sottovoce.adapters.store.sealed.sealing import Argon2Cost
    from sottovoce.memory.ports import Asker, Secrets


class HomeCreation:
    """Makes one home, or takes back what it had made of it."""

    def __init__(
        self,
        places: Places,
        files: HomeFiles,
        step: BlockingStep,
        secrets: Secrets | None,
        asker: Asker | None,
        cost: Argon2Cost,
    ) -> None:
        """Work on the files with `step`; the key goes to `secrets`, or under a passphrase that `asker` gives."""
        self._places = places
        self._files = files
        self._step = step
        self._secrets = secrets
        self._asker = asker
        self._cost = cost
        self.in_keyring = False
        """Whether a keyring has the key."""
        self.under_passphrase = False
        """Whether it is sealed under a passphrase in place of a keyring."""

    async def run(
        self, opener: ConnectionOpener, steps: Sequence[schema.Migration], note: Callable[[KeyFile], None]
    ) -> None:
        """Make it, with the key of `opener`.

        Args:
            opener: Opens the database that is made.
            steps: The schema's migrations.
            note: Leaves what helps to find the key should its file be lost.

        Raises:
            KeyTrouble: The keyring can't be used, and no passphrase stands in for one.
            StoreTrouble: It could not be written.
        """
        keys, keyring = await self._first_keys(opener)
        if keyring is not None:
            keys = await self._step(lambda: self._marked(keys, note))
        await self._step(lambda: self._files.announce(keys))
        if keyring is not None:
            await keep(keyring, keys.secret_name, opener.key)
            self.in_keyring = True
        try:
            await self._step(lambda: self._files.build(opener, keys, steps))
        except BaseException:
            await finish(self._give_back(keys))
            raise

    def _marked(self, keys: KeyFile, note: Callable[[KeyFile], None]) -> KeyFile:
        """The key file with this folder's mark, made once the lock's file is what it will be."""
        note(dataclasses.replace(keys, mark=home_mark(self._places)))
        return dataclasses.replace(keys, mark=home_mark(self._places))

    async def _first_keys(self, opener: ConnectionOpener) -> tuple[KeyFile, Secrets | None]:
        """A new home's key file, and the keyring that gets the key; nothing is written yet.

        Raises:
            KeyTrouble: The keyring can't be used, and no passphrase stands in for one.
        """
        keys = KeyFile.for_key(opener.key)
        reason: KeyringMissing | None = None
        if self._secrets is None:
            return keys, None
        try:
            await self._secrets.get(keys.secret_name)
        except KeyringMissing as missing:
            reason = missing
        if reason is None:
            return keys, self._secrets
        passphrase = await self._asker.new_passphrase(reason) if self._asker else None
        if passphrase is None:
            raise KeyringMissing
        self.under_passphrase = True
        return await self._step(lambda: sealed_under_passphrase(keys, opener.key, passphrase, self._cost)), None

    async def _give_back(self, keys: KeyFile) -> None:
        """Take a failed creation back; what can't be is cleared by the next start."""
        sight = await self._step(self._files.look)
        if sight.database is Database.ABSENT:
            with contextlib.suppress(SottovoceError):
                if self._secrets is not None:
                    await self._secrets.delete(keys.secret_name)
                await self._step(self._files.clear)
