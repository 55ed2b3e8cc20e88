"""One spoken turn with the installed application, in a virtual desktop: run within the root, as an ordinary user."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.desktop.app import App, Overlay
from tests.desktop.deskbox import Desk, DeskOptions, missing_packages, sound_seconds

if TYPE_CHECKING:
    import subprocess

PROGRAM: Final = "/usr/bin/sottovoce"
QUESTION: Final = "what time is it"
LEAST_SOUND_S: Final = 0.5


class Installed(App):
    """The application as a package has put it there."""

    def popen(self, *, anew: bool = True) -> subprocess.Popen[bytes]:
        """Start the application, and wait for nothing."""
        return self.desk.popen(PROGRAM, env=self.env, log="installed")

    def run(self, *words: str | Path, limit_s: float = 60.0, **env: str) -> subprocess.CompletedProcess[str]:
        """`sottovoce WORDS…` to its end, whatever its exit code."""
        return self.desk.run(PROGRAM, *words, env=self.env | env, check=False, limit_s=limit_s)


def main() -> int:
    """Do it; returns the exit code."""
    assert os.geteuid() != 0, "an ordinary user is meant"
    options = DeskOptions()
    assert not missing_packages(options), missing_packages(options)
    with tempfile.TemporaryDirectory() as made, Desk(options) as desk:
        folder = Path(made)
        app = Installed(desk, Overlay(desk, folder), settings="speech_rate = 260\n")
        del app.env["PYTHONPATH"]
        app.start()
        assert Path(f"/proc/{app.process.pid}/cmdline").read_bytes().startswith(PROGRAM.encode())
        with desk.sound.recorded(folder / "speaker.wav") as sound:
            answer = app.turn(QUESTION)
        assert sound_seconds(sound) > LEAST_SOUND_S, "the answer was not heard"
        assert app.said() == [("user", QUESTION), ("assistant", answer)]
        healthy = {check["name"]: check["ok"] for check in app.json("doctor", code=0)["checks"]}
        app.end()
    print(f"“{QUESTION}” was answered “{answer}”, aloud, by {PROGRAM}; well: {', '.join(sorted(healthy))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
