"""Typing where there is no X server: Wayland by wtype, Windows and macOS by pynput, else by the clipboard."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
from typing import TYPE_CHECKING, Final

from sottovoce.adapters.own_thread import OwnThread
from sottovoce.domain.errors import TypingCopied, TypingFailed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

DEADLINE_S: Final = 30.0
_FIRST_MS, _BETWEEN_MS = "100", "12"
"""Milliseconds before the first key and between keys: without them wtype lost the first letter."""


class WtypeTyping:
    """Asks the program wtype, which a compositor may let type."""

    def __init__(self, *, deadline_s: float = DEADLINE_S) -> None:
        """Start nothing yet; what takes longer hangs."""
        self._deadline_s = deadline_s

    async def type(self, text: str, *, erase: int = 0) -> None:
        """See `Typing`.

        Raises:
            TypingFailed: The compositor does not let it, or it hung.
        """
        keys = [part for _ in range(erase) for part in ("-k", "BackSpace")]
        written = ["--", text] if text else []
        try:
            process = await asyncio.create_subprocess_exec(
                *("wtype", "-s", _FIRST_MS, "-d", _BETWEEN_MS, *keys, *written),
                stderr=asyncio.subprocess.DEVNULL,
            )
        except OSError as error:
            raise TypingFailed from error
        try:
            async with asyncio.timeout(self._deadline_s):
                failed = await process.wait()
        except BaseException as error:
            with contextlib.suppress(ProcessLookupError):  # it is over already
                process.kill()
            await process.wait()
            if isinstance(error, TimeoutError):
                raise TypingFailed from error
            raise
        if failed:
            raise TypingFailed

    async def close(self) -> None:
        """Nothing is held."""


class PynputTyping:
    """Types by the system's own input, on a thread of its own."""

    def __init__(self) -> None:
        """Load nothing yet."""
        self._thread = OwnThread("typing")

    async def type(self, text: str, *, erase: int = 0) -> None:
        """See `Typing`.

        Raises:
            TypingFailed: The system does not let it.
        """
        try:
            await self._thread.run(lambda: _by_pynput(text, erase), deadline_s=DEADLINE_S)
        except Exception as error:
            log.exception("typing")
            raise TypingFailed from error

    async def close(self) -> None:
        """End the thread. Idempotent."""
        await self._thread.close()


def _by_pynput(text: str, erase: int) -> None:
    keys = importlib.import_module("pynput.keyboard")  # on the thread that uses it; untyped
    keyboard = keys.Controller()
    for _ in range(erase):
        keyboard.tap(keys.Key.backspace)
    keyboard.type(text)


class CopiedInstead:
    """Stands where no program may type: what is said lies in the clipboard, and that is told.

    What was there before is not put back: nobody knows when the user has pasted.
    """

    def __init__(self, copy: Callable[[str], Awaitable[None]]) -> None:
        """Have `copy` fill the clipboard."""
        self._copy = copy

    async def type(self, text: str, *, erase: int = 0) -> None:  # noqa: ARG002 - the port's form
        """See `Typing`.

        Raises:
            TypingCopied: Always.
        """
        await self._copy(text)
        raise TypingCopied

    async def close(self) -> None:
        """Nothing is held."""
