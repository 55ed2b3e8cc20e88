"""Give the readers bytes that lead to new places in them, for so long: coverage-guided, by atheris.

    ./dev fuzz [SECONDS [READER…]]

Every reader gets its part of the seconds (120) in a process of its own. What one fails for is kept in `build/fuzz`, and
tried again by `python -m tests.fuzzing READER FILE`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "build" / "fuzz"
READERS = (
    "json",
    "wyoming",
    "sottovoce.adapters.event_stream",
    "sottovoce.adapters.model_replies",
    "sottovoce.adapters.recordings",
    "sottovoce.adapters.sound_layout",
    "sottovoce.adapters.sound_splice",
    "sottovoce.api",
    "sottovoce.operations.values",
)
"""What is followed: all of the program would take half a minute to begin."""
LONGEST_S = 10
"""That one input may take."""
MOST_MB = 2048


def fuzz(name: str, seconds: int) -> None:
    """Try one reader; ends the process."""
    import atheris  # noqa: PLC0415 - there only where it is wanted

    with atheris.instrument_imports(include=list(READERS)):
        from tests.fuzzing.targets import SEEDS, TARGETS  # noqa: PLC0415 - instrumented
    corpus = FOLDER / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[name]):
        (corpus / f"seed-{number}").write_bytes(seed)
    options = {
        "max_total_time": seconds,
        "timeout": LONGEST_S,
        "rss_limit_mb": MOST_MB,
        "max_len": 4096,
        "artifact_prefix": f"{FOLDER}/{name}-",
        "print_final_stats": 1,
        "verbosity": 0,
    }
    atheris.Setup([sys.argv[0], *(f"-{key}={value}" for key, value in options.items()), str(corpus)], TARGETS[name])
    atheris.Fuzz()


def main(words: list[str]) -> int:
    """Try all, or those named; 1 if one fails."""
    if words[:1] == ["--one"]:
        fuzz(words[1], int(words[2]))
        return 0
    from tests.fuzzing.targets import TARGETS  # noqa: PLC0415 - else it would not be instrumented

    if len(words) == 2 and words[0] in TARGETS:
        TARGETS[words[0]](Path(words[1]).read_bytes())
        return 0
    seconds, names = int(words[0]) if words else 120, words[1:] or list(TARGETS)
    failed = []
    for name in names:
        each = max(1, seconds // len(names))
        ran = subprocess.run(
            [sys.executable, "-W", "error::RuntimeWarning", "-m", "tests.fuzzing", "--one", name, str(each)],
            stderr=subprocess.PIPE,
            check=False,
        )
        told = ran.stderr.decode("utf-8", "replace").splitlines()
        units = next((line.split()[-1] for line in told if "number_of_executed_units" in line), "0")
        print(f"{name}: {units} inputs in {each} s, {'FAILED' if ran.returncode else 'no fault'}", flush=True)
        if ran.returncode:
            failed.append(name)
            print("\n".join(told[-40:]), file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
