"""What the assistant remembers: contexts, conversations, memories. asyncio only; the outside comes in through ports."""

from __future__ import annotations

import importlib

TYPE_CHECKING = False  # `typing` costs more than some commands need
if TYPE_CHECKING:
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

_FROM = {
    "ConversationMemory": "sottovoce.memory.conversations",
    "How": "sottovoce.memory.cache_values",
    "MemorySystem": "sottovoce.memory.system",
    "ResponseCache": "sottovoce.memory.cache",
    "Served": "sottovoce.memory.cache_values",
    "UserContext": "sottovoce.domain.contexts",
    "cache_key": "sottovoce.memory.cache_rules",
    "cacheable": "sottovoce.memory.cache_rules",
}


def __getattr__(name: str) -> object:
    """Each name, imported when it is asked for: the icon in the tray does not wait for NumPy."""
    if name in _FROM:
        return getattr(importlib.import_module(_FROM[name]), name)
    message = f"module 'sottovoce.memory' has no attribute {name!r}"
    raise AttributeError(message)
