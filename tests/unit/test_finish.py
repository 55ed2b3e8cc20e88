"""Clean-up that finishes."""

from __future__ import annotations

import asyncio

import pytest

from sottovoce.memory.finish import both, finish


async def test_finish_finishes_however_often_it_is_cancelled() -> None:
    gate, ended = asyncio.Event(), []

    async def cleanup() -> str:
        await gate.wait()
        ended.append("whole")
        return "done"

    waiting = asyncio.create_task(finish(cleanup()))
    for _ in range(2):
        await asyncio.sleep(0)
        waiting.cancel()
    await asyncio.sleep(0)
    assert not waiting.done()
    gate.set()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert ended == ["whole"]
    assert await finish(cleanup()) == "done"


async def test_finish_passes_a_failure_on_unless_it_was_cancelled() -> None:
    gate = asyncio.Event()

    async def broken() -> None:
        await gate.wait()
        raise OSError

    waiting = asyncio.create_task(finish(broken()))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.sleep(0)
    gate.set()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    with pytest.raises(OSError, match=r"^$"):
        await finish(broken())


async def test_finish_does_not_mind_a_cleanup_that_was_cancelled_itself() -> None:
    gate = asyncio.Event()
    inner: list[asyncio.Task[None] | None] = []

    async def cleanup() -> None:
        inner.append(asyncio.current_task())
        await gate.wait()

    waiting = asyncio.create_task(finish(cleanup()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    waiting.cancel()
    (task,) = inner
    assert task is not None
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_of_two_things_at_once_none_is_left_alone() -> None:
    async def give(value: str) -> str:
        await asyncio.sleep(0)
        return value

    ended = []

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("ended")

    async def broken() -> None:
        raise OSError

    assert await both(give("a"), give("b")) == ("a", "b")
    with pytest.raises(OSError, match=r"^$"):
        await both(wait(), broken())
    with pytest.raises(OSError, match=r"^$"):
        await both(broken(), wait())
    assert ended == ["ended"] * len(ended)
    waiting = asyncio.create_task(both(wait(), wait()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert len(ended) >= 2
