"""Killed at any step of a merge, nothing that was said is lost, and what was erased in a copy goes all the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import processes

ROOT = Path(__file__).parents[2]
EVERY = "34"
"""Of so many steps one here; each single one in `./dev durability`."""


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
@pytest.mark.timeout(330)  # many runs: beside other work a minute passes
def test_a_merge_killed_at_any_step_is_finished_by_the_next_start(tmp_path: Path) -> None:
    done = subprocess.run(
        (*processes.TIED, sys.executable, "-m", "tests.adapters.merge_steps", str(tmp_path), EVERY),
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "desktop"), str(ROOT)))},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout)["steps"] >= 100
