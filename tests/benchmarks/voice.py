"""The voice as the sound server records it: the silence between sentences, and how soon a press silences it.

./dev bench voice [--turns N] [--out FILE]
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.measured import origin
from tests.desktop.deskbox import Desk, DeskOptions

ROOT = Path(__file__).resolve().parents[2]
GAP_MS, SILENCE_MS = 120, 100
"""Between sentences; after a hush."""
LIMIT_S = 90.0


def told(desk: Desk, what: str, word: str) -> int:
    """The figure that the probe tells after `word`."""
    name = f"voice-{what}"
    (desk.logs / f"{name}.log").unlink(missing_ok=True)
    environment = {"PYTHONPATH": os.pathsep.join(map(str, (ROOT / "desktop", ROOT)))}
    probe = desk.popen(sys.executable, "-m", "tests.desktop.sound_probe", what, log=name, env=environment)
    try:
        probe.wait(LIMIT_S if what == "answer" else 20)
    except subprocess.TimeoutExpired:  # `speak` waits for a signal when it has told all
        probe.kill()
    (found,) = (line.split()[1] for line in desk.log(name).splitlines() if line.startswith(word))
    return int(found)


def main() -> int:
    """Measure, print, and write the figures."""
    parser = argparse.ArgumentParser(prog="./dev bench voice")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_suffix(".json"))
    options = parser.parse_args()
    with Desk(DeskOptions(tray="none", keyring="none", notifications=False)) as desk:
        gaps = [told(desk, "answer", "longest-silence-ms") for _ in range(options.turns)]
        hushes = [told(desk, "speak", "silence-ms") for _ in range(options.turns)]
    result = {
        **origin("voice"),
        "goal_ms": {"between_sentences": GAP_MS, "after_a_hush": SILENCE_MS},
        "between_sentences_ms": {"median": statistics.median(gaps), "worst": max(gaps)},
        "after_a_hush_ms": {"median": statistics.median(hushes), "worst": max(hushes)},
    }
    options.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(f"voice: between sentences at most {max(gaps)} ms, silent {max(hushes)} ms after a hush")
    return 0 if max(gaps) <= GAP_MS and max(hushes) <= SILENCE_MS else 1


if __name__ == "__main__":
    sys.exit(main())
