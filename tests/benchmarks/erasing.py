"""What erasing costs, and how long it keeps others waiting: a part of `./dev bench store`.

A home of so many messages of two users with two backups; one conversation, then all of one user is erased, while
others read the last 50 messages of a conversation every few milliseconds and append ten messages a second.
"""

from __future__ import annotations

import asyncio
import contextlib
import resource
import shutil
import statistics
import time
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.store import StoreCare, open_store, rows
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.domain.conversations import Message, Role
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.domain.identifiers import new_id

if TYPE_CHECKING:
    from sottovoce.adapters.places import Places
    from sottovoce.adapters.store import EncryptedStore

CONVERSATION = 200
"""Messages of a conversation."""
BACKUPS = 2
READ_EVERY_S = 0.005
APPEND_EVERY_S = 0.1
PER = 100_000
"""Messages that the CPU time is told for."""


def fill(places: Places, key: bytes, sentence: Any, wanted: int) -> None:  # noqa: ANN401 - makes a message of a number
    """Every tenth conversation is the guest's."""
    with contextlib.closing(ConnectionOpener(places.database, bytearray(key)).writer()) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for number in range(wanted):
            place = number // CONVERSATION
            made: Message = sentence(number, f"c{place}")
            user = "guest" if place % 10 == 0 else "me"
            rows.messages.add_message(connection, _of(made, user))
        connection.execute("COMMIT")


def _of(made: Message, user: str) -> Message:
    return Message(
        id=new_id(),
        conversation_id=made.conversation_id,
        role=made.role,
        content=made.content,
        created_at=made.created_at,
        user_id=user,
    )


async def measured(places: Places, key: bytes, sentence: Any, size: int) -> dict[str, Any]:  # noqa: ANN401 - as above
    """Erasing from a store of that size, in figures."""
    store = await open_store(places, key=key)
    await store.close()
    fill(places, key, sentence, size)
    store = await open_store(places, key=key)
    care = StoreCare(places, store, lambda: datetime.now().astimezone())
    try:
        for _ in range(BACKUPS):
            await care.backups.create()
        found: dict[str, Any] = {"messages": size, "backups": BACKUPS}
        for what, erasure in (
            ("conversation", Erasure(scope=Scope.CONVERSATION, of="c1")),
            ("user", Erasure(scope=Scope.USER, of="guest")),
        ):
            found[what] = await _erased(store, care, erasure)
        return found
    finally:
        await care.close()
        await store.close()
        shutil.rmtree(places.data)


async def _erased(store: EncryptedStore, care: StoreCare, erasure: Erasure) -> dict[str, Any]:
    reads: list[float] = []
    appends: list[float] = []
    beside = [asyncio.create_task(_read(store, reads)), asyncio.create_task(_append(store, appends))]
    await asyncio.sleep(0.5)
    quiet = list(reads)
    reads.clear()
    used, begun = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    done = await care.erasing.erase(erasure)
    taken, now = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF)
    for task in beside:
        task.cancel()
    await asyncio.wait(beside)
    cpu = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    return {
        "erased": done.erased.messages,
        "s": round(taken, 2),
        "cpu_s": round(cpu, 2),
        "read_quiet_p99_ms": _p99(quiet),
        "read_p50_ms": round(statistics.median(reads) * 1000, 2),
        "read_p99_ms": _p99(reads),
        "read_longest_ms": round(max(reads) * 1000, 2),
        "append_longest_ms": round(max(appends, default=0.0) * 1000, 2),
    }


def _p99(values: list[float]) -> float:
    return round(sorted(values)[min(len(values) - 1, int(len(values) * 0.99))] * 1000, 2)


async def _read(store: EncryptedStore, waits: list[float]) -> None:
    while True:
        begun = time.perf_counter()
        await store.messages("c2", limit=50)
        waits.append(time.perf_counter() - begun)
        await asyncio.sleep(READ_EVERY_S)


async def _append(store: EncryptedStore, waits: list[float]) -> None:
    while True:
        begun = time.perf_counter()
        said = Message(
            id=new_id(),
            conversation_id="now",
            role=Role.USER,
            content="meanwhile",
            created_at=time.time(),
            user_id="me",
        )
        await store.append(said)
        waits.append(time.perf_counter() - begun)
        await asyncio.sleep(APPEND_EVERY_S)


def per_file(sizes: list[dict[str, Any]]) -> dict[str, float]:
    """CPU seconds for 100,000 messages and one file: the store, and each backup."""
    largest = sizes[-1]
    return {
        what: round(largest[what]["cpu_s"] / largest["messages"] * PER / (1 + largest["backups"]), 2)
        for what in ("conversation", "user")
    }
