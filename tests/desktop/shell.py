"""Runs Python programs in processes of their own that need not load everything anew.

Loading what a command or the application is made of takes a second of processor, two hundred times in these tests. One
process does it once and is forked for each program, which then runs as `python -m …` or `python -c …` does: with its
own arguments, environment, folder, session, input and output, and to the very end of an interpreter. (What is forked
has opened nothing, and no thread that would be missed: what opens a device, or begins threads, each loads for itself.)
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests import processes
from tests.waiting import HANGS_S, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).parents[2]
LONGEST_BYTES = 200_000
"""Of a call: a whole environment has some 5000."""
ROOM = "-" * 16_000
"""Stands in the environment of what is forked, so that a program's own finds room where the system shows it."""
PR_SET_PDEATHSIG = 1
LOADED = (
    "sottovoce.commands.line",
    "sottovoce.home.opening",
    "sottovoce.home.sound",
    "sottovoce.language.en.lasting",
    "sottovoce.operations.every_check",
    "sottovoce.operations.keys",
    "sottovoce.adapters.hotkey.x11",
    "sottovoce.runtime.app",
    "sottovoce.runtime.application",
    "sottovoce.runtime.front_end",
    "sottovoce.ui.interface",
    "sottovoce.ui.overlay",
    "sottovoce.ui.starting",
    "sottovoce.ui.welcome_window",
)
"""What most of these programs load sooner or later."""


class Forked(subprocess.Popen[bytes]):
    """A program that was forked elsewhere and is our child by now."""

    def __init__(self, pid: int, argv: Sequence[str]) -> None:
        """Own the process `pid`."""
        self.pid = pid
        self.args = argv
        self.returncode: int | None = None
        self.stdin = self.stdout = self.stderr = None

    def poll(self) -> int | None:
        """As in `subprocess.Popen`."""
        if self.returncode is None:
            try:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:  # somebody else has cleared it away
                pid, status = self.pid, 0
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """As in `subprocess.Popen`, if nothing is said for `HANGS_S` at most."""
        limit_s = HANGS_S if timeout is None else timeout
        try:
            wait_for(lambda: self.poll() is not None, limit_s)
        except TimeoutError:
            raise subprocess.TimeoutExpired(self.args, limit_s) from None
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, sig: int) -> None:
        """As in `subprocess.Popen`."""
        if self.poll() is None:
            os.kill(self.pid, sig)


class Shell:
    """The process that is forked."""

    def __init__(self, calls: socket.socket) -> None:
        self._calls = calls

    def run(
        self, argv: Sequence[str], env: Mapping[str, str], folder: Path, *, stdin: str, limit_s: float
    ) -> subprocess.CompletedProcess[str]:
        """`python ARGV…` to its end, whatever its exit code.

        Args:
            argv: What follows the interpreter's name: "-m" or "-c", the module or the program, its arguments.
            env: Its whole environment.
            folder: Where it runs.
            stdin: What is on its input, in a pipe that holds all of it (64 KiB at most).
            limit_s: As in `subprocess.run`.

        Raises:
            subprocess.TimeoutExpired: It took longer; it is dead.
        """
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as told:
            given, giving = os.pipe()
            with os.fdopen(given), os.fdopen(giving, "w") as writing:
                writing.write(stdin)
                process = self.popen(argv, env, folder, (given, out.fileno(), told.fileno()))
            try:
                code = process.wait(limit_s)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                raise
            printed = [_text(file) for file in (out, told)]
        return subprocess.CompletedProcess(process.args, code, *printed)

    def popen(self, argv: Sequence[str], env: Mapping[str, str], folder: Path, streams: Sequence[int]) -> Forked:
        """Start `python ARGV…` in a session of its own; it ends with us.

        Args:
            argv: As in `run`, and so `env` and `folder`.
            env: The same.
            folder: The same.
            streams: File descriptors of its input, its output, and what it tells beside.
        """
        processes.adopt_orphans()
        call = {"argv": list(argv), "env": dict(env), "folder": str(folder), "owner": os.getpid()}
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                socket.send_fds(self._calls, [json.dumps(call).encode()], [theirs.fileno(), *streams])
            ours.settimeout(HANGS_S)
            with ours.makefile() as reply:
                pid = int(reply.readline())
        return Forked(pid, [sys.executable, *argv])


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
                env=os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "desktop"), str(ROOT))), "ROOM": ROOM},
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                pass_fds=[theirs.fileno()],
            )
        yield Shell(ours)
    assert process.wait(timeout=60) == 0


