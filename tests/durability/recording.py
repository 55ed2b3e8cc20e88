"""What a process asked of the disk, in order, as strace saw it; and what it acknowledged in between."""

from __future__ import annotations

import bisect
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROOT = Path(__file__).parents[2]
CALLS = (
    "open,openat,creat,close,dup,dup2,dup3,write,writev,pwrite64,pwritev,pwritev2,lseek,fsync,fdatasync,sync_file_range,"
    "ftruncate,truncate,fallocate,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,mkdirat,"
    "rmdir,copy_file_range,sendfile,io_uring_setup"
)
LIMIT_S = 120

_CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+)")
_ARGUMENT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(?:\.\.\.)?|([^,\s][^,]*)')
_CREATES = frozenset({"O_CREAT", "O_TRUNC"})
_ARGUMENTS = {"openat": 1, "mkdirat": 1, "unlinkat": 1}
"""Calls that name a folder first: paths here are absolute, so that it means nothing."""


class RecordingFailed(Exception):
    """strace can't run here, or saw what this model of a disk does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One change, at the moment it was done."""

    what: str
    """write, truncate, sync, create, rename, unlink, folder or told."""
    file: int = 0
    """Number of the file for write, truncate and sync: the same for its whole life, whatever its name."""
    path: str = ""
    """Inside the home; a folder's for a sync of names (`file` 0); for writes the name the file was opened by."""
    target: str = ""
    offset: int = 0
    data: bytes = b""
    covers: int = 0
    """For a sync: the events before this one were under way when it began."""


@dataclass(frozen=True, slots=True)
class Recording:
    """All of it, and what was there before."""

    before: dict[str, bytes]
    """Content of the home by path; files are numbered in this order, from 1."""
    folders: tuple[str, ...]
    events: tuple[Event, ...]


def record(folder: Path, module: str, *arguments: str) -> Recording:
    """Run `python -m module arguments` under strace and read what it did inside `folder`.

    Raises:
        RecordingFailed: strace is missing or may not trace, or the program failed.
    """
    if shutil.which("strace") is None:
        raise RecordingFailed("the program strace is missing (Debian: strace)")
    before = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    folders = tuple(str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_dir())
    trace = folder.with_name(f"{folder.name}.strace")
    command = [
        "strace",
        "-f",
        "-qq",
        "-xx",
        "-s",
        "4194304",
        "-e",
        f"trace={CALLS}",
        "-e",
        "signal=none",
        "-o",
        str(trace),
    ]
    ran = subprocess.run(
        [*command, "--", sys.executable, "-m", module, *arguments],
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "desktop"), str(ROOT)))},
        timeout=LIMIT_S,
        check=False,
    )
    if ran.returncode:
        raise RecordingFailed(f"strace or what it watched failed:\n{ran.stderr.decode(errors='replace')[-2000:]}")
    with trace.open(encoding="ascii") as lines:
        reader = _Reader(str(folder), tuple(before))
        for begun, done, line in _whole(lines):
            reader.take(begun, done, line)
    trace.unlink()
    return Recording(before, folders, tuple(reader.events))


