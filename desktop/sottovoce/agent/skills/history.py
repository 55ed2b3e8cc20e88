"""Telling what was asked and answered before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sottovoce.agent.slots.when import local_to
from sottovoce.agent.tools.questions import SkillAnswer
from sottovoce.agent.tools.tools import Slot, Tool
from sottovoce.domain.said import Said, said
from sottovoce.domain.values import Period
from sottovoce.language import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall
    from sottovoce.memory.past import Exchange, Past

QUOTED: Final = 3
"""Sentences quoted in one answer; how many more there are is said."""
QUOTE_CHARS: Final = 160
"""Of one quoted sentence; what is longer is cut between words."""
_WEEK: Final = timedelta(days=6)
_PASSED_OVER: Final = frozenset({"history", "courtesy", "dialogue", "dictation"})
"""Families of what nobody means by what they asked: small words, and questions like this one."""


@dataclass(frozen=True, slots=True)
class _HistorySearch:
    """What is looked for."""

    topic: str
    """As the user said it."""
    words: str
    """Those of it that name something."""
    period: Period | None


class History:
    """Looks up what the user said, and what was answered."""

    offer = said("past-offer")

    def __init__(self, past: Past, now: Callable[[], datetime]) -> None:
        """Look into `past`; days are counted from `now` on."""
        self._past = past
        self._now = now

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        slots = (Slot(name="period"), Slot(name="topic"))
        return (
            Tool(name="history.asked", run=self.asked, slots=slots),
            Tool(name="history.said", run=self.talked, slots=slots),
            Tool(name="history.told", run=self.told, slots=slots),
            Tool(name="history.when", run=self.when, slots=slots[1:]),
            Tool(name="history.often", run=self.often, slots=slots),
        )

    async def asked(self, question: Question, call: ToolCall) -> SkillAnswer:
        """What the user asked: last, at some time, about something.

        Raises:
            StoreTrouble: It could not be read.
        """
        wanted = self._wanted(question, call)
        if not wanted.topic and wanted.period is None:
            return await self._last(question)
        found = await self._found(question, wanted)
        if not found:
            return _nothing(wanted)
        return self._quoted(question, found, "past-asked")

    async def talked(self, question: Question, call: ToolCall) -> SkillAnswer:
        """What was spoken about: the user's words, and the answer where there is but one.

        Raises:
            StoreTrouble: It could not be read.
        """
        wanted = self._wanted(question, call)
        found = await self._found(question, wanted, answers=bool(wanted.topic))
        if not found:
            return _nothing(wanted)
        if len(found) > 1 or found[0].answer is None:
            return self._quoted(question, found, "past-said")
        return _private(self._answered(question, found[0]))

    async def told(self, question: Question, call: ToolCall) -> SkillAnswer:
        """What was answered the last time.

        Raises:
            StoreTrouble: It could not be read.
        """
        wanted = self._wanted(question, call)
        found = await self._found(question, wanted, answers=bool(wanted.topic))
        answered = [one for one in found if one.answer is not None and one.answer.content]
        if not answered:
            return _nothing(wanted)
        return _private(self._answered(question, answered[-1]))

    async def when(self, question: Question, call: ToolCall) -> SkillAnswer:
        """When something was spoken about last.

        Raises:
            StoreTrouble: It could not be read.
        """
        wanted = self._wanted(question, call)
        found = await self._found(question, wanted)
        if not found:
            return _nothing(wanted)
        at = self._at(question, found[-1])
        return _private(said("past-when", topic=wanted.topic, day=self._day(question, at), at=at))

    async def often(self, question: Question, call: ToolCall) -> SkillAnswer:
        """How often something was asked about.

        Raises:
            StoreTrouble: It could not be read.
        """
        wanted = self._wanted(question, call)
        found = await self._found(question, wanted)
        if not found:
            return _nothing(wanted)
        at = self._at(question, found[-1])
        return _private(said("past-often", count=len(found), day=self._day(question, at), at=at))

    # --- What is wanted, and what there is ----------------------------------------------------------------------------

    def _wanted(self, question: Question, call: ToolCall) -> _HistorySearch:
        topic, period = str(call.slots.get("topic", "")), call.slots.get("period")
        found = period if isinstance(period, Period) else None
        if topic and found is None:
            topic, found = self._parted(question, topic)
        words = language(question.context.language).words.content_words(topic)
        return _HistorySearch(topic, words, found)

    def _parted(self, question: Question, topic: str) -> tuple[str, Period | None]:
        """A topic without the time that is named at its end: "the boiler last week"."""
        words, values = topic.split(), language(question.context.language).values
        for place in range(1, len(words)):
            period = values.period(" ".join(words[place:]), self._here(question))
            if period is not None:
                return " ".join(words[:place]), period
        return topic, None

    async def _found(
        self, question: Question, wanted: _HistorySearch, *, answers: bool = False
    ) -> tuple[Exchange, ...]:
        """Oldest first, without this very question and what was asked of the history before."""
        user, period = question.context.user_id, wanted.period
        found: Iterable[Exchange]
        if wanted.topic:
            found = reversed(await self._past.about(user, wanted.words, answers=answers))
        elif period is not None:
            found = await self._past.between(user, period.start.timestamp(), period.end.timestamp())
        else:
            found = await self._past.between(user, 0.0, self._now().timestamp() + 1)
        kept = (one for one in found if self._counts(question, one))
        return tuple(one for one in kept if period is None or _within(period, one))

    def _counts(self, question: Question, one: Exchange) -> bool:
        return one.said.id != question.message_id and one.family not in _PASSED_OVER

    async def _last(self, question: Question) -> SkillAnswer:
        async for one in self._past.latest(question.context.user_id):
            if self._counts(question, one):
                at = self._at(question, one)
                day = self._day(question, at)
                return _private(said("past-last", day=day, at=at, text=_short(one.said.content)))
        return _private(said("past-nothing-yet"))

    # --- How it is said -----------------------------------------------------------------------------------------------

    def _here(self, question: Question) -> datetime:
        return question.now or local_to(question.context, self._now())

    def _at(self, question: Question, one: Exchange) -> datetime:
        return datetime.fromtimestamp(one.said.created_at, UTC).astimezone(self._here(question).tzinfo)

    def _day(self, question: Question, at: datetime) -> Said:
        days = self._here(question).date() - at.date()
        when = "today" if not days else "yesterday" if days == timedelta(days=1) else ""
        year = "other" if at.year != self._here(question).year else "this"
        return said("past-day", when=when or ("week" if timedelta() < days <= _WEEK else "date"), at=at, year=year)

    def _quoted(self, question: Question, found: Sequence[Exchange], key: str) -> SkillAnswer:
        """The last ones of the last day on which there were any, and how many more there are."""
        day = self._at(question, found[-1]).date()
        shown = [one for one in found if self._at(question, one).date() == day][-QUOTED:]
        quotes = tuple(said("past-quote", text=_short(one.said.content)) for one in shown)
        of_day = self._day(question, self._at(question, shown[-1]))
        told = said("past-asked" if key == "past-asked" else "past-said", day=of_day, quotes=quotes)
        more = len(found) - len(shown)
        return SkillAnswer(said=(told, said("past-more", count=more)) if more else (told,), private=True)

    def _answered(self, question: Question, one: Exchange) -> Said:
        at = self._at(question, one)
        answer = one.answer.content if one.answer is not None else ""
        return said("past-told", day=self._day(question, at), text=_short(one.said.content), answer=_short(answer))


def _private(told: Said) -> SkillAnswer:
    return SkillAnswer(said=told, private=True)


def _nothing(wanted: _HistorySearch) -> SkillAnswer:
    if not wanted.topic:
        return _private(said("past-nothing-then"))
    return _private(said("past-nothing-about", topic=wanted.topic))


def _within(period: Period, one: Exchange) -> bool:
    return period.start.timestamp() <= one.said.created_at < period.end.timestamp()


def _short(text: str) -> str:
    """In one line, and not longer than one listens to."""
    words = " ".join(text.split())
    if len(words) <= QUOTE_CHARS:
        return words
    return f"{words[:QUOTE_CHARS].rpartition(' ')[0] or words[:QUOTE_CHARS]} …"
