"""The hotkey on a real X server, pressed as the keyboard would."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

import pytest
from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import record

from sottovoce.adapters.hotkey.x11 import X11Hotkey
from sottovoce.domain.errors import HotkeyTaken, HotkeyUnknown, HotkeyUnsupported, SottovoceError
from tests.contracts.hotkey import FIRST, SECOND, Ears, HotkeyContract
from tests.desktop.deskbox import Desk, DeskOptions
from tests.desktop.fingers import Fingers
from tests.waiting import HANGS_S, wait_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from Xlib.protocol import rq

    from tests.desktop.conftest import DeskFactory

CHORD = "ctrl+alt+space"
BARE = DeskOptions(tray="none", keyring="none", notifications=False, audio=False)


@pytest.fixture
async def hotkey(desk: Desk) -> AsyncIterator[X11Hotkey]:
    made = X11Hotkey(desk.env["DISPLAY"])
    yield made
    await made.close()


class RealKeyboard:
    def __init__(self, desk: Desk, hotkey: X11Hotkey, other: X11Hotkey) -> None:
        self.hotkey = hotkey
        self._desk = desk
        self._other = other

    def down(self, key: str) -> None:
        self._desk.screen.press(key.lower().replace("f9", "F9"))

    def up(self, key: str) -> None:
        self._desk.screen.release(key.lower().replace("f9", "F9"))

    async def take_elsewhere(self, key: str) -> None:
        await self._other.grab(key, lambda: None, lambda: None)


def _scroll_lock_on(display: Display, modifier: int) -> None:
    """Have ScrollLock switch a modifier, as many people's xmodmap does."""
    mapping = [list(codes) for codes in display.get_modifier_mapping()]
    code = display.keysym_to_keycode(XK.XK_Scroll_Lock)
    mapping[modifier] = [code] + [0] * (len(mapping[modifier]) - 1)
    assert display.set_modifier_mapping(mapping) == 0
    display.sync()


async def test_a_lit_lamp_and_another_mapping_of_the_modifiers_do_not_matter(desk: Desk, hotkey: X11Hotkey) -> None:
    ears, display = Ears(), Display(desk.env["DISPLAY"])
    before = [list(codes) for codes in display.get_modifier_mapping()]
    try:
        _scroll_lock_on(display, X.Mod3MapIndex)
        await hotkey.grab(FIRST, ears.press, ears.release)
        desk.screen.press("Scroll_Lock")
        desk.run("xdotool", "key", CHORD)
        assert [await ears.next(), await ears.next()] == ["press", "release"]
        desk.screen.release("Scroll_Lock")
        display.set_modifier_mapping(before)  # while the key is ours
        display.sync()
        _scroll_lock_on(display, X.Mod3MapIndex)
        await hotkey.grab(FIRST, ears.press, ears.release)  # behind the new mapping in the thread's order
        desk.run("xdotool", "key", CHORD)
        assert [await ears.next(), await ears.next()] == ["press", "release"]
    finally:
        if display.screen().root.query_pointer().mask & X.Mod3Mask:  # else it stays lit for the tests that follow
            _scroll_lock_on(display, X.Mod3MapIndex)
            desk.screen.tap("Scroll_Lock")
        display.set_modifier_mapping(before)
        display.close()


class TestX11Hotkey(HotkeyContract):
    @pytest.fixture
    async def keyboard(self, desk: Desk, hotkey: X11Hotkey) -> AsyncIterator[RealKeyboard]:
        other = X11Hotkey(desk.env["DISPLAY"])
        yield RealKeyboard(desk, hotkey, other)
        await other.close()


class Repeats:
    """Counts what the keyboard sends while a key is held, before any grab takes it away (X's RECORD extension)."""

    def __init__(self, display_name: str) -> None:
        self.presses = 0
        self._control = Display(display_name)
        self._data = Display(display_name)
        every = {
            "core_requests": (0, 0), "core_replies": (0, 0), "ext_requests": (0, 0, 0, 0), "ext_replies": (0, 0, 0, 0),
            "delivered_events": (0, 0), "device_events": (X.KeyPress, X.KeyPress), "errors": (0, 0),
            "client_started": False, "client_died": False,
        }  # fmt: skip
        self._context = self._data.record_create_context(0, [record.AllClients], [every])
        self._data.sync()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._data.record_enable_context, args=(self._context, self._count))
        self._thread.start()
        self._started.wait(HANGS_S)

    def _count(self, reply: rq.DictWrapper) -> None:
        self._started.set()  # the first reply says that recording began
        if reply.category == record.FromServer:
            self.presses += len(reply.data) // 32

    def close(self) -> None:
        """End the recording and its thread."""
        self._control.record_disable_context(self._context)
        self._control.sync()
        self._thread.join()
        self._data.close()
        self._control.close()


@pytest.fixture
def repeats(desk: Desk) -> Iterator[Repeats]:
    with contextlib.closing(Repeats(desk.env["DISPLAY"])) as counting:
        yield counting


