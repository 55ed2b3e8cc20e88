"""Killed at every single step of every change of keys; the suite looks at some of them (`test_key_steps.py`)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.adapters.key_steps import OPERATIONS
from tests.durability.trials import Tally

ROOT = Path(__file__).parents[2]


def key_trials(work: Path) -> Tally:
    """Kill each operation at its first step, its second, …, and look at what the next starts make of it."""
    tally = Tally()
    for operation in OPERATIONS:
        done = subprocess.run(
            (sys.executable, "-m", "tests.adapters.key_steps", str(work / operation), operation),
            env=os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "desktop"), str(ROOT)))},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0:
            tally.trials += json.loads(done.stdout)["tried"]
            tally.at[operation] = json.loads(done.stdout)["tried"]
        else:
            tally.trials += 1
            tally.corrupt += 1
            tally.faults.append(done.stderr.strip().rpartition("\n")[2])
    return tally
