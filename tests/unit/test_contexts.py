"""A context: frozen at every depth, checked field by field, the same again after JSON."""

from __future__ import annotations

import copy
import dataclasses
import json
import math
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain.contexts import (
    LATEST_S,
    MOST_ALLOWED,
    MOST_PREFERENCES,
    MOST_TEXT_CHARS,
    MOST_TOPICS,
    RATE_HIGH,
    RATE_LOW,
    Personality,
    Tone,
    UserContext,
    Verbosity,
    frozen,
    thawed,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SHORT = st.text(max_size=20)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | SHORT
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(SHORT, inner, max_size=4), max_leaves=12
)
TIMES = st.none() | st.floats(0, LATEST_S)
PERSONALITIES = st.builds(
    Personality,
    tone=st.sampled_from(Tone),
    verbosity=st.sampled_from(Verbosity),
    speech_rate=st.none() | st.integers(RATE_LOW, RATE_HIGH),
    volume=st.none() | st.integers(0, 100),
    voice=SHORT,
)
CONTEXTS = st.builds(
    UserContext,
    user_id=st.text(min_size=1, max_size=20),
    display_name=SHORT,
    language=st.sampled_from(["en", "pt-BR", "zh-Hans-CN", "gsw"]),
    time_zone=st.sampled_from(["", "Europe/Berlin", "America/New_York", "UTC"]),
    version=st.integers(0, 10**9),
    conversations_count=st.integers(0, 10**9),
    friendship_level=st.integers(0, 100),
    friendship_frozen=st.booleans(),
    friendship_today=st.integers(0, 5),
    personality=PERSONALITIES,
    personality_frozen=st.booleans(),
    preferences=st.dictionaries(SHORT, JSON, max_size=5),
    topics=st.dictionaries(SHORT, st.integers(1, 10**6), max_size=5),
    first_seen=TIMES,
    last_seen=TIMES,
)


def deep() -> UserContext:
    return UserContext(
        preferences={"food": "pasta", "nested": {"list": [1, {"inner": "x"}]}, "list": [[1], 2]}, topics={"trains": 2}
    )


def test_no_field_can_be_set_or_deleted() -> None:
    context = UserContext()
    for field in dataclasses.fields(UserContext):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(context, field.name, getattr(context, field.name))
        with pytest.raises(dataclasses.FrozenInstanceError):
            delattr(context, field.name)
    with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
        context.brand_new = 1  # type: ignore[attr-defined] # that is the point
    with pytest.raises(dataclasses.FrozenInstanceError):
        context.personality.tone = Tone.WARM  # type: ignore[misc] # that is the point


def test_preferences_and_topics_are_frozen_all_the_way_down() -> None:
    context = deep()
    preferences: Any = context.preferences
    topics: Any = context.topics
    changes: tuple[Callable[[], object], ...] = (
        lambda: preferences.__setitem__("food", "pizza"),
        lambda: preferences.__delitem__("food"),
        lambda: preferences["nested"].__setitem__("new", 1),
        lambda: preferences["nested"]["list"].append(2),
        lambda: preferences["nested"]["list"][1].__setitem__("inner", "y"),
        lambda: preferences["list"][0].append(2),
        lambda: preferences.update(food="pizza"),
        lambda: topics.__setitem__("trains", 3),
    )
    for change in changes:
        with pytest.raises((TypeError, AttributeError)):
            change()
    assert context == deep()


def test_what_was_given_can_change_and_the_context_does_not() -> None:
    inner = [1, 2]
    given_map: dict[str, Any] = {"food": {"best": inner}}
    topics = {"trains": 1}
    context = UserContext(preferences=given_map, topics=topics)
    inner.append(3)
    given_map["food"]["worst"] = "x"
    given_map["drink"] = "tea"
    topics["boats"] = 1
    assert thawed(context.preferences) == {"food": {"best": [1, 2]}}
    assert dict(context.topics) == {"trains": 1}


@given(JSON)
def test_frozen_and_thawed_again_any_json_value_is_the_same(value: Any) -> None:  # noqa: ANN401 - any JSON value
    assert thawed(frozen(value)) == value
    assert thawed(thawed(frozen(frozen(value)))) == value


@pytest.mark.parametrize("value", [{1: "x"}, {"a": {2: 1}}, [object()], math.nan, {"a": [math.inf]}, {1, 2}, b"bytes"])
def test_what_is_no_json_value_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"Keys must be text|can be kept"):
        frozen(value)


