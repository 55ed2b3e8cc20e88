"""Both ends of a press on a real X server: taps, holds, other layouts and modifiers, a second key beside it."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import pytest
from Xlib import X

from sottovoce.adapters.hotkey.x11 import X11Hotkey
from sottovoce.domain.errors import HotkeyTaken, HotkeyUnknown, SottovoceError
from tests.contracts.hotkey import FIRST, Ears
from tests.desktop.fingers import ALT, CAPS_LOCK, CTRL, ESCAPE, RIGHT_ALT, RIGHT_CTRL, SPACE, SUPER, A, C, Fingers, Y, Z
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.desktop.deskbox import Desk

CHORD = (CTRL, ALT, SPACE)


class Told(Ears):
    """Keeps repetitions and other keys, too."""

    def repeat(self) -> None:
        self._told.put_nowait("repeat")

    def other(self) -> None:
        self._told.put_nowait("other")

    def second(self) -> None:
        self._told.put_nowait("second")

    async def settled(self) -> str:
        """What is told next that is no repetition."""
        while (told := await self.next()) == "repeat":
            pass
        return told


@pytest.fixture
def fingers(desk: Desk) -> Iterator[Fingers]:
    with contextlib.closing(Fingers(desk.env["DISPLAY"])) as made:
        yield made


@pytest.fixture(autouse=True)
def _usual_layout(desk: Desk) -> Iterator[None]:
    yield
    desk.run("setxkbmap", "-layout", "us", "-option", "")


Lost = asyncio.Queue[SottovoceError | None]


@pytest.fixture
def lost() -> Lost:
    return asyncio.Queue()


@pytest.fixture
async def hotkey(desk: Desk, lost: Lost) -> AsyncIterator[X11Hotkey]:
    made = X11Hotkey(desk.env["DISPLAY"], lost.put_nowait)
    yield made
    await made.close()


async def held(hotkey: X11Hotkey, key: str) -> Told:
    told = Told()
    await hotkey.grab(key, told.press, told.release, told.repeat, told.other)
    return told


async def layout(desk: Desk, hotkey: X11Hotkey, told: Told, key: str, *arguments: str) -> None:
    """Change the layout; the key is grabbed again behind that in the thread's order."""
    desk.run("setxkbmap", *arguments)
    await hotkey.grab(key, told.press, told.release, told.repeat, told.other)


async def test_forty_taps_are_forty_presses_and_releases(hotkey: X11Hotkey, fingers: Fingers) -> None:
    told = await held(hotkey, FIRST)
    fingers.down(CTRL, ALT)
    moments = []
    for number in range(40):
        fingers.tap(SPACE, held_ms=20 + number * 7 % 131, after_ms=5 + number * 5 % 31)
        assert await told.next() == "press"
        began = hotkey.edge_s
        assert await told.next() == "release"
        moments.append((20 + number * 7 % 131, (hotkey.edge_s - began) * 1000))
    assert told.nothing_more()
    assert all(abs(asked - seen) < asked + 200 for asked, seen in moments), moments  # they are moments of the server


async def test_fast_taps_that_nobody_had_time_for_are_all_told(hotkey: X11Hotkey, fingers: Fingers) -> None:
    told = await held(hotkey, FIRST)
    fingers.down(CTRL, ALT)
    for _ in range(20):  # all of them before the event loop runs again
        fingers.tap(SPACE, held_ms=20, after_ms=20)
    assert [await told.next() for _ in range(40)] == ["press", "release"] * 20


async def test_fifty_holds_with_repetitions_are_fifty_presses(hotkey: X11Hotkey, fingers: Fingers) -> None:
    with fingers.repeating(delay_ms=40, interval_ms=15):
        told = await held(hotkey, FIRST)
        fingers.down(CTRL, ALT)
        for _ in range(50):
            fingers.down(SPACE)
            assert await told.next() == "press"
            assert [await told.next() for _ in range(3)] == ["repeat"] * 3
            fingers.up(SPACE)
            assert await told.settled() == "release"
        assert told.nothing_more()


