"""Watches the folder for changes, through all that may happen to it."""

from __future__ import annotations

import logging
import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.adapters.knowledge.notifying import Notifier, notifier
from sottovoce.adapters.knowledge.scanning import look, passed_over

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchLimits:
    """How often the folder is looked at."""

    step_ms: int = 400
    """How long the folder must be calm before changes count."""
    together_ms: int = 3000
    """A flood that does not end is reported this often."""
    look_ms: int = 60_000
    """So long is waited for a change before it is seen to whether the folder is still the one that was watched."""
    missing_s: float = 2.0
    """How often is looked whether a folder that is not there has been made again, where the system reports nothing."""
    unwatched_s: float = 60.0
    """How often the folder is gone through where the system reports no changes."""
    blind_s: float = 1800.0
    """How often it is gone through anyway: nobody reports what another machine changes on a network drive."""

    def __post_init__(self) -> None:
        """Refuse what can't work."""
        if min(self.step_ms, self.together_ms, self.look_ms) < 1 or min(self.missing_s, self.unwatched_s) <= 0:
            raise ValueError("limits must be positive")


FLOOD = 2000
"""So many changes at once may be more than the system keeps for us (fs.inotify.max_queued_events is 16,384)."""


class FolderWatch(threading.Thread):
    """Calls `changed` after every change, and whenever one may have been missed; all callbacks on its thread."""

    def __init__(
        self,
        folder: Path,
        *,
        changed: Callable[[], None],
        unwatched: Callable[[], None],
        ended: Callable[[], None],
        limits: WatchLimits,
        make: Callable[[Sequence[str]], Notifier] = notifier,
    ) -> None:
        """Prepare; `start` begins.

        Args:
            folder: What is watched; it need not be there.
            changed: Something changed.
            unwatched: The system reports no changes; it is looked now and then from now on.
            ended: The last thing it does.
            limits: How often.
            make: Makes what watches some folders.
        """
        super().__init__(name="knowledge-watch", daemon=True)
        self._folder = folder
        self._changed = changed
        self._unwatched = unwatched
        self._ended = ended
        self._limits = limits
        self._make = make
        self._stopping = threading.Event()
        self._watching: Notifier | None = None

    def stop(self) -> None:
        """End the thread. Idempotent."""
        self._stopping.set()
        if (watching := self._watching) is not None:
            watching.wake()

    def run(self) -> None:
        """Watch the folder until stopped."""
        try:
            while not self._stopping.is_set():
                self._go_on()
        finally:
            self._ended()

    def _go_on(self) -> None:
        folders = look(self._folder).folders
        if not folders:
            self._await_folder()
            if self._folder.is_dir():
                self._changed()
            return
        try:
            self._watch(folders)
        except FileNotFoundError:  # one went between looking and watching
            self._stopping.wait(self._limits.step_ms / 1000)
        except Exception as failure:  # noqa: BLE001 - whatever it is: looking now and then always works
            log.warning("changes in the knowledge folder are not seen: %s", type(failure).__name__)
            self._unwatched()
            self._stopping.wait(self._limits.unwatched_s)
            self._changed()

    def _await_folder(self) -> None:
        """Until something comes in the nearest folder above that is there: it may be this one."""
        above = next((one for one in self._folder.absolute().parents if one.is_dir()), None)
        try:
            if above is None:
                raise FileNotFoundError  # noqa: TRY301 - the same as if it had gone just now
            watching = self._watching = self._make((str(above),))
        except Exception:  # noqa: BLE001 - whatever it is: looking now and then always works
            self._stopping.wait(self._limits.missing_s)
            return
        try:
            if not self._folder.is_dir() and not self._stopping.is_set():
                watching.watch(self._limits.step_ms, self._limits.step_ms, self._limits.look_ms, self._stopping)
        finally:
            self._watching = None
            watching.close()

    def _watch(self, folders: tuple[str, ...]) -> None:
        """Until stopped, or until there are other folders than these."""
        identity = self._identity()
        limits = self._limits
        watching = self._watching = self._make(folders)
        try:
            self._changed()  # what changed before it was watched
            there = look(self._folder).folders == folders
            blind_ms = 0.0
            while there:
                changes = watching.watch(limits.together_ms, limits.step_ms, limits.look_ms, self._stopping)
                if self._stopping.is_set():
                    return
                there = self._identity() == identity
                blind_ms += limits.look_ms
                if isinstance(changes, set):
                    there = there and not self._moved(changes, folders)
                    if len(changes) >= FLOOD:
                        blind_ms = limits.blind_s * 1000
                if not there or (
                    self._concerned(changes) if isinstance(changes, set) else blind_ms > limits.blind_s * 1000
                ):
                    blind_ms = 0 if isinstance(changes, str) else blind_ms
                    self._changed()
        finally:
            self._watching = None
            watching.close()

    def _concerned(self, changes: set[tuple[int, str]]) -> bool:
        return any(not passed_over(os.path.relpath(path, self._folder)) for _, path in changes)

    def _moved(self, changes: set[tuple[int, str]], folders: tuple[str, ...]) -> bool:
        """Whether a folder came or went."""
        known = set(folders)
        return any(path in known or os.path.isdir(path) for _, path in changes)  # noqa: PTH112 - paths as they are reported

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = self._folder.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino
