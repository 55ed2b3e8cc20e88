"""The key to talk of a Wayland desktop that has a portal for keys, through a process of its own (`portal_worker`)."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.hotkey.names import parse
from sottovoce.adapters.hotkey.portal import CANCEL, TALK
from sottovoce.adapters.hotkey.unsupported import NoHotkey
from sottovoce.adapters.python_process import python_command
from sottovoce.domain.hotkeys import Edge, GivenKeys
from sottovoce.language import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sottovoce.domain.errors import SottovoceError

log = logging.getLogger(__name__)

ANSWER_S = 10.0
"""Longest wait for the process: it starts, and the portal has its own limits."""

FAREWELL_S = 1.0
"""Longest wait for its end, which comes with that of its input."""


@dataclass(frozen=True, slots=True)
class _WantedKey:
    """A key, and whom to call."""

    key: str
    on_press: Callable[[], None]
    on_release: Callable[[], None]
    on_repeat: Callable[[], None] | None


class PortalHotkey:
    """See `talk.ports.Hotkey`. Where there is no such portal, it refuses in the words of the desktop."""

    def __init__(
        self,
        session: Mapping[str, str],
        on_lost: Callable[[SottovoceError | None], None] | None = None,
        on_given: Callable[[], None] | None = None,
    ) -> None:
        """Start nothing yet.

        Args:
            session: The environment that says which desktop this is.
            on_lost: Called on the event loop if the desktop takes the key away; with None if it is there again.
            on_given: Called on the event loop when `given` has changed.
        """
        self._refusing = NoHotkey(session)
        self._on_lost = on_lost or (lambda _: None)
        self._on_given = on_given or (lambda: None)
        self._given: dict[str, str] = {}
        self._on_cancel: Callable[[], None] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._unread = b""
        self._answer: asyncio.Future[dict[str, Any]] | None = None
        self._wish: _WantedKey | None = None
        self._held: _WantedKey | None = None
        self._down = False
        self.edge_s = time.monotonic()

    @property
    def reports_release(self) -> bool:
        """Whether the portal has given a key: it tells both ends of a press."""
        return self._held is not None

    @property
    def given(self) -> GivenKeys | None:
        """What the desktop, or its user, has made of the keys; None while it gives none."""
        if self._held is None:
            return None
        return GivenKeys(talk=self._given.get(TALK, ""), cancel=self._given.get(CANCEL, ""))

    async def grab(
        self,
        key: str,
        on_press: Callable[[], None],
        on_release: Callable[[], None],
        on_repeat: Callable[[], None] | None = None,
        on_other: Callable[[], None] | None = None,
    ) -> None:
        """Take a key in place of the one held before, which stays held if this one can't be had.

        Raises:
            HotkeyUnknown: It is no key.
            HotkeyUnsupported: There is no such portal, or the desktop has refused.
        """
        del on_other  # a modifier alone can't be asked for
        parse(key)
        self._wish = _WantedKey(key, on_press, on_release, on_repeat)
        answer = await self._asked(key)
        if not answer.get("had"):
            log.info("no key by the portal: %s", answer.get("why", "no answer"))
            if self._held is None:
                await self.close()
            await self._refusing.grab(key, on_press, on_release)

    def watch(self, key: str, on_press: Callable[[], None]) -> None:
        """Listen to the desktop's own key for it: one that comes and goes would be asked about each time."""
        self._on_cancel = on_press if key else None

    async def close(self) -> None:
        """Give the key back and end the process. Idempotent."""
        process, self._process = self._process, None
        self._held, self._down, self._unread, self._given = None, False, b"", {}
        if process is None:
            return
        assert process.stdin is not None  # noqa: S101 - as it was started
        assert process.stdout is not None  # noqa: S101 - as above
        asyncio.get_running_loop().remove_reader(process.stdout.fileno())
        with contextlib.suppress(OSError):
            process.stdin.close()
        began = time.monotonic()
        while process.poll() is None:
            if time.monotonic() - began > FAREWELL_S:
                process.kill()
            await asyncio.sleep(0.01)
        process.stdout.close()

    # The process

    async def _asked(self, key: str) -> dict[str, Any]:
        """Its answer; nothing if there is none."""
        loop = asyncio.get_running_loop()
        if self._process is None or self._process.poll() is not None:
            self._let_go()  # its end may not have been seen yet
            await self.close()
            self._start(loop)
        process = self._process
        assert process is not None  # noqa: S101 - it was started
        assert process.stdin is not None  # noqa: S101 - as above
        self._answer = loop.create_future()
        try:
            called = {TALK: words("hotkey-talk"), CANCEL: words("hotkey-cancel")}
            process.stdin.write(json.dumps({"key": key, "called": called}).encode() + b"\n")
            return await asyncio.wait_for(self._answer, ANSWER_S)
        except (OSError, TimeoutError):
            return {}
        finally:
            self._answer = None

    def _start(self, loop: asyncio.AbstractEventLoop) -> None:
        process = subprocess.Popen(
            python_command("portal_worker"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            bufsize=0,
        )
        assert process.stdout is not None  # noqa: S101 - as above
        os.set_blocking(process.stdout.fileno(), False)
        loop.add_reader(process.stdout.fileno(), self._read, process)
        self._process = process

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None  # noqa: S101 - as above
        block = process.stdout.read(65536)
        if block is None:
            return
        if not block:
            self._ended(process)
            return
        *lines, self._unread = (self._unread + block).split(b"\n")
        for line in lines:
            self._heard(json.loads(line))

    def _heard(self, told: dict[str, Any]) -> None:
        if "had" in told:
            if self._answer is not None and not self._answer.done():
                self._answer.set_result(told)
                if told["had"]:  # at once: its first edge may be the next line
                    self._let_go()
                    self._held = self._wish
        elif "given" in told:
            self._given = told["given"]  # of what is held now, or in a moment
            self._on_given()
        elif "lost" in told and self._held is not None:
            self._on_lost(self._refusing.refusal(self._held.key) if told["lost"] else None)
        elif "edge" in told and self._held is not None:
            self.edge_s = told["at_s"]
            self._edge(Edge(told["edge"]), self._held)
        elif "cancel" in told and self._on_cancel is not None:
            self._on_cancel()

    def _edge(self, edge: Edge, held: _WantedKey) -> None:
        match edge:
            case Edge.PRESS:
                self._down = True
                held.on_press()
            case Edge.RELEASE:
                self._let_go()
            case Edge.REPEAT if held.on_repeat is not None:
                held.on_repeat()

    def _let_go(self) -> None:
        if self._down and self._held is not None:
            self._down = False
            self._held.on_release()

    def _ended(self, process: subprocess.Popen[bytes]) -> None:
        """It should not have; the next `grab` starts another."""
        assert process.stdout is not None  # noqa: S101 - as above
        asyncio.get_running_loop().remove_reader(process.stdout.fileno())
        if self._answer is not None and not self._answer.done():
            self._answer.set_result({})
        if self._held is not None:
            self.edge_s = time.monotonic()
            self._let_go()
            held, self._held = self._held, None
            self._on_lost(self._refusing.refusal(held.key))
