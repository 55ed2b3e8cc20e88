"""The key to talk as it is set: calls from its edges, the key that drops, and trying a key out."""

from __future__ import annotations

import pytest

from sottovoce.domain.errors import HotkeyTaken, HotkeyUnsupported, SottovoceError
from sottovoce.domain.hotkeys import Edge, GivenKeys
from sottovoce.domain.settings import Settings
from sottovoce.domain.turns import Stage
from sottovoce.talk.call_order import Call
from sottovoce.talk.talk_key import CHORD_S, OF_KEY, TalkKey
from tests.fakes_talk import FakeHotkey

PRESS, RELEASE, STAY, CANCEL = "press", "release", "stay", "cancel"


class Held:
    """A key to talk over a fake hotkey, and what came of it."""

    def __init__(self) -> None:
        self.hotkey = FakeHotkey()
        self.calls: list[str] = []
        self.troubles: list[SottovoceError] = []
        self.edges: list[Edge] = []
        self.key = TalkKey(
            self.hotkey,
            lambda call: self.calls.append(str(call)),
            stay=lambda: self.calls.append(STAY),
            listening=lambda: bool(self.calls) and self.calls[-1] in {PRESS, STAY},
            on_trouble=self.troubles.append,
        )

    def tap(self, after_s: float = 10.0, held_s: float = 0.1) -> None:
        self.hotkey.edge_s += after_s
        self.hotkey.press()
        self.hotkey.edge_s += held_s
        self.hotkey.release()


@pytest.fixture
def held() -> Held:
    return Held()


def test_all_its_settings_are_settings() -> None:
    assert all(hasattr(Settings(), name) for name in OF_KEY)


async def test_held_it_is_pressed_and_released(held: Held) -> None:
    await held.key.use(Settings())
    assert held.key.reports_release
    held.tap(held_s=2.0)
    assert held.calls == [PRESS, RELEASE]


async def test_two_taps_and_pressing_to_begin_let_it_stay(held: Held) -> None:
    await held.key.use(Settings())
    held.tap()
    held.tap(0.1)
    assert held.calls == [PRESS, RELEASE, PRESS, STAY]
    held.tap()
    assert held.calls[4:] == [RELEASE]
    await held.key.use(Settings(hotkey_mode="toggle"))
    held.tap()
    held.tap()
    assert held.calls[5:] == [PRESS, STAY, RELEASE]


async def test_a_desktop_may_have_made_another_key_of_it(held: Held) -> None:
    await held.key.use(Settings())
    key = Settings().hotkey
    assert (held.key.given(key), held.key.named(key)) == (None, key)
    held.hotkey.given = GivenKeys(talk="", cancel="")  # it does not say which
    assert held.key.named(key) == key
    held.hotkey.given = GivenKeys(talk="Super+F9", cancel="")
    assert (held.key.given(key), held.key.named(key)) == (held.hotkey.given, "Super+F9")
    assert (held.key.given("Pause"), held.key.named("Pause"), held.key.named("")) == (None, "Pause", "")
    await held.key.try_out("Pause", held.edges.append)
    assert held.key.named(key) == key  # it is not held meanwhile


async def test_no_key_is_no_trouble(held: Held) -> None:
    await held.key.use(Settings())
    await held.key.use(Settings(hotkey=""))
    assert held.hotkey.key == ""
    assert held.key.error is None


async def test_a_refused_key_leaves_the_one_before_in_force(held: Held) -> None:
    await held.key.use(Settings())
    held.hotkey.failure = HotkeyTaken()
    with pytest.raises(HotkeyTaken):
        await held.key.use(Settings(hotkey="Super+F9", hotkey_mode="toggle"))
    assert held.hotkey.key == Settings().hotkey
    held.tap()
    assert held.calls == [PRESS, RELEASE]


async def test_a_lost_key_is_told_and_its_return_is_not(held: Held) -> None:
    await held.key.use(Settings())
    held.key.lost(HotkeyUnsupported())
    assert held.key.error is not None
    held.key.lost(None)
    assert held.key.error is None
    assert [trouble.code for trouble in held.troubles] == ["hotkey-unsupported"]


async def test_what_is_said_can_be_dropped_by_a_key_that_is_taken_only_then(held: Held) -> None:
    await held.key.use(Settings())
    watched = []
    for stage in (Stage.READY, Stage.LISTENING, Stage.THINKING, Stage.SPEAKING, Stage.TROUBLE):
        held.key.stage(stage)
        watched.append(held.hotkey.watched)
    assert watched == ["", "Escape", "", "Escape", ""]
    held.key.stage(Stage.LISTENING)
    held.hotkey.press()
    held.hotkey.on_watched()
    held.hotkey.edge_s += 1
    held.hotkey.release()
    assert held.calls == [PRESS, CANCEL]
    await held.key.use(Settings(cancel_key=""))
    assert held.hotkey.watched == ""


