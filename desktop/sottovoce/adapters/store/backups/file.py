"""The backup file: a header anybody may read, then a SQLCipher database under a key of the backup's own.

- Bytes 0–15: `sottovoce-backup`. Bytes 16–19: length of the header, big-endian. Then the header, JSON, padded with
  zeros to `HEADER_BYTES`. Then the body: the database, to the file's end.
- The header has `format`, `version`, `sum` (SHA-256 of all other fields: tells a damaged header from a wrong key) and:
  `created` (seconds since 1970-01-01 UTC), `program`, `schema`, `counts`, `state` (what the content is told apart by),
  `body` (its length and SHA-256), `keys` (the key file of that time: database id, check value and slots) and `sealed`.
- `sealed` is the backup's key under the data key, AES-256-GCM; all other fields are its associated data. Whoever opens
  it knows that header and body are those that were written.

The ways to a backup: data key → backup key; or recovery code or passphrase → (slot in `keys`) data key → backup key.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import json
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.durable_file import open_plain, sync, sync_folder
from sottovoce.adapters.store.engine.copying import Counts
from sottovoce.adapters.store.sealed.key_file import KeyFile, KeyFileNewer
from sottovoce.adapters.store.sealed.sealing import KEY_BYTES, unwrap, wrap
from sottovoce.domain.errors import BackupDamaged, BackupTooNew, NotABackup
from sottovoce.domain.moments import LATEST_S
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import BinaryIO

MAGIC = b"sottovoce-backup"
FORMAT = "sottovoce-backup"
VERSION = 1
HEADER_BYTES = 32 << 10
"""Room for the header: a key file with both slots takes 2 KiB."""
_START = len(MAGIC) + 4
CHUNK_BYTES = 1 << 20
SYNC_BYTES = 1 << 20
"""Written without an fsync at most: a long one makes the store's own wait (ext4 writes ordered data together). With
8 MiB an append beside it waited 200 ms now and then, with 1 MiB 50 ms, and the whole was no slower (1M messages)."""

_STATE = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What the header says of the body, but for its bytes."""

    created: float
    program: str
    schema: int
    counts: Counts
    state: str
    """SHA-256, 64 hex digits, of what changes with every change of the content: the same needs no second backup."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A backup's header."""

    content: Content
    body_bytes: int
    body_sha256: str
    keys: KeyFile
    sealed: bytes

    def unseal(self, data_key: bytes | bytearray) -> bytearray | None:
        """The backup's key; None if the data key is not the right one, or a field is not what was written."""
        key = unwrap(self.sealed, data_key, self._fields())
        return key if key is not None and len(key) == KEY_BYTES else None

    def _fields(self) -> dict[str, Any]:
        return _fields(self.content, self.keys, self.body_bytes, self.body_sha256)

    def to_bytes(self) -> bytes:
        """The file's first `HEADER_BYTES` bytes."""
        fields = {**self._fields(), "sealed": base64.b64encode(self.sealed).decode("ascii")}
        plain = json.dumps({**fields, "sum": _sum(fields)}, separators=(",", ":")).encode()
        whole = MAGIC + len(plain).to_bytes(4, "big") + plain
        if len(whole) > HEADER_BYTES:
            message = "the header is too long"
            raise ValueError(message)
        return whole.ljust(HEADER_BYTES, b"\0")

    @classmethod
    def from_bytes(cls, content: bytes) -> Header:
        """Read what `to_bytes` wrote.

        Raises:
            NotABackup: It does not begin like one.
            BackupDamaged: A byte of it is not what was written.
            BackupTooNew: Of a later version.
        """
        if not content.startswith(MAGIC):
            raise NotABackup
        length = int.from_bytes(content[len(MAGIC) : _START], "big")
        fields: Any = None
        with contextlib.suppress(ValueError, RecursionError):
            fields = json.loads(content[_START : _START + length]) if _START + length <= len(content) else None
        if not isinstance(fields, dict) or fields.get("format") != FORMAT or fields.pop("sum", None) != _sum(fields):
            raise BackupDamaged
        version = fields.get("version")
        if type(version) is int and version > VERSION:
            raise BackupTooNew
        try:
            header = cls._from_fields(fields)
        except KeyFileNewer:
            raise BackupTooNew from None
        except (KeyError, TypeError, ValueError, OverflowError, RecursionError):
            header = None
        if header is None or header.to_bytes() != content.ljust(HEADER_BYTES, b"\0")[:HEADER_BYTES]:
            raise BackupDamaged
        return header

    @classmethod
    def _from_fields(cls, fields: dict[str, Any]) -> Header:
        counts, body = fields["counts"], fields["body"]
        if not _STATE.fullmatch(fields["state"]) or not _STATE.fullmatch(body["sha256"]):
            raise BackupDamaged
        created = float(fields["created"])
        if not 0 <= created <= LATEST_S:
            raise BackupDamaged
        return cls(
            content=Content(
                created=created,
                program=str(fields["program"]),
                schema=int(fields["schema"]),
                counts=Counts(**{name: int(counts[name]) for name in ("messages", "conversations", "memories")}),
                state=fields["state"],
            ),
            body_bytes=int(body["bytes"]),
            body_sha256=body["sha256"],
            keys=KeyFile.from_bytes(json.dumps(fields["keys"]).encode()),
            sealed=_raw(fields["sealed"]),
        )


