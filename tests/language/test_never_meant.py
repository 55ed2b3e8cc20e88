"""What nobody asked for is not done: words about an act, a name that is none, another thing than the one named."""

import pytest

from tests.language.tried import home


async def _replies(tag: str, *sentences: str) -> list[tuple[str, str]]:
    """Intent and words of each answer."""
    async with home(tag, allowing=True) as (one, _):
        return [(came.intent, came.text) for came in [await one.say(sentence) for sentence in sentences]]


@pytest.mark.parametrize(
    "sentence",
    [
        "she said set a timer for ten minutes",
        "do not set a timer for ten minutes",
        "never set a timer for ten minutes",
        "i don't want a timer for ten minutes",
        "did you set a timer for ten minutes",
        "she set a timer for ten minutes",
        "don't set an alarm for seven",
    ],
)
async def test_a_sentence_about_a_timer_sets_none(sentence: str) -> None:
    assert (await _replies("en", sentence, "what timers do i have", "what alarms do i have"))[1:] == [
        ("timer.list", "You have no timer running."),
        ("alarm.list", "You have no alarm set."),
    ]


async def test_a_polite_question_names_no_timer() -> None:
    assert await _replies("en", "can you set a timer for ten minutes") == [
        ("timer.set", "Your timer is set for 10 minutes.")
    ]


async def test_a_german_sentence_about_a_timer_sets_none() -> None:
    replies = await _replies("de", "stell keinen timer auf zehn minuten", "welche timer laufen")
    assert replies[0][0] != "timer.set"
    assert replies[1][0] == "timer.list"


@pytest.mark.parametrize(
    ("half", "asked"), [("set an alarm for", "For what time?"), ("set a timer for", "For how long?")]
)
async def test_half_a_sentence_is_asked_about(half: str, asked: str) -> None:
    ((_, reply),) = await _replies("en", half)
    assert reply == asked


async def test_another_reminder_than_the_named_one_is_not_cancelled() -> None:
    replies = await _replies(
        "en",
        "remind me to call mum tomorrow at nine",
        "cancel the reminder to call dad",
        "what reminders do i have",
        "cancel the mum reminder",
    )
    assert replies[1] == ("reminder.cancel", "You have no such reminder. There is “call mum”.")
    assert "call mum" in replies[2][1]
    assert replies[3] == ("reminder.cancel", "Your reminder is cancelled: call mum.")


@pytest.mark.parametrize("before", ["set an alarm for seven", "set a timer for ten minutes"])
async def test_it_of_the_time_is_no_alarm(before: str) -> None:
    replies = await _replies("en", before, "what time is it", "what day is it")
    assert replies[1:] == [("clock.time", "It is 3:05 PM."), ("clock.day", "Today is Saturday.")]


@pytest.mark.parametrize("sentence", ["cancel that", "delete it", "cancel the event", "delete the appointment"])
async def test_an_event_is_pointed_at(sentence: str) -> None:
    replies = await _replies(
        "en", "put lunch with anna tomorrow at noon in my calendar", sentence, "yes", "what do i have tomorrow"
    )
    assert replies[1] == ("calendar.cancel", "Should I take it out of your calendar?")
    assert replies[3] == ("calendar.agenda", "You have nothing tomorrow.")


async def test_what_was_done_is_told_beside_what_nobody_can() -> None:
    replies = await _replies("en", "set a timer for ten minutes and open the garage door", "what timers do i have")
    assert replies[0][1] == "Your timer is set for 10 minutes. I don't know how to do this: open the garage door."
    assert replies[1][1] == "Your timer has 10 minutes left."


async def test_what_nobody_can_do_alone_is_declined() -> None:
    ((intent, _),) = await _replies("en", "open the garage door")
    assert intent == "fallback"


async def test_a_day_that_was_told_is_none_of_the_calendar() -> None:
    replies = await _replies(
        "en", "when is anna's birthday", "remember that anna's birthday is the third of may", "when is anna's birthday"
    )
    assert replies[0] == ("calendar.when", 'I find nothing called "anna\'s birthday" in your calendar.')
    assert replies[2][1] == "You told me: anna's birthday is the third of may."


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("\x00set a timer for ten minutes", "Your timer is set for 10 minutes."),
        ("set\u200b a timer for ten minutes", "Your timer is set for 10 minutes."),
        ("\u202eset a timer\u202c for ten minutes", "Your timer is set for 10 minutes."),
        ("take a note \ud800hi", "I have noted: hi."),
    ],
)
async def test_signs_that_nobody_sees_are_left_out(typed: str, reply: str) -> None:
    assert (await _replies("en", typed))[0][1] == reply
