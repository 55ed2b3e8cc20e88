"""A configuration profile for macOS."""

from __future__ import annotations

import plistlib
import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tools.policies.table import Table


def profile(table: Table) -> str:
    """A profile that says something about each policy that a sample may speak of; its ids are always the same."""

    def identity(part: str) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{table.bundle}.{part}")).upper()

    settings = {row.name: _plain(row.example) for row in table.rows if row.in_samples}
    payload = settings | {
        "PayloadType": table.bundle,
        "PayloadIdentifier": f"{table.bundle}.policies.settings",
        "PayloadUUID": identity("settings"),
        "PayloadVersion": 1,
    }
    whole = {
        "PayloadContent": [payload],
        "PayloadDisplayName": f"{table.name} policies",
        "PayloadIdentifier": f"{table.bundle}.policies",
        "PayloadScope": "System",
        "PayloadType": "Configuration",
        "PayloadUUID": identity("policies"),
        "PayloadVersion": 1,
    }
    return plistlib.dumps(whole).decode()


def _plain(value: Any) -> Any:  # noqa: ANN401 - a property list has no tuples
    return list(value) if isinstance(value, tuple) else value
