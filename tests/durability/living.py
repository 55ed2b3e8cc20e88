"""Run as a program: a home lives through a backup, another key, an erasure and a restore, and says what it promises.

    python -m tests.durability.living FOLDER

Each line is printed in one write, once what it says holds:

- `message ID NUMBER`: acknowledged.        `doomed ID NUMBER`: may be gone from now on.
- `erased ID NUMBER`: must be gone.         `secret NAME HEX`, `forgotten NAME -`: what the keyring has.
- `open - 0`: the home is open for the first time.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import StoreCare, StoreKeys, open_store
from sottovoce.adapters.store.opening.restoring import Ways, restore_backup
from sottovoce.adapters.store.sealed.sealing import CHEAPEST
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.memory.conversations import ConversationMemory
from tests.durability.writing import USER, acknowledge, said
from tests.fakes_store import FakeSecrets

if TYPE_CHECKING:
    from sottovoce.adapters.store import EncryptedStore
    from sottovoce.domain.conversations import Message

NOW = datetime(2026, 3, 5, 12, 0, 0, tzinfo=UTC)
MESSAGES = 12
"""Of each part of the life."""


class SpeakingSecrets(FakeSecrets):
    """A keyring that is always durable, and says what it holds."""

    async def set(self, name: str, secret: str) -> None:
        await super().set(name, secret)
        say("secret", name, secret)

    async def delete(self, name: str) -> None:
        say("forgotten", name, "-")
        await super().delete(name)


def say(kind: str, name: str, value: str) -> None:
    """As `acknowledge`, of anything."""
    acknowledge(kind, name, value)


class Life:
    """What is said in a home, and what is done to it."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.secrets = SpeakingSecrets()
        self.number = 0

    async def talk(self, store: EncryptedStore, conversation: str) -> list[tuple[Message, int]]:
        conversations = ConversationMemory(store)
        made = []
        for _ in range(MESSAGES):
            one = await conversations.add_message(conversation, "user", said(self.number), user_id=USER)
            acknowledge("message", one.id, self.number)
            made.append((one, self.number))
            self.number += 1
        return made

    async def before(self) -> list[tuple[Message, int]]:
        """All up to the restore; returns what the restore will take away."""
        store = await open_store(self.places, self.secrets)
        acknowledge("open", "-", 0)
        care = StoreCare(self.places, store, lambda: NOW)
        keys = StoreKeys(self.places, store, lambda: self.secrets, CHEAPEST, backups=care.backups)
        doomed = await self.talk(store, "doomed")
        await self.talk(store, "kept")
        await care.backups.create()
        await keys.rotate()
        later = await self.talk(store, "later")
        for one, number in doomed:
            acknowledge("doomed", one.id, number)
        await care.erasing.erase(Erasure(scope=Scope.CONVERSATION, of="doomed"))
        for one, number in doomed:
            acknowledge("erased", one.id, number)
        later += await self.talk(store, "later")
        await keys.close()
        await care.close()
        await store.close()
        return later

    async def restore(self, later: list[tuple[Message, int]]) -> None:
        """Back to the backup, which was made before `later`, and on from there."""
        for one, number in later:
            acknowledge("doomed", one.id, number)
        (backup,) = self.places.backups.glob("*.backup")
        await restore_backup(self.places, backup, Ways(secrets=self.secrets), NOW)
        store = await open_store(self.places, self.secrets)
        await self.talk(store, "after")
        await store.close()


async def main(folder: str) -> None:
    life = Life(Places.under(folder))
    await life.restore(await life.before())


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
