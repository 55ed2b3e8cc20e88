"""What the store knows of the clock (`domain.clock`), as one row of `meta`. Runs on its connection's own thread."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

from sottovoce.domain.clock import DAY_S, ClockLedger
from sottovoce.domain.joining import MessageDate

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlcipher3.dbapi2 as sqlite

    from sottovoce.domain.clock import MessageSpan

CLOCK = "clock"
"""Name in `meta`."""
DAILY = "daily backup"
"""Name in `meta` of what the last backup that was made by itself is called."""
SHOWN = "told"
"""Name in `meta` of what is shown once a day: when it was last."""
FRESH_S = 3600.0
"""A look that differs from the stored one by less is not worth a write."""


def looked(connection: sqlite.Connection, now: float, *, just_made: bool = False) -> ClockLedger:
    """The ledger after a look at the clock; nothing is written. A store that was just made has no other witness."""
    (newest,) = connection.execute("SELECT ifnull(max(number), 0) FROM message").fetchone()
    ledger = stored(connection)
    ledger = ledger or ClockLedger(believed=now if just_made else _last_known(connection, now))
    ran_back = ledger.doubt is not None and ledger.doubt.gap_s < 0
    return ledger.look(now, newest, ahead(connection, now) if ran_back else None)


def is_news(connection: sqlite.Connection, ledger: ClockLedger) -> bool:
    """Whether a ledger says more than the stored one."""
    before = stored(connection)
    if before is None or ledger.believed - before.believed >= FRESH_S:
        return True
    return before.to_json() | {"believed": 0} != ledger.to_json() | {"believed": 0}


def change(
    connection: sqlite.Connection, now: float, change: Callable[[ClockLedger], ClockLedger], *, just_made: bool
) -> ClockLedger:
    """Look at the clock, change the ledger, store and return it."""
    ledger = change(looked(connection, now, just_made=just_made))
    if is_news(connection, ledger):
        _store(connection, ledger)
    return ledger


def take_over(connection: sqlite.Connection, known: ClockLedger) -> None:
    """Go on with what a machine knows of its clock and its backups, in an earlier state of the same store."""
    (newest,) = connection.execute("SELECT ifnull(max(number), 0) FROM message").fetchone()
    doubt = known.doubt
    if doubt is not None:
        doubt = dataclasses.replace(doubt, after=min(doubt.after, newest), strayed=min(doubt.strayed, newest))
    misdated = tuple(
        dataclasses.replace(span, upto=min(span.upto, newest)) for span in known.misdated if span.after < newest
    )
    _store(connection, dataclasses.replace(known, doubt=doubt, misdated=misdated))


def ahead(connection: sqlite.Connection, now: float) -> MessageSpan | None:
    """The messages that are dated more than a day later than now, and those between them."""
    first, last = connection.execute(
        "SELECT min(number), max(number) FROM message WHERE created_at > ?", (now + DAY_S,)
    ).fetchone()
    return None if first is None else (first - 1, last)


def _store(connection: sqlite.Connection, ledger: ClockLedger) -> None:
    connection.execute(
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (CLOCK, json.dumps(ledger.to_json())),
    )


def stored(connection: sqlite.Connection) -> ClockLedger | None:
    """What was known after the last look; None if there was none."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (CLOCK,)).fetchone()
    return None if row is None else ClockLedger.from_json(json.loads(row[0]))


def note_daily_backup(connection: sqlite.Connection, name: str) -> None:
    """Note the backup that was made last without being asked for."""
    connection.execute(
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (DAILY, name),
    )


def daily_backup(connection: sqlite.Connection) -> str | None:
    """The name of that backup, if there ever was one."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (DAILY,)).fetchone()
    return None if row is None else str(row[0])


def dates(connection: sqlite.Connection, *, doubted: bool = False) -> list[MessageDate]:
    """The messages whose dates say nothing; with `doubted` also those that may yet turn out to be such."""
    found: dict[str, float] = {}
    ledger = stored(connection)
    spans = () if ledger is None else ledger.undated if doubted else ledger.misdated
    for span in spans:
        ids = connection.execute("SELECT id FROM message WHERE number > ? AND number <= ?", (span.after, span.upto))
        for (identifier,) in ids:
            found[identifier] = max(span.at, found.get(identifier, span.at))
    return [MessageDate(identifier, at) for identifier, at in found.items()]


def is_first_today(connection: sqlite.Connection, code: str, day: str) -> bool:
    """Note that this was shown on that day; whether it was for the first time."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (SHOWN,)).fetchone()
    shown = {} if row is None else json.loads(row[0])
    if shown.get(code) == day:
        return False
    connection.execute(
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (SHOWN, json.dumps(shown | {code: day})),
    )
    return True


def _last_known(connection: sqlite.Connection, now: float) -> float:
    """When the store was last used before today; now if it has no earlier day.

    What came in today is no witness: it was dated by the clock that is looked at.
    """
    today = now // DAY_S * DAY_S
    (opened,) = connection.execute("SELECT max(at) FROM audit_log WHERE at < ?", (today,)).fetchone()
    if opened is None:
        return now
    (said,) = connection.execute("SELECT max(created_at) FROM message WHERE created_at < ?", (today,)).fetchone()
    return max(float(opened), float(said or 0))
