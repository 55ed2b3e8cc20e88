"""The moment before a press: kept in locked memory, taken once, wiped."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.adapters.locked_memory import LockedMemory, MemoryNotLocked
from sottovoce.adapters.microphone_stream import Capture, MicrophoneLimits
from sottovoce.adapters.own_thread import OwnThread
from sottovoce.adapters.preroll import BLOCKS, SoundRing, Standby
from sottovoce.adapters.standby import Device, StandbyKeeper
from sottovoce.domain.audio import BLOCK_BYTES
from sottovoce.domain.errors import MicrophoneMissing
from tests.virtual_time import settle
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import Callable


def block(number: int) -> bytes:
    return bytes([number]) * BLOCK_BYTES


def locked_kb() -> int:
    with open("/proc/self/status", encoding="utf-8") as status:  # noqa: PTH123 - it is no file
        return next(int(line.split()[1]) for line in status if line.startswith("VmLck"))


def test_memory_is_locked_and_wiped_when_it_is_given_back() -> None:
    before = locked_kb()
    memory = LockedMemory(BLOCK_BYTES)
    assert locked_kb() > before
    memory.write(0, b"secret")
    assert memory.read(0, 6) == b"secret"
    with pytest.raises(ValueError, match="outside"):
        memory.write(BLOCK_BYTES, b"x")
    memory.wipe()
    assert memory.read(0, 6) == bytes(6)
    memory.close()
    memory.close()
    memory.wipe()
    assert locked_kb() == before


UNLOCKABLE = """
import resource
from sottovoce.adapters.locked_memory import LockedMemory, MemoryNotLocked
resource.setrlimit(resource.RLIMIT_MEMLOCK, (0, 0))
try:
    LockedMemory(640)
except MemoryNotLocked:
    print("refused")
