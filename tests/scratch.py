"""Where tests write: in memory, where that is large enough, since a thousand homes wait for a disk at each COMMIT."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
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
    return OURS if is_fit(MEMORY) and _is_ours(OURS) else Path(tempfile.gettempdir())


def is_fit(memory: Path) -> bool:
    """Whether there is room, and what is written there may be run: in many a container it may not."""
    if not memory.is_dir() or not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < ENOUGH_BYTES:
        return False
    return not os.statvfs(memory).f_flag & os.ST_NOEXEC


def _is_ours(folder: Path) -> bool:
    """Make it, and look whether it is no trap; desks are used by others than root, so that they have to get in."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir()
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        return False
    folder.chmod(0o755)  # whatever the umask is
    return True


def left_in_memory() -> set[Path]:
    """What lies in memory as files and folders of anybody's but the tests."""
    found: set[Path] = set()
    for place, inner, names in os.walk(MEMORY):  # which passes by what goes away meanwhile
        inner[:] = [name for name in inner if Path(place, name) != OURS]
        found |= {Path(place, name) for name in (*inner, *names)}
    return found
