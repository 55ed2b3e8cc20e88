"""The frozen tree: PyInstaller's folder, slim, the same from the same commit whatever machine makes it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from installer import elf
from installer.product import BUILD, NAME, ROOT

if TYPE_CHECKING:
    from pathlib import Path

KEPT_WHOLE: Final = ("PySide6", "shiboken6")
"""Of Qt nothing is stripped: it comes so, and its makers have changed its files in ways that break then."""

HOW_INSTALLED: Final = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
"""Of a distribution: what pip did on the building machine, whose folder is in the hashes of its scripts."""


def commit_time() -> int:
    """Seconds since 1970 of the last commit, or what SOURCE_DATE_EPOCH says."""
    said = os.environ.get("SOURCE_DATE_EPOCH")
    if said:
        return int(said)
    git = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    return int(subprocess.run(git, check=True, stdout=subprocess.PIPE, text=True).stdout)


def freeze(build: Path = BUILD) -> Path:
    """Make the tree anew and return it."""
    tree = build / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    folders = ["--distpath", str(tree), "--workpath", str(build / "work")]
    environment = os.environ | {
        "SOURCE_DATE_EPOCH": str(commit_time()),
        "PYTHONHASHSEED": "1",  # sets of strings are written in the order of their hashes
        "PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0",  # to unpack byte code takes 20 ms of each start
    }
    subprocess.run([*command, *folders, str(ROOT / "installer" / "sottovoce.spec")], check=True, env=environment)
    frozen = tree / NAME
    if sys.platform == "linux":
        for file in sorted(frozen.rglob("*")):
            if file.is_file() and not file.is_symlink() and elf.is_elf(file):
                slim(file, frozen)
    forget_how_installed(frozen)
    settle(frozen, commit_time())
    return frozen


def slim(file: Path, frozen: Path) -> None:
    """Take out of one ELF file what is for debuggers, and where the building machine has its libraries."""
    whole = any(part in KEPT_WHOLE for part in file.parts)
    if not whole and file != frozen / NAME:  # the program carries its modules behind its own end
        elf.strip(file)
    elf.clean_run_path(file)


def forget_how_installed(frozen: Path) -> None:
    """Leave of each distribution what it says of itself, alike wherever the tree is made."""
    for name in HOW_INSTALLED:
        for file in frozen.rglob(f"*.dist-info/{name}"):
            file.unlink()


def settle(folder: Path, seconds: int) -> None:
    """Give all files the modes that packages have, and one time."""
    for file in sorted(folder.rglob("*"), reverse=True):
        if not file.is_symlink():
            runs = file.is_dir() or file == folder / NAME
            file.chmod(0o755 if runs else 0o644)
        os.utime(file, (seconds, seconds), follow_symlinks=False)
    folder.chmod(0o755)
    os.utime(folder, (seconds, seconds))
