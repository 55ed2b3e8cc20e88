"""A whole Talk on fakes at its ports, and the events it told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from sottovoce.adapters.embedding.lexicon import is_word
from sottovoce.agent.agent import Agent
from sottovoce.agent.intents.recognizers import IntentRecognizers
from sottovoce.agent.skills import all_skills
from sottovoce.agent.skills.again import KeptConsents
from sottovoce.agent.skills.recall import Recall
from sottovoce.agent.tools.questions import FirstOf, SkillAnswer
from sottovoce.agent.tools.saying import in_words
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.turns import Answer, Outcome, Stage, StageChanged, TurnEnded, TurnEvent, TurnLimits
from sottovoce.language import language
from sottovoce.memory.cache import ResponseCache
from sottovoce.memory.conversations import ConversationMemory
from sottovoce.memory.figures import Figures
from sottovoce.memory.schedule import Schedule
from sottovoce.memory.system import MemorySystem
from sottovoce.talk.answering import Answering
from sottovoce.talk.conversation import Talk
from tests.fakes_embedder import FakeEmbedder
from tests.fakes_schedule import FakeClocks, user_zone
from tests.fakes_store import FakeStore
from tests.fakes_talk import FakeActivity, FakeMicrophone, FakeRecognizer, FakeSpeaker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sottovoce.agent.intents.intents import IntentRecognizer
    from sottovoce.agent.tools.questions import LastResort
    from sottovoce.agent.tools.tools import Skill
    from sottovoce.domain.conversations import Arrival, Message
    from sottovoce.domain.errors import SottovoceError
    from sottovoce.domain.memories import Memory, Vector
    from sottovoce.domain.said import Said
    from sottovoce.memory.ports import Embedder
    from sottovoce.talk.dictation import Dictation
    from sottovoce.talk.turn_times import LastTurns

NOW = datetime(2026, 11, 21, 15, 5, tzinfo=UTC)
RECOGNIZERS = IntentRecognizers({"en": is_word})
UNDERSTANDING = RECOGNIZERS.of("en")


def declined(tag: str) -> tuple[str, ...]:
    """How an answer in this language begins that nothing else could give."""
    return tuple(language(tag).text("answer-not-known", wording=one) for one in ("first", "second", "third", "fourth"))


DECLINED = declined("en")


def english(answer: SkillAnswer | Said | str) -> str:
    """What a skill says, to somebody who speaks English and has asked for no manner."""
    return in_words(answer.said if isinstance(answer, SkillAnswer) else answer, UserContext())


class Clock:
    """Seconds since 1970, moved by the test."""

    def __init__(self) -> None:
        self.now = NOW.timestamp()

    def __call__(self) -> float:
        return self.now


class StoryStore(FakeStore):
    """A fake store that can refuse to write while it reads on.

    Attributes:
        write_failure: Raised by every write; None ends that.
    """

    def __init__(self) -> None:
        super().__init__()
        self.write_failure: SottovoceError | None = None

    def _refuse(self) -> None:
        if self.write_failure:
            raise self.write_failure

    async def append(self, message: Message) -> Arrival:
        self._refuse()
        return await super().append(message)

    async def open_turn(self, message: Message) -> Arrival:
        self._refuse()
        return await super().open_turn(message)

    async def close_turn(
        self, message_id: str, answer: Message | None, outcome: Outcome, *, used: Sequence[str] = ()
    ) -> Arrival | None:
        self._refuse()
        return await super().close_turn(message_id, answer, outcome, used=used)

    async def save_context(self, context: UserContext) -> None:
        self._refuse()
        await super().save_context(context)

    async def add_memory(self, memory: Memory, vector: Vector | None = None, *, supersedes: Sequence[str] = ()) -> None:
        self._refuse()
        await super().add_memory(memory, vector, supersedes=supersedes)


@dataclass
class Parts:
    """Everything a test wants to look at."""

    microphone: FakeMicrophone
    recognizer: FakeRecognizer
    speaker: FakeSpeaker
    store: StoryStore
    memory: MemorySystem
    answering: Answering
    talk: Talk
    events: list[TurnEvent] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)
    figures: Figures = field(default_factory=Figures)

    @property
    def stages(self) -> list[Stage]:
        return [event.stage for event in self.events if isinstance(event, StageChanged)]

    @property
    def outcomes(self) -> list[Outcome]:
        return [event.outcome for event in self.events if isinstance(event, TurnEnded)]

    def of(self, kind: type[TurnEvent]) -> list[TurnEvent]:
        return [event for event in self.events if isinstance(event, kind)]


def _names(skill: Skill) -> set[str]:
    return {tool.name for tool in skill.tools}


def answering_on(  # noqa: PLR0913 - each by its name
    store: FakeStore,
    clock: Clock,
    extra: Iterable[Skill] = (),
    *,
    embedder: Embedder | None = None,
    cache: ResponseCache | None = None,
    last_resort: LastResort | None = None,
    recognizer: Callable[[str], IntentRecognizer] = RECOGNIZERS.of,
    figures: Figures | None = None,
) -> tuple[Answering, MemorySystem]:
    """All skills but those whose intents `extra` answers; who asked something closes the memory (`aclose`)."""
    memory = MemorySystem(store, embedder=embedder, cache=cache, clock=clock)
    conversations = ConversationMemory(store, clock=clock)
    schedule = Schedule(store, FakeClocks(clock), user_zone)
    skills = (
        *extra,
        *(
            s
            for s in all_skills(memory, lambda: NOW, schedule=schedule)
            if not any(_names(s) & _names(e) for e in extra)
        ),
    )
    resorts: list[LastResort] = [Recall(memory, lambda: NOW), *([last_resort] if last_resort else [])]
    agent = Agent(
        recognizer,
        skills,
        cache=cache,
        last_resort=FirstOf(*resorts),
        consents=KeptConsents(memory),
        now=lambda: NOW,
        figures=figures,
    )
    return Answering(agent, memory, conversations, figures=figures), memory


def build(  # noqa: PLR0913 - each by its name
    texts: Iterable[str] = (),
    *,
    automatic: bool = True,
    extra: Iterable[Skill] = (),
    limits: TurnLimits | None = None,
    activity: FakeActivity | None = None,
    microphone: FakeMicrophone | None = None,
    speaker: FakeSpeaker | None = None,
    last_turns: LastTurns | None = None,
    dictation: Dictation | None = None,
) -> Parts:
    """A Talk whose recogniser will understand `texts` in turn."""
    clock = Clock()
    store = StoryStore()
    figures = Figures()
    answering, memory = answering_on(store, clock, tuple(extra), figures=figures)
    events: list[TurnEvent] = []
    microphone, speaker = microphone or FakeMicrophone(), speaker or FakeSpeaker(automatic=automatic)
    recognizer = FakeRecognizer(texts)
    talk = Talk(
        microphone=microphone,
        recognizer=recognizer,
        speaker=speaker,
        answering=answering,
        on_event=events.append,
        user_id="me",
        limits=limits,
        activity=activity,
        last_turns=last_turns,
        dictation=dictation,
        figures=figures,
    )
    return Parts(microphone, recognizer, speaker, store, memory, answering, talk, events, clock, figures)


class Typed:
    """Typed questions, answered on a fake store with an embedder and a cache."""

    def __init__(
        self,
        extra: Iterable[Skill] = (),
        *,
        last_resort: LastResort | None = None,
        recognizer: Callable[[str], IntentRecognizer] = RECOGNIZERS.of,
        embedder: FakeEmbedder | None = None,
    ) -> None:
        self.store = StoryStore()
        self.clock = Clock()
        self.embedder = embedder or FakeEmbedder()
        self.cache = ResponseCache(clock=self.clock)
        self.answering, self.memory = answering_on(
            self.store,
            self.clock,
            tuple(extra),
            embedder=self.embedder,
            cache=self.cache,
            last_resort=last_resort,
            recognizer=recognizer,
        )

    async def ask(self, text: str, user: str = "me") -> Answer:
        return await self.answering.answer(text, user_id=user)

    async def reply(self, text: str, user: str = "me") -> str:
        return (await self.ask(text, user)).reply

    async def remembered(self, user: str = "me") -> list[str]:
        return [memory.text for memory in await self.memory.memories(user)]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.memory.aclose()
