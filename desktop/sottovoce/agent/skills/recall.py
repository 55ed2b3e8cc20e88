"""Telling what the user asked to be remembered."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sottovoce.agent.skills.reckon import Reckon, quoted
from sottovoce.agent.tools.questions import NotMeant, SkillAnswer
from sottovoce.agent.tools.tools import by_words
from sottovoce.domain.dialogue import UNTOLD
from sottovoce.domain.memories import MemoryKind
from sottovoce.domain.said import Said, said
from sottovoce.language import language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sottovoce.agent.intents.intents import Intent
    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import Tool
    from sottovoce.domain.holders import Holder
    from sottovoce.domain.memories import Memory
    from sottovoce.language import Language
    from sottovoce.memory.system import MemorySystem

MOST_TOLD = 7
"""Facts one spoken answer holds; more can't be followed by ear. The rest is counted."""
LOOKED_AT = 20
"""Memories of those found that are looked at: among many of one thing, the one that was asked about."""
UNASKED = "memory.quote"
"""Intent of an answer that quotes what was told, to a question of no known form."""


def _together(own: Language, memories: Sequence[Memory], otherwise: Said, total: int = 0) -> SkillAnswer:
    """Plain likes in one sentence, everything else a sentence each; `otherwise` where there is nothing."""
    shown = memories[-MOST_TOLD:]
    liked = {m.id: own.recollection.liked(m.text) for m in shown}
    likes = tuple(liked[m.id] for m in shown if liked[m.id])
    sentences = [said("memory-likes", things=likes)] if likes else []
    sentences += [said("memory-fact", fact=m.text) for m in shown if not liked[m.id]]
    more = max(total, len(memories)) - len(shown)
    if more > 0:
        sentences.append(said("memory-more", count=more))
    return SkillAnswer(said=tuple(sentences) or otherwise, used=tuple(m.id for m in shown))


