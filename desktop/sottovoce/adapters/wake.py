"""The machine's clocks, and waking when something is due by one of them.

Qt's and asyncio's timers stand still while the machine sleeps, and know nothing of a clock that is set. On Linux two
timers of the kernel do: one counts what passed since the start, sleep too, one follows the clock on the wall and tells
when that is set. Elsewhere, and beside them, is looked again every so often.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.memory.schedule import Wakes

LOOK_S: Final = 20.0
"""Seconds after which is looked again where nothing else wakes us."""
LOOK_ANYWAY_S: Final = 600.0
"""The same where the kernel does: what it does not tell is another zone."""
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_BOOTTIME: Final = getattr(time, "CLOCK_BOOTTIME", None)
_CLOEXEC_NONBLOCK: Final = 0o2004000
_ABSOLUTE: Final = 1
_CANCEL_ON_SET: Final = 2
_NEVER_S: Final = 2.0**31
"""From 1970, or from the start of the machine: farther than anything is kept for."""


class MachineClocks:
    """The clocks of this machine (`memory.schedule.Clocks`)."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        """Have the clock on the wall read by `now`."""
        self._now = now
        self._boot = ""
        if _BOOTTIME is not None and now is time.time:
            with contextlib.suppress(OSError):
                self._boot = _BOOT_ID.read_text().strip()

    def now(self) -> float:
        """See `Clocks`."""
        return self._now()

    def boot(self) -> str:
        """See `Clocks`."""
        return self._boot

    def since_boot(self) -> float:
        """See `Clocks`."""
        return time.clock_gettime(_BOOTTIME) if _BOOTTIME is not None else time.monotonic()


class Waker:
    """Wakes its one waiter. Belongs to one event loop."""

    def __init__(self, *, kernel: bool = True, look_s: float = LOOK_S) -> None:
        """Open the kernel's timers, where there are any.

        Args:
            kernel: Whether there may be any.
            look_s: Seconds after which is looked again where there are none.
        """
        self._look_s = look_s
        self._woken = asyncio.Event()
        self._timers: list[_KernelTimer] = []
        self._loop = asyncio.get_running_loop()
        if kernel and sys.platform == "linux" and _BOOTTIME is not None:
            with contextlib.suppress(OSError, AttributeError):
                for clock in (_BOOTTIME, time.CLOCK_REALTIME):
                    self._timers.append(_KernelTimer(clock))
                for timer in self._timers:
                    self._loop.add_reader(timer.fd, self._fired, timer)

    def set(self) -> None:
        """Wake it now."""
        self._woken.set()

    async def wait(self, wakes: Wakes, longest_s: float | None = None) -> None:
        """Return when one of them is reached, a clock was set, `set` was called, or after a while."""
        look_s = self._look_s
        if len(self._timers) == len((wakes.boot_s, wakes.wall)):
            for timer, due in zip(self._timers, (wakes.boot_s, wakes.wall), strict=True):
                timer.set(_NEVER_S if due is None else due)
            look_s = LOOK_ANYWAY_S
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(look_s if longest_s is None else min(look_s, longest_s)):
                await self._woken.wait()
        self._woken.clear()
        if hasattr(time, "tzset"):
            time.tzset()  # the zone may be another by now

    def close(self) -> None:
        """Give the timers back. Idempotent."""
        while self._timers:
            timer = self._timers.pop()
            self._loop.remove_reader(timer.fd)
            timer.close()

    def _fired(self, timer: _KernelTimer) -> None:
        timer.read()
        self._woken.set()


class _Spec(ctypes.Structure):
    """`struct itimerspec`."""

    _fields_ = (
        ("every_s", ctypes.c_long),
        ("every_ns", ctypes.c_long),
        ("at_s", ctypes.c_long),
        ("at_ns", ctypes.c_long),
    )


class _KernelTimer:
    """A `timerfd`; the standard library has them from Python 3.13 on."""

    def __init__(self, clock: int) -> None:
        """Raises OSError, AttributeError: The system has none."""
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._how = _ABSOLUTE | (_CANCEL_ON_SET if clock == time.CLOCK_REALTIME else 0)
        self.fd = self._libc.timerfd_create(clock, _CLOEXEC_NONBLOCK)
        if self.fd < 0:
            raise OSError(ctypes.get_errno(), "timerfd_create")

    def set(self, at: float) -> None:
        """Fire then, on its clock; at once if that is over."""
        at = min(max(at, 0.001), _NEVER_S)
        spec = _Spec(0, 0, int(at), int(at % 1 * 1e9))
        self._libc.timerfd_settime(self.fd, self._how, ctypes.byref(spec), None)

    def read(self) -> None:
        """Take note that it fired; ECANCELED tells that the clock was set."""
        with contextlib.suppress(OSError):
            os.read(self.fd, 8)

    def close(self) -> None:
        """Close the timer."""
        os.close(self.fd)
