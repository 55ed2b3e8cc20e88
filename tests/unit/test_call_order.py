"""Calls of several processes, put into the order in which they began."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain.errors import UsageWrong
from sottovoce.talk.call_order import Call, CallMoment, CallOrder

PRESS, RELEASE, TOGGLE, CANCEL = Call


def done(*calls: tuple[Call, float]) -> list[Call | None]:
    """What is done for calls that arrive so, each with the moment its process began."""
    order = CallOrder()
    return [order.admit(call, CallMoment(at_s, process=number + 1)) for number, (call, at_s) in enumerate(calls)]


def test_in_their_order_all_are_done() -> None:
    calls = [(PRESS, 1.0), (RELEASE, 2.0), (PRESS, 3.0), (CANCEL, 4.0), (TOGGLE, 5.0), (TOGGLE, 6.0)]
    assert done(*calls) == [call for call, _ in calls]


def test_a_press_that_its_release_has_overtaken_is_dropped() -> None:
    assert done((RELEASE, 1.03), (PRESS, 1.0)) == [RELEASE, None]
    assert done((CANCEL, 1.03), (PRESS, 1.0)) == [CANCEL, None]
    assert done((CANCEL, 1.03), (TOGGLE, 1.0)) == [CANCEL, None]


def test_a_release_of_the_press_before_does_not_cut_off_the_next_one() -> None:
    assert done((PRESS, 1.0), (PRESS, 2.0), (RELEASE, 1.9), (RELEASE, 3.0)) == [PRESS, PRESS, None, RELEASE]


def test_of_two_in_the_same_moment_the_process_with_the_lower_number_came_first() -> None:
    order = CallOrder()
    assert order.admit(RELEASE, CallMoment(1.0, process=8)) is RELEASE
    assert order.admit(PRESS, CallMoment(1.0, process=7)) is None
    assert order.admit(PRESS, CallMoment(1.0, process=9)) is PRESS


@given(st.permutations([*((PRESS, 1 + i / 25) for i in range(39)), (RELEASE, 3.0)]))
def test_a_binding_that_repeats_ends_with_its_release_however_the_calls_arrive(
    arriving: list[tuple[Call, float]],
) -> None:
    listening = False
    for call in done(*arriving):
        listening = call is PRESS or (listening and call is not RELEASE)
    assert not listening


def test_a_toggle_that_repeats_holds_on() -> None:
    held = [0.0, 0.6, *(0.6 + i * 0.04 for i in range(1, 30))]
    assert all(later - sooner < 0.06 for sooner, later in pairwise(held[1:]))
    assert done(*((TOGGLE, at_s) for at_s in held)) == [TOGGLE, TOGGLE, *[PRESS] * 29]


def test_two_clicks_are_two_however_quick() -> None:
    order = CallOrder()
    assert [order.admit(TOGGLE, CallMoment(1.0)), order.admit(TOGGLE, CallMoment(1.01))] == [TOGGLE, TOGGLE]


def test_who_names_no_moment_calls_now_and_nobody_calls_from_the_future() -> None:
    assert CallMoment.of_call({}, 5.0) == CallMoment(5.0)
    assert CallMoment.of_call({"started_s": 4.5, "process": 12}, 5.0) == CallMoment(4.5, 12)
    assert CallMoment.of_call({"started_s": float("inf")}, 5.0) == CallMoment(5.0)


@pytest.mark.parametrize("value", ["1", -1, float("nan"), None, [1]])
def test_what_is_no_moment_is_refused(value: object) -> None:
    with pytest.raises(UsageWrong):
        CallMoment.of_call({"started_s": value}, 5.0)
    with pytest.raises(UsageWrong):
        CallMoment.of_call({"process": value}, 5.0)
