"""The figures of an open home: what its parts have recorded, and what they know anyway."""

from __future__ import annotations

import contextlib
import os
import time
from typing import TYPE_CHECKING

from sottovoce.adapters.native_memory import resident_bytes
from sottovoce.domain import figures
from sottovoce.domain.figures import FIGURES, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sottovoce.home.home import Home

_PLACES = {figure.name: place for place, figure in enumerate(FIGURES)}
_OF_CACHE = {
    "stale": figures.CACHE_STALE,
    "loads": figures.CACHE_LOADS,
    "generations": figures.CACHE_GENERATIONS,
    "failures": figures.CACHE_FAILURES,
    "waits": figures.CACHE_WAITS,
    "evictions": figures.CACHE_EVICTIONS,
    "entries": figures.CACHE_ENTRIES,
    "bytes": figures.CACHE_BYTES,
    "lock_wait_s": figures.CACHE_LOCK_WAIT,
}
"""Figures by their names in the cache's own statistics."""


LOOK_S = 2.0
"""Longest wait for the disks: what lies on one that does not answer is missing then."""


async def read_figures(home: Home) -> tuple[Reading, ...]:
    """All figures at this moment, in the order of `FIGURES`; nothing in them was said.

    Only the disks are waited for, on a thread: whoever talks meanwhile is not held up by a slow one.
    """
    on_disk: tuple[Reading, ...] = ()
    with contextlib.suppress(TimeoutError):
        on_disk = await home.services.looker.run(lambda: tuple(_on_disk(home)), deadline_s=LOOK_S)
    found = (*home.figures.readings(), *_of_cache(home), *_of_parts(home), *on_disk)
    return tuple(sorted(found, key=lambda one: (_PLACES[one.figure.name], one.labels)))


def _of_cache(home: Home) -> Iterator[Reading]:
    stats = home.recollection.cache.get_stats()
    yield Reading(figure=figures.CACHE_LOOKS, labels=("hit",), value=stats["hits"])
    yield Reading(figure=figures.CACHE_LOOKS, labels=("miss",), value=stats["misses"])
    for name, figure in _OF_CACHE.items():
        yield Reading(figure=figure, value=stats[name])
    yield Reading(figure=figures.CACHE_UNWRITTEN, value=(stats["store"] or {}).get("waiting", 0))


def _of_parts(home: Home) -> Iterator[Reading]:
    yield Reading(figure=figures.MODEL_FAILING, value=home.speech.language_model.failing)
    yield Reading(figure=figures.MEMORY, value=resident_bytes())


def _on_disk(home: Home) -> Iterator[Reading]:
    """What only the disks can tell."""
    with contextlib.suppress(OSError):
        yield Reading(figure=figures.STORE_BYTES, value=home.places.database.stat().st_size)
    made = sorted(_made_at(home.places.backups))
    yield Reading(figure=figures.BACKUPS, value=len(made))
    if made:
        yield Reading(figure=figures.BACKUP_AGE, value=max(0.0, time.time() - made[-1]))


def _made_at(folder: Path) -> Iterator[float]:
    """When each backup in this folder was written last."""
    try:
        with os.scandir(folder) as entries:
            yield from (one.stat().st_mtime for one in entries if one.name.endswith(".backup") and one.is_file())
    except OSError:  # a disk that is not mounted: there is none then
        return
