"""A sound file as its decoder shall read it: another header in front of a part of the file.

The decoder calls from C, where an error would end as a trace on the terminal and as the sound's end: it comes later.
"""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from typing import Any, BinaryIO


class CutShort(Exception):
    """A part of the sound is missing."""


@dataclass(frozen=True, slots=True)
class ByteRange:
    """A part of a file, in bytes."""

    start: int
    end: int

    @property
    def size(self) -> int:
        """How many there are."""
        return self.end - self.start


class Spliced(io.RawIOBase):
    """A header of our own in front of a part of a file."""

    def __init__(self, header: bytes, file: BinaryIO, part: ByteRange) -> None:
        super().__init__()
        self._header, self._file, self._part = header, file, part
        self._at = 0
        self._trouble: OSError | None = None

    def complain(self) -> None:
        """Raise what kept the file from being read since it was opened, if anything did.

        Raises:
            OSError: It was that.
        """
        if self._trouble is not None:
            raise self._trouble

    def seekable(self) -> bool:
        """Whether it can be sought in: yes."""
        return True

    def readable(self) -> bool:
        """Whether it can be read: yes."""
        return True

    def tell(self) -> int:
        """Where the next byte comes from."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move to a position."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: len(self._header) + self._part.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - whatever can be written to
        """Fill the buffer as far as there is something."""
        view = memoryview(buffer).cast("B")
        filled = 0
        try:
            while filled < len(view) and (piece := self._next(len(view) - filled)):
                view[filled : filled + len(piece)] = piece
                filled += len(piece)
                self._at += len(piece)
        except OSError as error:
            self._trouble = error
        return filled

    def _next(self, count: int) -> bytes:
        inside = self._at - len(self._header)
        if inside < 0:
            return self._header[self._at : self._at + count]
        self._file.seek(self._part.start + inside)
        return self._file.read(max(0, min(count, self._part.size - inside)))