async def test_a_long_hold_is_one_press_and_one_release(desk: Desk, hotkey: X11Hotkey, repeats: Repeats) -> None:
    ears = Ears()
    await hotkey.grab(FIRST, ears.press, ears.release)
    with (
        contextlib.closing(Fingers(desk.env["DISPLAY"])) as fingers,
        fingers.repeating(delay_ms=200, interval_ms=40),
        desk.screen.holding(CHORD),
    ):
        wait_for(lambda: repeats.presses >= 5, what="the keyboard repeats the held key")
        assert await ears.next() == "press"
        assert ears.nothing_more()
    assert await ears.next() == "release"
    assert ears.nothing_more()


async def test_the_release_counts_even_if_the_modifiers_went_first(desk: Desk, hotkey: X11Hotkey) -> None:
    ears = Ears()
    await hotkey.grab(FIRST, ears.press, ears.release)
    desk.screen.press(CHORD)
    assert await ears.next() == "press"
    desk.screen.release("ctrl")
    desk.screen.release("alt")
    assert ears.nothing_more()
    desk.screen.release("space")
    assert await ears.next() == "release"


@pytest.mark.parametrize("lock", ["Num_Lock", "Caps_Lock"])
async def test_a_lit_lamp_does_not_matter(desk: Desk, hotkey: X11Hotkey, lock: str) -> None:
    ears = Ears()
    await hotkey.grab(FIRST, ears.press, ears.release)
    desk.screen.tap(lock)
    try:
        desk.screen.tap(CHORD)
        assert [await ears.next(), await ears.next()] == ["press", "release"]
    finally:
        desk.screen.tap(lock)


async def test_a_taken_key_is_told_and_can_be_had_once_it_is_free(desk: Desk, hotkey: X11Hotkey) -> None:
    ears = Ears()
    other = X11Hotkey(desk.env["DISPLAY"])
    await other.grab(FIRST, lambda: None, lambda: None)
    with pytest.raises(HotkeyTaken):
        await hotkey.grab(FIRST, ears.press, ears.release)
    await other.close()
    await hotkey.grab(FIRST, ears.press, ears.release)
    desk.screen.tap(CHORD)
    assert await ears.next() == "press"


async def test_the_key_given_up_is_free_for_others(desk: Desk, hotkey: X11Hotkey) -> None:
    await hotkey.grab(FIRST, lambda: None, lambda: None)
    await hotkey.grab(SECOND, lambda: None, lambda: None)
    other = X11Hotkey(desk.env["DISPLAY"])
    await other.grab(FIRST, lambda: None, lambda: None)
    await other.close()


async def test_a_key_this_keyboard_lacks_is_told(hotkey: X11Hotkey) -> None:
    with pytest.raises(HotkeyUnknown):
        await hotkey.grab("XF86NoSuchKey", lambda: None, lambda: None)
    with pytest.raises(HotkeyUnknown):
        await hotkey.grab("Ctrl+F35", lambda: None, lambda: None)


async def test_the_key_is_followed_to_where_a_new_layout_puts_it(desk: Desk, hotkey: X11Hotkey) -> None:
    ears = Ears()
    desk.run("setxkbmap", "us")
    await hotkey.grab("Ctrl+Alt+Z", ears.press, ears.release)
    desk.run("setxkbmap", "de")  # Y and Z change places
    try:
        probe = X11Hotkey(desk.env["DISPLAY"])
        await _taken(probe, "Ctrl+Alt+Z")
        await probe.close()
        desk.screen.tap("ctrl+alt+z")
        assert [await ears.next(), await ears.next()] == ["press", "release"]
    finally:
        desk.run("setxkbmap", "us")


async def _taken(probe: X11Hotkey, key: str) -> None:
    """Ask until the key is refused: only then has its holder followed the new layout."""
    for _ in range(100):
        try:
            await probe.grab(key, lambda: None, lambda: None)
        except HotkeyTaken:
            return
        await probe.close()
    pytest.fail(f"nobody holds {key}")


async def test_closing_while_it_is_held_ends_the_hold(desk: Desk, hotkey: X11Hotkey) -> None:
    ears = Ears()
    await hotkey.grab(FIRST, ears.press, ears.release)
    with desk.screen.holding(CHORD):
        assert await ears.next() == "press"
        await hotkey.close()
        assert await ears.next() == "release"


async def test_another_key_while_it_is_held_ends_the_hold(desk: Desk, hotkey: X11Hotkey) -> None:
    ears = Ears()
    await hotkey.grab(FIRST, ears.press, ears.release)
    with desk.screen.holding(CHORD):
        assert await ears.next() == "press"
        await hotkey.grab(SECOND, lambda: None, lambda: None)
        assert await ears.next() == "release"


async def test_a_lost_x_server_is_told_once_and_ends_the_hold(make_desk: DeskFactory) -> None:
    desk = make_desk(BARE)
    ears = Ears()
    lost: list[SottovoceError | None] = []
    hotkey = X11Hotkey(desk.env["DISPLAY"], lost.append)
    await hotkey.grab(FIRST, ears.press, ears.release)
    desk.screen.press(CHORD)
    assert await ears.next() == "press"
    desk.kill("Xvfb")
    assert await ears.next() == "release"
    with pytest.raises(HotkeyUnsupported):
        await hotkey.grab(FIRST, ears.press, ears.release)
    assert [error and error.code for error in lost] == ["hotkey-unsupported"]
    await hotkey.close()
