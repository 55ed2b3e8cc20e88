"""Sentences of a language's `try/` and what comes of them: who is asked, and what was said by which message."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import yaml

from sottovoce.agent.agent import Agent
from sottovoce.agent.skills import all_skills
from sottovoce.agent.skills.again import KeptConsents
from sottovoce.agent.skills.calendar import CalendarSkill
from sottovoce.agent.skills.desktop import desktop_skills
from sottovoce.agent.skills.dictation import DictationSkill
from sottovoce.agent.skills.history import History
from sottovoce.agent.skills.lists import ListKeeping
from sottovoce.agent.skills.lookup import Lookup
from sottovoce.agent.skills.notes import NoteTaking
from sottovoce.agent.skills.recall import Recall
from sottovoce.agent.tools.questions import FirstOf, NotMeant, SkillAnswer
from sottovoce.agent.tools.tools import Tools
from sottovoce.domain.effects import Effect
from sottovoce.domain.said import Said
from sottovoce.domain.turns import Source
from sottovoce.language import language
from sottovoce.memory.calendar import Calendar
from sottovoce.memory.conversations import ConversationMemory
from sottovoce.memory.knowledge import Knowledge
from sottovoce.memory.lists import Lists
from sottovoce.memory.notes import Notes
from sottovoce.memory.past import Past
from sottovoce.memory.schedule import Schedule
from sottovoce.memory.system import MemorySystem
from sottovoce.talk.answering import Answering
from sottovoce.talk.dictation import Dictation
from tests.fakes_desktop import FakeDesktop
from tests.fakes_dictation import FakeClipboard, FakeTyping
from tests.fakes_knowledge import FakeEmbedder, FakeFiles
from tests.fakes_schedule import FakeClocks, user_zone
from tests.unit.parts import NOW, RECOGNIZERS, Clock, StoryStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence

    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Confirm, Skill, Tool, ToolCall
    from sottovoce.domain.conversations import Message

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Five times as fast, where PyYAML was built with it: every process that collects the tests reads them all."""
YES = {"en": "yes", "de": "ja"}


@dataclass(frozen=True, kw_only=True)
class Try:
    """One sentence: what it asks for, and the answer of somebody neutral to somebody unknown at 15:05 on a Saturday."""

    tag: str
    intent: str
    said: str
    slots: dict[str, str]
    after: tuple[str, ...]
    """What was said before."""
    key: str
    """Message of the answer; several are parted by spaces."""
    text: str | None
    """What is said; None where that is not always the same."""


@dataclass(frozen=True)
class Outcome:
    """What came of a sentence."""

    intent: str
    slots: dict[str, str]
    key: str
    text: str
    served: bool = field(default=True, compare=False)
    """Whether anything but the honest fallback answered."""


def tries(tag: str) -> Iterator[Try]:
    """All of a language."""
    for file in sorted((language(tag).folder / "try").glob("*.yaml")):
        for intent, rows in yaml.load(file.read_bytes(), _LOADER).items():  # noqa: S506 - a safe one
            for row in rows:
                yield _try(tag, intent, row)


def _try(tag: str, intent: str, row: dict[str, Any]) -> Try:
    return Try(
        tag=tag,
        intent=intent,
        said=row["said"],
        slots=row.get("slots", {}),
        after=tuple(row.get("after", ())),
        key=row["key"],
        text=row.get("text"),
    )


class _Noted:
    """A tool whose answers are noted; made by the hundred for each sentence, so it copies nothing."""

    def __init__(self, tool: Tool, noted: list[tuple[Intent, SkillAnswer | Said | str]]) -> None:
        self._tool = tool
        self._noted = noted

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as the tool has it
        return getattr(self._tool, name)

    async def run(self, question: Question, call: ToolCall) -> SkillAnswer | Said | str:
        try:
            answer = await self._tool.run(question, call)
        except NotMeant as refused:
            if refused.instead is not None:
                self._noted.append((call.intent, refused.instead))
            raise
        self._noted.append((call.intent, answer))
        return answer

    @property
    def confirm(self) -> Confirm | None:
        return self._confirm if self._tool.confirm is not None else None

    async def _confirm(self, question: Question, call: ToolCall) -> SkillAnswer | Said:
        assert self._tool.confirm is not None
        asked = await self._tool.confirm(question, call)
        if isinstance(asked, SkillAnswer):  # it names what was found, or says that there is none
            self._noted.append((call.intent, asked))
        return asked

    @property
    def check(self) -> Callable[[Question, ToolCall], Awaitable[Said | None]] | None:
        return self._check if self._tool.check is not None else None

    async def _check(self, question: Question, call: ToolCall) -> Said | None:
        assert self._tool.check is not None
        instead = await self._tool.check(question, call)
        if instead is not None:
            self._noted.append((call.intent, instead))
        return instead


