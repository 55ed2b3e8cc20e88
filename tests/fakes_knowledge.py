"""A folder of files and an embedder, both in memory."""

from __future__ import annotations

import asyncio
import hashlib
import math
from typing import TYPE_CHECKING

from sottovoce.domain.errors import DocumentGone, DocumentPartial
from sottovoce.domain.knowledge import NewPassage
from sottovoce.language.en.words import key_words
from sottovoce.memory.knowledge_ports import FileRead, FileSeen, Listing
from sottovoce.memory.knowledge_words import meaning_text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sottovoce.domain.errors import KnowledgeTrouble, SottovoceError

DIMENSIONS = 64


class FakeEmbedder:
    """An `Embedder`: each word points into a direction of its own, and words of one group into the same.

    Attributes:
        groups: Words that mean the same.
        trouble: Raised by `embed`; None ends that.
        asked: Texts embedded so far.
    """

    least_alike = 0.25

    def __init__(self, name: str = "fake-1", *groups: str) -> None:
        self.name = name
        self.dimensions = DIMENSIONS
        self.groups = {word: group.split()[0] for group in groups for word in group.split()}
        self.trouble: Exception | None = None
        self.asked: list[str] = []

    def vector(self, text: str) -> bytes:
        sums = [0] * DIMENSIONS
        for word in key_words(text):
            digest = hashlib.sha256(self.groups.get(word, word).encode()).digest()
            sums[digest[0] % DIMENSIONS] += 1
        length = math.hypot(*sums) or 1.0
        return bytes(round(127 * part / length) for part in sums)

    async def embed(self, texts: Sequence[str]) -> tuple[bytes, ...]:
        if self.trouble:
            raise self.trouble
        self.asked += texts
        return tuple(self.vector(text) for text in texts)

    async def close(self) -> None:
        pass


class FakeFiles:
    """A `KnowledgeFiles`. A passage is a line of a file, "place: text".

    Attributes:
        texts: What is in each file, by path.
        modified_ns: When it was, if not 1.
        changed_ns: When its content or rights were changed, if that is told.
        forbidden: Paths that can't be read.
        unlisted: Folders that can't be listed.
        troubles: What reading a path raises; `DocumentPartial` is told with what is there.
        reads: Paths read so far.
        embedder: Makes the vectors; None for none.
        trouble: Raised by `scan`; None ends that.
        passed_over: Why files are left out.
        takes_s: Seconds that reading a file takes.
    """

    def __init__(self, embedder: FakeEmbedder | None) -> None:
        self.texts: dict[str, str] = {}
        self.modified_ns: dict[str, int] = {}
        self.changed_ns: dict[str, int] = {}
        self.forbidden: set[str] = set()
        self.unlisted: tuple[str, ...] = ()
        self.troubles: dict[str, Exception] = {}
        self.reads: list[str] = []
        self.embedder = embedder
        self.trouble: SottovoceError | None = None
        self.passed_over: KnowledgeTrouble | None = None
        self.closed = False
        self.begun = asyncio.Event()
        self.news = asyncio.Event()
        self.scans = 0
        self.takes_s = 0.1

    async def scan(self) -> Listing:
        self.scans += 1
        if self.trouble:
            raise self.trouble
        return Listing(
            files=tuple(
                FileSeen(
                    path=path,
                    bytes=len(text),
                    modified_ns=self.modified_ns.get(path, 1),
                    changed_ns=self.changed_ns.get(path, 0),
                    readable=path not in self.forbidden,
                )
                for path, text in sorted(self.texts.items())
                if not path.startswith(self.unlisted or "//")
            ),
            unlisted=self.unlisted,
        )

    async def present(self, paths: Collection[str]) -> frozenset[str]:
        return frozenset(path for path in paths if path in self.texts)

    async def changed(self) -> None:
        await self.news.wait()
        self.news.clear()

    async def read(self, path: str) -> FileRead:
        self.reads.append(path)
        self.begun.set()
        await asyncio.sleep(self.takes_s)
        partial = isinstance(self.troubles.get(path), DocumentPartial)
        if path in self.troubles and not partial:
            raise self.troubles[path]
        if path not in self.texts:
            raise DocumentGone
        text = self.texts[path]
        parts = [line.partition(": ") for line in text.splitlines()]
        return FileRead(
            bytes=len(text),
            modified_ns=self.modified_ns.get(path, 1),
            changed_ns=self.changed_ns.get(path, 0),
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            passages=tuple(
                NewPassage(
                    place, said, self.embedder.vector(meaning_text(path, place, said)) if self.embedder else None
                )
                for place, _, said in parts
            ),
            embedder=self.embedder.name if self.embedder else "",
            words=key_words(text),
            trouble=DocumentPartial.code if partial else "",
        )

    async def close(self) -> None:
        self.closed = True
