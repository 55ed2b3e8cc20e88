"""The application in a desk: started in a home of its own, spoken to, looked at as a screen reader does, ended."""

import contextlib
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

import sottovoce
from tests import processes
from tests.desktop.deskbox import SYSTEM_PYTHON, Desk
from tests.scratch import OURS
from tests.waiting import HANGS_S, wait_for

KEY = "ctrl+alt+space"
"""The key to talk, as xdotool writes it."""

AT_ONCE_S = 10.0
"""Seconds within which what takes one at most on an idle machine has happened on a busy one: past it, it hangs."""

START_S = HANGS_S
TURN_S = HANGS_S
LOUD = 0.01
"""Root mean square of a block (full scale is 1) from which it counts as sound, as in `sound_seconds`."""

# Prints {"at": seconds of the monotonic clock, "text": …} for each change of what the overlay tells a screen reader,
# and {"pid": …} for each application that has come to the accessibility bus: from then on it tells its changes.
OVERLAY_WATCHER = """
import json, time
import pyatspi
from gi.repository import GLib

def changed(event):
    at = time.monotonic()
    if event.source.name == "Sottovoce":
        print(json.dumps({"at": at, "text": str(event.any_data)}), flush=True)

known = set()

def look():
    try:
        here = {application.get_process_id() for application in pyatspi.Registry.getDesktop(0) if application}
    except GLib.Error:
        return True  # one went away in between
    for pid in here - known:
        print(json.dumps({"pid": pid}), flush=True)
    known.update(here)
    return True

pyatspi.Registry.registerEventListener(changed, "object:property-change:accessible-description")
print(json.dumps({"pid": 0}), flush=True)
GLib.timeout_add(50, look)
pyatspi.Registry.start()
"""