# --- in that process --------------------------------------------------------------------------------------------------


def _load() -> None:
    """Load what most programs need, and nothing that opens anything."""
    for name in LOADED:
        importlib.import_module(name)
    from sottovoce.adapters.embedding.lexicon import is_word  # noqa: PLC0415 - in this process alone
    from sottovoce.agent.intents.recognizers import IntentRecognizers  # noqa: PLC0415

    IntentRecognizers({"en": is_word}).of("en").intent("what time is it")  # all that is asked is understood by it
    gc.freeze()


def _serve(calls: socket.socket) -> None:
    """Start one program after another, or beside another, until nobody can ask for one any more."""
    while True:
        call, fds, _, _ = socket.recv_fds(calls, LONGEST_BYTES, 4)
        if not call:
            break
        between = _forked()
        if not between:  # its end makes the program an orphan, which the asker adopts
            if not _forked():
                calls.close()
                _become(fds[0], fds[1:], json.loads(call))
            os._exit(0)
        os.waitpid(between, 0)
        for fd in fds:
            os.close(fd)


def _forked() -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # numpy's threads do nothing yet
        return os.fork()


def _become(reply: int, streams: list[int], call: dict[str, Any]) -> None:
    """Be the program: what a new interpreter would begin with, and then its `__main__`."""
    owner = Path(f"/proc/{call['owner']}")
    while os.getppid() != call["owner"]:
        if not owner.exists():  # killed meanwhile: it can neither adopt us nor end us
            os._exit(1)
        time.sleep(0.001)  # noqa: TID251 - nobody can tell us that we are adopted
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != call["owner"]:  # too late for that
        os._exit(1)
    os.setsid()
    for stream, fd in enumerate(streams):
        os.dup2(fd, stream)
        os.close(fd)
    for name, fd in (("stdin", 0), ("stdout", 1), ("stderr", 2)):
        setattr(sys, name, open(fd, "r" if fd == 0 else "w", encoding="utf-8", closefd=False))  # noqa: SIM115 - they stay
    sys.stderr.reconfigure(errors="backslashreplace", line_buffering=True)  # type: ignore[union-attr]
    os.environ.clear()
    os.environ.update(call["env"])
    _show([sys.executable, *call["argv"]], call["env"])
    os.chdir(call["folder"])
    more = call["env"].get("PYTHONPATH", "").split(os.pathsep)
    sys.path[:] = [*filter(None, more), *(place for place in sys.path if place not in {"", str(ROOT), *more})]
    for option in filter(None, call["env"].get("PYTHONWARNINGS", "").split(",")):
        warnings.simplefilter(option)
    with os.fdopen(reply, "w") as told:
        print(os.getpid(), file=told)
    kind, what, *arguments = call["argv"]
    sys.argv = [what if kind == "-m" else kind, *arguments]
    if kind == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        main = type(sys)("__main__")
        sys.modules["__main__"] = main
        exec(compile(what, "<string>", "exec"), main.__dict__)  # noqa: S102 - as `python -c` does
    sys.exit()


def _show(argv: Sequence[str], env: Mapping[str, str]) -> None:
    """Let the system show these as the process's own: they are written over those it was started with."""
    fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    places = [int(field) for field in fields[45:49]]  # from and to of the arguments, and of the environment
    texts = argv, [f"{name}={value}" for name, value in env.items()]
    for place, end, lines in zip(places[::2], places[1::2], texts, strict=True):
        content = b"".join(os.fsencode(line) + b"\0" for line in lines)
        ctypes.memmove(place, content[: end - place].ljust(end - place, b"\0"), end - place)


def main() -> None:
    """Serve whoever started us."""
    calls = socket.socket(fileno=int(sys.argv[1]))
    _load()
    _serve(calls)


if __name__ == "__main__":
    main()
