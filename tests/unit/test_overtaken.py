"""What an erasure overtakes in the middle of a step, and small rules of the core that nothing else walks through."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.conversations import Message, Role, SearchHit
from sottovoce.domain.erasing import Erased
from sottovoce.domain.folding import is_unspaced
from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import declared
from sottovoce.memory.conversations import ConversationMemory
from sottovoce.memory.knowledge import _is_news
from sottovoce.memory.knowledge_ports import FileSeen
from sottovoce.memory.system import MemorySystem
from tests.fakes_store import FakeStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.domain.conversations import Arrival
    from sottovoce.domain.memories import Memory


class Interrupting(FakeStore):
    """Something else happens in the middle of a write or a read."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[], None] = lambda: None
        self.slow = False
        self.reading, self.go_on = asyncio.Event(), asyncio.Event()

    async def forget_memory(self, memory_id: str) -> tuple[Memory, ...]:
        gone = await super().forget_memory(memory_id)
        self.meanwhile()
        return gone

    async def append(self, message: Message) -> Arrival:
        arrival = await super().append(message)
        self.meanwhile()
        return arrival

    async def messages(self, conversation_id: str, *, limit: int) -> tuple[Message, ...]:
        found = await super().messages(conversation_id, limit=limit)
        if self.slow:
            self.slow = False
            self.reading.set()
            await self.go_on.wait()
        return found


async def test_a_memory_forgotten_while_its_user_is_erased_leaves_the_context_to_the_erasure() -> None:
    store = Interrupting()
    memory = MemorySystem(store)
    saved = (await memory.save_memory("anna", "i like tea")).memory

    def erase() -> None:
        memory.fence.shut({"anna"}, overtaking=True)
        memory.fence.open({"anna"}, overtaking=True)

    store.meanwhile = erase
    assert await memory.forget_memory(saved) == (saved.id,)
    await memory.aclose()


async def test_a_read_under_way_holds_nothing_of_what_was_forgotten_meanwhile() -> None:
    store = Interrupting()
    conversations = ConversationMemory(store)
    await conversations.add_message("c", "user", "one")
    conversations.forget()
    store.slow = True
    reading = asyncio.create_task(conversations.get_history("c", from_database=True))
    await store.reading.wait()
    store.meanwhile = conversations.forget
    await conversations.add_message("c", "user", "two")
    store.go_on.set()
    await reading
    assert [message.content for message in await conversations.get_history("c")] == ["one", "two"]


def seen(**changes: int) -> FileSeen:
    return FileSeen(**({"path": "a.md", "bytes": 3, "modified_ns": 5, "changed_ns": 7, "readable": True} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(("changed_ns", "news"), [(7, False), (8, True), (0, False)])
def test_a_file_of_the_same_size_and_time_that_changed_is_news(changed_ns: int, *, news: bool) -> None:
    from sottovoce.domain.knowledge import Document  # noqa: PLC0415 - for this test alone

    known = Document(
        id="d", path="a.md", bytes=3, modified_ns=5, changed_ns=7, sha256="", indexed_at=0.0, passages=1, trouble=""
    )
    assert _is_news(seen(changed_ns=changed_ns), known) is news


def test_a_hit_marks_what_matched_and_no_sign_that_was_said() -> None:
    message = Message(id="1", conversation_id="c", role=Role.USER, content="red tea, green tea", created_at=0.0)
    found = SearchHit.of(message, "red <tea>, green <tea>", "<", ">")
    assert (found.text, found.marks) == ("red tea, green tea", ((4, 7), (15, 18)))
    assert found.snippet == "red [tea], green [tea]"
    said = Message(id="2", conversation_id="c", role=Role.USER, content="a <b> tea", created_at=0.0)
    assert SearchHit.of(said, "a <b> <tea>", "<", ">").marks == ()


def test_small_rules() -> None:
    assert not Erased()
    assert Erased(messages=1)
    assert is_unspaced("語")
    assert not is_unspaced("a")
    assert Policy().decided == frozenset()
    assert Policy(local_backups=True).decided == {"local_backups"}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [("speak", "Off", False), ("speak", "perhaps", "perhaps"), ("volume", " 50 ", 50), ("volume", "loud", "loud"),
     ("overlay_s", "2.5", 2.5), ("user", " anna ", " anna ")],
)  # fmt: skip
def test_a_value_on_a_command_line(name: str, text: str, value: object) -> None:
    (setting,) = (one for one in declared() if one.name == name)
    assert setting.from_text(text) == value
