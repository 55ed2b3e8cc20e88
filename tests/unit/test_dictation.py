"""What is typed of dictated words, when it is, and when it ends."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.agent.desktop.ports import Act, Guard
from sottovoce.agent.intents.intents import Intent
from sottovoce.agent.skills.dictation import READ_CHARS, DictationSkill
from sottovoce.agent.tools.questions import Question, SkillAnswer
from sottovoce.agent.tools.tools import ToolCall
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.conversations import Message, Role
from sottovoce.domain.dictation import MOST_KEPT, Dictated, Joint, Order, SpokenSign, typed
from sottovoce.domain.errors import TypingFailed, TypingForbidden, TypingMissing
from sottovoce.domain.turns import Outcome, TurnFailed, WordsTyped
from sottovoce.language import available, language
from sottovoce.talk.dictation import IDLE_S, Dictation
from tests.fakes_dictation import FakeClipboard, FakeTyping
from tests.unit.parts import Typed, build, english
from tests.unit.talking import done, hold, let_go
from tests.virtual_time import run_virtual

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.domain.said import Said

ASKED = "Shall I type into other programs' windows when you say so?"


def _typed(turns: Sequence[str], tag: str = "en") -> str:
    """What stands there after these turns."""
    text, so_far = "", Dictated()
    for words in turns:
        done, so_far = typed(words, so_far, language(tag).dictation)
        assert done.erase <= len(text)
        text = text[: len(text) - done.erase] + done.text
    return text


@pytest.mark.parametrize(
    ("said", "there"),
    [
        ("hello world", "Hello world"),
        ("hello comma world full stop how are you question mark", "Hello, world. How are you?"),
        ("dear anna comma new line thank you period", "Dear anna,\nThank you."),
        ("one new paragraph two", "One\n\nTwo"),
        ("he said open quote no close quote and left", 'He said "no" and left'),
        ("see page twelve open bracket below close bracket", "See page 12 (below)"),
        ("a dash b hyphen c slash d", "A – b-c/d"),
        ("i think i'm late on monday in june", "I think I'm late on Monday in June"),
        ("we met capital anna and all caps nasa", "We met Anna and NASA"),
        ("all caps on stop it all caps off now", "STOP IT now"),
        ("the literal comma is small", "The comma is small"),
        ("write the word period", "Write period"),
        ("literal", "Literal"),
        ("no space at all", "At all"),
        ("foo no space bar", "Foobar"),
        ("two apples and twenty three pears", "Two apples and 23 pears"),
        ("it costs three point five dollars", "It costs 3.5 dollars"),
        ("half an hour", "Half an hour"),
        ("three and a half", "Three and a half"),
        ("a hundred people in nineteen eighty four", "A hundred people in 1984"),
        ("minus twenty degrees", "-20 degrees"),
        ("twenty comma thirty", "20, 30"),
        ("open quote hello", '"Hello'),
        ("Already written. so it is", "Already written. So it is"),
        ("3 eggs", "3 eggs"),
        ("ten percent sign", "10%"),
        ("scratch that", ""),
        ("wrong words scratch that right words", "Right words"),
        ("tab key x", "\tx"),
    ],
)
def test_one_turn(said: str, there: str) -> None:
    assert _typed([said]) == there


@pytest.mark.parametrize(
    ("turns", "there"),
    [
        (("hello", "world full stop", "it works"), "Hello world. It works"),
        (("hello", "comma", "world"), "Hello, world"),
        (("hello", "open bracket", "world"), "Hello (world"),
        (("hello", "there friend", "scratch that"), "Hello"),
        (("hello", "there friend", "undo", "again"), "Hello again"),
        (("hello full stop", "bad", "scratch that", "good"), "Hello. Good"),
        (("hello", "scratch that", "scratch that", "world"), "World"),
        (("hello", "oh no scratch that scratch that bye"), "Bye"),
        (("line new line", "undo that", "x"), "X"),
        (("caps on loud", "still"), "LOUD STILL"),
        (("undo the damage",), "Undo the damage"),
    ],
)
def test_several_turns(turns: tuple[str, ...], there: str) -> None:
    assert _typed(turns) == there


@pytest.mark.parametrize(
    ("said", "there"),
    [
        ("liebe Anna komma neue zeile wie geht es dir fragezeichen", "Liebe Anna,\nWie geht es dir?"),
        ("am montag um dreiundzwanzig uhr", "Am Montag um 23 uhr"),
        ("es kostet drei komma fünf euro", "Es kostet 3,5 euro"),
        ("anführungszeichen auf ja anführungszeichen zu punkt", "„Ja“."),
        ("ein groß haus", "Ein Haus"),
        ("falsch streich das richtig", "Richtig"),
        ("zwölf komma", "12,"),
    ],
)
def test_german(said: str, there: str) -> None:
    assert _typed([said], "de") == there


@pytest.mark.parametrize(
    ("said", "text", "stop"),
    [
        ("stop dictation", "", "stop dictation"),
        ("the end full stop stop dictation", "The end.", "stop dictation"),
        ("Stop", "", "Stop"),
        ("stop the car", "Stop the car", ""),
    ],
)
def test_its_end_is_said(said: str, text: str, stop: str) -> None:
    done, _ = typed(said, Dictated(), language("en").dictation)
    assert (done.text, done.stop) == (text, stop)


@given(st.lists(st.sampled_from(["hello", "comma", "new line", "undo", "scratch that now", "open bracket", "ten"])))
def test_all_can_be_taken_back(turns: list[str]) -> None:
    left = [*turns, *["undo"] * len(turns)]
    assert _typed(left) == "" or len(turns) > MOST_KEPT


@pytest.mark.parametrize("tag", available())
def test_a_language_has_names_for_all(tag: str) -> None:
    own = language(tag).dictation
    assert {*own.ORDERS.values(), *own.ALONE.values()} == set(Order)
    assert {mark.joint for mark in own.MARKS.values()} == set(Joint)
    assert {",", ".", "?", "!", ":", ";", "\n", "\n\n", "(", ")", "–"} <= {mark.text for mark in own.MARKS.values()}
    assert not own.MARKS.keys() & own.ORDERS.keys()
    assert all(name == name.lower() for name in (*own.MARKS, *own.ORDERS, *own.ALONE))
    assert isinstance(own.MARKS["komma" if tag == "de" else "comma"], SpokenSign)


# --- A dictation -----------------------------------------------------------------------------------------------------


class Dictating:
    """A dictation, its keyboard, and what was told of it."""

    def __init__(self) -> None:
        self.keyboard: FakeTyping | None = FakeTyping()
        self.told: list[bool] = []
        self.allowed = True
        self.dictation = Dictation(lambda: self.keyboard, allowed=lambda: self.allowed, on_change=self.told.append)


def test_it_begins_and_ends() -> None:
    async def main() -> None:
        one = Dictating()
        assert not one.dictation.stop()
        one.dictation.start("me", "en")
        assert one.dictation.takes("me")
        assert not one.dictation.takes("anna")
        await one.dictation.take("hello")
        one.dictation.start("me", "en")  # anew: nothing of before is known
        await one.dictation.take("hello")
        assert one.keyboard is not None
        assert one.keyboard.text == "HelloHello"
        assert (await one.dictation.take("stop dictation")).stop
        assert not one.dictation.takes("me")
        assert one.told == [True, False]
        await one.dictation.take("more")  # was being recognised when it ended
        assert one.told == [True, False]

    run_virtual(main())


def test_it_ends_by_itself_after_a_long_silence() -> None:
    async def main() -> None:
        one = Dictating()
        one.dictation.start("me", "en")
        await asyncio.sleep(IDLE_S - 1)
        await one.dictation.take("hello")
        await asyncio.sleep(IDLE_S - 1)
        assert one.dictation.on
        await asyncio.sleep(2)
        assert not one.dictation.on
        assert one.told == [True, False]

    run_virtual(main())


async def test_where_nothing_can_be_typed_it_does_not_begin() -> None:
    one = Dictating()
    one.keyboard = None
    with pytest.raises(TypingMissing):
        one.dictation.start("me", "en")
    assert not one.dictation.on
    with pytest.raises(TypingMissing):
        await one.dictation.once("hello", "en")


async def test_what_was_not_typed_is_not_taken_back() -> None:
    one = Dictating()
    assert one.keyboard is not None
    one.dictation.start("me", "en")
    await one.dictation.take("hello")
    one.keyboard.trouble = TypingFailed()
    with pytest.raises(TypingFailed):
        await one.dictation.take("lost")
    await one.dictation.take("undo")
    assert one.keyboard.text == ""
    one.dictation.stop()


async def test_what_the_administrator_forbids_is_not_typed_and_ends_it() -> None:
    one = Dictating()
    assert one.keyboard is not None
    one.dictation.start("me", "en")
    await one.dictation.take("hello")
    assert not one.dictation.end_if_forbidden()
    one.allowed = False
    with pytest.raises(TypingForbidden):
        await one.dictation.take("secret")
    assert not one.dictation.on
    with pytest.raises(TypingForbidden):
        await one.dictation.take("undo")  # was being recognised when it ended
    with pytest.raises(TypingForbidden):
        await one.dictation.once("hello", "en")
    with pytest.raises(TypingForbidden):
        one.dictation.start("me", "en")
    assert one.keyboard.text == "Hello"
    assert one.told == [True, False]
    assert not one.dictation.end_if_forbidden()


async def test_it_can_be_ended_in_words_where_it_has_been_forbidden() -> None:
    one = Dictating()
    one.dictation.start("me", "en")
    one.allowed = False
    assert (await one.dictation.take("stop dictation")).stop
    assert not one.dictation.on


async def test_it_ends_as_soon_as_it_is_forbidden() -> None:
    one = Dictating()
    one.dictation.start("me", "en")
    one.allowed = False
    assert one.dictation.end_if_forbidden()
    assert one.told == [True, False]


# --- What asks for it ------------------------------------------------------------------------------------------------


def _question(*answers: str) -> Question:
    history = tuple(
        Message(id=str(at), conversation_id="c", role=Role.ASSISTANT, content=text, created_at=0.0)
        for at, text in enumerate(answers)
    )
    return Question(text="", context=UserContext(user_id="me"), history=history)


async def _asked(skill: DictationSkill, name: str, *answers: str, **words: str) -> SkillAnswer | Said | str:
    (tool,) = (one for one in skill.tools if one.name == name)
    return await tool.run(_question(*answers), ToolCall(Intent(name).name, words, words))


async def test_the_skill_begins_types_and_ends() -> None:
    one = Dictating()
    skill = DictationSkill(one.dictation, lambda: None)
    assert english(await _asked(skill, "dictation.type", text="hello comma world")) == "Done."
    assert one.keyboard is not None
    assert one.keyboard.text == "Hello, world"
    assert english(await _asked(skill, "dictation.start")).startswith("I type what you say into the window in front.")
    assert one.dictation.on
    for _ in range(2):
        assert english(await _asked(skill, "dictation.stop")) == "Dictation is off."
    assert not one.dictation.on


async def test_it_is_asked_once_whether_anything_may_be_typed() -> None:
    one = Dictating()
    async with Typed([DictationSkill(one.dictation, FakeClipboard)]) as typed:
        assert (await typed.ask("type hello world")).reply == ASKED
        assert one.keyboard is not None
        assert one.keyboard.text == ""
        assert (await typed.ask("yes")).reply.startswith("Done.")
        assert one.keyboard.text == "Hello world"
        assert (await typed.ask("take dictation")).reply.startswith("I type what you say")
    assert one.dictation.stop()


async def test_a_no_types_nothing() -> None:
    one = Dictating()
    async with Typed([DictationSkill(one.dictation, FakeClipboard)]) as typed:
        assert (await typed.ask("take dictation")).reply == ASKED
        await typed.ask("no")
        assert not one.dictation.on
        assert (await typed.ask("take dictation")).reply == ASKED


@pytest.mark.parametrize("words", ["take dictation", "type hello world", "type what i say"])
async def test_nobody_is_asked_about_what_is_forbidden_or_cannot_be_done(words: str) -> None:
    one = Dictating()
    guard = Guard(allows=lambda act: act is not Act.TYPE)
    async with Typed([DictationSkill(one.dictation, FakeClipboard, guard)]) as typed:
        assert (await typed.ask(words)).reply == "Your administrator has forbidden that."
        assert (await typed.ask("read the clipboard")).reply == "There is no text in the clipboard."
    one.keyboard = None
    async with Typed([DictationSkill(one.dictation, FakeClipboard)]) as typed:
        with pytest.raises(TypingMissing):
            await typed.ask(words)
    assert one.told == []


async def test_the_clipboard_is_read_and_filled() -> None:
    clipboard = FakeClipboard("some \n text", "chosen")
    skill = DictationSkill(Dictating().dictation, lambda: clipboard)
    assert english(await _asked(skill, "clipboard.read")) == "some text"
    assert english(await _asked(skill, "selection.read")) == "chosen"
    assert english(await _asked(skill, "clipboard.copy")) == "I have not answered anything yet that I could copy."
    assert english(await _asked(skill, "clipboard.copy", "It is noon.")) == "Copied."
    assert clipboard.held == "It is noon."
    clipboard.held, clipboard.selected = " ", ""
    assert english(await _asked(skill, "clipboard.read")) == "There is no text in the clipboard."
    assert english(await _asked(skill, "selection.read")) == "No text is selected."
    clipboard.selected = None
    assert english(await _asked(skill, "selection.read")).startswith("On this desktop I can't see")


@pytest.mark.parametrize("word", ["word ", "xx"])
async def test_of_a_long_text_the_beginning_is_read(word: str) -> None:
    skill = DictationSkill(Dictating().dictation, lambda: FakeClipboard(word * READ_CHARS))
    heard = english(await _asked(skill, "clipboard.read"))
    assert heard.startswith(f"It begins so: {word.strip()}")
    assert heard.endswith("There is more of it.")
    assert len(heard) < READ_CHARS + 60


async def test_without_a_desktop_there_is_no_clipboard() -> None:
    skill = DictationSkill(Dictating().dictation, lambda: None)
    with pytest.raises(TypingMissing):
        await _asked(skill, "clipboard.read")


# --- In a turn -------------------------------------------------------------------------------------------------------


def test_what_is_said_is_typed_and_neither_answered_nor_stored() -> None:
    async def main() -> None:
        one = Dictating()
        parts = build(["what time is it", "question mark", "stop dictation"], dictation=one.dictation)
        one.dictation.start("me", "en")
        for _ in range(2):
            await hold(parts)
            await let_go(parts)
            await done(parts)
        assert one.keyboard is not None
        assert one.keyboard.text == "What time is it?"
        assert parts.outcomes == [Outcome.TYPED, Outcome.TYPED]
        assert parts.of(WordsTyped) == [WordsTyped("What time is it"), WordsTyped("?")]
        assert not parts.store.said
        await hold(parts)
        await let_go(parts)
        await done(parts)
        assert [one.content for one in parts.store.said][:1] == ["stop dictation"]
        assert not one.dictation.on
        assert parts.outcomes[-1] is Outcome.ANSWERED
        await parts.talk.close()

    run_virtual(main())


def test_what_could_not_be_typed_is_told() -> None:
    async def main() -> None:
        one = Dictating()
        parts = build(["hello"], dictation=one.dictation)
        one.dictation.start("me", "en")
        assert one.keyboard is not None
        one.keyboard.trouble = TypingFailed()
        await hold(parts)
        await let_go(parts)
        await done(parts)
        assert parts.outcomes == [Outcome.FAILED]
        (told,) = parts.of(TurnFailed)
        assert isinstance(told, TurnFailed)
        assert isinstance(told.error, TypingFailed)
        one.dictation.stop()
        await parts.talk.close()

    run_virtual(main())
