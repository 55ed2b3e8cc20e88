"""The folder with real files, the real watcher and the real worker."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.knowledge.folder import KnowledgeFolder
from sottovoce.adapters.knowledge.notifying import Polled, notifier
from sottovoce.adapters.knowledge.reader import ReaderLimits
from sottovoce.adapters.knowledge.scanning import MOST_DEPTH, look, original, passed_over
from sottovoce.adapters.knowledge.watching import FLOOD, WatchLimits
from sottovoce.adapters.knowledge.worker import MOST_ENCODED
from sottovoce.adapters.python_process import python_command
from sottovoce.domain.errors import (
    DocumentEmpty,
    DocumentGone,
    DocumentLocked,
    DocumentNotText,
    DocumentUnreadable,
    KnowledgeGone,
    KnowledgeTooDeep,
    ReaderMissing,
    SottovoceError,
)
from sottovoce.memory.knowledge import Knowledge, KnowledgeProgress
from tests import processes
from tests.adapters.documents import as_an_ordinary_user, pdf
from tests.fakes_knowledge import FakeEmbedder
from tests.fakes_store import FakeStore
from tests.waiting import HANGS_S, wait_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from sottovoce.adapters.knowledge.notifying import Notifier

    Open = Callable[..., KnowledgeFolder]

QUICK = WatchLimits(step_ms=30, together_ms=200, look_ms=100, missing_s=0.05, unwatched_s=0.1)
STUBBORN = (sys.executable, str(Path(__file__).with_name("stubborn_reader.py")))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    return folder


@pytest.fixture
async def told() -> list[SottovoceError]:
    return []


@pytest.fixture
async def begin(root: Path, told: list[SottovoceError]) -> AsyncIterator[Open]:
    """Make a folder that is closed after the test."""
    async with contextlib.AsyncExitStack() as stack:

        def make(**options: object) -> KnowledgeFolder:
            given = {"embedder": "", "on_trouble": told.append, "watching": QUICK} | options
            folder = KnowledgeFolder(root, **given)  # type: ignore[arg-type]  # the caller's names are checked at run time
            stack.push_async_callback(folder.close)
            return folder

        yield make


async def paths(folder: KnowledgeFolder) -> list[str]:
    return [file.path for file in (await folder.scan()).files]


async def news(folder: KnowledgeFolder) -> None:
    await asyncio.wait_for(folder.changed(), HANGS_S)


async def until(folder: KnowledgeFolder, wanted: Sequence[str]) -> None:
    """Wait from one change to the next until the folder lists this."""
    async with asyncio.timeout(HANGS_S):
        while await paths(folder) != list(wanted):
            await folder.changed()


def workers() -> list[int]:
    return [
        pid
        for pid in processes.children(os.getpid())
        if "knowledge.worker" in processes.command(pid) and processes.running(pid)
    ]


# Listing


async def test_only_texts_that_are_wanted_are_listed(root: Path, begin: Open) -> None:
    for name in ("a.md", "b.TXT", "sub/deep/c.pdf", "d.markdown"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    for name in (
        ".hidden.md",
        "a.md~",
        ".a.md.swp",
        "x.txt.part",
        "#a.md#",
        "~$b.txt",
        "pic.png",
        ".git/c.md",
        "sub/.d/e.md",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    os.mkfifo(root / "pipe.txt")
    Path(os.fsdecode(os.fsencode(root) + b"/no\xfftext.md")).write_text("x")
    (root / "folder.md").mkdir()
    assert await paths(begin()) == ["a.md", "b.TXT", "d.markdown", "sub/deep/c.pdf"]


async def test_links_are_not_followed(root: Path, begin: Open) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("x")
    (root / "link").symlink_to(outside)
    (root / "link.md").symlink_to(outside / "secret.md")
    (root / "round").symlink_to(root)
    assert await paths(begin()) == []
    assert look(root).folders == (str(root),)


@pytest.mark.parametrize("name", [b"no\xfftext.md", b"folder\xff/a.md"])
async def test_a_name_that_is_no_text_is_told_once(
    root: Path, begin: Open, told: list[SottovoceError], name: bytes
) -> None:
    (root / "a.md").write_text("x")
    misnamed = Path(os.fsdecode(os.fsencode(root) + b"/" + name))
    for passed_over_anyway in (b"pic\xff.png", b".hidden\xff.md"):
        Path(os.fsdecode(os.fsencode(root) + b"/" + passed_over_anyway)).write_text("x")
    folder = begin()
    assert await paths(folder) == ["a.md"]
    assert told == []
    for times in (1, 2):
        misnamed.parent.mkdir(exist_ok=True)
        misnamed.write_text("x")
        for _ in range(2):
            assert await paths(folder) == ["a.md"]
        assert [trouble.code for trouble in told] == ["knowledge-misnamed"] * times
        misnamed.unlink()
        if misnamed.parent != root:
            misnamed.parent.rmdir()
        await folder.scan()


async def test_folders_that_lie_too_deep_are_told_once(root: Path, begin: Open, told: list[SottovoceError]) -> None:
    deep = root.joinpath(*["d"] * (MOST_DEPTH + 1))
    deep.mkdir(parents=True)
    (deep / "a.md").write_text("x")
    (deep.parent / "b.md").write_text("x")
    folder = begin()
    for _ in range(2):
        assert [path.rpartition("/")[2] for path in await paths(folder)] == ["b.md"]
        assert isinstance(folder.passed_over, KnowledgeTooDeep)
    assert [trouble.code for trouble in told] == ["knowledge-too-deep"]
    (deep / "a.md").unlink()
    deep.rmdir()
    await folder.scan()
    assert folder.passed_over is None


@pytest.mark.parametrize(
    "copy",
    [
        "plan (conflicted copy 2026-11-29).md",
        "plan (Anna's conflicted copy 2026-11-29).md",
        "plan (conflicted copy 2026-11-29 101500).md",
        "plan (In Konflikt stehende Kopie von Anna 2026-11-29).md",
        "plan.sync-conflict-20261129-101500-ABCDEFG.md",
        "plan_conflict-20261129-101500.md",
        "plan (SFConflict anna@x.org 2026-11-29-10-15-00).md",
        "plan [conflicted].md",
        "plan.Conflict.md",
    ],
)
async def test_a_conflicted_copy_never_answers_in_place_of_its_original(root: Path, begin: Open, copy: str) -> None:
    (root / copy).write_text("The old plan.")
    folder = begin()
    assert await paths(folder) == [copy], "alone, it is all there is"
    (root / "plan.md").write_text("The plan.")
    assert await paths(folder) == ["plan.md"]


@pytest.mark.parametrize("name", ["conflict.md", "resolving conflicts.md", "plan (copy).md", "plan (1).md"])
def test_a_file_about_conflicts_is_no_copy(name: str) -> None:
    assert original(name) is None


async def test_a_change_that_keeps_size_and_time_is_seen(root: Path, begin: Open) -> None:
    file = root / "a.md"
    file.write_text("one")
    folder = begin()
    (before,) = (await folder.scan()).files
    read = await folder.read("a.md")
    assert read.changed_ns == before.changed_ns
    file.write_text("two")
    os.utime(file, ns=(before.modified_ns, before.modified_ns))
    (after,) = (await folder.scan()).files
    assert (after.bytes, after.modified_ns) == (before.bytes, before.modified_ns)
    assert after.changed_ns != before.changed_ns


async def test_no_folder_is_no_file(root: Path, begin: Open) -> None:
    root.rmdir()
    listing = await begin().scan()
    assert (listing.files, listing.unlisted) == ((), ())


def test_a_folder_without_permission_is_told_as_such() -> None:
    with tempfile.TemporaryDirectory() as name, as_an_ordinary_user(name):
        root = Path(name)
        (root / "closed").mkdir()
        (root / "closed" / "a.md").write_text("x")
        (root / "b.md").write_text("x")
        (root / "b.md").chmod(0)
        (root / "closed").chmod(0)
        listing = look(root).listing
        assert listing.unlisted == ("closed/",)
        assert [(file.path, file.readable) for file in listing.files] == [("b.md", os.geteuid() == 0)]
        (root / "closed").chmod(0o700)


def test_folders_without_end_end(root: Path) -> None:
    deep = root
    for _ in range(MOST_DEPTH + 5):
        deep /= "d"
        deep.mkdir()
    (deep / "a.md").write_text("x")
    found = look(root)
    assert found.listing.files == ()
    assert len(found.folders) == MOST_DEPTH + 1


@pytest.mark.parametrize("name", [".x", "a/.git/b.md", "x~", "y.SWP", "z.crdownload", "a\\~$b.txt"])
def test_what_is_passed_over(name: str) -> None:
    assert passed_over(name)


def test_what_is_not_passed_over() -> None:
    assert not passed_over("a/b.part1.md")
    assert not passed_over("parts/temp/x.md")


# Watching


async def test_changes_are_told_once_for_many(root: Path, begin: Open) -> None:
    folder = begin()
    await until(folder, [])
    await news(folder)  # it is watched now
    for name in ("a.md", "b.md"):
        (root / name).write_text("x")
    await news(folder)
    await until(folder, ["a.md", "b.md"])
    (root / "a.md").unlink()
    await until(folder, ["b.md"])
    (root / "b.md").rename(root / "c.md")
    await until(folder, ["c.md"])


async def test_new_folders_are_watched_too(root: Path, begin: Open) -> None:
    folder = begin()
    await until(folder, [])
    await news(folder)
    (root / "sub" / "deep").mkdir(parents=True)
    (root / "sub" / "deep" / "a.md").write_text("x")
    await until(folder, ["sub/deep/a.md"])
    (root / "sub" / "deep" / "b.md").write_text("x")
    await until(folder, ["sub/deep/a.md", "sub/deep/b.md"])
    (root / "sub").rename(root / "other")
    await until(folder, ["other/deep/a.md", "other/deep/b.md"])
    (root / "other" / "deep" / "c.md").write_text("x")
    await until(folder, ["other/deep/a.md", "other/deep/b.md", "other/deep/c.md"])


async def test_the_folder_may_go_and_come_again(root: Path, begin: Open) -> None:
    (root / "a.md").write_text("x")
    folder = begin()
    await until(folder, ["a.md"])
    await news(folder)
    for name in ("b.md", "c.md"):
        shutil.rmtree(root)
        await until(folder, [])
        root.mkdir()
        (root / name).write_text("x")
        await until(folder, [name])


async def test_hidden_and_temporary_files_are_no_news(root: Path, begin: Open) -> None:
    folder = begin()
    await folder.scan()
    await news(folder)
    (root / ".a.md.swp").write_text("x")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(folder.changed(), 0.5)


async def test_a_flood_is_one_change(root: Path, begin: Open) -> None:
    folder = begin(watching=WatchLimits(step_ms=200, look_ms=300))
    await folder.scan()
    await news(folder)
    writing = threading.Thread(target=_flood, args=(root, 5000))
    writing.start()
    times = 0
    async with asyncio.timeout(HANGS_S):
        while len(await paths(folder)) < 5000:
            await folder.changed()
            times += 1
    writing.join()
    assert FLOOD < 5000
    assert times <= 10


def _flood(root: Path, files: int) -> None:
    for number in range(files):
        (root / f"{number}.txt").write_text("x")


async def test_where_nothing_is_told_it_is_looked_now_and_then(
    root: Path, begin: Open, told: list[SottovoceError]
) -> None:
    tries = 0

    def refuse(_folders: Sequence[str]) -> Notifier:
        nonlocal tries
        tries += 1
        raise OSError("no space left on device")

    folder = begin(make=refuse)
    await news(folder)
    (root / "a.md").write_text("x")
    await until(folder, ["a.md"])
    await news(folder)
    assert [trouble.code for trouble in told] == ["knowledge-unwatched"]
    assert tries > 1, "it tries again"


async def test_a_folder_that_goes_in_the_wrong_moment(root: Path, begin: Open, told: list[SottovoceError]) -> None:
    tries = 0

    def late(folders: Sequence[str]) -> Notifier:
        nonlocal tries
        tries += 1
        return notifier([*folders, str(root / "gone")] if tries == 1 else folders)

    folder = begin(make=late)
    await news(folder)
    assert told == []
    assert tries == 2


async def test_now_and_then_it_is_looked_anyway(root: Path, begin: Open) -> None:
    folder = begin(watching=WatchLimits(step_ms=20, look_ms=50, blind_s=0.1))
    await news(folder)
    await news(folder)


def slept(name: str) -> int:
    """How often the thread of that name has gone to sleep of itself."""
    (thread,) = (thread for thread in threading.enumerate() if thread.name == name)
    status = Path(f"/proc/self/task/{thread.native_id}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("voluntary_ctxt"))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere watchfiles looks at each step")
async def test_while_nothing_changes_nothing_wakes_up(root: Path, begin: Open) -> None:
    folder = begin(watching=WatchLimits())
    await folder.scan()
    await news(folder)
    before = slept("knowledge-watch")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(folder.changed(), 1.5)
    assert slept("knowledge-watch") - before <= 1
    (root / "a.md").write_text("x")
    await until(folder, ["a.md"])


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is looked now and then")
async def test_a_folder_that_is_made_or_moved_is_told_without_looking(root: Path, begin: Open) -> None:
    root.rmdir()
    folder = begin(watching=WatchLimits(missing_s=3600, step_ms=30))
    await folder.scan()
    root.mkdir()
    (root / "a.md").write_text("x")
    await until(folder, ["a.md"])
    aside = root.parent.with_name(f"{root.parent.name}-aside")
    root.parent.rename(aside)  # a folder above it: inotify tells only who watches that one
    await until(folder, [])
    aside.rename(root.parent)
    await until(folder, ["a.md"])


@pytest.mark.parametrize("make", [notifier, Polled])
def test_every_notifier_tells_what_changed_and_where(root: Path, make: Callable[[Sequence[str]], Notifier]) -> None:
    watching = make([str(root)])
    (root / "a.md").write_text("x")
    told = watching.watch(2000, 50, round(HANGS_S * 1000), threading.Event())
    assert isinstance(told, set)
    assert {path for _, path in told} == {str(root / "a.md")}
    assert watching.watch(100, 50, 60, threading.Event()) == "timeout"
    stopped = threading.Event()
    stopped.set()
    assert watching.watch(100, 50, 60_000, stopped) == "stop"
    watching.close()


def test_a_notifier_that_is_woken_stops_at_once(root: Path) -> None:
    stopping = threading.Event()
    watching = notifier([str(root)])
    waiting = threading.Thread(target=watching.watch, args=(60_000, 60_000, 60_000, stopping))
    waiting.start()
    stopping.set()
    watching.wake()
    waiting.join(HANGS_S)
    assert not waiting.is_alive()
    watching.close()
    watching.wake()
    watching.close()


def test_limits_are_checked() -> None:
    with pytest.raises(ValueError, match="positive"):
        WatchLimits(step_ms=0)
    with pytest.raises(ValueError, match="positive"):
        ReaderLimits(cpu_s=0)


async def test_closing_twice_and_before_anything(begin: Open) -> None:
    folder = begin()
    await folder.close()
    await folder.close()


# Reading


async def test_a_file_is_read_by_the_worker(root: Path, begin: Open) -> None:
    (root / "garden.md").write_text("# Tomatoes\nPlant them after the last frost.\n" + "Water. " * 300)
    folder = begin()
    read = await folder.read("garden.md")
    assert read.passages[0].place == "Tomatoes"
    assert read.passages[0].text.startswith("# Tomatoes\n\nPlant them")
    assert {"tomato", "frost", "plant", "garden"} <= read.words
    assert (read.bytes, read.modified_ns) == (
        (root / "garden.md").stat().st_size,
        (root / "garden.md").stat().st_mtime_ns,
    )
    assert read.embedder == ""
    assert len(workers()) == 1
    await folder.close()
    assert workers() == []


async def test_troubles_come_from_the_worker_by_name(root: Path, begin: Open) -> None:
    (root / "empty.txt").touch()
    (root / "program.txt").write_bytes(bytes(100))
    (root / "locked.pdf").write_bytes(pdf("Secret.", password="x"))  # noqa: S106 - the test's own
    (root / "broken.pdf").write_bytes(pdf("Text.")[:150])
    os.mkfifo(root / "pipe.txt")
    folder = begin()
    for name, reason in {
        "empty.txt": DocumentEmpty,
        "program.txt": DocumentNotText,
        "locked.pdf": DocumentLocked,
        "broken.pdf": DocumentUnreadable,
        "pipe.txt": DocumentUnreadable,
        "none.txt": DocumentGone,
    }.items():
        with pytest.raises(reason):
            await folder.read(name)
    assert len(workers()) == 1


async def test_the_worker_gives_way_to_everybody(root: Path, begin: Open) -> None:
    (root / "a.txt").write_text("x")
    await begin().read("a.txt")
    (worker,) = workers()
    assert os.getpriority(os.PRIO_PROCESS, worker) == 19
    assert os.sched_getscheduler(worker) == os.SCHED_IDLE
    assert os.getsid(worker) == worker
    limits = Path(f"/proc/{worker}/limits").read_text()
    assert next(line for line in limits.splitlines() if "core file" in line).split()[4] == "0"
    space = next(line for line in limits.splitlines() if "address space" in line).split()[3]
    assert 1024**3 < int(space) < 3 * 1024**3
    assert "a.txt" not in processes.command(worker)


async def test_a_long_file_is_read_at_once_and_its_meaning_left_for_later(root: Path, begin: Open) -> None:
    (root / "long.txt").write_text("\n\n".join(f"Paragraph {n} of a long tale. " * 20 for n in range(MOST_ENCODED + 1)))
    (root / "short.txt").write_text("Plant tomatoes after the last frost.")
    folder = begin(embedder="static-en-1")
    long, short = await folder.read("long.txt"), await folder.read("short.txt")
    assert len(long.passages) > MOST_ENCODED
    assert (long.embedder, {passage.vector for passage in long.passages}) == ("", {None})
    assert short.embedder == "static-en-1"
    assert short.passages[0].vector


async def test_a_file_that_is_there_is_told_without_any_watching(root: Path, begin: Open) -> None:
    (root / "a.txt").write_text("x")
    (root / "folder.txt").mkdir()
    folder = begin()
    assert await folder.present({"a.txt", "b.txt", "folder.txt"}) == {"a.txt"}
    assert workers() == []


async def test_the_worker_ends_when_there_is_nothing_to_read(root: Path, begin: Open) -> None:
    (root / "a.txt").write_text("x")
    folder = begin(reading=ReaderLimits(idle_s=0.1))
    await folder.read("a.txt")
    assert len(workers()) == 1
    async with asyncio.timeout(HANGS_S):
        while workers():  # noqa: ASYNC110 - another process's end is not told
            await asyncio.sleep(0.05)
    assert (await folder.read("a.txt")).bytes == 1


async def test_a_worker_that_was_killed_is_replaced(root: Path, begin: Open) -> None:
    (root / "a.txt").write_text("x")
    folder = begin()
    await folder.read("a.txt")
    os.kill(workers()[0], signal.SIGKILL)
    assert (await folder.read("a.txt")).bytes == 1


async def test_a_worker_killed_in_the_middle_reads_the_file_again(root: Path, begin: Open) -> None:
    (root / "a.txt").write_text("x")
    (root / "big.txt").write_text("some words in a row. " * 100_000)
    folder = begin()
    await folder.read("a.txt")
    (worker,) = workers()
    reading = asyncio.create_task(folder.read("big.txt"))
    await asyncio.sleep(0.05)
    os.kill(worker, signal.SIGKILL)
    read = await reading
    assert len(read.passages) > 1000
    assert workers() != [worker]


async def test_a_file_that_ends_the_worker_is_unreadable(begin: Open) -> None:
    folder = begin(command=(*STUBBORN, "ready"))
    with pytest.raises(DocumentUnreadable):
        await folder.read("end.pdf")
    assert (await folder.read("good.pdf")).sha256 == "0" * 64


async def test_a_file_that_hangs_is_given_up(begin: Open) -> None:
    folder = begin(command=(*STUBBORN, "ready"), reading=ReaderLimits(deadline_s=1.0))
    with pytest.raises(DocumentUnreadable):
        await folder.read("hang.pdf")
    folder._reader._limits = ReaderLimits()  # noqa: SLF001 - another worker may be slow to start on a busy machine
    assert (await folder.read("good.pdf")).sha256 == "0" * 64


async def test_a_file_that_takes_too_much_work_is_given_up(root: Path, begin: Open) -> None:
    (root / "big.txt").write_text("some words in a row. " * 500_000)
    (root / "a.txt").write_text("x")
    folder = begin(reading=ReaderLimits(cpu_s=0.3))
    with pytest.raises(DocumentUnreadable):
        await folder.read("big.txt")
    assert (await folder.read("a.txt")).bytes == 1


async def test_reading_can_be_cancelled(begin: Open) -> None:
    folder = begin(command=(*STUBBORN, "ready"))
    await folder.read("good.pdf")
    reading = asyncio.create_task(folder.read("hang.pdf"))
    await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert (await folder.read("good.pdf")).bytes == 1


async def test_closing_in_the_middle_of_a_file(begin: Open) -> None:
    folder = begin(command=(*STUBBORN, "ready"))
    reading = asyncio.create_task(folder.read("hang.pdf"))
    await asyncio.sleep(0.1)
    await folder.close()
    with pytest.raises(ReaderMissing):
        await reading


@pytest.mark.parametrize("command", [("/nonexistent/worker",), (*STUBBORN, "unready")])
async def test_a_worker_that_does_not_start_condemns_no_file(begin: Open, command: Sequence[str]) -> None:
    folder = begin(command=command)
    with pytest.raises(ReaderMissing):
        await folder.read("a.txt")


def test_the_worker_ends_with_its_parent() -> None:
    with subprocess.Popen(python_command("knowledge_worker"), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(b'{"embedder": ""}\n')
        worker.stdin.flush()
        assert worker.stdout.readline() == b'{"ready": ""}\n'
        worker.stdin.close()
        wait_for(lambda: worker.poll() is not None, HANGS_S)


@pytest.mark.parametrize("taken", [".", "below"])
async def test_half_of_a_folder_that_is_taken_away_meanwhile_is_no_look_at_it(
    root: Path, monkeypatch: pytest.MonkeyPatch, taken: str
) -> None:
    (root / "below").mkdir()
    for name in ("a.txt", "below/b.txt", "below/c.txt"):
        (root / name).write_text("The parcel is here.")
    real, away = os.access, root.with_name("away")

    def taking(path: str, mode: int, **also: bool) -> bool:
        if Path(path).name == "b.txt" and not away.exists():
            (root / taken).resolve().rename(away)
            if taken == "below":
                (root / taken).mkdir()  # as where something was mounted
        return real(path, mode, **also)

    monkeypatch.setattr(os, "access", taking)
    listing = look(root).listing
    assert away.is_dir()
    assert [file.path for file in listing.files] == ([] if taken == "." else ["a.txt"])


# All of it


async def test_a_folder_is_kept_in_step(root: Path, begin: Open, told: list[SottovoceError]) -> None:
    for number in range(200):
        (root / f"n{number}.md").write_text(
            f"# Note {number}\n\nThe parcel number {number} is on shelf {number % 7}.\n"
        )
    (root / "broken.pdf").write_bytes(b"%PDF-1.7")
    store = FakeStore()
    embedder = FakeEmbedder("fake-1")
    shown = asyncio.Event()
    knowledge = Knowledge(
        store, begin(), embedder, idle=lambda: True, on_trouble=told.append, on_progress=lambda _: shown.set()
    )
    task = asyncio.create_task(knowledge.run())

    async def reached(wanted: KnowledgeProgress) -> None:
        async with asyncio.timeout(HANGS_S):
            while knowledge.progress != wanted:
                await shown.wait()
                shown.clear()

    await reached(KnowledgeProgress(done=201, total=201, failed=1))
    assert (await knowledge.search("parcel 77"))[0].passage.path == "n77.md"
    gone = root.rename(root.with_name("gone"))  # at once, as what is unmounted
    shutil.rmtree(gone)
    async with asyncio.timeout(HANGS_S):
        while not told:  # so many at once may be lost, and not removed: they go on the user's word
            await shown.wait()
            shown.clear()
    assert await knowledge.forget_gone() == 201
    root.mkdir()
    (root / "again.txt").write_text("The parcel is here.")
    await reached(KnowledgeProgress(done=1, total=1))
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert [type(trouble) for trouble in told] == [KnowledgeGone]
