"""Run as a program: writes into a home as fast as it can and prints each id once it is acknowledged."""

import asyncio
import itertools
import os
import sys

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import open_store
from tests.contracts.store import message

WRITERS = 4


async def main(folder: str, key: str) -> None:
    store = await open_store(Places.under(folder), key=bytes.fromhex(key))
    numbers = itertools.count()

    async def write() -> None:
        for number in numbers:
            one = message(f"number {number}", id=f"{os.getpid()}-{number}")
            await store.append(one)
            os.write(1, f"{one.id}\n".encode())

    await asyncio.gather(*(write() for _ in range(WRITERS)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