def _whole(lines: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Each call once it is done: the lines where it began and ended, and its two halves put together."""
    halves: dict[str, tuple[int, str]] = {}
    for number, raw in enumerate(lines):
        thread, _, line = raw.rstrip("\n").partition(" ")
        line = line.strip()
        if line.endswith("<unfinished ...>"):
            halves[thread] = number, line.removesuffix("<unfinished ...>").rstrip()
        elif line.startswith("<..."):
            begun, first = halves.pop(thread)
            yield begun, number, first + line.partition("resumed>")[2]
        else:
            yield number, number, line


class _Reader:
    """Follows descriptors and names from call to call."""

    def __init__(self, home: str, before: Sequence[str]) -> None:
        self.events: list[Event] = []
        self._home = home
        self._done_at: list[int] = []
        self._names = {path: number for number, path in enumerate(before, 1)}
        self._files = len(before)
        self._descriptors: dict[int, tuple[int, str]] = {}
        self._offsets: dict[int, int] = {}
        self._begun = 0

    def take(self, begun: int, done: int, line: str) -> None:
        """Understand one call that was under way between these lines."""
        self._begun = begun
        found = _CALL.match(line)
        if found is None or int(found[3]) < 0:
            return
        name, result = found[1], int(found[3])
        arguments = [
            bytes.fromhex(quoted.replace("\\x", "")) if quoted or not plain else plain.strip()
            for quoted, plain in _ARGUMENT.findall(found[2])
        ]
        handle = getattr(self, f"_{name}", None)
        if handle is not None:
            handle(result, *arguments[_ARGUMENTS.get(name, 0) :])
        elif self._ours_at(arguments):
            raise RecordingFailed(f"the model of the disk does not know {name}")
        self._done_at += [done] * (len(self.events) - len(self._done_at))

    def _ours_at(self, arguments: Sequence[bytes | str]) -> bool:
        inside = any(
            isinstance(one, bytes) and one.decode(errors="replace").startswith(self._home) for one in arguments
        )
        first = arguments[0] if arguments else ""
        return inside or (isinstance(first, str) and first.isdecimal() and int(first) in self._descriptors)

    def _inside(self, path: bytes) -> str | None:
        """The path inside the home; None for the rest of the machine and for the log's index, which is rebuilt."""
        text = path.decode()
        if text == self._home:
            return ""
        if not text.startswith(f"{self._home}/") or text.endswith("-shm"):
            return None
        return text[len(self._home) + 1 :]

    def _openat(self, descriptor: int, path: bytes, flags: str, *_mode: str) -> None:
        inside = self._inside(path)
        if inside is None:
            self._descriptors.pop(descriptor, None)
            return
        if inside in self._names:
            file = self._names[inside]
            if "O_TRUNC" in flags:
                self.events.append(Event(what="truncate", file=file))
        elif "O_CREAT" in flags:
            self._files += 1
            file = self._names[inside] = self._files
            self.events.append(Event(what="create", file=file, path=inside))
        else:
            file = 0
        self._descriptors[descriptor], self._offsets[descriptor] = (file, inside), 0

    _open = _openat

    def _close(self, _result: int, descriptor: str) -> None:
        self._descriptors.pop(int(descriptor), None)

    def _write(self, written: int, descriptor: str, data: bytes, *_size: str) -> None:
        number = int(descriptor)
        if number == 1:
            self.events.append(Event(what="told", data=data))
        elif number in self._descriptors:
            offset = self._offsets[number]
            self._offsets[number] = offset + written
            self._note_write(number, data[:written], offset)

    def _pwrite64(self, written: int, descriptor: str, data: bytes, _size: str, offset: str) -> None:
        if int(descriptor) in self._descriptors:
            self._note_write(int(descriptor), data[:written], int(offset))

    def _note_write(self, descriptor: int, data: bytes, offset: int) -> None:
        file, path = self._descriptors[descriptor]
        self.events.append(Event(what="write", file=file, path=path, data=data, offset=offset))

    def _lseek(self, offset: int, descriptor: str, *_how: str) -> None:
        self._offsets[int(descriptor)] = offset

    def _ftruncate(self, _result: int, descriptor: str, size: str) -> None:
        if int(descriptor) in self._descriptors:
            self.events.append(Event(what="truncate", file=self._descriptors[int(descriptor)][0], offset=int(size)))

    def _fallocate(self, _result: int, descriptor: str, _mode: str, offset: str, size: str) -> None:
        self._ftruncate(0, descriptor, str(int(offset) + int(size)))  # used for new files only

    def _fsync(self, _result: int, descriptor: str) -> None:
        if int(descriptor) in self._descriptors:
            file, path = self._descriptors[int(descriptor)]
            covers = bisect.bisect_left(self._done_at, self._begun)  # not what came while it was under way
            self.events.append(Event(what="sync", file=file, path=path, covers=covers))

    _fdatasync = _fsync

    def _rename(self, _result: int, path: bytes, target: bytes) -> None:
        source, goal = self._inside(path), self._inside(target)
        if source is not None and goal is not None:
            self._names[goal] = self._names.pop(source)
            self.events.append(Event(what="rename", path=source, target=goal))

    def _unlink(self, _result: int, path: bytes) -> None:
        if inside := self._inside(path):
            self._names.pop(inside, None)
            self.events.append(Event(what="unlink", path=inside))

    def _unlinkat(self, _result: int, path: bytes, *_flags: str) -> None:
        self._unlink(0, path)

    def _mkdir(self, _result: int, path: bytes, *_mode: str) -> None:
        if inside := self._inside(path):
            self.events.append(Event(what="folder", path=inside))

    _mkdirat = _mkdir
