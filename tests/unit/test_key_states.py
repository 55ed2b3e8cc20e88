"""The states of the key to talk: a table, its stories, and what holds for any story."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain.settings import declared
from sottovoce.talk.key_states import (
    BOUNCE_S,
    CONTACT_S,
    DOUBLE_S,
    TABLE,
    TAP_S,
    KeyEffect,
    KeyEvent,
    KeyState,
    KeyStates,
    Mode,
)
from sottovoce.talk.turn_states import BOUNCE_S as CAPTURE_BOUNCE_S

START, STOP, STAY, DROP = KeyEffect


class Hands:
    """A key under fingers, and a microphone that does what the effects say."""

    def __init__(self, mode: Mode = Mode.HOLD, *, double: bool = True) -> None:
        self.key = KeyStates(mode=mode, double=double)
        self.at_s = 100.0
        self.listening = False
        self.done: list[KeyEffect] = []

    def _do(self, step: tuple[KeyStates, tuple[KeyEffect, ...]]) -> None:
        self.key, effects = step
        for effect in effects:
            if effect is not STAY:
                self.listening = effect is START
            self.done.append(effect)

    def down(self, after_s: float = 10.0) -> Hands:
        self.at_s += after_s
        self._do(self.key.down(self.at_s, listening=self.listening))
        return self

    def up(self, after_s: float) -> Hands:
        self.at_s += after_s
        self._do(self.key.up(self.at_s))
        return self

    def drop(self) -> Hands:
        self._do(self.key.drop())
        return self

    def tap(self, after_s: float = 10.0, held_s: float = 0.1) -> Hands:
        return self.down(after_s).up(held_s)


def test_the_words_of_the_setting_are_the_modes() -> None:
    (mode,) = (setting for setting in declared() if setting.name == "hotkey_mode")
    assert mode.choices == tuple(Mode)
    assert BOUNCE_S == CAPTURE_BOUNCE_S


def test_held_it_listens_from_press_to_release() -> None:
    hands = Hands().down()
    assert hands.done == [START]
    assert hands.up(2.0).done == [START, STOP]
    assert hands.key.state is KeyState.REST


def test_a_tap_is_over_at_once_and_waits_for_no_second_one() -> None:
    assert Hands().tap().done == [START, STOP]


def test_two_taps_free_the_hands_until_the_next() -> None:
    hands = Hands().tap().tap(0.15)
    assert hands.done == [START, STOP, START, STAY]
    assert hands.listening
    hands.down()
    assert hands.done[4:] == [STOP]
    assert hands.up(0.1).done[5:] == []
    assert hands.down().done[5:] == [START]


@pytest.mark.parametrize("pause_s", [CONTACT_S + 0.001, 0.06, 0.2, DOUBLE_S - 0.001])
def test_the_second_tap_may_be_quick_or_slow(pause_s: float) -> None:
    assert Hands().tap().tap(pause_s).done[-1] is STAY


def test_a_second_press_that_is_held_is_an_ordinary_one() -> None:
    assert Hands().tap().down(0.15).up(1.0).done == [START, STOP, START, STOP]


def test_taps_too_far_apart_are_two_presses() -> None:
    assert Hands().tap().tap(DOUBLE_S + 0.01).done == [START, STOP, START, STOP]


def test_a_long_press_and_a_tap_are_two_presses() -> None:
    assert Hands().down().up(TAP_S + 0.01).tap(0.2).done == [START, STOP, START, STOP]


def test_where_two_taps_mean_nothing_each_is_a_press() -> None:
    assert Hands(double=False).tap().tap(0.15).done == [START, STOP, START, STOP]


def test_a_bouncing_contact_is_no_second_tap() -> None:
    assert Hands().tap().tap(0.01, 0.01).done == [START, STOP, START, STOP]


def test_a_contact_that_bounces_in_mid_hold_goes_on() -> None:
    hands = Hands().down().up(1.0).down(0.02)
    assert hands.listening
    assert hands.up(1.0).key.state is KeyState.REST
    assert hands.done == [START, STOP, START, STOP]


def test_the_second_tap_may_bounce_and_the_hands_stay_free() -> None:
    hands = Hands().tap().tap(0.15).tap(0.02, 0.005)
    assert hands.listening
    assert hands.key.state is KeyState.OPEN


def test_the_ending_tap_may_bounce_and_opens_nothing() -> None:
    hands = Hands().tap().tap(0.15).tap().tap(0.02, 0.005)
    assert not hands.listening
    toggled = Hands(Mode.TOGGLE).tap().tap().tap(0.02, 0.005)
    assert not toggled.listening


def test_pressed_to_begin_and_again_to_end() -> None:
    hands = Hands(Mode.TOGGLE).tap()
    assert hands.done == [START, STAY]
    assert hands.listening
    assert hands.down().done[2:] == [STOP]
    assert hands.up(3.0).key.state is KeyState.CLOSED
    assert hands.tap().done[3:] == [START, STAY]


def test_pressed_to_begin_a_long_press_and_a_bounce_do_no_harm() -> None:
    hands = Hands(Mode.TOGGLE).down().up(4.0)
    assert hands.listening
    assert hands.tap(0.03, 0.01).listening


def test_what_others_ended_is_begun_anew() -> None:
    hands = Hands(Mode.TOGGLE).tap()
    hands.listening = False  # the end of what was said, the longest hold, a command
    assert hands.tap().done == [START, STAY, START, STAY]
    held = Hands().tap().tap(0.15)
    held.listening = False
    assert held.down(0.01).done[-1] is START


@pytest.mark.parametrize("mode", Mode)
def test_a_lost_release_does_not_make_the_next_press_a_dead_one(mode: Mode) -> None:
    hands = Hands(mode).down()
    hands.listening = False
    assert hands.down().listening
    hands.drop()
    assert hands.down().listening


@pytest.mark.parametrize("state", [KeyState.REST, KeyState.TAPPED, KeyState.CLOSED])
def test_what_others_began_a_press_ends(state: KeyState) -> None:
    hands = Hands(Mode.TOGGLE)
    hands.key = KeyStates(mode=Mode.TOGGLE, state=state)
    hands.listening = True
    assert hands.down().done == [STOP]


@pytest.mark.parametrize(("mode", "state"), list(itertools.product(Mode, KeyState)))
def test_what_is_said_can_be_dropped_at_any_time_and_the_release_changes_nothing(mode: Mode, state: KeyState) -> None:
    hands = Hands(mode)
    hands.key = KeyStates(mode=mode, state=state, down_s=hands.at_s)
    hands.drop()
    assert hands.done == [DROP]
    assert hands.up(1.0).done == [DROP]


def test_a_press_under_way_ends_as_it_would_have_when_the_mode_changes() -> None:
    hands = Hands().down()
    hands.key = hands.key.used(Mode.TOGGLE, double=True)
    assert hands.up(0.1).done == [START, STOP]
    toggled = Hands(Mode.TOGGLE).tap()
    toggled.key = toggled.key.used(Mode.HOLD, double=True)
    assert toggled.down().done[-1] is STOP


def test_the_table_leads_nowhere_that_is_not_in_it() -> None:
    for mode, steps in TABLE.items():
        for (state, event), (after, effects) in steps.items():
            assert (state, event) in itertools.product(KeyState, KeyEvent)
            if event is not KeyEvent.DROP and after in {KeyState.REST, KeyState.TAPPED, KeyState.CLOSED}:
                assert START not in effects, (mode, state, event)
            if after in {KeyState.HELD, KeyState.OPENING, KeyState.TWICE}:
                assert STOP not in effects


# Any story

moments = st.sampled_from([0.001, 0.01, 0.029, 0.05, 0.079, 0.081, 0.15, 0.2, 0.31, 0.4, 1.0, 30.0])
stories = st.lists(
    st.tuples(st.sampled_from(["down", "up", "up", "down", "drop", "over", "begun", "mode"]), moments), max_size=40
)


@given(stories, st.sampled_from(Mode), st.booleans())
def test_any_story_ends_with_a_key_that_answers(
    story: list[tuple[str, float]],
    mode: Mode,
    double: bool,  # noqa: FBT001 - drawn
) -> None:
    """Late, lost and doubled events, and a microphone that others open and close (to stay is nothing then)."""
    hands = Hands(mode, double=double)
    physically_down = False
    for what, after_s in story:
        before = len(hands.done)
        match what:
            case "down":
                hands.down(after_s)
                physically_down = True
            case "up":
                hands.up(after_s)
                physically_down = False
            case "drop":
                hands.drop()
                assert not hands.listening
            case "mode":
                other = Mode.TOGGLE if hands.key.mode is Mode.HOLD else Mode.HOLD
                hands.key = hands.key.used(other, double=double)
            case _:
                hands.listening = what == "begun"
        told = hands.done[before:]
        assert told.count(START) + told.count(STOP) + told.count(DROP) <= 1
        if what == "up":
            assert START not in told
    if physically_down:
        hands.up(5.0)
    free = hands.key.state is KeyState.OPEN
    if hands.key.mode is Mode.HOLD and not free:
        hands.listening = False  # what others began, others end
        hands.down()
        assert hands.listening
        assert not hands.up(1.0).listening
    hands.listening = False
    hands.key = hands.key.used(Mode.TOGGLE, double=double)
    assert hands.tap().listening
    assert not hands.tap().listening


@given(st.lists(st.tuples(st.floats(0.02, 5.0), st.floats(DOUBLE_S + 0.01, 60.0)), max_size=30))
def test_presses_that_are_held_listen_from_press_to_release_and_never_else(holds: list[tuple[float, float]]) -> None:
    hands = Hands()
    for held_s, pause_s in holds:
        assert hands.down(pause_s).listening
        assert not hands.up(held_s).listening
    assert hands.done == [START, STOP] * len(holds)


@given(st.lists(st.tuples(st.floats(0.02, 0.15), st.floats(0.03, 0.5)), max_size=200))
def test_however_fast_taps_come_a_third_one_always_ends_it(taps: list[tuple[float, float]]) -> None:
    hands = Hands()
    for held_s, pause_s in taps:
        was_free = hands.key.state is KeyState.OPEN and pause_s >= BOUNCE_S + 0.001  # floats
        hands.tap(pause_s, held_s)
        if was_free:
            assert not hands.listening
