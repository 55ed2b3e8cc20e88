"""How long `sottovoce press` takes from the start of its process until it is asked of the application.

    ./dev bench press [--turns N] [--out FILE]

Measured beside `python -c pass`, which is what any program in Python takes to start and end.
"""

import argparse
import asyncio
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from sottovoce.adapters.local_socket import LocalServer
from tests.benchmarks.measured import origin

GOAL_MS = 40.0


async def measured(turns: int) -> dict[str, list[float]]:
    """Milliseconds: `press` until it is asked, `python` until it has ended; taken in turns."""
    asked_at = 0.0

    async def answer(_command: str, _arguments: dict[str, Any]) -> dict[str, str]:
        nonlocal asked_at
        asked_at = time.perf_counter()
        return {"stage": "listening"}

    command = shutil.which("sottovoce", path=str(Path(sys.executable).parent)) or "sottovoce"
    found: dict[str, list[float]] = {"press_ms": [], "python_ms": []}
    with tempfile.TemporaryDirectory() as home:
        server = LocalServer(Path(home, "sottovoce.sock"), answer)
        await server.open()
        for _ in range(turns):
            began = time.perf_counter()
            await _run(command, "press", home=home)
            found["press_ms"].append((asked_at - began) * 1000)
            began = time.perf_counter()
            await _run(sys.executable, "-c", "pass", home=home)
            found["python_ms"].append((time.perf_counter() - began) * 1000)
        await server.close()
    return found


async def _run(*argv: str, home: str) -> None:
    process = await asyncio.create_subprocess_exec(*argv, env=os.environ | {"SOTTOVOCE_HOME": home})
    if await process.wait():
        raise RuntimeError(f"{argv[0]} failed")


def main() -> int:
    """Measure, print, and write the figures."""
    parser = argparse.ArgumentParser(prog="./dev bench press")
    parser.add_argument("--turns", type=int, default=50)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_suffix(".json"))
    options = parser.parse_args()
    found = asyncio.run(measured(options.turns))
    medians = {name: round(statistics.median(values), 1) for name, values in found.items()}
    worst = {name: round(max(values), 1) for name, values in found.items()}
    result = {
        **origin("press"),
        "goal_median_ms": GOAL_MS,
        "turns": options.turns,
        "median": medians,
        "worst": worst,
    }
    options.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(f"press: median {medians['press_ms']} ms, goal {GOAL_MS:.0f}; python -c pass: {medians['python_ms']} ms")
    # On a slow or busy machine Python alone takes longer than that.
    return 0 if medians["press_ms"] <= max(GOAL_MS, 2 * medians["python_ms"]) else 1


if __name__ == "__main__":
    sys.exit(main())
