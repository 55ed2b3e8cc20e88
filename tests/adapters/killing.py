"""Starts `killed_at.py`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sottovoce.adapters.places import Places

ROOT = Path(__file__).parents[2]


def killed_at(what: str, places: Places, backup: Path, key: bytes, stride: int = 5) -> dict[str, Any]:
    """Kill one thing at every `stride`-th of its steps, in copies of a closed home; what was found after each.

    At each single step it is done in `./dev durability`.
    """
    script = str(ROOT / "tests/adapters/killed_at.py")
    run = subprocess.run(
        [sys.executable, script, what, str(places.data), str(backup), key.hex(), str(stride)],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'desktop'}:{ROOT}"},
    )
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found
