"""After a committed write nothing is skipped: the rule as it stands in the source, and what comes of it when cancelled.

A cancellation may come at any await. What is held in memory must then be what a fresh look at the store would give, or
what was forgotten is in force again, and saved again.
"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import dataclasses
import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import sottovoce
from sottovoce.domain.conversations import MessageState, Role
from sottovoce.domain.memories import Reach
from sottovoce.domain.turns import Answered, Outcome
from sottovoce.memory import ConversationMemory, MemorySystem, ResponseCache
from sottovoce.memory.knowledge import Knowledge
from sottovoce.memory.learning import Learning
from sottovoce.memory.store import Store, StoreReader
from sottovoce.memory.system import memory_dependency
from tests.fakes_embedder import FakeEmbedder
from tests.fakes_knowledge import FakeEmbedder as FakeFileEmbedder
from tests.fakes_knowledge import FakeFiles
from tests.unit.parts import Clock, StoryStore, answering_on

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence

    from sottovoce.domain.memories import Memory

SOURCES = Path(sottovoce.__file__).parent
WATCHED = (*sorted((SOURCES / "memory").glob("*.py")), SOURCES / "talk" / "answering.py", SOURCES / "home" / "home.py")
STORE_WRITES = set(dir(Store)) - set(dir(StoreReader)) - {"close"}
HANDED_ON = {"_save"}
"""What writes under another name: `AutoSave` is given `store.save_context`."""
STEPS = {
    "Knowledge._follow_folder",
    "Knowledge.sync",
    "Knowledge.forget_gone",
    "Knowledge._step",
    "Knowledge._catch_up",
    "Knowledge._embed_missing",
    "Knowledge._remove",
    "MemorySystem.fill_vectors",
    "MemorySystem.forget_memory",
    "CacheDisk.flush",
    "CacheDisk.close",
    "CacheDisk._one_step",
    "CacheDisk._run",
    "AutoSave.flush",
    "AutoSave.paused",
    "AutoSave.close",
    "AutoSave._close",
    "AutoSave._run",
    "ResponseCache._close",
    "ConversationMemory.begin_turn",
    "Answering._answer",
    "Home.take",
}
"""Functions that go from one whole step to the next: each call in them finishes what belongs to its own writes, and
whatever they were cut off from is done by the next round, or by the next one who asks."""


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.AsyncFunctionDef]]:
    for top in tree.body:
        inside: Sequence[ast.stmt] = top.body if isinstance(top, ast.ClassDef) else [top]
        owner = f"{top.name}." if isinstance(top, ast.ClassDef) else ""
        for node in inside:
            if isinstance(node, ast.AsyncFunctionDef):
                yield owner + node.name, node


def called(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Of each awaited call: on what (its last name) and which method; of one inside `finish(…)`, that one's."""
    for found in ast.walk(node):
        if isinstance(found, ast.Await) and isinstance(found.value, ast.Call):
            for call in ast.walk(found.value):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                    on = call.func.value
                    yield (on.attr if isinstance(on, ast.Attribute) else getattr(on, "id", "")), call.func.attr


def finishes(function: ast.AsyncFunctionDef) -> bool:
    return any(isinstance(mark, ast.Name) and mark.id == "finishing" for mark in function.decorator_list)


def writing(trees: Iterable[ast.Module]) -> set[str]:
    """Names of the methods that write to the store, by themselves or through one another."""
    bodies = [(name.rpartition(".")[2], set(called(node))) for tree in trees for name, node in functions(tree)]
    names: set[str] = set(HANDED_ON)
    while True:
        more = {name for name, calls in bodies if any(is_write(call, names) for call in calls)} - names
        if not more:
            return names
        names |= more


def is_write(call: tuple[str, str], names: set[str]) -> bool:
    on, method = call
    return method in (STORE_WRITES if on in {"_store", "store"} else names - {"close", "aclose", "run"})


