"""Where tests write: in memory, where that is large enough, since a thousand homes wait for a disk at each COMMIT."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ENOUGH_BYTES: Final = 2 << 30
"""Free for a run of all tests, which holds some hundred MiB at a time: a container's 64 MiB are not."""
OURS: Final = MEMORY / f"tests-{os.getuid() if hasattr(os, 'getuid') else ''}"
"""What tests write there; nothing of it was left by the program itself."""


def scratch() -> Path:
    """The folder for what does not outlive the tests; `PYTEST_DEBUG_TEMPROOT` names another one."""
    if named := os.environ.get("PYTEST_DEBUG_TEMPROOT"):
        return Path(named)
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ENOUGH_BYTES:
        return Path(tempfile.gettempdir())
    OURS.mkdir(mode=0o755, exist_ok=True)
    if OURS.is_symlink() or OURS.stat().st_uid != os.getuid():
        return Path(tempfile.gettempdir())
    return OURS


def left_in_memory() -> set[Path]:
    """What lies in memory as files and folders of anybody's but the tests."""
    found: set[Path] = set()
    for place, inner, names in os.walk(MEMORY):  # which passes by what goes away meanwhile
        inner[:] = [name for name in inner if Path(place, name) != OURS]
        found |= {Path(place, name) for name in (*inner, *names)}
    return found
