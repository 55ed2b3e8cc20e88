"""Run as a program: changes a user's context without end and prints each count that it was told is durable.

    python -m tests.durability.saving FOLDER KEY

Each update changes several fields at once, all told by the count: a snapshot of which only a part was saved shows.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import open_store
from sottovoce.memory.system import MemorySystem

if TYPE_CHECKING:
    from sottovoce.domain.contexts import UserContext

USER = "ada"
SAVE_INTERVAL_S = 0.002
UPDATES = 25
"""Updates between two promises: the auto-save comes many times in between."""


def marked(count: int) -> dict[str, object]:
    """What `preferences` holds beside this count."""
    return {"count": count, "pages": [str(count) * 40 for _ in range(40)]}


def is_whole(context: UserContext) -> bool:
    """Whether the snapshot is one that was in force."""
    preferences = context.to_json()["preferences"]
    count = preferences.get("count", 0)
    fresh = not preferences and context.conversations_count <= UPDATES
    return fresh or (preferences == marked(count) and count <= context.conversations_count <= count + UPDATES)


async def main(folder: str, key: str) -> None:
    store = await open_store(Places.under(folder), key=bytes.fromhex(key))
    system = MemorySystem(store, save_interval=SAVE_INTERVAL_S)
    while True:
        for _ in range(UPDATES):
            await system.update_context(USER, "hello", "hi")
            await asyncio.sleep(0)
        count = (await system.get_user_context(USER)).conversations_count
        await system.set_context(USER, preferences=marked(count))
        os.write(1, f"saved {count} -\n".encode())  # one write of one line: all of it is seen, or nothing


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
