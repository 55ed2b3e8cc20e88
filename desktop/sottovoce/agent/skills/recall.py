"""Telling what the user asked to be remembered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sottovoce.agent.questions import SkillAnswer
from sottovoce.domain.memories import MemoryKind
from sottovoce.domain.said import Said, said
from sottovoce.domain.words import word_set, words_and_emoji, words_of
from sottovoce.language.en.asking import tokens_of
from sottovoce.language.en.facts import told_by
from sottovoce.language.en.holders import RELATIONS, SELF, holder_of, holders_in, in_other_words, same
from sottovoce.language.en.statements import NOT, asks, is_sure
from sottovoce.language.en.words import EMPTY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sottovoce.agent.intents import Intent
    from sottovoce.agent.questions import Question
    from sottovoce.domain.holders import Holder
    from sottovoce.domain.memories import Memory
    from sottovoce.memory.system import MemorySystem

MOST_TOLD = 7
"""Facts one spoken answer holds; more can't be followed by ear. The rest is counted."""
MOST_QUOTED = 3
"""Sentences quoted where nothing certain can be said."""
LOOKED_AT = 20
"""Memories of those found that are looked at: among many of one thing, the one that was asked about."""
UNASKED = "memory.quote"
"""Intent of an answer that quotes what was told, to a question of no known form."""

_LIKING = re.compile(r"^i (?:really |also |always )*(?:like|love|prefer|enjoy|adore) ", re.IGNORECASE)
_TASTES = (MemoryKind.LIKE, MemoryKind.DISLIKE)
_AGAINST = word_set("hate dislike detest loathe")
_STRONG = word_set("love prefer adore enjoy hate detest loathe")
_AS_STRONG = {"enjoy": {"love", "adore"}, "love": {"adore"}, "adore": {"love"}, "detest": {"hate", "loathe"}}
_AS_STRONG |= {"hate": {"detest", "loathe"}, "loathe": {"hate", "detest"}}
_MILD = word_set(
    "called named name call calls old age know remember tell told say said have has had own got get anybody "
    "anyone somebody someone anything something thing kind sort exactly currently now still really also again "
    "please ever much many often long go goes whether any all about put leave left keep kept"
)
"""Words of a question that what was told need not repeat."""


def _together(memories: Sequence[Memory], otherwise: Said, total: int = 0) -> SkillAnswer:
    """Plain likes in one sentence, everything else a sentence each; `otherwise` where there is nothing."""
    shown = memories[-MOST_TOLD:]
    plain = [m for m in shown if _LIKING.match(m.text) and told_by(m.text).tastes]
    likes = tuple(_LIKING.sub("", m.text) for m in plain)
    sentences = [said("memory-likes", things=likes)] if likes else []
    sentences += [said("memory-fact", fact=m.text) for m in shown if m not in plain]
    more = max(total, len(memories)) - len(shown)
    if more > 0:
        sentences.append(said("memory-more", count=more))
    return SkillAnswer(said=tuple(sentences) or otherwise, used=tuple(m.id for m in shown))


def quoted(memories: Sequence[Memory]) -> SkillAnswer:
    """What was told in the user's own words, where nothing else can be said for certain; the best one first."""
    shown = memories[:MOST_QUOTED]
    answer = said("memory-quoted", facts=tuple(memory.text for memory in shown))
    return SkillAnswer(said=answer, used=tuple(memory.id for memory in shown))