"""


def test_memory_that_cannot_be_locked_is_not_used() -> None:
    # Root may lock whatever the limit says: as another user, where this is root.
    ran = subprocess.run(
        [sys.executable, "-c", UNLOCKABLE], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
        preexec_fn=_without_rights,
    )  # fmt: skip
    assert ran.stdout.strip() == "refused"


def _without_rights() -> None:
    import ctypes  # noqa: PLC0415 - in the child

    ctypes.CDLL(None).prctl(24, 14, 0, 0, 0)  # PR_CAPBSET_DROP, CAP_IPC_LOCK


def test_a_ring_has_the_newest_and_gives_them_once() -> None:
    ring = SoundRing()
    for number in range(BLOCKS + 5):
        ring.add(block(number))
    assert ring.take() == [block(number) for number in range(5, BLOCKS + 5)]
    assert ring.take() == []
    ring.add(block(1))
    ring.wipe()
    assert ring.take() == []
    ring.close()


def listening() -> Capture:
    return Capture(asyncio.get_running_loop(), MicrophoneLimits())


async def heard(capture: Capture, count: int) -> list[bytes]:
    return [await anext(capture) for _ in range(count)]


async def test_what_was_kept_comes_first_then_what_comes_and_later_it_is_kept_again() -> None:
    standby = Standby(lambda: None)
    for number in (1, 2):
        standby.callback(block(number), 320, None, None)
    capture = listening()
    standby.attach(capture)
    standby.callback(block(3), 320, None, None)
    assert await heard(capture, 3) == [block(1), block(2), block(3)]
    standby.detach()
    standby.callback(block(4), 320, None, None)
    later = listening()
    standby.attach(later)
    assert await heard(later, 1) == [block(4)]
    standby.detach()
    standby.callback(block(5), 320, None, None)
    standby.forget()
    last = listening()
    standby.attach(last)
    standby.callback(block(6), 320, None, None)
    assert await heard(last, 1) == [block(6)]
    standby.close()
    standby.callback(block(7), 320, None, None)
    standby.finished()


async def test_a_stream_that_ends_is_told_to_whoever_listens() -> None:
    told: list[str] = []
    standby = Standby(lambda: told.append("ended"))
    standby.callback(block(1), 320, None, None)
    capture = listening()
    standby.attach(capture)
    standby.finished()
    assert await heard(capture, 1) == [block(1)]
    with pytest.raises(Exception, match="stopped"):
        await anext(capture)
    assert told == ["ended"]
    assert standby.ended
    standby.close()


class Streams:
    """A device whose streams the test drives."""

    def __init__(self) -> None:
        self.sinks: list[Any] = []
        self.closed = 0
        self.missing = False
        self.elsewhere = False

    def open(self, sink: Any) -> int:  # noqa: ANN401 - as the real one
        if self.missing:
            raise MicrophoneMissing
        self.sinks.append(sink)
        return len(self.sinks)

    def close(self, _stream: object) -> None:
        self.closed += 1


async def kept(streams: Streams, story: Callable[[StandbyKeeper, list[bool]], Any]) -> list[bool]:
    told: list[bool] = []
    thread = OwnThread("microphone")
    device = Device(
        open_stream=streams.open, close_stream=streams.close, is_elsewhere=lambda _stream: streams.elsewhere
    )
    keeper = StandbyKeeper(device, thread, MicrophoneLimits(), told.append)
    keeper.start()
    keeper.start()
    async with asyncio.timeout(HANGS_S):
        await story(keeper, told)
    await keeper.stop()
    await keeper.stop()
    await thread.close()
    assert streams.closed == len(streams.sinks)
    assert not keeper.keeps
    return told


async def until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110 - a thread brings it about
        await asyncio.sleep(0.01)


async def test_a_press_takes_over_what_is_open() -> None:
    streams = Streams()

    async def story(keeper: StandbyKeeper, told: list[bool]) -> None:
        await until(lambda: keeper.keeps)
        assert told == [True]
        streams.sinks[0].callback(block(1), 320, None, None)
        capture = listening()
        async with keeper.taken(capture) as taken:
            assert taken
            assert await heard(capture, 1) == [block(1)]
        keeper.forget()
        assert len(streams.sinks) == 1

    assert await kept(streams, story) == [True, False]


@pytest.mark.parametrize("why", ["elsewhere", "ended", "not there"])
async def test_what_is_not_right_any_more_is_closed_and_the_press_opens_its_own(why: str) -> None:
    streams = Streams()
    streams.missing = why == "not there"

    async def story(keeper: StandbyKeeper, _told: list[bool]) -> None:
        if why == "not there":
            await settle()
        else:
            await until(lambda: keeper.keeps)
            streams.sinks[0].callback(block(1), 320, None, None)
        if why == "ended":
            streams.sinks[0].finished()
        streams.elsewhere = why == "elsewhere"
        async with keeper.taken(listening()) as taken:
            assert not taken
            assert not keeper.keeps
            streams.elsewhere = streams.missing = False
            await settle()
            assert not keeper.keeps, "the press has the device for itself"
        await until(lambda: keeper.keeps)

    await kept(streams, story)


async def test_where_no_memory_is_locked_nothing_is_kept_and_a_press_works(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: LockedMemory, _size: int) -> None:
        raise MemoryNotLocked

    monkeypatch.setattr(LockedMemory, "__init__", refuse)
    streams = Streams()

    async def story(keeper: StandbyKeeper, _told: list[bool]) -> None:
        await settle()
        async with keeper.taken(listening()) as taken:
            assert not taken

    assert await kept(streams, story) == []


async def test_a_machine_that_slept_ends_what_was_being_heard() -> None:
    slept_s = 0.0
    capture = Capture(asyncio.get_running_loop(), MicrophoneLimits(), lambda: slept_s)
    capture.callback(block(1), 320, None, None)
    await settle()
    slept_s = 60.0
    capture.callback(block(2), 320, None, None)
    assert [one async for one in capture] == [block(1)]
