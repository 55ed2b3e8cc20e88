"""Recovery codes kept for an administrator: sealed to a public key, or in a file that its owner alone reads.

A file is JSON: `format`, `version`, what it is about (`home`, `database`, `made_at`, `user`, `machine`), and either
`recovery_code` in clear, or `sealed`: `to` (which key), `key` (an X25519 public key made for this file alone) and `box`
(the code under ChaCha20-Poly1305, with a key by HKDF-SHA-256 from both, and all that it is about bound to it). Binary
values are base64.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.durable_file import read_whole, sync, sync_folder, why
from sottovoce.domain.errors import EscrowKeyWrong, EscrowUnreadable, EscrowUnwritable, PlacesUnusable
from sottovoce.domain.policy import X25519_HEAD
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

FORMAT, VERSION = "sottovoce-escrow", 1
IN_HOME = "recovery.escrow"
"""Name of the file in the home's own folder, where the policy names no other; the newest code is in it."""
NOTE = "recovery-code-escrowed"
"""Name of the file in the home's state that says which code is kept where."""
MOST_BYTES = 1 << 16
_CONTEXT = b"sottovoce escrow 1"
_NONCE = bytes(12)
"""Each key seals one code alone."""


def escrow_file(code: str, about: Mapping[str, Any], public: bytes) -> bytes:
    """The content of a file that keeps a recovery code.

    Args:
        code: In whatever form it is shown.
        about: Whose it is: plain values.
        public: The X25519 public key that it is sealed to; empty for none.
    """
    head = {"format": FORMAT, "version": VERSION, **about}
    kept = {"sealed": _sealed(code.encode(), public, _bound(head))} if public else {"recovery_code": code}
    return (json.dumps(head | kept, indent=2) + "\n").encode()


def opened(content: bytes, private: X25519PrivateKey | None) -> tuple[str, dict[str, Any]]:
    """The recovery code in a file, and what it is about.

    Args:
        content: Of the file.
        private: Opens what is sealed; None where nothing is.

    Raises:
        EscrowUnreadable: It is no such file.
        EscrowKeyWrong: It is sealed to another key, or was altered.
    """
    try:
        head = json.loads(content)
        if head["format"] != FORMAT or head["version"] != VERSION:
            raise EscrowUnreadable
        sealed, code = head.pop("sealed", None), head.pop("recovery_code", "")
        found = code if sealed is None else _unsealed(sealed, private, _bound(head))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise EscrowUnreadable from None
    if not isinstance(found, str) or not found:
        raise EscrowUnreadable
    return found, {key: value for key, value in head.items() if key not in {"format", "version"}}


def _bound(head: Mapping[str, Any]) -> bytes:
    return json.dumps(head, sort_keys=True, separators=(",", ":")).encode()


def _sealed(code: bytes, public: bytes, about: bytes) -> dict[str, str]:
    from cryptography.hazmat.primitives.asymmetric.x25519 import (  # noqa: PLC0415 - hardly ever needed
        X25519PrivateKey,
        X25519PublicKey,
    )

    once = X25519PrivateKey.generate()
    own = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    box = _cipher(shared, own, public).encrypt(_NONCE, code, about)
    return {"to": fingerprint(public), "key": _text(own), "box": _text(box)}


def _unsealed(sealed: Mapping[str, str], private: X25519PrivateKey | None, about: bytes) -> str:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey  # noqa: PLC0415 - as above

    own, box, to = base64.b64decode(sealed["key"]), base64.b64decode(sealed["box"]), sealed["to"]
    if private is None:
        raise EscrowKeyWrong(said("error-escrow-key-wrong-none", to=to))
    public = private.public_key().public_bytes_raw()
    if fingerprint(public) != to:
        raise EscrowKeyWrong(said("error-escrow-key-wrong-other", to=to, given=fingerprint(public)))
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(own))
        return _cipher(shared, own, public).decrypt(_NONCE, box, about).decode()
    except InvalidTag:
        raise EscrowKeyWrong(said("error-escrow-key-wrong-altered")) from None


def _cipher(shared: bytes, own: bytes, public: bytes) -> ChaCha20Poly1305:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - as above

    key = HKDF(algorithm=SHA256(), length=32, salt=own + public, info=_CONTEXT).derive(shared)
    return ChaCha20Poly1305(key)


def fingerprint(public: bytes) -> str:
    """By which a public key is told from others: 16 hex digits."""
    return hashlib.sha256(public).hexdigest()[:16]


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


# Files


def write_escrow(path: Path, content: bytes) -> None:
    """Put it at `path`, 0600, on the disk when this returns; a file that is there gives way.

    The folder may be one in which users may make files and see none.

    Raises:
        EscrowUnwritable: It can't be written; what was there is as it was.
    """
    temporary = path.with_name(f"{path.name}.tmp")
    try:
        temporary.unlink(missing_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            sync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        problem = why(error)
    else:
        with contextlib.suppress(PermissionError):  # a folder that nobody may look into
            sync_folder(path.parent)
        return
    with contextlib.suppress(OSError):
        temporary.unlink(missing_ok=True)
    raise EscrowUnwritable(said("error-escrow-unwritable-there", folder=path.parent, why=problem))


def read_escrow(path: Path) -> bytes:
    """The content of a file.

    Raises:
        EscrowUnreadable: It can't be read.
    """
    try:
        return read_whole(path, MOST_BYTES)
    except OSError as error:
        raise EscrowUnreadable(said("error-escrow-unreadable-file", path=path, why=why(error))) from None


def new_key_pair(path: Path) -> str:
    """Make a private key in a new file, for its owner alone; gives the public one as a policy names it.

    Raises:
        PlacesUnusable: There is a file already, or it can't be made.
    """
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415 - as above

    private = X25519PrivateKey.generate()
    content = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            sync(file.fileno())
    except OSError as error:
        raise PlacesUnusable(said("error-places-unusable-new-file", path=path, why=why(error))) from None
    return _text(X25519_HEAD + private.public_key().public_bytes_raw())


def read_private_key(path: Path) -> X25519PrivateKey:
    """A private key as `new_key_pair`, or `openssl genpkey -algorithm X25519`, writes it.

    Raises:
        EscrowUnreadable: It is none, or can't be read.
    """
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415 - as above

    found: object = None
    with contextlib.suppress(ValueError, TypeError, UnsupportedAlgorithm):
        found = serialization.load_pem_private_key(read_escrow(path), None)
    if not isinstance(found, X25519PrivateKey):
        raise EscrowUnreadable(said("error-escrow-unreadable-key", path=path))
    return found
