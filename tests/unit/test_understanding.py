"""What a sentence is cut down to, what comes near it, and what a machine may ask of tools."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from sottovoce.agent.agent import Agent
from sottovoce.agent.dialogue.examples import PATIENCE_S, Examples
from sottovoce.agent.dialogue.replacing import with_typed
from sottovoce.agent.dialogue.turn import Turn
from sottovoce.agent.intents.samples import Sample, Samples
from sottovoce.agent.sentences.fillers import MOST_VARIANTS, Fillers
from sottovoce.agent.sentences.noise import Noise
from sottovoce.agent.sentences.phrases import PhraseBook, Phrases
from sottovoce.agent.sentences.sentence import Sentence
from sottovoce.agent.skills.again import KeptConsents
from sottovoce.agent.tools.questions import NotMeant, Question, SkillAnswer
from sottovoce.agent.tools.tools import Slot, Tool, ToolCall, Tools, UnknownSlot, UnknownTool
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.dialogue import MOST_ENTITIES, REFERRED_ANSWERS, REFERRED_S, Asked, Dialogue, Pending
from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import EmbedderBroken
from sottovoce.domain.mistakes import Misfit
from sottovoce.domain.turns import Source, Transcript, Word
from sottovoce.language import language
from sottovoce.language.templates import Templates, read_templates
from tests.fakes_embedder import FakeEmbedder
from tests.unit.fake_tools import FakeTools, recognizer
from tests.unit.parts import DECLINED, NOW, Typed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sottovoce.agent.tools.questions import Reply

ENGLISH = language("en")


@pytest.fixture
async def talk() -> AsyncIterator[Typed]:
    async with Typed([FakeTools()], recognizer=recognizer) as typed:
        yield typed


# --- Phrases, fillers, noise ------------------------------------------------------------------------------------------


def test_phrases_are_found_at_ends_and_inside() -> None:
    some = Phrases(["can you", "can you please", "please"])
    assert list(some.begins(("can", "you", "please", "go"))) == [3, 2]
    assert list(some.ends(("go", "please"))) == [1]
    assert list(some.begins(())) == list(some.ends(())) == []
    assert some.longest(("go",)) == 0
    assert list(some.places(("oh", "please", "go"))) == [(1, 2)]
    assert ("can", "you") in some
    assert list(some) == ["can you", "can you please", "please"]
    assert not Phrases()
    assert not PhraseBook({})["before"]


def test_the_least_is_cut_first_and_thanks_that_are_quoted_stay() -> None:
    fillers = Fillers(
        PhraseBook(
            {"before": ["hey", "you"], "after": ["now"], "thanks": ["please"], "quoting": ["say"], "hanging": ["from"]}
        )
    )
    cut = list(fillers.variants(Sentence("hey you go now please")))
    assert sorted(cut[:2]) == ["hey you go now", "you go now please"]
    assert cut[-1] == "go"
    assert "hey you go" in cut
    assert list(fillers.variants(Sentence("say please"))) == []
    assert fillers.bare(Sentence("hey you")) == "hey you"
    assert fillers.without_thanks(Sentence("it now please"), own_words=True) == "it now"
    assert fillers.without_thanks(Sentence("it now please"), own_words=False) == "it"
    assert fillers.without_thanks(Sentence("please"), own_words=True) == "please"
    assert fillers.without_thanks(Sentence("two hours from now"), own_words=False) == "two hours from now"


def test_of_very_polite_sentences_the_barest_are_tried() -> None:
    fillers = Fillers(PhraseBook({"before": ["a", "b"], "after": ["y", "z"]}))
    cut = list(fillers.variants(Sentence("a b a b a b go y z y z y z")))
    assert "go" in cut
    assert len(cut) == MOST_VARIANTS


def test_hesitation_and_what_is_said_twice_are_taken_out() -> None:
    noise = Noise(PhraseBook({"hesitations": ["um"], "sounds.for": ["four"], "sounds.to": ["two"]}))
    assert noise.steadied(Sentence("how much, um, how much is is it")) == "how much is it"
    assert noise.steadied(Sentence("how much is it")) == "how much is it"
    assert list(noise.meant(Sentence("four two"))) == ["for two", "four to"]


def test_a_sentence_knows_its_pauses_and_its_parts() -> None:
    sentence = Sentence("Milk, eggs and (some) bread.")
    assert sentence.words == ("milk", "eggs", "and", "some", "bread")
    assert sentence.pauses == {1}
    assert sentence.part(3, 5) == "(some) bread"
    assert sentence.part(5, 5) == ""


@pytest.mark.parametrize(
    ("text", "begin", "end", "part"),
    [
        ("what is (2+3)*(4+5)", 2, 3, "(2+3)*(4+5)"),
        ("((a) b", 0, 1, "a"),
        ("(a) b) c", 0, 2, "(a) b"),
        ("a (b) c) d", 1, 3, "(b) c"),
    ],
)
def test_a_part_has_the_other_halves_of_its_marks(text: str, begin: int, end: int, part: str) -> None:
    assert Sentence(text).part(begin, end) == part


# --- Dialogue ---------------------------------------------------------------------------------------------------------


def test_a_dialogue_goes_into_one_line_and_back() -> None:
    left = Dialogue(
        pending=Pending(asked=Asked("timer.set", {"name": "tea"}), slot="duration", proposed=True, repeated=True),
        last=Asked("timer.set"),
        entities={"timer": "1"},
        ages={"timer": 2},
    )
    assert Dialogue.from_json(left.to_json()) == left
    assert Dialogue.from_json("") == Dialogue.from_json("[]") == Dialogue.from_json('{"pending": {}}') == Dialogue()
    assert Dialogue().to_json() == ""


def test_what_is_named_no_more_is_meant_no_more() -> None:
    left = Dialogue(entities={"person": "anna"}, last=Asked("person.age"))
    for _ in range(REFERRED_ANSWERS):
        assert left.entities["person"] == "anna"
        left = Dialogue().after(left)
    assert not left.entities
    assert left.last == Asked("person.age")
    many = Dialogue(entities={str(number): "x" for number in range(2 * MOST_ENTITIES)})
    assert len(Dialogue().after(many).entities) == MOST_ENTITIES


async def test_what_was_said_long_ago_is_not_gone_on_with(talk: Typed) -> None:
    await talk.reply("what time is it in tokyo")
    talk.clock.now += REFERRED_S + 1
    assert (await talk.reply("and in london")).startswith(DECLINED)


async def test_a_question_back_waits_two_minutes(talk: Typed) -> None:
    await talk.reply("set a timer")
    talk.clock.now += 121
    assert not (await talk.reply("ten minutes")).startswith("timer.set")


async def test_a_question_back_waits_behind_what_nothing_understood(talk: Typed) -> None:
    await talk.reply("set a timer")
    assert (await talk.reply("what's the capital of nowhere")).startswith(DECLINED)
    assert (await talk.reply("ten minutes")).startswith("timer.set")


async def test_agreeing_in_several_words_is_agreeing_and_one_word_against_it_is_not(talk: Typed) -> None:
    for said, done in (("yeah sure do it", True), ("yeah sure wait", False)):
        await talk.reply("clear my work list")
        assert (await talk.reply(said)).startswith("list.clear") is done


async def test_what_is_allowed_is_kept_for_each_user(talk: Typed) -> None:
    await talk.reply("open firefox")
    await talk.reply("yes")
    assert (await talk.memory.get_user_context("me")).allowed == ("open",)
    assert await talk.reply("what may you do without asking me") == (
        "You have allowed me to do some things without asking. Say “ask me first” to take that back."
    )
    assert await talk.reply("open firefox", "anna") == "open firefox?"
    with pytest.raises(Misfit):
        UserContext(allowed=["x"] * 51)  # type: ignore[arg-type]


async def test_where_no_consent_is_kept_it_is_asked_about_each_time(talk: Typed) -> None:
    agent = Agent(recognizer, [FakeTools()], now=lambda: NOW)
    pending = Pending(asked=Asked("app.open", {"application": "firefox"}))
    reply = agent.answer(Question(text="yes", context=UserContext(), dialogue=Dialogue(pending=pending)))
    assert await _text(reply) == "app.open application=firefox"


async def test_what_was_not_heard_well_is_asked_about(talk: Typed) -> None:
    await KeptConsents(talk.memory).allow("me", "open")
    heard = Transcript(
        text="open firefox",
        words=(
            Word(text="open", start_s=0, end_s=1, confidence=0.9),
            Word(text="Firefox", start_s=1, end_s=2, confidence=0.3),
        ),
    )
    answer = await talk.answering.answer(heard.text, user_id="me", unsure=heard.unsure)
    assert answer.reply == "open firefox?"
    assert (await talk.reply("yes")) == "app.open application=firefox"
    sure = await talk.answering.answer("lock the screen", user_id="me", unsure=frozenset({"screen"}))
    assert sure.reply == "Shall I do that?"


async def _text(reply: Reply) -> str:
    return "".join([piece async for piece in reply.pieces])


class Picky:
    """A tool that is not for what it was called for, and one that corrects what never was."""

    offer = None

    @property
    def tools(self) -> tuple[Tool, ...]:
        async def check(_question: Question, _call: ToolCall) -> None:
            raise NotMeant

        async def run(_question: Question, call: ToolCall) -> SkillAnswer:
            corrected = call.corrects is not None
            return SkillAnswer(said=("" if corrected else "not ") + "corrected", pending=None)

        return (
            Tool(name="app.open", run=run, check=check),
            Tool(name="zone.time", run=run, slots=(Slot(name="place"), Slot(name="duration", required=True))),
        )


async def test_what_a_tool_is_not_for_is_answered_as_if_there_were_none() -> None:
    async with Typed([Picky()], recognizer=recognizer) as talk:
        answer = await talk.ask("open the garage door")
        assert (answer.source, answer.intent) == (Source.FALLBACK, "fallback")


async def test_a_correction_of_what_was_not_done_corrects_nothing() -> None:
    async with Typed([Picky()], recognizer=recognizer) as talk:
        assert await talk.reply("what time is it in paris") == "I didn't get all of that. What exactly?"
        assert await talk.reply("five minutes") == "not corrected"
        assert await talk.reply("no ten minutes") == "corrected"


def test_a_tool_that_there_is_not_is_not_called() -> None:
    tools = Tools([FakeTools()])
    with pytest.raises(UnknownTool):
        tools["timer.none"]


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [
        ({"when": "tomorrow at nine"}, "ten", {"when": "tomorrow ten"}),
        ({"when": "tomorrow at nine"}, "in ten minutes", {"when": "in ten minutes"}),
        ({"when": "every day at nine"}, "ten", {"when": "every day ten"}),
        (
            {"calculation": "fifteen percent of eighty"},
            "of two hundred",
            {"calculation": "fifteen percent of two hundred"},
        ),
        ({"when": "tomorrow at nine in the morning"}, "ten", {"when": "tomorrow ten in the morning"}),
        ({"quantity": "ten miles"}, "yards", None),
        ({"duration": "a b c d e f g h i j k"}, "ten", None),
        ({"duration": "five minutes"}, "five minutes", None),
        ({"duration": "five minutes"}, "ten " * 20, None),
    ],
)
def test_a_value_takes_the_place_of_what_it_names(
    before: dict[str, str], said: str, after: dict[str, str] | None
) -> None:
    found = with_typed(_turn(said), Asked("timer.none", before), said)
    assert (found and dict(found.words)) == after


# --- What a machine may ask -------------------------------------------------------------------------------------------


def test_a_machine_is_checked_as_what_was_said_is() -> None:
    tools, values = Tools([FakeTools()]), ENGLISH.values
    call = tools.call_of("timer.set", {"duration": "ten minutes"}, values, NOW)
    assert isinstance(call, ToolCall)
    assert call.slots == {"duration": timedelta(minutes=10)}
    call = tools.call_of("list.add", {"things": ["milk", "eggs"], "list": " shopping "}, values, NOW)
    assert isinstance(call, ToolCall)
    assert call.slots == {"things": ("milk", "eggs"), "list": "shopping"}
    lacking = tools.call_of("timer.set", {}, values, NOW)
    assert isinstance(lacking, Slot)
    assert lacking.name == "duration"
    wrong = tools.call_of("list.clear", {"list": ""}, values, NOW)
    assert isinstance(wrong, Slot)
    odd = tools.call_of("timer.cancel", {"name": ""}, values, NOW)
    assert isinstance(odd, Slot)
    assert odd.name == "name"
    with pytest.raises(UnknownSlot):
        tools.call_of("timer.set", {"length": "ten minutes"}, values, NOW)
    with pytest.raises(UnknownTool):
        tools.call_of("timer.none", {}, values, NOW)


def test_every_tool_has_a_schema_of_its_slots() -> None:
    class Counting:
        offer = None
        tools = (Tool(name="count.to", run=FakeTools().tools[0].run, slots=(Slot(name="number", required=True),)),)

    listed = {one["name"]: one for one in Tools([FakeTools(), Counting()]).schema()}
    assert listed["app.open"]["effect"] == Effect.ACT
    of_list = listed["list.add"]["parameters"]
    assert of_list["required"] == ["things"]
    assert of_list["properties"]["things"]["type"] == "array"
    assert of_list["properties"]["list"]["format"] == "text"
    assert listed["count.to"]["parameters"]["properties"]["number"]["anyOf"][0] == {"type": "number"}


# --- What comes near --------------------------------------------------------------------------------------------------


def _templates(*texts: str, **rules: str) -> Templates:
    return Templates(
        sentences={"x.y": texts}, rules=rules, slots=(), never_repaired_to=frozenset(), keyboard=(), phrases={}
    )


def test_samples_are_what_templates_allow_without_words_of_anybodys_own() -> None:
    book = PhraseBook({"example.duration": ["ten minutes"]})
    of = _templates(
        "(set|start) [a] timer for {duration}", "<do> it", "do {text}", "light[s] on", "count {number}", do="go|do"
    )
    made = Samples(of, book)
    one, other = iter(made), iter(made)
    assert next(one) is next(other), "each is made once, whoever comes first"
    assert list(made) == [
        Sample("x.y", "set timer for ten minutes", {"duration": "ten minutes"}),
        Sample("x.y", "start timer for ten minutes", {"duration": "ten minutes"}),
        Sample("x.y", "go it"),
        Sample("x.y", "do it"),
    ]


def _turn(text: str) -> Turn:
    return Turn(Question(text=text, context=UserContext()), recognizer("en"), Tools([FakeTools()]), ENGLISH, NOW)


async def test_what_comes_near_has_the_values_that_were_said() -> None:
    examples = Examples(FakeEmbedder())
    (near,) = [one for one in await examples.near(_turn("a timer of 20 minutes set it")) if one.likeness > 0.7]
    assert near.asked == Asked("timer.set", {"duration": "20 minutes"})
    assert "20 minutes" in near.sentence
    assert await examples.near(_turn("gibberish entirely unheard")) == ()
    assert await examples.near(_turn("timer")) == ()
    assert "timer.set" not in {one.asked.tool for one in await examples.near(_turn("a timer of minutes set it"))}


async def test_examples_are_read_bit_by_bit_and_a_broken_embedder_proposes_nothing() -> None:
    ticks = iter(range(1000))
    embedder = FakeEmbedder()
    examples = Examples(embedder, clock=lambda: next(ticks) * 2 * PATIENCE_S)
    await examples.near(_turn("gibberish entirely unheard"))
    few = len(embedder.texts)
    await examples.near(_turn("gibberish entirely unheard"))
    assert len(embedder.texts) > few
    embedder.trouble = EmbedderBroken()
    assert await examples.near(_turn("gibberish entirely unheard")) == ()


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("the screen you lock it", "Did you mean: “lock"),
        ("wash the car and the screen", DECLINED),
        ("gibberish entirely unheard", DECLINED),
    ],
)
async def test_what_comes_near_is_proposed_or_named(text: str, begins: str | tuple[str, ...]) -> None:
    agent = Agent(recognizer, [FakeTools()], examples=Examples(FakeEmbedder()), now=lambda: NOW)
    reply = agent.answer(Question(text=text, context=UserContext()))
    assert (await _text(reply)).startswith(begins)
    assert (reply.dialogue.pending is not None) is isinstance(begins, str)


async def test_what_comes_less_near_is_named_and_not_proposed() -> None:
    agent = Agent(recognizer, [FakeTools()], examples=Examples(FakeEmbedder()), now=lambda: NOW)
    reply = agent.answer(Question(text="timer of the screen", context=UserContext()))
    assert "What comes nearest is: Cancel" in await _text(reply)
    assert reply.dialogue.pending is None


async def test_what_was_proposed_is_done_after_a_yes() -> None:
    agent = Agent(recognizer, [FakeTools()], examples=Examples(FakeEmbedder()), now=lambda: NOW)
    proposed = agent.answer(Question(text="the screen you lock it", context=UserContext()))
    await _text(proposed)
    reply = agent.answer(Question(text="yes", context=UserContext(), dialogue=proposed.dialogue))
    assert await _text(reply) == "screen.lock"


def test_phrases_of_several_files_are_joined(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text('phrases: {"yes": "yes, yeah"}\n', "utf-8")
    (tmp_path / "b.yaml").write_text('phrases: {"yes": "sure"}\n', "utf-8")
    assert read_templates(tmp_path).phrases == {"yes": ("yes", "yeah", "sure")}
