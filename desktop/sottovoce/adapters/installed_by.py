"""By what this program was installed: whose own way of updating it is the one to use."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

APT = "sudo apt update && sudo apt install --only-upgrade sottovoce"
DNF = "sudo dnf upgrade sottovoce"
FLATPAK = "flatpak update"
WINGET = "winget upgrade sottovoce"

_DPKG_LIST = "var/lib/dpkg/info/sottovoce.list"
_RPM_DATABASES = ("var/lib/rpm", "usr/lib/sysimage/rpm")
_GIT_PARENTS = 4
"""Folders above this file in which a checkout is looked for."""


def update_command() -> str:
    """The command that brings the newest version here; empty where none is known."""
    program = Path(sys.executable if getattr(sys, "frozen", False) else __file__)
    return command_for(program.resolve(), sys.platform, os.environ)


def command_for(program: Path, platform: str, environ: Mapping[str, str], root: Path = Path("/")) -> str:
    """The same for a program at this place.

    Args:
        program: Its file.
        platform: As `sys.platform`.
        environ: Its environment.
        root: Where the system's own files begin.
    """
    if platform == "win32":
        return WINGET if getattr(sys, "frozen", False) else ""
    if environ.get("FLATPAK_ID") or (root / ".flatpak-info").exists():
        return FLATPAK
    if _of_checkout(program):
        return "git pull && ./dev setup"
    if not program.is_relative_to(root / "usr") and not program.is_relative_to(root / "opt"):
        return ""
    if str(program) in _listed(root / _DPKG_LIST):
        return APT
    return DNF if any((root / database).is_dir() for database in _RPM_DATABASES) else ""


def _of_checkout(program: Path) -> bool:
    return any((folder / ".git").exists() for folder in program.parents[:_GIT_PARENTS])


def _listed(file: Path) -> frozenset[str]:
    try:
        return frozenset(file.read_text("utf-8").splitlines())
    except (OSError, ValueError):
        return frozenset()
