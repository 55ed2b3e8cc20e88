"""What is remembered about a user, as frozen values."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class MemoryKind(enum.StrEnum):
    """What sort of thing is remembered."""

    FACT = "fact"
    LIKE = "like"
    DISLIKE = "dislike"


class Reach(enum.StrEnum):
    """How far a memory may travel inside a question to a language model."""

    DEVICE = "device"
    NETWORK = "network"
    """To an endpoint in the user's own network."""
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """One thing the user asked to be remembered."""

    id: str
    user_id: str
    kind: MemoryKind
    text: str
    """In the user's words, first person ("i like python")."""
    created_at: float
    """Seconds since 1970-01-01 UTC."""
    source_message: str | None = None
    """Id of the message it was learnt from."""
    reach: Reach = Reach.DEVICE
    superseded_by: str | None = None
    """Id of the memory that took its place; it is not listed or found any more."""
