"""What the knowledge of files asks of the outside: a folder, its files and what they hold; and a store for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sottovoce.domain.errors import KnowledgeTrouble
    from sottovoce.domain.knowledge import Document, NewPassage, Passage
    from sottovoce.domain.memories import Vectors


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

    @property
    def passed_over(self) -> KnowledgeTrouble | None:
        """Why the last `scan` left files out; None if it did not."""

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


class KnowledgeReader(Protocol):
    """The user's own files, as far as they are known. All methods raise `StoreTrouble`."""

    async def documents(self) -> tuple[Document, ...]:
        """Every file of the knowledge folder that is known, by path."""

    async def match_passages(self, query: str, *, limit: int) -> tuple[tuple[int, float], ...]:
        """Numbers of passages sharing words with `query`, each with its bm25 score (positive), the best match first.

        As with `search_best`, a common word is looked for in a bounded number of passages only.
        """

    async def passages(self, numbers: Sequence[int]) -> tuple[Passage, ...]:
        """Those of these that are there, in the order of `numbers`."""

    async def passage_vectors(self, embedder: str) -> Vectors:
        """The vectors of all passages by this embedder, by number."""

    async def passages_without_vector(self, embedder: str, *, limit: int) -> tuple[Passage, ...]:
        """Passages that have no vector of this embedder."""


class KnowledgeStore(KnowledgeReader, Protocol):
    """The same, and the one who writes it; see `store.Store` for what a write promises."""

    async def save_document(
        self, document: Document, passages: Sequence[NewPassage] = (), *, embedder: str = ""
    ) -> tuple[int, ...]:
        """Store a file and its passages in place of all that was stored under its path, both or neither.

        Returns:
            Numbers of the new passages, in their order; a number is never used twice.
        """

    async def remove_documents(self, ids: Sequence[str]) -> tuple[int, ...]:
        """Remove files with their passages; numbers of the passages that are gone."""

    async def set_passage_vectors(self, embedder: str, values: Mapping[int, bytes]) -> None:
        """Give passages (by number) vectors of this embedder; those gone by now are passed over."""
