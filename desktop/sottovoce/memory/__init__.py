"""What the assistant remembers: contexts, conversations, memories. asyncio only; the outside comes in through ports."""

from __future__ import annotations

from sottovoce.domain.contexts import UserContext
from sottovoce.memory.conversations import ConversationMemory
from sottovoce.memory.system import MemorySystem

__all__ = ["ConversationMemory", "MemorySystem", "UserContext"]