# Prints {"at": …, "level": …} for each 10 ms of what the speaker plays.
LEVEL_METER = """
import json, subprocess, time
import numpy as np

command = "parec --device=speaker.monitor --raw --latency-msec=10 --format=s16le --rate=16000 --channels=1".split()
with subprocess.Popen(command, stdout=subprocess.PIPE) as recorder:
    while block := recorder.stdout.read(320):
        samples = np.frombuffer(block, dtype="<i2") / 32768
        print(json.dumps({"at": time.monotonic(), "level": float(np.sqrt(np.mean(samples**2)))}), flush=True)
"""

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the overlay said from a moment on."""

    at_s: float
    """Seconds of the monotonic clock."""
    text: str


class Overlay:
    """What a screen reader is told of the overlays in a desk, whichever application's."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        """Begin to watch; returns when it does.

        Args:
            desk: Where to look.
            folder: Gets the record; outside of the desk, since it holds what was said.
        """
        self._record = folder / f"overlay-{next(_numbers)}.jsonl"
        with self._record.open("wb") as record:
            desk.popen(SYSTEM_PYTHON, "-c", OVERLAY_WATCHER, log="overlay-watcher", stdout=record.fileno())
        self.await_program(0)

    def await_program(self, pid: int) -> None:
        """Wait until the program tells screen readers what it shows; they find it a moment after it has started."""
        wait_for(lambda: {"pid": pid} in self._lines(), START_S, f"program {pid} on the accessibility bus")

    def _lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._record.read_text().split("\n")[:-1]]

    def mark(self) -> int:
        """A place in the record, for `since`: what is shown from now on comes after it."""
        return len(self._lines())

    def shown(self, since: int = 0) -> list[Shown]:
        """Everything that was shown after the mark."""
        return [Shown(line["at"], line["text"]) for line in self._lines()[since:] if "text" in line]

    def wait(self, pattern: str, since: int = 0, limit_s: float = TURN_S) -> Shown:
        """The first text after the mark in which the regular expression is found."""

        def found() -> Shown | None:
            return next((shown for shown in self.shown(since) if re.search(pattern, shown.text)), None)

        try:
            return wait_for(found, limit_s) or Shown(0, "")
        except TimeoutError:
            raise TimeoutError(f"no {pattern!r} within {limit_s:g} s in {self.shown(since)}") from None


class LevelMeter:
    """How loud the speaker is, with the time of each 10 ms."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        """Begin to measure; returns when it does."""
        self._record = folder / f"level-{next(_numbers)}.jsonl"
        with self._record.open("wb") as record:
            desk.popen(sys.executable, "-c", LEVEL_METER, log="level-meter", stdout=record.fileno())
        wait_for(self._levels, START_S, "the level meter")

    def _levels(self) -> list[tuple[float, float]]:
        lines = map(json.loads, self._record.read_text().split("\n")[:-1])
        return [(line["at"], line["level"]) for line in lines]

    def wait_for_sound(self, since_s: float) -> float:
        """When the first sound after `since_s` came; waited for."""
        return wait_for(
            lambda: next((at for at, level in self._levels() if at > since_s and level >= LOUD), 0.0), TURN_S
        )

    def last_sound(self, before_s: float, after_s: float) -> float:
        """When the last sound between the two moments came; the later moment is waited for."""
        wait_for(lambda: self._levels()[-1][0] > after_s, TURN_S)
        return max((at for at, level in self._levels() if before_s < at < after_s and level >= LOUD), default=before_s)


class App:
    """One home in a desk, and the application that may run on it."""

    def __init__(self, desk: Desk, overlay: Overlay | None = None, *, settings: str = "") -> None:
        """Prepare a home; nothing is started.

        Args:
            desk: Where it runs.
            overlay: What is seen there; None where nobody looks.
            settings: The text of settings.toml.
        """
        self.desk = desk
        self._name = f"sottovoce-{next(_numbers)}"
        self.home = desk.root / self._name
        self.home.mkdir(mode=0o700)
        desk.give(self.home)
        self.env = {"SOTTOVOCE_HOME": str(self.home), "PYTHONPATH": str(Path(sottovoce.__file__).parents[1])}
        self._overlay = overlay
        self.process: subprocess.Popen[bytes]
        if settings:
            file = self.home / "settings.toml"
            file.write_text(settings)
            desk.give(file)

    @property
    def overlay(self) -> Overlay:
        """What is seen of it."""
        assert self._overlay is not None
        return self._overlay

    # --- the application ----------------------------------------------------------------------------------------------

    @property
    def socket(self) -> Path:
        return self.home / "sottovoce.sock"

    @property
    def log(self) -> str:
        """What the application has logged."""
        with contextlib.suppress(FileNotFoundError):
            return (self.home / "logs/sottovoce.log").read_text()
        return ""

    @property
    def output(self) -> str:
        """What it has printed."""
        return self.desk.log(self._name)

    @property
    def turns(self) -> list[str]:
        """How the turns have ended, one after another."""
        return re.findall(r"sottovoce\.runtime\.beside_turns: turn: (\w+)", self.log)

    def popen(self, *, anew: bool = False) -> subprocess.Popen[bytes]:
        """Start the application, and wait for nothing; `anew`: it loads everything by itself, as its user's does."""
        if anew:
            return self.desk.popen(sys.executable, "-m", "sottovoce", env=self.env, log=self._name)
        return self.desk.popen_python("-m", "sottovoce", env=self.env, log=self._name)

    def start(self) -> None:
        """Start the application; returns when it is ready, and its overlay is watched."""
        before = self.log.count("sottovoce.runtime.application: ready")
        self.process = self.popen()
        wait_for(
            lambda: self.process.poll() is not None or self.log.count("sottovoce.runtime.application: ready") > before,
            START_S,
            "the application is ready",
        )
        assert self.process.poll() is None, f"it ended with {self.process.returncode}: {self.output}{self.log}"
        assert self.socket.exists()
        if self._overlay is not None:
            self._overlay.await_program(self.process.pid)

    def end(self) -> float:
        """Ask it to end as the session does; returns as `ended`."""
        return self.ended(lambda: self.process.send_signal(signal.SIGTERM))

    def ended(self, ask: Callable[[], object]) -> float:
        """Call `ask` and see the application end well.

        Returns:
            The seconds from there, without those in which other programs kept it from the processor.
        """
        pid = self.process.pid
        began, waited_s = time.monotonic(), _waited_s(pid)
        ask()
        # Left unreaped for a moment, so that it can still be asked.
        seen = os.WEXITED | os.WNOHANG | os.WNOWAIT
        wait_for(lambda: os.waitid(os.P_PID, pid, seen), HANGS_S, "the application ends")
        took = time.monotonic() - began - (_waited_s(pid) - waited_s)
        assert self.process.wait(timeout=HANGS_S) == 0, self.output
        return took

    def kill(self) -> None:
        """Kill the application's own process without a farewell."""
        self.process.kill()
        self.process.wait(timeout=HANGS_S)

    def alive(self) -> list[str]:
        """The command lines of everything that runs on this home."""
        return [processes.command(pid) for pid in processes.marked_or_in(f"SOTTOVOCE_HOME={self.home}", ())]

    # --- commands -----------------------------------------------------------------------------------------------------

    def run(self, *words: str | Path, limit_s: float = HANGS_S, **env: str) -> subprocess.CompletedProcess[str]:
        """`sottovoce WORDS…` to its end, whatever its exit code."""
        return self.desk.command(*words, env=self.env | env, limit_s=limit_s)

    def json(self, *words: str | Path, code: int = 0) -> Any:  # noqa: ANN401 - JSON
        """The one JSON object that `sottovoce WORDS… --json` prints, having ended with `code`."""
        ended = self.run(*words, "--json")
        assert ended.returncode == code, ended.stdout + ended.stderr
        (line,) = ended.stdout.splitlines()
        return json.loads(line)

    def said(self) -> list[tuple[str, str]]:
        """Role and content of every message of the newest conversation, through the command `history`."""
        conversations = self.json("history", "list")["conversations"]
        messages = self.json("history", "show", conversations[0]["id"])["messages"] if conversations else []
        return [(message["role"], message["content"]) for message in messages]

    # --- turns --------------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def held(self) -> Iterator[int]:
        """Hold the key for the length of the block, which begins when the overlay shows that it listens.

        Yields:
            The overlay's mark from before.
        """
        since = self.overlay.mark()
        with self.desk.screen.holding(KEY):
            self.overlay.wait("^Listening", since)
            yield since

    def talk(self, words: str, *options: str) -> int:
        """Hold the key, say the words, let go; returns the overlay's mark from before."""
        with self.held() as since:
            self.desk.sound.say(words, *(options or ("-s", "160")))
        return since

    def turn(self, words: str) -> str:
        """A whole turn; returns the answer as the overlay showed it."""
        return self.answer_to(words, self.talk(words))

    def answer_to(self, words: str, since: int) -> str:
        """The answer to what was said after the mark; returns when it has been spoken."""
        heard = self.overlay.wait(rf"^(Thinking…|Speaking) {words} (?P<answer>.+)", since)
        self.overlay.wait("^Ready", since)
        return re.sub(rf"^\S+ {words} ", "", heard.text)


