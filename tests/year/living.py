"""Two homes on two machines, lived in day by day under a clock of their own, and looked at every day.

What was said is known by words that occur once. Every day nothing may be lost that was said within the days that are
kept and was not erased, nothing erased may be back (in the store, its backups, what a restore laid aside), backups must
reach back four weeks, and each home's files must belong to its own key.
"""

from __future__ import annotations

import contextlib
import random
import shutil
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.places import Places
from sottovoce.adapters.store.backups.file import read_header, unpack
from sottovoce.adapters.store.backups.own_files import own_backups
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.adapters.store.folder.restore_files import laid_aside
from sottovoce.adapters.store.opening.restoring import Ways, restore_backup
from sottovoce.adapters.store.sealed.key_file_access import read_key_file
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.domain.policy import Policy
from sottovoce.domain.records import Event, ListEntry
from sottovoce.domain.settings import Settings
from sottovoce.home import open_home

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sottovoce.home import Home

KEEP_DAYS = 60
SLACK_DAYS = 50
"""Days that a message may be kept beyond that: a clock was in doubt, or nobody came for three weeks."""
ASIDE_DAYS = 28
FAULTS = MappingProxyType(
    {40: (3650, 2), 75: (-20_000, 1), 130: (20, 2), 165: (-400, 3), 240: (700, 3), 290: (3650, 4), 330: (-90, 1)}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How the days go by."""

    days: int = 366
    turns: int = 5000
    away: tuple[int, int] = (100, 121)
    """Nobody is there from the first of these days to the day before the second."""
    faults: Mapping[int, tuple[int, int]] = field(default_factory=lambda: dict(FAULTS))
    """On which day the clock of the first machine is wrong, by how many days, and for how many."""
    restore: tuple[int, ...] = (60, 210)
    """On which days the first machine goes back to an older backup."""
    look: int = 7
    """Every so many days the backups are opened, and the two machines exchange what they know."""


@dataclass(slots=True)
class Word:
    """Something that was said once."""

    text: str
    day: int
    conversation: str
    fault: bool
    """Whether the clock was wrong then."""
    taken: bool = False
    """Whether it came back by an export, which knows of its date nothing but itself."""


@dataclass(slots=True)
class Tally:
    """What happened, and what should not have."""

    days: int = 0
    turns: int = 0
    erased: int = 0
    restored: int = 0
    exchanged: int = 0
    backups_opened: int = 0
    doubts: int = 0
    shortest_reach_days: float = 1e9
    """Of the backups, once there is one that old."""
    slowest_day_s: float = 0.0
    faults: list[str] = field(default_factory=list)


class Machine:
    """One home, and what is known to be in it."""

    def __init__(self, name: str, folder: Path, key: bytes, start: datetime) -> None:
        self.name, self.places, self.key = name, Places.under(folder), key
        self.true = start
        self.wrong = timedelta(0)
        self.zone = UTC
        self.said: dict[str, Word] = {}
        self.erased: set[str] = set()
        self.made: dict[str, int] = {}
        """Day on which each backup was really made."""
        self.aside: dict[str, int] = {}

    def clock(self) -> datetime:
        """What its clock says."""
        return (self.true + self.wrong).astimezone(self.zone)

    def open(self) -> contextlib.AbstractAsyncContextManager[Home]:
        """The home as it is used."""
        return open_home(
            self.places.data, self.key, settings=Settings(keep_days=KEEP_DAYS), policy=Policy(), clock=self.clock
        )


class Year:
    """The two of them."""

    def __init__(self, folder: Path, plan: Plan, seed: int = 1) -> None:
        """Prepare; the homes are made under `folder` on their first day."""
        self.plan, self.tally = plan, Tally()
        self._folder = folder
        self._chance = random.Random(seed)  # noqa: S311 - a story, no secret
        self._start = datetime(2027, 1, 4, 9, tzinfo=UTC)
        self.first = Machine("first", folder / "first", bytes(range(32)), self._start)
        self.second = Machine("second", folder / "second", bytes(range(32, 64)), self._start)
        self._day = 0
        self._number = 0

    async def live(self) -> Tally:
        """Every day."""
        for day in range(self.plan.days):
            self._day = day
            begun = time.monotonic()
            here = not self.plan.away[0] <= day < self.plan.away[1] and self._chance.random() < 0.9
            if here or day in self.plan.restore:
                await self._live_at(self.first)
            if day in self.plan.restore:
                await self._restore(self.first)
            if self._day % 4 == 1:
                await self._live_at(self.second)
            if self._day % self.plan.look == self.plan.look - 1 and self.first.said and self.second.said:
                await self._exchange(self.first, self.second)
                await self._exchange(self.second, self.first)
            self.tally.days += 1
            self.tally.slowest_day_s = max(self.tally.slowest_day_s, time.monotonic() - begun)
        return self.tally

    def _set_clock(self, machine: Machine) -> None:
        machine.true = self._start + timedelta(days=self._day, minutes=self._chance.randrange(600))
        machine.wrong = timedelta(0)
        if machine is self.first:
            for day, (wrong, length) in self.plan.faults.items():
                if day <= self._day < day + length:
                    machine.wrong = timedelta(days=wrong)

    async def _live_at(self, machine: Machine) -> None:
        self._set_clock(machine)
        turns = max(round(self.plan.turns / self.plan.days / 1.1), 1)
        async with machine.open() as home:
            conversation: str | None = None
            for turn in range(turns):
                machine.true += timedelta(seconds=40)
                text = f"word{self._number:05d}{machine.name}"
                self._number += 1
                words = f"remember that my {text} is green" if turn % 5 == 1 else f"what about {text} today"
                answer = await home.ask(words, user_id="me", conversation=conversation if turn % 4 else None)
                conversation = answer.conversation
                if turn % 5 == 1:  # the same word on a list and in the calendar
                    asked = (await home.store.messages(conversation, limit=2))[0].id
                    kept: dict[str, Any] = {"id": asked, "source_message": asked, "created_at": 1.0, "changed_at": 1.0}
                    await home.store.save(ListEntry(list="words", text=text, **kept))
                    await home.store.save(Event(title=text, starts_at=1.0, ends_at=1.0, **kept))
                machine.said[text] = Word(text, self._day, conversation, fault=bool(machine.wrong))
                self.tally.turns += 1
            if self._day % 9 == 4:
                await self._erase(machine, home)
            await home.services.maintenance.watch_clock()
            await home.services.maintenance.due()
            await self._check(machine, home)

    async def _erase(self, machine: Machine, home: Home) -> None:
        # What is remembered of older ones stays with its user: nothing tells any more which conversation it is from.
        young = [word for word in machine.said.values() if self._day - word.day < KEEP_DAYS]
        known = [word for word in young if word.text not in machine.erased and not word.fault]
        if not known:
            return
        conversation = self._chance.choice(known).conversation
        await home.erase(Erasure(scope=Scope.CONVERSATION, of=conversation))
        machine.erased |= {word.text for word in young if word.conversation == conversation}
        self.tally.erased += 1

    async def _restore(self, machine: Machine) -> None:
        """Go back to an older backup, and take what was said since from an export made before."""
        export = self._folder / "before-restore"
        async with machine.open() as home:
            await home.care.exporting.export(export)
            backups = await home.care.backups.present()
        path = backups[min(3, len(backups) - 1)].path
        done = await restore_backup(machine.places, path, Ways(key=machine.key), machine.clock())
        if done.aside is not None:
            machine.aside[done.aside.name] = self._day
        for word in machine.said.values():
            word.taken = word.taken or word.day >= machine.made[path.name]
        async with machine.open() as home:
            await home.take(export)
            await home.care.clock.accept()  # an older store knows no newer day
            await self._check(machine, home)
        shutil.rmtree(export)
        self.tally.restored += 1

    async def _exchange(self, giver: Machine, taker: Machine) -> None:
        export = self._folder / "exchanged"
        async with giver.open() as home:
            await home.care.exporting.export(export)
        async with taker.open() as home:
            await home.take(export)
            for text, word in giver.said.items():
                if text not in giver.erased:
                    taker.said.setdefault(text, word)
            await self._check(taker, home)
        shutil.rmtree(export)
        self.tally.exchanged += 1

    # Looked at every day

    async def _check(self, machine: Machine, home: Home) -> None:
        ledger = await home.care.clock.look()
        self.tally.doubts += ledger.doubt is not None
        said, kept = _texts(home.store.opener)  # type: ignore[attr-defined]
        for word in machine.said.values():
            age = self._day - word.day
            dated = not word.fault or (word.text.endswith(machine.name) and not word.taken)
            if word.text in machine.erased:
                if word.text in said or word.text in kept:
                    self._wrong(machine, f"{word.text} of day {word.day} is back")
            elif age < KEEP_DAYS and word.text not in said and dated:
                self._wrong(machine, f"{word.text} of day {word.day} is lost")
            elif age > KEEP_DAYS + SLACK_DAYS and word.text in said and not word.fault and not ledger.doubt:
                self._wrong(machine, f"{word.text} of day {word.day} is still there")
        self._check_backups(machine)
        self._check_aside(machine)
        if not read_key_file(machine.places).fits(machine.key):
            self._wrong(machine, "its key file belongs to another key")
        if (trouble := await home.store.audit_trouble()) is not None:
            self._wrong(machine, f"audit log: {trouble.code}")

    def _check_backups(self, machine: Machine) -> None:
        there = own_backups(machine.places)
        for path in there:
            machine.made.setdefault(path.name, self._day)
        oldest = min((machine.made[path.name] for path in there), default=self._day)
        first = min(machine.made.values(), default=self._day)
        reach = self._day - oldest
        if self._day - first >= ASIDE_DAYS:
            self.tally.shortest_reach_days = min(self.tally.shortest_reach_days, reach)
        if reach < min(ASIDE_DAYS, self._day - first):
            self._wrong(machine, f"backups reach back {reach} days")
        if self._day % self.plan.look == 0:
            for path in there:
                self._check_backup(machine, path)

    def _check_backup(self, machine: Machine, path: Path) -> None:
        header = read_header(path)
        key = header.unseal(machine.key)
        if key is None:
            self._wrong(machine, f"{path.name} opens with another key")
            return
        body = self._folder / "body"
        try:
            unpack(path, header, body)
            self._check_gone(machine, ConnectionOpener(body, key), path.name)
        finally:
            body.unlink(missing_ok=True)
        self.tally.backups_opened += 1

    def _check_aside(self, machine: Machine) -> None:
        there = {folder.name: folder for folder in laid_aside(machine.places)}
        for name, day in machine.aside.items():
            if name not in there and self._day - day < ASIDE_DAYS:
                self._wrong(machine, f"{name} went after {self._day - day} days")
            elif name in there and self._day - day > ASIDE_DAYS + SLACK_DAYS:
                self._wrong(machine, f"{name} is still there after {self._day - day} days")
            elif name in there and self._day % self.plan.look == 0:
                self._check_gone(machine, ConnectionOpener(there[name] / "sottovoce.db", bytearray(machine.key)), name)

    def _check_gone(self, machine: Machine, opener: ConnectionOpener, where: str) -> None:
        said, kept = _texts(opener)
        for text in machine.erased:
            if text in said or text in kept:
                self._wrong(machine, f"{text} is still in {where}")

    def _wrong(self, machine: Machine, what: str) -> None:
        self.tally.faults.append(f"day {self._day}, {machine.name}: {what}")


def _texts(opener: ConnectionOpener) -> tuple[frozenset[str], frozenset[str]]:
    """The single words in messages, and in all else that is remembered."""
    with contextlib.closing(opener.keyed(mode="ro")) as connection:
        said = connection.execute("SELECT content FROM message").fetchall()
        kept = connection.execute(
            "SELECT text FROM memory UNION ALL SELECT body FROM user_context"
            " UNION ALL SELECT text FROM list_entry UNION ALL SELECT title FROM event"
        ).fetchall()
    return _words(said), _words(kept)


def _words(rows: list[tuple[str]]) -> frozenset[str]:
    return frozenset(
        word for (text,) in rows for word in text.replace('"', " ").replace(".", " ").split() if word.startswith("word")
    )
