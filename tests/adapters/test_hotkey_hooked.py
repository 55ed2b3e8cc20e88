"""The key under Windows and macOS: over a keyboard that the test plays, and pynput's way into it."""

from __future__ import annotations

import sys
import types
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.adapters.hotkey import open_hotkey
from sottovoce.adapters.hotkey.hooked import HookedHotkey
from sottovoce.adapters.hotkey.pynput_hook import PynputHook
from sottovoce.adapters.hotkey.virtual_keys import MACOS, WINDOWS, VirtualKeys
from sottovoce.domain.errors import HotkeyForbidden, HotkeyTaken, HotkeyUnknown, HotkeyUnsupported, SottovoceError
from sottovoce.domain.hotkeys import Modifier, parse
from tests.contracts.hotkey import FIRST, Ears, HotkeyContract

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable


class FakeHook:
    """A system's keyboard: keeps what reached other programs."""

    def __init__(self, keys: VirtualKeys = WINDOWS) -> None:
        self.keys = keys
        self.failure: SottovoceError | None = None
        self.held: set[int] = set()
        self.went_on: list[tuple[int, bool]] = []
        self.starts = 0
        self._on_key: Callable[[int, bool], bool] | None = None

    async def start(self, on_key: Callable[[int, bool], bool]) -> None:
        if self.failure is not None:
            raise self.failure
        self._on_key = on_key
        self.starts += 1

    def is_down(self, number: int) -> bool:
        return number in self.held

    async def stop(self) -> None:
        self._on_key = None

    def key(self, number: int, *, down: bool) -> None:
        (self.held.add if down else self.held.discard)(number)
        if self._on_key is None or not self._on_key(number, down):
            self.went_on.append((number, down))


class HookedKeyboard:
    def __init__(self, hotkey: HookedHotkey, hook: FakeHook) -> None:
        self.hotkey = hotkey
        self.hook = hook

    def _numbers(self, key: str) -> list[int]:
        name = parse(key)
        sides = {one: number for number, one in reversed(list(self.hook.keys.modifiers.items()))}
        number = self.hook.keys.number(name)
        assert number is not None
        return [*(sides[one] for one in Modifier if one in name.modifiers), number]

    def down(self, key: str) -> None:
        for number in self._numbers(key):
            self.hook.key(number, down=True)

    def up(self, key: str) -> None:
        for number in reversed(self._numbers(key)):
            self.hook.key(number, down=False)

    async def take_elsewhere(self, key: str) -> None:
        pytest.skip("no program's claim is seen by another one there")


@pytest.fixture(params=[WINDOWS, MACOS], ids=["Windows", "macOS"])
def hook(request: pytest.FixtureRequest) -> FakeHook:
    return FakeHook(request.param)


@pytest.fixture
async def keyboard(hook: FakeHook) -> AsyncIterator[HookedKeyboard]:
    made = HookedKeyboard(HookedHotkey(hook), hook)
    yield made
    await made.hotkey.close()


class TestHookedHotkey(HotkeyContract):
    @pytest.fixture
    def keyboard(self, keyboard: HookedKeyboard) -> HookedKeyboard:
        return keyboard

    async def test_a_refused_key_leaves_the_one_before_in_place(self, keyboard: Any) -> None:  # noqa: ANN401
        """The only refusal there is one of a name."""
        before = Ears()
        await keyboard.hotkey.grab(FIRST, before.press, before.release)
        with pytest.raises(HotkeyUnknown):
            await keyboard.hotkey.grab("XF86Calculator", before.press, before.release)
        keyboard.down(FIRST)
        assert await before.next() == "press"


async def test_other_programs_miss_the_key_and_nothing_else(keyboard: HookedKeyboard, hook: FakeHook) -> None:
    ears = Ears()
    await keyboard.hotkey.grab(FIRST, ears.press, ears.release)
    space = hook.keys.keys["Space"]
    hook.key(space, down=True)  # typed: no modifier is held
    hook.key(space, down=False)
    assert hook.went_on == [(space, True), (space, False)]
    keyboard.down(FIRST)
    hook.key(space, down=True)  # repeated
    keyboard.up(FIRST)
    assert [await ears.next(), await ears.next()] == ["press", "release"]
    assert [number for number, _ in hook.went_on[2:] if number == space] == []
    assert len(hook.went_on) == 6  # the modifiers
    assert ears.nothing_more()


