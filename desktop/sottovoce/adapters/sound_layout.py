"""Where the sound lies in a file, by its chunks: the sizes that a header tells are often not true.

A program that writes into a pipe can't know its length and writes 0 or something huge; one that is killed never comes
to correct what it wrote; some leave out the byte that fills up an odd chunk. libsndfile reads what the sizes say and
tells nothing, so they are compared with the file first: where the end of the sound is plain it is taken, and where a
part is missing that is told.
"""

from __future__ import annotations

import io
import os
import re
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

STREAMED_FROM = 0x7FFF_0000
"""Sizes from here on are written by programs that can't know the length: the file's end is the sound's end."""

_ID = re.compile(rb"[A-Za-z0-9_][A-Za-z0-9_ .]{3}")
_MOST_CHUNKS = 10_000
"""Chunks that are looked at; no recording has more than some ten."""

_DATA_WITHIN = 1 << 20
"""Bytes in which sound is looked for behind a chunk whose size is wrong."""

_LARGEST_RIFF = 0xFFFF_FFFF - 1024
_RIFF_HEAD = 12
_CHUNK_HEAD = 8
_W64_HEAD = 40
_W64_CHUNK_HEAD = 24


class _NoChunk(Exception):
    """What stands where a chunk should begin is none."""


class CutShort(Exception):
    """A part of the sound is missing."""


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int

    @property
    def size(self) -> int:
        return self.end - self.start


