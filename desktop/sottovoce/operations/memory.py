"""What is remembered about a user, and which memories an answer used."""

import dataclasses
from typing import TYPE_CHECKING, Annotated, Final

from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import ThingNotFound, UsageWrong
from sottovoce.domain.memories import MemoryKind, Reach
from sottovoce.domain.said import said
from sottovoce.language import words
from sottovoce.operations.declared import LONG_S, Family, Option, Positional, Rest
from sottovoce.operations.shapes import ROWS, when
from sottovoce.operations.values import FILLED, Asks, UnixTime, Values, values

if TYPE_CHECKING:
    from sottovoce.domain.memories import Memory
    from sottovoce.home import Home

LISTED: Final = 100
"""Memories that are listed where nobody says how many."""
_USER: Final = Option("U", "cli-memory-user")
_USERS = Annotated[str | None, FILLED, _USER]
"""Whose memories; None for the machine's own user."""

MEMORY: Final = Family(
    "memory",
    usage="climemory-words",
    default="list",
    words=Positional("TEXT|ID", "cli-memory-words"),
)


@values
class MemoryShown(Values):
    """A memory as a list shows it."""

    id: str
    user: str
    kind: MemoryKind
    text: str
    created_at: UnixTime
    source_message: str | None
    reach: Reach

    @classmethod
    def of(cls, memory: "Memory") -> "MemoryShown":
        """A stored memory."""
        return cls(
            id=memory.id,
            user=memory.user_id,
            kind=memory.kind,
            text=memory.text,
            created_at=memory.created_at,
            source_message=memory.source_message,
            reach=memory.reach,
        )


@values
class UsedMemory(Values):
    """A memory that an answer used."""

    id: str
    user: str
    kind: MemoryKind
    text: str
    created_at: UnixTime
    source_message: str | None
    reach: Reach
    holds: bool
    """False if a later one took its place."""


def _line(one: MemoryShown | UsedMemory) -> str:
    return f"{one.id}  {when(one.created_at)}  {one.kind:8} {one.reach:8} {one.text}"


@values
class Memories(Values):
    """Memories, the newest first."""

    memories: tuple[MemoryShown, ...]


@values
class ListMemories(Asks[Memories]):
    """What is remembered."""

    user: _USERS = None
    limit: Annotated[int, ROWS, Option("N", "cli-memory-limit")] = LISTED


@MEMORY.operation(
    "memory.list",
    ListMemories,
    Memories,
    effect=Effect.READ,
    http="GET/memories",
    longest_s=LONG_S,
    prints=lambda answered: "\n".join(map(_line, answered.memories)) or words("climemory-none"),
)
async def list_memories(home: "Home", asked: ListMemories) -> Memories:
    """List what is remembered."""
    found = await home.store.memories(asked.user or home.settings.user, limit=asked.limit)
    return Memories(memories=tuple(map(MemoryShown.of, found)))


@values
class Added(Values):
    """What became of a thing to be remembered."""

    memory: MemoryShown
    new: bool
    """False if it was remembered already."""
    superseded: tuple[MemoryShown, ...]
    """Those whose place it takes."""


@values
class AddMemory(Asks[Added]):
    """Remember something."""

    text: Annotated[str, Rest()]
    user: _USERS = None
    kind: Annotated[MemoryKind | None, Option("KIND", "cli-memory-kind", "climemory-kind-elsewhere")] = None
    """None: the words tell."""
    reach: Annotated[Reach | None, Option("REACH", "cli-memory-reach", "climemory-kind-elsewhere")] = None
    """How far it may go to a language model; None: as the words or the policy say."""


def _added(answered: Added) -> str:
    lines = [] if answered.new else [words("climemory-already")]
    replaced = (words("climemory-replaces", text=one.text) for one in answered.superseded)
    return "\n".join([*lines, _line(answered.memory), *replaced])


@MEMORY.operation(
    "memory.add",
    AddMemory,
    Added,
    effect=Effect.WRITE,
    http="POST/memories",
    longest_s=LONG_S,
    prints=_added,
)
async def add_memory(home: "Home", asked: AddMemory) -> Added:
    """Remember a sentence.

    Raises:
        UsageWrong: There is nothing in the text.
    """
    if not asked.text.strip():
        raise UsageWrong(said("climemory-nothing-to-remember"))
    saved = await home.memory.save_memory(asked.user or home.settings.user, asked.text, asked.kind, reach=asked.reach)
    return Added(
        memory=MemoryShown.of(saved.memory), new=saved.new, superseded=tuple(map(MemoryShown.of, saved.superseded))
    )


