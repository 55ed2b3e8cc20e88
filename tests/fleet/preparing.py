"""Homes prepared from policy alone: `python -m tests.fleet.preparing N`, and a few of them in the suite.

Each home is prepared by the command as its user would have it called at a login: with a keyring, no terminal and no
input. The machine's folder of policies, and the keyring, are this trial's own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sottovoce.adapters.escrow import new_key_pair, opened, read_private_key
from sottovoce.adapters.places import Places
from sottovoce.adapters.store.sealed.key_file import SlotKind
from sottovoce.adapters.store.sealed.key_file_access import read_key_file
from sottovoce.domain.recovery_code import decode
from sottovoce.resources import starter_model

ROOT = Path(__file__).parents[2]
MODEL = "vosk-model-small-fleet-1"
HANGS_S = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What an administrator has put on a machine."""

    managed: Path
    kept: Path
    private: Path

    @classmethod
    def set_up(cls, work: Path) -> Machine:
        """A policy that names everything a home needs, a pair of keys, a model, and where codes are kept."""
        managed, kept, private = work / "etc" / "managed", work / "kept", work / "private.pem"
        managed.mkdir(parents=True)
        kept.mkdir()
        (work / MODEL).symlink_to(starter_model())
        policy = {
            "Welcome": False,
            "RecoveryEscrowFolder": str(kept),
            "RecoveryEscrowKey": new_key_pair(private),
            "PreinstalledModels": [str(work / MODEL)],
            "KeepDaysAtMost": 90,
        }
        (managed / "fleet.json").write_text(json.dumps(policy))
        return cls(managed=managed, kept=kept, private=private)

    def prepared(self, home: Path, *words: str) -> dict[str, Any]:
        """What the command says of a home that it has prepared.

        Raises:
            AssertionError: It failed, or wanted to ask something.
        """
        done = subprocess.run(
            (sys.executable, "-m", "tests.fleet.command", str(self.managed), str(home), *words),
            env=os.environ
            | {"SOTTOVOCE_HOME": str(home), "PYTHONPATH": os.pathsep.join((str(ROOT / "desktop"), str(ROOT)))},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=HANGS_S,
            start_new_session=True,  # no terminal that could be asked behind our back
        )
        assert done.returncode == 0, done.stderr
        assert "passphrase" not in done.stderr.lower(), done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    def opens(self, home: Path, key: bytes) -> bool:
        """Whether a code that was kept opens this home."""
        keys, private = read_key_file(Places.under(home)), read_private_key(self.private)
        for file in self.kept.iterdir():
            code, about = opened(file.read_bytes(), private)
            if about["database"] == keys.database:
                return bytes(keys.unlock(SlotKind.RECOVERY, decode(code)) or b"") == key
        return False


def key_of(home: Path) -> bytes:
    """What the trial's keyring keeps for a home."""
    entries: dict[str, str] = json.loads((home.parent / f"{home.name}.keyring").read_text())
    name = read_key_file(Places.under(home)).secret_name
    return bytes.fromhex(entries[f"sottovoce/{name}"])


def prepare(work: Path, count: int) -> dict[str, Any]:
    """Prepare so many homes; what came of it."""
    machine = Machine.set_up(work)
    homes = [work / f"user{number:02}" for number in range(count)]
    began = time.monotonic()
    told = [machine.prepared(home, "prepare", "--json") for home in homes]
    keys = [key_of(home) for home in homes]
    again = machine.prepared(homes[0], "prepare", "--json")
    return {
        "homes": count,
        "ready": sum(one["ready"] and one["models"] == [MODEL] for one in told),
        "escrowed": sum(machine.opens(home, key) for home, key in zip(homes, keys, strict=True)),
        "files": len(list(machine.kept.iterdir())),
        "unchanged": not again["new"] and not again["models"] and key_of(homes[0]) == keys[0],
        "prompts": 0,  # nothing could have been answered: no terminal, no input
        "seconds": round(time.monotonic() - began, 1),
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        result = prepare(Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else 50)
    print(json.dumps(result))  # noqa: T201 - what a long form says
    sys.exit(0 if result["ready"] == result["escrowed"] == result["homes"] else 1)
