"""The user's own files: kept in step with their folder while nobody talks, and searched by words and by meaning."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.domain.errors import (
    DocumentForbidden,
    DocumentGone,
    DocumentTrouble,
    KnowledgeForbidden,
    KnowledgeGone,
    SottovoceError,
)
from sottovoce.domain.identifiers import new_id
from sottovoce.domain.knowledge import Document, NewPassage
from sottovoce.domain.said import said
from sottovoce.language import ENGLISH, language
from sottovoce.memory.finish import finishing
from sottovoce.memory.knowledge_words import meaning_text
from sottovoce.memory.retrying import RetryPolicy, keep_trying
from sottovoce.memory.vectors import fused, loaded

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from sottovoce.domain.knowledge import Passage
    from sottovoce.memory.knowledge_ports import FileRead, FileSeen, KnowledgeFiles, KnowledgeStore
    from sottovoce.memory.ports import Embedder
    from sottovoce.memory.vectors import VectorIndex

log = logging.getLogger(__name__)

BUSY_S = 1.0
"""Seconds until it is looked again whether the turn has ended."""
RETRY = RetryPolicy(first_s=30.0, longest_s=3600.0)
"""Until something that did not work is tried again."""
CANDIDATES = 50
"""Passages by words, and as many by meaning, of which the best are chosen."""
EMBEDDED_AT_ONCE = 8
"""Passages that get another embedder's vectors at a time: in our own process, so a question must not wait for long."""
FEW = 3
"""Files that may all go at once without a word; more are hardly ever removed together, and a disk comes off easily."""
MANY = 20
"""Files of which nearly all may not go at once either."""
REMOVED_AT_ONCE = 200
"""Files taken out of the store in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeProgress:
    """How many files have been read, of how many."""

    done: int = 0
    """Files that have been read, or can't be."""
    total: int = 0
    """Files in the folder."""
    failed: int = 0
    """Those that can't be read."""
    working: bool = False
    """Whether files are being read just now, or the folder has not been looked at yet."""