def followed(statements: Sequence[ast.stmt], names: set[str], *, after: bool = False) -> Iterator[int]:
    """Lines of writes that something follows in the same function: a call, an assignment to what is held."""
    for place, statement in enumerate(statements):
        rest = statements[place + 1 :]
        later = after or any(has_effect(one) for one in rest)
        blocks = [getattr(statement, name, None) for name in ("body", "orelse", "finalbody")]
        inner = [block for block in blocks if isinstance(block, list)]
        for block in inner:
            loops = isinstance(statement, ast.For | ast.AsyncFor | ast.While)
            yield from followed(block, names, after=later or (loops and any(map(has_effect, block))))
        last = isinstance(statement, ast.Return)
        if not inner and later and not last and any(is_write(call, names) for call in called(statement)):
            yield statement.lineno


def has_effect(statement: ast.stmt) -> bool:
    """Whether it does anything but make a value to return, or raise."""
    if isinstance(statement, ast.Return | ast.Raise | ast.Pass | ast.Continue | ast.Break):
        return any(isinstance(node, ast.Await) for node in ast.walk(statement))
    if isinstance(statement, ast.If):
        return any(map(has_effect, [*statement.body, *statement.orelse]))
    return True


def violations(sources: Iterable[str]) -> list[str]:
    trees = [ast.parse(source) for source in sources]
    names = writing(trees)
    return [
        f"{name}, line {line}"
        for tree in trees
        for name, node in functions(tree)
        if name not in STEPS and not finishes(node)
        for line in followed(node.body, names)
    ]


def test_whatever_follows_a_write_to_the_store_is_finished() -> None:
    assert violations(path.read_text("utf-8") for path in WATCHED) == []


@pytest.mark.parametrize(
    "body",
    [
        "await self._store.add_memory(m)\n  self._held[m.id] = m",
        "async with self._lock:\n   await self._store.append(m)\n  self.tell()",
        "try:\n   gone = await self._store.remove(k, i)\n  except OSError:\n   raise\n  if gone:\n   self.tell()",
        "for m in ms:\n   await self._store.save(m)\n   self._held.add(m)",
        "await self._other(m)\n  self.tell()",
        "await finish(self._other(m))\n  self.tell()",
        "saved = [await self._other(m) for m in ms]\n  self.tell()",
        "await self._memory.save_memory(u, t)\n  self._waiting.pop(u)",
    ],
)
def test_a_new_violation_is_seen(body: str) -> None:
    other = " async def _other(self, m):\n  return await self._store.save(m)\n"
    kept = " @finishing\n async def save_memory(self, u, t):\n  await self._store.save(t)\n  self._held.add(t)\n"
    source = f"class New:\n{other}{kept} async def wrong(self, m):\n  {body}\n"
    assert [line.partition(",")[0] for line in violations([source])] == ["New.wrong"]
    assert violations([source.replace(" async def wrong", " @finishing\n async def wrong")]) == []


class SlowStore(StoryStore):
    """Every write comes back some turns of the loop after it was committed, as the real one's do."""

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401 - whatever it is
        found = super().__getattribute__(name)
        return functools.partial(_late, found) if name in STORE_WRITES else found


async def _late(write: Callable[..., Awaitable[object]], *args: object, **kwargs: object) -> object:
    await asyncio.sleep(0)
    done = await write(*args, **kwargs)
    for _ in range(3):
        await asyncio.sleep(0)
    return done


