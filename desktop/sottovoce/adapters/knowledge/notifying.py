"""What watches folders for changes: inotify itself on Linux, which wakes up for nothing else."""

from __future__ import annotations

import contextlib
import os
import select
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inotify_simple import Event

Changes = set[tuple[int, str]] | str
"""Changes as (kind, path), or "timeout" or "stop"."""


class Notifier(Protocol):
    """`watchfiles.RustNotify`, as far as it is used, and a way to wake it up."""

    def watch(self, debounce_ms: int, step_ms: int, timeout_ms: int, stop_event: threading.Event) -> Changes:
        """Wait for changes.

        Args:
            debounce_ms: A flood that does not end is returned after so long.
            step_ms: So long it must be calm before changes are returned.
            timeout_ms: So long is waited for the first one.
            stop_event: Ends the waiting; `wake` has it looked at now.
        """

    def wake(self) -> None:
        """Look at the stop event now. From any thread."""

    def close(self) -> None:
        """Stop watching."""


def notifier(folders: Sequence[str]) -> Notifier:
    """Watch these folders, each without those inside it.

    Raises:
        FileNotFoundError: One has gone.
        Exception: The system watches no more (watchfiles has no type for that).
    """
    return Inotify(folders) if sys.platform == "linux" else Polled(folders)


class Inotify:
    """Sleeps until the kernel has news: not one wake-up while nothing changes."""

    def __init__(self, folders: Sequence[str]) -> None:
        """Watch the folders, and those above them: a folder also goes with one that it lies in."""
        from inotify_simple import INotify, flags  # noqa: PLC0415 - Linux alone has it

        own = flags.CREATE | flags.DELETE | flags.MODIFY | flags.CLOSE_WRITE | flags.MOVED_FROM | flags.MOVED_TO
        gone = flags.DELETE_SELF | flags.MOVE_SELF | flags.ONLYDIR
        self._overflow = flags.Q_OVERFLOW
        self._gone = flags.DELETE_SELF | flags.MOVE_SELF
        self._ended = flags.IGNORED
        self._folders: dict[int, str] = {}
        self._first = folders[0]
        self._closing = threading.Lock()
        self._wake = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._notify: INotify | None = INotify(nonblocking=True)
        try:
            for folder in folders:
                self._folders[self._notify.add_watch(folder, own | gone)] = folder
            for above in list(Path(os.path.abspath(self._first)).parents)[:-1]:  # noqa: PTH100 - links stay links
                with contextlib.suppress(PermissionError, FileNotFoundError):
                    number = self._notify.add_watch(above, gone | flags.MASK_ADD)
                    self._folders.setdefault(number, str(above))
        except BaseException:
            self.close()
            raise

    def watch(self, debounce_ms: int, step_ms: int, timeout_ms: int, stop_event: threading.Event) -> Changes:
        """See `Notifier`."""
        changed: set[tuple[int, str]] = set()
        until = time.monotonic() + timeout_ms / 1000
        while not stop_event.is_set():
            left_s = until - time.monotonic()
            if left_s <= 0 or not self._readable(min(left_s, step_ms / 1000) if changed else left_s):
                return changed or "timeout"
            if not changed:
                until = time.monotonic() + debounce_ms / 1000
            changed |= self._read()
        return "stop"

    def _readable(self, wait_s: float) -> bool:
        """Whether there is something to read, or to look at, within that time."""
        if self._notify is None:
            return False
        poll = select.poll()
        poll.register(self._notify.fileno(), select.POLLIN)
        poll.register(self._wake, select.POLLIN)
        return bool(poll.poll(max(1, round(wait_s * 1000))))

    def _read(self) -> set[tuple[int, str]]:
        with contextlib.suppress(BlockingIOError):
            os.eventfd_read(self._wake)
        events: list[Event] = self._notify.read(timeout=0) if self._notify is not None else []
        return {(event.mask, self._path(event)) for event in events if not event.mask & self._ended}

    def _path(self, event: Event) -> str:
        """Where it happened; where the kernel could not keep all that happened, the folder itself."""
        folder = self._folders.get(event.wd)
        if event.mask & self._overflow or folder is None:
            return self._first
        return os.path.join(folder, event.name) if event.name else folder  # noqa: PTH118 - any bytes may be a name

    def wake(self) -> None:
        """See `Notifier`."""
        with self._closing:
            if self._notify is not None:
                os.eventfd_write(self._wake, 1)

    def close(self) -> None:
        """See `Notifier`. Idempotent."""
        with self._closing:
            if self._notify is not None:
                self._notify.close()
                self._notify = None
                os.close(self._wake)


class Polled:
    """watchfiles, where there is no inotify: it wakes up each step to see whether it should stop."""

    def __init__(self, folders: Sequence[str]) -> None:
        """Watch the folders; watchfiles itself would go through links and into hidden ones."""
        from watchfiles._rust_notify import RustNotify  # noqa: PLC0415 - its documented core; 40 ms, on our thread

        # The last one would make it pass over every failure, that the system watches no more among them (1.3.0).
        self._notify = RustNotify(list(folders), False, False, 0, False, False)  # noqa: FBT003 - its own signature

    def watch(self, debounce_ms: int, step_ms: int, timeout_ms: int, stop_event: threading.Event) -> Changes:
        """See `Notifier`."""
        return self._notify.watch(debounce_ms, step_ms, timeout_ms, stop_event)

    def wake(self) -> None:
        """Do nothing: it looks at the stop event at each step anyway."""

    def close(self) -> None:
        """See `Notifier`."""
        self._notify.close()