def _waited_s(pid: int) -> float:
    """Seconds in which the process's main thread was ready to run and had to wait for a processor."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9


@contextlib.contextmanager
def running(desk: Desk, overlay: Overlay | None = None, *, settings: str = "") -> Iterator[App]:
    """The application in a new home, ready; ended at the end of the block."""
    app = App(desk, overlay, settings=settings)
    app.start()
    try:
        yield app
    finally:
        if app.process.poll() is None:
            app.end()


def rendered(desk: Desk, words: str, wav: Path, *options: str) -> float:
    """Speak into a file without any silence before the first and after the last sound; returns its seconds."""
    desk.run("espeak-ng", "-w", wav, *(options or ("-s", "160")), "--", words)
    samples, rate = soundfile.read(wav, dtype="int16")
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > 300)
    trimmed = samples[loud[0] : loud[-1] + 1]
    soundfile.write(wav, trimmed, rate, subtype="PCM_16")
    return float(len(trimmed) / rate)


def traces(words: str, *folders: Path) -> list[Path]:
    """Files below the folders that hold the words in clear, in UTF-8 or UTF-16, in any case of letters.

    What other tests write (`OURS`) is passed by where it lies in one of the folders.
    """
    wanted = [words.lower().encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    found: list[Path] = []
    for folder in folders:
        for place, inner, names in os.walk(folder):
            inner[:] = [name for name in inner if Path(place, name) != OURS]
            for path in (Path(place, name) for name in names):
                with contextlib.suppress(OSError):  # it went away, or is no file to be read
                    if path.is_file() and any(sign in path.read_bytes().lower() for sign in wanted):
                        found.append(path)
    return found
