"""Which models have decoded in a process of their own, kept by a fingerprint of their files."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import stat
import threading
from typing import TYPE_CHECKING

from sottovoce.adapters.durable_file import read_whole, write_durably

if TYPE_CHECKING:
    from pathlib import Path

PROOFS = "proven-models.json"
"""Below the home's state."""
MOST_BYTES = 1 << 20
MOST_KEPT = 200
"""Proofs; the oldest go first."""
ENDS_BYTES = 4096
"""Read of each file at its beginning and end: a file that was written anew within its old size and time is seen."""


def fingerprint(folder: Path) -> str:
    """What changes when a model's files do, or what decodes with them: place, names, sizes, times, both ends; blocking.

    Raises:
        OSError: The folder can't be read.
    """
    digest = hashlib.sha256(_versions().encode())
    digest.update(os.fsencode(folder.resolve()))
    for parent, folders, names in os.walk(folder, followlinks=False, onerror=_raise):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(parent, name)  # noqa: PTH118 - os.walk's own form
            if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - likewise; a pipe would never open
                continue
            with open(path, "rb") as file:  # noqa: PTH123 - likewise
                status = os.fstat(file.fileno())
                line = f"{os.path.relpath(path, folder)}\0{status.st_size}\0{status.st_mtime_ns}\0"
                digest.update(line.encode("utf-8", "surrogateescape"))
                digest.update(file.read(ENDS_BYTES))
                if status.st_size > ENDS_BYTES:
                    file.seek(-min(ENDS_BYTES, status.st_size - ENDS_BYTES), os.SEEK_END)
                    digest.update(file.read(ENDS_BYTES))
    return digest.hexdigest()


def _raise(error: OSError) -> None:
    raise error


def _versions() -> str:
    found = []
    for package in ("vosk", "sherpa-onnx"):
        try:
            found.append(importlib.metadata.version(package))
        except importlib.metadata.PackageNotFoundError:
            found.append("")
    return "\0".join(found)


class Proofs:
    """A small file of fingerprints; one that can't be read or written only costs another proof."""

    def __init__(self, file: Path | None = None) -> None:
        """Keep them in `file`; in memory alone if there is none."""
        self._file = file
        self._lock = threading.Lock()
        self._here: set[str] = set()

    def has(self, folder: Path) -> bool:
        """Whether the folder has been proven as it is now; blocking."""
        try:
            mark = fingerprint(folder)
        except OSError:
            return False
        with self._lock:
            return mark in self._here or mark in self._read()

    def add(self, folder: Path) -> None:
        """Keep that the folder has been proven as it is now; blocking."""
        try:
            mark = fingerprint(folder)
        except OSError:
            return
        with self._lock:
            self._here.add(mark)
            if self._file is None:
                return
            kept = [one for one in self._read() if one != mark][-MOST_KEPT + 1 :]
            try:
                write_durably(self._file, json.dumps([*kept, mark]).encode())
            except OSError:
                return

    def _read(self) -> list[str]:
        if self._file is None:
            return []
        try:
            kept = json.loads(read_whole(self._file, MOST_BYTES))
        except (OSError, ValueError, RecursionError):
            return []
        return [one for one in kept if isinstance(one, str)] if isinstance(kept, list) else []
