"""How this program starts a helper process of its own."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from typing import Final

HELPER_FLAG: Final = "--helper"
"""First argument of a frozen program started as a helper; `__main__` hands over to `run_helper` with the second."""

HELPERS: Final = ("model_probe", "speech_worker")
"""Modules beside this one that can run alone: they import nothing of the package."""

PACKAGE_HELPERS: Final = {
    "knowledge_worker": "sottovoce.adapters.knowledge.worker",
    "media_worker": "sottovoce.adapters.media_worker",
}
"""Helpers that are made of parts of the package, and their modules."""

NO_WINDOW: Final[int] = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""`creationflags` of a helper: Windows would open a console for it."""


def python_command(helper: str) -> list[str]:
    """The command that runs a helper by its name; nothing said may ever be added to it (other users see it)."""
    if helper not in HELPERS and helper not in PACKAGE_HELPERS:
        raise ValueError(f"{helper} is no helper")
    if getattr(sys, "frozen", False):
        return [sys.executable, HELPER_FLAG, helper]
    if helper in PACKAGE_HELPERS:
        return [sys.executable, "-P", "-m", PACKAGE_HELPERS[helper]]
    # -P: the module's folder must not come first on the path, its neighbours bear names of the standard library.
    return [sys.executable, "-P", str(Path(__file__).with_name(f"{helper}.py"))]


def run_helper(helper: str) -> int:
    """Be a helper: what `__main__` does after `HELPER_FLAG` in a frozen program."""
    if helper in PACKAGE_HELPERS:  # by its name: the package starts it through this module
        return int(importlib.import_module(PACKAGE_HELPERS[helper]).main())
    if helper == "model_probe":
        from sottovoce.adapters.model_probe import main  # noqa: PLC0415 - each helper loads its own library only
    else:
        from sottovoce.adapters.speech_worker import main  # noqa: PLC0415
    return main()
