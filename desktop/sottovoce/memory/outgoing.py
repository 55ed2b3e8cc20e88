"""What may leave for a language model: the one gate that every question to one goes through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.endpoints import may_travel, reach_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sottovoce.domain.conversations import Message
    from sottovoce.domain.memories import Memory, Reach
    from sottovoce.memory.system import MemorySystem


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What a model at some endpoint may be told besides the question."""

    history: tuple[Message, ...]
    memories: tuple[Memory, ...]
    withheld: int
    """Messages and memories that stay here."""


async def allowed_out(
    system: MemorySystem, endpoint: str, history: Sequence[Message], memories: Sequence[Memory]
) -> Outgoing:
    """Leave out what may not travel as far as `endpoint`.

    A message goes with the memories that were learnt from it or that it drew on: it holds their words.

    Args:
        system: Knows which message taught or used what.
        endpoint: Its URL.
        history: Earlier messages, oldest first.
        memories: What was recalled for the question.

    Raises:
        ValueError: The endpoint names no host.
        StoreTrouble: It could not be found out; then nothing may be sent.
    """
    reach = reach_of(endpoint)
    kept = [message for message in history if await _may_go(system, message, reach)]
    allowed = tuple(memory for memory in memories if may_travel(memory, reach))
    return Outgoing(
        history=tuple(kept),
        memories=allowed,
        withheld=len(history) - len(kept) + len(memories) - len(allowed),
    )


async def _may_go(system: MemorySystem, message: Message, reach: Reach) -> bool:
    held = (*await system.memories_of_message(message.id), *await system.memories_used(message.id))
    return all(may_travel(memory, reach) for memory in held)