async def test_a_layout_that_is_switched_in_mid_hold_does_not_end_it(
    desk: Desk, hotkey: X11Hotkey, fingers: Fingers
) -> None:
    told = await held(hotkey, "Ctrl+Alt+Z")
    fingers.down(CTRL, ALT, Z)
    assert await told.next() == "press"
    await layout(desk, hotkey, told, "Ctrl+Alt+Z", "de")  # Z lies where Y was
    fingers.down(Y)  # where the name leads now: the hold goes on
    fingers.up(Y)
    fingers.up(Z)
    assert await told.settled() == "release"
    assert told.nothing_more()
    fingers.tap(Y)
    assert [await told.next(), await told.next()] == ["press", "release"]


async def test_a_key_that_is_remapped_while_held_comes_up_all_the_same(hotkey: X11Hotkey, fingers: Fingers) -> None:
    told = await held(hotkey, "Ctrl+Alt+Z")
    before = fingers.display.get_keyboard_mapping(Z, 1)
    fingers.down(CTRL, ALT, Z)
    assert await told.next() == "press"
    fingers.display.change_keyboard_mapping(Z, [[ord("q")] * 4])
    try:
        fingers.display.sync()
        fingers.up(Z, after_ms=50)
        assert await told.settled() == "release"
    finally:
        fingers.display.change_keyboard_mapping(Z, before)
        fingers.display.sync()


@pytest.mark.parametrize(
    ("key", "layouts", "place"),
    [
        ("Ctrl+Alt+Z", ("ru",), Z),  # no Latin letter anywhere: the place counts
        ("Ctrl+Alt+Ф", ("ru",), A),
        ("Ctrl+Alt+\N{GREEK CAPITAL LETTER ZETA}", ("gr",), Z),
        ("Ctrl+Alt+Space", ("ara",), SPACE),
        ("Ctrl+Alt+Z", ("de",), Y),
        ("Ctrl+Alt+Z", ("us,ru",), Z),
    ],
)
async def test_a_key_is_found_on_any_layout(
    desk: Desk, hotkey: X11Hotkey, fingers: Fingers, key: str, layouts: tuple[str, ...], place: int
) -> None:
    desk.run("setxkbmap", *layouts)
    told = await held(hotkey, key)
    fingers.tap(CTRL, ALT, place)
    assert [await told.next(), await told.next()] == ["press", "release"]


async def test_a_second_layout_in_force_does_not_matter(desk: Desk, hotkey: X11Hotkey, fingers: Fingers) -> None:
    told = Told()
    await layout(desk, hotkey, told, FIRST, "-layout", "us,ru", "-option", "grp:caps_toggle")
    fingers.tap(CAPS_LOCK)
    fingers.tap(*CHORD)
    assert [await told.next(), await told.next()] == ["press", "release"]
    fingers.tap(CAPS_LOCK)
    fingers.down(RIGHT_ALT)
    fingers.tap(*CHORD)
    assert [await told.next(), await told.next()] == ["press", "release"]


async def test_modifiers_may_sit_anywhere(hotkey: X11Hotkey, fingers: Fingers) -> None:
    told = await held(hotkey, "Super+Space")
    with fingers.modifiers({X.Mod4MapIndex: [], X.Mod3MapIndex: [SUPER]}):
        await hotkey.grab("Super+Space", told.press, told.release)
        fingers.tap(SUPER, SPACE)
        assert [await told.next(), await told.next()] == ["press", "release"]


async def test_a_key_that_is_gone_is_told_once_and_its_return_too(
    hotkey: X11Hotkey, fingers: Fingers, lost: Lost
) -> None:
    told = await held(hotkey, "Super+Space")
    second = X11Hotkey(fingers.display.get_display_name())
    with fingers.modifiers({X.Mod4MapIndex: []}):
        with pytest.raises(HotkeyUnknown, match="Super"):
            await second.grab("Super+Space", told.press, told.release)
        async with asyncio.timeout(HANGS_S):
            assert isinstance(await lost.get(), HotkeyUnknown)
    async with asyncio.timeout(HANGS_S):
        assert await lost.get() is None
    fingers.tap(SUPER, SPACE)
    assert [await told.next(), await told.next()] == ["press", "release"]
    await second.close()


