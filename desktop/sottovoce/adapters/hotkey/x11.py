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
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from Xlib import X, error

from sottovoce.adapters.hotkey import names
from sottovoce.adapters.hotkey.holders import who_holds
from sottovoce.adapters.hotkey.x11_edges import HeldKey, moment_of
from sottovoce.adapters.hotkey.x11_keyboard import GrabbedKeyboard, Grip
from sottovoce.domain.errors import Bug, HotkeyTaken, HotkeyTrouble, HotkeyUnknown, HotkeyUnsupported, SottovoceError
from sottovoce.domain.hotkeys import Edge
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from Xlib.protocol.rq import Event

HELD_LOOK_S = 0.25
"""How often a held key is looked at: a release may never come (a screen lock, an unplugged keyboard)."""

MODIFIER_LOOK_S = 0.015
"""The same for a modifier, whose release goes to whoever has the focus; only while it is held."""

LAYOUT_S = 0.5
"""How long a key may be missing while the layout is changed (which happens in steps) before that is reported."""

ANSWER_S = 5.0
"""Longest wait for the X server to grant a key or to let us go."""

log = logging.getLogger(__name__)

_GONE = said("error-hotkey-server-silent")


def _nothing() -> None:
    """A callback that does nothing."""


@dataclass(slots=True)
class _Wish:
    """A key that is asked for, and later held; lives on the thread."""

    name: names.KeyName
    on_edge: dict[Edge, Callable[[], None]]
    on_other: Callable[[], None]
    granted: asyncio.Future[None]
    grip: Grip | None = None
    key: HeldKey = field(default_factory=HeldKey)


@dataclass(slots=True)
class _Second:
    """The key beside it, reported when it goes down; None as name gives the one before back."""

    name: names.KeyName | None
    on_press: Callable[[], None]
    grip: Grip | None = None


