"""All trials at their full number, as a table and as JSON.

    ./dev durability [N]

N is the number of kills (200 unless told); twice as many power cuts are made, half as many in a life of another key, an
erasure and a restore, and half as many of each control. The
exit code is 1 if the product lost or broke anything, or a control did not.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.durability import trials
from tests.durability.key_trials import key_trials
from tests.durability.recording import RecordingFailed
from tests.durability.saving_trials import saving_trials
from tests.durability.step_trials import step_trials

if TYPE_CHECKING:
    from collections.abc import Callable

OUT = Path(__file__).with_name("result.json")
KILLS = 200
APPENDS = 600


def plan(work: Path, kills: int) -> list[tuple[str, bool, Callable[[], trials.Tally]]]:
    """Each row: its name, whether the product must come through, and the trials."""
    life = trials.recorded(work, "product", APPENDS)
    migration, held = trials.recorded_migration(work, 50)
    whole_life = trials.recorded_life(work)
    normal, early = trials.recorded(work, "normal", APPENDS), trials.recorded(work, "early", APPENDS)
    return [
        ("kill -9", True, lambda: trials.kill_trials(kills, "product", work)),
        ("kill -9 in the middle of auto-save", True, lambda: saving_trials(kills, work)),
        ("power cut", True, lambda: trials.cut_trials(life, 2 * kills)),
        ("power cut while a home is made", True, lambda: trials.cut_trials(life, kills, opening=True)),
        ("power cut while a home is migrated", True, lambda: trials.cut_trials(migration, kills, held, opening=True)),
        ("power cut while a home is closed", True, lambda: trials.cut_trials(life, kills, closing=True)),
        ("power cut while keys, backups and words change", True, lambda: trials.life_trials(whole_life, kills // 2)),
        ("kill -9 at every step of a change of keys", True, lambda: key_trials(work)),
        ("kill -9 at every step of a merge, restore, backup", True, lambda: step_trials(work)),
        ("control: acknowledged before COMMIT, kill -9", False, lambda: trials.kill_trials(kills // 10, "early", work)),
        ("control: acknowledged before COMMIT, power cut", False, lambda: trials.cut_trials(early, kills // 2)),
        ("control: synchronous=NORMAL, power cut", False, lambda: trials.cut_trials(normal, kills // 2)),
    ]


def row_of(name: str, tally: trials.Tally, *, product: bool, seconds: float) -> dict[str, Any]:
    """One row of the table."""
    return {
        "trial": name,
        "trials": tally.trials,
        "acknowledged": tally.acknowledged,
        "lost_something": tally.lossy,
        "corrupt": tally.corrupt,
        "moments": dict(sorted(tally.at.items())),
        "faults": sorted(set(tally.faults)),
        "as_it_must_be": not (tally.lossy or tally.corrupt) if product else bool(tally.lossy),
        "seconds": round(seconds, 1),
    }


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Do all trials, print, write."""
    parser = argparse.ArgumentParser(prog="./dev durability", description="Kill the writing process, cut its power.")
    parser.add_argument("kills", nargs="?", type=int, default=KILLS, metavar="N", help="number of kills (200)")
    parser.add_argument("--out", type=Path, default=OUT, help="where the JSON goes")
    options = parser.parse_args()
    rows = []
    _say(f"{'trial':48} {'trials':>7} {'acknowledged':>13} {'lost':>6} {'corrupt':>8} {'seconds':>8}")
    with tempfile.TemporaryDirectory(prefix="sottovoce-durability-") as folder:
        try:
            planned = plan(Path(folder), max(options.kills, 10))
        except RecordingFailed as error:
            sys.stderr.write(f"{error}\n")
            return 1
        for name, product, run in planned:
            begun = time.monotonic()
            row = row_of(name, run(), product=product, seconds=time.monotonic() - begun)
            rows.append(row)
            shown = f"{row['trials']:7} {row['acknowledged']:13} {row['lost_something']:6} {row['corrupt']:8}"
            _say(f"{name:48} {shown} {row['seconds']:8}{'' if row['as_it_must_be'] else '   NOT AS IT MUST BE'}")
            for fault in row["faults"]:
                _say(f"    {fault}")
    machine = {"cpus": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}
    result = {"command": f"./dev durability {options.kills}", "machine": machine, "rows": rows}
    options.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    return 0 if all(row["as_it_must_be"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
