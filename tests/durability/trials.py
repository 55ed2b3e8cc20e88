"""The trials: processes killed at random moments, and power cut at random moments of a recording."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import os
import random
import selectors
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sottovoce.adapters.places import Places
from sottovoce.adapters.store import StoreCare, StoreKeys, open_store
from sottovoce.adapters.store.engine import schema
from sottovoce.adapters.store.engine.connection import ConnectionOpener
from sottovoce.adapters.store.engine.session_mark import SessionMark
from sottovoce.adapters.store.sealed.key_file import KeyFile
from sottovoce.adapters.store.sealed.sealing import CHEAPEST
from sottovoce.domain.errors import SottovoceError
from tests.durability.disk import Disk
from tests.durability.recording import ROOT, Recording, record
from tests.durability.writing import USER, said
from tests.fakes_store import FakeSecrets

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = bytes(range(32))
WRITING = "tests.durability.writing"
LIVING = "tests.durability.living"
WRITERS = 4
HOME = "home"
MOST = 1_000_000
OLD_MESSAGES = 120
CLOSING = 8
"""Events of a closing after its last checkpoint: the log is cut, the session marked, the log removed."""


@dataclasses.dataclass(slots=True)
class Tally:
    """What came of a kind of trial."""

    trials: int = 0
    acknowledged: int = 0
    """Promises that stood at the moment of the kill or cut, over all trials."""
    lossy: int = 0
    """Trials that lost something acknowledged."""
    corrupt: int = 0
    """Trials after which the store could not be opened, failed its checks, or held other words than were said."""
    faults: list[str] = dataclasses.field(default_factory=list)
    at: Counter[str] = dataclasses.field(default_factory=Counter)
    """How many of the moments lay in which part of the life of a home."""

    def note(self, acknowledged: Promised, found: Found) -> None:
        """Count one trial."""
        self.trials += 1
        self.acknowledged += len(acknowledged.said)
        lost = [identity for identity in acknowledged.said if identity not in found.said]
        wrong = {
            "other words than were said": [
                identity for identity, text in found.said.items() if acknowledged.said.get(identity, text) != text
            ],
            "an answered question is offered again": acknowledged.closed & found.unfinished,
            "what was erased is there": acknowledged.erased & set(found.said),
        }
        faults = [*found.faults, *(fault for fault, where in wrong.items() if where)]
        self.lossy += bool(lost)
        self.corrupt += bool(faults)
        self.faults += faults


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """What the product found when it opened a home again."""

    said: dict[str, str]
    faults: tuple[str, ...] = ()
    unfinished: frozenset[str] = frozenset()
    """Questions that are offered again."""


async def look(folder: Path, secrets: FakeSecrets | None = None) -> Found:
    """Open the home with the product, let it finish what it left undone, and read everything."""
    places = Places.under(folder)
    try:
        store = await open_store(places, secrets, key=KEY if secrets is None else None)
    except SottovoceError as error:
        return Found({}, (f"{type(error).__name__}: {error.sentence}",))
    care = StoreCare(places, store, lambda: datetime.now().astimezone())
    keys = StoreKeys(places, store, None, CHEAPEST, backups=care.backups)
    try:
        await keys.resume()
        await care.erasing.resume()
        for backup in await care.backups.present():
            await care.backups.verify(backup.path)
        texts = {
            one.id: one.content
            for conversation in await store.conversations(limit=MOST)
            for one in await store.messages(conversation.id, limit=MOST)
        }
        texts |= {one.id: one.text for one in await store.memories(USER, limit=MOST)}
        report = await store.report()
        troubles = [trouble.code for trouble in (store.warning, report.audit) if trouble]  # all of them false alarms
        unfinished = frozenset(question.id for question in await store.unfinished_turns())
        return Found(texts, (*report.faults, *troubles), unfinished)
    except SottovoceError as error:
        return Found({}, (f"{type(error).__name__}: {error.sentence}",))
    finally:
        await keys.close()
        await care.close()
        await store.close()


@dataclasses.dataclass(slots=True)
class Promised:
    """What the lines of a program say that holds (see `writing` and `living`)."""

    said: dict[str, str] = dataclasses.field(default_factory=dict)
    """Words by id."""
    closed: set[str] = dataclasses.field(default_factory=set)
    """Questions that have their answer."""
    erased: set[str] = dataclasses.field(default_factory=set)
    secrets: dict[str, str] = dataclasses.field(default_factory=dict)
    """What the keyring has, by name."""

    def hear(self, line: bytes) -> None:
        """One whole line."""
        kind, identity, value = line.decode().split()
        if kind in {"message", "memory", "question", "answer"}:
            self.said[identity] = said(int(value))
        elif kind == "closed":
            self.closed.add(identity)
        elif kind == "doomed":
            self.said.pop(identity, None)
        elif kind == "erased":
            self.erased.add(identity)
        elif kind == "secret":
            self.secrets[identity] = value
        elif kind == "forgotten":
            self.secrets.pop(identity, None)


def _arguments(folder: Path, mode: str, count: int) -> list[str]:
    return [str(folder), KEY.hex(), mode, str(count), str(WRITERS)]


def killed(
    module: str, arguments: list[str], most_s: float, chance: random.Random, *, early: bool = True
) -> list[bytes]:
    """Run `python -m module arguments` and kill it (-9) after a random time; the whole lines it had printed.

    Args:
        module: Prints a line for each promise.
        arguments: Its command line.
        most_s: Longest time in seconds after its first line.
        chance: Chooses the time.
        early: One in ten is killed before that, while it makes or opens its home.
    """
    paths = os.pathsep.join((str(ROOT / "desktop"), str(ROOT)))
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": paths},
    ) as process:
        assert process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            if chance.randrange(10) or not early:
                assert selector.select(30), "the writing program does not start"
            selector.unregister(process.stdout)
            selector.select(chance.uniform(0, most_s))
        process.kill()
        rest = process.stdout.read()
    assert process.returncode == -9
    return [line for line in rest.splitlines(keepends=True) if line.endswith(b"\n")]


def kill_trials(count: int, mode: str, work: Path, *, seed: int = 1, homes: int = 10, most_s: float = 0.5) -> Tally:
    """Kill a writing process `count` times, `homes` times in each home, and look after each kill."""
    chance = random.Random(seed)  # noqa: S311 - the same trials again for the same seed
    tally = Tally()
    folder, made = work, Promised()
    for number in range(count):
        if number % homes == 0:
            folder, made = work / f"killed-{mode}-{number}", Promised()
            folder.mkdir(mode=0o700)
        lines = killed(WRITING, _arguments(folder, mode, 0), most_s, chance)
        for line in lines:
            made.hear(line)
        tally.at["writing" if lines else "opening"] += 1
        found = asyncio.run(look(folder))
        tally.note(made, found)
        made.said = {identity: text for identity, text in made.said.items() if identity in found.said}
        if number % homes == homes - 1:
            shutil.rmtree(folder)
    return tally


def recorded(work: Path, mode: str, count: int) -> Recording:
    """Record the writing program's whole life in a new home."""
    root = Path(tempfile.mkdtemp(prefix=f"recorded-{mode}-", dir=work))  # readable to us alone
    return record(root, WRITING, *_arguments(root / HOME, mode, count))


