"""No picture of this process's memory on the disk: it holds the key and what was said."""

from __future__ import annotations

import sys

if sys.platform != "win32":
    import resource


def refuse_core_dumps() -> None:
    """Have no core file written if this process, or a helper it starts, crashes; called once, first thing.

    The collectors of distributions (systemd-coredump, apport), which are handed the memory through a pipe whatever the
    limit is, look at the limit themselves and store nothing.
    """
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
