"""How this program starts a helper process of its own."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

HELPER_FLAG: Final = "--helper"
"""First argument of a frozen program started as a helper; `__main__` hands over to `run_helper` with the second."""

HELPERS: Final = ("model_probe", "speech_worker")
"""Modules beside this one that can run alone: they import nothing of the package."""

PACKAGE_HELPERS: Final = {
    "calendar_worker": "sottovoce.adapters.calendars.worker",
    "knowledge_worker": "sottovoce.adapters.knowledge.worker",
    "media_worker": "sottovoce.adapters.media_worker",
    "portal_worker": "sottovoce.adapters.hotkey.portal_worker",
}
"""Helpers that are made of parts of the package, and their modules."""

NO_WINDOW: Final[int] = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""`creationflags` of a helper: Windows would open a console for it."""


LIBRARY_PATH: Final = "LD_LIBRARY_PATH"
"""What a frozen program is started with so that it finds its own libraries."""


def give_back_environment(environment: MutableMapping[str, str] = os.environ) -> None:
    """Let every process that is started from here on have the environment this one was started in.

    Called once, first thing. A frozen program's own libraries would take the place of the system's in a browser or a
    file manager. It needs the variables no more itself: the loader reads them once, before the program begins.
    """
    if not getattr(sys, "frozen", False):
        return
    before = environment.pop(f"{LIBRARY_PATH}_ORIG", None)
    if sys.platform == "linux":
        environment.pop(LIBRARY_PATH, None)
    if before is not None:
        environment[LIBRARY_PATH] = before
    for name in [name for name in environment if name.startswith("_PYI_")]:  # a helper sets its own
        del environment[name]


def python_command(helper: str) -> list[str]:
    """The command that runs a helper by its name; nothing said may ever be added to it (other users see it)."""
    if helper not in HELPERS and helper not in PACKAGE_HELPERS:
        raise ValueError(f"{helper} is no helper")
    if getattr(sys, "frozen", False):
        return [_program_with_pipes(), HELPER_FLAG, helper]
    if helper in PACKAGE_HELPERS:
        return [sys.executable, "-P", "-m", PACKAGE_HELPERS[helper]]
    # -P: the module's folder must not come first on the path, its neighbours bear names of the standard library.
    return [sys.executable, "-P", str(Path(__file__).with_name(f"{helper}.py"))]


def _program_with_pipes() -> str:
    """The frozen program; under Windows the one with a console, since the other has no pipes."""
    return str(Path(sys.executable).with_name("sottovoce.exe")) if sys.platform == "win32" else sys.executable


def asked_helper(words: Sequence[str]) -> str | None:
    """The helper that a frozen program is to be; None where the words say something else."""
    helper = words[1] if len(words) == 2 and words[0] == HELPER_FLAG else None  # noqa: PLR2004 - the flag and its name
    return helper if helper in HELPERS or helper in PACKAGE_HELPERS else None


def run_helper(helper: str) -> int:
    """Be a helper: what `__main__` does after `HELPER_FLAG`."""
    if helper in PACKAGE_HELPERS:  # by its name: the package starts it through this module
        return int(importlib.import_module(PACKAGE_HELPERS[helper]).main())
    if helper == "model_probe":
        from sottovoce.adapters.model_probe import main  # noqa: PLC0415 - each helper loads its own library only
    else:
        from sottovoce.adapters.speech_worker import main  # noqa: PLC0415
    return main()
