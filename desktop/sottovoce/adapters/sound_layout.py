"""Where the sound lies in a file, by its chunks: the sizes that a header names are often not true.

A program that writes into a pipe can't know its length and writes 0 or something huge; one that is killed never comes
to correct what it wrote; some leave out the byte that fills up an odd chunk. libsndfile reads what the sizes say and
tells nothing, so they are compared with the file first: where the end of the sound is plain it is taken, and where a
part is missing that is an error.
"""

from __future__ import annotations

import os
import re
import struct
from typing import BinaryIO, cast

from sottovoce.adapters.sound_containers import STREAMED_FROM, NoChunk, in_container
from sottovoce.adapters.sound_splice import ByteRange, CutShort, Spliced

_ID = re.compile(rb"[A-Za-z0-9_][A-Za-z0-9_ .]{3}")
_MOST_CHUNKS = 10_000
"""Chunks that are looked at; no recording has more than some ten."""

_DATA_WITHIN = 1 << 20
"""Bytes in which sound is looked for behind a chunk whose size is wrong."""

_LARGEST_RIFF = 0xFFFF_FFFF - 1024
_RIFF_HEAD = 12
_CHUNK_HEAD = 8
_W64_HEAD = 40
_UNKNOWN_32 = 0xFFFF_FFFF
_W64_CHUNK_HEAD = 24


def sound_in(file: BinaryIO) -> BinaryIO:
    """The file as its decoder shall read it: itself, or with a true header.

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
    if head[:4] == b"riff" and len(head) == _W64_HEAD:
        return _w64(file, size)
    return in_container(file, size, head)


def _wave(file: BinaryIO, size: int) -> BinaryIO:
    try:
        layout, broken = _chunks_to(file, size, b"data", "<"), False
    except NoChunk:
        layout, broken = None, True
    layout = layout or _searched(file, size)
    if layout is None and not broken:
        raise CutShort
    if layout is None:
        file.seek(0)
        return file
    form, data, written = layout
    there = _true_size(file, data, written, size)
    plain = there == written and form == ByteRange(_RIFF_HEAD + _CHUNK_HEAD, data.start - _CHUNK_HEAD)
    if form is None or plain or there > _LARGEST_RIFF:
        file.seek(0)
        return file  # its decoder reads it as it is, or reports what is wrong
    file.seek(form.start)
    described = file.read(form.size)
    header = b"WAVE" + _chunk(b"fmt ", described) + struct.pack("<4sI", b"data", there)
    head = b"RIFF" + struct.pack("<I", len(header) + there) + header
    return cast("BinaryIO", Spliced(head, file, ByteRange(data.start, data.start + there)))


def _true_size(file: BinaryIO, data: ByteRange, written: int, size: int) -> int:
    """How long the sound is.

    Raises:
        CutShort: The file ends before.
    """
    left = size - data.start
    if written >= STREAMED_FROM:
        return min(written, left)
    if written > left:
        raise CutShort
    if _only_chunks(file, data.start + written, size):
        return written
    return left  # what follows is no chunk but sound: who wrote it never came to write the right size


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


def _chunks_to(file: BinaryIO, size: int, wanted: bytes, order: str) -> tuple[ByteRange | None, ByteRange, int] | None:
    """The chunk that describes the sound, the one that holds it, and its written size; None if the file ends before.

    Raises:
        NoChunk: There is something else on the way.
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
            return form, ByteRange(at, size), length
        if kind == b"fmt ":
            form = ByteRange(at, at + length)
        at = _next(file, at + length, size)
    raise NoChunk


def _next(file: BinaryIO, end: int, size: int) -> int:
    """Where the chunk behind one that ends here begins: chunks lie at even places, but not all programs know."""
    even = end + end % 2
    if even != end and size - end >= _CHUNK_HEAD:
        file.seek(end)
        here = file.read(_CHUNK_HEAD)
        if not _ID.fullmatch(here[1:5]) and _ID.fullmatch(here[:4]):
            return end
    return even


def _searched(file: BinaryIO, size: int) -> tuple[ByteRange | None, ByteRange, int] | None:
    """The same by looking for it: the size of a chunk on the way is wrong."""
    file.seek(0)
    beginning = file.read(_DATA_WITHIN)
    form, data = beginning.find(b"fmt "), beginning.find(b"data", beginning.find(b"fmt ") + 20)
    if form < 0 or data < 0 or size - data < _CHUNK_HEAD:
        return None
    (length,) = struct.unpack_from("<I", beginning, form + 4)
    (written,) = struct.unpack_from("<I", beginning, data + 4)
    start = form + _CHUNK_HEAD
    return ByteRange(start, min(start + length, data)), ByteRange(data + _CHUNK_HEAD, size), written


def _w64(file: BinaryIO, size: int) -> BinaryIO:
    at = _W64_HEAD
    for _ in range(_MOST_CHUNKS):
        if size - at < _W64_CHUNK_HEAD:
            break
        file.seek(at)
        kind, length = struct.unpack("<4s12xQ", file.read(_W64_CHUNK_HEAD))
        start = at + _W64_CHUNK_HEAD
        if kind == b"data":
            unknown = length <= _W64_CHUNK_HEAD or length >= 1 << 62 or length == _UNKNOWN_32
            if not unknown and at + length > size:
                raise CutShort
            file.seek(0)
            return _w64_stated(file, ByteRange(start, size)) if unknown and start < _DATA_WITHIN else file
        at += max(_W64_CHUNK_HEAD, length + -length % 8)
    raise CutShort


def _w64_stated(file: BinaryIO, sound: ByteRange) -> BinaryIO:
    head = bytearray(file.read(sound.start))
    struct.pack_into("<Q", head, 16, sound.end)
    struct.pack_into("<Q", head, sound.start - 8, sound.size + _W64_CHUNK_HEAD)
    return cast("BinaryIO", Spliced(bytes(head), file, sound))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack("<4sI", kind, len(content)) + content + bytes(len(content) % 2)
