"""The short form of `./dev durability`: few trials of each kind, and the controls that show the trials can fail."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.durability import trials
from tests.durability.disk import Disk
from tests.durability.recording import Event, Recording, RecordingFailed, record
from tests.durability.writing import said

if TYPE_CHECKING:
    from pathlib import Path

APPENDS = 160


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("durability")


def test_killed_processes_have_lost_nothing_they_acknowledged(work: Path) -> None:
    tally = trials.kill_trials(5, "product", work, seed=7, most_s=0.3)
    assert (tally.trials, tally.lossy, tally.corrupt) == (5, 0, 0), tally.faults
    assert tally.acknowledged > 100


def test_acknowledging_before_commit_is_caught_by_a_kill(work: Path) -> None:
    assert trials.kill_trials(3, "early", work, seed=7, most_s=0.3).lossy


def test_power_cuts_lose_nothing_acknowledged_and_break_nothing(work: Path) -> None:
    life = trials.recorded(work, "product", APPENDS)
    tally = trials.cut_trials(life, 30)
    assert (tally.trials, tally.lossy, tally.corrupt) == (30, 0, 0), tally.faults
    assert tally.acknowledged > 1000
    assert tally.at["checkpoint"]
    making = trials.cut_trials(life, 15, opening=True)
    assert (making.trials, making.lossy, making.corrupt) == (15, 0, 0), making.faults


def test_power_cuts_while_a_home_is_closed_bring_back_no_old_log(work: Path) -> None:
    life = trials.recorded(work, "product", 30)
    tally = trials.cut_trials(life, 24, closing=True)
    assert (tally.trials, tally.lossy, tally.corrupt) == (24, 0, 0), tally.faults


def test_power_cuts_during_a_migration_lose_nothing_either(work: Path) -> None:
    life, held = trials.recorded_migration(work, 10)
    tally = trials.cut_trials(life, 15, held, opening=True)
    assert (tally.trials, tally.lossy, tally.corrupt) == (15, 0, 0), tally.faults


def test_power_cuts_while_keys_backups_and_words_change_lose_nothing(work: Path) -> None:
    tally = trials.life_trials(trials.recorded_life(work), 9)
    assert (tally.trials, tally.lossy, tally.corrupt) == (9, 0, 0), tally.faults
    assert tally.acknowledged > 100


def test_a_promise_that_is_not_kept_is_counted() -> None:
    made = trials.Promised()
    for line in (b"message a 1\n", b"closed q 1\n", b"message e 2\n", b"doomed e 2\n", b"erased e 2\n"):
        made.hear(line)
    tally = trials.Tally()
    for found in (
        trials.Found({}),
        trials.Found({"a": said(2)}),
        trials.Found({"a": said(1)}, unfinished=frozenset({"q"})),
        trials.Found({"a": said(1), "e": said(2)}),
        trials.Found({"a": said(1)}),
    ):
        tally.note(made, found)
    assert (tally.trials, tally.lossy, tally.corrupt) == (5, 1, 3)


@pytest.mark.parametrize("mode", ["early", "normal"])
def test_a_store_that_promises_too_much_is_caught_by_a_power_cut(work: Path, mode: str) -> None:
    assert trials.cut_trials(trials.recorded(work, mode, APPENDS), 10).lossy  # three of four, by chance fewer


# The model of a disk


def _states(*events: Event, before: dict[str, bytes] | None = None, folder: Path) -> set[tuple[tuple[str, bytes], ...]]:
    """Every state that two hundred cuts after these events come to."""
    disk, chance = Disk(Recording(before or {}, (), events)), random.Random(5)  # noqa: S311 - nothing secret
    for event in events:
        disk.take(event)
    seen = set()
    for number in range(200):
        target = folder / str(number)
        target.mkdir()
        disk.cut(target, chance)
        seen.add(tuple(sorted((path.name, path.read_bytes()) for path in target.iterdir())))
    return seen


def test_a_write_without_sync_may_be_lost_or_torn(tmp_path: Path) -> None:
    seen = _states(Event(what="write", file=1, data=b"n" * 1024), before={"a": b"o" * 1024}, folder=tmp_path)
    assert {
        (("a", first + second),) for first in (b"o" * 512, b"n" * 512) for second in (b"o" * 512, b"n" * 512)
    } == seen


def test_writes_without_sync_may_come_in_any_order(tmp_path: Path) -> None:
    writes = (Event(what="write", file=1, data=b"1"), Event(what="write", file=1, data=b"2", offset=1))
    assert (("a", b"\0" + b"2"),) in _states(*writes, before={"a": b""}, folder=tmp_path)


def test_a_synced_write_is_certain(tmp_path: Path) -> None:
    events = (Event(what="write", file=1, data=b"new"), Event(what="sync", file=1, path="a", covers=1))
    assert _states(*events, before={"a": b"old"}, folder=tmp_path) == {(("a", b"new"),)}


def test_a_write_that_came_during_the_sync_is_not(tmp_path: Path) -> None:
    events = (Event(what="write", file=1, data=b"new"), Event(what="sync", file=1, path="a", covers=0))
    assert (("a", b"old"),) in _states(*events, before={"a": b"old"}, folder=tmp_path)


def test_a_new_name_is_certain_when_its_folder_is_synced(tmp_path: Path) -> None:
    new = (
        Event(what="create", file=1, path="a"),
        Event(what="write", file=1, data=b"x"),
        Event(what="sync", file=1, path="a", covers=2),
    )
    (tmp_path / "lost").mkdir()
    (tmp_path / "kept").mkdir()
    assert _states(*new, folder=tmp_path / "lost") == {(), (("a", b"x"),)}
    synced = (*new, Event(what="sync", path="", covers=3))
    assert _states(*synced, folder=tmp_path / "kept") == {(("a", b"x"),)}


def test_a_rename_may_be_lost_and_takes_only_what_was_synced(tmp_path: Path) -> None:
    events = (
        Event(what="create", file=2, path="b"),
        Event(what="write", file=2, data=b"new"),
        Event(what="rename", path="b", target="a"),
    )
    seen = _states(*events, before={"a": b"old"}, folder=tmp_path)
    assert {dict(state)["a"] for state in seen} == {b"old", b"", b"new"}


def test_the_recorder_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RecordingFailed, match="strace"):
        record(tmp_path, "nothing")
