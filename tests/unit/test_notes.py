"""Notes on a fake store: written, found by words and by meaning, and what is said of them."""

from __future__ import annotations

import asyncio

import pytest

from sottovoce.agent.skills.notes import MOST_CHARS, MOST_READ, NoteTaking, beginning
from sottovoce.agent.tools.questions import Question, SkillAnswer
from sottovoce.agent.tools.tools import ToolCall, Tools
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.dialogue import Dialogue
from sottovoce.domain.errors import StoreFailed
from sottovoce.language import language
from sottovoce.memory import notes as rules
from sottovoce.memory.notes import Notes
from tests.fakes_knowledge import FakeEmbedder
from tests.fakes_store import FakeStore
from tests.language.tried import home
from tests.unit.parts import NOW, english
from tests.unit.test_lists import Ticking
from tests.unit.test_lookup import Parts

KEYS = language("en").words.key_words


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


async def test_a_note_is_kept_grown_and_taken_away(store: FakeStore) -> None:
    notes = Notes(store, clock=Ticking())
    note = await notes.write("me", " The Boiler leaks. ", "m")
    assert (note.text, note.source_message) == ("The Boiler leaks.", "m")
    grown = await notes.add_to(note, "Fixed. ")
    assert (grown.text, grown.changed_at > note.changed_at) == ("The Boiler leaks.\nFixed.", True)
    assert await notes.note("me", note.id) == grown
    assert await notes.note("anna", note.id) is None
    assert await notes.note("me", "nobody") is None
    assert (await notes.newest("me", 1), await notes.newest("anna")) == ((grown,), ())
    assert await notes.delete(note)
    assert not await notes.delete(note)
    assert len((await notes.write("me", "x" * 30_000)).text) == rules.MOST_CHARS


async def _found(notes: Notes, topic: str) -> list[str]:
    return [note.text for note in await notes.find("me", topic, KEYS)]


async def test_others_have_the_loop_while_many_notes_are_looked_through(store: FakeStore) -> None:
    notes, read, most = Notes(store, clock=Ticking()), 0, 0

    def keys(text: str) -> frozenset[str]:
        nonlocal read, most
        read += 1
        most = max(most, read)
        return KEYS(text)

    for number in range(4 * rules.AT_ONCE):
        await notes.write("me", f"note {number}")
    search = asyncio.ensure_future(notes.find("me", "note 7", keys))
    while not search.done():
        read = 0
        await asyncio.sleep(0)
    assert [note.text for note in await search] == ["note 7"]
    assert most <= rules.AT_ONCE + 1


async def test_notes_are_found_by_all_words_else_by_some(store: FakeStore) -> None:
    notes = Notes(store, clock=Ticking())
    for text in ("the boiler leaks", "tires for the car", "the boiler man is called bert", "the car leaks oil"):
        await notes.write("me", text)
    assert await _found(notes, "the boiler") == ["the boiler man is called bert", "the boiler leaks"]
    assert await _found(notes, "a boiler that leaks") == ["the boiler leaks"]
    assert await _found(notes, "the boiler of anna") == ["the boiler man is called bert", "the boiler leaks"]
    assert await _found(notes, "gardens") == []
    assert await _found(notes, "that") == []


async def test_notes_are_found_by_what_they_mean(store: FakeStore) -> None:
    embedder = FakeEmbedder()
    notes = Notes(store, embedder=embedder, clock=Ticking())
    assert await _found(notes, "the boiler") == []
    await notes.write("me", "call the plumber")
    await notes.write("me", "buy flowers")
    assert await _found(notes, "call the plumber") == ["call the plumber"]
    embedder.trouble = StoreFailed("no words")
    for _ in range(2):
        assert await _found(notes, "flowers") == ["buy flowers"], "by its words alone"


def test_a_note_is_named_by_its_beginning() -> None:
    assert beginning("one two") == "one two"
    assert beginning("a b c d e f g h\ni") == "a b c d e f g h\N{HORIZONTAL ELLIPSIS}"