class Held:
    """What is held in memory, beside the store it must agree with."""

    def __init__(self) -> None:
        self.store = SlowStore()
        self.clock = Clock()
        self.embedder = FakeEmbedder()
        self.cache = ResponseCache(clock=self.clock)
        self.memory = MemorySystem(self.store, embedder=self.embedder, cache=self.cache, clock=self.clock)
        self.conversations = ConversationMemory(self.store, clock=self.clock)
        self.learning = Learning(self.memory, _Facts(), clock=self.clock)
        file_embedder = FakeFileEmbedder()
        self.files = FakeFiles(file_embedder)
        self.files.takes_s = 0
        self.knowledge = Knowledge(
            self.store,
            self.files,
            file_embedder,
            idle=lambda: True,
            on_trouble=lambda _: None,
            on_change=lambda ids, _: self.void(ids),
        )

    def void(self, ids: Iterable[str]) -> None:
        gone = {f"document:{one}" for one in ids}
        self.cache.invalidate_where(lambda entry: not gone.isdisjoint(entry.depends_on))

    async def fill(self) -> None:
        """Memories, a conversation and files, all of them held, with answers made from them."""
        for text in ("my name is Anna", "my sister is called Eva", "i like pears"):
            saved = (await self.memory.save_memory("me", text)).memory
            self.cache.set(saved.id, saved.text, depends_on=(memory_dependency(saved.id),))
        await self.memory.retrieve_memory("me", "sister")
        await self.conversations.add_message("c", Role.USER, "hello")
        self.files.texts |= {"a.md": "kettle: it boils", "b.md": "garden: it grows"}
        await self.look()
        await self.knowledge.search("kettle")
        for document in await self.store.documents():
            self.cache.set(document.path, "from a file", depends_on=(f"document:{document.id}",))

    async def look(self) -> None:
        await self.knowledge._catch_up()  # noqa: SLF001 - one round; `run` goes on for ever

    async def named(self, text: str) -> Memory:
        return next(m for m in self.store.kept if m.text == text)

    async def agree(self) -> None:
        """What is held is what a fresh look gives."""
        await self.memory.flush()
        fresh = Held()
        fresh.memory = MemorySystem(self.store, embedder=self.embedder, clock=self.clock)
        held, stored = await self.memory.get_user_context("me"), await fresh.memory.get_user_context("me")
        assert dataclasses.replace(held, version=0) == dataclasses.replace(stored, version=0)
        holding = {m.id: m for m in self.store.kept if m.superseded_by is None}
        assert (held.display_name != "") == any("my name" in m.text for m in holding.values())
        for question in ("what is my sister called", "what is my name", "pears"):
            found = [one.id for one in await self.memory.retrieve_memory("me", question)]
            assert found == [one.id for one in await fresh.memory.retrieve_memory("me", question)]
        index = self.memory._retrieval._indexes["me"]  # noqa: SLF001 - what is gone is not to lie about either
        assert {key for key in self.store.memory_vector if key in holding} == set(index._keys)  # noqa: SLF001
        for key, entry in self.cache._table.entries.items():  # noqa: SLF001 - kept at all is too much
            for need in entry.depends_on:
                one = need.partition(":")[2]
                there = one in holding or any(d.id == one and d.modified_ns == 1 for d in self.store.files.values())
                assert there, f"{key} was made from what is gone"
        assert await self.conversations.get_history("c") == await self.conversations.get_history(
            "c", from_database=True
        )
        passages = self.knowledge._index  # noqa: SLF001 - as above
        assert passages is not None
        assert set(passages._keys) == set(map(str, self.store.kept_passages))  # noqa: SLF001
        assert await self.conversations.unfinished_turns() == ()


class _Facts:
    async def facts(self, text: str, *, tag: str) -> tuple[str, ...]:
        return (text, f"{text} very much")


async def forget_name(held: Held) -> None:
    await held.memory.forget_memory(await held.named("my name is Anna"))


async def forget_what_was_superseded(held: Held) -> None:
    await held.memory.save_memory("me", "my sister is called Berta")
    await held.memory.forget_memory(await held.named("my sister is called Eva"))


async def save_in_place_of_another(held: Held) -> None:
    await held.memory.save_memory("me", "my name is Berta")


async def save_again_to_travel_further(held: Held) -> None:
    await held.memory.save_memory("me", "my sister is called Eva", reach=Reach.ANY)
    assert held.cache.get((await held.named("my sister is called Eva")).id) is None


async def change_the_reach(held: Held) -> None:
    await held.memory.set_reach(await held.named("i like pears"), Reach.ANY)


async def set_a_field(held: Held) -> None:
    await held.memory.set_context("me", language="en-GB")


async def fill_vectors(held: Held) -> None:
    held.store.memory_vector.clear()
    held.memory._retrieval.forget()  # noqa: SLF001 - as with a new embedder
    await held.memory.retrieve_memory("me", "sister")
    await held.memory.fill_vectors()