_NOT_LOOKED_AT = KnowledgeProgress(working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPassage:
    """A passage that may answer a question."""

    passage: Passage
    score: float
    """Orders those found together (see `vectors.fused`)."""
    cosine: float
    """How near it is in meaning; 0 if that is not known."""
    shares_words: bool
    """Whether the store found it by the words of the question."""


class Knowledge:
    """Belongs to one loop. `run` keeps it in step; `search` works meanwhile, on what is known so far."""

    def __init__(  # noqa: PLR0913 - parts and callbacks, each by its name
        self,
        store: KnowledgeStore,
        files: KnowledgeFiles,
        embedder: Embedder,
        *,
        idle: Callable[[], bool],
        on_trouble: Callable[[SottovoceError], None],
        allowed: Callable[[], bool] = lambda: True,
        on_change: Callable[[Collection[str], frozenset[str]], None] = lambda _ids, _words: None,
        on_progress: Callable[[KnowledgeProgress], None] = lambda _progress: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Prepare; nothing is read before `run` or `search`.

        Args:
            store: Where documents and passages are kept.
            files: The folder.
            embedder: Of the same name as the one whose vectors `files` gives.
            idle: Whether no turn runs.
            on_trouble: Shows trouble to the user; called once for as long as it stays the same, not for single files.
            allowed: Whether files may be read and answered from.
            on_change: Called with ids of documents that came, changed or went, and the `key_words` of what they hold.
            on_progress: Called with how far it is.
            clock: Seconds since 1970-01-01 UTC.
        """
        self._store = store
        self._files = files
        self._embedder = embedder
        self._idle = idle
        self._on_trouble = on_trouble
        self._allowed = allowed
        self._on_change = on_change
        self._on_progress = on_progress
        self._clock = clock
        self._progress = _NOT_LOOKED_AT
        self._trouble: SottovoceError | None = None
        self._held: KnowledgeGone | None = None
        self._meant = False  # that files are gone
        self._failing: set[str] = set()  # paths
        self._index: VectorIndex | None = None
        self._numbers: dict[str, tuple[int, ...]] = {}  # of the documents saved by us, so that they can leave the index
        self._forgotten = 0
        self._changing = asyncio.Lock()
        self._stepping = asyncio.Lock()

    @property
    def allowed(self) -> bool:
        """Whether files may be read and answered from."""
        return self._allowed()

    @property
    def progress(self) -> KnowledgeProgress:
        """How many files have been read, of how many."""
        return self._progress

    async def known(self) -> KnowledgeProgress:
        """As `progress`; but while the folder has not been looked at, what earlier sessions read counts.

        Raises:
            StoreTrouble: It could not be read.
        """
        if self._progress == _NOT_LOOKED_AT:
            documents = await self._store.documents()
            if documents:
                failed = sum(document.unread for document in documents)
                return KnowledgeProgress(done=len(documents), total=len(documents), failed=failed)
        return self._progress

    @property
    def trouble(self) -> SottovoceError | None:
        """What keeps the whole from being in step; None if nothing does."""
        return self._trouble or self._held or self._files.passed_over

    def forget(self) -> None:
        """Drop what is held in memory: it may have been erased from the store."""
        self._forgotten += 1
        self._index = None
        self._numbers.clear()

    async def run(self) -> None:
        """Keep in step with the folder until cancelled; to be started anew when files may be read again."""
        await keep_trying(self._follow_folder, RETRY, self._in_trouble)

    async def _follow_folder(self) -> None:
        """Be in step with the folder; return when it has changed."""
        if self._allowed():
            await self._step()
        self._trouble = None
        self._show(working=False)
        await self._files.changed()

    async def sync(self, within_s: float | None = None) -> bool:
        """Read now what is new in the folder; whether all is known (a limit may end it before: what was read stays).

        Raises:
            SottovoceError: The folder or the store can't be read, or files can't be understood.
        """
        try:
            async with asyncio.timeout(within_s):
                await self._step()
        except TimeoutError:
            return False
        finally:
            self._show(working=False)
        return True

    async def forget_gone(self) -> int:
        """Forget the files that are gone, on the user's word: they are not to come back; how many.

        Raises:
            SottovoceError: See `sync`.
        """
        before = len(await self._store.documents())
        self._meant = True
        try:
            await self._step()
        finally:
            self._meant = False
            self._show(working=False)
        return before - len(await self._store.documents())

    def _hold_back(self, gone: Collection[str], known: Collection[str]) -> bool:
        """Whether so many files are gone at once that they may have been lost, and not removed; that is told once."""
        lost = len(gone) > FEW and len(gone) == len(known)
        lost = lost or (len(gone) > MANY and 10 * len(gone) >= 9 * len(known))
        if not lost or self._meant:
            self._held = None
            return False
        if self._held is None:
            self._held = KnowledgeGone(said("error-knowledge-gone-many", gone=len(gone), known=len(known)))
            log.warning("the knowledge folder: %s", self._held.code)
            self._on_trouble(self._held)
        return True

    async def _step(self) -> None:
        if not self._allowed():
            raise KnowledgeForbidden
        async with self._stepping:
            await self._catch_up()
            await self._embed_missing()

    async def search(self, query: str, k: int = 5, *, tag: str = ENGLISH) -> tuple[FoundPassage, ...]:
        """The passages that fit `query` best, the best one first; none that share neither a word nor the meaning.

        None at all where no files may be answered from. `tag` names the language of `query`.

        Raises:
            StoreTrouble: They could not be read.
        """
        if not self._allowed():
            return ()
        naming = language(tag).words.content_words(query)
        by_words = await self._store.match_passages(naming, limit=CANDIDATES)
        index = await self._loaded()
        # Without a passage there is nothing to embed the question for.
        vector = await self._vector(query) if by_words or len(index) else b""
        while True:
            near = self._near(index, vector, [number for number, _ in by_words])
            best = fused(by_words, near)[: max(k, 0)]
            there = {passage.number: passage for passage in await self._store.passages([number for number, _ in best])}
            if len(there) == len(best):
                present = await self._files.present({passage.path for passage in there.values()})
                best = [hit for hit in best if there[hit[0]].path in present]
                break
            # A file that was changed since left them in the index, or went this very moment.
            index.drop(str(number) for number, _ in best if number not in there)
            lost = {number for number, _ in best} - there.keys()
            by_words = tuple(hit for hit in by_words if hit[0] not in lost)
        shared = {number for number, _ in by_words}
        return tuple(
            FoundPassage(
                passage=there[number], score=score, cosine=near.get(number, 0.0), shares_words=number in shared
            )
            for number, score in best
        )

    def _near(self, index: VectorIndex, vector: bytes, numbers: Iterable[int]) -> dict[int, float]:
        """The cosines of what is alike at all, and of these numbers in any case."""
        if not vector:
            return {}
        found = {number: index.cosine(str(number), vector) for number in numbers}
        least = self._embedder.least_alike
        return found | {int(key): cosine for key, cosine in index.nearest(vector, CANDIDATES) if cosine >= least}

    async def _vector(self, query: str) -> bytes:
        """Of a question; empty if the embedder can't be used: words still find much."""
        try:
            return (await self._embedder.embed([query]))[0]
        except SottovoceError as trouble:
            log.warning("searching by words alone: %s", trouble.code)
            return b""

    async def _loaded(self) -> VectorIndex:
        if self._index is not None:  # a question waits for no file that is being stored or taken out
            return self._index
        async with self._changing:
            index = self._index
            if index is None:
                forgotten = self._forgotten
                index = await loaded(self._embedder.dimensions, await self._store.passage_vectors(self._embedder.name))
                if forgotten == self._forgotten:  # else read before what is erased now
                    self._index = index
            return index

    # Keeping in step.

    async def _catch_up(self) -> None:
        """Read what is new, forget what is gone."""
        listing = await self._files.scan()
        known = {document.path: document for document in await self._store.documents()}
        there = {file.path for file in listing.files}
        gone = [path for path in known if path not in there and not listing.may_hold(path)]
        work = [file for file in listing.files if _is_news(file, known.get(file.path))]
        new_bytes = {file.bytes for file in work if file.path not in known}
        # A file of the same size came: it may be this one under another name.
        moved = {known[path].sha256: known[path] for path in gone if known[path].bytes in new_bytes}
        self._failing = {path for path in there if path in known and known[path].unread}
        self._show(total=len(there), done=len(there) - len(work), failed=len(self._failing))
        await self._turn_over()
        await self._loaded()  # ahead of the first question
        if self._hold_back([path for path in gone if known[path].bytes not in new_bytes], known):
            gone = []
            moved = {}
        await self._remove(known[path] for path in gone if moved.get(known[path].sha256) is not known[path])
        sizes = {document.bytes for document in moved.values()}
        work.sort(key=lambda file: file.path in known or file.bytes not in sizes)
        for file in work:
            if moved and (file.path in known or file.bytes not in sizes):
                await self._remove(moved.values())
                moved = {}
            await self._turn_over()
            await self._take(file, known.get(file.path), moved)
            self._show(done=self._progress.done + 1, failed=len(self._failing))
        await self._remove(moved.values())

    async def _take(self, file: FileSeen, before: Document | None, moved: dict[str, Document]) -> None:
        """Read one file and keep what is in it, or that it can't be read.

        Args:
            file: As it was listed.
            before: What is known under its path.
            moved: Files that are gone, by content; one that is found again is taken out.
        """
        self._show(working=True)
        read: FileRead | None = None
        try:
            read = await self._read(file)
            trouble = read.trouble
        except DocumentGone:
            return  # the next look at the folder sees it
        except DocumentTrouble as refusal:
            trouble = refusal.code
        if trouble:
            log.info("a file of the knowledge folder is passed over, or a part of it: %s", trouble)
        former = moved.pop(read.sha256, None) if read and not before else before
        document = Document(
            id=former.id if former else new_id(),
            path=file.path,
            bytes=read.bytes if read else file.bytes,
            modified_ns=read.modified_ns if read else file.modified_ns,
            changed_ns=read.changed_ns if read else file.changed_ns,
            sha256=read.sha256 if read else "",
            indexed_at=self._clock(),
            passages=len(read.passages) if read else 0,
            trouble=trouble,
        )
        await self._keep(document, read, former)

    @finishing
    async def _keep(self, document: Document, read: FileRead | None, former: Document | None) -> None:
        """Store what is known of a file, and report the change."""
        await self._save(document, read)
        self._failing.discard(document.path)
        if document.unread:
            self._failing.add(document.path)
        if not former or (former.path, former.sha256) != (document.path, document.sha256):
            self._on_change((document.id,), read.words if read else frozenset())

    async def _read(self, file: FileSeen) -> FileRead:
        if not file.readable:
            raise DocumentForbidden
        return await self._files.read(file.path)

    @finishing
    async def _save(self, document: Document, read: FileRead | None) -> None:
        passages: Sequence[NewPassage] = read.passages if read else ()
        name = self._embedder.name
        if read and read.embedder != name:  # they get theirs from `_embed_missing`
            passages, name = [dataclasses.replace(passage, vector=None) for passage in passages], ""
        async with self._changing:
            numbers = await self._store.save_document(document, passages, embedder=name)
            if self._index is not None:
                self._index.drop(map(str, self._numbers.get(document.id, ())))
                for number, passage in zip(numbers, passages, strict=True):
                    if passage.vector is not None:
                        self._index.put(str(number), passage.vector)
            self._numbers[document.id] = numbers

    async def _remove(self, documents: Iterable[Document]) -> None:
        ids = [document.id for document in documents]
        for begin in range(0, len(ids), REMOVED_AT_ONCE):
            await self._drop(ids[begin : begin + REMOVED_AT_ONCE])

    @finishing
    async def _drop(self, ids: Sequence[str]) -> None:
        """Take files out of the store, and report the change."""
        async with self._changing:
            numbers = await self._store.remove_documents(ids)
            if self._index is not None:
                self._index.drop(map(str, numbers))
        for identifier in ids:
            self._numbers.pop(identifier, None)
        self._on_change(tuple(ids), frozenset())

    async def _embed_missing(self) -> None:
        """Give passages without a vector of this embedder one, a few at a time."""
        name = self._embedder.name
        before: tuple[int, ...] = ()
        while True:
            await self._turn_over()
            some = await self._store.passages_without_vector(name, limit=EMBEDDED_AT_ONCE)
            numbers = tuple(passage.number for passage in some)
            if not numbers or numbers == before:
                return
            before = numbers
            self._show(working=True)
            vectors = await self._embedder.embed(
                [meaning_text(passage.path, passage.place, passage.text) for passage in some]
            )
            await self._give(dict(zip(numbers, vectors, strict=True)))

    @finishing
    async def _give(self, values: Mapping[int, bytes]) -> None:
        async with self._changing:
            await self._store.set_passage_vectors(self._embedder.name, values)
            if self._index is not None:
                for number, vector in values.items():
                    self._index.put(str(number), vector)

    async def _turn_over(self) -> None:
        while not self._idle():  # noqa: ASYNC110 - a second more or less is no matter, and nobody else need know
            await asyncio.sleep(BUSY_S)

    def _in_trouble(self, trouble: SottovoceError) -> None:
        before, self._trouble = self._trouble, trouble
        if before is None or before.code != trouble.code:
            log.warning("the knowledge folder: %s", trouble.code)
            self._on_trouble(trouble)
        self._show(working=False)

    def _show(
        self,
        *,
        total: int | None = None,
        done: int | None = None,
        failed: int | None = None,
        working: bool | None = None,
    ) -> None:
        now = self._progress
        shown = KnowledgeProgress(
            total=now.total if total is None else total,
            done=now.done if done is None else done,
            failed=now.failed if failed is None else failed,
            working=now.working if working is None else working,
        )
        if shown != now:
            self._progress = shown
            self._on_progress(shown)


def _is_news(file: FileSeen, known: Document | None) -> bool:
    """Whether it must be read (again)."""
    if known is None or (known.bytes, known.modified_ns) != (file.bytes, file.modified_ns):
        return True
    if 0 not in {known.changed_ns, file.changed_ns} and known.changed_ns != file.changed_ns:
        return True
    return file.readable == (known.trouble == DocumentForbidden.code)  # giving permission changes no time
