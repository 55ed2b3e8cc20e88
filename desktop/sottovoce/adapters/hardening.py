"""What keeps other programs of the same user, and a crash, from getting at what was said.

Nothing here stops root, nor a program that was there before us and reads the keyring itself.
"""

from __future__ import annotations

import sys
from typing import Final

from sottovoce.adapters.core_dumps import refuse_core_dumps
from sottovoce.adapters.native_memory import bound_heaps
from sottovoce.adapters.places import keep_new_files_private

SWITCH_INTERVAL_S: Final = 0.001
"""How long a busy thread may keep the others waiting. With Python's 5 ms a COMMIT waits for a busy main thread at each
of its statements (tests/benchmarks/store.py, `busy_main_thread`)."""

_PR_GET_DUMPABLE: Final = 3
_PR_SET_DUMPABLE: Final = 4


def harden() -> None:
    """Called once, first thing: before anything is read, and before there is a second thread."""
    keep_new_files_private()
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    bound_heaps()
    hide_memory()


def hide_memory() -> None:
    """Leave no core file, and let no other process of this user look into this one's memory (Linux).

    The core limit is inherited by child processes, the rest is not (an `exec` makes a process dumpable again): a helper
    that hears or says anything calls this itself. `/proc/self` belongs to root afterwards: this process may still go
    through `/proc/self/fd`, other processes of the user may not.
    """
    refuse_core_dumps()
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - the package loads nothing that only one system needs

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def is_hidden() -> bool:
    """Whether `hide_memory` is in force (Linux; elsewhere there is nothing of the kind)."""
    if sys.platform != "linux":
        return False
    import ctypes  # noqa: PLC0415 - as above

    return int(ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0)) == 0
