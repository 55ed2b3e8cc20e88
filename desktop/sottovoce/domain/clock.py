"""Whether the clock can be believed before anything is removed for its age: no single look at it is enough.

A clock may run ahead (a battery, a wrong year typed in) or back (a machine that wakes in 1970). What is removed for its
age is gone for good, so each look is compared with the last one that was believed:

- not more than `NEAR_S` after it, and not before it: believed;
- else the clock is in doubt, and time goes on from the last moment that was believed; the clock is believed after some
  days of use that followed one another on it (`wanted`), or on the user's word;
- back near the last moment that was believed, it was wrong meanwhile: what was said then has dates that say nothing,
  and counts as said when the clock was right again (`Misdated`).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

DAY_S = 86_400.0
NEAR_S = 2 * DAY_S
"""After the last look: a day without use is nothing."""
BACK_S = DAY_S
"""Before the last look: clocks are put right by minutes, and that is nothing either."""
FAR_S = 14 * DAY_S
"""A gap that is told, if anything is held back for it: most holidays are shorter."""
MOST_DAYS = 7
"""Days of use after which any date is believed."""
PAUSE_S = 35 * DAY_S
"""Between two days of use on a clock that is in doubt, at most; after a longer pause they are counted anew."""
MOST_NUMBER = 2**63 - 1
"""Of a message that is yet to come."""
MessageSpan = tuple[int, int]
"""Messages by their numbers: of the last one before them, and of the last one of them."""
MOST_MISDATED = 32
"""Spans that are remembered; the oldest is forgotten first, and what was said in it keeps its date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A clock that does not go on from the last moment that was believed."""

    gap_s: float
    """From there to the first look at it; negative if it ran back."""
    latest: float
    """The newest look at it."""
    days: int = 0
    """Days of use since the first look at it, that one not counted."""
    after: int = 0
    """Number of the newest message at the first look at it."""
    strayed: int = 0
    """Number of the newest message when the clock was last believed: what came until `after` has other wrong dates."""
    jumps: int = 0
    """How often it jumped to yet another date since it was last believed."""
    told: bool = False
    """Whether the user knows."""

    @property
    def wanted(self) -> int:
        """Days of use after which it is believed: one, and one more for each week that it jumped."""
        return min(MOST_DAYS, 1 + int(abs(self.gap_s) // (7 * DAY_S)))

    @property
    def pause_s(self) -> float:
        """Longest step to the next look for which time just went on: not much longer than the first gap.

        From a clock that ran back, a longer step is more likely the one to the right time.
        """
        return min(PAUSE_S, max(NEAR_S, 1.5 * self.gap_s))

    @property
    def far(self) -> bool:
        """Whether it is worth a word."""
        return abs(self.gap_s) >= FAR_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Misdated:
    """Messages that were said while the clock was wrong."""

    after: int
    """Number of the last message before them."""
    upto: int
    """Number of the last one of them."""
    at: float
    """When the clock was right again, seconds since 1970-01-01 UTC: they count as said then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """A backup that was made while the clock was in doubt."""

    name: str
    jumps: int
    """As in the doubt of then: which of its dates it has."""
    at: float | None = None
    """When its date turned out to be wrong: it counts as made then. None while that is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockLedger:
    """What is known of the clock; `look` makes the next one."""

    believed: float
    """The newest look that was believed, seconds since 1970-01-01 UTC."""
    doubt: Doubt | None = None
    misdated: tuple[Misdated, ...] = ()
    strays: tuple[Stray, ...] = ()
    newest_backup: str = ""
    """Name of the home's own backup that was made last, whatever its date is."""
    kept_since: tuple[tuple[str, float], ...] = ()
    """What goes when it has been kept for some days: its name, and the first look at it."""

    def look(self, now: float, newest: int, ahead: MessageSpan | None = None) -> ClockLedger:
        """The ledger after a look at the clock.

        Args:
            now: What the clock says, seconds since 1970-01-01 UTC.
            newest: Number of the newest message.
            ahead: The messages dated later than `now`, if there are any.
        """
        gap_s = now - self.believed
        if -BACK_S <= gap_s <= NEAR_S:
            return self._right_again(now, newest)
        doubt = self.doubt
        if doubt is None:
            began = Doubt(gap_s=gap_s, latest=now, after=newest, strayed=newest)
            return dataclasses.replace(self, doubt=began)
        if not -BACK_S <= now - doubt.latest <= doubt.pause_s:
            jumped = dataclasses.replace(doubt, gap_s=gap_s, latest=now, after=newest, days=0, jumps=doubt.jumps + 1)
            return dataclasses.replace(self, doubt=jumped)
        another_day = now // DAY_S > doubt.latest // DAY_S
        doubt = dataclasses.replace(doubt, latest=max(now, doubt.latest), days=doubt.days + another_day)
        if doubt.days >= doubt.wanted:
            return self.accepted(now, ahead)
        return dataclasses.replace(self, doubt=doubt)

    def accepted(self, now: float, ahead: MessageSpan | None = None) -> ClockLedger:
        """Believe the clock as it is: the user said so, or days went by on it one after another."""
        spans = [] if ahead is None else [ahead]
        if self.doubt is None:
            return self._believing(now, spans, right=None)
        return self._believing(now, [*spans, (self.doubt.strayed, self.doubt.after)], right=self.doubt.jumps)

    def told(self) -> ClockLedger:
        """Note that the user knows of the doubt."""
        return (
            self if self.doubt is None else dataclasses.replace(self, doubt=dataclasses.replace(self.doubt, told=True))
        )

    def sure(self, now: float) -> float:
        """The time by which things may be removed for their age: never later than what is believed."""
        return now if self.doubt is None else min(now, self.believed)

    @property
    def undated(self) -> tuple[Misdated, ...]:
        """The messages whose dates say nothing, or may yet turn out to."""
        if self.doubt is None:
            return self.misdated
        return (*self.misdated, Misdated(after=self.doubt.strayed, upto=MOST_NUMBER, at=self.believed))

    def _right_again(self, now: float, newest: int) -> ClockLedger:
        spans = [] if self.doubt is None else [(self.doubt.strayed, newest)]
        return self._believing(max(now, self.believed), spans, right=None)

    def _believing(self, now: float, spans: list[MessageSpan], right: int | None) -> ClockLedger:
        """Settle what was said and made in doubt; `right` are the jumps of the dates that were right after all."""
        found = tuple(Misdated(after=after, upto=upto, at=now) for after, upto in spans if after < upto)
        strays = [stray for stray in self.strays if stray.at is not None or stray.jumps != right]
        return dataclasses.replace(
            self,
            believed=now,
            doubt=None,
            kept_since=tuple((name, min(since, now)) for name, since in self.kept_since),
            misdated=(*self.misdated, *found)[-MOST_MISDATED:],
            strays=tuple(stray if stray.at is not None else dataclasses.replace(stray, at=now) for stray in strays),
        )

    def with_backup(self, name: str) -> ClockLedger:
        """Note a backup that was just made."""
        strays = self.strays
        if self.doubt is not None:
            strays = (*strays, Stray(name=name, jumps=self.doubt.jumps))
        return dataclasses.replace(self, newest_backup=name, strays=strays)

    def with_backups(self, names: Collection[str]) -> ClockLedger:
        """Forget what is known of other backups: they are gone."""
        strays = tuple(stray for stray in self.strays if stray.name in names)
        return self if strays == self.strays else dataclasses.replace(self, strays=strays)

    def backup_made(self, name: str, created: float) -> float | None:
        """When a backup that says `created` counts as made; None while its date is in doubt."""
        for stray in self.strays:
            if stray.name == name:
                return stray.at
        return created

    def with_kept(self, names: Collection[str], now: float) -> ClockLedger:
        """Note what is there that goes some day; forget what is not there any more."""
        known = dict(self.kept_since)
        first = now if self.doubt is None else self.believed
        kept = tuple((name, known.get(name, first)) for name in sorted(names))
        return self if kept == self.kept_since else dataclasses.replace(self, kept_since=kept)

    def kept_for(self, days: float, now: float) -> frozenset[str]:
        """Names of what has been there for more than so many days."""
        return frozenset(name for name, since in self.kept_since if self.sure(now) - since > days * DAY_S)

    def to_json(self) -> dict[str, Any]:
        """The values as JSON has them."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> ClockLedger:
        """What `to_json` wrote."""
        doubt = stored["doubt"]
        return cls(
            believed=stored["believed"],
            doubt=doubt and Doubt(**doubt),
            misdated=tuple(Misdated(**span) for span in stored["misdated"]),
            strays=tuple(Stray(**stray) for stray in stored["strays"]),
            newest_backup=stored["newest_backup"],
            kept_since=tuple((name, since) for name, since in stored["kept_since"]),
        )
