"""A deb's outer form: what nfpm packed plain is compressed here, since nfpm's own xz takes some six times as long."""

from __future__ import annotations

import lzma
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

MAGIC: Final = b"!<arch>\n"
HEAD_BYTES: Final = 60
PRESET: Final = 6
PIECE_BYTES: Final = 1 << 20


def compress(file: Path) -> None:
    """Compress the data of a deb with xz, in place.

    Raises:
        ValueError: It is no deb whose data is plain.
    """
    content = file.read_bytes()
    if not content.startswith(MAGIC):
        message = f"{file} is no deb"
        raise ValueError(message)
    made = [MAGIC]
    place = len(MAGIC)
    plain = False
    while place < len(content):
        head = content[place : place + HEAD_BYTES]
        size = int(head[48:58])
        name = head[:16].decode().strip().rstrip("/")
        body = content[place + HEAD_BYTES : place + HEAD_BYTES + size]
        place += HEAD_BYTES + size + size % 2
        if name == "data.tar":
            name, body, plain = "data.tar.xz", _xz(body), True
        made.append(b"%-16s%s%-10d`\n" % (name.encode(), head[16:48], len(body)) + body + b"\n" * (len(body) % 2))
    if not plain:
        message = f"{file} has no plain data"
        raise ValueError(message)
    file.write_bytes(b"".join(made))


def _xz(content: bytes) -> bytes:
    packer = lzma.LZMACompressor(preset=PRESET)
    pieces = [packer.compress(content[at : at + PIECE_BYTES]) for at in range(0, len(content), PIECE_BYTES)]
    return b"".join([*pieces, packer.flush()])
