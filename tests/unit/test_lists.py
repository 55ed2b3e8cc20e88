"""Lists on a fake store: their rules, and what is said of them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from sottovoce.agent.skills.lists import ListKeeping
from sottovoce.agent.skills.lists_undone import MOST_UNDONE, undoing, undone
from sottovoce.agent.tools.questions import NotMeant, Question
from sottovoce.agent.tools.tools import ToolCall, Tools
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.dialogue import UNDOING, Dialogue
from sottovoce.domain.records import ListEntry
from sottovoce.language import language
from sottovoce.memory.lists import MOST_CHARS, Lists, match
from tests.fakes_store import FakeStore
from tests.language.tried import home
from tests.unit.parts import english

if TYPE_CHECKING:
    from sottovoce.memory.lists import Matched

KEYS = language("en").words.key_words


class Ticking:
    """A clock that goes on by itself."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


@pytest.fixture
def lists() -> Lists:
    return Lists(FakeStore(), Ticking())


def entries(*texts: str) -> list[ListEntry]:
    return [ListEntry(id=text, list="shopping", text=text, created_at=1.0, changed_at=1.0) for text in texts]


async def open_on(lists: Lists, name: str = "shopping") -> tuple[str, ...] | None:
    found = await lists.open("me", name)
    return None if found is None else tuple(one.text for one in found)


async def test_things_stay_in_their_order_and_each_user_has_their_own(lists: Lists) -> None:
    put = await lists.put("me", "shopping", ("milk", "  two   eggs "), KEYS, source="m1")
    assert [(one.text, one.source_message, one.done) for one in put.new] == [
        ("milk", "m1", False),
        ("two eggs", "m1", False),
    ]
    await lists.put("anna", "shopping", ("beer",), KEYS)
    assert await open_on(lists) == ("milk", "two eggs")
    assert await lists.names("me") == (("shopping", 2),)
    assert len((await lists.put("me", "long", ("x" * 999,), KEYS)).new[0].text) == MOST_CHARS


async def test_what_is_there_is_not_put_twice_and_comes_back_when_it_was_ticked_off(lists: Lists) -> None:
    await lists.put("me", "shopping", ("eggs", "milk"), KEYS)
    again = await lists.put("me", "shopping", ("an Egg", "oat milk", "OAT MILK"), KEYS)
    assert ([one.text for one in again.new], [one.text for one in again.known]) == (["oat milk"], ["eggs", "oat milk"])
    (eggs, *_) = await lists.entries("me", "shopping")
    await lists.tick_off(eggs)
    assert await open_on(lists) == ("milk", "oat milk")
    assert [one.done for one in await lists.entries("me")] == [True, False, False]
    assert [one.id for one in (await lists.put("me", "shopping", ("eggs",), KEYS)).new] == [eggs.id]
    assert await open_on(lists) == ("milk", "oat milk", "eggs"), "at the end, as it was asked for last"


async def test_an_empty_list_is_there_until_it_is_deleted(lists: Lists) -> None:
    assert await open_on(lists) is None
    assert await lists.create("me", "camping", "m")
    assert not await lists.create("me", "camping")
    assert await open_on(lists, "camping") == ()
    await lists.put("me", "camping", ("tent", "rope"), KEYS)
    await lists.tick_off((await lists.entries("me", "camping"))[0])
    assert await lists.clear("me", "camping") == 1
    assert await lists.names("me") == (("camping", 0),)
    assert await lists.rename("me", "camping", "holiday")
    assert not await lists.rename("me", "camping", "holiday")
    assert await lists.names("me") == (("holiday", 0),)
    assert await lists.delete("me", "holiday")
    assert not await lists.delete("me", "holiday")
    assert await lists.names("me") == ()


def _found(thing: str, *texts: str, exactly: bool = False) -> tuple[str | None, bool, tuple[str, ...]]:
    found: Matched = match(thing, entries(*texts), KEYS, exactly=exactly)
    return found.entry.text if found.entry else None, found.exact, tuple(one.text for one in found.several)


@pytest.mark.parametrize(
    ("thing", "texts", "wanted"),
    [
        ("Milk", ("oat milk", "milk"), ("milk", True, ())),
        ("the eggs", ("egg",), ("egg", True, ())),
        ("milk", ("oat milk", "bread"), ("oat milk", False, ())),
        ("milk", ("oat milk", "soy milk"), (None, False, ("oat milk", "soy milk"))),
        ("chocolade", ("chocolate", "milk"), ("chocolate", False, ())),
        ("corn", ("horn",), (None, False, ())),
        ("that", ("milk",), (None, False, ())),
        ("oat milk", ("milk",), (None, False, ())),
    ],
)
def test_what_a_name_means(
    thing: str, texts: tuple[str, ...], wanted: tuple[str | None, bool, tuple[str, ...]]
) -> None:
    assert _found(thing, *texts) == wanted


def test_what_is_put_on_a_list_is_no_part_of_another_thing() -> None:
    assert _found("milk", "oat milk", exactly=True) == (None, True, ())


