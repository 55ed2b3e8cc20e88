"""How the assistant is to this user: changed by asking, heard in every answer, shown when asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from sottovoce.agent.intents.intents import Intent
from sottovoce.agent.skills.clock import Clock
from sottovoce.agent.skills.manners import Manners
from sottovoce.agent.tools.questions import Question
from sottovoce.agent.tools.saying import in_words
from sottovoce.domain.contexts import RATE_HIGH, RATE_LOW, Personality, Tone, UserContext, Verbosity
from sottovoce.domain.said import said
from sottovoce.domain.settings import Settings
from sottovoce.language.en.grammar import clock
from tests.unit.parts import UNDERSTANDING, Typed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sottovoce.domain.contexts import UserContext as Context

USUAL = Settings().speech_rate


@pytest.fixture
async def talk() -> AsyncIterator[Typed]:
    async with Typed() as typed:
        yield typed


async def context(talk: Typed) -> Context:
    return await talk.memory.get_user_context("me")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("be brief", "manners.brief"),
        ("please be more brief", "manners.brief"),
        ("talk less", "manners.brief"),
        ("give me shorter answers", "manners.brief"),
        ("be more detailed", "manners.detailed"),
        ("please give me longer answers", "manners.detailed"),
        ("talk to me normally", "manners.usual"),
        ("be yourself again", "manners.usual"),
        ("be more polite", "manners.formal"),
        ("please be friendly", "manners.warm"),
        ("speak slower", "manners.slower"),
        ("please talk more slowly", "manners.slower"),
        ("slow down", "manners.slower"),
        ("speak faster", "manners.faster"),
        ("speed up", "manners.faster"),
        ("faster please", "manners.faster"),
        ("You're talking too fast.", "manners.slower"),
        ("you are speaking too slowly", "manners.faster"),
        ("louder", "manners.louder"),
        ("a little louder please", "manners.louder"),
        ("Speak up, please.", "manners.louder"),
        ("turn your voice up", "manners.louder"),
        ("I can't hear you.", "manners.louder"),
        ("You're too quiet.", "manners.louder"),
        ("softer", "manners.softer"),
        ("be quieter", "manners.softer"),
        ("please speak more softly", "manners.softer"),
        ("turn your voice down a bit", "manners.softer"),
        ("lower your voice", "manners.softer"),
        ("you are too loud", "manners.softer"),
        ("stay as you are", "manners.stay"),
        ("never change", "manners.stay"),
        ("you may change again", "manners.change"),
        ("how well do you know me", "manners.friendship"),
        ("are we friends", "manners.friendship"),
    ],
)
def test_intents_of_manners(text: str, intent: str) -> None:
    assert UNDERSTANDING.intent(text) == Intent(intent)


@pytest.mark.parametrize(
    "text",
    [
        *("be a brief one", "the answer was brief", "how well do you know python", "change it"),
        *("my neighbor is too loud", "turn it", "turn the page down", "the fan is louder", "can you hear me"),
        *("be quiet", "remember that you are too loud", "turn up the heating", "turn up the volume"),
    ],
)
def test_what_changes_no_manners(text: str) -> None:
    found = UNDERSTANDING.intent(text)
    assert found is None or not found.name.startswith("manners.")


@pytest.mark.parametrize(
    ("said", "reply", "after"),
    [
        ("be brief", "Okay.", Personality(verbosity=Verbosity.BRIEF)),
        (
            *("be more detailed", "Okay, I will tell you more from now on."),
            Personality(verbosity=Verbosity.DETAILED),
        ),
        ("be formal", "Very well.", Personality(tone=Tone.FORMAL)),
        ("be friendly", "Gladly!", Personality(tone=Tone.WARM)),
        ("speak slower", "I will speak slower.", Personality(speech_rate=USUAL - 25)),
        ("speak faster", "I will speak faster.", Personality(speech_rate=USUAL + 25)),
        ("softer", "I will speak softer.", Personality(volume=80)),
    ],
)
async def test_what_is_asked_for_holds_from_then_on_and_is_durable(
    talk: Typed, said: str, reply: str, after: Personality
) -> None:
    assert await talk.reply(said) == reply
    assert talk.store.snapshots[-1].personality == after
    await talk.reply("what time is it")
    assert (await context(talk)).personality == after
    assert await talk.reply("be yourself") == "Okay, I am my usual self again."
    assert (await context(talk)).personality == Personality()


@pytest.mark.parametrize(
    ("said", "of", "limit", "reply"),
    [
        ("speak slower", "speech_rate", RATE_LOW, "This is as slow as I can speak."),
        ("speak faster", "speech_rate", RATE_HIGH, "This is as fast as I can speak."),
        ("softer", "volume", 20, "This is as soft as I can speak and be heard."),
        ("louder", "volume", 100, "This is as loud as I can speak. You can turn up the volume of the computer itself."),
    ],
)
async def test_the_voice_stays_within_what_can_be_followed_and_says_so(
    talk: Typed, said: str, of: str, limit: int, reply: str
) -> None:
    await talk.memory.set_context("me", personality=Personality(volume=50))
    replies = [await talk.reply(said) for _ in range(20)]
    assert getattr((await context(talk)).personality, of) == limit
    assert replies[0] != reply
    assert replies[-1] == reply


@pytest.mark.parametrize(("usual", "softer", "louder"), [(100, 80, None), (90, 70, 100), (30, 20, 50), (10, None, 30)])
async def test_what_the_settings_say_now_is_where_a_voice_starts(
    usual: int, softer: int | None, louder: int | None
) -> None:
    async with Typed() as talk:
        settings = Settings()
        manners = Manners(talk.memory, lambda: settings)
        settings = Settings(volume=usual)
        for intent, wanted in (("manners.softer", softer), ("manners.louder", louder)):
            question = Question(text="", context=UserContext())
            await manners.answer(question, Intent(intent))
            assert (await context(talk)).personality.volume == wanted


@pytest.mark.parametrize(("asked", "of"), [("louder", "volume"), ("faster", "speech_rate")])
async def test_a_voice_that_is_decided_elsewhere_stays_and_says_so(asked: str, of: str) -> None:
    async with Typed() as talk:
        manners = Manners(talk.memory, lambda: Settings(volume=50), lambda: {of})
        told = await manners.answer(Question(text="", context=UserContext()), Intent(f"manners.{asked}"))
        assert told == said("manners-decided")
        assert getattr((await context(talk)).personality, of) is None


async def test_greetings_and_thanks_have_the_tone(talk: Typed) -> None:
    await talk.memory.set_context("me", display_name="Anna")
    said = {}
    for tone in Tone:
        await talk.memory.set_context("me", personality=Personality(tone=tone))
        said[tone] = [await talk.reply(text) for text in ("hello", "thank you", "bye")]
    assert said == {
        Tone.FORMAL: ["Good afternoon, Anna. How may I be of service?", "It was a pleasure.", "Goodbye, Anna."],
        Tone.NEUTRAL: ["Good afternoon, Anna. What can I do for you?", "You're welcome.", "Goodbye, Anna."],
        Tone.WARM: [
            *("Good afternoon, Anna. What can I do for you?", "Any time, Anna!"),
            "Bye, Anna, talk to you soon!",
        ],
    }


async def test_a_friend_is_greeted_as_one(talk: Typed) -> None:
    await talk.memory.set_context("me", friendship_level=49)
    assert await talk.reply("hello") == "Good afternoon. Nice to hear you again. What can I do for you?"
    assert (await context(talk)).friendship_level == 51
    assert await talk.reply("hello") == "Hello! Good to hear you. What's up?"
    assert await talk.reply("thanks") == "Any time!"


async def test_staying_and_changing_again(talk: Typed) -> None:
    await talk.reply("be formal")
    assert await talk.reply("stay as you are") == "I will stay as I am."
    frozen = await context(talk)
    assert (frozen.friendship_frozen, frozen.personality_frozen) == (True, True)
    await talk.reply("thank you")
    assert (await context(talk)).friendship_level == frozen.friendship_level
    assert await talk.reply("be friendly") == "Gladly!"  # asked for, it changes nevertheless
    assert (await context(talk)).personality.tone is Tone.WARM
    assert await talk.reply("you can change again") == "Okay, I will get to know you."
    await talk.reply("thank you")
    assert (await context(talk)).friendship_level > frozen.friendship_level


@pytest.mark.parametrize(
    ("level", "verbosity", "reply"),
    [
        (0, Verbosity.NORMAL, "We are only getting to know each other, Anna: we have talked 1 time."),
        (20, Verbosity.BRIEF, "We know each other a little."),
        (
            *(50, Verbosity.DETAILED),
            "We know each other well, Anna: we have talked 1 time, and our friendship is at 51 of 100.",
        ),
    ],
)
async def test_how_well_it_knows_the_user_is_no_secret(
    talk: Typed, level: int, verbosity: Verbosity, reply: str
) -> None:
    await talk.memory.set_context(
        "me", display_name="Anna", friendship_level=level, personality=Personality(verbosity=verbosity)
    )
    await talk.reply("what time is it")
    assert await talk.reply("how well do you know me") == reply
    await talk.memory.set_context("me", personality=Personality())
    assert "we have talked 2 times" in await talk.reply("are we friends")


@pytest.mark.parametrize(
    ("said", "normal", "brief", "detailed"),
    [
        ("what time is it", "It is 3:05 PM.", "3:05 PM.", "It is 3:05 PM on Saturday, November 21, 2026."),
        (
            *("what is the date", "Today is Saturday, November 21, 2026.", "November 21."),
            "Today is Saturday, November 21, 2026, and it is 3:05 PM.",
        ),
        ("what day is it", "Today is Saturday.", "Saturday.", "Today is Saturday, November 21, 2026."),
        ("what month is it", "It is November.", "November.", "It is November 2026."),
        ("what year is it", "It is 2026.", "2026.", "It is November 2026."),
        (
            "who are you",
            *["I am Sottovoce. I listen only when you ask me to, and all you say stays here.", "I am Sottovoce."],
            "I am Sottovoce. I listen only when you ask me to, and all you say stays here.",
        ),
    ],
)
async def test_answers_have_the_length_that_was_asked_for(
    talk: Typed, said: str, normal: str, brief: str, detailed: str
) -> None:
    for verbosity, expected in zip(Verbosity, (brief, normal, detailed), strict=True):
        await talk.memory.set_context("me", personality=Personality(verbosity=verbosity))
        assert await talk.reply(said) == expected


async def test_the_fallback_is_brief_to_who_wants_that(talk: Typed) -> None:
    await talk.reply("be brief")
    assert await talk.reply("polish my shoes") == "Sorry, I can't answer that."


@pytest.mark.parametrize(
    ("zone", "time", "date"),
    [
        ("", "It is 3:05 PM.", "Today is Saturday, November 21, 2026."),
        ("Europe/Berlin", "It is 4:05 PM.", "Today is Saturday, November 21, 2026."),
        ("Asia/Kolkata", "It is 8:35 PM.", "Today is Saturday, November 21, 2026."),
        ("Pacific/Auckland", "It is 4:05 AM.", "Today is Sunday, November 22, 2026."),
    ],
)
async def test_the_clock_is_that_of_the_user_s_own_zone(talk: Typed, zone: str, time: str, date: str) -> None:
    await talk.memory.set_context("me", time_zone=zone)
    assert await talk.reply("what time is it") == time
    assert await talk.reply("what is the date") == date


@pytest.mark.parametrize(
    ("hour", "words"), [(0, "12:00 AM"), (1, "1:00 AM"), (11, "11:00 AM"), (12, "12:00 PM"), (23, "11:00 PM")]
)
async def test_hours(hour: int, words: str) -> None:
    now = datetime(2026, 11, 21, hour, tzinfo=UTC)
    assert clock(now) == words
    question = Question(text="what time is it", context=UserContext())
    assert (
        in_words(await Clock(lambda: now).answer(question, Intent("clock.time")), question.context) == f"It is {words}."
    )
