"""The head of the audit log's chain, as the key file anchors it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sottovoce.adapters.store.sealed.key_slot import KeyFileUnreadable, count_of, text_of

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditHead:
    """The head of the audit log's chain of hashes: its length and last hash."""

    count: int
    hash: str
    """Of that entry, 64 hex digits."""
    mac: str = ""
    """Under a key that the database alone has (`rows.audit.Chain`), 64 hex digits; empty from an early version."""

    def content(self) -> list[Any]:
        """What the MAC is made of."""
        return ["audit", self.count, self.hash]

    def to_json(self) -> dict[str, Any]:
        """As the file has it."""
        return {"count": self.count, "hash": self.hash} | ({"mac": self.mac} if self.mac else {})

    @classmethod
    def from_json(cls, stored: object) -> AuditHead:
        """Read what `to_json` wrote.

        Raises:
            ValueError: It is not that.
        """
        if not isinstance(stored, dict):
            raise KeyFileUnreadable
        mac = text_of(_HASH, stored["mac"]) if stored.get("mac") else ""
        return cls(count=count_of(stored.get("count")), hash=text_of(_HASH, stored.get("hash")), mac=mac)
