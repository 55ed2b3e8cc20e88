"""How well somebody is known: bounded, slow to come, slower to go, and heard in the answers."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.agent.tools.saying import in_words
from sottovoce.domain import friendship
from sottovoce.domain.contexts import MOST_FRIENDSHIP, Personality, Tone, UserContext, Verbosity
from sottovoce.domain.friendship import (
    A_DAY_AT_MOST,
    COOLED,
    FRIENDS,
    WEEK_S,
    Closeness,
    closeness,
    settled,
)
from sottovoce.domain.said import said
from sottovoce.language import language

DAY_S = 86_400
START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC).timestamp()
SAYINGS = st.sampled_from(["what time is it", "thank you", "good morning", "remember that i like tea", ""])
PAUSES = st.integers(0, 400 * DAY_S)
TURNS = st.lists(st.tuples(SAYINGS, PAUSES), max_size=40)
LEVELS = st.integers(0, MOST_FRIENDSHIP)


def after_turn(context: UserContext, message: str, now: float, tag: str = "en") -> UserContext:
    """One answered question in a language."""
    return friendship.after_turn(context, now, is_kind=bool(language(tag).words.KIND.search(message)))


def known(level: int, **more: object) -> UserContext:
    return UserContext(friendship_level=level, last_seen=START, first_seen=START).copy_with(**more)


def day_of(at: float) -> int:
    return int(at // DAY_S)


@given(LEVELS, TURNS)
def test_it_stays_from_0_to_100_and_rises_by_at_most_5_a_day(level: int, turns: list[tuple[str, int]]) -> None:
    context, now = known(level), START
    gained: dict[int, int] = {}
    for message, pause in turns:
        now += pause
        before = context
        context = after_turn(context, message, now)
        assert 0 <= context.friendship_level <= MOST_FRIENDSHIP
        rise = max(context.friendship_level - before.friendship_level, 0)
        gained[day_of(now)] = gained.get(day_of(now), 0) + rise
        assert gained[day_of(now)] <= A_DAY_AT_MOST
        assert context.friendship_today <= A_DAY_AT_MOST


@given(LEVELS, st.integers(0, 10_000 * DAY_S))
def test_an_absence_takes_one_a_week_after_the_first_and_never_more_than_half(level: int, away_s: int) -> None:
    after = after_turn(known(level), "what time is it", START + away_s)
    weeks = max(away_s // WEEK_S - 1, 0)
    kept = max(level - weeks, -(-level // 2))
    assert 2 * kept >= level
    assert after.friendship_level == min(kept + 1, MOST_FRIENDSHIP)


@given(LEVELS, TURNS)
def test_what_is_frozen_stays_and_counts_go_on(level: int, turns: list[tuple[str, int]]) -> None:
    context = known(level, friendship_frozen=True)
    now = START
    for message, pause in turns:
        now += pause
        context = after_turn(context, message, now)
    assert (context.friendship_level, context.friendship_today) == (level, 0)
    assert (context.conversations_count, context.last_seen) == (len(turns), now)


@given(TURNS)
def test_every_turn_is_counted_and_the_first_is_kept(turns: list[tuple[str, int]]) -> None:
    context, now = UserContext(), START
    for message, pause in turns:
        now += pause
        context = after_turn(context, message, now)
    assert context.conversations_count == len(turns)
    assert context.first_seen == (START + turns[0][1] if turns else None)
    assert context.last_seen == (now if turns else None)
    assert context.version == 0  # the caller counts it


@given(st.lists(LEVELS, max_size=20), st.integers(COOLED, FRIENDS - 1))
def test_a_tone_does_not_flicker_between_where_it_begins_and_where_it_ends(levels: list[int], start: int) -> None:
    context = known(start)
    for level in levels:
        before = context
        context = settled(before, before.copy_with(friendship_level=level))
        if level >= FRIENDS:
            assert context.personality.tone is Tone.WARM
        elif level < COOLED:
            assert context.personality.tone is Tone.NEUTRAL
        else:
            assert context.personality.tone is before.personality.tone


@pytest.mark.parametrize("level", [0, COOLED - 1, COOLED, FRIENDS - 1, FRIENDS, 100])
@pytest.mark.parametrize("asked", [Tone.WARM, Tone.NEUTRAL, Tone.FORMAL])
def test_a_tone_that_was_asked_for_stays(level: int, asked: Tone) -> None:
    before = known(level, personality=Personality(tone=Tone.FORMAL if asked is not Tone.FORMAL else Tone.WARM))
    asked_for = settled(before, before.copy_with(personality=Personality(tone=asked)))
    assert asked_for.personality.tone is asked
    if level != FRIENDS - 1:  # the next turn makes friends of them
        assert after_turn(asked_for, "what time is it", START + 1).personality.tone is asked


def test_a_turn_that_makes_friends_warms_and_a_long_absence_cools() -> None:
    warm = after_turn(known(FRIENDS - 1), "what time is it", START + DAY_S)
    assert (warm.friendship_level, warm.personality.tone) == (FRIENDS, Tone.WARM)
    cooled = after_turn(warm, "what time is it", START + 400 * DAY_S)
    assert (cooled.friendship_level, cooled.personality.tone) == (FRIENDS // 2 + 1, Tone.NEUTRAL)


@pytest.mark.parametrize("tone", Tone)
def test_a_frozen_or_formal_personality_stays(tone: Tone) -> None:
    frozen = known(FRIENDS - 1, personality=Personality(tone=tone), personality_frozen=True)
    assert after_turn(frozen, "thanks", START + DAY_S).personality.tone is tone
    formal = known(FRIENDS - 1, personality=Personality(tone=Tone.FORMAL))
    assert after_turn(formal, "thanks", START + DAY_S).personality.tone is Tone.FORMAL


def test_kind_words_count_twice_and_a_day_has_an_end() -> None:
    context = after_turn(UserContext(), "Good Morning!", START)
    assert context.friendship_level == 2
    for _ in range(10):
        context = after_turn(context, "thank you", START + 60)
    assert (context.friendship_level, context.friendship_today) == (5, 5)
    assert after_turn(context, "hindsight, pleased", START + DAY_S).friendship_level == 6


@pytest.mark.parametrize(
    ("said", "level"), [("Vielen Dank!", 2), ("gute nacht", 2), ("grüß gott", 2), ("der dankesbrief", 1)]
)
def test_kind_words_are_those_of_the_language(said: str, level: int) -> None:
    assert after_turn(UserContext(), said, START, "de").friendship_level == level


def test_a_clock_set_back_takes_nothing() -> None:
    context = after_turn(known(60, personality=Personality(tone=Tone.WARM)), "what time is it", START - 300 * DAY_S)
    assert (context.friendship_level, context.personality.tone) == (61, Tone.WARM)


@pytest.mark.parametrize(
    ("level", "close"),
    [
        *((0, Closeness.STRANGER), (19, Closeness.STRANGER), (20, Closeness.ACQUAINTANCE)),
        *((49, Closeness.ACQUAINTANCE), (50, Closeness.FRIEND), (100, Closeness.FRIEND)),
    ],
)
def test_closeness(level: int, close: Closeness) -> None:
    assert closeness(known(level)) is close


@pytest.mark.parametrize(
    ("level", "tone", "name", "normal", "brief"),
    [
        (0, Tone.NEUTRAL, "", "Good morning. What can I do for you?", "Good morning."),
        (0, Tone.NEUTRAL, "Anna", "Good morning, Anna. What can I do for you?", "Good morning, Anna."),
        (
            *(20, Tone.NEUTRAL, "Anna"),
            *("Good morning, Anna. Nice to hear you again. What can I do for you?", "Good morning, Anna."),
        ),
        (50, Tone.WARM, "Anna", "Hello, Anna! Good to hear you. What's up?", "Hello, Anna!"),
        (50, Tone.WARM, "", "Hello! Good to hear you. What's up?", "Hello!"),
        (90, Tone.FORMAL, "Anna", "Good morning, Anna. How may I be of service?", "Good morning, Anna."),
    ],
)
def test_greetings_show_it(level: int, tone: Tone, name: str, normal: str, brief: str) -> None:
    context = known(level, personality=Personality(tone=tone), display_name=name)
    hello = said("courtesy-hello", part="morning")
    assert in_words(hello, context) == normal
    terse = dataclasses.replace(context.personality, verbosity=Verbosity.BRIEF)
    assert in_words(hello, context.copy_with(personality=terse)) == brief
