"""What the assistant remembers: contexts, conversations, memories. asyncio only; the outside comes in through ports."""

from __future__ import annotations

from sottovoce.domain.contexts import UserContext
from sottovoce.memory.cache import ResponseCache
from sottovoce.memory.cache_rules import cache_key, cacheable
from sottovoce.memory.cache_values import How, Served
from sottovoce.memory.conversations import ConversationMemory
from sottovoce.memory.system import MemorySystem

__all__ = [
    "ConversationMemory",
    "How",
    "MemorySystem",
    "ResponseCache",
    "Served",
    "UserContext",
    "cache_key",
    "cacheable",
]
