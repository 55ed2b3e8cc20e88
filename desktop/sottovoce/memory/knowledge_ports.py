"""What the knowledge of files asks of the outside: a folder, its files and what they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection

    from sottovoce.domain.knowledge import NewPassage


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSeen:
    """A file as its folder lists it."""

    path: str
    """Below the folder, with forward slashes."""
    bytes: int
    modified_ns: int
    """Nanoseconds since 1970-01-01 UTC."""
    changed_ns: int = 0
    """When its content, name or rights were changed, which no program sets back; 0 if that is not known."""
    readable: bool = True
    """Whether this user may read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """All files of the folder at one moment."""

    files: tuple[FileSeen, ...] = ()
    unlisted: tuple[str, ...] = ()
    """Folders that are there and could not be looked into, each with a slash at its end; "" for the whole folder."""

    def may_hold(self, path: str) -> bool:
        """Whether this file may be there though it is not listed."""
        return any(path.startswith(folder) for folder in self.unlisted)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """What a file holds."""

    bytes: int
    modified_ns: int
    """Both as they were before it was read: a change meanwhile makes it be read again."""
    changed_ns: int = 0
    """Likewise; see `FileSeen`."""
    sha256: str
    """64 hex digits."""
    passages: tuple[NewPassage, ...]
    """In their order, with vectors of `embedder`."""
    embedder: str
    """Name of what made the vectors; empty if there are none."""
    words: frozenset[str]
    """Its `key_words`."""
    trouble: str = ""
    """Code of why it is not the whole file; empty if it is."""


class KnowledgeFiles(Protocol):
    """The user's folder of files. A read under way is ended by cancelling it."""

    async def scan(self) -> Listing:
        """The files that can be read, by path; none if there is no folder.

        From the first call on, the folder is watched.
        """

    async def present(self, paths: Collection[str]) -> frozenset[str]:
        """Those of these files that are there now: one may have gone while nobody watched. Starts no watching."""

    async def changed(self) -> None:
        """Return when something may have changed since this returned last, however much did."""

    async def read(self, path: str) -> FileRead:
        """Cut a file into passages.

        Raises:
            DocumentTrouble: It can't be read: it will not be otherwise before it changes.
            DocumentGone: It is not there any more.
            KnowledgeTrouble: Nothing can be read at present.
        """

    async def close(self) -> None:
        """End every thread and process. Idempotent."""