class Recall:
    """Answers from the remembered facts, and only from them."""

    offer = said("memory-recall-offer")

    def __init__(self, memory: MemorySystem, now: Callable[[], datetime]) -> None:
        """Look into `memory`; days are counted from `now`."""
        self._memory = memory
        self._reckon = Reckon(memory, now)

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        return by_words(
            self.answer,
            "memory.likes",
            "memory.dislikes",
            "memory.do_i_like",
            "memory.about",
            "memory.where",
            "memory.all",
            "memory.untold",
        )

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer:  # noqa: PLR0911 - one for each intent
        """What is remembered about it, or that nothing is.

        Raises:
            NotMeant: Nothing may be told of it; said where nothing is.
            StoreTrouble: The memories could not be read.
        """
        user, own = question.context.user_id, language(question.context.language)
        match intent.name:
            case "memory.likes":
                return await self._listed(own, user, said("memory-no-likes"), MemoryKind.LIKE)
            case "memory.dislikes":
                return await self._disliked(own, user)
            case "memory.all":
                return await self._listed(own, user, said("memory-nothing"))
            case "memory.do_i_like":
                return await self._do_they_like(own, user, question.text, intent.slots["topic"])
            case "memory.untold":
                topic = own.recollection.about(intent.slots["topic"], question.text)[1]
                unknown = said("memory-nothing-about", topic=topic)
                raise NotMeant(SkillAnswer(said=unknown, entities={UNTOLD: topic}))
            case "memory.where":
                return await self._about(own, user, own.recollection.where(intent.slots["topic"]), question.text)
            case _ if reckoned := await self._reckon.answer_unasked(question):
                return reckoned[1]
            case _:
                topic = intent.slots.get("topic", question.text)
                if own.recollection.wants_all(question.text):
                    return await self._all_about(own, user, topic)
                told = await self._about(own, user, own.recollection.about(topic, question.text), question.text)
                if not told.used and (found := await self._told(own, user, question.text)):
                    return quoted(found)
                return told

    async def answer_unasked(self, question: Question) -> tuple[str, SkillAnswer] | None:
        """See `LastResort.answer_unasked`: what was told of the same one and with the same words, quoted.

        Raises:
            StoreTrouble: The memories could not be read.
        """
        if reckoned := await self._reckon.answer_unasked(question):
            return reckoned
        own, user = language(question.context.language), question.context.user_id
        found = await self._told(own, user, question.text)
        return (UNASKED, quoted(found)) if found else None

    async def _told(self, own: Language, user: str, asked: str) -> list[Memory]:
        """What answers a question of no known form, in its own words, by another name, or in other words."""
        for text in (asked, *await self._otherwise_named(own, user, asked), *own.recollection.otherwise_asked(asked)):
            if found := await self._fitting(own, user, text):
                return _named(own, asked, found)
        return []

    async def _fitting(self, own: Language, user: str, text: str) -> list[Memory]:
        wanted = own.recollection.wanted(text)
        if wanted is None:
            return []
        words = " ".join((own.holders.in_other_words(text), *wanted.other_forms))
        found = await self._memory.recall(user, words, LOOKED_AT)
        fitting = [one.memory for one in found if wanted.fits(one.memory.text)]
        return _in_force(own, fitting)

    async def _otherwise_named(self, own: Language, user: str, text: str) -> list[str]:
        """The text with somebody by another name that is surely theirs alone: "anna" for my sister."""
        of = own.typed
        found = await self._memory.recall(user, own.holders.in_other_words(text), LOOKED_AT)
        told = [fact for one in found if (fact := of.fact(one.memory.text)) is not None]
        pairs = {pair for fact in told if (pair := of.named(fact)) is not None}
        names, paths = Counter(name for name, _ in pairs), Counter(path for _, path in pairs)
        sure = [(name, path) for name, path in sorted(pairs) if names[name] == paths[path] == 1]
        return [other for name, path in sure if (other := of.renamed(text, name, path)) is not None]

    async def _listed(self, own: Language, user: str, otherwise: Said, *kinds: MemoryKind) -> SkillAnswer:
        """The newest, and how many more there are."""
        found = await self._memory.memories(user, *kinds, most=MOST_TOLD)
        total = len(found) if len(found) < MOST_TOLD else await self._memory.count_memories(user, *kinds)
        return _together(own, found, otherwise, total)

    async def _disliked(self, own: Language, user: str) -> SkillAnswer:
        """What is disliked, and what is liked with something left out: "tea but not milk"."""
        plain = await self._memory.memories(user, MemoryKind.DISLIKE, most=MOST_TOLD)
        total = len(plain) if len(plain) < MOST_TOLD else await self._memory.count_memories(user, MemoryKind.DISLIKE)
        likes = await self._memory.memories(user, MemoryKind.LIKE, most=LOOKED_AT)
        partly = [m for m in likes if own.recollection.leaves_out(m.text)]
        return _together(own, [*partly, *plain], said("memory-no-dislikes"), total + len(partly))

    async def _do_they_like(self, own: Language, user: str, asked: str, topic: str) -> SkillAnswer:
        """Yes or no only where what was told last of it says just that; else what was told."""
        of = own.recollection
        exact = await self._memory.memories_about(user, of.liking(topic))
        found = await self._memory.recall(user, own.holders.in_other_words(topic), LOOKED_AT)
        needed = of.needed(topic)
        theirs = [one.memory for one in found if one.shares_words and of.has(one.memory.text, needed)]
        told = {m.id: m for m in (*exact, *theirs) if of.is_own_taste(m.text, topic)}
        if not told:
            return SkillAnswer(said=said("memory-taste-unknown", topic=topic))
        newest = sorted(told.values(), key=lambda memory: memory.created_at, reverse=True)
        verdict = of.verdict(newest[0].text, asked, topic)
        if verdict is not None and (len(newest) == 1 or all(own.facts.told_by(m.text).tastes for m in newest)):
            fact = newest[0].text
            answer = said("memory-yes", fact=fact) if verdict else said("memory-no", fact=fact)
            return SkillAnswer(said=answer, used=(newest[0].id,))
        sure = [memory for memory in newest if of.verdict(memory.text, asked, topic) is not None]
        if verdict is not None or not sure:
            return quoted(newest)
        return quoted([*newest[:1], *[memory for memory in sure if memory is not newest[0]]])

    async def _all_about(self, own: Language, user: str, topic: str) -> SkillAnswer:
        asked, best = own.holders.holder_of(topic), await self._told_of(own, user, topic)
        for other in await self._otherwise_named(own, user, topic):
            best += await self._told_of(own, user, other)
        if best := list({memory.id: memory for memory in best}.values()):
            return _together(own, best[::-1], said("memory-nothing"))
        found = await self._memory.recall(user, own.holders.in_other_words(topic), 1)
        return self._nearest(own, [one.memory for one in found if one.alike], asked, topic)

    async def _told_of(self, own: Language, user: str, topic: str) -> list[Memory]:
        """All that was told of just this one, by this name."""
        asked, needed = own.holders.holder_of(topic), own.recollection.needed(topic)
        found = await self._memory.recall(user, own.holders.in_other_words(topic), LOOKED_AT)
        exact = await self._memory.memories_about(user, topic)

        def fits(text: str) -> bool:
            return own.holders.holder_of(text).names(asked) and own.recollection.has(text, needed)

        by_words = [one.memory for one in found if one.shares_words and fits(one.memory.text)]
        return list({memory.id: memory for memory in (*exact, *by_words)}.values())

    async def _about(self, own: Language, user: str, wanted: tuple[str, str, str], question: str) -> SkillAnswer:
        """What was told of just this one: "my mother's birthday" is not told by "my wife's"."""
        asked, topic, as_told = wanted
        holder = own.holders.holder_of(asked)
        best = await self._told_just_so(own, user, asked, topic, as_told)
        if not best:
            for other in await self._otherwise_named(own, user, asked):
                best += await self._told_just_so(own, user, other, other, other)
        if best:
            return _together(own, _named(own, question, best)[::-1], said("memory-nothing"))
        found = await self._memory.recall(user, own.holders.in_other_words(topic), 1)
        return self._nearest(own, [one.memory for one in found if one.alike], holder, topic)

    async def _told_just_so(self, own: Language, user: str, asked: str, topic: str, as_told: str) -> list[Memory]:
        """What was told of just this one and of nobody else."""
        holder, needed = own.holders.holder_of(asked), own.recollection.needed(asked)
        exact = await self._memory.memories_about(user, as_told)
        found = await self._memory.recall(user, own.holders.in_other_words(topic), LOOKED_AT)

        def fits(text: str) -> bool:
            return own.holders.holder_of(text).answers(holder) and own.recollection.has(text, needed)

        fitting = [one.memory for one in found if one.shares_words and fits(one.memory.text)]
        return _in_force(own, list({memory.id: memory for memory in (*exact, *fitting)}.values()))

    def _nearest(self, own: Language, found: Sequence[Memory], asked: Holder, topic: str) -> SkillAnswer:
        """Other words for it, most likely: said as what it is; never what was told of another one."""
        for nearest in found:
            whose = own.holders.holder_of(nearest.text)
            if whose.answers(asked) or (not asked.path and not whose.path):
                return SkillAnswer(said=said("memory-nearest", fact=nearest.text), used=(nearest.id,))
        return SkillAnswer(said=said("memory-nothing-about", topic=topic), entities={UNTOLD: topic})


def _named(own: Language, question: str, found: list[Memory]) -> list[Memory]:
    """Where a name is asked for, and was told, nothing but that: not that she is ill."""
    return [memory for memory in found if own.recollection.tells_name(question, memory.text)] or found


def _in_force(own: Language, found: Sequence[Memory]) -> list[Memory]:
    """Without what a later one denies, or takes back the denial of: "I don't live in Berlin any more"."""

    def taken_back(earlier: Memory) -> bool:
        later = [memory.text for memory in found if memory.created_at > earlier.created_at]
        return any(own.recollection.takes_back(text, earlier.text) for text in later)

    return [memory for memory in found if not taken_back(memory)]
