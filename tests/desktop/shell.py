"""Runs `sottovoce …` in processes of their own that need not load everything anew.

Loading a command's modules takes a second of processor, a hundred times in these tests. One process does it once and
is forked for each command, which then runs as `python -m sottovoce` does: with its own arguments, environment, folder,
input and output, and to the very end of an interpreter. (It has a single thread and has opened nothing.)
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests import processes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).parents[2]
LONGEST_BYTES = 200_000
"""Of a call: a whole environment has some 5000."""


class Shell:
    """The process that has loaded a command's modules."""

    def __init__(self, calls: socket.socket) -> None:
        self._calls = calls

    def run(
        self, words: Sequence[str], env: Mapping[str, str], folder: Path, *, stdin: str, limit_s: float
    ) -> subprocess.CompletedProcess[str]:
        """`sottovoce WORDS…` to its end, whatever its exit code.

        Args:
            words: What follows the program's name.
            env: Its whole environment.
            folder: Where it runs.
            stdin: What is on its input, in a pipe that holds all of it (64 KiB at most).
            limit_s: As in `subprocess.run`.

        Raises:
            subprocess.TimeoutExpired: It took longer; it is dead.
        """
        argv = [sys.executable, "-m", "sottovoce", *words]
        call = json.dumps({"words": list(words), "env": dict(env), "folder": str(folder)}).encode()
        ours, theirs = socket.socketpair()
        with ours, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as told:
            given, giving = os.pipe()
            with theirs, os.fdopen(given), os.fdopen(giving, "w") as writing:
                writing.write(stdin)
                socket.send_fds(self._calls, [call], [theirs.fileno(), given, out.fileno(), told.fileno()])
            ours.settimeout(limit_s)
            replies = ours.makefile()
            pid = int(replies.readline())
            try:
                code = int(replies.readline())
            except TimeoutError:
                os.kill(pid, signal.SIGKILL)
                raise subprocess.TimeoutExpired(argv, limit_s) from None
            printed = [_text(file) for file in (out, told)]
        return subprocess.CompletedProcess(argv, code, *printed)


def _text(file: Any) -> str:  # noqa: ANN401 - what `tempfile` gives, whose name differs by system
    file.seek(0)
    return str(file.read().decode().replace("\r\n", "\n"))


@contextlib.contextmanager
def opened() -> Iterator[Shell]:
    """The process for the length of the block; it loads meanwhile."""
    ours, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
    with ours:
        with theirs:
            process = subprocess.Popen(
                (*processes.TIED, sys.executable, "-m", __name__, str(theirs.fileno())),
                cwd=ROOT,
                env=os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "desktop"), str(ROOT)))},
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                pass_fds=[theirs.fileno()],
            )
        yield Shell(ours)
    assert process.wait(timeout=60) == 0


# --- in that process --------------------------------------------------------------------------------------------------


def _load() -> None:
    """Load what most commands need, and nothing that opens anything."""
    import sottovoce.commands.line  # noqa: PLC0415 - in this process alone, and so the rest
    import sottovoce.home.opening  # noqa: F401, PLC0415
    from sottovoce.adapters.embedding.lexicon import is_word  # noqa: PLC0415
    from sottovoce.agent.intents.recognizers import IntentRecognizers  # noqa: PLC0415

    IntentRecognizers({"en": is_word}).of("en").intent("what time is it")  # all that is asked is understood by it
    gc.freeze()


def _serve(calls: socket.socket) -> None:
    """Run one command after another, or beside another, until nobody can ask for one any more."""
    while True:
        call, fds, _, _ = socket.recv_fds(calls, LONGEST_BYTES, 4)
        if not call:
            break
        if not _forked():  # who starts and awaits it, beside what comes next
            calls.close()
            _keep(fds[0], fds[1:], json.loads(call))
        for fd in fds:
            os.close(fd)
        _reap(os.WNOHANG)
    _reap()


def _reap(how: int = 0) -> None:
    """Clear away those who awaited a command."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, how) != (0, 0):
            pass


def _forked() -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # numpy's threads do nothing yet
        return os.fork()


def _keep(reply: int, streams: list[int], call: dict[str, Any]) -> None:
    """Run a command, and tell its process id and exit code."""
    if not (pid := _forked()):
        os.close(reply)
        _become(streams, call)
    with os.fdopen(reply, "w") as told:
        print(pid, file=told, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), file=told, flush=True)
    os._exit(0)


def _become(streams: list[int], call: dict[str, Any]) -> None:
    """Be the command: what a new interpreter would begin with, and then its `__main__`."""
    for stream, fd in enumerate(streams):
        os.dup2(fd, stream)
        os.close(fd)
    for name, fd in (("stdin", 0), ("stdout", 1), ("stderr", 2)):
        setattr(sys, name, open(fd, "r" if fd == 0 else "w", encoding="utf-8", closefd=False))  # noqa: SIM115 - they stay
    sys.stderr.reconfigure(errors="backslashreplace", line_buffering=True)  # type: ignore[union-attr]
    os.environ.clear()
    os.environ.update(call["env"])
    os.chdir(call["folder"])
    sys.path[:] = [place for place in sys.path if place not in {"", str(ROOT)}]
    sys.argv = ["sottovoce", *call["words"]]
    runpy.run_module("sottovoce", run_name="__main__", alter_sys=True)
    sys.exit()


def main() -> None:
    """Serve whoever started us."""
    calls = socket.socket(fileno=int(sys.argv[1]))
    _load()
    _serve(calls)


if __name__ == "__main__":
    main()