@values
class Forgotten(Values):
    """What was forgotten."""

    forgotten: tuple[str, ...]
    """Its id, and those of the memories whose place it took."""
    backups_rewritten: int
    backups_removed: int


@values
class ForgetMemory(Asks[Forgotten]):
    """Forget one memory for good, with all that was made from it."""

    memory: Annotated[str, Positional()]
    user: _USERS = None


@MEMORY.operation(
    "memory.forget",
    ForgetMemory,
    Forgotten,
    effect=Effect.DESTROY,
    http="DELETE/memories/{memory}",
    longest_s=LONG_S,
    prints=lambda answered: words("climemory-forgotten", backups=answered.backups_rewritten),
)
async def forget_memory(home: "Home", asked: ForgetMemory) -> Forgotten:
    """Forget it, and write anew the backups that hold it.

    Raises:
        ThingNotFound: The user has no such memory.
    """
    from sottovoce.domain.erasing import Erasure, Scope  # noqa: PLC0415 - completion needs none of it

    memory = await home.memory.memory(asked.user or home.settings.user, asked.memory)
    forgotten = await home.memory.forget_memory(memory)
    done = await home.erase(Erasure(scope=Scope.MEMORY, of=memory.id))
    return Forgotten(
        forgotten=tuple(forgotten), backups_rewritten=done.backups_rewritten, backups_removed=done.backups_removed
    )


@values
class AnswerOrigin(Values):
    """Where an answer came from."""

    message: str
    source: str
    intent: str
    memories: tuple[UsedMemory, ...]


@values
class ExplainAnswer(Asks[AnswerOrigin]):
    """Which memories an answer used."""

    message: Annotated[str, Positional()]
    user: _USERS = None


def _used(answered: AnswerOrigin) -> str:
    past = f"  {words('climemory-holds-no-longer')}"
    rows = (f"{_line(one)}{'' if one.holds else past}" for one in answered.memories)
    return "\n".join(rows) or words("climemory-none-used")


@MEMORY.operation(
    "memory.why",
    ExplainAnswer,
    AnswerOrigin,
    effect=Effect.READ,
    http="GET/memories/used-by/{message}",
    longest_s=LONG_S,
    prints=_used,
)
async def explain_answer(home: "Home", asked: ExplainAnswer) -> AnswerOrigin:
    """Tell which memories an answer used.

    Raises:
        ThingNotFound: There is no such answer, or it was another user's.
    """
    answer = await home.store.message(asked.message)
    if answer is None:
        raise ThingNotFound(said("climemory-no-message"))
    if answer.user_id != (asked.user or home.settings.user):
        raise ThingNotFound(said("climemory-no-message-of-user"))
    used = await home.memory.memories_used(asked.message, user_id=answer.user_id)
    return AnswerOrigin(
        message=asked.message,
        source=answer.source,
        intent=answer.intent,
        memories=tuple(
            UsedMemory(**vars(MemoryShown.of(memory)), holds=memory.superseded_by is None) for memory in used
        ),
    )


@values
class ReachSet(Values):
    """A memory as it is now."""

    memory: MemoryShown


@values
class SetReach(Asks[ReachSet]):
    """Say how far a memory may go to a language model."""

    memory: Annotated[str, Positional()]
    reach: Annotated[Reach, Positional()]
    user: _USERS = None


@MEMORY.operation(
    "memory.reach",
    SetReach,
    ReachSet,
    effect=Effect.WRITE,
    http="PUT/memories/{memory}/reach",
    longest_s=LONG_S,
    prints=lambda answered: _line(answered.memory),
)
async def set_reach(home: "Home", asked: SetReach) -> ReachSet:
    """Set how far a memory may travel.

    Raises:
        ThingNotFound: The user has no such memory.
    """
    memory = await home.memory.memory(asked.user or home.settings.user, asked.memory)
    await home.memory.set_reach(memory, asked.reach)
    return ReachSet(memory=MemoryShown.of(dataclasses.replace(memory, reach=asked.reach)))
