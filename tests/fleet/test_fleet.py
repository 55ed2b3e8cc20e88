"""A few homes prepared from policy alone; `./dev fleet` prepares fifty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fleet.preparing import prepare

if TYPE_CHECKING:
    from pathlib import Path


def test_homes_are_ready_and_escrowed_without_a_question(tmp_path: Path) -> None:
    done = prepare(tmp_path, 2)
    del done["seconds"]
    assert done == {"homes": 2, "ready": 2, "escrowed": 2, "files": 2, "unchanged": True, "prompts": 0}
