"""Whether the database is the one that was last open here: what a replay, a lagging copy and a parted one differ in.

Each opening, and each end of a session that wrote anything, is one sitting: a number that grows, and a random id. The
database has the last ones; the newest one also stands in the key file, in a file of this machine (`sottovoce.seen`) and
in the keyring. These witnesses are written after the database, and before all else that a session writes, so whichever
knows a later sitting tells that an earlier database was put back, and whichever knows another id under the same number
tells that this home and the database have gone on apart from each other. A key file that is older than the database
knows it to be was put back itself.

It is told once, and in nobody's way; a restore by us is told by its own mark. Where all of them are put back together
nothing can tell. Every method blocks and runs on its connection's own thread.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import logging
import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sottovoce.adapters.durable_file import open_plain
from sottovoce.adapters.store import rows
from sottovoce.adapters.store.engine.conflict_copies import find_copies
from sottovoce.adapters.store.rows.audit import START, Chain, head
from sottovoce.adapters.store.sealed.key_file_access import mirror_key_file, read_key_file, update_key_file
from sottovoce.adapters.store.sealed.seen import Seen
from sottovoce.domain.errors import KeyFileSteppedBack, StoreElsewhere, StoreParted, StoreSteppedBack
from sottovoce.domain.moments import local_moment
from sottovoce.domain.records import AuditEvent
from sottovoce.domain.said import Said, said

if TYPE_CHECKING:
    from pathlib import Path

    import sqlcipher3.dbapi2 as sqlite

    from sottovoce.adapters.machine import MachineIdentity
    from sottovoce.adapters.places import Places
    from sottovoce.adapters.store.rows.sittings import LastPlace
    from sottovoce.adapters.store.sealed.key_file import KeyFile
    from sottovoce.domain.errors import StoreTrouble

log = logging.getLogger(__name__)

_LACKING = frozenset({AuditEvent.STORE_STEPPED_BACK, AuditEvent.STORE_PARTED})
"""Of these what was last done here is not in the database that is here now."""
MOST_BYTES = 4096
"""Longer than the machine's own file is."""


@dataclass(frozen=True, slots=True)
class Surprise:
    """The database, or the key file, is not the one that was last open here."""

    trouble: StoreTrouble
    event: AuditEvent
    here: float | None
    """When what is here was last open, seconds since 1970-01-01 UTC; None if it does not say."""
    known: float
    """When it was last open as far as the witness knows."""
    ended: int = 0
    """How many keys to the local API and consents to tools end with that: they may have been taken back since."""


def seen_file(places: Places) -> Path:
    """The machine's own witness."""
    return places.state / "sottovoce.seen"


