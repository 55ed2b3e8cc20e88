"""A thread of one's own: order, deadlines, and an end that can't hang."""

import asyncio
import functools
import threading

import pytest

from sottovoce.adapters.own_thread import MOST_LEFT, OwnThread
from tests.waiting import HANGS_S


async def test_jobs_run_in_order_on_one_thread() -> None:
    thread = OwnThread("mine")
    done: list[int] = []

    def job(number: int) -> str:
        done.append(number)
        return threading.current_thread().name

    names = await asyncio.gather(*(thread.run(functools.partial(job, number)) for number in range(9)))
    assert done == list(range(9))
    assert set(names) == {"mine"}
    await thread.close()
    await thread.close()


async def test_an_error_reaches_who_waits_and_the_thread_lives_on() -> None:
    thread = OwnThread("mine")
    with pytest.raises(ZeroDivisionError):
        await thread.run(lambda: 1 / 0)
    assert await thread.run(lambda: 7) == 7
    await thread.close()


async def test_after_the_end_nothing_runs() -> None:
    thread = OwnThread("mine")
    await thread.close()
    with pytest.raises(RuntimeError):
        thread.submit(lambda: None)


async def test_what_comes_after_the_deadline_is_given_back() -> None:
    thread, go = OwnThread("mine"), threading.Event()
    given_back: list[str] = []
    with pytest.raises(TimeoutError):
        await thread.run(
            lambda: go.wait(HANGS_S) and "late", deadline_s=0.01, undo=lambda late: given_back.append(str(late))
        )
    assert given_back == []
    go.set()
    await thread.close()
    assert given_back == ["late"]


async def test_what_was_delivered_to_a_cancelled_waiter_is_given_back() -> None:
    thread = OwnThread("mine")
    delivered = threading.Event()
    given_back: list[str] = []
    waiting = asyncio.create_task(thread.run(lambda: "result", undo=given_back.append))
    await asyncio.sleep(0)
    thread.submit(delivered.set)
    delivered.wait(HANGS_S)  # the loop has had no chance to take the result
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await thread.close()
    assert given_back == ["result"]


async def test_a_stuck_thread_does_not_hold_up_the_end() -> None:
    thread, go = OwnThread("mine"), threading.Event()
    with pytest.raises(TimeoutError):
        await thread.run(lambda: go.wait(HANGS_S), deadline_s=0.01)
    await thread.close(0.01)
    left = [each for each in threading.enumerate() if each.name == "mine"]
    assert [each.daemon for each in left] == [True]
    go.set()


async def test_what_can_not_be_given_back_is_logged_and_the_thread_lives_on(caplog: pytest.LogCaptureFixture) -> None:
    thread, go = OwnThread("mine"), threading.Event()

    def undo(_: object) -> None:
        raise OSError

    with pytest.raises(TimeoutError):
        await thread.run(lambda: go.wait(HANGS_S), deadline_s=0.01, undo=undo)
    go.set()
    assert await thread.run(lambda: 7) == 7
    delivered = threading.Event()

    def work() -> str:
        delivered.set()
        return "result"

    waiting = asyncio.create_task(thread.run(work, undo=undo))
    await asyncio.sleep(0)
    assert delivered.wait(HANGS_S)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await thread.run(lambda: 8) == 8
    thread.submit(lambda: 1 / 0)
    assert await thread.run(lambda: 9) == 9
    await thread.close()
    assert caplog.text.count("Traceback") == 3


@pytest.mark.parametrize("error", [StopIteration, StopAsyncIteration, SystemExit, KeyboardInterrupt, GeneratorExit])
async def test_what_no_future_takes_or_would_end_the_loop_is_an_error_like_others(error: type[BaseException]) -> None:
    thread = OwnThread("mine")

    def work() -> None:
        raise error

    with pytest.raises(RuntimeError, match=error.__name__):
        await thread.run(work)
    assert await thread.run(lambda: 7) == 7
    await thread.close()


class Native:
    """A call that does not return until it is let go."""

    def __init__(self) -> None:
        self.began, self.go, self.ended = threading.Event(), threading.Event(), threading.Event()

    def __call__(self) -> str:
        self.began.set()
        self.go.wait(HANGS_S)
        self.ended.set()
        return "late"


async def begun(thread: OwnThread, given_back: list[str]) -> Native:
    """One that the thread is stuck in, and nobody waits for any more."""
    native = Native()
    waiting = asyncio.create_task(thread.run(native, undo=given_back.append))
    await asyncio.sleep(0)
    assert native.began.wait(HANGS_S)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    return native


def named(name: str) -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name == name]


async def test_one_that_never_comes_back_is_left_behind_and_another_does_what_has_queued() -> None:
    thread = OwnThread("leaving", stuck_s=0)
    given_back: list[str] = []
    native = await begun(thread, given_back)
    assert await thread.run(lambda: 7) == 7
    stuck, _ = named("leaving")
    native.go.set()
    stuck.join(HANGS_S)
    assert given_back == ["late"]
    assert await thread.run(threading.current_thread) is not stuck
    await thread.close()
    for one in named("leaving"):  # with a limit of 0 s, one that is just done may count as stuck
        one.join(HANGS_S)
    assert named("leaving") == []


async def test_no_more_are_left_behind_than_that_and_one_that_came_back_counts_no_more() -> None:
    thread = OwnThread("leaving", stuck_s=0)
    given_back: list[str] = []
    natives = [await begun(thread, given_back) for _ in range(MOST_LEFT + 1)]
    with pytest.raises(TimeoutError):
        await thread.run(lambda: 7, deadline_s=0.01)
    assert len(named("leaving")) == MOST_LEFT + 1
    first = named("leaving")[0]
    natives[0].go.set()
    first.join(HANGS_S)
    assert await thread.run(lambda: 7) == 7
    for native in natives:
        native.go.set()
    for one in named("leaving")[:-1]:
        one.join(HANGS_S)
    await thread.close()
    assert given_back == ["late"] * len(natives)


async def test_one_that_may_take_its_time_is_waited_for() -> None:
    thread = OwnThread("waiting")
    native = await begun(thread, [])
    queued = asyncio.create_task(thread.run(lambda: 7))
    await asyncio.sleep(0)
    assert len(named("waiting")) == 1
    native.go.set()
    assert await queued == 7
    await thread.close()


async def test_what_would_only_be_given_back_is_not_begun() -> None:
    thread = OwnThread("mine")
    native = await begun(thread, [])
    opened: list[str] = []
    with pytest.raises(TimeoutError):
        await thread.run(lambda: opened.append("stream"), deadline_s=0.01, undo=lambda _: opened.append("closed"))
    with pytest.raises(TimeoutError):
        await thread.run(lambda: opened.append("file"), deadline_s=0.01)
    native.go.set()
    await thread.close()
    assert opened == ["file"]
