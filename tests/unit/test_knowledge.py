"""The user's files are read while nobody talks, follow every change of the folder, are found by words or meaning."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.errors import (
    Bug,
    DocumentForbidden,
    DocumentLocked,
    DocumentPartial,
    KnowledgeForbidden,
    KnowledgeTooDeep,
    ReaderMissing,
    SottovoceError,
    StoreFull,
    StoreReadOnly,
)
from sottovoce.language.en.words import key_words
from sottovoce.memory import vectors
from sottovoce.memory.knowledge import EMBEDDED_AT_ONCE, RETRY, Knowledge, KnowledgeProgress
from sottovoce.memory.knowledge_ports import FileSeen, Listing
from sottovoce.memory.knowledge_words import sentences
from tests.fakes_knowledge import FakeEmbedder, FakeFiles
from tests.fakes_store import FakeStore
from tests.virtual_time import run_virtual, settle

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Sequence

    from sottovoce.domain.knowledge import Document
    from sottovoce.domain.memories import Vectors

MEANT_ALIKE = "kettle boiler teapot"
LONG_S = 60.0


class Parts:
    """A `Knowledge` on fakes, and what it told."""

    def __init__(self, store: FakeStore | None = None, embedder: FakeEmbedder | None = None) -> None:
        self.store = store or FakeStore()
        self.embedder = embedder or FakeEmbedder("fake-1", MEANT_ALIKE)
        self.files = FakeFiles(self.embedder)
        self.told: list[SottovoceError] = []
        self.changes: list[tuple[Collection[str], frozenset[str]]] = []
        self.shown: list[KnowledgeProgress] = []
        self.talking = False
        self.allowed = True
        self.knowledge = Knowledge(
            self.store,
            self.files,
            self.embedder,
            idle=lambda: not self.talking,
            on_trouble=self.told.append,
            allowed=lambda: self.allowed,
            on_change=lambda ids, words: self.changes.append((ids, words)),
            on_progress=self.shown.append,
            clock=lambda: 5.0,
        )

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.knowledge.run())
        try:
            await asyncio.sleep(LONG_S)
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def change(self) -> None:
        self.files.news.set()
        await asyncio.sleep(LONG_S)

    async def documents(self) -> dict[str, Document]:
        return {document.path: document for document in await self.store.documents()}

    async def found(self, query: str, k: int = 5) -> list[str]:
        return [found.passage.text for found in await self.knowledge.search(query, k)]


def test_files_are_read_once() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "tea: Warm the teapot.", "sub/b.md": "x: One.\ny: Two."}
        async with parts.running():
            documents = await parts.documents()
            assert {path: d.passages for path, d in documents.items()} == {"a.md": 1, "sub/b.md": 2}
            assert documents["a.md"].indexed_at == 5.0
            assert parts.knowledge.progress == KnowledgeProgress(done=2, total=2)
            await parts.change()
        async with parts.running():
            assert parts.files.reads == ["a.md", "sub/b.md"]
            assert parts.files.scans == 3
        assert parts.shown[0] == KnowledgeProgress(total=2, working=True)
        assert KnowledgeProgress(total=2, done=1, working=True) in parts.shown
        assert parts.knowledge.trouble is None

    run_virtual(main())


def test_files_are_read_at_once_where_nobody_keeps_them_in_step() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "tea: Warm the teapot."}
        assert await parts.knowledge.sync()
        assert await parts.found("teapot") == ["Warm the teapot."]
        assert not parts.knowledge.progress.working
        parts.files.texts["b.md"] = "x: Other things."
        async with parts.running():  # both at once read each file once
            parts.files.texts["c.md"] = "x: More."
            assert await parts.knowledge.sync()
        assert parts.files.reads == ["a.md", "b.md", "c.md"]

    run_virtual(main())


def test_reading_at_once_ends_at_its_limit_and_keeps_what_was_read() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "tea: Warm the teapot."}
        parts.talking = True  # as good as a file that takes for ever
        assert not await parts.knowledge.sync(within_s=1.0)
        assert not parts.knowledge.progress.working
        assert parts.files.reads == []
        parts.talking = False
        assert await parts.knowledge.sync(within_s=1.0)
        assert parts.files.reads == ["a.md"]

    run_virtual(main())


def test_a_change_keeps_the_id_and_takes_the_old_text_away() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "x: Old words here.", "b.md": "x: Other things."}
        async with parts.running():
            before = await parts.documents()
            assert await parts.found("old") == ["Old words here."]
            parts.changes.clear()
            parts.files.texts["a.md"] = "x: Fresh content, longer."
            await parts.change()
            after = await parts.documents()
            assert after["a.md"].id == before["a.md"].id
            assert await parts.found("old") == []
            assert await parts.found("fresh") == ["Fresh content, longer."]
            assert parts.changes == [((after["a.md"].id,), frozenset({"x", "fresh", "content", "longer"}))]

    run_virtual(main())


def test_a_change_is_seen_though_size_and_time_stay() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts, parts.files.changed_ns = {"a.md": "x: Words."}, {"a.md": 5}
        async with parts.running():
            parts.files.texts, parts.files.changed_ns = {"a.md": "x: Other"}, {"a.md": 6}
            await parts.change()
            assert (await parts.documents())["a.md"].changed_ns == 6
            assert [found.passage.text for found in await parts.knowledge.search("other")] == ["Other"]
            parts.files.changed_ns = {}  # a drive that tells none
            parts.changes.clear()
            await parts.change()
            assert (await parts.documents())["a.md"].changed_ns == 6

    run_virtual(main())


def test_a_new_time_alone_changes_no_answer() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "x: Words."}
        async with parts.running():
            parts.changes.clear()
            parts.files.modified_ns["a.md"] = 2
            await parts.change()
            assert (await parts.documents())["a.md"].modified_ns == 2
            assert parts.changes == []

    run_virtual(main())


def test_a_file_under_another_name_keeps_its_id() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "x: Moved words.", "b.md": "x: Same size as.", "c.md": "x: Gone for good, longer."}
        async with parts.running():
            before = await parts.documents()
            parts.changes.clear()
            parts.files.texts = {"0.md": "x: Something new.", "new/a.md": "x: Moved words.", "z.md": "x: Quite new so."}
            await parts.change()
            after = await parts.documents()
            assert sorted(after) == ["0.md", "new/a.md", "z.md"]
            assert after["new/a.md"].id == before["a.md"].id
            assert len({d.id for d in after.values()} | {d.id for d in before.values()}) == 5
            told = [set(ids) for ids, _ in parts.changes]
            assert {before["c.md"].id} in told
            assert {before["b.md"].id} in told
            assert await parts.found("moved") == ["Moved words."]

    run_virtual(main())


def test_of_two_files_alike_one_that_goes_is_forgotten() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "x: Alike.", "b.md": "x: Alike."}
        async with parts.running():
            parts.files.texts = {"c.md": "x: Alike."}
            await parts.change()
            assert list(await parts.documents()) == ["c.md"]

    run_virtual(main())


def test_what_is_gone_is_forgotten() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "x: Words.", "b.md": "x: More."}
        async with parts.running():
            assert await parts.found("words") == ["Words."]
            gone = (await parts.documents())["a.md"].id
            parts.changes.clear()
            del parts.files.texts["a.md"]
            await parts.change()
            assert await parts.found("words") == []
            assert parts.changes == [((gone,), frozenset())]
            parts.files.texts.clear()
            await parts.change()
            assert await parts.documents() == {}
            assert parts.knowledge.progress == KnowledgeProgress()

    run_virtual(main())


@pytest.mark.parametrize(("known", "left"), [(4, 0), (200, 0), (200, 10)])
def test_nearly_all_files_gone_at_once_are_kept_until_the_user_says_so(known: int, left: int) -> None:
    async def main() -> None:
        parts = Parts()
        texts = {f"{number}.md": f"x: Words {number}." for number in range(known)}
        parts.files.texts = dict(texts)
        async with parts.running():
            assert len(await parts.documents()) == known
            for number in range(left, known):
                del parts.files.texts[f"{number}.md"]
            await parts.change()
            await parts.change()
            assert len(await parts.documents()) == known
            assert [trouble.code for trouble in parts.told] == ["knowledge-gone"], "once"
            assert f"{known - left} of {known}" in parts.told[0].sentence
            assert parts.knowledge.trouble is parts.told[0]
            assert await parts.found(f"words {known - 1}") == [] or left, "what is not there answers nothing"
            parts.files.texts = dict(texts)
            parts.files.reads.clear()
            await parts.change()
            assert parts.knowledge.trouble is None
            parts.files.passed_over = KnowledgeTooDeep()
            assert parts.knowledge.trouble is parts.files.passed_over, "what is left out is told, too"
            parts.files.passed_over = None
            assert parts.files.reads == [], "nothing is read again"
            parts.files.texts = dict(list(texts.items())[:left])
            await parts.change()
            assert await parts.knowledge.forget_gone() == known - left
            assert parts.knowledge.trouble is None
            assert len(await parts.documents()) == left

    run_virtual(main())


def test_files_that_go_a_few_at_a_time_or_move_are_not_kept() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {f"{number}.md": f"x: Words {number}." for number in range(30)}
        async with parts.running():
            parts.files.texts = {f"sub/{name}": text for name, text in parts.files.texts.items()}
            await parts.change()
            assert sorted(await parts.documents()) == sorted(parts.files.texts)
            while parts.files.texts:
                for name in list(parts.files.texts)[:3]:
                    del parts.files.texts[name]
                await parts.change()
                assert sorted(await parts.documents()) == sorted(parts.files.texts)
        assert parts.told == []

    run_virtual(main())


def test_what_can_not_be_seen_is_not_gone() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "x: Words.", "closed/b.md": "x: Kept."}
        async with parts.running():
            parts.files.unlisted = ("closed/",)
            await parts.change()
            assert sorted(await parts.documents()) == ["a.md", "closed/b.md"]

    run_virtual(main())


def test_a_broken_file_is_noted_and_tried_again_when_it_changes() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.pdf": "x: Locked.", "b.md": "x: Words."}
        parts.files.troubles["a.pdf"] = DocumentLocked()
        async with parts.running():
            assert (await parts.documents())["a.pdf"].trouble == "document-locked"
            assert parts.knowledge.progress == KnowledgeProgress(done=2, total=2, failed=1)
            await parts.change()
            assert parts.files.reads.count("a.pdf") == 1
            parts.files.modified_ns["a.pdf"] = 2
            await parts.change()
            assert parts.files.reads.count("a.pdf") == 2
            del parts.files.troubles["a.pdf"]
            parts.files.modified_ns["a.pdf"] = 3
            await parts.change()
            assert (await parts.documents())["a.pdf"].trouble == ""
            assert parts.knowledge.progress == KnowledgeProgress(done=2, total=2)
        assert parts.told == []

    run_virtual(main())


def test_of_a_half_file_what_is_there_is_known_and_that_it_is_half() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.pdf": "page 1: The boiler is old."}
        parts.files.troubles["a.pdf"] = DocumentPartial()
        async with parts.running():
            document = (await parts.documents())["a.pdf"]
            assert (document.trouble, document.passages, document.unread) == ("document-partial", 1, False)
            assert parts.knowledge.progress == KnowledgeProgress(done=1, total=1)
            assert (await parts.knowledge.search("boiler"))[0].passage.path == "a.pdf"

    run_virtual(main())


def test_permission_given_later_is_noticed() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "x: Words."}
        parts.files.forbidden = {"a.md"}
        async with parts.running():
            assert (await parts.documents())["a.md"].trouble == DocumentForbidden.code
            await parts.change()
            assert parts.files.reads == []
            parts.files.forbidden = set()
            await parts.change()
            assert (await parts.documents())["a.md"].trouble == ""
            parts.files.forbidden = {"a.md"}
            await parts.change()
            assert await parts.found("words") == []

    run_virtual(main())


def test_a_file_that_went_before_it_was_read() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "x: Words."}
        task = asyncio.create_task(parts.knowledge.run())
        await asyncio.sleep(0.05)
        parts.files.texts.clear()
        await asyncio.sleep(LONG_S)
        assert await parts.documents() == {}
        assert parts.told == []
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    run_virtual(main())


def test_no_file_is_begun_while_a_turn_runs() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "x: Words.", "b.md": "x: More."}
        parts.talking = True
        async with parts.running():
            assert parts.files.reads == []
            parts.talking = False
            await parts.files.begun.wait()
            parts.talking = True
            await asyncio.sleep(LONG_S)
            assert parts.files.reads == ["a.md"]

    run_virtual(main())


def test_trouble_of_the_whole_is_told_once_and_tried_again_later() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "x: Words."}
        parts.store.trouble = StoreFull()
        task = asyncio.create_task(parts.knowledge.run())
        await asyncio.sleep(10 * RETRY.longest_s)
        assert parts.told == [parts.store.trouble]
        assert parts.knowledge.trouble is parts.store.trouble
        assert 10 < parts.files.scans < 25, "each time it waits longer, up to an hour"
        parts.store.trouble = StoreReadOnly()
        await asyncio.sleep(RETRY.longest_s + 1)
        assert len(parts.told) == 2, "another trouble is news"
        parts.store.trouble = None
        await asyncio.sleep(RETRY.longest_s + 1)
        assert parts.knowledge.trouble is None
        assert list(await parts.documents()) == ["a.md"]
        parts.files.trouble = ReaderMissing()
        parts.files.news.set()
        await asyncio.sleep(RETRY.first_s - 1)
        scans = parts.files.scans
        await asyncio.sleep(2)
        assert parts.files.scans == scans + 1, "after it went well the waiting starts anew"
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    run_virtual(main())


def test_a_reader_that_is_missing_condemns_no_file() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "x: Words."}
        parts.files.troubles["a.md"] = ReaderMissing()
        async with parts.running():
            assert await parts.documents() == {}
            assert [trouble.code for trouble in parts.told] == ["reader-missing"]
            assert not parts.knowledge.progress.working

    run_virtual(main())


def test_a_mistake_of_ours_ends_nothing() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "x: Words."}
        parts.files.troubles["a.md"] = ZeroDivisionError()
        async with parts.running():
            assert [type(trouble) for trouble in parts.told] == [Bug]
            parts.files.troubles.clear()
            await asyncio.sleep(4 * RETRY.first_s)
            assert list(await parts.documents()) == ["a.md"]

    run_virtual(main())


# Searching


def test_found_by_words_and_by_meaning() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {
            "home.md": "tea: Descale the kettle monthly.\nbins: Bins go out on Monday.\nx: Boiler hums."
        }
        async with parts.running():
            best = (await parts.knowledge.search("descale the teapot"))[0]
            assert (best.passage.text, best.passage.place, best.passage.path) == (
                "Descale the kettle monthly.",
                "tea",
                "home.md",
            )
            assert best.shares_words
            assert best.cosine > parts.embedder.least_alike
            by_meaning = {f.passage.text: f for f in await parts.knowledge.search("teapot")}
            assert set(by_meaning) == {"Descale the kettle monthly.", "Boiler hums."}
            assert not by_meaning["Boiler hums."].shares_words
            assert len(await parts.found("kettle", 1)) == 1
            assert await parts.found("kettle", 0) == []
            assert await parts.found("zebra") == []

    run_virtual(main())


def test_the_index_follows_without_being_read_again() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "x: The kettle."}
        async with parts.running():
            assert await parts.found("teapot") == ["The kettle."]
            parts.store.passage_vector.clear()  # what is asked from here on comes from memory
            assert await parts.found("teapot") == ["The kettle."]
            parts.files.texts = {"a.md": "x: The big kettle.", "b.md": "x: A boiler."}
            await parts.change()
            assert sorted(await parts.found("teapot")) == ["A boiler.", "The big kettle."]
            del parts.files.texts["b.md"]
            await parts.change()
            assert await parts.found("teapot") == ["The big kettle."]

    run_virtual(main())


class Slow(FakeStore):
    """Reading vectors, and storing or removing files, waits where a gate is set."""

    def __init__(self) -> None:
        super().__init__()
        self.gate: asyncio.Event | None = None
        self.reached = asyncio.Event()
        self.read = 0

    async def _wait(self) -> None:
        self.reached.set()
        if self.gate is not None:
            await self.gate.wait()

    async def passage_vectors(self, embedder: str) -> Vectors:
        self.read += 1
        found = await super().passage_vectors(embedder)
        await self._wait()
        return found

    async def remove_documents(self, ids: Sequence[str]) -> tuple[int, ...]:
        await self._wait()
        return await super().remove_documents(ids)


def test_the_index_is_read_ahead_of_the_first_question_while_nobody_talks() -> None:
    async def main() -> None:
        store = Slow()
        first = Parts(store)
        first.files.texts = {"a.md": "x: The kettle."}
        async with first.running():
            pass
        store.read = 0
        second = Parts(store)
        second.files.texts = dict(first.files.texts)
        second.talking = True
        async with second.running():
            assert store.read == 0
            second.talking = False
            await asyncio.sleep(LONG_S)
            assert store.read == 1
            assert second.embedder.asked == []
            assert await second.found("teapot") == ["The kettle."]
            await second.change()
            assert store.read == 1

    run_virtual(main())


def test_a_question_waits_for_no_file_that_is_being_taken_out() -> None:
    async def main() -> None:
        store = Slow()
        parts = Parts(store)
        parts.files.texts = {"a.md": "x: The kettle.", "b.md": "x: A boiler."}
        async with parts.running():
            store.gate = asyncio.Event()
            del parts.files.texts["b.md"]
            await parts.change()
            async with asyncio.timeout(1):
                assert await parts.found("teapot") == ["The kettle."]
            store.gate.set()
            await asyncio.sleep(LONG_S)
            assert set(await parts.documents()) == {"a.md"}

    run_virtual(main())


def test_what_is_erased_while_the_index_is_read_is_not_held() -> None:
    async def main() -> None:
        store = Slow()
        parts = Parts(store)
        parts.files.texts = {"a.md": "x: The kettle."}
        async with parts.running():
            pass
        parts.knowledge.forget()
        store.gate, store.read = asyncio.Event(), 0
        store.reached.clear()
        asking = asyncio.create_task(parts.found("teapot"))
        await store.reached.wait()
        parts.knowledge.forget()
        store.gate.set()
        assert await asking == ["The kettle."]
        assert await parts.found("teapot") == ["The kettle."]
        assert store.read == 2
        await parts.found("teapot")
        assert store.read == 2

    run_virtual(main())


def test_what_is_erased_while_a_file_is_read_hinders_nothing() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "x: A kettle."}
        async with parts.running():
            parts.files.embedder = None
            parts.files.texts = {"b.md": "x: A boiler."}  # as long as the one that went, which is kept for comparison
            parts.files.begun.clear()
            parts.files.news.set()
            await parts.files.begun.wait()
            parts.knowledge.forget()
            await asyncio.sleep(LONG_S)
            assert set(await parts.documents()) == {"b.md"}
            assert await parts.found("teapot") == ["A boiler."]

    run_virtual(main())


def test_what_is_stored_while_the_index_is_made_is_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> None:
        monkeypatch.setattr(vectors, "LOADED_AT_ONCE", 1)
        store = Slow()
        first = Parts(store)
        first.files.texts = {f"{number}.md": f"x: Words {number}." for number in range(9)} | {"a.md": "x: The kettle."}
        async with first.running():
            pass
        second = Parts(store)
        second.files.texts = {"b.md": "x: A boiler."}
        store.gate = asyncio.Event()
        store.reached.clear()
        task = asyncio.create_task(second.knowledge.run())
        await store.reached.wait()
        asking = asyncio.create_task(second.found("teapot"))
        store.gate.set()
        assert await asking == []  # the file has gone, and the look at the folder has not told yet
        await asyncio.sleep(LONG_S)
        assert await second.found("teapot") == ["A boiler."]
        assert store.read == 1 + 1
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    run_virtual(main())


def test_passages_of_an_earlier_session_leave_the_index_when_they_are_missed() -> None:
    async def main() -> None:
        store = FakeStore()
        first = Parts(store)
        first.files.texts = {"a.md": "x: The kettle."}
        async with first.running():
            pass
        second = Parts(store)
        second.files.texts = {"a.md": "x: Some other words."}
        assert await second.found("teapot") == ["The kettle."]
        async with second.running():
            assert await second.found("teapot") == []

    run_virtual(main())


def test_a_passage_found_by_words_may_go_in_that_moment() -> None:
    async def main() -> None:
        class Late(FakeStore):
            async def match_passages(self, query: str, *, limit: int) -> tuple[tuple[int, float], ...]:
                return (*await super().match_passages(query, limit=limit), (999, 0.5))

        parts = Parts(Late())
        parts.files.texts = {"a.md": "x: The kettle."}
        async with parts.running():
            assert await parts.found("kettle") == ["The kettle."]

    run_virtual(main())


def test_without_an_embedder_words_still_find() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "x: The kettle."}
        async with parts.running():
            parts.embedder.trouble = StoreReadOnly()  # any trouble will do
            (found,) = await parts.knowledge.search("kettle")
            assert (found.cosine, found.shares_words) == (0.0, True)

    run_virtual(main())


def test_another_embedder_gives_all_passages_new_vectors_while_nobody_talks() -> None:
    async def main() -> None:
        store = FakeStore()
        first = Parts(store)
        many = 3 * EMBEDDED_AT_ONCE
        first.files.texts = {"a.md": "\n".join(f"x: Kettle {number}." for number in range(many))}
        async with first.running():
            assert first.embedder.asked == []
        second = Parts(store, FakeEmbedder("fake-2", MEANT_ALIKE))
        second.files.texts = first.files.texts
        second.talking = True
        async with second.running():
            assert second.embedder.asked == []
            assert await second.found("teapot") == [], "not by meaning yet"
            second.talking = False
            await asyncio.sleep(LONG_S)
            assert len(second.embedder.asked) == many
            assert len(await second.found("teapot")) == 5
            assert second.files.reads == []
            assert KnowledgeProgress(done=1, total=1, working=True) in second.shown
            assert second.knowledge.progress == KnowledgeProgress(done=1, total=1)

    run_virtual(main())


def test_vectors_of_another_embedder_are_not_taken() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "x: The kettle."}
        parts.files.embedder = FakeEmbedder("fake-9")
        await parts.found("anything")  # the index is there before
        async with parts.running():
            assert parts.embedder.asked == ["a. x. The kettle."], "nor anything for a question before"
            assert await parts.found("teapot") == ["The kettle."]
            parts.knowledge.forget()
            assert await parts.found("teapot") == ["The kettle."]

    run_virtual(main())


def test_a_file_that_went_while_nobody_watched_is_not_quoted() -> None:
    async def main() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "x: The kettle is hot.", "b.md": "x: The kettle is cold."}
        async with parts.running():
            assert len(await parts.found("kettle")) == 2
            del parts.files.texts["a.md"]
            assert await parts.found("kettle") == ["The kettle is cold."]

    run_virtual(main())


def test_a_store_that_takes_no_vectors_is_not_asked_for_ever() -> None:
    async def main() -> None:
        class Deaf(FakeStore):
            async def set_passage_vectors(self, embedder: str, values: object) -> None:
                pass

        parts = Parts(Deaf())
        parts.files.texts = {"a.md": "x: The kettle."}
        parts.files.embedder = None
        async with parts.running():
            assert len(parts.embedder.asked) == 1

    run_virtual(main())


def test_the_callbacks_may_be_left_out() -> None:
    async def main() -> None:
        files = FakeFiles(None)
        files.texts = {"a.md": "x: Words."}
        store = FakeStore()
        knowledge = Knowledge(store, files, FakeEmbedder(), idle=lambda: True, on_trouble=lambda _: None)
        task = asyncio.create_task(knowledge.run())
        await asyncio.sleep(1)
        await settle()
        assert len(await store.documents()) == 1
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    run_virtual(main())


# Words


def test_key_words() -> None:
    assert key_words("What do my notes say about the Tomatoes?") == {"tomato"}
    assert key_words("Boxes, dishes, churches; ladies' buses") == {"box", "dish", "church", "lady", "buse"}
    assert key_words("Anna’s glass and Anna's bus, its basis") == {"anna", "glass", "bus", "basis"}
    assert key_words("gas") == {"gas"}


def test_sentences() -> None:
    assert sentences('He came at 3.5 p.m. today. "Why?" she said.\n- next line\n\nDr. Who, e.g. this one! Yes') == [
        "He came at 3.5 p.m. today.",
        '"Why?"',
        "she said.",
        "- next line",
        "Dr. Who, e.g. this one!",
        "Yes",
    ]


def test_a_listing_knows_what_it_could_not_see() -> None:
    listing = Listing(files=(FileSeen(path="a", bytes=1, modified_ns=1),), unlisted=("b/",))
    assert listing.may_hold("b/c")
    assert not listing.may_hold("bc")
    assert Listing(unlisted=("",)).may_hold("anything")


def test_where_no_files_may_be_read_none_is_and_nobody_is_troubled() -> None:
    async def story() -> None:
        parts = Parts()
        parts.files.texts = {"a.md": "kettle: The kettle is red."}
        parts.allowed = False
        task = asyncio.create_task(parts.knowledge.run())
        await settle()
        assert not await parts.store.documents()
        assert parts.told == []
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        with pytest.raises(KnowledgeForbidden):
            await parts.knowledge.sync()
        parts.allowed = True
        await parts.knowledge.sync()
        assert await parts.knowledge.search("kettle")
        parts.allowed = False
        assert await parts.knowledge.search("kettle") == ()
        assert not parts.knowledge.allowed

    run_virtual(story())
