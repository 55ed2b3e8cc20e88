"""A disk that loses its power: what it could hold after some of the events of a recording.

Before a sync has come back nothing is certain: of what was written since the last one any part may be there, in any
order, torn at sectors of 512 bytes. Names (new files, renames, removals) are certain after a sync of their folder only.
"""

from __future__ import annotations

import dataclasses
import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from tests.durability.recording import Event, Recording

SECTOR = 512


@dataclasses.dataclass(slots=True)
class _File:
    """What is certain of a file, and what is not yet."""

    content: bytearray
    waiting: list[tuple[int, Event]] = dataclasses.field(default_factory=list)


class Disk:
    """Takes a recording's events one by one; `cut` tells what a power cut after them could leave."""

    def __init__(self, recording: Recording) -> None:
        """Start with what was there before, all of it certain."""
        self._files = {number: _File(bytearray(data)) for number, data in enumerate(recording.before.values(), 1)}
        self._names = {path: number for number, path in enumerate(recording.before, 1)}
        self._folders = set(recording.folders)
        self._waiting: list[tuple[int, Event]] = []
        self._count = 0

    def take(self, event: Event) -> None:
        """One event more has happened."""
        number, self._count = self._count, self._count + 1
        if event.what in {"write", "truncate"}:
            self._files[event.file].waiting.append((number, event))
        elif event.what == "sync" and event.file:
            file = self._files[event.file]
            for _, one in (pair for pair in file.waiting if pair[0] < event.covers):
                _apply(file.content, one)
            file.waiting = [pair for pair in file.waiting if pair[0] >= event.covers]
        elif event.what == "sync":
            certain = [one for at, one in self._waiting if at < event.covers and _folder_of(one) == event.path]
            for one in certain:
                self._rename(one, self._names, self._folders)
            self._waiting = [pair for pair in self._waiting if pair[1] not in certain]
        elif event.what != "told":
            if event.what == "create":
                self._files[event.file] = _File(bytearray())
            self._waiting.append((number, event))

    def cut(self, folder: Path, chance: random.Random) -> None:
        """Write to `folder` (empty) one of the states the disk could have."""
        names, folders = dict(self._names), set(self._folders)
        for event in _some([event for _, event in self._waiting], chance):
            self._rename(event, names, folders)
        reached = {""}
        for path in sorted(folders):  # a folder whose own name was lost takes what is in it along
            if posixpath.dirname(path) in reached:
                reached.add(path)
                (folder / path).mkdir(mode=0o700)
        for path, number in names.items():
            if posixpath.dirname(path) not in reached:
                continue
            file = self._files[number]
            content = bytearray(file.content)
            for event in _some([event for _, event in file.waiting], chance):
                _apply(content, _torn(event, chance))
            (folder / path).write_bytes(content)

    def _rename(self, event: Event, names: dict[str, int], folders: set[str]) -> None:
        if event.what == "create":
            names[event.path] = event.file
        elif event.what == "folder":
            folders.add(event.path)
        elif event.path in names:  # else its own beginning was lost
            number = names.pop(event.path)
            if event.what == "rename":
                names[event.target] = number


def _folder_of(event: Event) -> str:
    return posixpath.dirname(event.path)


def _some(events: list[Event], chance: random.Random) -> list[Event]:
    """What of it reached the disk: nothing, a beginning, all, or any part in any order of losing."""
    way = chance.randrange(4)
    if way == 0:
        return []
    if way == 1:
        return events[: chance.randint(0, len(events))]
    if way == 2:
        return events
    share = chance.random()
    return [event for event in events if chance.random() < share]


def _torn(event: Event, chance: random.Random) -> Event:
    """Perhaps only some sectors of a write."""
    if event.what != "write" or chance.randrange(3):
        return event
    first = SECTOR - event.offset % SECTOR
    edges = [0, *range(first, len(event.data), SECTOR), len(event.data)]
    kept = chance.randint(0, len(edges) - 1)
    if chance.randrange(2):
        return dataclasses.replace(event, data=event.data[: edges[kept]])
    return dataclasses.replace(event, data=event.data[edges[kept] :], offset=event.offset + edges[kept])


def _apply(content: bytearray, event: Event) -> None:
    if event.what == "truncate":
        if event.offset > len(content):
            content.extend(bytes(event.offset - len(content)))
        del content[event.offset :]
    elif event.data:
        if event.offset > len(content):
            content.extend(bytes(event.offset - len(content)))
        content[event.offset : event.offset + len(event.data)] = event.data
