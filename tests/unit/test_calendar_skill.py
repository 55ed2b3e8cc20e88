"""What is answered from the calendar, asked back, and changed in it, for somebody in Berlin."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sottovoce.agent.intents.intents import Intent
from sottovoce.agent.skills.calendar import CalendarSkill
from sottovoce.agent.tools.questions import NotMeant, Question, SkillAnswer
from sottovoce.agent.tools.tools import Slot, Tools
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.dialogue import Asked, Dialogue, Pending
from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import CalendarFilesTooMany, CalendarFilesUnread, SottovoceError, StoreTrouble
from sottovoce.language import language
from sottovoce.memory.calendar import Calendar
from tests.fakes_store import FakeStore
from tests.unit.parts import UNDERSTANDING, english
from tests.unit.test_calendar import FilesOfWork

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 15, 5, tzinfo=BERLIN)
"""A Saturday."""


class Talk:
    """Somebody who says one thing after the other."""

    def __init__(self) -> None:
        self.files = FilesOfWork()
        self.store = FakeStore()
        self.calendar = Calendar(self.store, files=self.files, clock=NOW.timestamp)
        self.skill = CalendarSkill(self.calendar, lambda: NOW)
        self.tools = Tools([self.skill])
        self.answer = SkillAnswer(said="")
        self.context = UserContext(time_zone="Europe/Berlin")

    async def say(self, text: str) -> str:
        intent = UNDERSTANDING.intent(text)
        assert intent is not None, text
        return await self.ask(intent)

    async def reply(self, text: str) -> str:
        """Answer what was asked back."""
        pending = self.answer.pending
        assert pending is not None
        asked = pending.asked.with_words(**{pending.slot: text})
        return await self.ask(Intent(asked.tool, asked.words))

    async def ask(self, intent: Intent) -> str:
        call = self.tools.call(intent, language("en").values, NOW)
        assert not isinstance(call, Slot)
        tool = self.tools.get(call.name)
        assert tool is not None
        pending = self.answer.pending
        question = Question(text="", context=self.context, dialogue=Dialogue(pending=pending), message_id="m")
        try:
            answer = await tool.run(question, call)
        except NotMeant as refused:
            answer = refused.instead or ""
        self.answer = answer if isinstance(answer, SkillAnswer) else SkillAnswer(said=answer)
        return english(self.answer)


@pytest.fixture
def talk() -> Talk:
    return Talk()


async def test_a_title_and_a_time_are_asked_back(talk: Talk) -> None:
    assert await talk.say("create an event") == "What should I call it?"
    assert await talk.reply("lunch with anna") == "When?"
    assert await talk.reply("tomorrow") == "At what time? You can also say: all day."
    pending = talk.answer.pending
    assert pending is not None
    assert pending == Pending(
        asked=Asked("calendar.add", {"event": "lunch with anna", "plan": "lunch with anna tomorrow"}), slot="moment"
    )


async def test_a_time_joins_the_day_that_was_told(talk: Talk) -> None:
    await talk.say("add lunch with anna on friday")
    assert await talk.reply("at one") == "It is in your calendar: lunch with anna on Friday at 1:00 PM."
    (event,) = talk.store.kept_records.values()
    assert getattr(event, "source_message", "") == "m"
    assert talk.answer.entities == {"event": getattr(event, "id", "")}
    assert talk.answer.private


async def test_all_day_answers_the_question_for_a_time(talk: Talk) -> None:
    await talk.say("add conference on friday")
    assert await talk.ask(Intent("calendar.whole_day")) == "It is in your calendar: conference on Friday, all day."
    assert await talk.say("what do i have on friday") == "You have one thing on Friday: conference all day."


async def test_all_day_that_answers_nothing(talk: Talk) -> None:
    assert await talk.say("all day") == "I did not ask how long anything takes."
    await talk.say("cancel the dentist")
    talk.answer = dataclasses.replace(talk.answer, pending=Pending(asked=Asked("timer.set"), slot="duration"))
    assert await talk.say("all day") == "I did not ask how long anything takes."


async def test_what_is_past_is_told(talk: Talk) -> None:
    assert (await talk.say("add dentist today at nine am")).endswith("That is in the past.")
    assert await talk.say("when is the dentist") == "Dentist was today at 9:00 AM."
    assert await talk.say("what do i have today") == "You have nothing more today."


async def test_today_is_what_is_not_over(talk: Talk) -> None:
    await talk.say("add brunch today from eleven am to four pm")
    await talk.say("add dinner today at eight pm")
    assert (
        await talk.say("what do i have today") == "You have 2 things today: brunch at 11:00 AM and dinner at 8:00 PM."
    )


async def test_what_reaches_into_a_day(talk: Talk) -> None:
    await talk.say("add party tomorrow from eight pm to two am")
    await talk.say("add camp from friday at six pm to sunday at three pm")
    assert await talk.say("what do i have on monday") == "You have one thing on Monday: party until 2:00 AM."
    found = await talk.say("what's on my calendar next week")
    assert found.endswith("on Monday party until 2:00 AM; on Friday camp at 6:00 PM.")
    assert await talk.say("what do i have on november twenty eighth") == (
        "You have one thing on Saturday, November 28: camp all day."
    )


async def test_many_are_counted(talk: Talk) -> None:
    await talk.say("add yoga every day at six pm")
    assert (await talk.say("what do i have in december")).endswith("And 24 more.")
    for hour in ("eight", "nine", "ten", "eleven"):
        await talk.say(f"add a call on friday at {hour} am")
        await talk.say(f"add a call on friday at {hour} pm")
    assert (await talk.say("what do i have on friday")).endswith("And 2 more.")


async def test_nothing_at_all(talk: Talk) -> None:
    assert await talk.say("when is my next meeting") == "There is nothing ahead in your calendar."
    assert await talk.say("when is the dentist") == 'I find nothing called "dentist" in your calendar.'
    assert await talk.say("when am i free on friday") == "You are free on Friday between 8:00 AM and 8:00 PM."


async def test_hours_that_are_all_taken(talk: Talk) -> None:
    await talk.say("add exam on friday from six am to eleven pm")
    told = "You have no free half hour on Friday between 8:00 AM and 8:00 PM."
    assert await talk.say("when am i free on friday") == told
    await talk.say("add exam tomorrow from noon to two")
    assert await talk.say("when am i free tomorrow") == (
        "You are free tomorrow from 8:00 AM to 12:00 PM and from 2:00 PM to 8:00 PM."
    )


async def test_when_whole_days_are(talk: Talk) -> None:
    await talk.say("my vacation is from june third to june tenth")
    assert await talk.say("when is the vacation") == "Vacation is from June 3 to June 10."


async def test_asked_for_an_hour(talk: Talk) -> None:
    await talk.say("add dentist on friday at three")
    told = "one thing on Friday between 3:00 PM and 4:00 PM: dentist at 3:00 PM."
    assert await talk.say("what do i have on friday at three") == f"You have {told}"


async def test_what_comes_again_is_named(talk: Talk) -> None:
    added = "It is in your calendar: "
    assert await talk.say("add yoga every tuesday and friday at six") == (
        f"{added}yoga on Tuesday at 6:00 PM, and then every Tuesday and Friday."
    )
    assert (await talk.say("add rent every two weeks at nine am")).endswith("and then every 2 weeks.")
    assert await talk.say("what is my next appointment") == "Next is rent tomorrow at 9:00 AM."


async def test_whole_days_come_next_where_there_is_nothing_else(talk: Talk) -> None:
    await talk.say("add anna's birthday on may third")
    assert await talk.say("when is my next appointment") == "Next is anna's birthday on Monday, May 3, 2027, all day."
    await talk.say("my vacation is from monday to wednesday")
    assert await talk.say("when is my next appointment") == "Next is vacation from Monday to Wednesday."


async def test_free_or_not(talk: Talk) -> None:
    await talk.say("my vacation is from monday to wednesday")
    await talk.say("add lunch with anna on tuesday at one")
    assert await talk.say("am i free on monday") == "You are free on Monday, but there is vacation all day."
    assert (await talk.say("am i free on tuesday")).endswith("you have lunch with anna at 1:00 PM.")
    assert await talk.say("am i free on friday") == "You are free on Friday."
    assert await talk.say("am i free") == "You are free today between 3:05 PM and 4:05 PM."
    assert (await talk.say("when am i free")).startswith("You are free today between 3:05 PM")


async def test_moved_by_lengths(talk: Talk) -> None:
    await talk.say("add dentist on friday at three")
    assert await talk.say("postpone the dentist by an hour") == "I moved dentist; it is on Friday at 4:00 PM now."
    assert await talk.say("postpone the dentist by a day") == (
        "I moved dentist; it is on Saturday, November 28 at 4:00 PM now."
    )
    assert (await talk.say("bring the dentist forward by two days")).endswith("it is on Thursday at 4:00 PM now.")


async def test_what_stands_at_the_new_time_is_told(talk: Talk) -> None:
    await talk.say("add dentist on friday at three")
    await talk.say("add a call on thursday at four")
    assert (await talk.say("move the dentist to thursday at four")).endswith(
        "At that time you also have call at 4:00 PM."
    )


async def test_one_of_several_is_asked_for(talk: Talk) -> None:
    await talk.say("add a call with anna on friday at three")
    await talk.say("add lunch with anna on thursday at one")
    asked = "Which one? There is lunch with anna on Thursday at 1:00 PM and call with anna on Friday at 3:00 PM."
    assert await talk.say("cancel the meeting with anna") == asked
    assert await talk.reply("friday") == "I took call with anna on Friday at 3:00 PM out of your calendar."
    await talk.say("add a call with anna on friday at three")
    assert (await talk.say("move the meeting with anna to saturday")).startswith("Which one?")
    assert (await talk.reply("thursday")).startswith("I moved lunch with anna")
    assert await talk.say("cancel the meeting with anna on monday") == (
        'I find nothing called "meeting with anna" in your calendar.'
    )


async def test_by_its_time_alone(talk: Talk) -> None:
    await talk.say("add dentist on friday at three")
    assert await talk.say("move my three o'clock meeting to four") == "I moved dentist; it is on Friday at 4:00 PM now."
    assert (await talk.say("cancel my four o'clock meeting")).startswith("I took dentist")
    assert await talk.say("cancel my four o'clock meeting") == "I find no such event in your calendar."
    assert await talk.ask(Intent("calendar.cancel")) == "Which event?"
    assert talk.answer.pending == Pending(asked=Asked("calendar.cancel"), slot="event")


async def test_series(talk: Talk) -> None:
    await talk.say("add yoga every day at six pm")
    assert (await talk.say("cancel yoga on monday")).endswith("ask me to cancel every yoga.")
    assert await talk.say("what do i have on monday") == "You have nothing on Monday."
    moved = "I moved yoga; it is on Friday at 5:00 PM now. Only this one; the others stay where they are."
    assert await talk.say("move yoga to friday at five") == moved
    assert await talk.say("cancel every yoga") == "I took every yoga out of your calendar."
    assert await talk.say("what do i have in december") == "You have nothing from December 1 to December 31."
    assert await talk.say("cancel every yoga") == 'I find nothing called "yoga" in your calendar.'
    assert await talk.ask(Intent("calendar.cancel_all", {"event": "it"})) == "Which event?"


async def test_it_is_known_by_its_id(talk: Talk) -> None:
    await talk.say("add dentist on friday at three")
    await talk.say("add a call on thursday at four")
    it = talk.answer.entities["event"]
    assert (await talk.ask(Intent("calendar.cancel", {"event": it}))).startswith("I took call on Thursday")


async def test_files_are_told_by_name_and_never_changed(talk: Talk) -> None:
    start = NOW + timedelta(hours=1)
    review = talk.calendar.new("me", "review", start, start + timedelta(hours=2))
    talk.files.events = (review,)
    assert await talk.say("what do i have today") == 'You have one thing today: review at 4:05 PM in "work".'
    assert talk.answer.entities == {}
    assert await talk.say("when is the review") == 'Review is today at 4:05 PM in "work".'
    assert await talk.say("when is my next meeting") == 'Next is review today at 4:05 PM in "work".'
    only_read = (
        'review stands in your calendar file "work", which I only read. Please change it in the program it comes from.'
    )
    assert await talk.say("cancel the review") == only_read
    assert await talk.say("move the review to friday") == only_read
    assert await talk.say("cancel every review") == only_read


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (StoreTrouble(), "I can't see all of your calendar files just now."),
        (CalendarFilesUnread(), "I'm still reading your calendar files, so something may be missing."),
        (CalendarFilesTooMany(), "You have more calendar files than I can read, so some are left out."),
    ],
    ids=lambda value: getattr(value, "code", ""),
)
async def test_files_that_are_missing_are_told(talk: Talk, trouble: SottovoceError, told: str) -> None:
    talk.files.trouble = trouble
    assert await talk.say("what do i have today") == f"You have nothing today. {told}"


async def test_in_german(talk: Talk) -> None:
    answer = await talk.skill.tools[0].run(
        Question(text="", context=talk.context.copy_with(language="de"), now=NOW),
        dataclasses.replace(_call(talk, Intent("calendar.agenda"))),
    )
    assert isinstance(answer, SkillAnswer)
    assert isinstance(answer.said, tuple)
    assert language("de").render(answer.said[0]) == "Du hast heute nichts vor."


def _call(talk: Talk, intent: Intent):  # type: ignore[no-untyped-def] # noqa: ANN202 - a call
    return talk.tools.call(intent, language("en").values, NOW)


async def test_a_correction_takes_the_place_of_what_was_put_in(talk: Talk) -> None:
    await talk.say("add lunch with anna tomorrow at one")
    made = talk.answer.entities
    wrong = _call(talk, Intent("calendar.add", {"engagement": "lunch with anna tomorrow at one"}))
    right = Intent("calendar.add", {"engagement": "lunch with anna tomorrow at one", "moment": "at half past one"})
    question = Question(text="", context=talk.context, dialogue=Dialogue(entities=made))
    tool = talk.tools["calendar.add"]
    answer = await tool.run(question, dataclasses.replace(_call(talk, right), corrects=wrong))
    assert english(answer) == "It is in your calendar: lunch with anna tomorrow at 1:30 PM."
    assert await talk.say("what do i have tomorrow") == "You have one thing tomorrow: lunch with anna at 1:30 PM."
    other = _call(talk, Intent("calendar.agenda"))
    await tool.run(question, dataclasses.replace(_call(talk, right), corrects=other))
    assert len(talk.store.kept_records) == 2


async def _shall_i(talk: Talk, intent: Intent, **left: str) -> SkillAnswer:
    tool, call = talk.tools[intent.name], _call(talk, intent)
    assert tool.effect is Effect.DESTROY
    assert tool.confirm is not None
    asked = await tool.confirm(Question(text="", context=talk.context, dialogue=Dialogue(entities=left)), call)
    assert isinstance(asked, SkillAnswer)
    return asked


async def test_what_is_taken_out_is_named_before(talk: Talk) -> None:
    none = await _shall_i(talk, Intent("calendar.cancel", {"event": "yoga"}))
    assert (english(none), none.pending) == ('I find nothing called "yoga" in your calendar.', None)
    await talk.say("add yoga every day at six pm")
    it = talk.answer.entities["event"]
    asked = await _shall_i(talk, Intent("calendar.cancel", {"event": "yoga", "moment": "monday"}))
    assert english(asked) == "Should I take yoga on Monday at 6:00 PM out of your calendar?"
    assert asked.pending == Pending(asked=Asked("calendar.cancel", {"event": it, "moment": "monday"}))
    assert english(await _shall_i(talk, Intent("calendar.cancel"), event=it)).startswith("Should I take yoga today")
    every = await _shall_i(talk, Intent("calendar.cancel_all", {"event": it}))
    assert english(every) == 'Should I take every "yoga" out of your calendar?'
    assert await talk.ask(Intent("calendar.cancel_all", {"event": it})) == "I took every yoga out of your calendar."
    for name in ("calendar.cancel", "calendar.cancel_all"):
        gone = await _shall_i(talk, Intent(name, {"event": it}))
        assert english(gone) == "I find no such event in your calendar."


async def test_all_appointments_are_all_and_not_the_one_talked_of(talk: Talk) -> None:
    everything = Intent("calendar.cancel_all", {"event": "appointments"})
    assert english(await _shall_i(talk, everything)) == "There is nothing ahead in your calendar."
    await talk.say("add dentist on friday at three")
    alone = await _shall_i(talk, everything)
    assert english(alone) == "Should I take the only event that is ahead out of your calendar?"
    await talk.say("add yoga every day at six pm")
    it = talk.answer.entities["event"]
    both = await _shall_i(talk, everything, event=it)
    assert english(both) == "Should I take both events that are ahead out of your calendar?"
    assert await talk.ask(everything) == "I took both events that were ahead out of your calendar."
    assert not talk.store.kept_records
    await talk.say("add team meeting on friday at three")
    await talk.say("add budget meeting on monday at three")
    await talk.say("add dentist on friday at three")
    named = await _shall_i(talk, Intent("calendar.cancel_all", {"event": "meetings"}))
    assert english(named) == 'Should I take every "meetings" out of your calendar?'
    assert await talk.say("delete all my events") == "I took all 3 events that were ahead out of your calendar."
