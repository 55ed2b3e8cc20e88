"""Makes the starter model from nothing: `python -m tools.starter_model OUT`.

Run it with the project's own Python: it makes another environment below OUT, with PyTorch, for the training. Debian's
packages in `SYSTEM` must be there. OUT/model is the model folder, OUT/error_rates.md how well it hears.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from tools.starter_model.build_graph import HERE, MODEL, PROJECT, build
from tools.starter_model.evaluate import evaluated, table

REQUIREMENTS = HERE / "requirements.txt"
SYSTEM = {
    "/usr/bin/espeak-ng": "espeak-ng",
    "/usr/bin/flite": "flite",
    "/usr/bin/festival": "festival",
    "/usr/share/festival/dicts/cmu/cmudict-0.4.out": "festlex-cmu",
    "/usr/share/festival/dicts/wsj.wp39.poslexR": "festlex-poslex",
    "/usr/share/festival/voices/english/kal_diphone": "festvox-kallpc16k",
    "/usr/share/festival/voices/english/ked_diphone": "festvox-kdlpc16k",
    "/usr/share/festival/voices/us/cmu_us_slt_arctic_hts": "festvox-us-slt-hts",
    "/usr/share/dict/american-english": "wamerican",
}
"""What must be there, and Debian's package for it."""
SENTENCES, SMALL_SENTENCES = 100, 2
"""Of each set, in each voice, that judge the model."""


def missing() -> list[str]:
    """Packages to install."""
    return [package for path, package in SYSTEM.items() if not Path(path).exists()]


def prepared(folder: Path) -> Path:
    """The Python of an environment with exactly the locked packages."""
    python, stamp = folder / "bin" / "python", folder / "made-from.txt"
    wanted = REQUIREMENTS.read_text("utf-8")
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        install = ("-m", "pip", "install", "-q", "--require-hashes", "--no-deps", "--only-binary", ":all:")
        subprocess.run((python, *install, "-r", REQUIREMENTS), check=True)
        stamp.write_text(wanted, "utf-8")
    return python


def completed(model: Path, bigram: Path) -> None:
    """Add graph and settings to the acoustic part of a model folder."""
    build(model / "graph", bigram=bigram)
    shutil.copytree(MODEL / "conf", model / "conf", dirs_exist_ok=True)


def main() -> int:
    """Prepare, hand over to the recipe, then complete and judge what it made."""
    parser = argparse.ArgumentParser(prog="python -m tools.starter_model", description=__doc__)
    parser.add_argument("out", type=Path, help="where everything goes (some 8 GB)")
    parser.add_argument("--small", action="store_true", help="the whole recipe in minutes, on next to no speech")
    parser.add_argument("--steps", help="steps of training")
    parser.add_argument("--share", help="of the texts, 0 to 1")
    parser.add_argument("--from", dest="begin", help="a model folder whose weights to go on from")
    options = parser.parse_args()
    if packages := missing():
        print(f"Install these first: apt-get install --no-install-recommends {' '.join(packages)}", file=sys.stderr)
        return 3
    out = options.out.resolve()
    python = prepared(out / "venv")
    named = (
        ("--small", options.small),
        ("--steps", options.steps),
        ("--share", options.share),
        ("--from", options.begin),
    )
    given = [part for name, value in named if value for part in ((name,) if value is True else (name, value))]
    one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # one process learns while another augments
    recipe = (python, "-m", "tools.starter_model.recipe", out, *given)
    subprocess.run(recipe, check=True, cwd=PROJECT, env=os.environ | one_thread)
    completed(out / "model", out / "phone_bigram.npy")
    rates = evaluated([out / "model", MODEL], SMALL_SENTENCES if options.small else SENTENCES)
    (out / "error_rates.json").write_text(json.dumps(rates, indent=1) + "\n", "utf-8")
    (out / "error_rates.md").write_text(table(rates), "utf-8")
    print(table(rates))
    return 0


if __name__ == "__main__":
    sys.exit(main())
