"""The kernel's timers wake us; a clock that is set can't be tried here, what it does to us is read like any other."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import time
from pathlib import Path

import pytest

from sottovoce.adapters.wake import MachineClocks, Waker
from sottovoce.memory.schedule import Wakes

ABSOLUTE, CANCEL_ON_SET = 1, 2
"""TFD_TIMER_ABSTIME and TFD_TIMER_CANCEL_ON_SET of Linux."""
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="timerfd is Linux's")


def test_the_machine_has_a_clock_that_goes_on_in_sleep() -> None:
    clocks = MachineClocks()
    assert abs(clocks.now() - time.time()) < 5
    first = clocks.since_boot()
    assert clocks.since_boot() >= first > 0
    assert MachineClocks(lambda: 7.0).now() == 7.0
    assert MachineClocks(lambda: 7.0).boot() == ""


@on_linux
def test_a_start_of_the_machine_has_an_id() -> None:
    assert len(MachineClocks().boot()) == 36


@on_linux
@pytest.mark.parametrize("clock", ["boot", "wall"])
async def test_it_wakes_when_something_is_due(clock: str) -> None:
    clocks, waker = MachineClocks(), Waker()
    try:
        began = time.monotonic()
        due = Wakes(boot_s=clocks.since_boot() + 0.2) if clock == "boot" else Wakes(wall=clocks.now() + 0.2)
        async with asyncio.timeout(30):
            await waker.wait(due)
        assert 0.19 < time.monotonic() - began < 20
        over = Wakes(clocks.since_boot() - 5, clocks.now() - 5)
        async with asyncio.timeout(30):
            await waker.wait(over)
    finally:
        waker.close()
        waker.close()


async def test_it_wakes_when_it_is_told_to_and_after_a_while() -> None:
    waker = Waker()
    try:
        asyncio.get_running_loop().call_soon(waker.set)
        async with asyncio.timeout(30):
            await waker.wait(Wakes())
            await waker.wait(Wakes(), 0.05)
    finally:
        waker.close()


async def test_without_timers_of_the_kernel_it_looks_again() -> None:
    waker = Waker(kernel=False, look_s=0.05)
    async with asyncio.timeout(30):
        await waker.wait(Wakes(boot_s=1e9))
    waker.close()


def timers() -> dict[int, dict[str, str]]:
    """What the kernel tells of this process's timers, by their clock."""
    found = {}
    for fd in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):  # the one that lists them is gone
            if fd.readlink().name == "anon_inode:[timerfd]":
                lines = Path(f"/proc/self/fdinfo/{fd.name}").read_text("ascii").splitlines()
                told = {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
                found[int(told["clockid"])] = told
    return found


@on_linux
async def test_its_timers_go_on_in_sleep_hear_of_a_clock_that_is_set_and_are_nobody_elses() -> None:
    waker = Waker()
    try:
        await waker.wait(Wakes(), 0)
        there = timers()
        assert there.keys() == {time.CLOCK_BOOTTIME, time.CLOCK_REALTIME}
        for clock, how in ((time.CLOCK_BOOTTIME, ABSOLUTE), (time.CLOCK_REALTIME, ABSOLUTE | CANCEL_ON_SET)):
            told = there[clock]
            assert int(told["settime flags"], 8) == how
            assert int(told["flags"], 8) & (os.O_CLOEXEC | os.O_NONBLOCK) == os.O_CLOEXEC | os.O_NONBLOCK
    finally:
        waker.close()
    assert timers() == {}