TALKS: tuple[tuple[str, ...], ...] = (
    ("take a note something", "= What should the note say?"),
    ("note that it rains", "delete that note", "= Shall I delete the note “it rains”?"),
    ("note that it rains", "delete that note", "yes", "= The note is deleted."),
    ("note that it rains", "delete it", "go ahead", "read my notes", "~ You have no notes yet."),
    ("note that it rains", "delete it", "no", "read my notes", "~ it rains"),
    ("take a note", "It rains in Oslo.", "read my last note", "= Your note: It rains in Oslo"),
    ("note that it rains", "delete that note", "what time is it", "delete that note", "~ Shall I delete"),
    ("note that it rains", "delete my notes", "yes please", "= Your note is deleted."),
    ("delete that note", "~ You have no notes yet."),
    ("read my garden note", "= I find no note about garden."),
    ("note that it rains", "note that it snows", "read my last note", "~ Your note:"),
    ("note that it rains", "read that note", "= Your note: it rains"),
    (
        "add it rains to today's note",
        "what time is it",
        "add it snows to today's note",
        "read today's note",
        "~ it rains\nit snows",
    ),
)


@pytest.mark.parametrize("talk", TALKS, ids="; ".join)
async def test_a_talk(talk: tuple[str, ...]) -> None:
    async with home("en") as (one, _):
        reply = ""
        for line in talk:
            if line.startswith("= "):
                assert reply == line[2:]
            elif line.startswith("~ "):
                assert line[2:] in reply
            else:
                reply = (await one.say(line)).text


async def test_many_and_long_notes_are_cut_and_counted() -> None:
    async with home("en") as (one, _):
        for number in range(MOST_READ + 2):
            await one.say(f"note that {number} {'word ' * 99}")
        told = (await one.say("read my notes")).text
    assert told.startswith("You have 7 notes, the last one first.")
    assert told.endswith("And 2 more. You can ask for one by what it is about.")
    assert len(told) < (MOST_READ + 1) * (MOST_CHARS + 10)


def _asks(text: str, **more: object) -> Question:
    return Question(text=text, context=UserContext(), now=NOW, **more)  # type: ignore[arg-type]


async def test_a_note_that_went_meanwhile_is_told(store: FakeStore) -> None:
    notes = Notes(store, clock=Ticking())
    skill = NoteTaking(notes, lambda: NOW)
    tool = Tools([skill]).get("note.delete")
    assert tool is not None
    note = await notes.write("me", "it rains")
    assert tool.confirm is not None
    asked = await tool.confirm(_asks("delete that note"), ToolCall("note.delete"))
    assert isinstance(asked, SkillAnswer)
    assert asked.pending is not None
    await notes.delete(note)
    words = dict(asked.pending.asked.words)
    left = Dialogue(pending=asked.pending, entities=asked.entities)
    gone = await tool.run(_asks("yes", dialogue=left), ToolCall("note.delete", words, words))
    assert english(gone) == "That note is not there any more."
    find = Tools([skill]).get("note.find")
    assert find is not None
    nothing = await find.run(_asks("find"), ToolCall("note.find", {"topic": "snow"}, {"topic": "snow"}))
    assert english(nothing) == "I find no note about snow."


async def test_where_there_is_no_note_the_files_are_asked(store: FakeStore) -> None:
    parts = Parts(garden="Tomatoes: Plant tomatoes after the last frost.")
    await parts.knowledge.sync()
    skill = NoteTaking(Notes(store), lambda: NOW, parts.lookup)
    find = Tools([skill]).get("note.find")
    assert find is not None
    told = await find.run(_asks("find"), ToolCall("note.find", {"topic": "tomatoes"}, {"topic": "tomatoes"}))
    assert english(told).startswith('I find no note about tomatoes. Your file "garden.md" says')