async def confirm(held: Held) -> None:
    await held.learning.propose("me", "i like plums")
    await held.learning.confirm("me")


async def add_messages(held: Held) -> None:
    await held.conversations.add_message("c", Role.USER, "and more")


async def a_turn(held: Held) -> None:
    question = await held.conversations.begin_turn("c", "what now", user_id="me")
    await held.conversations.end_turn(question, Outcome.ANSWERED, "this")


async def change_files(held: Held) -> None:
    held.files.texts["a.md"] = "kettle: it broke"
    held.files.modified_ns["a.md"] = 2
    held.files.texts.pop("b.md", None)
    await held.look()


OPERATIONS = (
    forget_name,
    forget_what_was_superseded,
    save_in_place_of_another,
    save_again_to_travel_further,
    change_the_reach,
    set_a_field,
    fill_vectors,
    confirm,
    add_messages,
    a_turn,
    change_files,
)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.__name__)
async def test_cancelled_at_any_await_what_is_held_is_what_is_stored(operation: Callable[[Held], Any]) -> None:
    whole = False
    steps = 0
    while not whole:
        held = Held()
        await held.fill()
        task = asyncio.ensure_future(operation(held))
        for _ in range(steps):
            await asyncio.sleep(0)
        whole = task.done()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        if operation is a_turn and not whole:  # a question that was stored is ended by who asked it
            for question in await held.store.unfinished_turns():
                await held.conversations.end_turn(question, Outcome.CANCELLED)
        if operation is fill_vectors:
            await held.memory.fill_vectors()
        await held.agree()
        await held.memory.aclose()
        steps += 1
    assert steps > 3


async def test_forget_that_and_the_key_pressed_in_that_moment() -> None:
    store, clock = SlowStore(), Clock()
    cache = ResponseCache(clock=clock)
    answering, memory = answering_on(store, clock, embedder=FakeEmbedder(), cache=cache)
    for steps in range(1, 60):
        await answering.answer("remember that my name is Anna", user_id="me")
        turn = asyncio.ensure_future(answering.answer("forget that", user_id="me"))
        for _ in range(steps):
            await asyncio.sleep(0)
        turn.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await turn
        await answering.answer("what time is it", user_id="me")
        await memory.flush()
        stored = await store.context("me")
        assert stored is not None
        assert (stored.display_name == "Anna") == bool(await memory.memories("me"))
    await memory.aclose()


async def test_an_answer_that_is_stored_is_told_and_counted() -> None:
    for steps in range(1, 60):
        store, clock = SlowStore(), Clock()
        answering, memory = answering_on(store, clock)
        told: list[object] = []
        turn = asyncio.ensure_future(answering.answer("what time is it", user_id="me", on_event=told.append))
        for _ in range(steps):
            await asyncio.sleep(0)
        turn.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await turn
        whole = any(m.role is Role.ASSISTANT and m.state is MessageState.COMPLETE for m in store.said)
        assert any(isinstance(event, Answered) for event in told) == whole
        assert (await memory.get_user_context("me")).conversations_count == int(whole)
        assert await store.unfinished_turns() == ()
        await memory.aclose()


async def test_no_snapshot_with_what_is_forgotten_comes_after_its_forgetting() -> None:
    for steps in range(1, 20):
        held = Held()
        await held.fill()
        await held.memory.update_context("me", "hello", "hi")  # the name is on its way to the disk, too
        forgetting = asyncio.ensure_future(forget_name(held))
        saving = None
        seen = []
        while not forgetting.done():
            await asyncio.sleep(0)
            steps -= 1  # noqa: PLW2901 - counted down
            if steps == 0:
                saving = asyncio.ensure_future(held.memory.flush())
            gone = all("my name" not in memory.text for memory in held.store.kept)
            seen += [context.display_name for context in held.store.snapshots if gone]
        assert "Anna" not in seen
        if saving is not None:
            await saving
        await held.memory.aclose()