async def test_another_key_beside_a_modifier_was_meant_if_it_came_soon(held: Held) -> None:
    await held.key.use(Settings(hotkey="RightCtrl"))
    held.hotkey.edge_s = 100.0
    held.hotkey.press()
    held.hotkey.on_other()
    assert held.calls == [PRESS, CANCEL]
    held.hotkey.release()
    held.hotkey.edge_s = 200.0
    held.hotkey.press()
    held.hotkey.edge_s += CHORD_S + 0.1
    held.hotkey.on_other()
    assert held.calls[2:] == [PRESS]


async def test_a_key_that_is_tried_opens_no_microphone(held: Held) -> None:
    await held.key.use(Settings())
    await held.key.try_out("Super+F9", held.edges.append)
    held.hotkey.press()
    held.hotkey.on_repeat()
    held.hotkey.on_other()
    held.hotkey.release()
    assert held.edges == [Edge.PRESS, Edge.REPEAT, Edge.RELEASE]
    assert held.calls == []
    await held.key.end_trial()
    await held.key.end_trial()
    assert held.hotkey.key == Settings().hotkey
    held.hotkey.on_repeat()
    held.tap()
    assert held.calls == [PRESS, RELEASE]


async def test_a_press_under_way_is_over_when_a_trial_begins(held: Held) -> None:
    await held.key.use(Settings())
    held.hotkey.press()
    held.hotkey.edge_s += 1
    await held.key.try_out(Settings().hotkey, held.edges.append)
    await held.key.try_out(Settings().hotkey, held.edges.append)
    held.hotkey.release()
    assert held.calls == [PRESS, RELEASE]
    assert held.edges == [Edge.RELEASE]


async def test_free_hands_do_not_keep_the_microphone_open_in_a_trial(held: Held) -> None:
    await held.key.use(Settings())
    held.tap()
    held.tap(0.1)
    await held.key.try_out(Settings().hotkey, held.edges.append)
    assert held.calls == [PRESS, RELEASE, PRESS, STAY, RELEASE]
    await held.key.end_trial()
    held.tap(0.1)
    assert held.calls[5:] == [PRESS, RELEASE]


async def test_a_taken_key_is_told_by_the_trial_and_the_commands_can_be_tried_nevertheless(held: Held) -> None:
    await held.key.use(Settings())
    held.hotkey.failure = HotkeyTaken()
    with pytest.raises(HotkeyTaken):
        await held.key.try_out("Super+F9", held.edges.append)
    assert [held.key.tried(call) for call in (Call.PRESS, Call.PRESS, Call.RELEASE, Call.CANCEL)] == [
        True, True, True, False,
    ]  # fmt: skip
    assert held.edges == [Edge.PRESS, Edge.PRESS, Edge.RELEASE]
    await held.key.end_trial()
    assert not held.key.tried(Call.TOGGLE)


async def test_what_a_desktop_binds_can_be_tried_without_a_key(held: Held) -> None:
    await held.key.use(Settings(hotkey=""))
    await held.key.try_out("", held.edges.append)
    assert held.key.tried(Call.TOGGLE)
    assert held.edges == [Edge.PRESS]
    assert held.hotkey.key == ""
    await held.key.close()


async def test_settings_that_are_saved_end_a_trial(held: Held) -> None:
    await held.key.use(Settings())
    await held.key.try_out("Super+F9", held.edges.append)
    held.hotkey.failure = HotkeyTaken()
    with pytest.raises(HotkeyTaken):
        await held.key.use(Settings(hotkey="Super+F8"))
    assert held.hotkey.key == Settings().hotkey
    await held.key.try_out("Super+F9", held.edges.append)
    await held.key.use(Settings(hotkey="Super+F9"))
    held.tap()
    assert held.calls == [PRESS, RELEASE]


async def test_a_key_in_force_that_is_gone_after_a_trial_is_told(held: Held) -> None:
    await held.key.use(Settings())
    await held.key.try_out("Super+F9", held.edges.append)
    held.hotkey.failure = HotkeyTaken()
    await held.key.end_trial()
    assert [trouble.code for trouble in held.troubles] == ["hotkey-taken"]
