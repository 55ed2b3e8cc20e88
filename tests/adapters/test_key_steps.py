"""Killed at any step of any change of keys, a home is whole under exactly one key, and nothing is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import processes
from tests.adapters.key_steps import OPERATIONS

ROOT = Path(__file__).parents[2]
EVERY = "18"
"""Every eighteenth step here, another one of each operation; each single one in `./dev durability`."""


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
@pytest.mark.timeout(330)  # many runs: beside other work a minute passes
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_change_of_keys_killed_at_any_step_loses_nothing(operation: str, tmp_path: Path) -> None:
    done = subprocess.run(
        (*processes.TIED, sys.executable, "-m", "tests.adapters.key_steps", str(tmp_path), operation, EVERY),
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "desktop"), str(ROOT)))},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout)["steps"] >= 5
