"""A compressed tar read as if it were plain: forwards only, in bounded pieces, with bounded memory."""

from __future__ import annotations

import bz2
import lzma
import zlib
from typing import IO, TYPE_CHECKING, Protocol

from sottovoce.domain.errors import ArchiveUnreadable, ArchiveUnsafe
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Callable

PIECE_BYTES = 1 << 18
MOST_AT_ONCE = 1 << 20
"""Asked for in one read; a header of a tar is far smaller, and its size is what the archive says it is."""
MOST_XZ_MEMORY = 256 << 20
"""The strongest usual preset of xz needs 65 MB."""


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Gzip:
    """zlib's decoder in the manner of the two others."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def needs_input(self) -> bool:
        return not self._zlib.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)


class _Plain:
    """A decoder for what is not compressed."""

    eof, unused_data = False, b""

    def __init__(self) -> None:
        self._rest = b""

    @property
    def needs_input(self) -> bool:
        return not self._rest

    def decompress(self, data: bytes, max_length: int) -> bytes:
        data = self._rest + data
        self._rest = data[max_length:]
        return data[:max_length]


_DECODERS: tuple[tuple[bytes, Callable[[], _Decompressor]], ...] = (
    (b"\x1f\x8b", _Gzip),
    (b"BZh", bz2.BZ2Decompressor),
    (b"\xfd7zXZ\0", lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MOST_XZ_MEMORY)),
)


class Decompressed:
    """The plain bytes of an archive, for `tarfile` to read."""

    def __init__(self, file: IO[bytes], most_bytes: int, most_ratio: float) -> None:
        """Read `file` from its beginning.

        Args:
            file: gzip, bzip2, xz, or a plain tar.
            most_bytes: Of what comes out of it in all.
            most_ratio: What comes out over what went in, once that is worth a look.
        """
        self._file = file
        self._most_bytes = most_bytes
        self._most_ratio = most_ratio
        magic = file.read(6)
        file.seek(0)
        self._make: Callable[[], _Decompressor] = next(
            (make for mark, make in _DECODERS if magic.startswith(mark)), _Plain
        )
        self._decoder = self._make()
        self._begun = self._make is _Plain
        self._ready = bytearray()
        self._at = 0
        self.taken = 0
        """Compressed bytes read so far."""

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes, fewer only at the end.

        Raises:
            ArchiveUnsafe: More is wanted at once, or comes out in all, than any model needs.
            ArchiveUnreadable: It is damaged.
        """
        if not 0 <= size <= MOST_AT_ONCE:
            raise ArchiveUnsafe(said("error-archive-header-too-large"))
        while len(self._ready) < size and (piece := self._next()):
            self._ready += piece
        data = bytes(self._ready[:size])
        del self._ready[:size]
        self._at += len(data)
        return data

    def seek(self, position: int) -> int:
        """Skip forwards to a position; backwards is refused.

        Raises:
            ArchiveUnreadable: It lies behind.
        """
        if position < self._at:
            raise ArchiveUnreadable
        while self._at < position and self.read(min(position - self._at, PIECE_BYTES)):
            continue
        return self._at

    def tell(self) -> int:
        """Return the position, as files do."""
        return self._at

    def _next(self) -> bytes:
        try:
            piece = self._decoded()
        except (OSError, EOFError, lzma.LZMAError, zlib.error):
            raise ArchiveUnreadable from None
        out = self._at + len(self._ready) + len(piece)
        if out > self._most_bytes or (out > 64 * PIECE_BYTES and out > self.taken * self._most_ratio):
            raise ArchiveUnsafe(said("error-archive-too-large"))
        return piece

    def _decoded(self) -> bytes:
        while True:
            data = b""
            if self._decoder.eof:  # another stream may follow: parallel packers write many
                data, self._decoder, self._begun = self._decoder.unused_data, self._make(), False
            if not data and self._decoder.needs_input:
                data = self._file.read(PIECE_BYTES)
                self.taken += len(data)
                if not data and (not self._begun or isinstance(self._decoder, _Plain)):
                    return b""
            if not self._begun and not data.strip(b"\0"):
                continue  # zeros that fill a tape's last block
            self._begun = True
            if piece := self._decoder.decompress(data, PIECE_BYTES):
                return piece
            if not data and not self._decoder.eof:
                raise EOFError
