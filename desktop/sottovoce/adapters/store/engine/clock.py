"""The clock as the store's upkeep sees it: looked at, doubted, and believed on the user's word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.adapters.store import rows
from sottovoce.domain.clock import DAY_S, ClockLedger
from sottovoce.domain.errors import ClockDoubted
from sottovoce.domain.records import AuditEvent
from sottovoce.domain.said import said
from sottovoce.memory.finish import finishing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from sottovoce.adapters.store.engine.encrypted_store import EncryptedStore
    from sottovoce.domain.clock import Doubt


class StoreClock:
    """Looks at the clock; what it says is kept in the store, so that one look is compared with those before."""

    def __init__(self, store: EncryptedStore, clock: Callable[[], datetime]) -> None:
        """Prepare; `clock` is the wall clock, with its zone."""
        self._store = store
        self._clock = clock

    @property
    def now(self) -> float:
        """What the clock says, seconds since 1970-01-01 UTC."""
        return self._clock().timestamp()

    async def look(self, change: Callable[[ClockLedger], ClockLedger] = lambda ledger: ledger) -> ClockLedger:
        """What is known of the clock now, and changed by `change`.

        Raises:
            StoreTrouble: It can't be read or written.
        """
        return await self._store.clock(self.now, change)

    @finishing
    async def accept(self) -> bool:
        """Believe the clock as it is; False if it was not in doubt.

        Raises:
            StoreTrouble: It can't be written.
        """
        now = self.now
        doubt = (await self._store.clock(now)).doubt
        if doubt is None:
            return False
        await self._store.clock(now, lambda ledger: ledger.accepted(now))
        await self._store.audit(AuditEvent.CLOCK_ACCEPTED, {"days": round(doubt.gap_s / DAY_S)})
        return True

    async def kept_for(self, names: Collection[str], days: float, prefix: str) -> frozenset[str]:
        """Those of `names`, which begin with `prefix`, that have been there for more than so many believed days.

        Raises:
            StoreTrouble: It can't be read or written.
        """
        now = self.now

        def noted(ledger: ClockLedger) -> ClockLedger:
            others = [name for name, _ in ledger.kept_since if not name.startswith(prefix)]
            return ledger.with_kept([*others, *names], now)

        return (await self._store.clock(now, noted)).kept_for(days, now).intersection(names)

    async def is_news_today(self, code: str) -> bool:
        """Whether trouble of that code has not been shown on this day of the wall clock; from now on it has.

        Raises:
            StoreTrouble: It can't be read or written.
        """
        day = f"{self._clock():%Y-%m-%d}"
        return await self._store.in_one_go(lambda connection: rows.clock.is_first_today(connection, code, day))

    @finishing
    async def show_once(self, doubt: Doubt) -> ClockDoubted:
        """Return what to show of a clock in doubt; from now on it counts as shown.

        Raises:
            StoreTrouble: It can't be written.
        """
        await self.look(ClockLedger.told)
        await self._store.audit(AuditEvent.CLOCK_DOUBTED, {"days": round(doubt.gap_s / DAY_S)})
        return self.doubted(doubt)

    def doubted(self, doubt: Doubt) -> ClockDoubted:
        """Return the error that a clock in doubt is shown as."""
        days, shown = round(abs(doubt.gap_s) / DAY_S), f"{self._clock():%Y-%m-%d}"
        more = doubt.wanted - doubt.days
        if doubt.gap_s < 0:
            return ClockDoubted(said("error-clock-doubted-behind", day=shown, days=days, more=more))
        return ClockDoubted(said("error-clock-doubted-ahead", day=shown, days=days, more=more))
