"""What is remembered about a user, as frozen values."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class MemoryKind(enum.StrEnum):
    """What sort of thing is remembered."""

    FACT = "fact"
    LIKE = "like"
    DISLIKE = "dislike"
    PERSON = "person"
    """Who somebody is to the user."""


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
    subject: str = ""
    """What it says something about, of which only one thing can hold at a time (`Facts.told_by`)."""


@dataclass(frozen=True, slots=True)
class Vector:
    """The meaning of a text as a unit vector, so that texts of like meaning have a large product."""

    embedder: str
    """Name and version of what made it: vectors of two embedders can't be compared."""
    values: bytes
    """One signed byte a dimension: the unit vector times 127, rounded."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of one embedder, as they lie in the store."""

    ids: tuple[str, ...]
    """What each belongs to: ids of memories, or numbers of chunks as text."""
    values: bytes
    """All of them, one after another, in the order of `ids`; as many bytes each as the embedder has dimensions."""
