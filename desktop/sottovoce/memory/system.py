"""What is known about a user: the context that goes down with every question, and what was asked to be remembered."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from sottovoce.domain.errors import SottovoceError, ThingNotFound, UsageWrong
from sottovoce.domain.facts import HOW
from sottovoce.domain.friendship import after_turn, settled
from sottovoce.domain.identifiers import new_id
from sottovoce.domain.memories import Memory, MemoryKind, Reach
from sottovoce.domain.mistakes import Misfit
from sottovoce.domain.records import AuditEvent, Change
from sottovoce.domain.said import said
from sottovoce.domain.topics import with_topics, without_topics
from sottovoce.domain.words import words_and_emoji
from sottovoce.language import ENGLISH, language
from sottovoce.memory.autosave import SAVE_INTERVAL_S, AutoSave
from sottovoce.memory.fence import Fence
from sottovoce.memory.finish import finishing
from sottovoce.memory.learnt import learnt, unlearnt
from sottovoce.memory.retrieval import Recalled, Retrieval
from sottovoce.memory.snapshots import Snapshots, first_context

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping

    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.memories import Vector
    from sottovoce.domain.records import AuditDetail
    from sottovoce.language import Language
    from sottovoce.memory.cache import ResponseCache
    from sottovoce.memory.memory_ports import MemoryStore
    from sottovoce.memory.ports import Embedder

MOST_MEMORIES = 1000
"""Memories looked through at most when they are listed: a spoken answer names a handful."""
MOST_CHARS = 1000
"""Longest memory: it is told again in one breath. A longer text is a file for the knowledge folder."""


class Saved(NamedTuple):
    """What became of something that was to be remembered."""

    memory: Memory
    new: bool
    """False if it was remembered already, in the same words."""
    superseded: tuple[Memory, ...] = ()
    """What does not hold any more, as this took its place."""


def memory_dependency(memory_id: str) -> str:
    """How a cached answer says that it was made from a memory (`CacheEntry.depends_on`)."""
    return f"memory:{memory_id}"


Noting: TypeAlias = "Callable[[AuditEvent, Mapping[str, AuditDetail]], Awaitable[None]]"
"""Adds a line to the audit log."""


async def _unnoted(_: AuditEvent, __: Mapping[str, AuditDetail]) -> None:
    """Nobody keeps such a log."""


class MemorySystem:
    """The one writer of contexts and memories; everybody else holds frozen snapshots. Belongs to one event loop."""

    def __init__(
        self,
        store: MemoryStore,
        *,
        embedder: Embedder | None = None,
        cache: ResponseCache | None = None,
        save_interval: float = SAVE_INTERVAL_S,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Remember in `store`.

        Args:
            store: Where everything is durable.
            embedder: Knows what texts mean; without one, memories are found by their words alone. Its owner closes it.
            cache: Loses the answers that were made from what is forgotten.
            save_interval: Seconds a changed context may wait for others to share its write.
            clock: Seconds since 1970-01-01 UTC.
        """
        self._store = store
        self._cache = cache
        self._clock = clock
        self._contexts = Snapshots()
        self.fence = Fence()
        """Between what was before an erasure and what comes after."""
        self._forgotten = 0  # how often all was dropped: what was read from the store before is not held after
        self._autosave = AutoSave(store.save_context, interval_s=save_interval, clock=clock)
        self._retrieval = Retrieval(store, embedder)
        self._remembering = asyncio.Lock()
        self._announce: Callable[[UserContext], None] = lambda _: None
        self._note: Noting = _unnoted
        self._announce_forgotten: Callable[[], None] = lambda: None

    def note_consents_to(self, note: Noting) -> None:
        """Have it noted which tools a user lets act without asking, and when that is taken back.

        Args:
            note: Adds a line to the audit log.
        """
        self._note = note

    # Contexts

    @property
    def save_interval(self) -> float:
        """Seconds a changed context may wait until it is durable."""
        return self._autosave.interval_s

    @property
    def last_save(self) -> float | None:
        """When all contexts were durable last, seconds since 1970-01-01 UTC; None if nothing was saved yet."""
        return self._autosave.last_save

    @property
    def unsaved(self) -> int:
        """How many users' contexts have changes that are not durable yet."""
        return self._autosave.waiting

    @property
    def trouble(self) -> SottovoceError | None:
        """Why the last save failed (it is tried again); None if it did not."""
        return self._autosave.trouble

    def report_trouble_to(self, on_trouble: Callable[[SottovoceError], None]) -> None:
        """Call this with what keeps saves from working, once for as long as they fail the same way."""
        self._autosave.on_trouble = on_trouble

    def announce_contexts_to(self, on_context: Callable[[UserContext], None]) -> None:
        """Call this with every snapshot that comes into force: read from the store, or changed."""
        self._announce = on_context

    def announce_forgotten_to(self, on_forgotten: Callable[[], None]) -> None:
        """Call this when something was forgotten: what is held of the store in memory may hold it."""
        self._announce_forgotten = on_forgotten

    async def get_user_context(self, user_id: str) -> UserContext:
        """The present snapshot; a first one for a user not seen before.

        Raises:
            UsageWrong: No user can have this name.
            StoreTrouble: It could not be read.
        """
        await self.fence.passed(user_id)
        held = self._contexts.get(user_id)
        first = first_context(user_id, self._clock()) if held is None else held
        while held is None:
            forgotten = self._forgotten
            stored = await self._store.context(user_id)
            await self.fence.passed(user_id)
            # Another task may have put a newer one there while we waited for the store.
            held = self._contexts.get(user_id)
            if held is None and forgotten == self._forgotten:
                held = stored or first
                self._contexts.hold(held, unsaved=self._autosave.holds)
                self._announce(held)
        self._contexts.used(user_id)
        return held

    async def update_context(self, user_id: str, message: str, response: str) -> UserContext:  # noqa: ARG002 - the public contract names it
        """Take in one answered question (`domain.friendship` says how); saved within `save_interval`.

        Returns:
            The new snapshot, in force at once.

        Raises:
            ThingNotFound: The user was erased meanwhile.
            StoreTrouble: The present one could not be read.
        """
        begun = self.fence.begun()
        present = await self.get_user_context(user_id)
        self.fence.check(user_id, begun)
        own = language(present.language).words
        # Nothing is awaited from here on: of concurrent updates each sees the one before.
        changed = after_turn(present, self._clock(), is_kind=bool(own.KIND.search(message)))
        return self._put(changed, topics=with_topics(changed.topics, message, own.NO_TOPICS))

    async def set_context(self, user_id: str, /, **changes: Any) -> UserContext:  # noqa: ANN401 - the values are those of the fields
        """Change fields because the user wants it; durable on return.

        Raises:
            UsageWrong: There is no such field, it is not the user's to set, or can't have this value.
            ThingNotFound: The user was erased meanwhile.
            StoreTrouble: It could not be stored; it is in force and tried again.
        """
        begun = self.fence.begun()
        present = await self.get_user_context(user_id)
        self.fence.check(user_id, begun)
        if {"user_id", "version"} & changes.keys():
            raise UsageWrong(said("error-context-not-to-be-set"))
        try:
            changed = present.copy_with(**changes)
        except Misfit as error:
            raise UsageWrong(said("error-context-misfit", mistake=error.said)) from None
        except TypeError:
            raise UsageWrong(said("error-context-no-such-field")) from None
        changed = self._put(settled(present, changed))
        await self._stored(user_id, present, changed)
        return changed

    @finishing
    async def _stored(self, user_id: str, present: UserContext, changed: UserContext) -> None:
        """Have a change durable, and note what may be done without asking from now on, or no longer."""
        await self._autosave.flush(user_id)
        for event, one, other in (
            (AuditEvent.TOOL_ALLOWED, changed, present),
            (AuditEvent.TOOL_WITHDRAWN, present, changed),
        ):
            if more := [name for name in one.allowed if name not in other.allowed]:
                await self._note(event, {"permissions": " ".join(more)})

    async def flush(self) -> None:
        """Return once every change of a context is durable.

        Raises:
            StoreTrouble: It could not be stored; it is tried again.
        """
        await self._autosave.flush()

    async def aclose(self) -> None:
        """Save what waits and end the task that does. Idempotent; to be called before the store is closed."""
        await self._autosave.close()

    def forget(self) -> None:
        """Drop what is held in memory: it may have been erased from the store."""
        self._forgotten += 1
        self._contexts.clear()
        self._autosave.drop()
        self._retrieval.forget()

    @contextlib.asynccontextmanager
    async def out_of_service(self, users: Collection[str], *, overtaking: bool) -> AsyncIterator[None]:
        """Keep nothing of these users in memory for the length of the block, in which rows of theirs are erased.

        Args:
            users: Whose rows; who wants their contexts waits.
            overtaking: Whether what was said or read of them before is not to be written any more.
        """
        async with self._autosave.paused(users):
            self.fence.shut(users, overtaking=overtaking)
            try:
                yield
            finally:
                self._drop(users)
                self.fence.open(users, overtaking=overtaking)

    def _drop(self, users: Collection[str]) -> None:
        self._forgotten += 1
        self._contexts.drop(users)
        self._autosave.drop(users)
        self._retrieval.forget(users)

    def _put(self, changed: UserContext, **more: Any) -> UserContext:  # noqa: ANN401 - the values are those of the fields
        present = self._contexts[changed.user_id]
        changed = changed.copy_with(version=present.version + 1, **more)
        self._contexts.change(changed)
        self._autosave.mark(changed)
        self._announce(changed)
        return changed

    # Memories

    async def save_memory(
        self,
        user_id: str,
        text: str,
        kind: MemoryKind | str | None = None,
        *,
        source_message: str | None = None,
        reach: Reach | None = None,
        corrects: Memory | None = None,
    ) -> Saved:
        """Remember `text`, in place of what it contradicts; durable on return.

        Args:
            user_id: Whose memory.
            text: In the user's words, first person.
            kind: What sort of thing it is; None to take from the words.
            source_message: Id of the message it was learnt from.
            reach: How far it may travel inside a question to a language model; None for no further than this device,
                and for what is remembered already, as far as before.
            corrects: What it takes the place of besides, whatever that is about.

        Raises:
            ValueError: There is no such kind.
            UsageWrong: It is longer than `MOST_CHARS`.
            ThingNotFound: The user, or what they said it in, was erased meanwhile.
            StoreTrouble: It could not be stored.
        """
        begun = self.fence.begun()
        wanted = " ".join(text.split())
        if len(wanted) > MOST_CHARS:
            raise UsageWrong(said("error-memory-too-long", most=MOST_CHARS))
        fact = (await self._language(user_id)).facts.told_by(wanted)
        vector = await self._retrieval.vector(wanted)
        memory = Memory(
            id=new_id(),
            user_id=user_id,
            kind=fact.kind if kind is None else MemoryKind(kind),
            text=wanted,
            created_at=self._clock(),
            source_message=source_message,
            reach=reach or Reach.DEVICE,
            subject=fact.subject,
        )
        async with self._remembering:
            return await self._remember(memory, vector, reach, begun, corrects)

    @finishing
    async def _remember(
        self, memory: Memory, vector: Vector | None, reach: Reach | None, begun: int, corrects: Memory | None
    ) -> Saved:
        present = await self._store.memories_about(memory.user_id, memory.subject)
        if corrects is not None and corrects.id not in {known.id for known in present}:
            present = (*present, corrects)
        self.fence.check(memory.user_id, begun)
        for known in present:
            if _same_words(known.text, memory.text):
                if reach is not None and reach is not known.reach:
                    await self.set_reach(known, reach)
                    known = replace(known, reach=reach)  # noqa: PLW2901 - the same one, as it is now
                await self._learn(known, begun)  # what it had made of the context may have been changed since
                # Told again by the same message, its turn was cut off and taken up: to the user it is new.
                return Saved(known, memory.source_message is not None and known.source_message == memory.source_message)
        gone = tuple(known.id for known in present)
        await self._store.add_memory(memory, vector, supersedes=gone)
        self._retrieval.removed(memory.user_id, gone)
        if vector:
            self._retrieval.added(memory.user_id, memory.id, vector.values)
        self._void_answers(gone)
        await self._learn(memory, begun)
        return Saved(memory, new=True, superseded=present)

    async def memories(self, user_id: str, *kinds: MemoryKind, most: int = MOST_MEMORIES) -> tuple[Memory, ...]:
        """The newest of what is remembered of these kinds (of all kinds if none is named), oldest first."""
        return (await self._store.memories(user_id, limit=most, kinds=kinds))[::-1]

    async def count_memories(self, user_id: str, *kinds: MemoryKind) -> int:
        """How much is remembered of these kinds, of all kinds if none is named."""
        return await self._store.count_memories(user_id, kinds)

    async def memory(self, user_id: str, memory_id: str) -> Memory:
        """Return one memory of this user, whether it holds or another has taken its place.

        Raises:
            ThingNotFound: There is none.
            StoreTrouble: It could not be read.
        """
        for found in await self._store.memories_by_id((memory_id,)):
            if found.user_id == user_id:
                return found
        raise ThingNotFound(said("error-memory-not-there"))

    async def retrieve_memory(self, user_id: str, query: str, k: int = 5) -> tuple[Memory, ...]:
        """The `k` memories that fit `query` best by words and meaning, the best one first."""
        return tuple(found.memory for found in await self.recall(user_id, query, k))

    async def recall(self, user_id: str, query: str, k: int = 5) -> tuple[Recalled, ...]:
        """As `retrieve_memory`, each with how well it fits.

        Raises:
            StoreTrouble: They could not be read.
        """
        naming = (await self._language(user_id)).words.content_words(query)
        return await self._retrieval.find(user_id, query, k, naming)

    async def memories_about(self, user_id: str, text: str) -> tuple[Memory, ...]:
        """What holds about the same as this sentence, or about what it names ("my sister"; see `domain.facts`)."""
        named = " ".join(words_and_emoji(text))
        subject = (await self._language(user_id)).facts.told_by(text).subject
        for about in (subject, named, f"{named}{HOW}"):
            if found := await self._store.memories_about(user_id, about):
                return found
        return ()

    async def memories_of_message(self, message_id: str, *, user_id: str | None = None) -> tuple[Memory, ...]:
        """What was learnt from this message and holds; of this user only, if one is named."""
        found = await self._store.memories_of_message(message_id)
        return tuple(memory for memory in found if user_id in {None, memory.user_id})

    async def memories_used(self, message_id: str, *, user_id: str | None = None) -> tuple[Memory, ...]:
        """What the answer with this id drew on; of this user only, if one is named."""
        found = await self._store.memories_used(message_id)
        return tuple(memory for memory in found if user_id in {None, memory.user_id})

    async def forget_memory(self, memory: Memory) -> tuple[str, ...]:
        """Forget it, what it had taken the place of, and all that was made from any of them; gone on return.

        One that another has taken the place of goes alone: the other, and those before, stay as they are. Copies in the
        application's own backups go when they are written anew (`StoreErasing`).

        Returns:
            Ids of the memories that are gone.

        Raises:
            StoreTrouble: It is not forgotten.
        """
        begun = self.fence.begun()
        await self.get_user_context(memory.user_id)
        async with self._autosave.paused():  # a snapshot with what is forgotten must not come after its forgetting
            gone = await self._forget(memory, begun)
        await self._autosave.flush(memory.user_id)
        return gone

    @finishing
    async def _forget(self, memory: Memory, begun: int) -> tuple[str, ...]:
        forgotten = await self._store.forget_memory(memory.id)
        gone = tuple(one.id for one in forgotten)
        self._announce_forgotten()
        self._retrieval.removed(memory.user_id, gone)
        self._void_answers(gone)
        # The store has done the same to what it holds; this is the snapshot in force, which may be newer.
        present = await self.get_user_context(memory.user_id)
        if self.fence.overtaken(memory.user_id, begun):  # the whole context is gone, or without it already
            return gone
        if forgotten and forgotten[0].superseded_by is not None:
            self._put(present.copy_with(topics=without_topics(present.topics, forgotten[0].text)))
        else:
            self._put(unlearnt(present, [one.text for one in forgotten]))
        return gone

    @finishing
    async def set_reach(self, memory: Memory, reach: Reach) -> None:
        """Change how far a memory may travel inside a question to a language model.

        Raises:
            ThingNotFound: It was forgotten meanwhile.
            StoreTrouble: It could not be stored.
        """
        if not await self._store.set_memory_reach(memory.id, reach):
            raise ThingNotFound(said("error-memory-not-there"))
        self._void_answers((memory.id,))  # an answer that was made from it may have travelled further

    async def warm(self, user_id: str) -> None:
        """Read a user's snapshot and vectors ahead of the first question.

        Raises:
            StoreTrouble: They could not be read.
        """
        await self.get_user_context(user_id)
        await self._retrieval.warm(user_id)

    async def fill_vectors(self, idle: Callable[[], bool] = lambda: True) -> None:
        """Give memories that have no vector of the present embedder theirs, as long as it is `idle`.

        Raises:
            StoreTrouble: They could not be read or written.
        """
        while idle() and await self._retrieval.fill():
            pass

    async def _language(self, user_id: str) -> Language:
        """That of a user's context, whose words are taken for what they say in it."""
        known = self._contexts.get(user_id) or await self._store.context(user_id)
        return language(known.language if known else ENGLISH)

    def _void_answers(self, memory_ids: tuple[str, ...]) -> None:
        if self._cache is not None and memory_ids:
            self._cache.invalidate_void(Change(frozenset(map(memory_dependency, memory_ids))))

    async def _learn(self, memory: Memory, begun: int) -> None:
        """What a memory makes of the context: a name, a preference."""
        present = await self.get_user_context(memory.user_id)
        if self.fence.overtaken(memory.user_id, begun):  # the memory is gone, too
            return
        changed = learnt(present, memory.text)
        if changed is not present and changed != present:
            self._put(changed)
            with contextlib.suppress(SottovoceError):  # the memory is durable, and this is tried again
                await self._autosave.flush(memory.user_id)


def _same_words(one: str, other: str) -> bool:
    return words_and_emoji(one) == words_and_emoji(other)
