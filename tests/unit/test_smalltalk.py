"""Small talk, jokes and riddles in their turn, and the help."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sottovoce.agent.intents.intents import Intent
from sottovoce.agent.skills.guide import AT_ONCE, EXAMPLES, TOPICS, Guide, Topic
from sottovoce.agent.skills.jokes import Jokes
from sottovoce.agent.skills.smalltalk import Smalltalk
from sottovoce.agent.skills.told_in_turn import JOKES, SERIES, Series
from sottovoce.agent.tools.questions import Question, SkillAnswer
from sottovoce.agent.tools.tools import by_words
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.conversations import Message, Role
from sottovoce.domain.dialogue import Asked, Dialogue, Pending
from sottovoce.domain.said import Said, said
from sottovoce.language import available, language
from tests.language.tried import outcome
from tests.unit.parts import Typed, english

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sottovoce.agent.tools.tools import Tool

SMALLTALK = Smalltalk()


def _question(*left: Mapping[str, str], id_: str = "a") -> Question:
    """A question after answers that left these entities."""
    history = [
        Message(
            id=f"m{place}",
            conversation_id="c",
            role=Role.ASSISTANT,
            content="",
            created_at=0.0,
            dialogue=Dialogue(entities=entities).to_json(),
        )
        for place, entities in enumerate(left)
    ]
    return Question(text="", context=UserContext(user_id="me"), history=tuple(history), message_id=id_)


async def _said(name: str, *left: Mapping[str, str], **slots: str) -> SkillAnswer:
    answer = await SMALLTALK.answer(_question(*left), Intent(name, slots))
    return answer if isinstance(answer, SkillAnswer) else SkillAnswer(said=answer)


@pytest.mark.parametrize("tag", available())
@pytest.mark.parametrize("series", SERIES.values(), ids=lambda one: one.kind)
def test_a_language_tells_as_many_as_are_counted(tag: str, series: Series) -> None:
    texts = [language(tag).text(series.message, number=number) for number in range(1, series.many + 1)]
    assert len(set(texts)) == series.many
    assert language(tag).text(series.message, number=series.many + 1) == texts[-1]


async def test_all_jokes_are_told_before_one_comes_again() -> None:
    heard = []
    async with Typed() as typed:
        for _ in range(JOKES.many + 1):
            heard.append(await typed.reply("tell me a joke"))
            typed.clock.now += 1
    assert len(set(heard[:-1])) == JOKES.many
    assert heard[-1] == heard[0]


async def test_a_conversation_does_not_always_begin_with_the_same_joke() -> None:
    found = {english(await Jokes().answer(_question(id_=str(n)), Intent("smalltalk.joke"))) for n in range(20)}
    assert len(found) > 5


async def test_another_one_is_of_what_was_told_last() -> None:
    assert (await _said("smalltalk.another", {"joke": "3"}, {"fact": "14"})).entities == {"fact": "1"}
    assert (await _said("smalltalk.another", {"story": "2"}, {})).entities == {"story": "3"}
    assert (await _said("smalltalk.another")).said == said("smalltalk-another-what")


async def test_a_number_that_cannot_be_read_is_passed_over() -> None:
    assert (await _said("smalltalk.fact", {"fact": "4"}, {"fact": "many"})).entities == {"fact": "5"}


async def test_a_riddle_waits_for_a_guess() -> None:
    riddle = await _said("smalltalk.riddle", {"riddle": "5"})
    assert riddle.pending == Pending(asked=Asked("smalltalk.solution"), slot="guess")
    assert english(riddle) == "I have teeth and never bite. What do you say?"
    assert (await _said("smalltalk.solution")).said == said("smalltalk-riddle-none")
    for guess, told in {
        "": "It's a comb.",
        "a comb": "It's a comb. That's right!",
        "is it a crocodile": "Not quite. It's a comb.",
    }.items():
        slots = {"guess": guess} if guess else {}
        assert english(await _said("smalltalk.solution", {"riddle": "6"}, **slots)) == told


async def test_a_solution_is_told_in_conversation() -> None:
    async with Typed() as typed:
        await typed.ask("tell me a riddle")
        typed.clock.now += 1
        assert (await typed.reply("i give up")).startswith("It's ")


async def test_somebody_knocks() -> None:
    first = await _said("smalltalk.knock")
    assert english(first) == "Who's there?"
    assert first.pending == Pending(asked=Asked("smalltalk.knock"), slot="guest")
    second = await _said("smalltalk.knock", guest="lettuce")
    assert english(second) == "lettuce who?"
    assert second.pending == Pending(asked=Asked("smalltalk.knock", {"guest": "lettuce"}), slot="line")
    third = await _said("smalltalk.knock", guest="lettuce", line="lettuce in")
    assert english(third) == "Ha ha, good one."
    assert third.pending is None


# --- The help ---------------------------------------------------------------------------------------------------------


class _Skill:
    def __init__(self, *names: str, offer: Said | None = None) -> None:
        self._names, self.offer = names, offer

    @property
    def tools(self) -> tuple[Tool, ...]:
        return by_words(SMALLTALK.answer, *self._names)


def _guide(*families: str) -> Guide:
    return Guide([_Skill(f"{family}.tool") for family in families])


def _all_families() -> list[str]:
    return [min(topic.families) for topic in TOPICS]


async def test_the_help_names_a_few_topics_and_then_the_next() -> None:
    guide = _guide(*_all_families())
    heard: list[Said] = []
    left: dict[str, str] = {}
    while True:
        intent = Intent("help.more" if heard else "help.skills")
        answer = await guide.answer(_question(left), intent)
        if not isinstance(answer, SkillAnswer):
            assert answer == said("guide-all")
            break
        assert isinstance(answer.said, Said)
        topics = answer.said.facts["topics"]
        assert isinstance(topics, tuple)
        assert 0 < len(topics) <= AT_ONCE
        heard += topics
        left = dict(answer.entities)
    assert heard == [said(topic.does) for topic in TOPICS]


TOLD = "I can tell the time and the date, here and elsewhere."


async def test_more_is_offered_only_where_there_is_more() -> None:
    one = await _guide("clock").answer(_question(), Intent("help.skills"))
    assert (
        english(one)
        == "I can tell the time and the date, here and elsewhere. Ask me, for example: What can you do with the time?"
    )
    more = Guide([_Skill("clock.tool"), _Skill("new.tool", offer=said("clock-offer"))])
    assert "what else can you do?" in english(await more.answer(_question(), Intent("help.skills")))
    rest = await more.answer(_question({"help": "1"}), Intent("help.more"))
    assert english(rest) == "You can also say: What time is it?"


async def test_what_was_left_wrongly_begins_anew() -> None:
    answer = await _guide("clock").answer(_question({"help": "all"}), Intent("help.more"))
    assert isinstance(answer, SkillAnswer)


async def test_examples_are_of_several_topics() -> None:
    answer = await _guide(*_all_families()).answer(_question(), Intent("help.examples"))
    assert isinstance(answer, Said)
    assert answer.facts["offers"] == tuple(said(topic.examples[0]) for topic in TOPICS[:EXAMPLES])


async def test_a_topic_that_is_not_there_is_said_to_be_missing() -> None:
    answer = await _guide("clock").answer(_question(), Intent("help.files"))
    assert english(answer) == f"I can't do that here. {TOLD}"
    answer = await _guide("clock").answer(_question(), Intent("help.topic", {"topic": "cooking"}))
    assert english(answer) == f"I don't know how to help with cooking. {TOLD}"


@pytest.mark.parametrize("tag", available())
@pytest.mark.parametrize("topic", TOPICS, ids=lambda one: one.intent)
async def test_what_the_help_says_can_be_said(tag: str, topic: Topic) -> None:
    own = language(tag)
    assert (await outcome(tag, (), own.text(topic.ask))).intent == topic.intent
    for example in topic.examples:
        found = await outcome(tag, (), own.text(example))
        assert found.key, example
        assert "fallback" not in found.intent
