"""Who signs news of releases, as minisign does it."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def manifest(**changes: Any) -> bytes:  # noqa: ANN401 - JSON
    """News of a release that is newer than this one."""
    raw = {"product": "sottovoce", "version": "99.0.0", "serial": 7, "until": "2999-01-01"}
    return json.dumps(raw | changes).encode()


class Publisher:
    """Holds a key."""

    def __init__(self, key_id: bytes = b"12345678") -> None:
        self._key = Ed25519PrivateKey.generate()
        self._id = key_id

    @property
    def public(self) -> str:
        """As the settings name it."""
        return base64.b64encode(b"Ed" + self._id + self._key.public_key().public_bytes_raw()).decode()

    def signature(self, content: bytes, *, hashed: bool = True, comment: bytes = b"timestamp:1") -> bytes:
        """The file beside `content`."""
        kind = b"ED" if hashed else b"Ed"
        signature = self._key.sign(hashlib.blake2b(content).digest() if hashed else content)
        lines = (
            b"untrusted comment: nobody signs this line",
            base64.b64encode(kind + self._id + signature),
            b"trusted comment: " + comment,
            base64.b64encode(self._key.sign(signature + comment)),
        )
        return b"\n".join(lines) + b"\n"
