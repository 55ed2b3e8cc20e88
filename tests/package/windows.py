"""Setup and MSI under Wine, around a tree that stands for the program: what they do to a machine, and what they leave.

The frozen program for Windows itself can only be made under Windows; how it is installed, upgraded, repaired and
removed is the same for any tree.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from installer.windows import packages

if TYPE_CHECKING:
    from collections.abc import Callable

STAND_IN: Final = b"MZ stands for a program"
EARLIER: Final = "0.0.9"
VERSION: Final = "0.1.0"
WHEN: Final = 1_764_468_000
PROGRAM: Final = "Program Files/Sottovoce"
POLICY: Final = r"HKLM\Software\Policies\Sottovoce"
RUN: Final = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Run"
DATA: Final = "users/somebody/AppData/Local/sottovoce/sottovoce.db"


class Machine:
    """A Windows that Wine makes in a folder."""

    def __init__(self, folder: Path) -> None:
        """Made at once; takes some ten seconds."""
        self.drive = folder / "prefix" / "drive_c"
        self._environment = os.environ | {
            "WINEPREFIX": str(folder / "prefix"), "WINEARCH": "win64", "WINEDEBUG": "-all", "DISPLAY": "",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
        }  # fmt: skip
        self.run("wineboot", "--init")
        self.settle()

    def run(self, *command: str, code: int = 0) -> str:
        """Run a program of Windows to its end."""
        done = subprocess.run(("wine", *command), env=self._environment, capture_output=True, text=True, check=False)
        assert done.returncode == code, f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def settle(self) -> None:
        """Wait until everything that runs in it has ended."""
        subprocess.run(("wineserver", "-w"), env=self._environment, check=False)

    def registry(self, key: str) -> str:
        """What is under a key, with everything below; "" if it is not there."""
        command = ("wine", "reg", "query", key, "/s", "/reg:64")
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False)
        return done.stdout if done.returncode == 0 else ""

    def files(self) -> set[str]:
        """Every file of the drive but those of Windows itself and what is temporary."""
        every = (path.relative_to(self.drive).as_posix() for path in self.drive.rglob("*") if path.is_file())
        return {path for path in every if not re.match(r"(windows/|users/[^/]+/(AppData/Local/)?Temp/)", path)}

    def dos(self, path: Path) -> str:
        """A file of this machine as Windows names it."""
        return "Z:" + str(path).replace("/", "\\")


def tree(folder: Path, version: str) -> Path:
    """A tree of that version: one file is there in this one alone."""
    made = folder / f"tree-{version}"
    (made / "_internal" / "sottovoce").mkdir(parents=True)
    for name in ("sottovoce.exe", "sottovoce-tray.exe"):
        (made / name).write_bytes(STAND_IN)
    (made / "_internal" / f"only-{version}.dll").write_bytes(version.encode())
    (made / "_internal" / "sottovoce" / "module.pyc").write_bytes(version.encode())
    return made


def check(say: Callable[[str], None]) -> None:
    """Do it all; each step tells one line."""
    with tempfile.TemporaryDirectory(prefix="package-windows-") as made:
        folder = Path(made)
        trees = {version: tree(folder, version) for version in (EARLIER, VERSION)}
        out = folder / "out"
        setups = {version: packages.setup(one, version, out, WHEN) for version, one in trees.items()}
        msis = {version: packages.msi(one, version, folder / "build", out) for version, one in trees.items()}
        again = packages.setup(trees[VERSION], VERSION, folder / "again", WHEN)
        assert again.read_bytes() == setups[VERSION].read_bytes(), "two setups of the same tree differ"
        say("setup.exe: two of the same tree are the same, byte by byte")
        machine = Machine(folder)
        data = machine.drive / DATA
        data.parent.mkdir(parents=True)
        data.write_bytes(b"everything said")
        machine.run("reg", "add", POLICY, "/v", "Welcome", "/t", "REG_DWORD", "/d", "0", "/f", "/reg:64")
        before, policy = machine.files(), machine.registry(POLICY)
        _setup(machine, setups, say)
        _msi(machine, msis, say)
        assert machine.files() - before == set()
        assert data.read_bytes() == b"everything said"
        assert machine.registry(POLICY) == policy
        say("left behind: no file, no key; the user's data and the administrator's policy as they were")


def _installed(machine: Machine, version: str) -> None:
    place = machine.drive / PROGRAM
    assert (place / "sottovoce.exe").read_bytes() == STAND_IN
    assert [one.name for one in (place / "_internal").glob("only-*")] == [f"only-{version}.dll"]
    assert version in machine.registry(r"HKLM\Software\Sottovoce")


ENVIRONMENT: Final = r"HKLM\System\CurrentControlSet\Control\Session Manager\Environment"


def _gone(machine: Machine) -> None:
    assert not (machine.drive / PROGRAM).exists()
    assert "Sottovoce" not in machine.registry(RUN)
    assert machine.registry(r"HKLM\Software\Sottovoce") == ""
    assert "Sottovoce" not in machine.registry(r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall")


def _setup(machine: Machine, setups: dict[str, Path], say: Callable[[str], None]) -> None:
    machine.run(machine.dos(setups[EARLIER]), "/S")
    machine.settle()
    _installed(machine, EARLIER)
    assert "sottovoce-tray.exe" in machine.registry(RUN)
    machine.run(machine.dos(setups[VERSION]), "/S", "/NOAUTOSTART")
    machine.settle()
    _installed(machine, VERSION)
    assert "Sottovoce" not in machine.registry(RUN)
    machine.run(machine.dos(setups[EARLIER]), "/S", code=3)
    _installed(machine, VERSION)
    (machine.drive / PROGRAM / "_internal/sottovoce/module.pyc").unlink()
    machine.run(machine.dos(setups[VERSION]), "/S")
    machine.settle()
    assert (machine.drive / PROGRAM / "_internal/sottovoce/module.pyc").exists()
    machine.run(rf"C:\{PROGRAM.replace('/', chr(92))}\uninstall.exe", "/S")
    machine.settle()
    _gone(machine)
    say("setup.exe /S: installs, upgrades, refuses to go back with 3, repairs, is removed by uninstall.exe /S")


def _msi(machine: Machine, msis: dict[str, Path], say: Callable[[str], None]) -> None:
    def msiexec(*words: str) -> None:
        machine.run("msiexec", *words, "/qn")
        machine.settle()

    msiexec("/i", machine.dos(msis[EARLIER]))
    _installed(machine, EARLIER)
    assert "sottovoce-tray.exe" in machine.registry(RUN)
    assert "Sottovoce" in machine.registry(ENVIRONMENT), "the command is not on the PATH"
    msiexec("/i", machine.dos(msis[VERSION]), "AUTOSTART=0")
    _installed(machine, VERSION)
    assert "Sottovoce" not in machine.registry(RUN)
    (machine.drive / PROGRAM / "_internal/sottovoce/module.pyc").unlink()
    # What `/fa` stands for, which Wine doesn't know.
    msiexec("/i", machine.dos(msis[VERSION]), "REINSTALL=ALL", "REINSTALLMODE=amus")
    assert (machine.drive / PROGRAM / "_internal/sottovoce/module.pyc").exists()
    msiexec("/x", machine.dos(msis[VERSION]))
    _gone(machine)
    assert "Sottovoce" not in machine.registry(ENVIRONMENT)
    say("msi /qn: installs, upgrades with AUTOSTART=0, repairs (REINSTALL=ALL), is removed (/x)")
