"""The short form of the trials of auto-save in `./dev durability`."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sottovoce.domain.contexts import UserContext
from tests.durability.saving import is_whole, marked
from tests.durability.saving_trials import saving_trials

if TYPE_CHECKING:
    from pathlib import Path


def test_a_kill_in_the_middle_of_auto_save_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    tally = saving_trials(10, tmp_path)
    assert (tally.trials, tally.lossy, tally.corrupt) == (10, 0, 0), tally.faults


def test_a_part_of_a_snapshot_would_be_seen() -> None:
    whole = UserContext(conversations_count=25, preferences=marked(25))
    assert is_whole(whole)
    assert is_whole(UserContext(conversations_count=3))
    assert not is_whole(dataclasses.replace(whole, conversations_count=24))
    assert not is_whole(dataclasses.replace(whole, preferences={"count": 25}))