async def test_layouts_that_come_and_go_are_no_loss(
    desk: Desk, hotkey: X11Hotkey, fingers: Fingers, lost: Lost
) -> None:
    told = await held(hotkey, FIRST)
    for one in ("de", "ru", "fr", "dvorak", "us") * 2:
        desk.run("setxkbmap", *(("us", one) if one == "dvorak" else (one,)))
    await hotkey.grab(FIRST, told.press, told.release)
    fingers.tap(*CHORD)
    assert [await told.settled(), await told.settled()] == ["press", "release"]
    assert lost.empty()


async def test_a_press_in_the_midst_of_a_new_layout_is_not_lost(hotkey: X11Hotkey, fingers: Fingers) -> None:
    """Its event comes along with the reply to a question about the layout."""
    told = await held(hotkey, FIRST)
    fingers.down(CTRL, ALT)
    mapping = fingers.display.get_keyboard_mapping(A, 1)
    with fingers.repeating(delay_ms=60_000, interval_ms=60_000):  # nothing else comes to wake the thread
        for number in range(60):
            fingers.display.change_keyboard_mapping(A, mapping)
            fingers.down(SPACE, after_ms=number % 12)
            assert await told.next() == "press"
            fingers.up(SPACE)
            assert await told.next() == "release"


# A modifier as the key


async def test_a_modifier_at_the_right_is_held_and_its_chords_stay_with_the_others(
    hotkey: X11Hotkey, fingers: Fingers
) -> None:
    told = await held(hotkey, "RightCtrl")
    fingers.tap(RIGHT_CTRL, held_ms=200)
    assert [await told.next(), await told.next()] == ["press", "release"]
    fingers.down(RIGHT_CTRL)
    assert await told.next() == "press"
    fingers.tap(C, held_ms=150, after_ms=150)
    assert await told.next() == "other"
    fingers.up(RIGHT_CTRL)
    assert await told.next() == "release"


async def test_a_modifier_that_chooses_signs_is_not_taken(desk: Desk, hotkey: X11Hotkey) -> None:
    desk.run("setxkbmap", "de")
    with pytest.raises(HotkeyUnknown, match="chooses signs"):
        await held(hotkey, "RightAlt")


# A second key


async def test_a_second_key_is_told_beside_the_held_one_and_alone(hotkey: X11Hotkey, fingers: Fingers) -> None:
    told = Told()
    hotkey.watch("Escape", told.second)  # before there is anything to hold it
    await hotkey.grab(FIRST, told.press, told.release)
    fingers.down(*CHORD)
    fingers.tap(ESCAPE)
    fingers.up(*reversed(CHORD))
    assert [await told.next() for _ in range(3)] == ["press", "second", "release"]
    fingers.tap(ESCAPE)
    assert await told.next() == "second"
    hotkey.watch("", told.second)
    other = X11Hotkey(fingers.display.get_display_name())
    ears = Told()
    await other.grab("Ctrl+F12", ears.press, ears.release)
    other.watch("Escape", ears.second)  # it is free again
    await other.grab("Ctrl+F12", ears.press, ears.release)
    fingers.tap(ESCAPE)
    assert await ears.next() == "second"
    assert told.nothing_more()
    hotkey.watch("Escape", told.second)  # which somebody has: nothing is told of that
    hotkey.watch("no such key", told.second)
    await other.close()


async def test_a_repeated_grab_of_the_same_key_goes_on_with_its_press(hotkey: X11Hotkey, fingers: Fingers) -> None:
    told = await held(hotkey, FIRST)
    fingers.down(*CHORD)
    assert await told.next() == "press"
    await hotkey.grab(FIRST, told.press, told.release, told.repeat, told.other)
    fingers.up(*reversed(CHORD))
    assert await told.settled() == "release"
    assert told.nothing_more()


# Who has a key


async def test_who_has_a_taken_key_is_named_where_that_can_be_told(hotkey: X11Hotkey, desk: Desk) -> None:
    with pytest.raises(HotkeyTaken, match=r"openbox already uses Ctrl\+Alt\+Left: see /.*rc\.xml"):
        await held(hotkey, "Ctrl+Alt+Left")
    other = X11Hotkey(desk.env["DISPLAY"])
    await held(other, "Ctrl+Alt+F11")
    with pytest.raises(HotkeyTaken, match="which one, X does not tell") as caught:
        await held(hotkey, "Ctrl+Alt+F11")
    assert "Choose another" in caught.value.remedy
    await other.close()
