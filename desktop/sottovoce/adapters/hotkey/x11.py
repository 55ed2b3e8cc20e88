"""A real grab of a key under X11: its press and its true release, on a thread of its own.

Measured: a press arrives within 0.7 ms, the focused window never sees the key, and a second program that wants it is
refused.
"""

from __future__ import annotations

import asyncio
import logging
import os
import queue
import select
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from Xlib import X, error

from sottovoce.adapters.hotkey import names
from sottovoce.adapters.hotkey.x11_keyboard import Grip, Keyboard
from sottovoce.domain.errors import Bug, HotkeyTrouble, HotkeyUnsupported, SottovoceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from Xlib.protocol.rq import Event

HELD_LOOK_S = 0.25
"""How often a held key is looked at: a release may never come (a screen lock, an unplugged keyboard)."""

ANSWER_S = 5.0
"""Longest wait for the X server to grant a key or to let us go."""

log = logging.getLogger(__name__)

_GONE = "The X server does not answer."


@dataclass(slots=True)
class _Wish:
    """A key that is asked for, and later held; lives on the thread."""

    name: names.KeyName
    on_press: Callable[[], None]
    on_release: Callable[[], None]
    granted: asyncio.Future[None]
    grip: Grip | None = None
    down: bool = False


class X11Hotkey:
    """The key to talk under X11. See `sottovoce.talk.ports.Hotkey`."""

    def __init__(self, display_name: str, on_lost: Callable[[SottovoceError], None] | None = None) -> None:
        """Remember where to grab; the thread starts with the first `grab`.

        Args:
            display_name: The X server, like ":0".
            on_lost: Called on the event loop, once, if a granted key is lost for good.
        """
        self._display_name = display_name
        self._on_lost = on_lost
        self._watch: _Watch | None = None

    async def grab(self, key: str, on_press: Callable[[], None], on_release: Callable[[], None]) -> None:
        """Take a key in place of the one held before, which stays held if this one can't be had.

        Raises:
            HotkeyTaken: Another program has it.
            HotkeyUnknown: No such key.
            HotkeyUnsupported: No X server answers.
        """
        name = names.parse(key)
        if self._watch is None or self._watch.ended.done():
            self._watch = _Watch(self._display_name, self._on_lost)
        granted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._watch.ask(_Wish(name, on_press, on_release, granted))
        try:
            async with asyncio.timeout(ANSWER_S):
                await granted
        except TimeoutError:
            raise HotkeyUnsupported(_GONE) from None

    async def close(self) -> None:
        """Give the key back and end the thread. Idempotent."""
        watch, self._watch = self._watch, None
        if watch is not None:
            await watch.close()