async def test_more_modifiers_than_asked_for_are_another_key(keyboard: HookedKeyboard) -> None:
    ears = Ears()
    await keyboard.hotkey.grab("Ctrl+Space", ears.press, ears.release)
    keyboard.down("Ctrl+Shift+Space")
    keyboard.up("Ctrl+Shift+Space")
    keyboard.down("Ctrl+Space")
    assert await ears.next() == "press"
    assert ears.nothing_more()


async def test_the_release_counts_even_if_the_modifiers_went_first(keyboard: HookedKeyboard, hook: FakeHook) -> None:
    ears = Ears()
    await keyboard.hotkey.grab(FIRST, ears.press, ears.release)
    keyboard.down(FIRST)
    for number in [number for number in tuple(hook.held) if number in hook.keys.modifiers]:
        hook.key(number, down=False)
    space = hook.keys.keys["Space"]
    hook.key(space, down=True)  # it repeats without them, and stays here
    hook.key(space, down=False)
    assert [await ears.next(), await ears.next()] == ["press", "release"]
    assert (space, True) not in hook.went_on


async def test_a_release_that_is_never_told_is_seen(keyboard: HookedKeyboard, hook: FakeHook) -> None:
    ears = Ears()
    await keyboard.hotkey.grab(FIRST, ears.press, ears.release)
    keyboard.down(FIRST)
    assert await ears.next() == "press"
    hook.held.clear()  # a password is typed: the system tells nothing
    assert await ears.next() == "release"
    assert ears.nothing_more()


async def test_a_modifier_as_the_key_goes_on_and_its_chords_are_told(keyboard: HookedKeyboard, hook: FakeHook) -> None:
    ears, others = Ears(), Ears()
    await keyboard.hotkey.grab("RightCtrl", ears.press, ears.release, on_other=others.press)
    ctrl, letter = hook.keys.keys["RightCtrl"], hook.keys.keys["C"]
    hook.key(ctrl, down=True)
    hook.key(letter, down=True)
    hook.key(letter, down=False)
    hook.key(ctrl, down=False)
    assert [await ears.next(), await ears.next(), await others.next()] == ["press", "release", "press"]
    assert hook.went_on == [(ctrl, True), (letter, True), (letter, False), (ctrl, False)]


async def test_a_second_key_is_taken_for_moments(keyboard: HookedKeyboard, hook: FakeHook) -> None:
    ears, second = Ears(), Ears()
    escape = hook.keys.keys["Escape"]
    keyboard.hotkey.watch("Escape", second.press)
    await keyboard.hotkey.grab(FIRST, ears.press, ears.release)
    hook.key(escape, down=True)
    keyboard.hotkey.watch("", second.press)
    hook.key(escape, down=False)  # of a press that was kept
    hook.key(escape, down=True)
    hook.key(escape, down=False)
    keyboard.hotkey.watch("no such key", second.press)
    assert await second.next() == "press"
    assert second.nothing_more()
    assert hook.went_on == [(escape, True), (escape, False)]


async def test_a_key_may_be_forbidden_and_allowed_later(keyboard: HookedKeyboard, hook: FakeHook) -> None:
    hook.failure = HotkeyForbidden()
    ears = Ears()
    with pytest.raises(HotkeyForbidden) as caught:
        await keyboard.hotkey.grab(FIRST, ears.press, ears.release)
    assert "System Settings" in caught.value.remedy
    hook.failure = None
    await keyboard.hotkey.grab(FIRST, ears.press, ears.release)
    await keyboard.hotkey.grab("Ctrl+F9", ears.press, ears.release)
    assert hook.starts == 1


async def test_repetitions_are_told_to_who_asks(keyboard: HookedKeyboard, hook: FakeHook) -> None:
    ears = Ears()
    await keyboard.hotkey.grab(FIRST, ears.press, ears.release, lambda: ears._told.put_nowait("repeat"))  # noqa: SLF001
    keyboard.down(FIRST)
    hook.key(hook.keys.keys["Space"], down=True)
    assert [await ears.next(), await ears.next()] == ["press", "repeat"]
    await keyboard.hotkey.close()
    assert await ears.next() == "release"


async def test_windows_tells_modifiers_without_their_side() -> None:
    hook, ears = FakeHook(WINDOWS), Ears()
    hotkey = HookedHotkey(hook)
    await hotkey.grab("Ctrl+Space", ears.press, ears.release)
    hook.key(0x11, down=True)
    hook.key(0x20, down=True)
    assert await ears.next() == "press"
    await hotkey.close()


