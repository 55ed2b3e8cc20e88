"""How long one waits: the whole application with real parts in a virtual desktop, beside raw Vosk in the same run.

    ./dev bench latency [--quick] [--out FILE.json]

The key is pressed by the X server's test extension, speech is played into the virtual microphone, the answer is
recorded at the virtual speaker. Per turn:

- `press_to_block_ms`: key press → first block of sound in the recogniser's hands
- `release_to_text_ms`: key-up sent → final text, with the tail of 120 ms that is listened on
- `vosk_final_ms`: raw Vosk on the very blocks of that turn, fed one by one: `FinalResult` after the last
- `over_vosk_ms`: release_to_text_ms - tail - vosk_final_ms, the part that is ours (goal: 20 ms at most)
- `release_to_sound_ms`: key-up sent → first sound of the answer at the speaker, recording delay included

Exit 1 if a turn was not recognised or not spoken, or if a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from pathlib import Path
from typing import Any

from tests.benchmarks.measured import origin
from tests.desktop.deskbox import Desk, DeskOptions, missing_packages

OUT = Path(__file__).with_name("latency.json")
MEASURES = ("press_to_block_ms", "release_to_text_ms", "vosk_final_ms", "over_vosk_ms", "release_to_sound_ms")
GOALS = {"over_vosk_ms": 20.0, "release_to_sound_ms": 500.0}
TURNS = {2: 9, 5: 7, 15: 5, 30: 3}
QUICK_TURNS = {2: 2, 5: 1}


def summary(turns: list[dict[str, float]]) -> list[dict[str, Any]]:
    """Median and worst of each measure by length of speech."""
    rows = []
    for seconds in sorted({turn["speech_s"] for turn in turns}):
        same = [turn for turn in turns if turn["speech_s"] == seconds]
        row: dict[str, Any] = {"speech_s": seconds, "turns": len(same)}
        for measure in MEASURES:
            values = [turn[measure] for turn in same if measure in turn]
            if values:
                row[measure] = {"median": round(statistics.median(values), 1), "worst": round(max(values), 1)}
        rows.append(row)
    return rows


def failures(turns: list[dict[str, float]], rows: list[dict[str, Any]], wanted: dict[int, int]) -> list[str]:
    """What is not as it must be, a sentence each."""
    told = []
    for seconds, count in wanted.items():
        same = [turn for turn in turns if turn["speech_s"] == seconds]
        whole = [turn for turn in same if all(measure in turn for measure in MEASURES)]
        if len(whole) < count:
            told.append(f"{count - len(whole)} of {count} turns of {seconds} s were not recognised or not spoken")
    for measure, goal in GOALS.items():
        medians = [row[measure]["median"] for row in rows if measure in row]
        if not medians or max(medians) > goal:
            told.append(f"{measure} misses its goal of {goal:.0f} ms: {max(medians, default=float('nan')):.1f} ms")
    return told


def table(rows: list[dict[str, Any]]) -> list[str]:
    """The summary for people."""
    lines = ["speech  turns  " + "  ".join(f"{measure:>22}" for measure in MEASURES)]
    for row in rows:
        cells = [f"{row[m]['median']:.1f} (≤ {row[m]['worst']:.1f})" if m in row else "-" for m in MEASURES]
        lines.append(f"{row['speech_s']:4.0f} s  {row['turns']:5}  " + "  ".join(f"{cell:>22}" for cell in cells))
    return lines


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="a few short turns only")
    parser.add_argument("--out", type=Path, default=OUT, help="where the JSON goes")
    options = parser.parse_args()
    desk_options = DeskOptions()
    if missing := missing_packages(desk_options):
        print("the virtual desktop lacks these packages:", ", ".join(missing), file=sys.stderr)
        return 1
    wanted = QUICK_TURNS if options.quick else TURNS
    with Desk(desk_options) as desk:
        measured = desk.run(
            sys.executable,
            "-m",
            "tests.benchmarks.latency_inside",
            json.dumps(wanted),
            env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONUNBUFFERED": "1"},
            limit_s=1200,
            check=False,
        )
    if measured.returncode:
        print(measured.stderr, file=sys.stderr)
        return 1
    turns = json.loads(measured.stdout.splitlines()[-1])
    rows = summary(turns)
    result = {
        **origin("latency"),
        "tail_ms": 120,
        "goals_median_ms": GOALS,
        "by_length": rows,
        "turns": turns,
    }
    options.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print("\n".join(table(rows)))
    for measure, goal in GOALS.items():
        medians = [row[measure]["median"] for row in rows if measure in row]
        if medians:
            print(f"{measure}: worst median {max(medians):.1f} ms, goal {goal:.0f} ms")
    wrong = failures(turns, rows, wanted)
    print("\n".join(wrong), file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
