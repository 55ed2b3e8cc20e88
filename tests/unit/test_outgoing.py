"""What may leave for a language model, and what one may teach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sottovoce.agent.intents.intents import Intent
from sottovoce.agent.skills.confirm import Confirm, proposal
from sottovoce.agent.tools.questions import Question
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.endpoints import may_travel, mistake_in, mistake_in_own, reach_of, shown
from sottovoce.domain.errors import StoreFull
from sottovoce.domain.knowledge import Passage
from sottovoce.domain.memories import Memory, MemoryKind, Reach
from sottovoce.domain.policy import Policy
from sottovoce.domain.said import said
from sottovoce.domain.settings import parse
from sottovoce.domain.turns import Outcome
from sottovoce.domain.user_error import rendered
from sottovoce.memory import ConversationMemory, MemorySystem
from sottovoce.memory.learning import LONGEST_CHARS, MOST_PROPOSED, MOST_USERS, PROPOSED_S, Learning
from sottovoce.memory.outgoing import OF_KEPT, allowed_out, most_private
from tests.language.tried import home
from tests.unit.parts import Clock, StoryStore, english

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.domain.conversations import Message


@pytest.mark.parametrize(
    ("url", "reach"),
    [
        ("http://localhost:8080/v1", Reach.DEVICE),
        ("http://127.3.2.1:8080", Reach.DEVICE),
        ("http://[::1]:8080", Reach.DEVICE),
        ("http://192.168.1.20:8080", Reach.NETWORK),
        ("http://10.0.0.3", Reach.NETWORK),
        ("http://[fe80::1]/", Reach.NETWORK),
        ("http://nas.local:11434", Reach.NETWORK),
        ("https://models.home.arpa", Reach.NETWORK),
        ("https://api.example.com/v1", Reach.ANY),
        ("https://8.8.8.8", Reach.ANY),
        ("https://localhost.example.com", Reach.ANY),
        ("https://127.0.0.1.example.com", Reach.ANY),
        ("https://127.0.0.1@example.com", Reach.ANY),
        ("http://[fd12::1]", Reach.NETWORK),
        ("http://172.31.0.1", Reach.NETWORK),
        ("http://169.254.1.2", Reach.NETWORK),
        ("http://[::ffff:192.168.1.2]", Reach.NETWORK),
        ("http://[::ffff:127.0.0.1]", Reach.DEVICE),
        ("http://nas.local.", Reach.NETWORK),
        ("http://0.0.0.0:8080", Reach.DEVICE),
        ("http://[::]:8080", Reach.DEVICE),
        ("http://0.0.0.1", Reach.ANY),
        ("http://240.0.0.1", Reach.ANY),
        ("http://255.255.255.255", Reach.ANY),
        ("http://192.0.2.1", Reach.ANY),
        ("http://198.18.0.1", Reach.ANY),
        ("http://203.0.113.9", Reach.ANY),
        ("http://100.64.0.1", Reach.ANY),
        ("http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]", Reach.ANY),
        ("http://[2001:db8::1]", Reach.ANY),
        ("http://[2002:c0a8:101::1]", Reach.ANY),
        ("http://[64:ff9b::c0a8:101]", Reach.ANY),
        ("http://[100::1]", Reach.ANY),
        ("http://[::ffff:8.8.8.8]", Reach.ANY),
        ("http://nas", Reach.ANY),
        ("http://fritz.box", Reach.ANY),
    ],
)
def test_how_far_an_endpoint_is(url: str, reach: Reach) -> None:
    assert reach_of(url) is reach


OWN = "nas, Fritz.Box., 100.64.0.0/10,fd7a:115c::/48, 8.8.8.8"


@pytest.mark.parametrize(
    ("url", "reach"),
    [
        ("http://nas:11434", Reach.NETWORK),
        ("http://fritz.box", Reach.NETWORK),
        ("http://100.100.1.2", Reach.NETWORK),
        ("http://[fd7a:115c::1]", Reach.NETWORK),
        ("http://8.8.8.8", Reach.NETWORK),
        ("http://8.8.4.4", Reach.ANY),
        ("http://other.fritz.box", Reach.ANY),
        ("http://nas.example.com", Reach.ANY),
        ("http://127.0.0.1", Reach.DEVICE),
    ],
)
def test_what_else_is_in_the_own_network_is_for_the_user_to_say(url: str, reach: Reach) -> None:
    assert reach_of(url, OWN) is reach
    assert (mistake_in(url, OWN) is None) is (reach is not Reach.ANY)


@pytest.mark.parametrize("own", ["nas; box", "0.0.0.0/0", "::/0", "http://nas", "1.2.3.4/33", "-x", "*", "1.2.3"])
def test_what_is_no_network_is_told(own: str) -> None:
    assert mistake_in_own(own) == said("must-be-networks")
    parsed = parse({"language_model_address": "http://nas", "own_network": own})
    assert len(parsed.mistakes) == 2
    assert parsed.settings.language_model_address == ""


def test_the_settings_know_the_own_network_in_any_order() -> None:
    parsed = parse({"language_model_address": "http://nas/v1", "own_network": OWN})
    assert parsed.mistakes == ()
    assert parsed.settings.own_network == OWN
    assert mistake_in_own("") is None
    assert parse({"own_network": 3, "language_model_address": "http://nas"}).settings == parse({}).settings


def test_what_the_user_counts_as_near_is_far_for_the_policy() -> None:
    assert not Policy(language_model_at_most="network").lets_ask("http://nas")


def test_an_endpoint_without_a_host_is_none() -> None:
    with pytest.raises(ValueError, match="host"):
        reach_of("file:///etc/hosts")


@pytest.mark.parametrize("reach", list(Reach))
@pytest.mark.parametrize("to", list(Reach))
def test_a_memory_travels_as_far_as_its_reach(reach: Reach, to: Reach) -> None:
    memory = Memory(id="m", user_id="me", kind=MemoryKind.FACT, text="x", created_at=0.0, reach=reach)
    order = [Reach.DEVICE, Reach.NETWORK, Reach.ANY]
    assert may_travel(memory, to) is (order.index(to) <= order.index(reach))


async def _talked(
    text: str, reply: str, intent: str, conversations: ConversationMemory, *used: str
) -> tuple[Message, ...]:
    question = await conversations.begin_turn("c", text, user_id="me")
    answer = await conversations.end_turn(question, Outcome.ANSWERED, reply, intent=intent, used=used)
    assert answer is not None
    return question, answer


async def test_turns_that_hold_what_must_stay_here_stay_here_too() -> None:
    store = StoryStore()
    system, conversations = MemorySystem(store, clock=Clock()), ConversationMemory(store, clock=Clock())
    told = await conversations.begin_turn("c", "remember that my pin is 1234", user_id="me")
    pin = (await system.save_memory("me", "my pin is 1234", source_message=told.id)).memory
    noted = await conversations.end_turn(told, Outcome.ANSWERED, "I will.", intent="memory.remember", used=(pin.id,))
    assert noted is not None
    tea = (await system.save_memory("me", "i like tea", reach=Reach.ANY)).memory
    liked = await _talked("do i like tea", "Yes.", "memory.do_i_like", conversations, tea.id)
    time = await _talked("what time is it", "Noon.", "clock.time", conversations)
    again = await _talked("my pin is 1234", "I remember already.", "memory.tell", conversations, pin.id)
    new = (await system.save_memory("me", "my pin is 5678")).memory
    changed = await _talked("my pin is 5678", "Noted.", "memory.tell", conversations, new.id)
    history = (told, noted, *liked, *time, *again, *changed)
    context = UserContext(display_name="Anna", language="de", preferences={"pin": "1234"}, topics={"pin": 3})
    far = await allowed_out(system, "https://api.example.com", context, history, (new, tea))
    assert (far.history, far.memories, far.withheld) == ((*liked, *time), (tea,), 7)
    assert far.context == UserContext(language="de")
    await system.forget_memory(new)
    after = await allowed_out(system, "https://api.example.com", context, history, ())
    assert after.history == (*liked, *time), "forgetting lets nothing more out"
    here = await allowed_out(system, "http://127.0.0.1:8080", context, history, (tea,))
    assert (here.context, here.history, here.memories, here.withheld) == (context, history, (tea,), 0)
    lone = await allowed_out(system, "https://api.example.com", context, time[:1], ())
    assert (lone.history, lone.withheld) == (time[:1], 0)
    assert (await allowed_out(system, "https://api.example.com", context, (), ())).history == ()
    await system.aclose()


async def test_words_of_the_files_leave_this_device_for_nobody() -> None:
    store = StoryStore()
    system, conversations = MemorySystem(store, clock=Clock()), ConversationMemory(store, clock=Clock())
    read = await _talked("what do my files say", 'Your file "a" says: x.', "knowledge.lookup", conversations)
    told = await _talked("and of y", "Of y, x.", "knowledge.model", conversations)
    time = await _talked("what time is it", "Noon.", "clock.time", conversations)
    passage = Passage(number=1, document="d", path="a", place="", text="x")
    history = (*read, *told, *time)
    for far in ("https://api.example.com", "http://192.168.1.2"):
        out = await allowed_out(system, far, UserContext(), history, (), (passage,))
        assert (out.history, out.passages, out.withheld) == (time, (), 5)
    here = await allowed_out(system, "http://127.0.0.1", UserContext(), history, (), (passage,))
    assert (here.history, here.passages, here.withheld) == (history, (passage,), 0)


FAR = "https://api.example.com"
KEPT = {
    "alarm": ("set an alarm for seven tomorrow", "what alarms do i have"),
    "calendar": ("add salary talk tomorrow at one", "what do i have tomorrow", "when is the operation"),
    "clipboard": ("read the clipboard",),
    "dialogue": ("note that the safe code is one two", "say that again", "what did i say"),
    "dictation": ("type the safe code is one two",),
    "history": ("what did i ask you today",),
    "list": ("add pills to my shopping list", "what's on my shopping list"),
    "note": ("note that the safe code is one two", "read my notes", "delete my notes", "yes"),
    "reminder": ("remind me tomorrow at nine to call the lawyer", "what are my reminders"),
    "selection": ("read the selection",),
    "timer": ("set a timer called pills for ten minutes", "how much time is left"),
}
"""What is said to tools that keep things, or tell what was kept, by their family."""
PASSING = {
    *("brightness", "chance", "clock", "courtesy", "date", "help", "knowledge", "language", "letters", "manners"),
    *("math", "media", "memory", "open", "smalltalk", "stopwatch", "sun", "system", "unit", "volume", "window", "zone"),
}
"""Families that keep nothing, and what has a rule of its own: memories and files."""


async def _sent(*said: str) -> tuple[list[str], list[str]]:
    """What was said and answered, and what of it may leave."""
    async with home("en") as (one, _):
        for sentence in said:
            await one.say(sentence)
        history = await one.history()
        out = await allowed_out(one.memory, FAR, UserContext(), history, ())
        here = await allowed_out(one.memory, "http://127.0.0.1", UserContext(), history, ())
    assert here.history == history
    return [message.content for message in history], [message.content for message in out.history]


async def test_every_family_of_tools_is_known_to_keep_things_or_not() -> None:
    async with home("en") as (_, tools):
        families = {tool.name.partition(".")[0] for tool in tools}
    assert families == KEPT.keys() | PASSING
    assert KEPT.keys() | {"kept"} == {one.partition(".")[0] for one in OF_KEPT}


@pytest.mark.parametrize("family", KEPT)
async def test_what_is_kept_here_leaves_for_nobody(family: str) -> None:
    async with home("en") as (one, _):
        families = {(await one.say(said)).intent.partition(".")[0] for said in KEPT[family]}
    assert family in families
    assert families <= {family, "note"}
    assert (await _sent(*KEPT[family]))[1] == []


@pytest.mark.parametrize("family", KEPT)
async def test_of_two_requests_the_most_private_counts(family: str) -> None:
    first = KEPT[family][0]
    for both in (f"{first} and what time is it", f"what time is it and {first}"):
        whole, sent = await _sent(both)
        assert sent == [], both
        assert len(whole) == 2


@pytest.mark.parametrize("text", ["read my notes and what time is it", "what time is it and read my notes"])
async def test_a_note_that_was_read_with_the_time_stays_here(text: str) -> None:
    whole, sent = await _sent("note that the safe code is one two", text, "what day is it today")
    assert "safe code" in whole[3]
    assert "It is" in whole[3]
    assert sent == whole[4:], "what has nothing to do with it goes along"


def test_the_most_private_intent_is_that_of_a_turn() -> None:
    assert most_private(["clock.time", "clock.date"]) == "clock.date"
    assert most_private(["memory.tell", "clock.time"]) == "memory.tell"
    assert most_private(["knowledge.lookup", "memory.tell"]) == "knowledge.lookup"
    assert most_private(["memory.tell", "list.add", "clock.time"]) == "list.add"


async def test_who_forgets_beside_something_kept_may_still_say_yes() -> None:
    async with home("en") as (one, _):
        await one.say("my sister is sick")
        asked = await one.say("add milk to my list and forget about my sister")
        assert asked.text.endswith("Shall I forget that?")
        await one.say("yes")
        assert await one.memory.memories("me") == ()


async def test_a_memory_for_the_network_goes_to_what_the_user_counts_to_it() -> None:
    system = MemorySystem(StoryStore())
    tea = Memory(id="m", user_id="me", kind=MemoryKind.FACT, text="x", created_at=0.0, reach=Reach.NETWORK)
    for own, sent in (("nas", (tea,)), ("", ())):
        out = await allowed_out(system, "http://nas", UserContext(), (), (tea,), own_network=own)
        assert out.memories == sent


class Found:
    """A `FactExtractor` that finds what it is told to."""

    def __init__(self, *facts: str) -> None:
        self.answer: Sequence[str] = facts

    async def facts(self, text: str, *, tag: str) -> Sequence[str]:
        return self.answer


def _said(text: str = "anna is my sister", user: str = "me") -> tuple[str, str, str]:
    return user, text, f"said-{user}"


def _learning(*facts: str) -> tuple[Learning, MemorySystem, StoryStore, Clock]:
    store, clock = StoryStore(), Clock()
    memory = MemorySystem(store, clock=clock)
    return Learning(memory, Found(*facts), clock=clock), memory, store, clock


async def test_what_a_model_finds_is_kept_only_after_a_yes() -> None:
    learning, memory, _, _ = _learning("my sister is called  anna", "i like tea", "I LIKE TEA")
    await memory.save_memory("me", "i like tea")
    assert await learning.propose(*_said()) == ("my sister is called anna",)
    assert len(await memory.memories("me")) == 1
    skill, question = Confirm(learning), Question(text="yes", context=UserContext())
    said = await skill.answer(question, Intent("memory.yes"))
    assert english(said) == "I will remember that your sister is called anna."
    assert [m.source_message for m in await memory.memories("me", MemoryKind.PERSON)] == ["said-me"]
    assert english(await skill.answer(question, Intent("memory.yes"))) == "I have not asked you anything just now."
    await memory.aclose()


async def test_a_no_keeps_nothing() -> None:
    learning, memory, _, _ = _learning("i like tea")
    await learning.propose(*_said())
    question = Question(text="no", context=UserContext())
    assert english(await Confirm(learning).answer(question, Intent("memory.no"))) == "Okay, I will not keep it."
    assert await learning.confirm("me") == ()
    assert await memory.memories("me") == ()
    assert not learning.refuse("me")


async def test_proposals_are_few_fresh_and_each_user_has_their_own() -> None:
    many = [f"i like number {number}" for number in range(9)]
    learning, _, _, clock = _learning("x" * (LONGEST_CHARS + 1), "", *many)
    assert await learning.propose(*_said()) == tuple(many[:MOST_PROPOSED])
    assert learning.proposed("ben") == ()
    clock.now += PROPOSED_S
    assert learning.proposed("me")
    clock.now += 1
    assert learning.proposed("me") == ()
    for number in range(MOST_USERS + 1):
        await learning.propose(*_said(user=f"user-{number}"))
    assert learning.proposed("user-0") == ()
    assert learning.proposed("user-1")


async def test_what_could_not_be_stored_still_waits_for_its_yes() -> None:
    learning, memory, store, _ = _learning("i like tea")
    await learning.propose(*_said())
    store.write_failure = StoreFull()
    with pytest.raises(StoreFull):
        await learning.confirm("me")
    store.write_failure = None
    assert len(await learning.confirm("me")) == 1
    await memory.aclose()


async def test_what_is_known_already_is_not_proposed_and_takes_back_what_was() -> None:
    learning, memory, _, _ = _learning("i like tea")
    await learning.propose(*_said())
    await memory.save_memory("me", "I like tea!")
    assert await learning.propose(*_said()) == ()
    assert learning.proposed("me") == ()
    await memory.aclose()


async def test_without_a_model_nothing_is_proposed() -> None:
    assert await Learning(MemorySystem(StoryStore())).propose(*_said()) == ()
    assert english(proposal(["i like tea", "my sister is called anna"])) == (
        "Shall I remember that you like tea and that your sister is called anna?"
    )


@pytest.mark.parametrize(
    ("address", "mistake"),
    [
        ("http://127.0.0.1:8080/v1", None),
        ("https://models.example.com/v1", None),
        ("http://nas.local", None),
        ("HTTP://models.example.com", "https"),
        ("ftp://127.0.0.1", "like"),
        ("http://127.0.0.1:65535", None),
        ("http://127.0.0.1:65536", "like"),
        ("127.0.0.1:8080", "like"),
        ("http://127.0.0.1/a b", "like"),
        ("http://me:pw@127.0.0.1/v1", "password"),
        ("http://127.0.0.1/v1?key=1", "password"),
    ],
)
def test_what_is_wrong_with_an_address_of_a_language_model(address: str, mistake: str | None) -> None:
    told = mistake_in(address)
    assert mistake is None if told is None else mistake is not None and mistake in rendered(told)
    assert bool(parse({"language_model_address": address}).mistakes) is (mistake is not None)


def test_of_an_address_only_scheme_host_and_port_are_shown() -> None:
    assert shown("http://127.0.0.1:8080/v1?x#y") == "http://127.0.0.1:8080"
    assert shown("https://models.example.com") == "https://models.example.com"
