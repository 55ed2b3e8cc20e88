"""Garbage is collected in the thread of the windows alone: an object of Qt freed by another one ends the process."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from collections.abc import Iterator

GENERATIONS = 3


def collect_due() -> bool:
    """Collect, in this thread, what Python's own thresholds say is due: the oldest generation first.

    Returns:
        Whether anything was due.
    """
    for generation in reversed(range(GENERATIONS)):
        threshold = gc.get_threshold()[generation]
        if 0 < threshold < gc.get_count()[generation]:
            gc.collect(generation)
            return True
    return False


class Collector:
    """Collects garbage now and then, from Qt's loop, as long as something happens: who is idle is not woken for it."""

    def __init__(self, every_ms: int) -> None:
        """Wait for the first thing that happens.

        Args:
            every_ms: How often garbage is looked for, at most; and how long after the last thing that happened.
        """
        self._timer = QTimer(singleShot=True, interval=every_ms)
        self._timer.timeout.connect(self._collect)

    def happened(self) -> None:
        """Something ran that may leave garbage behind, or that a thread has been given work by."""
        if not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def _collect(self) -> None:
        if collect_due():  # and so a thread may be at work that tells nothing yet
            self._timer.start()


@contextmanager
def collected_here_only() -> Iterator[None]:
    """Keep Python from collecting by itself, in whatever thread happens to allocate; `collect_due` does it instead."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