LONG = "x" * (MOST_TEXT_CHARS + 1)
ODD: list[Any] = [-1, 1.5, "1", True, None]
NO_TRUTH: list[Any] = [1, "true", None]
NO_PERSONALITY: list[Any] = [{}, "warm", None]
NO_PREFERENCES: list[Any] = [
    *([], None, "x", {1: "x"}, {"a": Ellipsis}, {"a": math.nan}, {LONG: 1}, {"a": LONG}, {"a": [LONG]}),
    *({"a": {LONG: 1}}, {"a": {"b": [{"c": LONG}]}}, {"a": ["x"] * (MOST_PREFERENCES + 1)}),
    {str(number): 1 for number in range(MOST_PREFERENCES + 1)},
]
WRONG: list[tuple[str, Any]] = [
    *[("user_id", value) for value in ("", LONG, 5, None)],
    *[("display_name", value) for value in (LONG, 5, None)],
    *[("language", value) for value in ("", "english", "EN", "e", "en_US", "en-", 5, None)],
    *[("time_zone", value) for value in ("Mars/Base", "../etc/passwd", "Europe", "a\0b", "\ud800", 5, None)],
    *[(name, value) for name in ("version", "conversations_count", "friendship_today") for value in ODD],
    *[("friendship_level", value) for value in (*ODD, 101, 50.0)],
    *[(name, value) for name in ("friendship_frozen", "personality_frozen") for value in NO_TRUTH],
    *[("personality", value) for value in NO_PERSONALITY],
    *[("preferences", value) for value in NO_PREFERENCES],
    *[("allowed", value) for value in (None, "undo", {"undo"}, [5], [LONG], ["undo"] * (MOST_ALLOWED + 1))],
    *[
        ("topics", value)
        for value in (
            *(None, ["trains"], {"trains": 0}, {"trains": -1}, {"trains": "2"}, {"trains": True}, {"trains": 1.5}),
            *({LONG: 1}, {str(number): 1 for number in range(MOST_TOPICS + 1)}),
        )
    ],
    *[
        (name, value)
        for name in ("first_seen", "last_seen")
        for value in (math.nan, math.inf, -1.0, 1e300, LATEST_S + 1, "1", True)
    ],
]


@pytest.mark.parametrize(("name", "value"), WRONG, ids=lambda value: repr(value)[:30])
def test_a_field_that_can_not_be_is_named_and_its_value_is_not(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"must|Keys|kept") as caught:
        UserContext().copy_with(**{name: value})
    assert LONG not in str(caught.value)
    if "Keys" not in str(caught.value) and "kept" not in str(caught.value):
        assert name in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("tone", value) for value in ("angry", None, 1)],
        *[("verbosity", value) for value in ("chatty", None)],
        *[("speech_rate", value) for value in (RATE_LOW - 1, RATE_HIGH + 1, 180.0, True, "180")],
        *[("volume", value) for value in (-1, 101, 50.0, True, "50")],
        *[("voice", value) for value in (LONG, None, 5)],
    ],
)
def test_a_personality_is_checked_too(name: str, value: object) -> None:
    fields: dict[str, Any] = {name: value}
    with pytest.raises(ValueError, match=name):
        Personality(**fields)


def test_what_is_at_the_limit_is_taken() -> None:
    context = UserContext(
        user_id="x" * MOST_TEXT_CHARS,
        preferences={str(number): "x" * MOST_TEXT_CHARS for number in range(MOST_PREFERENCES)},
        topics={str(number): 1 for number in range(MOST_TOPICS)},
        friendship_level=100,
        first_seen=0,
        last_seen=LATEST_S,
    )
    assert len(context.preferences) == MOST_PREFERENCES
    plain: dict[str, Any] = {"tone": "warm", "verbosity": "brief"}
    assert Personality(**plain) == Personality(tone=Tone.WARM, verbosity=Verbosity.BRIEF)


@given(CONTEXTS)
def test_a_context_comes_back_from_json(context: UserContext) -> None:
    again = UserContext.from_json(json.loads(json.dumps(context.to_json())))
    assert again == context
    assert hash(again) == hash(context)
    assert again.to_json() == context.to_json()
    with pytest.raises(TypeError):
        again.preferences["food"] = "pizza"  # type: ignore[index] # that is the point


@given(CONTEXTS, st.integers(0, 100))
def test_a_copy_differs_in_what_was_changed_and_in_nothing_else(context: UserContext, level: int) -> None:
    changed = context.copy_with(friendship_level=level, preferences={"food": "pizza"})
    assert changed.to_json() == context.to_json() | {"friendship_level": level, "preferences": {"food": "pizza"}}
    assert context.copy_with() == context
    assert context.copy_with(**{name: getattr(context, name) for name in UserContext.__slots__}) == context


def test_a_name_that_is_no_field_is_a_mistake() -> None:
    with pytest.raises(TypeError):
        UserContext().copy_with(colour="red")


def test_json_of_a_newer_version_and_of_an_older_one_is_read() -> None:
    stored = deep().to_json() | {"brand_new": 1}
    stored["personality"] |= {"humour": "dry"}
    assert UserContext.from_json(stored) == deep()
    assert UserContext.from_json({"user_id": "anna"}) == UserContext(user_id="anna")


def test_a_zone_that_this_machine_does_not_know_becomes_its_own() -> None:
    stored = UserContext(time_zone="Europe/Berlin").to_json()
    assert UserContext.from_json(stored).time_zone == "Europe/Berlin"
    assert UserContext.from_json(stored | {"time_zone": "Atlantis/Center"}).time_zone == ""


def test_equal_snapshots_are_one_in_a_set_and_others_are_not() -> None:
    assert len({deep(), deep(), deep().copy_with(version=1), deep().copy_with(user_id="anna")}) == 3


def test_a_context_can_be_copied_and_pickled() -> None:
    context = UserContext(preferences={"editors": ["vim", {"old": True}]}, topics={"tea": 2}, version=3)
    assert copy.deepcopy(context) == context
    assert pickle.loads(pickle.dumps(context)) == context  # noqa: S301 - our own bytes


def test_preferences_are_nested_a_little_only() -> None:
    value: object = "deep"
    for _ in range(2000):
        value = [value]
    with pytest.raises(ValueError, match="nested"):
        UserContext(preferences={"x": value})
