"""Processes as the system sees them: found even when nobody's child, and ended without exception."""

import contextlib
import ctypes
import os
import signal
from collections.abc import Callable, Collection
from pathlib import Path

from tests.waiting import wait_for

PR_SET_CHILD_SUBREAPER = 36
TIED = ("setpriv", "--pdeathsig", "TERM", "--")
"""Put before a command: it dies with us, even if we are killed. (A preexec_fn would fork a process with threads.)"""


def adopt_orphans() -> None:
    """Let processes whose parent died become our children (PR_SET_CHILD_SUBREAPER), so that they can be reaped."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children(pid: int) -> list[int]:
    """The process's children, all its threads' taken together."""
    pids: list[int] = []
    with contextlib.suppress(OSError):
        for listing in Path(f"/proc/{pid}/task").glob("*/children"):
            pids += [int(word) for word in listing.read_text().split()]
    return pids


def state(pid: int) -> tuple[str, int] | None:
    """State letter (Z for a zombie) and session of a process; None if there is no such process."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return fields[0], int(fields[3])


def running(pid: int) -> bool:
    """Whether the process lives; a zombie does not."""
    found = state(pid)
    return found is not None and found[0] not in "ZX"


def marked_or_in(mark: str, sessions: Collection[int]) -> list[int]:
    """Living processes that carry `mark` in their environment or belong to one of the sessions."""
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal() or int(entry.name) == os.getpid():
            continue
        pid = int(entry.name)
        known = state(pid)
        if known is None or known[0] in "ZX":
            continue
        try:
            marked = mark.encode() in (entry / "environ").read_bytes().split(b"\0")
        except OSError:  # somebody else's, or one that hides its memory: its session tells
            marked = False
        if marked or known[1] in sessions:
            found.append(pid)
    return found


def end(find: Callable[[], list[int]], gentle_s: float = 3.0) -> None:
    """End all processes that `find` names: first asked, then killed; and reap those that are our children.

    Raises:
        TimeoutError: Some could not be killed.
    """
    asked: set[int] = set()

    def gone(number: signal.Signals) -> bool:
        pids = find()
        for pid in pids:
            if number == signal.SIGKILL or pid not in asked:
                asked.add(pid)
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, number)
                    os.kill(pid, signal.SIGCONT)  # a frozen one hears nothing else
        return not pids

    try:
        wait_for(lambda: gone(signal.SIGTERM), gentle_s)
    except TimeoutError:
        wait_for(lambda: gone(signal.SIGKILL), what="every process is gone")


def reap_adopted() -> None:
    """Clear away zombies of other sessions that became our children. Call it when all of one's own are waited for."""
    ours = os.getsid(0)
    for pid in children(os.getpid()):
        found = state(pid)
        if found is not None and found[0] == "Z" and found[1] != ours:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)


def command(pid: int) -> str:
    """The process's command line, for a message."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return "gone"


def mapped_files(folder: Path) -> set[Path]:
    """Files of the folder that some living process has in its memory."""
    mark = f" {folder}/"
    found: set[Path] = set()
    for maps in Path("/proc").glob("[0-9]*/maps"):
        with contextlib.suppress(OSError):  # gone meanwhile, or one that hides its memory
            found |= {Path(line[line.index(mark) + 1 :]) for line in maps.read_text().splitlines() if mark in line}
    return found