class X11Hotkey:
    """The key to talk under X11. See `sottovoce.talk.ports.Hotkey`."""

    reports_release = True
    given = None

    def __init__(self, display_name: str, on_lost: Callable[[SottovoceError | None], None] | None = None) -> None:
        """Remember where to grab; the thread starts with the first `grab`.

        Args:
            display_name: The X server, like ":0".
            on_lost: Called on the event loop, once, if a granted key is lost; with None if it is there again.
        """
        self._display_name = display_name
        self._on_lost = on_lost
        self._watch: _Watch | None = None
        self._second = _Second(None, _nothing)

    @property
    def edge_s(self) -> float:
        """The moment of the press or release that is being reported."""
        return self._watch.edge_s if self._watch is not None else time.monotonic()

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
            HotkeyTaken: Another program has it.
            HotkeyUnknown: No such key.
            HotkeyUnsupported: No X server answers.
        """
        name = names.parse(key)
        if self._watch is None or self._watch.ended.done():
            self._watch = _Watch(self._display_name, self._on_lost)
            self._watch.ask(self._second)
        granted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        on_edge = {Edge.PRESS: on_press, Edge.RELEASE: on_release, Edge.REPEAT: on_repeat or _nothing}
        self._watch.ask(_Wish(name, on_edge, on_other or _nothing, granted))
        try:
            async with asyncio.timeout(ANSWER_S):
                await granted
        except TimeoutError:
            raise HotkeyUnsupported(_GONE) from None

    def watch(self, key: str, on_press: Callable[[], None]) -> None:
        """Take a second key; see the port."""
        try:
            name = names.parse(key, passing=True) if key else None
        except HotkeyUnknown:
            log.warning("the second key is none that exists")
            name = None
        self._second = _Second(name, on_press)
        if self._watch is not None and not self._watch.ended.done():
            self._watch.ask(self._second)

    async def close(self) -> None:
        """Give the keys back and end the thread. Idempotent."""
        watch, self._watch = self._watch, None
        if watch is not None:
            await watch.close()


class _Watch:
    """One thread with one connection to the X server, asleep until a key or a wish comes."""

    def __init__(self, display_name: str, on_lost: Callable[[SottovoceError | None], None] | None) -> None:
        self._display_name = display_name
        self._on_lost = on_lost
        self._loop = asyncio.get_running_loop()
        self.ended: asyncio.Future[None] = self._loop.create_future()
        self.edge_s = time.monotonic()
        self._wishes: queue.SimpleQueue[_Wish | _Second | None] = queue.SimpleQueue()
        self._open: set[asyncio.Future[None]] = set()
        self._held: _Wish | None = None
        self._second = _Second(None, _nothing)
        self._missing: tuple[float, HotkeyTrouble] | None = None
        self._loss_reported = False
        self._wake_read, self._wake_write = os.pipe()
        # A daemon, so that a hung X server can't keep the program from ending.
        self._thread = threading.Thread(target=self._run, name="hotkey", daemon=True)
        self._thread.start()

    # On the event loop

    def ask(self, wish: _Wish | _Second | None) -> None:
        """Hand a wish to the thread; None ends it."""
        if isinstance(wish, _Wish):
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

    def _deliver(self, callback: Callable[[], None], at_s: float) -> None:
        self.edge_s = at_s
        callback()

    # On the thread

    def _call_on_loop(self, callback: Callable[..., None], *args: object) -> None:
        with suppress(RuntimeError):  # the loop was closed before us
            self._loop.call_soon_threadsafe(callback, *args)

    def _run(self) -> None:
        failure: SottovoceError = HotkeyUnsupported(_GONE)
        try:
            keyboard = GrabbedKeyboard(self._display_name)
        except (error.DisplayError, error.XError, OSError):
            self._call_on_loop(self._finish, failure)
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
            self._call_on_loop(self._finish, failure)

    def _serve(self, keyboard: GrabbedKeyboard) -> None:
        """Handle wishes and key events until asked to end."""
        while True:
            mapped = False
            for event in keyboard.events():
                mapped = mapped or event.type == X.MappingNotify
                self._happened(keyboard, event)
            if mapped:
                self._follow_layout(keyboard)
            self._look(keyboard)
            if keyboard.waiting():
                continue
            ready, _, _ = select.select([keyboard.fileno(), self._wake_read], [], [], self._pause_s())
            if self._wake_read in ready:
                os.read(self._wake_read, 1)  # one byte is one wish
                wish = self._wishes.get()
                if wish is None:
                    self._let_go()
                    return
                if isinstance(wish, _Wish):
                    self._grant(keyboard, wish)
                else:
                    self._put_beside(keyboard, wish)

    def _pause_s(self) -> float | None:
        """How long to sleep if nothing comes; without end while no key is held or missed."""
        pauses = []
        if self._held is not None and self._held.key.down:
            pauses.append(MODIFIER_LOOK_S if self._held.name.is_modifier else HELD_LOOK_S)
        if self._missing is not None:
            pauses.append(max(0.0, self._missing[0] - time.monotonic()))
        return min(pauses, default=None)

    def _grant(self, keyboard: GrabbedKeyboard, wish: _Wish) -> None:
        """Take the new key first and only then give the old one back: a refusal changes nothing."""
        try:
            grip = keyboard.find(wish.name)
            old = self._held.grip if self._held is not None else None
            if grip != old:
                keyboard.take(grip, old)
                if old is not None:
                    keyboard.give_back(old, but=grip)
        except HotkeyTaken:
            self._call_on_loop(_refuse, wish.granted, _taken(wish.name))
            return
        except HotkeyTrouble as trouble:
            self._call_on_loop(_refuse, wish.granted, trouble)
            return
        if self._held is not None and grip == old and wish.on_edge == self._held.on_edge:
            wish.key = self._held.key  # it is the same key, whose press goes on
        else:
            self._let_go()
        wish.grip, self._held = grip, wish
        self._missing, self._loss_reported = None, False
        self._call_on_loop(_grant, wish.granted)

    def _put_beside(self, keyboard: GrabbedKeyboard, second: _Second) -> None:
        """Take the second key, if it can be had; the one before is free again."""
        if self._second.grip is not None:
            keyboard.give_back(self._second.grip, but=self._held.grip if self._held is not None else None)
        self._second = second
        second.grip = None
        if second.name is None:
            return
        try:
            grip = keyboard.find(second.name)
            keyboard.take(grip, self._held.grip if self._held is not None else None)
            second.grip = grip
        except HotkeyTrouble as trouble:
            log.info("the second key can't be had: %s", trouble.code)

    def _happened(self, keyboard: GrabbedKeyboard, event: Event) -> None:
        """Handle one event of the X server."""
        if event.type not in {X.KeyPress, X.KeyRelease}:
            return
        held, pressed = self._held, event.type == X.KeyPress
        if held is not None and (event.detail == held.key.down or _has(held.grip, event.detail)):
            if not pressed:
                held.key.released(event.detail, event.time)
                return
            first = not held.key.down
            self._report_edges(held, held.key.pressed(event.detail, event.time))
            if first and held.name.is_modifier:
                keyboard.let_through()
                held.key.beside = keyboard.down()
            return
        if pressed and held is not None and held.key.down and held.name.is_modifier:
            self._call_on_loop(
                self._deliver, held.on_other, moment_of(event.time)
            )  # it came before it could be let through
        if pressed and _has(self._second.grip, event.detail):
            self._call_on_loop(self._deliver, self._second.on_press, moment_of(event.time))

    def _look(self, keyboard: GrabbedKeyboard) -> None:
        """The release: not what the event says (auto-repeat sends those too) but that the key is up."""
        held = self._held
        if held is not None and held.key.down:
            if held.name.is_modifier:
                self._look_beside(keyboard, held)
            self._report_edges(held, held.key.look(held=keyboard.is_down(held.key.down)))
        if self._missing is not None and time.monotonic() >= self._missing[0]:
            trouble, self._missing, self._loss_reported = self._missing[1], None, True
            self._report_loss(trouble)

    def _look_beside(self, keyboard: GrabbedKeyboard, held: _Wish) -> None:
        """Another key, held beside a modifier, was meant."""
        down = keyboard.down()
        if down - held.key.beside:
            held.key.beside |= down
            self._call_on_loop(self._deliver, held.on_other, time.monotonic())

    def _report_edges(self, held: _Wish, edges: Iterable[tuple[Edge, float]]) -> None:
        for edge, at_s in edges:
            self._call_on_loop(self._deliver, held.on_edge[edge], at_s)

    def _let_go(self) -> None:
        if self._held is not None:
            self._report_edges(self._held, self._held.key.look(held=False))

    def _follow_layout(self, keyboard: GrabbedKeyboard) -> None:
        """The keys may sit elsewhere now; one that is held meanwhile is held until it comes up."""
        self._put_beside(keyboard, self._second)
        held = self._held
        if held is None:
            return
        old, grip = held.grip, None
        try:
            grip = keyboard.find(held.name)
            if grip != old:
                keyboard.take(grip, old)
            self._missing = None
        except HotkeyTrouble as trouble:
            grip = None
            if self._missing is None and not self._loss_reported:
                self._missing = (time.monotonic() + LAYOUT_S, trouble)
        if old is not None and grip != old:
            keyboard.give_back(old, but=grip)
        held.grip = grip
        if grip is not None and self._loss_reported:
            self._loss_reported = False
            self._report_loss(None)

    def _lose(self, failure: SottovoceError) -> None:
        """Report once that the granted key works no more; a hold ends."""
        self._let_go()
        if self._held is not None and not self._loss_reported:
            self._report_loss(failure)

    def _report_loss(self, failure: SottovoceError | None) -> None:
        if self._on_lost is not None:
            self._call_on_loop(self._on_lost, failure)


def _taken(name: names.KeyName) -> HotkeyTaken:
    """Who has the key, as far as that can be known."""
    holder = who_holds(name)
    if holder is None:
        return HotkeyTaken(said("error-hotkey-taken-by-somebody", key=str(name)))
    if holder.file:
        return HotkeyTaken(
            said("error-hotkey-taken-by-program", program=holder.program, key=str(name), file=holder.file)
        )
    return HotkeyTaken(said("error-hotkey-taken-by-desktop", program=holder.program, key=str(name)))


def _has(grip: Grip | None, keycode: int) -> bool:
    return grip is not None and keycode in grip.keycodes


def _grant(granted: asyncio.Future[None]) -> None:
    if not granted.done():
        granted.set_result(None)


def _refuse(granted: asyncio.Future[None], failure: SottovoceError) -> None:
    if not granted.done():
        granted.set_exception(failure)
