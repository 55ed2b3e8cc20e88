"""Files of one export: all new, for the user alone, and removed again if it comes to nothing."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WRITE = os.O_WRONLY | getattr(os, "O_BINARY", 0)
_NEW = _WRITE | os.O_CREAT | os.O_EXCL


class NewFile:
    """A new file, 0600, with what an import checks it by."""

    def __init__(self, path: str) -> None:
        """Make it.

        Raises:
            OSError: It is there already, or can't be made.
        """
        self._descriptor = os.open(path, _NEW, 0o600)
        self._digest = hashlib.sha256()
        self.bytes = 0

    def write(self, text: str) -> None:
        """Add text; what half a surrogate pair is left of becomes a question mark."""
        content = _encoded(text)
        self._digest.update(content)
        self.bytes += len(content)
        _write_all(self._descriptor, content)

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)

    @property
    def sum(self) -> str:
        """SHA-256 of all that was written, hex."""
        return self._digest.hexdigest()


class ExportFiles:
    """The files and folders that were made."""

    def __init__(self, folder: Path) -> None:
        """Prepare; `folder` is there and empty."""
        self._begin = f"{folder}{os.sep}"
        self._made: list[str] = []
        """In text: as `Path` each of many small files costs as much as its words."""

    @contextlib.contextmanager
    def new(self, name: str) -> Iterator[NewFile]:
        """A new file for the length of the block."""
        file = NewFile(self._path(name))
        try:
            yield file
        finally:
            file.close()

    def add(self, name: str, text: str, *, new: bool) -> None:
        """Add text to a file that is closed again: of these there may be more than can be open at once."""
        path = self._path(name) if new else self._begin + name
        descriptor = os.open(path, _NEW if new else _WRITE | os.O_APPEND, 0o600)
        try:
            _write_all(descriptor, _encoded(text))
        finally:
            os.close(descriptor)

    def make_folder(self, name: str) -> None:
        """A new folder, 0700."""
        Path(self._path(name)).mkdir(mode=0o700)

    def remove(self) -> None:
        """Remove what was made, files before their folder."""
        for path in map(Path, reversed(self._made)):
            with contextlib.suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)

    def _path(self, name: str) -> str:
        path = self._begin + name
        self._made.append(path)
        return path


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _write_all(descriptor: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]
