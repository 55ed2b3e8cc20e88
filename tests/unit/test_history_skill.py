"""What was asked and answered before, by when it was and what it was about."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from sottovoce.agent.agent import Agent
from sottovoce.agent.skills import all_skills
from sottovoce.agent.skills.history import QUOTE_CHARS, History
from sottovoce.domain.conversations import Message, Role
from sottovoce.memory.conversations import ConversationMemory
from sottovoce.memory.past import MOST_HITS, Past
from sottovoce.memory.system import MemorySystem
from sottovoce.talk.answering import Answering
from tests.unit.parts import NOW, RECOGNIZERS, Clock, StoryStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

DAY = 24 * 3600.0


class Told:
    """Somebody who asks about what was said, at 15:05 on a Saturday."""

    def __init__(self) -> None:
        self.store, self.clock = StoryStore(), Clock()
        self.memory = MemorySystem(self.store, clock=self.clock)
        self.past = Past(self.store)
        skills = all_skills(self.memory, lambda: NOW, History(self.past, lambda: NOW))
        agent = Agent(RECOGNIZERS.of, skills, now=lambda: NOW)
        self.answering = Answering(agent, self.memory, ConversationMemory(self.store, clock=self.clock))
        self._count = 0

    async def earlier(
        self,
        said: str,
        answer: str = "Fine.",
        *,
        days: float = 0.0,
        user: str = "me",
        intent: str = "test",
        conversation: str = "",
    ) -> None:
        """Something that was said so many days ago."""
        at = NOW.timestamp() - days * DAY - 60 + self._count
        conversation = conversation or f"{user}-{days}"
        for role, content in ((Role.USER, said), (Role.ASSISTANT, answer)):
            if not content:
                continue
            self._count += 1
            message = Message(
                id=f"m{self._count}",
                conversation_id=conversation,
                role=role,
                content=content,
                created_at=at,
                user_id=user,
                intent=intent if role is Role.ASSISTANT else "",
            )
            await self.store.append(message)

    async def ask(self, text: str, user: str = "me") -> str:
        return (await self.answering.answer(text, user_id=user)).reply


@pytest.fixture
async def told() -> AsyncIterator[Told]:
    one = Told()
    yield one
    await one.memory.aclose()


async def test_what_was_asked_on_a_day(told: Told) -> None:
    await told.earlier("is the boiler on", days=1)
    await told.earlier("how warm is it", days=1)
    await told.earlier("what did i ask", days=1, intent="history.asked")
    await told.earlier("open the window", days=2)
    assert (
        await told.ask("what did i ask you yesterday")
        == "You asked yesterday: “is the boiler on” and “how warm is it”."
    )


async def test_no_more_is_quoted_than_one_listens_to(told: Told) -> None:
    for number in range(5):
        await told.earlier(f"question {number}", days=1)
    wanted = "You asked yesterday: “question 2”, “question 3” and “question 4”. There are 2 more in the history."
    assert await told.ask("what did i ask yesterday") == wanted
    await told.earlier("bread " * 100, days=3)
    heard = await told.ask("what did i ask you about bread")
    assert heard.endswith(" …”.")
    assert len(heard) < QUOTE_CHARS + 60
    await told.earlier("x" * 2 * QUOTE_CHARS + " tea", days=3)
    assert f"“{'x' * QUOTE_CHARS} …”" in await told.ask("what did i ask you about tea")


async def test_another_user_s_words_are_never_told(told: Told) -> None:
    await told.earlier("is the boiler on", days=1, user="anna")
    await told.earlier("is it warm", days=1, conversation="shared")
    await told.earlier("the boiler is mine", days=1, user="anna", conversation="shared")
    assert await told.ask("what did i ask you about the boiler") == "I find nothing about the boiler in what you said."
    assert await told.ask("what did i ask you yesterday") == "You asked yesterday: “is it warm”."
    assert [one.said.content for one in await told.past.about("anna", "boiler", answers=True)] == [
        "the boiler is mine",
        "is the boiler on",
    ]


async def test_what_others_said_and_what_was_answered_crowds_nothing_out(told: Told) -> None:
    await told.earlier("is the boiler in our old house by the lake still on", days=2)
    for _ in range(MOST_HITS + 1):
        await told.earlier("boiler", days=1, user="anna")
    assert [one.said.content for one in await told.past.about("me", "boiler")] == [
        "is the boiler in our old house by the lake still on"
    ]


async def test_what_was_asked_last(told: Told) -> None:
    assert await told.ask("what was my last question") == "You have not asked me anything before."
    await told.earlier("is the boiler on", days=2)
    assert await told.ask("what did i ask last") == "You last asked on Thursday, at 3:04 PM: “is the boiler on”."
    await told.earlier("and now")
    assert await told.ask("what was my last question") == "You last asked today, at 3:04 PM: “and now”."


@pytest.mark.parametrize(
    ("days", "named"),
    [
        (0.0, "today"),
        (1.0, "yesterday"),
        (6.0, "on Sunday"),
        (7.0, "on November 14"),
        (400.0, "on Friday, October 17, 2025"),
    ],
)
async def test_the_day_is_named(told: Told, days: float, named: str) -> None:
    await told.earlier("is the boiler on", days=days)
    assert (
        await told.ask("when did we last talk about the boiler")
        == f"You last spoke about the boiler {named}, at 3:04 PM."
    )


async def test_a_topic_and_a_time(told: Told) -> None:
    await told.earlier("is the boiler on", days=1)
    await told.earlier("is the boiler old", days=9)
    for asked in ("what did i ask you about the boiler yesterday", "what did i ask you yesterday about the boiler"):
        assert await told.ask(asked) == "You asked yesterday: “is the boiler on”."
    assert await told.ask("what did i ask you about the boiler") == (
        "You asked yesterday: “is the boiler on”. There is 1 more in the history."
    )
    assert await told.ask("how often did i ask about the boiler") == "2 times, the last time yesterday, at 3:04 PM."
    assert await told.ask("how often did i ask about the cellar") == "I find nothing about the cellar in what you said."


async def test_what_was_answered(told: Told) -> None:
    await told.earlier("is it on", "The boiler is on.", days=1)
    wanted = "You said yesterday: “is it on”. I answered: “The boiler is on.”"
    assert await told.ask("what did you tell me about the boiler") == wanted
    assert await told.ask("what did we say about the boiler") == wanted
    assert await told.ask("what did you say yesterday") == wanted
    assert await told.ask("what did you say last week") == "I find nothing that you said then."
    assert (
        await told.ask("when did we last talk about the boiler") == "I find nothing about the boiler in what you said."
    )


async def test_what_has_no_answer_is_quoted_alone(told: Told) -> None:
    await told.earlier("the boiler broke", "", days=1)
    await told.earlier("and again", "Yes.", days=1)
    assert await told.ask("what did we say about the boiler") == "You said yesterday: “the boiler broke”."
    assert (
        await told.ask("what did you tell me about the boiler") == "I find nothing about the boiler in what you said."
    )
    assert (
        await told.ask("what did we talk about yesterday") == "You said yesterday: “the boiler broke” and “and again”."
    )


async def test_all_that_was_said_is_looked_through_where_nothing_is_named(told: Told) -> None:
    assert await told.ask("what did we talk about last") == "I find nothing that you said then."
    await told.earlier("is it warm", "Yes.", days=3)
    assert await told.ask("what did we talk about last") == "You said on Wednesday: “is it warm”. I answered: “Yes.”"


async def test_an_answer_whose_question_is_gone_is_nothing_that_was_said(told: Told) -> None:
    await told.earlier("", "The boiler is on.", days=1)
    await told.earlier("first", "", conversation="c")
    assert await told.past.about("me", "boiler", answers=True) == ()
    start = (NOW - timedelta(days=2)).timestamp()
    assert [one.said.content for one in await told.past.between("me", start, NOW.timestamp() + 9)] == ["first"]
