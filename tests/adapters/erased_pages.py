"""Every page of a SQLCipher file decrypted by hand: free pages and slack too, which no SQL shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

if TYPE_CHECKING:
    from pathlib import Path

PAGE = 4096
RESERVED = 80
"""At a page's end: 16 bytes of IV and 64 of HMAC-SHA-512. The first page begins with 16 bytes of salt."""


def plain_pages(path: Path, key: bytes | bytearray, start: int = 0) -> bytes:
    """All pages of the database that begins at `start`, decrypted; a raw key is the page key."""
    raw = path.read_bytes()[start:]
    assert raw
    assert len(raw) % PAGE == 0
    plain = bytearray()
    for offset in range(0, len(raw), PAGE):
        page = raw[offset : offset + PAGE]
        content = page[16 if offset == 0 else 0 : PAGE - RESERVED]
        cipher = Cipher(algorithms.AES(bytes(key)), modes.CBC(page[PAGE - RESERVED : PAGE - RESERVED + 16])).decryptor()
        plain += cipher.update(content) + cipher.finalize()
    assert b"CREATE TABLE message" in plain, "the key does not decrypt these pages"
    return bytes(plain)


def hits(plain: bytes, word: str) -> int:
    """How often a word is there, in UTF-8 or UTF-16, whatever its case."""
    plain = plain.lower()
    return sum(plain.count(word.lower().encode(code)) for code in ("utf-8", "utf-16-le", "utf-16-be"))
