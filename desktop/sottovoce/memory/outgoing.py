"""What may leave for a language model: the one gate that every question to one goes through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.contexts import UserContext
from sottovoce.domain.conversations import Role
from sottovoce.domain.endpoints import may_travel, reach_of
from sottovoce.domain.memories import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sottovoce.domain.conversations import Message
    from sottovoce.domain.knowledge import Passage
    from sottovoce.domain.memories import Memory
    from sottovoce.memory.system import MemorySystem

OF_FILES = "knowledge."
"""What intents of answers that hold words of the user's files begin with."""
OF_KEPT = (
    "alarm.",
    "calendar.",
    "clipboard.",
    "dialogue.repeat",
    "dialogue.said",
    "dictation.",
    "history.",
    "kept.",
    "list.",
    "note.",
    "reminder.",
    "selection.",
    "timer.",
)
"""What intents begin with whose questions and answers hold what the user has had kept here, or quote what was said."""
OF_MEMORY = "memory."
"""What intents that tell, ask or forget a memory begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What a model at some endpoint may be told besides the question."""

    context: UserContext
    """On its way off this device without name, preferences, topics and times: memories have shaped them."""
    history: tuple[Message, ...]
    memories: tuple[Memory, ...]
    passages: tuple[Passage, ...] = ()
    """Of the user's files, which leave this device for nobody."""
    withheld: int
    """Messages, memories and passages that stay here."""


async def allowed_out(
    system: MemorySystem,
    endpoint: str,
    context: UserContext,
    history: Sequence[Message],
    memories: Sequence[Memory],
    passages: Sequence[Passage] = (),
    *,
    own_network: str = "",
) -> Outgoing:
    """Leave out what may not travel as far as `endpoint`.

    A question and its answer go together, and with the memories they taught, told or forgot: they hold their words. A
    turn about memories of which none is known any more (it was forgotten) stays here, and so does one with words of the
    user's files, or of what is kept here: lists, notes, the calendar, reminders, the clipboard, what was said before.

    Args:
        system: Knows which message taught or used what.
        endpoint: Its URL.
        context: Of the user who asks.
        history: Earlier messages, oldest first.
        memories: What was recalled for the question.
        passages: What was found in the user's files for it.
        own_network: What the user counts to the own network (`reach_of`).

    Raises:
        ValueError: The endpoint names no host.
        StoreTrouble: It could not be found out; then nothing may be sent.
    """
    reach = reach_of(endpoint, own_network)
    if reach is Reach.DEVICE:
        return Outgoing(
            context=context, history=tuple(history), memories=tuple(memories), passages=tuple(passages), withheld=0
        )
    kept: list[Message] = []
    for turn in _turns(history):
        if await _may_go(system, turn, reach):
            kept += turn
    allowed = tuple(memory for memory in memories if may_travel(memory, reach))
    return Outgoing(
        context=UserContext(language=context.language, time_zone=context.time_zone, personality=context.personality),
        history=tuple(kept),
        memories=allowed,
        withheld=len(history) - len(kept) + len(memories) - len(allowed) + len(passages),
    )


def most_private(intents: Sequence[str]) -> str:
    """The one that a turn of several requests is stored under: what keeps most of it here; of like ones the last."""
    return max(reversed(intents), key=_privacy)


def is_of_kept(message: Message) -> bool:
    """Whether it holds what is kept here."""
    return message.intent.startswith(OF_KEPT)


def _privacy(intent: str) -> int:
    if intent.startswith((OF_FILES, *OF_KEPT)):
        return 2
    return 1 if intent.startswith(OF_MEMORY) else 0


def _turns(history: Sequence[Message]) -> Iterator[list[Message]]:
    """Split a history into questions, each with what was answered to it."""
    turn: list[Message] = []
    for message in history:
        if message.role is Role.USER and turn:
            yield turn
            turn = []
        turn.append(message)
    if turn:
        yield turn


async def _may_go(system: MemorySystem, turn: Sequence[Message], reach: Reach) -> bool:
    held = [
        memory
        for message in turn
        for memory in (*await system.memories_of_message(message.id), *await system.memories_used(message.id))
    ]
    if any(message.intent.startswith(OF_FILES) or is_of_kept(message) for message in turn):
        return False
    of_memory = any(message.intent.startswith(OF_MEMORY) for message in turn)
    return (bool(held) or not of_memory) and all(may_travel(memory, reach) for memory in held)
