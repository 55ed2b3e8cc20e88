"""Where the sound lies in AIFF, AIFF-C, RIFX, RF64, CAF and AU: the size that is written there, compared with the file.

One rule for all: a size of nothing, or of as much as can be written down, was written by who could not know it, and the
sound goes to the file's end; a size beyond that end means that sound is missing; and where what follows the written
size is no chunk, it is sound, too.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import BinaryIO, cast

from sottovoce.adapters.sound_splice import ByteRange, CutShort, Spliced

STREAMED_FROM = 0x7F00_0000
"""Sizes from here on are written by programs that can't know the length: the file's end is the sound's end."""
_STREAMED_64 = 1 << 62
_UNKNOWN_32 = 0xFFFF_FFFF

_ID = re.compile(rb"[A-Za-z0-9_(][A-Za-z0-9_ .)]{3}")
_MOST_CHUNKS = 10_000
_MOST_HEADER = 1 << 20
"""Bytes before the sound that are held; no recording has more than some kilobytes."""
_AU_HEAD = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class _Container:
    """How a kind of file is laid out."""

    size: str
    """Format of a chunk's size, behind the four letters of its kind."""
    first: int
    """Where the first chunk begins."""
    data: bytes
    """The chunk that holds the sound."""
    before: int = 0
    """Bytes at its beginning that are no sound."""
    even: bool = True
    """Whether chunks lie at even places."""
    totals: tuple[tuple[int, str, int], ...] = ()
    """Place, format and what to add to the sound's end of sizes that take in the whole file."""
    sound_at: int = 0
    """Where the sound's size is written instead, as eight bytes; 0 if at its chunk."""

    @property
    def streamed_from(self) -> int:
        """Sizes from here on say nothing."""
        wide = self.sound_at or struct.calcsize(self.size) > struct.calcsize("I")
        return _STREAMED_64 if wide else STREAMED_FROM


_AIFF = _Container(size=">I", first=12, data=b"SSND", before=8, totals=((4, ">I", -8),))
_RIFX = _Container(size=">I", first=12, data=b"data", totals=((4, ">I", -8),))
_RF64 = _Container(size="<I", first=12, data=b"data", totals=((20, "<Q", -8),), sound_at=28)
_CAF = _Container(size=">Q", first=8, data=b"data", before=4, even=False)


def in_container(file: BinaryIO, size: int, head: bytes) -> BinaryIO:
    """The file as its decoder shall read it: itself, or with a true header.

    Args:
        file: Is at its beginning, and is left there.
        size: Its bytes.
        head: How it begins.

    Raises:
        CutShort: It ends before its sound does.
    """
    if head[:4] in {b".snd", b"dns."}:
        return _au(file, size, head)
    form = _form_of(head)
    if form is None:
        return file
    if form is _RF64 and (len(head) < _RF64.sound_at + 8 or head[12:16] != b"ds64"):
        raise CutShort
    try:
        start, written = _data_in(file, size, form)
        if form.sound_at:
            (written,) = struct.unpack_from("<Q", head, form.sound_at)
        there = _true_size(file, form, ByteRange(start, size), written)
    except NoChunk:
        there = written = start = 0  # its decoder reports what is wrong
    file.seek(0)
    least = form.sound_at + 8 if form.sound_at else 0  # a damaged size puts the sound where a size should stand
    return file if there == written or not least <= start <= _MOST_HEADER else _spliced(file, form, start, there)


class NoChunk(Exception):
    """What stands where a chunk should begin is none."""


def _form_of(head: bytes) -> _Container | None:
    if head[:4] == b"FORM" and head[8:12] in {b"AIFF", b"AIFC"}:
        return _AIFF
    if head[8:12] == b"WAVE":
        return {b"RIFX": _RIFX, b"RF64": _RF64}.get(head[:4])
    return _CAF if head[:4] == b"caff" else None


def _data_in(file: BinaryIO, size: int, form: _Container) -> tuple[int, int]:
    """Where the sound's chunk begins, behind its size, and that size."""
    at = form.first
    for _ in range(_MOST_CHUNKS):
        found = _chunk_at(file, size, at, form)
        if found is None:
            raise CutShort
        kind, start, written = found
        if not _ID.fullmatch(kind):
            break
        if kind == form.data:
            return start, written
        at = start + written + (written % 2 if form.even else 0)
    raise NoChunk


def _chunk_at(file: BinaryIO, size: int, at: int, form: _Container) -> tuple[bytes, int, int] | None:
    """Kind, begin of the content and written size of a chunk; None where the file has no room for one."""
    long = 4 + struct.calcsize(form.size)
    if size - at < long:
        return None
    file.seek(at)
    head = file.read(long)
    return head[:4], at + long, int(struct.unpack(form.size, head[4:])[0])


def _true_size(file: BinaryIO, form: _Container, data: ByteRange, written: int) -> int:
    """How much the chunk of the sound holds."""
    if written <= form.before or written >= form.streamed_from or written == _UNKNOWN_32:
        return data.size
    if written > data.size:
        raise CutShort
    return written if _only_chunks(file, data.end, data.start + written, form) else data.size


def _only_chunks(file: BinaryIO, size: int, at: int, form: _Container) -> bool:
    """Whether nothing but chunks follows; the last may be cut."""
    at += at % 2 if form.even else 0
    for _ in range(_MOST_CHUNKS):
        found = _chunk_at(file, size, at, form)
        if found is None:
            return True
        kind, start, written = found
        if not _ID.fullmatch(kind):
            return False
        at = start + written + (written % 2 if form.even else 0)
    return False


def _spliced(file: BinaryIO, form: _Container, start: int, there: int) -> BinaryIO:
    """The file with sizes that are true, and without what follows the sound."""
    head = bytearray(file.read(start))
    end = start + there
    wide = struct.calcsize(form.size)
    most = (1 << 8 * wide) - 1
    struct.pack_into(form.size, head, start - wide, most if form.sound_at else min(there, most))
    if form.sound_at:
        struct.pack_into("<Q", head, form.sound_at, there)
    for place, size, more in form.totals:
        struct.pack_into(size, head, place, min(end + more, (1 << 8 * struct.calcsize(size)) - 1))
    return cast("BinaryIO", Spliced(bytes(head), file, ByteRange(start, end)))


def _au(file: BinaryIO, size: int, head: bytes) -> BinaryIO:
    """AU has one size, and nothing behind its sound."""
    order = ">" if head[:1] == b"." else "<"
    if len(head) < _AU_HEAD:
        raise CutShort
    start, written = struct.unpack_from(f"{order}II", head, 4)
    left = size - start
    if written < STREAMED_FROM and written > left:
        raise CutShort
    if left <= 0 or not _AU_HEAD <= start <= _MOST_HEADER or left - written in {0, 1}:
        return file
    fixed = bytearray(file.read(start))
    struct.pack_into(f"{order}I", fixed, 8, min(left, _UNKNOWN_32))
    return cast("BinaryIO", Spliced(bytes(fixed), file, ByteRange(start, size)))
