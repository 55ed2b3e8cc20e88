"""One store called from many event loops, each in a thread of its own, also while its files are exchanged."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import open_store
from sottovoce.adapters.store.engine.threads import ClosableQueue, settle
from sottovoce.domain.errors import SottovoceError, StoreFailed, StoreTrouble
from tests.contracts.store import message
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sottovoce.adapters.store import EncryptedStore
    from sottovoce.adapters.store.engine.connection import ConnectionOpener

KEY = bytes(range(32))
THREADS = 10
EACH = 30


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EncryptedStore]:
    opened = await open_store(Places.under(tmp_path), key=KEY)
    yield opened
    await opened.close()


async def _talk(store: EncryptedStore, conversation: str) -> int:
    """Append and read one after another and at once; how many messages it found in the end."""
    for number in range(EACH):
        said = message(f"word {number}", conversation)
        await store.append(said)
        assert (await store.messages(conversation, limit=1)) == (said,)
    await asyncio.gather(*(store.append(message("together", conversation)) for _ in range(EACH)))
    return len(await store.messages(conversation, limit=9 * EACH))


async def _in_threads(store: EncryptedStore, threads: ThreadPoolExecutor) -> list[int]:
    def talk(number: int) -> int:
        return asyncio.run(_talk(store, f"c{number}"))

    loop = asyncio.get_running_loop()
    return await asyncio.gather(*(loop.run_in_executor(threads, talk, number) for number in range(THREADS)))


async def test_ten_threads_with_loops_of_their_own_share_a_store(store: EncryptedStore) -> None:
    with ThreadPoolExecutor(THREADS) as threads:
        assert await _in_threads(store, threads) == [2 * EACH] * THREADS
    report = await store.report()
    assert (report.messages, report.conversations, report.faults) == (2 * EACH * THREADS, THREADS, ())


async def test_they_wait_while_the_files_are_exchanged_and_lose_nothing(store: EncryptedStore) -> None:
    async def same() -> ConnectionOpener:
        await asyncio.sleep(0)
        return store.opener

    with ThreadPoolExecutor(THREADS) as threads:
        talking = asyncio.ensure_future(_in_threads(store, threads))
        times = 0
        while not talking.done():
            await store.exchange(same)
            times += 1
        assert await talking == [2 * EACH] * THREADS
    assert times > 1


async def test_a_call_made_during_an_exchange_is_answered_after_it(store: EncryptedStore) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> ConnectionOpener:
        begun.set()
        await go_on.wait()
        return store.opener

    exchanging = asyncio.create_task(store.exchange(slow))
    await begun.wait()
    said = [message("here"), message("there", "c2")]
    here = asyncio.create_task(store.append(said[0]))
    with ThreadPoolExecutor(1) as threads:
        there = asyncio.get_running_loop().run_in_executor(threads, lambda: asyncio.run(store.append(said[1])))
        done, _ = await asyncio.wait({here, there}, timeout=0.05)
        assert not done
        go_on.set()
        await asyncio.gather(exchanging, here, there)
    assert await store.messages("c1", limit=9) == (said[0],)
    assert await store.messages("c2", limit=9) == (said[1],)


async def test_a_store_that_cannot_be_opened_again_answers_nobody_and_keeps_nobody_waiting(
    tmp_path: Path, store: EncryptedStore
) -> None:
    waiting: list[asyncio.Task[object]] = []

    async def lost() -> ConnectionOpener:
        waiting.append(asyncio.create_task(store.append(message("late"))))
        waiting.append(asyncio.create_task(store.messages("c1", limit=1)))
        await asyncio.sleep(0)
        (Places.under(tmp_path).database).rename(tmp_path / "elsewhere.db")
        return store.opener

    with pytest.raises(StoreTrouble):
        await store.exchange(lost)
    for outcome in await asyncio.gather(*waiting, return_exceptions=True):
        assert isinstance(outcome, StoreFailed)
    with pytest.raises(StoreFailed):
        await store.append(message("later"))


async def test_closing_leaves_no_thread_waiting(store: EncryptedStore) -> None:
    talking = threading.Barrier(THREADS + 1)

    async def until_closed() -> int:
        number = 0
        talking.wait()
        while True:
            await store.append(message("word"))
            number += 1

    def told() -> bool:
        with pytest.raises(StoreFailed):
            asyncio.run(until_closed())
        return True

    with ThreadPoolExecutor(THREADS) as threads:
        loop = asyncio.get_running_loop()
        ends = [loop.run_in_executor(threads, told) for _ in range(THREADS)]
        talking.wait()
        await store.append(message("word"))
        await store.close()
        assert await asyncio.gather(*ends) == [True] * THREADS


async def test_a_loop_that_is_gone_keeps_nobody_else_from_an_answer(store: EncryptedStore) -> None:
    held = threading.Event()
    let_go = threading.Event()

    def hold(_: object) -> None:
        held.set()
        let_go.wait()

    holding = asyncio.create_task(store._write(hold))  # noqa: SLF001 - the writer must be busy meanwhile
    with ThreadPoolExecutor(1) as threads:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(threads, held.wait)

        async def leave() -> None:
            left = asyncio.ensure_future(store.append(message("left behind")))
            await asyncio.sleep(0)
            assert not left.done()

        await loop.run_in_executor(threads, lambda: asyncio.run(leave()))
    after = asyncio.create_task(store.append(message("after")))
    await asyncio.sleep(0)
    let_go.set()
    await asyncio.gather(holding, after)
    assert (await store.messages("c1", limit=9))[-1].content == "after"


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, StopIteration, MemoryError])
async def test_a_job_that_raises_what_ends_threads_keeps_nobody_waiting(
    store: EncryptedStore, error: type[BaseException]
) -> None:
    def bad(_: object) -> None:
        raise error

    for call in (store._write, store._read):  # noqa: SLF001 - what every call goes through
        with pytest.raises(SottovoceError):
            await call(bad)
    with pytest.raises(SottovoceError):
        await store._run_alone(bad)  # noqa: SLF001 - as above
    said = message("it goes on")
    await store.append(said)
    assert await store.message(said.id) is not None


class SeenFuture(asyncio.Future[int]):
    """Knows on which thread it was settled."""

    thread = 0

    def set_result(self, result: int) -> None:
        self.thread = threading.get_ident()
        super().set_result(result)


def test_who_waits_on_another_loop_is_told_on_that_loop() -> None:
    async def wait(ready: list[SeenFuture], both: threading.Barrier) -> tuple[int, int]:
        future = SeenFuture()
        ready.append(future)
        both.wait(HANGS_S)
        if both.wait(HANGS_S) == 0:
            settle([(future, number) for number, future in enumerate(ready)])
        await future
        return future.thread, threading.get_ident()

    ready: list[SeenFuture] = []
    both = threading.Barrier(2)
    with ThreadPoolExecutor(2) as threads:
        seen = list(threads.map(lambda _: asyncio.run(wait(ready, both)), range(2)))
    assert all(told == own for told, own in seen)
    assert len({own for _, own in seen}) == 2


class SlowJobs:
    """A queue into which a call is just being put."""

    def __init__(self) -> None:
        self.reached, self.go = threading.Event(), threading.Event()
        self.put_at_last = threading.Event()

    def put(self, _: object) -> None:
        self.reached.set()
        assert self.go.wait(HANGS_S)
        self.put_at_last.set()


def test_a_queue_is_not_closed_while_a_call_is_put_into_it() -> None:
    jobs = SlowJobs()
    calls = ClosableQueue(jobs)  # type: ignore[arg-type] # a queue as far as it goes

    async def call() -> None:
        calls.submit(lambda _: None).cancel()

    closed_after: list[bool] = []
    calling = threading.Thread(target=lambda: asyncio.run(call()))
    calling.start()
    assert jobs.reached.wait(HANGS_S)

    def close() -> None:
        calls.close(StoreFailed())
        closed_after.append(jobs.put_at_last.is_set())

    closing = threading.Thread(target=close)
    closing.start()
    closing.join(0.05)
    jobs.go.set()
    closing.join()
    calling.join()
    assert closed_after == [True], "else the call could wait for ever behind the last one that is answered"
