"""A year of two homes, as a table and as JSON.

    ./dev year [DAYS]

DAYS is the number of days (366 unless told), with some 5,000 turns a year. The exit code is 1 if anything was lost or
came back.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

from tests.year.living import Plan, Year

OUT = Path(__file__).with_name("result.json")
DAYS = 366
TURNS = 5000


def main() -> int:
    """Live it, print, write."""
    parser = argparse.ArgumentParser(prog="./dev year", description="Live a year with two homes, and look every day.")
    parser.add_argument("days", nargs="?", type=int, default=DAYS, metavar="DAYS", help="number of days (366)")
    parser.add_argument("--seed", type=int, default=1, help="another year")
    parser.add_argument("--out", type=Path, default=OUT, help="where the JSON goes")
    options = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sottovoce-year-") as folder:
        plan = Plan(days=options.days, turns=round(TURNS * options.days / DAYS))
        tally = asyncio.run(Year(Path(folder), plan, options.seed).live())
    seconds = time.monotonic() - begun
    row = dataclasses.asdict(tally) | {"as_it_must_be": not tally.faults, "seconds": round(seconds, 1)}
    for name, value in row.items():
        sys.stdout.write(f"{name:22} {value if name != 'faults' else len(tally.faults)}\n")
    for fault in tally.faults[:40]:
        sys.stdout.write(f"    {fault}\n")
    machine = {"cpus": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}
    result = {"command": f"./dev year {options.days}", "machine": machine, "rows": [row]}
    options.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