def recorded_migration(work: Path, count: int) -> tuple[Recording, dict[str, str]]:
    """Record it in a home of the first version of the schema; also what that home holds."""
    root = work / "recorded-migration"
    root.mkdir(mode=0o700)
    held = _old_home(Places.under(root / HOME))
    return record(root, WRITING, *_arguments(root / HOME, "product", count)), held


def _old_home(places: Places) -> dict[str, str]:
    places.prepare()
    opener, keys = ConnectionOpener(places.database, bytearray(KEY)), KeyFile.for_key(KEY)
    schema.build(opener, places.database, keys.database, schema.shipped_steps()[:1])
    SessionMark(places.database).lay()
    places.key_file.write_bytes(keys.to_bytes())
    held: dict[str, str] = {}
    with contextlib.closing(opener.keyed()) as connection:
        connection.execute("INSERT INTO conversation VALUES ('c1', ?, '', 0, 0, 0)", (USER,))
        for number in range(OLD_MESSAGES):
            held[f"old-{number}"] = said(number)
            row = (f"old-{number}", "c1", USER, "user", said(number), "complete", 0, 0, 0, "", "", 0)
            connection.execute("INSERT INTO message VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    return held


def recorded_life(work: Path) -> Recording:
    """Record a home that is backed up, given another key, erased from and restored (see `living`)."""
    root = Path(tempfile.mkdtemp(prefix="recorded-life-", dir=work))
    return record(root, LIVING, str(root / HOME))


def life_trials(recording: Recording, count: int, *, seed: int = 1) -> Tally:
    """Cut the power at `count` random moments of such a life; the keyring has what it was given until then."""
    chance = random.Random(seed)  # noqa: S311 - the same trials again for the same seed
    told = [n for n, event in enumerate(recording.events) if event.what == "told"]
    tally = Tally()
    moments = sorted(chance.randint(told[0], len(recording.events)) for _ in range(count))
    for phase, disk, made in _cuts(recording, moments, {}):
        with tempfile.TemporaryDirectory(prefix="sottovoce-cut-") as folder:
            disk.cut(Path(folder), chance)
            tally.at[phase] += 1
            tally.note(made, asyncio.run(look(Path(folder) / HOME, FakeSecrets(**made.secrets))))
    return tally


def _cuts(recording: Recording, moments: list[int], held: dict[str, str]) -> Iterator[tuple[str, Disk, Promised]]:
    """At each moment of a recording: what was going on, the disk, and what was promised until then."""
    disk, made, done, phase = Disk(recording), Promised(dict(held)), 0, "opening"
    for moment in moments:
        for event in recording.events[done:moment]:
            disk.take(event)
            if event.what == "told":
                made.hear(event.data)
                phase = "writing"
            elif event.what == "write" and phase != "opening":
                phase = "checkpoint" if event.path.endswith(".db") else "writing"
        done = moment
        yield phase, disk, made


def cut_trials(
    recording: Recording,
    count: int,
    held: dict[str, str] | None = None,
    *,
    seed: int = 1,
    opening: bool = False,
    closing: bool = False,
) -> Tally:
    """Cut the power at `count` random moments, rebuild what the disk could hold, and open it with the product.

    Args:
        recording: One life of a home; it serves any number of cuts.
        count: How many.
        held: What the home held before, which counts as acknowledged.
        seed: Makes the moments and the states come again.
        opening: Cut only before the home was open: while it is made or migrated.
        closing: Cut only among the last events: while it is closed.
    """
    chance = random.Random(seed)  # noqa: S311 - the same trials again for the same seed
    events = recording.events
    opened = next(n for n, event in enumerate(events) if event.what == "told")
    # Few moments lie in a checkpoint, and they are the ones that matter: one of five is chosen among them.
    copying = [n for n in range(opened, len(events)) if events[n].what == "write" and events[n].path.endswith(".db")]
    moments = [
        chance.choice(copying) + 1
        if copying and not opening and not closing and number % 5 == 0
        else chance.randint(len(events) - CLOSING if closing else 0, opened if opening else len(events))
        for number in range(count)
    ]
    tally = Tally()
    for phase, disk, made in _cuts(recording, sorted(moments), held or {}):
        with tempfile.TemporaryDirectory(prefix="sottovoce-cut-") as folder:
            disk.cut(Path(folder), chance)
            tally.at[phase] += 1
            tally.note(made, asyncio.run(look(Path(folder) / HOME)))
    return tally
