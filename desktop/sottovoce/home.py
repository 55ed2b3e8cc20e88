"""The composition root without Qt: one home's parts, built, opened in order and closed in reverse."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sottovoce.adapters.places import Places, places
from sottovoce.adapters.secrets import KeyringSecrets
from sottovoce.adapters.settings_file import read_settings
from sottovoce.adapters.store import StoreLimits, open_store
from sottovoce.agent.agent import Agent
from sottovoce.agent.intents import Understanding
from sottovoce.agent.skills import all_skills
from sottovoce.memory.conversations import ConversationMemory
from sottovoce.memory.finish import finish
from sottovoce.memory.system import MemorySystem
from sottovoce.resources import resource
from sottovoce.talk.answering import Answering

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sottovoce.domain.settings import Settings
    from sottovoce.domain.turns import Answer
    from sottovoce.memory.ports import Store

LOCK_S = 5.0
"""Seconds waited for another process of the same home to finish: a command's length, not the application's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The open parts of one home."""

    places: Places
    settings: Settings
    store: Store
    memory: MemorySystem
    conversations: ConversationMemory
    answering: Answering

    async def ask(self, text: str, user_id: str | None = None, conversation: str | None = None) -> Answer:
        """Answer `text`; question and answer are durable on return.

        Raises:
            SottovoceError: It could not be answered or stored.
        """
        return await self.answering.answer(text, user_id=user_id or self.settings.user, conversation=conversation)


def found_places(folder: Path | str | None = None) -> Places:
    """The places under `folder`, or those the environment names; their folders are made.

    Raises:
        PlacesUnusable: One can't be made.
    """
    found = Places.under(folder) if folder is not None else places(os.environ)
    found.prepare()
    return found


def local_now() -> datetime:
    """The present time in the machine's zone."""
    return datetime.now().astimezone()


@contextlib.asynccontextmanager
async def open_home(
    folder: Path | str | None = None,
    key: bytes | None = None,
    *,
    settings: Settings | None = None,
    lock_s: float = LOCK_S,
) -> AsyncIterator[Home]:
    """Open a home for the length of the block.

    Args:
        folder: Where it is; None for the place the environment names.
        key: The database's key, 32 bytes; None to have it from the operating system's keyring.
        settings: In place of those in settings.toml.
        lock_s: Seconds to wait for another process that has the home open.

    Raises:
        PlacesUnusable, SettingsUnusable, StoreInUse, KeyTrouble, StoreTrouble: It can't be opened; nothing was changed.
    """
    found = found_places(folder)
    settings = settings or read_settings(found.settings_file).strict()
    async with contextlib.AsyncExitStack() as stack:
        store = await _open_store(
            found, key, StoreLimits(lock_wait_s=lock_s), stack, empty_folder_only=folder is not None
        )
        memory = MemorySystem(store)
        conversations = ConversationMemory(store)
        understanding = Understanding(resource("intents", "en.yaml").read_text("utf-8"))
        answering = Answering(Agent(understanding, all_skills(memory, local_now)), memory, conversations)
        yield Home(
            places=found,
            settings=settings,
            store=store,
            memory=memory,
            conversations=conversations,
            answering=answering,
        )


async def _open_store(
    found: Places,
    key: bytes | None,
    limits: StoreLimits,
    stack: contextlib.AsyncExitStack,
    *,
    empty_folder_only: bool,
) -> Store:
    if key is not None:
        store = await open_store(found, key=key, limits=limits)
    else:
        secrets = KeyringSecrets()
        try:
            store = await open_store(found, secrets, limits=limits, empty_folder_only=empty_folder_only)
        finally:
            # The key is needed once; an idle thread and an open bus connection are not.
            await finish(secrets.close())
    stack.push_async_callback(store.close)
    return store
