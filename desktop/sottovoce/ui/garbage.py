"""Garbage is collected in the thread of the windows alone: an object of Qt freed by another one ends the process."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

GENERATIONS = 3


def collect_due() -> None:
    """Collect, in this thread, what Python's own thresholds say is due: the oldest generation first."""
    for generation in reversed(range(GENERATIONS)):
        threshold = gc.get_threshold()[generation]
        if 0 < threshold < gc.get_count()[generation]:
            gc.collect(generation)
            return


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
