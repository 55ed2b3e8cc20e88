"""What nobody asked for is not done: words about an act, a name that is none, another thing than the one named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from sottovoce.agent.agent import Agent
from sottovoce.agent.skills.calendar import CalendarSkill
from sottovoce.agent.skills.lists import ListKeeping
from sottovoce.agent.skills.notes import NoteTaking
from sottovoce.agent.tools.questions import Question
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.dialogue import Asked, Dialogue, Pending
from sottovoce.domain.effects import Effect
from sottovoce.language import language
from sottovoce.memory.calendar import Calendar
from sottovoce.memory.lists import Lists
from sottovoce.memory.notes import Notes
from tests.fakes_store import FakeStore
from tests.language.tried import home
from tests.unit.parts import RECOGNIZERS

if TYPE_CHECKING:
    from sottovoce.agent.tools.tools import Skill


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


@pytest.mark.parametrize(
    ("tag", "sentence", "asked", "empty"),
    [
        *(
            ("en", sentence, "what is on my shopping list", "Your shopping list is empty.")
            for sentence in (
                "i have no time",
                "i have no brothers",
                "i don't have any siblings",
                "i've got no idea what to do",
                "i have no time for this",
                "we don't have any children",
                "there is no internet",
                "i have no money left",
                "we are running out of time",
                "i'm out of breath",
                "my patience is running out",
                "my battery is nearly empty",
                "i have no more questions",
            )
        ),
        *(
            ("de", sentence, "was steht auf meiner einkaufsliste", "Auf deiner Einkaufsliste steht nichts.")
            for sentence in ("ich habe kein auto mehr", "wir haben keine zeit mehr", "mir geht die geduld aus")
        ),
    ],
)
async def test_what_nobody_buys_is_on_no_shopping_list(tag: str, sentence: str, asked: str, empty: str) -> None:
    assert (await _replies(tag, sentence, asked))[1] == ("list.read", empty)


@pytest.mark.parametrize(
    ("sentence", "thing"),
    [
        ("we have no dog food", "dog food"),
        ("there is no milk left", "milk"),
        ("we are out of tea", "tea"),
    ],
)
async def test_what_is_out_is_on_the_shopping_list(sentence: str, thing: str) -> None:
    assert await _replies("en", sentence) == [("list.add", f"I have put {thing} on your shopping list.")]


@pytest.mark.parametrize("sentence", ["i have a car now", "i have a headache now", "we've got a baby now"])
async def test_what_is_so_now_is_no_appointment(sentence: str) -> None:
    ((intent, _),) = await _replies("en", sentence)
    assert not intent.startswith("calendar.")


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
    assert replies[1] == ("calendar.cancel", "Should I take lunch with anna tomorrow at 12:00 PM out of your calendar?")
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


_EVENTS = ("put lunch with anna tomorrow at noon in my calendar", "put yoga on monday at six pm in my calendar")


@pytest.mark.parametrize(
    ("kept", "sentence", "asked", "done"),
    [
        ("add milk to my list", "clear my list", "Shall I take the only thing off your shopping list?", "is empty"),
        ("add milk to my list", "delete my shopping list", "Shall I delete your shopping list with the", "is deleted"),
        ("note that it rains", "delete my last note", "Shall I delete the note", "The note is deleted."),
        ("note that it rains", "delete all my notes", "Shall I delete your only note?", "Your note is deleted."),
        (_EVENTS[1], "cancel the yoga", "Should I take yoga on Monday at 6:00 PM out of", "I took yoga on Monday"),
        (_EVENTS[1], "delete all my events", "Should I take the only event that is", "I took the only event"),
        (
            "set a timer for an hour",
            "cancel all timers",
            "Should I cancel your only timer?",
            "Your timer is cancelled.",
        ),
        ("set an alarm for seven pm", "cancel all alarms", "Should I cancel your only alarm?", "Your alarm is"),
        ("remind me at nine pm to call mum", "cancel all reminders", "Should I cancel your only reminder?", "Your rem"),
    ],
)
async def test_what_destroys_is_done_for_a_yes_alone(kept: str, sentence: str, asked: str, done: str) -> None:
    replies = [text for _, text in await _replies("en", kept, *[sentence] * 3, "yes", "yes", sentence)]
    assert all(text.startswith((asked, "Okay, I have not done it.")) for text in replies[1:4])
    assert replies[3].startswith(asked)
    assert done in replies[4]
    assert not any(text.startswith(asked) or done in text for text in replies[5:6])
    assert "?" not in replies[6]  # there is none any more


@pytest.mark.parametrize("proposed", [("list.clear", {}), ("note.delete", {}), ("calendar.cancel", {"event": "yoga"})])
async def test_a_yes_to_what_was_proposed_has_it_asked(proposed: tuple[str, dict[str, str]]) -> None:
    store, now = FakeStore(), datetime(2026, 11, 21, 15, 5, tzinfo=UTC)
    lists, notes, calendar = Lists(store, now.timestamp), Notes(store, clock=now.timestamp), Calendar(store)
    await lists.put("me", "shopping", ("milk",), language("en").words.key_words)
    await notes.write("me", "it rains")
    await calendar.add(calendar.new("me", "yoga", now + timedelta(hours=3), now + timedelta(hours=4)))
    skills: list[Skill] = [ListKeeping(lists), NoteTaking(notes, lambda: now), CalendarSkill(calendar, lambda: now)]
    kept = dict(store.kept_records)
    left = Dialogue(pending=Pending(asked=Asked(*proposed), proposed=True))
    context = UserContext(user_id="me", time_zone="UTC")
    reply = Agent(RECOGNIZERS.of, skills, now=lambda: now).answer(Question(text="yes", context=context, dialogue=left))
    assert "".join([piece async for piece in reply.pieces]).startswith(("Shall I", "Should I"))
    assert reply.dialogue.pending is not None
    assert not reply.dialogue.pending.proposed
    assert store.kept_records == kept


@pytest.mark.parametrize(
    ("tag", "kept", "sentence", "other", "told", "still", "there"),
    [
        (
            *("en", _EVENTS[1], "cancel the yoga", "cancel the dentist"),
            *('I find nothing called "dentist" in your calendar.', "when is yoga", "Yoga is on Monday at 6:00 PM."),
        ),
        (
            *("en", _EVENTS[1], "cancel the yoga", "when is the zoo visit"),
            *('I find nothing called "zoo visit" in your calendar.', "when is yoga", "Yoga is on Monday at 6:00 PM."),
        ),
    ],
)
async def test_one_that_is_not_found_takes_back_what_was_asked(
    tag: str, kept: str, sentence: str, other: str, told: str, still: str, there: str
) -> None:
    replies = [text for _, text in await _replies(tag, kept, sentence, other, "yes", still)]
    assert replies[1].endswith("out of your calendar?")
    assert (replies[2], replies[4]) == (told, there)


async def test_of_two_that_are_to_go_the_one_that_is_not_there_is_told() -> None:
    replies = await _replies("en", "set a timer for an hour", "cancel all timers and cancel all alarms", "yes")
    assert replies[1][1] == "You have no alarm set. Should I cancel your only timer?"
    assert replies[2][1] == "Your timer is cancelled."


@pytest.mark.parametrize(
    "sentence", ["cancel all my appointments", "delete all my events", "remove all appointments from my calendar"]
)
async def test_all_appointments_are_all_there_are(sentence: str) -> None:
    party = "put the anniversary event on friday at noon in my calendar"
    replies = [text for _, text in await _replies("en", party, *_EVENTS, sentence, "yes", "what do i have on friday")]
    assert replies[3] == "Should I take all 3 events that are ahead out of your calendar?"
    assert replies[4:] == ["I took all 3 events that were ahead out of your calendar.", "You have nothing on Friday."]


@pytest.mark.parametrize("sentence", ["lösche alle meine termine", "sag alle termine ab"])
async def test_all_german_appointments_are_all_there_are(sentence: str) -> None:
    events = ("trag morgen um zwölf mittagessen mit anna ein", "trag am montag um acht zahnarzt ein")
    replies = [text for _, text in await _replies("de", *events, sentence, "ja", "was habe ich morgen")]
    assert replies[2] == "Soll ich beide Termine, die anstehen, aus deinem Kalender nehmen?"
    assert replies[3] == "Ich habe beide Termine, die anstanden, aus deinem Kalender genommen."


@pytest.mark.parametrize("tag", ["en", "de"])
def test_what_any_event_is_called_is_known_as_a_key_word(tag: str) -> None:
    own = language(tag)
    assert all(own.words.key_words(word) <= own.plans.GENERAL for word in own.plans.GENERAL)
    assert own.plans.EVENTS <= own.plans.GENERAL


NOT_DONE = {
    "en": (
        "i have a flight tomorrow so don't turn off the alarm",
        "i don't want you to turn the alarm off",
        "it's not okay to turn the alarm off",
        "the cake isn't done don't turn the timer off",
        "the kids are asleep don't turn the music up",
        "i'm private don't take a screenshot",
        "i'm working don't put the computer to sleep",
        "take milk off my shopping list i'd never say",
        "delete my reminder i'm kidding",
        "cancel the alarm i'd rather not",
        "lock the screen i won't",
        "should i cancel the alarm",
        "will the alarm be off",
        "will the timer stop",
        "i might cancel the timer",
        "will my screen lock",
        "lock the screen if i go",
        "the shopping list got deleted",
        "there's no reason you should cancel the timer",
        "i told him to turn the volume down",
    ),
    "de": (
        "ist der wecker aus",
        "der timer ist aus",
        "ist der bildschirm gesperrt",
        "soll ich den wecker löschen",
        "ich will nicht dass du den wecker ausmachst",
        "mach den wecker aus nein doch nicht",
        "mach den wecker aus ich mach nur spaß",
        "der ton ist aus",
        "der ton ist stumm",
        "die musik ist aus",
        "ich hab morgen einen flug also stell den wecker nicht aus",
        "sperr den bildschirm wenn ich gehe",
    ),
}
"""What is forbidden, taken back, asked about, supposed or told, beside a remark or in the words of an order."""


@pytest.mark.parametrize(("tag", "sentence"), [(tag, said) for tag, some in NOT_DONE.items() for said in some])
async def test_what_is_forbidden_asked_about_or_taken_back_is_not_done(tag: str, sentence: str) -> None:
    async with home(tag, allowing=True) as (one, tools):
        came = await one.say(sentence)
        tool = tools.get(came.intent)
    assert not came.served or tool is None or tool.effect is Effect.READ, came


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("i need an alarm at seven turn the volume up", ("7:00 PM", "volume")),
        ("i need a timer for ten minutes lock the screen", ("10 minutes", "locked")),
        ("i'm allergic to nuts turn the volume up", ("allergic to nuts", "volume")),
        ("turn the volume up, i'm allergic to nuts", ("allergic to nuts", "volume")),
        ("my name is anna and set a timer for ten minutes", ("name is anna", "10 minutes")),
    ],
)
async def test_of_a_request_and_what_stands_beside_it_nothing_is_lost(sentence: str, said: tuple[str, ...]) -> None:
    ((_, text),) = await _replies("en", sentence)
    assert all(words in text for words in said), text