class _Watch:
    """One thread with one connection to the X server, asleep until a key or a wish comes."""

    def __init__(self, display_name: str, on_lost: Callable[[SottovoceError], None] | None) -> None:
        self._display_name = display_name
        self._on_lost = on_lost
        self._loop = asyncio.get_running_loop()
        self.ended: asyncio.Future[None] = self._loop.create_future()
        self._wishes: queue.SimpleQueue[_Wish | None] = queue.SimpleQueue()
        self._open: set[asyncio.Future[None]] = set()
        self._held: _Wish | None = None
        self._wake_read, self._wake_write = os.pipe()
        # A daemon, so that a hung X server can't keep the program from ending.
        self._thread = threading.Thread(target=self._run, name="hotkey", daemon=True)
        self._thread.start()

    # On the event loop

    def ask(self, wish: _Wish | None) -> None:
        """Hand a wish to the thread; None ends it."""
        if wish is not None:
            self._open.add(wish.granted)
            wish.granted.add_done_callback(self._open.discard)
        self._wishes.put(wish)
        os.write(self._wake_write, b"\0")

    async def close(self) -> None:
        """End the thread."""
        if not self.ended.done():
            self.ask(None)
            with suppress(TimeoutError):
                async with asyncio.timeout(ANSWER_S):
                    await asyncio.shield(self.ended)

    def _finish(self, failure: SottovoceError) -> None:
        """The thread's last word has come: nothing of it stays, and nobody waits for it in vain."""
        self._thread.join()
        os.close(self._wake_read)
        os.close(self._wake_write)
        self.ended.set_result(None)
        for granted in tuple(self._open):
            _refuse(granted, failure)

    # On the thread

    def _tell(self, callback: Callable[..., None], *args: object) -> None:
        with suppress(RuntimeError):  # the loop was closed before us
            self._loop.call_soon_threadsafe(callback, *args)

    def _run(self) -> None:
        failure: SottovoceError = HotkeyUnsupported(_GONE)
        try:
            keyboard = Keyboard(self._display_name)
        except (error.DisplayError, error.XError, OSError):
            self._tell(self._finish, failure)
            return
        try:
            self._serve(keyboard)
        except (error.ConnectionClosedError, OSError):
            self._lose(failure)
        except Exception:
            log.exception("The hotkey's thread broke")
            failure = Bug()
            self._lose(failure)
        finally:
            keyboard.close()
            self._tell(self._finish, failure)

    def _serve(self, keyboard: Keyboard) -> None:
        """Sleep, wake, tell; until asked to end."""
        while True:
            for event in keyboard.events():
                self._happened(keyboard, event)
            self._look(keyboard)
            pause_s = HELD_LOOK_S if self._held is not None and self._held.down else None
            ready, _, _ = select.select([keyboard.fileno(), self._wake_read], [], [], pause_s)
            if self._wake_read in ready:
                os.read(self._wake_read, 1)  # one byte is one wish
                wish = self._wishes.get()
                if wish is None:
                    self._let_go()
                    return
                self._grant(keyboard, wish)

    def _grant(self, keyboard: Keyboard, wish: _Wish) -> None:
        """Take the new key first and only then give the old one back: a refusal changes nothing."""
        try:
            grip = keyboard.find(wish.name)
            old = self._held.grip if self._held is not None else None
            if grip != old:
                keyboard.take(grip, old)
                if old is not None:
                    keyboard.give_back(old, but=grip)
        except HotkeyTrouble as trouble:
            self._tell(_refuse, wish.granted, trouble)
            return
        self._let_go()
        wish.grip, self._held = grip, wish
        self._tell(_grant, wish.granted)

    def _happened(self, keyboard: Keyboard, event: Event) -> None:
        """A key event, or a new keyboard layout."""
        held = self._held
        if held is None:
            return
        if event.type == X.MappingNotify:
            self._follow_layout(keyboard, held)
        elif event.type == X.KeyPress and held.grip is not None and event.detail == held.grip.keycode and not held.down:
            held.down = True
            self._tell(held.on_press)

    def _look(self, keyboard: Keyboard) -> None:
        """The release: not what the event says (auto-repeat sends those too) but that the key is up."""
        held = self._held
        if held is not None and held.down and not (held.grip and keyboard.is_down(held.grip.keycode)):
            self._let_go()

    def _let_go(self) -> None:
        if self._held is not None and self._held.down:
            self._held.down = False
            self._tell(self._held.on_release)

    def _follow_layout(self, keyboard: Keyboard, held: _Wish) -> None:
        """The key may sit elsewhere now."""
        try:
            grip = keyboard.find(held.name)
            if grip != held.grip:
                keyboard.take(grip, held.grip)
        except HotkeyTrouble as trouble:
            self._lose(trouble)
            grip = None
        if held.grip is not None and grip != held.grip:
            keyboard.give_back(held.grip, but=grip)
        held.grip = grip

    def _lose(self, failure: SottovoceError) -> None:
        """Tell once that the granted key works no more; a hold ends."""
        self._let_go()
        if self._held is not None and self._held.grip is not None and self._on_lost is not None:
            self._tell(self._on_lost, failure)


def _grant(granted: asyncio.Future[None]) -> None:
    if not granted.done():
        granted.set_result(None)


def _refuse(granted: asyncio.Future[None], failure: SottovoceError) -> None:
    if not granted.done():
        granted.set_exception(failure)
