"""How long the frozen program takes to start, beside the same from source."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).parents[2]
SLOWER: Final = 1.1
"""How much longer than from source the frozen program may take to start."""
STARTS: Final = 9


def check(deb: Path, folder: Path, say: Callable[[str], None]) -> None:
    """How long the tray and commands take, from source and frozen in turn; the frozen one cannot write its folder."""
    unpacked = folder / "unpacked"
    subprocess.run(["dpkg-deb", "-x", str(deb), str(unpacked)], check=True)
    frozen = unpacked / "usr/lib/sottovoce/sottovoce"
    subprocess.run(["mount", "--bind", str(unpacked), str(unpacked)], check=True)
    subprocess.run(["mount", "-o", "remount,ro,bind", str(unpacked)], check=True)
    programs = {"source": (sys.executable, "-m", "sottovoce"), "frozen": (str(frozen),)}
    try:
        say(_compared("the tray until it answers", _in_turn(programs, folder, _tray)))
        for words in (("--version",), ("settings", "list"), ("demo",)):
            commands = {name: (*program, *words) for name, program in programs.items()}
            say(_compared(f"`sottovoce {' '.join(words)}`", _in_turn(commands, folder, _command)))
    finally:
        subprocess.run(["umount", str(unpacked)], check=True)


def _compared(what: str, took: dict[str, float]) -> str:
    ratio = took["frozen"] / took["source"]
    told = ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in took.items())
    line = f"start, read-only, {what}: {told}: {ratio:.2f} of source (at most {SLOWER})"
    assert ratio <= SLOWER, line
    return line


def _in_turn(
    commands: dict[str, tuple[str, ...]], folder: Path, measure: Callable[[tuple[str, ...], Path], float]
) -> dict[str, float]:
    """The least of each: what else the machine does comes on top."""
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(STARTS):
        for name, command in commands.items():
            best[name] = min(best[name], measure(command, folder))
    return best


def _command(command: tuple[str, ...], folder: Path) -> float:
    """Seconds of processor time, user's and system's together."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=_environment(folder), check=True, stdout=subprocess.DEVNULL, cwd=folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _tray(command: tuple[str, ...], folder: Path) -> float:
    """Seconds of processor time until the application listens; its Qt is there by then."""
    home = folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700)
    pause = threading.Event()
    with subprocess.Popen(
        command, env=_environment(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as tray:
        while not (home / "sottovoce.sock").exists():
            assert tray.poll() is None, tray.returncode
            pause.wait(0.002)
        user, system = Path(f"/proc/{tray.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        tray.terminate()
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _environment(folder: Path) -> dict[str, str]:
    return os.environ | {
        "SOTTOVOCE_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT / "desktop"), "QT_QPA_PLATFORM": "offscreen"
    }  # fmt: skip