class _Recorded:
    """A skill whose answers are noted."""

    def __init__(self, skill: Skill, noted: list[tuple[Intent, SkillAnswer | Said | str]]) -> None:
        self.offer = skill.offer
        self.tools = tuple(cast("Tool", _Noted(tool, noted)) for tool in skill.tools)


@contextlib.asynccontextmanager
async def home(tag: str, *, allowing: bool = False) -> AsyncIterator[tuple[Home, Tools]]:
    """A home in which nothing is kept on a disk, whose user speaks that language; and what can be asked in it.

    `allowing`: the user has agreed before to all that is asked about the first time.
    """
    store, clock = StoryStore(), Clock()
    memory = MemorySystem(store, clock=clock)
    noted: list[tuple[Intent, SkillAnswer | Said | str]] = []
    knowledge = Knowledge(
        store, FakeFiles(FakeEmbedder()), FakeEmbedder(), idle=lambda: True, on_trouble=lambda _: None
    )
    lookup, clipboard = Lookup(knowledge), FakeClipboard()
    more: tuple[Skill, ...] = (
        ListKeeping(Lists(store, clock)),
        NoteTaking(Notes(store, clock=clock), lambda: NOW, lookup),
        lookup,
        History(Past(store), lambda: NOW),
        DictationSkill(Dictation(FakeTyping), lambda: clipboard),
        *desktop_skills(FakeDesktop().desktop()),
        CalendarSkill(Calendar(store, clock=clock), lambda: NOW),
    )
    schedule = Schedule(store, FakeClocks(clock), user_zone)
    skills = [_Recorded(skill, noted) for skill in all_skills(memory, lambda: NOW, *more, schedule=schedule)]
    agent = Agent(
        RECOGNIZERS.of,
        skills,
        last_resort=FirstOf(Recall(memory, lambda: NOW)),
        consents=KeptConsents(memory),
        now=lambda: NOW,
    )
    allowed = {tool.permission for skill in skills for tool in skill.tools if tool.permission} if allowing else set()
    conversations = ConversationMemory(store, clock=clock)
    answering = Answering(agent, memory, conversations)
    try:
        await memory.set_context("me", language=tag, allowed=tuple(sorted(allowed)))
        yield Home(answering, noted, memory, conversations), Tools(skills)
    finally:
        await memory.aclose()


async def outcome(tag: str, before: Sequence[str], sentence: str) -> Outcome:
    """What comes of `sentence` after the others were said."""
    async with home(tag, allowing=True) as (one, tools):
        for said in before:
            await one.say(said)
        came = await one.say(sentence)
        tool = tools.get(came.intent)
        if not one.noted and tool is not None and tool.effect is Effect.DESTROY:  # always asked about
            return await one.say(YES[tag])
        return came


@dataclass(frozen=True)
class Home:
    """Answers, and notes what the skills said."""

    answering: Answering
    noted: list[tuple[Intent, SkillAnswer | Said | str]]
    memory: MemorySystem
    conversations: ConversationMemory

    async def history(self) -> tuple[Message, ...]:
        """What was said and answered, as it is stored."""
        return await self.conversations.get_history(await self.conversations.current("me"), from_database=True)

    async def say(self, sentence: str) -> Outcome:
        """What comes of a sentence."""
        self.noted.clear()
        answer = await self.answering.answer(sentence, user_id="me")
        served = answer.source is not Source.FALLBACK
        if not self.noted:
            return Outcome(answer.intent, {}, "", answer.reply, served=served)
        intent, answered = self.noted[0]
        return Outcome(intent.name, dict(intent.slots), _key(answered), answer.reply, served=served)


def _key(said: SkillAnswer | Said | str | tuple[Said, ...]) -> str:
    if isinstance(said, SkillAnswer):
        said = said.said
    if isinstance(said, Said):
        return said.key
    return " ".join(one.key for one in said) if isinstance(said, tuple) else ""