def _fields(content: Content, keys: KeyFile, body_bytes: int, body_sha256: str) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "created": content.created,
        "program": content.program,
        "schema": content.schema,
        "counts": content.counts.to_json(),
        "state": content.state,
        "body": {"bytes": body_bytes, "sha256": body_sha256},
        "keys": json.loads(keys.to_bytes()),
    }


def read_header(path: Path) -> Header:
    """The header of a backup.

    Raises:
        OSError: The file can't be read.
        NotABackup, BackupDamaged, BackupTooNew: See `Header.from_bytes`; BackupDamaged also if the body is too short.
    """
    with open_plain(path) as file:
        header = Header.from_bytes(file.read(HEADER_BYTES))
        if os.fstat(file.fileno()).st_size != HEADER_BYTES + header.body_bytes:
            raise BackupDamaged(said("error-backup-cut-short"))
    return header


def pack(
    database: Path,
    target: Path,
    key: bytearray,
    content: Content,
    keys: KeyFile,
    data_key: bytes | bytearray,
    go_on: Callable[[], None] = lambda: None,
) -> Header:
    """Make a backup file of a closed database that is under the backup's key; on the disk when this returns.

    Args:
        database: The body.
        target: Must not be there.
        key: The backup's key.
        content: For the header.
        keys: The key file of `data_key`.
        data_key: What the backup's key is sealed under.
        go_on: Called now and then; what it raises ends the work.

    Raises:
        OSError: It could not be written; what there is of it is removed.
    """
    descriptor = _new(target)
    try:
        with os.fdopen(descriptor, "wb") as written, open_plain(database) as body:
            written.write(bytes(HEADER_BYTES))
            size, digest = _stream(body, written, go_on)
            fields = _fields(content, keys, size, digest)
            header = Header(
                content=content, body_bytes=size, body_sha256=digest, keys=keys, sealed=wrap(key, data_key, fields)
            )
            written.seek(0)
            written.write(header.to_bytes())
            written.flush()
            sync(written.fileno())
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return header


def unpack(path: Path, header: Header, target: Path, go_on: Callable[[], None] = lambda: None) -> None:
    """Write a backup's body, still under the backup's key, to `target` (made anew).

    Raises:
        OSError: It could not be read or written; what there is of it is removed.
        BackupDamaged: The body is not the one the header names; it is removed.
    """
    target.unlink(missing_ok=True)
    descriptor = _new(target)
    try:
        with os.fdopen(descriptor, "wb") as written, open_plain(path) as file:
            file.seek(HEADER_BYTES)
            found = _stream(file, written, go_on)
            written.flush()
            sync(written.fileno())
        _same(found, header)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _same(found: tuple[int, str], header: Header) -> None:
    if found != (header.body_bytes, header.body_sha256):
        raise BackupDamaged


def body_is_whole(path: Path, header: Header, go_on: Callable[[], None] = lambda: None) -> bool:
    """Whether the body is the one the header names; without a key that is all that can be seen."""
    with open_plain(path) as file:
        file.seek(HEADER_BYTES)
        return _stream(file, None, go_on) == (header.body_bytes, header.body_sha256)


def reseal(path: Path, data_key: bytes | bytearray, keys: KeyFile, next_data_key: bytes | bytearray) -> bool:
    """Seal a backup's key under another data key: a copy with a new header takes its place, whole or not at all.

    Returns:
        False if `data_key` does not open the backup; it stays as it was.

    Raises:
        OSError: It could not be written; the backup is as it was.
        NotABackup, BackupDamaged, BackupTooNew: It is none of ours.
    """
    header = read_header(path)
    key = header.unseal(data_key)
    if key is None:
        return False
    following = Header(
        content=header.content,
        body_bytes=header.body_bytes,
        body_sha256=header.body_sha256,
        keys=keys,
        sealed=wrap(key, next_data_key, _fields(header.content, keys, header.body_bytes, header.body_sha256)),
    )
    key[:] = bytes(len(key))
    resealed = path.with_name(f"{path.name}.making")
    resealed.unlink(missing_ok=True)
    try:
        with open_plain(path) as body, os.fdopen(_new(resealed), "wb") as written:
            written.write(following.to_bytes())
            body.seek(HEADER_BYTES)
            _stream(body, written, lambda: None)
            written.flush()
            sync(written.fileno())
        resealed.replace(path)
    except BaseException:
        resealed.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    return True


def _new(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def _stream(source: BinaryIO, target: BinaryIO | None, go_on: Callable[[], None]) -> tuple[int, str]:
    """Copy to the end; returns length and SHA-256."""
    digest, size, unsynced = hashlib.sha256(), 0, 0
    while chunk := source.read(CHUNK_BYTES):
        go_on()
        digest.update(chunk)
        size += len(chunk)
        if target is not None:
            target.write(chunk)
            unsynced += len(chunk)
            if unsynced >= SYNC_BYTES:
                target.flush()
                sync(target.fileno())
                unsynced = 0
    return size, digest.hexdigest()


def _sum(fields: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(dict(fields), sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _raw(stored: object) -> bytes:
    try:
        return base64.b64decode(stored, validate=True) if isinstance(stored, str) else b""
    except binascii.Error:
        return b""
