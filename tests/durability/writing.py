"""Run as a program: talks to a home through the product's own parts and prints each id once it is acknowledged.

    python -m tests.durability.writing FOLDER KEY MODE COUNT WRITERS

`product` is the product. The other modes are the controls, which must lose something: `early` acknowledges before
COMMIT, `normal` sets synchronous=NORMAL. COUNT 0 writes until the process is killed.
"""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import os
import sys
from collections import deque
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import EncryptedStore, GroupLimits, StoreLimits, open_store
from sottovoce.adapters.store.engine.threads import submit
from sottovoce.domain.conversations import Arrival
from sottovoce.domain.turns import Outcome
from sottovoce.memory.conversations import ConversationMemory
from sottovoce.memory.system import MemorySystem

if TYPE_CHECKING:
    from sottovoce.domain.conversations import Message
    from sottovoce.memory.store import Store

MODES = ("product", "early", "normal")
IDLE_S = 0.05
"""The write-ahead log is emptied after this pause, so that a recording holds checkpoints of an idle store too."""
PAUSE_EVERY = 40
MEMORY_EVERY = 10
TURN_EVERY = 7
"""Turns with a journal: question, answer, and that it is answered are acknowledged one by one."""
USER = "ada"


HELD_BACK = 16
"""Messages that are acknowledged and not yet handed over: a fast disk would else have them before any kill."""


class Hasty:
    """A store whose `append` comes back before anything is durable."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: deque[Message] = deque()
        self._running: set[asyncio.Future[Arrival]] = set()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - stands for every other method
        return getattr(self._store, name)

    async def append(self, message: Message) -> Arrival:
        self._held.append(message)
        if len(self._held) > HELD_BACK:
            task = asyncio.ensure_future(self._store.append(self._held.popleft()))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        await asyncio.sleep(0)
        return Arrival(0, first=False)


def said(number: int) -> str:
    """What message `number` says: long enough to fill pages, and known to who checks it."""
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    return f"{number} " + " ".join(digest[at : at + 8] for at in range(0, 8 * (number % 8 + 1), 8)) * (number % 5 + 1)


def acknowledge(kind: str, identity: str, number: int | str) -> None:
    """One write of one line: all of it is seen, or nothing."""
    os.write(1, f"{kind} {identity} {number}\n".encode())


async def loosen(store: EncryptedStore) -> None:
    """Make the writer's COMMIT return before the disk has it."""
    await submit(store._writer.jobs, lambda c: c.execute("PRAGMA synchronous = NORMAL").fetchall(), alone=True)  # noqa: SLF001 - no port makes a store unsafe


async def main(folder: str, key: str, mode: str, count: int, writers: int) -> None:
    limits = StoreLimits(group=GroupLimits(idle_checkpoint_s=IDLE_S))
    store = await open_store(Places.under(folder), key=bytes.fromhex(key), limits=limits)
    if mode == "normal":
        await loosen(store)
    conversations = ConversationMemory(Hasty(store) if mode == "early" else store)
    memory = MemorySystem(store)
    start = (await store.report(check=False)).messages
    numbers = iter(range(start, start + count)) if count else itertools.count(start)

    async def write(conversation: str) -> None:
        for number in numbers:
            one = await conversations.add_message(conversation, "user", said(number), user_id=USER)
            acknowledge("message", one.id, number)
            if number % TURN_EVERY == TURN_EVERY - 1 and mode != "early":  # whose haste is in `append` alone
                question = await conversations.begin_turn(conversation, said(number), user_id=USER)
                acknowledge("question", question.id, number)
                answer = await conversations.end_turn(question, Outcome.ANSWERED, said(number))
                if answer is not None:
                    acknowledge("answer", answer.id, number)
                    acknowledge("closed", question.id, number)
            if number % MEMORY_EVERY == MEMORY_EVERY - 1:
                saved = await memory.save_memory(USER, said(number))
                acknowledge("memory", saved.memory.id, number)
            if number % PAUSE_EVERY == PAUSE_EVERY - 1 and mode != "early":  # which is to be caught with much under way
                await asyncio.sleep(2 * IDLE_S)

    acknowledge("open", "-", start)
    await asyncio.gather(*(write(f"c{number}") for number in range(writers)))
    await memory.aclose()
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])))
