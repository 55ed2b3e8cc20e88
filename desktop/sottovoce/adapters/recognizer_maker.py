"""What understands sentences, made beside the loop: 0.1 s for a language, and as much again for what is not heard."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from sottovoce.adapters.own_thread import OwnThread

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.agent.intents import IntentRecognizer


class RecognizerMaker:
    """Makes the recogniser of a language on a thread of its own, before a sentence needs it."""

    def __init__(self, recognizer: Callable[[str], IntentRecognizer]) -> None:
        """`recognizer` gives that of a language by its tag, the same each time."""
        self._recognizer = recognizer
        self._made: set[str] = set()
        self._completed: set[str] = set()
        self._completing = False
        self._thread = OwnThread("templates")

    async def make(self, tag: str) -> None:
        """Have it made; once `complete` was asked for, it is completed as well by and by.

        Raises:
            RuntimeError: This has been closed.
        """
        if tag not in self._made:
            await self._thread.run(functools.partial(self._recognizer, tag))
            self._made.add(tag)
        if self._completing and tag not in self._completed:
            self._completed.add(tag)
            self._thread.submit(self._recognizer(tag).complete)

    async def complete(self, tag: str) -> None:
        """Have it made, and go on with what else takes long when it is first needed: for who is there for long.

        Raises:
            RuntimeError: This has been closed.
        """
        self._completing = True
        await self.make(tag)

    async def close(self) -> None:
        """End the thread. Idempotent."""
        await self._thread.close()