def sound_in(file: BinaryIO) -> BinaryIO:
    """The file as its decoder shall read it: itself, or with a header that tells the truth.

    Raises:
        CutShort: It ends before its sound does.
        OSError: It can't be read.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(_W64_HEAD)
    file.seek(0)
    if head[:4] == b"RIFF" and (len(head) < _RIFF_HEAD or head[8:12] == b"WAVE"):
        return _wave(file, size)
    if head[:4] == b"RF64" and head[8:12] == b"WAVE":
        return _rf64(file, size)
    if head[:4] == b"FORM" and head[8:12] in {b"AIFF", b"AIFC"}:
        _check_chunks(file, size, b"SSND", ">")
    elif head[:4] == b"riff" and len(head) == _W64_HEAD:
        _check_w64(file, size)
    elif head[:4] == b".snd":
        offset, length = struct.unpack(">II", head[4:12]) if len(head) >= _RIFF_HEAD else (0, size + 1)
        if length < STREAMED_FROM and offset + length > size:
            raise CutShort
    return file


def _wave(file: BinaryIO, size: int) -> BinaryIO:
    try:
        layout, broken = _chunks_to(file, size, b"data", "<"), False
    except _NoChunk:
        layout, broken = None, True
    layout = layout or _searched(file, size)
    if layout is None and not broken:
        raise CutShort
    if layout is None:
        file.seek(0)
        return file
    form, data, told = layout
    there = _true_size(file, data, told, size)
    plain = there == told and form == _Span(_RIFF_HEAD + _CHUNK_HEAD, data.start - _CHUNK_HEAD)
    if form is None or plain or there > _LARGEST_RIFF:
        file.seek(0)
        return file  # its decoder reads it as it is, or tells what is wrong
    file.seek(form.start)
    described = file.read(form.size)
    header = b"WAVE" + _chunk(b"fmt ", described) + struct.pack("<4sI", b"data", there)
    head = b"RIFF" + struct.pack("<I", len(header) + there) + header
    return cast("BinaryIO", _Spliced(head, file, _Span(data.start, data.start + there)))


def _true_size(file: BinaryIO, data: _Span, told: int, size: int) -> int:
    """How long the sound is.

    Raises:
        CutShort: The file ends before.
    """
    left = size - data.start
    if told >= STREAMED_FROM:
        return min(told, left)
    if told > left:
        raise CutShort
    if _only_chunks(file, data.start + told, size):
        return told
    return left  # what follows is no chunk but sound: who wrote it never came to tell the right size


def _only_chunks(file: BinaryIO, start: int, size: int) -> bool:
    """Whether nothing but whole chunks follows (the last may be cut), with or without the byte that fills up."""
    for position in dict.fromkeys((start + start % 2, start)):
        at = position
        for _ in range(_MOST_CHUNKS):
            if size - at < _CHUNK_HEAD:
                return True
            file.seek(at)
            kind, length = struct.unpack("<4sI", file.read(_CHUNK_HEAD))
            if not _ID.fullmatch(kind):
                break
            at += _CHUNK_HEAD + length + length % 2
    return False


def _chunks_to(file: BinaryIO, size: int, wanted: bytes, order: str) -> tuple[_Span | None, _Span, int] | None:
    """The chunk that describes the sound, the one that holds it, and its told size; None if the file ends before.

    Raises:
        _NoChunk: There is something else on the way.
    """
    at, form = _RIFF_HEAD, None
    for _ in range(_MOST_CHUNKS):
        if size - at < _CHUNK_HEAD:
            return None
        file.seek(at)
        kind, length = struct.unpack(f"{order}4sI", file.read(_CHUNK_HEAD))
        if not _ID.fullmatch(kind):
            break
        at += _CHUNK_HEAD
        if kind == wanted:
            return form, _Span(at, size), length
        if kind == b"fmt ":
            form = _Span(at, at + length)
        at = _next(file, at + length, size)
    raise _NoChunk


def _next(file: BinaryIO, end: int, size: int) -> int:
    """Where the chunk behind one that ends here begins: chunks lie at even places, but not all programs know."""
    even = end + end % 2
    if even != end and size - end >= _CHUNK_HEAD:
        file.seek(end)
        here = file.read(_CHUNK_HEAD)
        if not _ID.fullmatch(here[1:5]) and _ID.fullmatch(here[:4]):
            return end
    return even


def _searched(file: BinaryIO, size: int) -> tuple[_Span | None, _Span, int] | None:
    """The same by looking for it: the size of a chunk on the way is wrong."""
    file.seek(0)
    beginning = file.read(_DATA_WITHIN)
    form, data = beginning.find(b"fmt "), beginning.find(b"data", beginning.find(b"fmt ") + 20)
    if form < 0 or data < 0 or size - data < _CHUNK_HEAD:
        return None
    (length,) = struct.unpack_from("<I", beginning, form + 4)
    (told,) = struct.unpack_from("<I", beginning, data + 4)
    start = form + _CHUNK_HEAD
    return _Span(start, min(start + length, data)), _Span(data + _CHUNK_HEAD, size), told


def _rf64(file: BinaryIO, size: int) -> BinaryIO:
    file.seek(_RIFF_HEAD)
    head = file.read(_CHUNK_HEAD + 16)
    layout = _readable(file, size, b"data", "<")
    if layout is None or len(head) < _CHUNK_HEAD + 16 or head[:4] != b"ds64":
        raise CutShort
    (told,) = struct.unpack_from("<Q", head, 16)
    if 0 < told < 1 << 62 and layout[1].start + told > size:
        raise CutShort
    file.seek(0)
    return file


def _readable(file: BinaryIO, size: int, wanted: bytes, order: str) -> tuple[_Span | None, _Span, int] | None:
    """As `_chunks_to`; what lies broken is taken for sound that is all there, and left to the decoder to tell."""
    try:
        return _chunks_to(file, size, wanted, order)
    except _NoChunk:
        return None, _Span(size, size), 0


def _check_chunks(file: BinaryIO, size: int, wanted: bytes, order: str) -> None:
    layout = _readable(file, size, wanted, order)
    if layout is None or (layout[2] < STREAMED_FROM and layout[1].start + layout[2] > size):
        raise CutShort
    file.seek(0)


def _check_w64(file: BinaryIO, size: int) -> None:
    at = _W64_HEAD
    while size - at >= _W64_CHUNK_HEAD:
        file.seek(at)
        kind, length = struct.unpack("<4s12xQ", file.read(_W64_CHUNK_HEAD))
        if kind == b"data":
            if _W64_CHUNK_HEAD < length < 1 << 62 and at + length > size:
                raise CutShort
            file.seek(0)
            return
        at += max(_W64_CHUNK_HEAD, length + -length % 8)
        if at > _W64_HEAD + _MOST_CHUNKS * _W64_CHUNK_HEAD and length < _W64_CHUNK_HEAD:
            file.seek(0)
            return
    raise CutShort


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack("<4sI", kind, len(content)) + content + bytes(len(content) % 2)


class _Spliced(io.RawIOBase):
    """A header of our own in front of a part of a file."""

    def __init__(self, header: bytes, file: BinaryIO, part: _Span) -> None:
        super().__init__()
        self._header, self._file, self._part = header, file, part
        self._at = 0

    def seekable(self) -> bool:
        """It is."""
        return True

    def readable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Where the next byte comes from."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go there."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: len(self._header) + self._part.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - whatever can be written to
        """Fill the buffer as far as there is something."""
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and (piece := self._next(len(view) - filled)):
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
            self._at += len(piece)
        return filled

    def _next(self, count: int) -> bytes:
        inside = self._at - len(self._header)
        if inside < 0:
            return self._header[self._at : self._at + count]
        self._file.seek(self._part.start + inside)
        return self._file.read(max(0, min(count, self._part.size - inside)))
