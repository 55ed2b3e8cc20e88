"""The user's own files, as far as the assistant knows them: documents, and the passages they are cut into."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file of the knowledge folder, as it was when it was read."""

    id: str
    path: str
    """Below the knowledge folder, with forward slashes; unique."""
    bytes: int
    modified_ns: int
    """Nanoseconds since 1970-01-01 UTC, as the file system has it."""
    sha256: str
    """Of its content, 64 hex digits; empty if it could not be read."""
    indexed_at: float
    """Seconds since 1970-01-01 UTC."""
    passages: int = 0
    changed_ns: int = 0
    """When its content, name or rights were changed, likewise; 0 if unknown."""
    trouble: str = ""
    """Code of what kept it, or a part of it, from being read, which is tried again when it changes; else empty."""

    @property
    def unread(self) -> bool:
        """Whether nothing of it could be read."""
        return bool(self.trouble) and not self.passages


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A part of a document that can be found and quoted."""

    number: int
    """Names it in the store; 0 before it is stored."""
    document: str
    """Id of its document."""
    path: str
    """That document's path."""
    place: str
    """Where in it: a heading, or "page 3"; empty if it has neither."""
    text: str


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage on its way into the store."""

    place: str
    text: str
    vector: bytes | None = None
    """One signed byte a dimension (see `memories.Vector`); None if there is none."""
