"""A key sealed under a secret of the user: AES-256-GCM under Argon2id, its parameters authenticated and capped."""

from __future__ import annotations

import base64
import binascii
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16

KDF_NAME = "argon2id"
MOST_TIME = 16
MOST_MEMORY_KIB = 256 << 10
MOST_LANES = 16
"""Caps: a file made to hurt must take neither the machine's memory nor minutes (16 passes over 256 MiB are ~3 s)."""
_KIB_A_LANE = 8
"""The least that Argon2 works with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argon2Cost:
    """What one guess costs (RFC 9106's second choice with the passes raised is the default: `USUAL`)."""

    time: int
    memory_kib: int
    lanes: int

    def __post_init__(self) -> None:
        """Refuse what is outside the caps."""
        if (
            not 1 <= self.time <= MOST_TIME
            or not 1 <= self.lanes <= MOST_LANES
            or not _KIB_A_LANE * self.lanes <= self.memory_kib <= MOST_MEMORY_KIB
        ):
            message = "these Argon2id parameters are outside the caps"
            raise ValueError(message)

    def to_json(self) -> dict[str, Any]:
        """As the key file has it."""
        return {"name": KDF_NAME, "time": self.time, "memory_kib": self.memory_kib, "lanes": self.lanes}

    @classmethod
    def from_json(cls, stored: object) -> Argon2Cost:
        """Read what `to_json` wrote.

        Raises:
            ValueError: It is none, or outside the caps.
        """
        if not isinstance(stored, dict) or set(stored) != {"name", "time", "memory_kib", "lanes"}:
            message = "no Argon2id parameters"
            raise ValueError(message)
        numbers = [stored["time"], stored["memory_kib"], stored["lanes"]]
        if stored["name"] != KDF_NAME or any(type(number) is not int for number in numbers):
            message = "no Argon2id parameters"
            raise ValueError(message)
        return cls(time=numbers[0], memory_kib=numbers[1], lanes=numbers[2])


USUAL = Argon2Cost(time=3, memory_kib=64 << 10, lanes=4)
"""RFC 9106, section 4: the second recommended option (64 MiB, 3 passes, 4 lanes)."""
CHEAPEST = Argon2Cost(time=1, memory_kib=_KIB_A_LANE, lanes=1)
"""For tests only: protects nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A key under lock: everything here may be read by anybody."""

    cost: Argon2Cost
    salt: bytes
    nonce: bytes
    sealed: bytes

    def to_json(self) -> dict[str, Any]:
        """As files hold it."""
        return {
            "kdf": self.cost.to_json(),
            "salt": _text(self.salt),
            "nonce": _text(self.nonce),
            "sealed": _text(self.sealed),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> Sealed:
        """Read what `to_json` wrote; other fields are not looked at.

        Raises:
            ValueError: Something is missing, of another length, or outside the caps.
        """
        return cls(
            cost=Argon2Cost.from_json(stored.get("kdf")),
            salt=_bytes(stored.get("salt"), SALT_BYTES),
            nonce=_bytes(stored.get("nonce"), NONCE_BYTES),
            sealed=_bytes(stored.get("sealed"), KEY_BYTES + TAG_BYTES),
        )


def seal(
    key: bytes | bytearray, secret: bytes | bytearray, bound: Mapping[str, object], cost: Argon2Cost = USUAL
) -> Sealed:
    """Seal a 32-byte key. Takes Argon2id's time and memory: not for the event loop.

    Args:
        key: What is sealed.
        secret: What opens it: the bytes of a recovery code or a passphrase.
        bound: What it is sealed for (database, kind of slot, …): the same must be given to open it.
        cost: What one guess costs.
    """
    if len(key) != KEY_BYTES:
        message = "the key must have 32 bytes"
        raise ValueError(message)
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    cipher = AESGCM(_derived(secret, salt, cost))
    return Sealed(
        cost=cost, salt=salt, nonce=nonce, sealed=cipher.encrypt(nonce, bytes(key), _bound(bound, salt, cost))
    )


def unseal(sealed: Sealed, secret: bytes | bytearray, bound: Mapping[str, object]) -> bytearray | None:
    """The key, or None if the secret (or a byte of what was sealed, or what it is bound to) is not the right one."""
    cipher = AESGCM(_derived(secret, sealed.salt, sealed.cost))
    try:
        return bytearray(
            cipher.decrypt(sealed.nonce, sealed.sealed, _bound(bound, sealed.salt, sealed.cost)),
        )
    except InvalidTag:
        return None


def wrap(key: bytes | bytearray, under: bytes | bytearray, bound: Mapping[str, object]) -> bytes:
    """Seal a key under another 32-byte key: nonce, then ciphertext with tag."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(bytes(under)).encrypt(nonce, bytes(key), _json(bound))


def unwrap(wrapped: bytes, under: bytes | bytearray, bound: Mapping[str, object]) -> bytearray | None:
    """The key that `wrap` sealed, or None if the other key is not the right one."""
    try:
        return bytearray(AESGCM(bytes(under)).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], _json(bound)))
    except (InvalidTag, ValueError):
        return None


def _derived(secret: bytes | bytearray, salt: bytes, cost: Argon2Cost) -> bytes:
    return Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.time, lanes=cost.lanes, memory_cost=cost.memory_kib
    ).derive(bytes(secret))


def _bound(bound: Mapping[str, object], salt: bytes, cost: Argon2Cost) -> bytes:
    return _json({**bound, "kdf": cost.to_json(), "salt": _text(salt)})


def _json(fields: Mapping[str, object]) -> bytes:
    return json.dumps(dict(fields), sort_keys=True, separators=(",", ":")).encode()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(stored: object, length: int) -> bytes:
    try:
        raw = base64.b64decode(stored, validate=True) if isinstance(stored, str) else b""
    except binascii.Error:
        raw = b""
    if len(raw) != length:
        message = "a sealed key's field is not of its form"
        raise ValueError(message)
    return raw
