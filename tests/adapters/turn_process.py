"""Run as a program: asks a question, and kills itself before or after the n-th thing that is done for it.

What must be kept is printed once it is acknowledged: `heard ID` for the question, `answered ID` for the answer.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import Any

from sottovoce.domain.turns import Answered, Heard, TurnEvent
from sottovoce.home import open_home

COUNTED = frozenset({"open_turn", "close_turn", "memories_about", "add_memory", "context", "messages"})
"""Calls to the store at which the process may end."""


class Mortal:
    """The store of a process that ends at its n-th step."""

    def __init__(self, store: Any, left: int, *, after: bool) -> None:  # noqa: ANN401 - any store
        self._store = store
        self._left = left
        self._after = after

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the store has
        found = getattr(self._store, name)
        if name not in COUNTED:
            return found

        async def counted(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the store has it
            self._left -= 1
            if self._left == 0 and not self._after:
                os.kill(os.getpid(), signal.SIGKILL)
            result = await found(*given, **named)
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return counted


def tell(event: TurnEvent) -> None:
    if isinstance(event, Heard):
        os.write(1, b"heard\n")
    elif isinstance(event, Answered):
        os.write(1, b"answered\n")


async def main(folder: str, text: str, left: str, after: str) -> None:
    async with open_home(folder, bytes(range(32))) as home:
        mortal = Mortal(home.store, int(left), after=after == "after")
        for part in (home.memory, home.recollection.conversations):
            part._store = mortal  # noqa: SLF001 - the parts of a running home, on another store
        await home.speech.answering.answer(text, user_id="me", on_event=tell)
        os.write(1, b"whole\n")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:5]))