def test_every_letter_and_digit_has_a_number_of_its_own() -> None:
    for keys in (WINDOWS, MACOS):
        signs = [keys.number(parse(f"Ctrl+{sign}")) for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"]
        assert None not in signs
        assert len(set(signs)) == len(signs)
        assert set(keys.modifiers.values()) == set(Modifier)


# pynput's way


class FakeListener:
    """As pynput's: what it was made with, and whether the system trusts it."""

    IS_TRUSTED = True
    made: list[FakeListener] = []  # noqa: RUF012 - the test's

    class Suppressed(Exception):
        """An event that goes no further."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - pynput has no types
        self.options = options
        self.stopped = False
        self.made.append(self)

    def start(self) -> None: ...

    def wait(self) -> None: ...

    def stop(self) -> None:
        self.stopped = True

    def suppress_event(self) -> None:
        raise self.Suppressed


@pytest.fixture
def pynput(monkeypatch: pytest.MonkeyPatch) -> type[FakeListener]:
    class Listener(FakeListener):
        made: list[FakeListener] = []  # noqa: RUF012 - of this test alone

    module = types.ModuleType("pynput")
    module.keyboard = types.SimpleNamespace(Listener=Listener)  # type: ignore[attr-defined]
    quartz = types.ModuleType("Quartz")
    quartz.CGEventGetIntegerValueField = lambda event, _field: event["number"]  # type: ignore[attr-defined]
    quartz.CGEventGetFlags = lambda event: event["flags"]  # type: ignore[attr-defined]
    quartz.CGEventSourceKeyState = lambda _state, number: number == 49  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pynput", module)
    monkeypatch.setitem(sys.modules, "Quartz", quartz)
    return Listener


async def test_windows_keys_come_through_pynput(pynput: type[FakeListener]) -> None:
    told: list[tuple[int, bool]] = []
    hook = PynputHook("win32")

    def on_key(number: int, down: bool) -> bool:  # noqa: FBT001 - the port's
        told.append((number, down))
        return number == 0x20

    await hook.start(on_key)
    (listener,) = pynput.made
    see = listener.options["win32_event_filter"]
    assert see(0x100, types.SimpleNamespace(vkCode=0x41)) is False
    assert see(0x105, types.SimpleNamespace(vkCode=0x41)) is False
    with pytest.raises(FakeListener.Suppressed):
        see(0x104, types.SimpleNamespace(vkCode=0x20))
    assert told == [(0x41, True), (0x41, False), (0x20, True)]
    await hook.stop()
    await hook.stop()
    assert listener.stopped


async def test_macos_keys_come_through_pynput(pynput: type[FakeListener]) -> None:
    told: list[tuple[int, bool]] = []
    hook = PynputHook("darwin")

    def on_key(number: int, down: bool) -> bool:  # noqa: FBT001 - the port's
        told.append((number, down))
        return number == 49

    await hook.start(on_key)
    see = pynput.made[0].options["darwin_intercept"]
    ctrl_down, ctrl_up = {"number": 59, "flags": 1 << 18}, {"number": 59, "flags": 0}
    assert see(12, ctrl_down) is ctrl_down
    assert see(12, ctrl_up) is ctrl_up
    assert see(10, {"number": 49, "flags": 0}) is None
    assert see(11, {"number": 49, "flags": 0}) is None
    assert see(14, ctrl_up) is ctrl_up  # a media key
    assert told == [(59, True), (59, False), (49, True), (49, False)]
    assert hook.is_down(49)
    await hook.stop()


async def test_what_macos_does_not_allow_is_told(pynput: type[FakeListener], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pynput, "IS_TRUSTED", False)
    with pytest.raises(HotkeyForbidden):
        await PynputHook("darwin").start(lambda _number, _down: False)
    assert pynput.made[0].stopped


async def test_without_its_library_there_is_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pynput", None)
    hook = PynputHook("win32")
    with pytest.raises(HotkeyUnsupported):
        await hook.start(lambda _number, _down: False)
    await hook.stop()


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_these_systems_have_a_hook(platform: str) -> None:
    assert isinstance(open_hotkey(platform=platform), HookedHotkey)
    assert issubclass(HotkeyForbidden, SottovoceError)
    assert HotkeyForbidden().code != HotkeyTaken().code
