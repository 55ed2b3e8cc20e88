"""The audit log's head, anchored in the key file: outside the database, which shows a shortened or rewritten log.

Every line is anchored right after its COMMIT: lines are rare (key, backup, erase; an opening once a day). A crash
between the two leaves the log ahead of its anchor, which the next opening mends; it is never behind, unless somebody
shortened it or put an older database back. Then the anchor stays where it is, and the trouble is shown, until a line
says that the log goes on from what is there. An anchor without our MAC, where there was one before, is trouble, too.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import logging
import time
from typing import TYPE_CHECKING

from sottovoce.adapters.store import rows
from sottovoce.adapters.store.engine import schema
from sottovoce.adapters.store.sealed.key_file_access import read_key_file, update_key_file
from sottovoce.domain.errors import AuditUnanchored
from sottovoce.domain.records import AuditEvent
from sottovoce.domain.version import VERSION

if TYPE_CHECKING:
    import sqlcipher3.dbapi2 as sqlite

    from sottovoce.adapters.places import Places
    from sottovoce.adapters.store.sealed.audit_head import AuditHead
    from sottovoce.adapters.store.sealed.key_file import KeyFile
    from sottovoce.domain.errors import AuditTrouble
    from sottovoce.domain.records import AuditDetail

log = logging.getLogger(__name__)

DAY_S = 86_400
GOES_ON = frozenset({AuditEvent.AUDIT_ACCEPTED, AuditEvent.BACKUP_RESTORED})
"""After these the log rightly is another one than the anchor knows of."""


class AuditTrail:
    """The log and its anchor. Every method blocks and runs on its connection's own thread."""

    def __init__(self, places: Places) -> None:
        """Anchor in the key file of `places`."""
        self._places = places

    def trouble(self, connection: sqlite.Connection, *, whole: bool) -> type[AuditTrouble] | None:
        """What is wrong: from the anchor on, or with the whole log."""
        keys = self._keys()
        anchor = keys.anchor if keys else None
        if keys is not None and _is_foreign(connection, anchor):
            return AuditUnanchored
        return rows.audit.check(connection, anchor) if whole else rows.audit.check_tail(connection, anchor)

    def advance(self, connection: sqlite.Connection, *, whatever: bool = False) -> None:
        """Move the anchor to the log's head if the log holds the anchor (or `whatever` it holds).

        One that can't be moved just now is moved with the next line.
        """
        anchor = rows.audit.Chain(connection).anchor(rows.audit.head(connection))

        def moved(keys: KeyFile) -> KeyFile:
            holds = whatever or self._holds(connection, keys.anchor)
            return dataclasses.replace(keys, anchor=anchor) if holds else keys

        try:
            update_key_file(self._places, moved)
        except (OSError, ValueError) as error:
            log.warning("the audit log's anchor was not moved: %s", type(error).__name__)

    def look(
        self, connection: sqlite.Connection, *, just_made: bool, way: str = ""
    ) -> tuple[dict[AuditEvent, _Detail], bool]:
        """What to add at an opening, and whether a crash left the log ahead of its anchor."""
        trouble = self.trouble(connection, whole=False)
        if trouble is not None:
            log.warning("audit log: %s", trouble.code)
        anchor = (keys.anchor if (keys := self._keys()) else None) or rows.audit.START
        present = rows.audit.Chain(connection).anchor(rows.audit.head(connection))
        ahead = trouble is None and present != anchor
        return _at_opening(connection, just_made=just_made, way=way), ahead

    @staticmethod
    def _holds(connection: sqlite.Connection, anchor: AuditHead | None) -> bool:
        return not _is_foreign(connection, anchor) and rows.audit.check_tail(connection, anchor) is None

    def _keys(self) -> KeyFile | None:
        with contextlib.suppress(OSError, ValueError):  # shown at the next opening, and no matter of the log
            return read_key_file(self._places)
        return None


def _is_foreign(connection: sqlite.Connection, anchor: AuditHead | None) -> bool:
    """Whether the key file, which had our MAC before, has an anchor without one."""
    if rows.sittings.outside(connection) is None:
        return False
    return anchor is None or not rows.audit.Chain(connection).made(anchor)


_Detail = dict[str, "AuditDetail"]


def _at_opening(connection: sqlite.Connection, *, just_made: bool, way: str) -> dict[AuditEvent, _Detail]:
    """What an opening adds to the log: nothing on the same day with the same program and the same way to the key."""
    present: _Detail = {"program": VERSION, "schema": schema.version_of(connection)}
    if way:
        present["way"] = way
    row = connection.execute(
        "SELECT at, detail FROM audit_log WHERE number = (SELECT max(number) FROM audit_log WHERE event IN (?, ?))",
        (AuditEvent.STORE_CREATED.value, AuditEvent.STORE_OPENED.value),
    ).fetchone()
    if row is None and just_made:
        return {AuditEvent.STORE_CREATED: present}
    at, before = (0.0, {"schema": 1}) if row is None else (row[0], _object(row[1]))
    events: dict[AuditEvent, _Detail] = {}
    if before.get("schema") != present["schema"]:
        events[AuditEvent.SCHEMA_MIGRATED] = {"from": before.get("schema"), "to": present["schema"]}
    if before != present or at // DAY_S != time.time() // DAY_S:
        events[AuditEvent.STORE_OPENED] = present
    return events


def _object(detail: str) -> _Detail:
    with contextlib.suppress(ValueError):
        found = json.loads(detail)
        if isinstance(found, dict):
            return found
    return {}