class Sittings:
    """The sittings of one home."""

    def __init__(self, places: Places, machine: MachineIdentity, *, keys_made_good: bool = False) -> None:
        """Prepare.

        Args:
            places: The home.
            machine: This one.
            keys_made_good: The key file has just been made good, and says nothing that could be relied on.
        """
        self._places = places
        self._machine = machine
        self._made_good = keys_made_good

    def copies(self) -> tuple[str, ...]:
        """Names of copies of the database that a synchronising program has laid beside it."""
        return tuple(path.name for path in find_copies(self._places).databases)

    def sit(self, connection: sqlite.Connection, kept: Seen | None) -> tuple[Seen, Surprise | None]:
        """Judge what is here, then note one more sitting, later than all that is known; in one transaction.

        Args:
            connection: The writer's.
            kept: What the keyring says.
        """
        chain = Chain(connection)
        here = rows.sittings.last(connection)
        in_keys = None if self._made_good else self._in_key_file(chain)
        witnesses = [seen for seen in (in_keys, self._on_machine(chain), kept) if seen is not None]
        surprise = None
        if not rows.sittings.is_restored(connection):
            surprise = self._judge(connection, here, witnesses) or self._judge_keys(connection, here, in_keys)
        if surprise is not None and surprise.event in _LACKING:
            surprise = dataclasses.replace(surprise, ended=rows.powers.end_powers(connection, time.time()))
        numbers = [seen.number for seen in witnesses] + ([here.seen.number] if here else [0])
        return rows.sittings.add(connection, max(numbers), self._machine), surprise

    def rise(self, connection: sqlite.Connection) -> Seen:
        """Note the end of a session that wrote something."""
        here = rows.sittings.last(connection)
        return rows.sittings.add(connection, here.seen.number if here else 0, self._machine)

    def inform_witnesses(self, connection: sqlite.Connection, seen: Seen) -> KeyFile | None:
        """Write the durable sitting to the key file; that, which is to be noted then, also for `inform_others`.

        A file that can't be written now gets the next sitting.
        """
        chain = Chain(connection)
        seen = dataclasses.replace(seen, mac=chain.mac(seen.content()))
        first = rows.sittings.outside(connection) is None

        def noted(keys: KeyFile) -> KeyFile:
            anchor = keys.anchor or START
            if self._made_good and not chain.made(anchor):
                anchor = head(connection)
            # An early version's anchor gets its MAC before any is expected.
            return dataclasses.replace(
                keys, seen=seen, anchor=chain.anchor(anchor) if first or self._made_good else keys.anchor
            )

        try:
            return update_key_file(self._places, noted, copy_too=False)
        except (OSError, ValueError) as error:
            log.warning("this sitting was not noted in the key file: %s", type(error).__name__)
            self._inform_machine(seen)
            return None

    def inform_others(self, keys: KeyFile) -> None:
        """Write the sitting in that key file to the machine's own, and its copy if it is still the one there."""
        if keys.seen is not None:
            self._inform_machine(keys.seen)
        with contextlib.suppress(OSError):  # the next opening does it
            mirror_key_file(self._places, keys)

    def _inform_machine(self, seen: Seen) -> None:
        with contextlib.suppress(OSError):
            _write(seen_file(self._places), json.dumps(seen.to_json()).encode() + b"\n")

    def _judge(self, connection: sqlite.Connection, here: LastPlace | None, witnesses: list[Seen]) -> Surprise | None:
        for seen in sorted(witnesses, key=lambda one: one.number, reverse=True):
            if rows.sittings.knows(connection, seen):
                continue
            if here is None or seen.number > here.seen.number:
                at = here.seen.at if here else None
                return Surprise(_stepped_back(at, seen.at), AuditEvent.STORE_STEPPED_BACK, at, seen.at)
            found = rows.sittings.of_number(connection, seen.number)
            if found is not None and found.id != seen.id:
                return Surprise(_parted(here, seen.at), AuditEvent.STORE_PARTED, here.seen.at, seen.at)
        if here is not None and here.machine != self._machine.id:
            return Surprise(_elsewhere(here), AuditEvent.STORE_ELSEWHERE, here.seen.at, here.seen.at)
        return None

    def _judge_keys(
        self, connection: sqlite.Connection, here: LastPlace | None, in_keys: Seen | None
    ) -> Surprise | None:
        least = rows.sittings.outside(connection)
        if least is None or self._made_good or here is None or (in_keys is not None and in_keys.number >= least):
            return None
        at = in_keys.at if in_keys else None
        return Surprise(_keys_stepped_back(at, here.seen.at), AuditEvent.KEY_FILE_STEPPED_BACK, at, here.seen.at)

    def _in_key_file(self, chain: Chain) -> Seen | None:
        keys: KeyFile | None = None
        with contextlib.suppress(OSError, ValueError):
            keys = read_key_file(self._places)
        return keys.seen if keys is not None and keys.seen is not None and chain.made(keys.seen) else None

    def _on_machine(self, chain: Chain) -> Seen | None:
        with contextlib.suppress(OSError, ValueError, RecursionError):
            with open_plain(seen_file(self._places)) as file:
                stored = json.loads(file.read(MOST_BYTES))
            seen = Seen.from_json(stored)
            return seen if chain.made(seen) else None
        return None


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, but not waited for: what a power cut leaves knows an earlier sitting, which is no alarm."""
    temporary = path.with_name(f"{path.name}.tmp")
    temporary.unlink(missing_ok=True)
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    temporary.replace(path)


def _stepped_back(here: float | None, known: float) -> StoreTrouble:
    at = _moment(here) if here is not None else None
    return StoreSteppedBack(said("error-store-stepped-back-by", here=at, known=_moment(known)))


def _parted(here: LastPlace, known: float) -> StoreTrouble:
    at, machine = _moment(here.seen.at), here.host or None
    return StoreParted(said("error-store-parted-at", machine=machine, here=at, known=_moment(known)))


def _elsewhere(here: LastPlace) -> StoreTrouble:
    return StoreElsewhere(said("error-store-elsewhere-on", machine=here.host or None, here=_moment(here.seen.at)))


def _keys_stepped_back(here: float | None, known: float) -> StoreTrouble:
    at = _moment(here) if here is not None else None
    return KeyFileSteppedBack(said("error-key-file-stepped-back-by", here=at, known=_moment(known)))


def _moment(seconds: float) -> Said:
    try:
        moment = local_moment(seconds)
    except (OverflowError, ValueError, OSError):
        return said("error-part-moment-unknown")
    return said("error-part-moment", day=f"{moment:%d}", date=moment, time=f"{moment:%H:%M:%S}")
