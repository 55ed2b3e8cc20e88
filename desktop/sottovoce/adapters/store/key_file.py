"""`sottovoce.keys`: which key belongs to the database, without the key.

JSON with `format`, `version`, `database` (id the keyring's entry is named by), `check` (HMAC of the key: tells a wrong
key from a damaged database) and `sum` (SHA-256 of all other fields: tells a damaged key file from a wrong key). Unknown
fields are summed and otherwise left alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass
from typing import Any

FORMAT = "sottovoce-keys"
VERSION = 1
KEY_BYTES = 32

_CHECK_CONTEXT = b"sottovoce database key check 1:"
_ID = re.compile(r"[0-9a-f]{32}")
_CHECK = re.compile(r"[0-9a-f]{64}")


class KeyFileUnreadable(ValueError):
    """The bytes are no key file."""


class KeyFileNewer(ValueError):
    """A later version of the program wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """What the file says."""

    database: str
    """Random id of the database, 32 hex digits."""
    check: str
    """HMAC-SHA-256 under the key, 64 hex digits."""

    @classmethod
    def for_key(cls, key: bytes | bytearray) -> KeyFile:
        """A new database's key file."""
        database = secrets.token_hex(16)
        return cls(database=database, check=check_value(key, database))

    @property
    def secret_name(self) -> str:
        """What the keyring's entry is called."""
        return f"database-{self.database}"

    def fits(self, key: bytes | bytearray) -> bool:
        """Whether `key` is this database's."""
        return hmac.compare_digest(check_value(key, self.database), self.check)

    def to_bytes(self) -> bytes:
        """The file's content."""
        fields = {"format": FORMAT, "version": VERSION, "database": self.database, "check": self.check}
        return json.dumps(fields | {"sum": _sum(fields)}, indent=1).encode() + b"\n"

    @classmethod
    def from_bytes(cls, content: bytes) -> KeyFile:
        """Read what `to_bytes` wrote.

        Raises:
            KeyFileUnreadable: Not whole, or no key file at all.
            KeyFileNewer: Of a later version.
        """
        fields: Any = None
        with contextlib.suppress(ValueError):
            fields = json.loads(content)
        if not isinstance(fields, dict) or fields.get("format") != FORMAT or fields.pop("sum", None) != _sum(fields):
            raise KeyFileUnreadable
        version, database, check = fields.get("version"), fields.get("database"), fields.get("check")
        if isinstance(version, int) and version > VERSION:
            raise KeyFileNewer
        if version != VERSION or not isinstance(database, str) or not isinstance(check, str):
            raise KeyFileUnreadable
        if not _ID.fullmatch(database) or not _CHECK.fullmatch(check):
            raise KeyFileUnreadable
        return cls(database=database, check=check)


def check_value(key: bytes | bytearray, database: str) -> str:
    """A value only the right key gives; says nothing about the key."""
    return hmac.new(key, _CHECK_CONTEXT + database.encode(), hashlib.sha256).hexdigest()


def _sum(fields: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