class Recall:
    """Answers from the remembered facts, and only from them."""

    intents = (
        "memory.likes",
        "memory.dislikes",
        "memory.do_i_like",
        "memory.about",
        "memory.where",
        "memory.all",
    )
    offer = said("memory-recall-offer")

    def __init__(self, memory: MemorySystem) -> None:
        """Look into `memory`."""
        self._memory = memory

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer:  # noqa: PLR0911 - one for each intent
        """What is remembered about it, or that nothing is.

        Raises:
            StoreTrouble: The memories could not be read.
        """
        user = question.context.user_id
        match intent.name:
            case "memory.likes":
                return await self._listed(user, said("memory-no-likes"), MemoryKind.LIKE)
            case "memory.dislikes":
                return await self._disliked(user)
            case "memory.all":
                return await self._listed(user, said("memory-nothing"))
            case "memory.do_i_like":
                return await self._do_they_like(user, question.text, intent.slots["topic"])
            case "memory.where":
                does = intent.slots["topic"]
                return await self._about(user, f"where do i {does}", f"where i {does}", f"i {does} in")
            case _:
                topic = intent.slots["topic"]
                if "about" in words_of(question.text):
                    return await self._all_about(user, topic)
                mine = f"my {topic.removeprefix('my ')}"
                return await self._about(user, mine, mine if _mine(topic, question.text) else topic)

    async def answer_unasked(self, question: Question) -> tuple[str, SkillAnswer] | None:
        """See `LastResort.answer_unasked`: what was told of the same one and with the same words, quoted.

        Raises:
            StoreTrouble: The memories could not be read.
        """
        if not asks(question.text) or not _OF_THE_ASSISTANT.isdisjoint(_without_lead(question.text).split()):
            return None
        asked = _about_whom(question.text)
        plain = " ".join(words_of(question.text))
        # A name, or somebody who is not named: whoever it belongs to, that one is told of.
        anybody = _WHO.fullmatch(plain) or (plain.startswith("who ") and not asked.own)
        needed = _needed(question.text)
        if not needed:
            return None
        words = " ".join((in_other_words(question.text), *_other_forms(needed)))
        found = await self._memory.recall(question.context.user_id, words, LOOKED_AT)
        fitting = [
            one.memory
            for one in found
            if (any(holder.answers(asked) for holder in holders_in(one.memory.text)) or (anybody and not asked.path))
            and _has(one.memory.text, needed)
        ]
        if _COLOUR.match(plain):
            fitting = [memory for memory in fitting if not _COLOURS.isdisjoint(words_of(memory.text))]
        return (UNASKED, quoted(_in_force(fitting))) if fitting else None

    async def _listed(self, user: str, otherwise: Said, *kinds: MemoryKind) -> SkillAnswer:
        """The newest, and how many more there are."""
        found = await self._memory.memories(user, *kinds, most=MOST_TOLD)
        total = len(found) if len(found) < MOST_TOLD else await self._memory.count_memories(user, *kinds)
        return _together(found, otherwise, total)

    async def _disliked(self, user: str) -> SkillAnswer:
        """What is disliked, and what is liked with something left out: "tea but not milk"."""
        plain = await self._memory.memories(user, MemoryKind.DISLIKE, most=MOST_TOLD)
        total = len(plain) if len(plain) < MOST_TOLD else await self._memory.count_memories(user, MemoryKind.DISLIKE)
        likes = await self._memory.memories(user, MemoryKind.LIKE, most=LOOKED_AT)
        partly = [m for m in likes if not is_sure(m.text) and not NOT.isdisjoint(words_of(m.text))]
        return _together([*partly, *plain], said("memory-no-dislikes"), total + len(partly))

    async def _do_they_like(self, user: str, asked: str, topic: str) -> SkillAnswer:
        """Yes or no only where what was told last of it says just that; else what was told."""
        exact = await self._memory.memories_about(user, f"i like {topic}")
        found = await self._memory.recall(user, in_other_words(topic), LOOKED_AT)
        needed = _needed(topic)
        theirs = [one.memory for one in found if one.shares_words and _has(one.memory.text, needed)]
        told = {m.id: m for m in (*exact, *theirs) if _is_own_taste(m.text, topic)}
        if not told:
            return SkillAnswer(said=said("memory-taste-unknown", topic=topic))
        newest = sorted(told.values(), key=lambda memory: memory.created_at, reverse=True)
        verdict = _verdict(newest[0], asked, topic)
        if verdict is not None and (len(newest) == 1 or all(told_by(m.text).tastes for m in newest)):
            fact = newest[0].text
            answer = said("memory-yes", fact=fact) if verdict else said("memory-no", fact=fact)
            return SkillAnswer(said=answer, used=(newest[0].id,))
        sure = [memory for memory in newest if _verdict(memory, asked, topic) is not None]
        if verdict is not None or not sure:
            return quoted(newest)
        return quoted([*newest[:1], *[memory for memory in sure if memory is not newest[0]]])

    async def _all_about(self, user: str, topic: str) -> SkillAnswer:
        asked, needed = holder_of(topic), _needed(topic)
        found = await self._memory.recall(user, in_other_words(topic), LOOKED_AT)
        exact = await self._memory.memories_about(user, topic)

        def fits(text: str) -> bool:
            return holder_of(text).names(asked) and _has(text, needed)

        by_words = [one.memory for one in found if one.shares_words and fits(one.memory.text)]
        best = list({memory.id: memory for memory in (*exact, *by_words)}.values())
        if best:
            return _together(best[::-1], said("memory-nothing"))
        return self._nearest([one.memory for one in found[:1] if one.alike], asked, topic)

    async def _about(self, user: str, asked: str, topic: str, as_told: str = "") -> SkillAnswer:
        """What was told of just this one: "my mother's birthday" is not told by "my wife's"."""
        holder, needed = holder_of(asked), _needed(asked)
        exact = await self._memory.memories_about(user, as_told or asked)
        found = await self._memory.recall(user, in_other_words(topic), LOOKED_AT)
        fitting = [
            one.memory
            for one in found
            if one.shares_words and holder_of(one.memory.text).answers(holder) and _has(one.memory.text, needed)
        ]
        best = _in_force(list({memory.id: memory for memory in (*exact, *fitting)}.values()))
        if best:
            return _together(best[::-1], said("memory-nothing"))
        return self._nearest([one.memory for one in found[:1] if one.alike], holder, topic)

    def _nearest(self, found: Sequence[Memory], asked: Holder, topic: str) -> SkillAnswer:
        """Other words for it, most likely: said as what it is; never what was told of another one."""
        for nearest in found:
            if holder_of(nearest.text).answers(asked) or (not asked.path and not holder_of(nearest.text).path):
                return SkillAnswer(said=said("memory-nearest", fact=nearest.text), used=(nearest.id,))
        return SkillAnswer(said=said("memory-nothing-about", topic=topic))


