"""Answers the local socket from the first moment on, before there is an application."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any

import sottovoce.language  # noqa: F401 - the words of errors
from sottovoce.domain.errors import AppLocked, StillStarting
from sottovoce.domain.said import said
from sottovoce.domain.stages import Stage
from sottovoce.talk.call_order import AT_ONCE
from sottovoce.ui.tasks import Tasks

if TYPE_CHECKING:
    from sottovoce.domain.errors import SottovoceError
    from sottovoce.runtime.application import Application
    from sottovoce.ui.activation import Activation
    from sottovoce.ui.unlocking import Unlocking

log = logging.getLogger(__name__)

PATIENCE_S = 5.0
"""Seconds a question through the socket waits for an application that is starting: as long as for a command's lock."""


class Reception:
    """Answers the socket from the first moment on; before there is an application it can only be shown and quit."""

    def __init__(self, quitting: asyncio.Event, unlocking: Unlocking) -> None:
        """Nothing is open yet.

        Args:
            quitting: Set when somebody wants it to end.
            unlocking: May be asking for a secret meanwhile.
        """
        self.quitting = quitting
        self.unlocking = unlocking
        self._application: Application | None = None
        self._there = asyncio.Event()
        self._show = False
        self.wanted = asyncio.Event()
        """Set but while it is locked and nobody uses it."""
        self.wanted.set()
        self._called = Tasks(_not_done)
        self._activation: Activation | None = None

    def join_bus(self) -> None:
        """Answer under our name on the session's bus too, where there is one and nobody else has it. Idempotent."""
        if self._activation is None:
            from sottovoce.ui.activation import Activation  # noqa: PLC0415 - the icon comes first

            self._activation = Activation(self._call)
            self._activation.open()

    async def leave_bus(self) -> None:
        """Give the name back and drop what was called for. Idempotent."""
        if self._activation is not None:
            self._activation.close()
        await self._called.close()

    def _call(self, command: str, arguments: dict[str, Any]) -> None:
        self._called.start(self._do(command, arguments))

    async def _do(self, command: str, arguments: dict[str, Any]) -> None:
        await self.answer(command, arguments)

    def take_back(self) -> None:
        """The application is being closed, for nobody uses it: who asks from now on waits until it is open again."""
        self._application = None
        self._there.clear()
        self._show = False
        self.wanted.clear()

    def hand_over(self, application: Application) -> None:
        """There is a window to show, and a home to ask."""
        self._application = application
        self._there.set()
        if self._show:
            application.show()

    async def answer(self, command: str, arguments: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        """Answer one request.

        Raises:
            StillStarting: It can't be done yet.
            AppLocked: Nobody has used it for a while, and this is no use either, or one that makes no sense later.
            SottovoceError: It failed.
        """
        if command == "quit":
            self.quitting.set()
        elif not self.wanted.is_set() and self._unlock(command):
            raise AppLocked
        elif command == "show" and self._application is None:
            self._show = True
            self.unlocking.bring_up()
        elif self._application is None and self.unlocking.asking:
            raise StillStarting(said("error-still-starting-asks"))
        elif self._application is None and command in AT_ONCE:
            raise StillStarting
        else:
            return await (await self._present()).serve(command, arguments)
        return {"stage": str(self._application.stage if self._application else Stage.THINKING)}

    def _unlock(self, command: str) -> bool:
        """Open it if that is a use of it; returns whether nothing else is to come of the command."""
        from sottovoce.home.idle_lock import is_use  # noqa: PLC0415 - the icon comes first

        if not is_use(command):
            return True
        self.wanted.set()
        return command in AT_ONCE

    async def _present(self) -> Application:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                await self._there.wait()
        if self._application is None:
            raise StillStarting
        return self._application


def _not_done(error: SottovoceError) -> None:
    """Who called over the bus is told nothing of it."""
    log.info("a call over the session's bus was not done: %s", error.code)
