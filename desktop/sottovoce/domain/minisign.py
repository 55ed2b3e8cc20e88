"""Minisign's forms of a public key and of a detached signature, taken apart; `adapters/updates.py` verifies them.

Source: https://jedisct1.github.io/minisign/, "Signature format" and "Public key format".
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

_ID_BYTES, _KEY_BYTES, _SIGNATURE_BYTES = 8, 32, 64
_PLAIN, _HASHED = b"Ed", b"ED"
_TRUSTED = "trusted comment: "
_LINES = 4


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An Ed25519 key (32 bytes) with the number (8 bytes) that its signatures carry."""

    id: bytes
    key: bytes


@dataclass(frozen=True, slots=True)
class Signature:
    """A detached signature of a file, and that of its own comment."""

    key_id: bytes
    hashed: bool
    """Whether BLAKE2b-512 of the file was signed, in place of the file itself."""
    signature: bytes
    comment: bytes
    comment_signature: bytes
    """Of `signature` followed by `comment`."""


def parse_public_key(text: str) -> PublicKey:
    """The key in a line like `RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3`.

    Raises:
        ValueError: It is no such key.
    """
    raw = _decoded(text, len(_PLAIN) + _ID_BYTES + _KEY_BYTES)
    if raw[:2] != _PLAIN:
        raise ValueError("it is a key of another kind")
    return PublicKey(raw[2:10], raw[10:])


def parse_signature(content: bytes) -> Signature:
    """What a `.minisig` file says: a comment, the signature, a comment that is signed, and its signature.

    Raises:
        ValueError: It is no such file.
    """
    lines = content.decode("utf-8").splitlines()
    if len(lines) != _LINES or not lines[2].startswith(_TRUSTED):
        raise ValueError("it does not have the four lines of a signature")
    raw = _decoded(lines[1], len(_PLAIN) + _ID_BYTES + _SIGNATURE_BYTES)
    if raw[:2] not in {_PLAIN, _HASHED}:
        raise ValueError("it is a signature of another kind")
    return Signature(
        key_id=raw[2:10],
        hashed=raw[:2] == _HASHED,
        signature=raw[10:],
        comment=lines[2].removeprefix(_TRUSTED).encode(),
        comment_signature=_decoded(lines[3], _SIGNATURE_BYTES),
    )


def _decoded(text: str, size: int) -> bytes:
    try:
        raw = base64.b64decode(text.strip().encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise ValueError("it is not base64") from None
    if len(raw) != size:
        raise ValueError("it has another length")
    return raw