def _mine(topic: str, question: str) -> bool:
    """Whether it is asked for as the user's own: then it is named so."""
    return f" my {' '.join(words_of(topic))} " in f" {' '.join(words_of(question))} "


def _in_force(found: Sequence[Memory]) -> list[Memory]:
    """Without what a later one denies, or takes back the denial of: "I don't live in Berlin any more"."""

    def taken_back(earlier: Memory) -> bool:
        return any(_takes_back(later.text, earlier.text) for later in found if later.created_at > earlier.created_at)

    return [memory for memory in found if not taken_back(memory)]


_NO_MORE = word_set("anymore any more longer now still")


def _takes_back(later: str, earlier: str) -> bool:
    words, before = words_of(later), words_of(earlier)
    if NOT.isdisjoint(words) == NOT.isdisjoint(before) or holder_of(later) != holder_of(earlier):
        return False
    if not is_sure(" ".join(word for word in words if word not in NOT | _NO_MORE)):
        return False
    named, then = (frozenset(there) - EMPTY_WORDS - NOT - _NO_MORE - {"does"} for there in (words, before))
    return bool(named) and (named == then if NOT.isdisjoint(words) else named <= then)


def _is_own_taste(text: str, topic: str) -> bool:
    """Whether it tells of the user, and of a thing of the same one: "my sister's cooking" is not "my brother's"."""
    whose, asked = holder_of(text), holder_of(topic)
    thing = holder_of(" ".join(word for word in words_of(text) if word not in SELF))
    somebodys = asked.own or "'" in " ".join(words_of(topic))  # and not just "cats"
    return whose.own and not whose.path and (not somebodys or thing.names(asked))


