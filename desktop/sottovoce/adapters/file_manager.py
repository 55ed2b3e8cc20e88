"""The desktop's own program for folders."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from sottovoce.domain.errors import ScreenMissing
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from pathlib import Path

OPENERS = {"darwin": "open", "win32": "explorer"}
"""By `sys.platform`; freedesktop's elsewhere."""
ANSWER_S = 10.0
"""Seconds after which it is left to itself: some of them stay as long as the window."""


def open_folder(folder: Path) -> None:
    """Show `folder` in the user's file manager.

    Raises:
        ScreenMissing: Nothing here shows folders.
    """
    opener = shutil.which(OPENERS.get(sys.platform, "xdg-open"))
    shown = False
    if opener is not None:
        silent = subprocess.DEVNULL
        shower = subprocess.Popen(
            [opener, str(folder)], stdin=silent, stdout=silent, stderr=silent, start_new_session=True
        )
        try:
            # Explorer ends with 1 though it has shown it.
            shown = shower.wait(ANSWER_S) == 0 or sys.platform == "win32"
        except subprocess.TimeoutExpired:
            shown = True
    if not shown:
        raise ScreenMissing(said("error-screen-missing-folder", folder=folder))