TALKS: tuple[tuple[str, ...], ...] = (
    ("put it on my list", "= What should I add?"),
    ("take it off again", "= What should I take off it?"),
    (
        "add milk and eggs to my list",
        "take everything off the list",
        "= Shall I take both things off your shopping list?",
    ),
    ("add milk to my list", "clear my shopping list", "yes", "= Your shopping list is empty now."),
    ("add milk to my list", "clear my shopping list", "what time is it", "what's on my list", "~ milk"),
    ("create a list called camping", "clear my camping list", "= Your camping list is empty."),
    ("clear my camping list", "~ You have no camping list."),
    ("delete my camping list", "~ You have no camping list."),
    (
        "add milk to my list",
        "no i meant oat milk",
        "and eggs",
        "also bread",
        "what's on my list",
        "~ : oat milk, eggs and bread.",
    ),
    ("add milk to my list", "add milk and tea to my list", "no i meant cocoa", "read my list", "~ : milk and cocoa."),
    ("add oat milk and soy milk to my list", "take milk off the list", "soy milk", "read my list", "~ : oat milk."),
    ("add milk to my list", "cross it off", "= I have ticked off milk on your shopping list."),
    ("add milk to my list", "clear it", "no", "read my list", "~ : milk."),
    (
        "create a list called camping",
        "delete my camping list",
        "sure",
        "= Your camping list is deleted.",
    ),
    ("delete my list", "= What is the list called?"),
    ("add milk and tea to my list", "remove milk and butter from my list", "~ taken milk off", "~ don't find butter"),
    ("add oat milk and soy milk and tea to my list", "remove tea and milk from my list", "~ off", "~ Which one"),
    ("add oat milk and soy milk to my list", "is milk on my list", "~ Not just milk"),
    ("add a tent to my camping list", "read me the list", "~ on your camping list: tent"),
    ("add a tent to my camping list", "what time is it", "read me the list", "~ on your camping list: tent"),
    (
        "add milk to my list",
        "add a tent to my camping list",
        "what time is it",
        "read my list",
        "~ camping list: tent",
    ),
    ("rename my list to b", "= What is the list called?"),
    ("create a list called gifts", "rename this list to b", "= Your gifts list is called b list now."),
    ("create a list called gifts", "delete this list", "= Shall I delete your gifts list? There is nothing on it."),
    ("is something on my list", "~ Your shopping list is empty."),
    ("put something on my list", "= What should I add?"),
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


@pytest.mark.parametrize("said", ["read me the price list", "what is on the guest of honour list of the wedding"])
async def test_a_list_of_somebody_else_is_none_of_the_users(said: str) -> None:
    async with home("en") as (one, _):
        assert not (await one.say(said)).served


async def test_what_points_at_nothing_is_asked_for(lists: Lists) -> None:
    tool = Tools([ListKeeping(lists)]).get("list.add")
    assert tool is not None
    call = ToolCall("list.add", {"things": ("it",)}, {"things": "it"})
    question = Question(text="put it on my list", context=UserContext())
    assert english(await tool.run(question, call)) == "What should I add?"
    question = dataclasses.replace(question, dialogue=Dialogue(entities={"things": "milk"}))
    assert english(await tool.run(question, call)) == "I have put milk on your shopping list."


async def test_who_takes_all_off_a_list_is_asked(lists: Lists) -> None:
    await lists.put("me", "shopping", ("milk",), KEYS)
    tool = Tools([ListKeeping(lists)]).get("list.remove")
    assert tool is not None
    question = Question(text="and everything", context=UserContext())
    told = await tool.run(question, ToolCall("list.remove", {"things": ("everything",)}, {"things": "everything"}))
    assert english(told) == "Shall I take the only thing off your shopping list?"
    assert await open_on(lists) == ("milk",)


async def test_of_many_lists_the_first_are_named() -> None:
    async with home("en") as (one, _):
        for name in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"):
            await one.say(f"create a list called {name}")
        told = (await one.say("what lists do i have")).text
    assert told.startswith("You have 11 lists: the ")
    assert told.endswith(" And 1 more.")


async def test_a_list_is_brought_back_as_it_was_with_what_was_ticked_off() -> None:
    async with home("en") as (one, _):
        things = "milk eggs bread rice tea salt sugar butter cheese apples pears honey".split()  # noqa: SIM905
        await one.say(f"add {' and '.join(things)} to my shopping list")
        await one.say("cross milk off my shopping list")
        told = await one.say("undo that")
        assert told.text == "I have put milk on your shopping list."
        await one.say("cross milk off my shopping list")
        await one.say("delete my shopping list")
        await one.say("yes")
        told = await one.say("undo that")
        assert "pears" in told.text
        assert "honey" not in told.text
        assert told.text.endswith("And 1 more.")
        assert "11 things" in (await one.say("what is on my shopping list")).text


async def test_what_was_put_on_a_list_and_is_gone_by_now_is_not_taken_off(lists: Lists) -> None:
    put = await lists.put("me", "shopping", ("milk",), KEYS)
    change = undoing(put=put.new)[UNDOING]
    await lists.take_off(put.new[0])
    with pytest.raises(NotMeant):
        await undone(lists, "me", change, KEYS, most_told=5)


async def test_a_thing_comes_back_to_one_that_is_called_alike(lists: Lists) -> None:
    change = undoing(gone=(await lists.put("me", "shopping", ("eggs",), KEYS)).new)[UNDOING]
    await lists.delete("me", "shopping")
    there = await lists.put("me", "shopping", ("egg",), KEYS)
    await lists.tick_off(there.new[0])
    told = await undone(lists, "me", change, KEYS, most_told=5)
    assert english(told) == "I have put eggs on your shopping list."
    assert [one.text for one in await lists.open("me", "shopping") or ()] == ["egg"]


def test_of_a_great_change_nothing_is_kept_to_undo_it() -> None:
    assert undoing(gone=entries(*map(str, range(MOST_UNDONE + 1)))) == {}
    assert undoing() == {}


async def test_what_is_on_no_list_is_not_taken_off_by_its_name_alone() -> None:
    async with home("en") as (one, _):
        assert not (await one.say("remove milk")).served
        await one.say("add bread and milk to my shopping list")
        assert not (await one.say("remove milk and cheese")).served
        assert (await one.say("remove milk and bread")).intent == "list.call_off"
        assert (await one.say("what is on my shopping list")).text == "Your shopping list is empty."