def _verdict(memory: Memory, asked: str, topic: str) -> bool | None:
    """Yes or no, where a memory says so of just this thing; None where it does not."""
    fact = told_by(memory.text)
    things = told_by(f"i like {topic}").tastes
    if not things or not set(things) <= set(fact.tastes):
        return None
    verbs = [word for word in words_of(asked) if word in _AGAINST | _STRONG | {"like"}]
    verb = verbs[0] if verbs else "like"
    likes = fact.kind is MemoryKind.LIKE
    if likes == (verb in _AGAINST):
        return False
    strength = fact.strength.removeprefix("not ")
    if (
        verb not in _STRONG
        or (verb == strength and not fact.strength.startswith("not "))
        or strength in _AS_STRONG.get(verb, ())
    ):
        return True
    return None


def _about_whom(question: str) -> Holder:
    """Who did something is not whose it is: "where did i put the key" asks for any key."""
    return holder_of(_PUT.sub(" is ", _COUNTED.sub("", _without_lead(question))))


def _without_lead(question: str) -> str:
    """What is asked, without "do you know" or "tell me"."""
    return _LEAD.sub("", " ".join(words_of(question)))


_OF_THE_ASSISTANT = word_set("you your yours yourself you're")


_LEAD = re.compile(
    r"^(?:(?:and|so|please|hey|okay|ok) )*(?:(?:do|did|can|could|would|will) you )?(?:please )?"
    r"(?:know|remember|tell me|remind me)(?: again)? "
)


_COUNTED = re.compile(r"^how (?:many|much) [\w-]+ ")
_PUT = re.compile(
    r" (?:did|have|had) (?:i|we) (?:last )?(?:put|leave|left|keep|kept|hide|hidden|store|stored|see|seen)\b"
)
_COLOUR = re.compile(r"(?:what|which) colou?rs? (?:is|are|was|were|does|do|did|has|have)\b")
_COLOURS = word_set(
    "black white grey gray red green blue yellow orange purple violet pink brown beige silver gold golden turquoise "
    "navy cream maroon teal magenta cyan lilac olive bronze dark light bright colour color coloured colored striped"
)
_WHO = re.compile(r"who(?:'s| is| was) (?:[\w-]+)")


def _needed(question: str) -> tuple[frozenset[str], ...]:
    """The words that what was told must have, each in its forms: all that name something but whose it is."""
    empty = _MILD | EMPTY_WORDS
    tokens = [token for token in tokens_of(question) if token.word[:1].isalnum() and token.word not in empty]
    things = [token for token in tokens if not token.owner and token.word not in RELATIONS]
    if _COLOUR.match(" ".join(words_of(question))):
        things = [token for token in things if not token.word.startswith("colo")]
    aged = [token for token in tokens_of(question) if token.word == "old"]  # "how old am i"
    return tuple(token.stems | {token.word, same(token.word)} for token in things or tokens or aged)


def _other_forms(needed: Iterable[frozenset[str]]) -> Iterable[str]:
    """How else what is needed may have been said: "do i smoke" is answered by "i quit smoking"."""
    for forms in needed:
        for base in sorted(forms, key=len)[:2]:
            ending = base.removesuffix("e")
            yield from (base, f"{base}s", f"{base}es", f"{ending}ing", f"{ending}ed", f"{base}{base[-1:]}ing")


def _has(text: str, needed: Iterable[frozenset[str]]) -> bool:
    there = frozenset(form for token in tokens_of(text) for form in (*token.stems, token.word, same(token.word)))
    there |= frozenset(words_and_emoji(text))
    return all(forms & there for forms in needed)
