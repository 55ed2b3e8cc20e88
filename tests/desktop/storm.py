"""Presses and releases while everything that can happens to the microphone: nothing may get stuck or be left behind.

    python -m tests.desktop.storm [CYCLES [SEED [SERVER]]]

Two processes, one without and one with the sound from before a press, are pressed and let go together; at random
moments of a cycle the microphone is unplugged, suspended, muted, no longer the default, or the sound server is killed,
frozen or has no microphone. What was done to it is undone, at another moment. Each turn must end, and after it all
threads, descriptors and memory must be what they were. SERVER is pulseaudio or pipewire; an empty SEED is any.
"""

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, Literal

from tests.desktop.app import rendered
from tests.desktop.deskbox import Desk, DeskOptions
from tests.desktop.first_words import PYTHONPATH
from tests.waiting import wait_for

KINDS = ("plain", "preroll")
STUCK_S = 30.0
"""A turn that has not ended so long after its release never will: the slowest way takes 3 s."""
WARM = 15
"""Cycles after which a process holds what it is going to hold."""
FAULTS = ("unplug", "suspend", "mute", "default", "kill", "freeze")
LEAK_KB = 1024
FLOOD_BYTES = 4_000_000
"""ALSA and PortAudio write some lines for each fault."""
OTHER = ("module-remap-source", "master=mic_in.monitor", "source_name=othermic")
SENTENCE = "remember that i like music"


class Pressed:
    """One process that is pressed."""

    def __init__(self, desk: Desk, kind: str) -> None:
        self.kind = kind
        self._file, self._errors = (desk.root / f"storm-{kind}.{what}" for what in ("log", "errors"))
        with self._file.open("wb") as out, self._errors.open("wb") as errors:
            self.process = subprocess.Popen(
                (sys.executable, "-m", "tests.desktop.storm_probe", kind),
                stdin=subprocess.PIPE, stdout=out, stderr=errors, cwd=desk.root,
                env=desk.env | {"PYTHONPATH": ":".join(PYTHONPATH)},
            )  # fmt: skip

    def told(self, word: str) -> list[str]:
        """What it told after this word, in order."""
        if self._errors.stat().st_size > FLOOD_BYTES:
            self.process.kill()
            raise RuntimeError(f"{self.kind} writes errors without an end: {self.log()}")
        lines = self._file.read_text(errors="replace").split("\n")[:-1]
        return [line.removeprefix(word).strip() for line in lines if line.split(" ")[0] == word]

    def ask(self, line: str) -> None:
        if self.process.stdin is not None:
            self.process.stdin.write(f"{line}\n".encode())
            self.process.stdin.flush()

    def report(self) -> dict[str, Any]:
        before = len(self.told("report"))
        self.ask("report")
        wait_for(lambda: len(self.told("report")) > before, STUCK_S, f"the report of {self.kind}: {self.log()}")
        found: dict[str, Any] = json.loads(self.told("report")[-1])
        return found

    def log(self) -> str:
        with self._errors.open("rb") as errors:
            first = errors.read(1000).decode(errors="replace")
        return f"{self._file.read_text(errors='replace')[-1000:]}\n{first}"

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


class Faults:
    """What is done to the microphone, and undone."""

    def __init__(self, desk: Desk, chance: random.Random) -> None:
        self._desk = desk
        self._chance = chance
        self._undo: Callable[[], object] | None = None
        self.done: Counter[str] = Counter()
        self._other()

    def _other(self) -> None:
        self._desk.run("pactl", "load-module", *OTHER, check=False)

    def happen(self) -> None:
        """Do one, or undo the one before."""
        if self._undo is not None:
            self.heal()
            return
        self.make(self._chance.choice(FAULTS))

    def make(self, name: str) -> None:
        """Do this one."""
        self.done[name] += 1
        self._undo = getattr(self, f"_{name}")()

    def heal(self) -> None:
        """Undo what was done last."""
        undo, self._undo = self._undo, None
        if undo is not None:
            undo()

    def _unplug(self) -> Callable[[], object]:
        self._desk.sound.remove_microphone()

        def plug() -> None:
            self._desk.sound.plug_microphone()
            self._other()

        return plug

    def _suspend(self) -> Callable[[], object]:
        self._desk.sound.suspend_microphone()
        return lambda: self._desk.sound.suspend_microphone(suspended=False)

    def _mute(self) -> Callable[[], object]:
        self._desk.sound.mute_microphone()
        return lambda: self._desk.sound.mute_microphone(muted=False)

    def _default(self) -> Callable[[], object]:
        source = self._chance.choice(("othermic", "speaker.monitor"))
        self._desk.run("pactl", "set-default-source", source, check=False)
        return lambda: self._desk.run("pactl", "set-default-source", "virtmic", check=False)

    def _kill(self) -> Callable[[], object]:
        self._desk.kill(self._desk.sound.server)

        def start() -> None:
            self._desk.sound.start()
            self._other()

        return start

    def _freeze(self) -> Callable[[], object]:
        self._desk.freeze(self._desk.sound.server)
        return lambda: self._desk.thaw(self._desk.sound.server)


def storm(desk: Desk, cycles: int, seed: int, say: Callable[[str], None] = lambda _line: None) -> list[str]:
    """Run it.

    Returns:
        What went wrong, one line each; empty if nothing did.
    """
    began = time.monotonic()
    chance = random.Random(seed)  # noqa: S311 - which fault, no secret
    pressed = [Pressed(desk, kind) for kind in KINDS]
    try:
        for one in pressed:
            wait_for(lambda one=one: one.told("ready"), STUCK_S, f"{one.kind} is ready")  # type: ignore[misc] # as usual
        faults, warm = Faults(desk, chance), {}
        for name in FAULTS:  # what a fault has loaded for good is no leak of the next one
            faults.make(name)
            _cycle(pressed, chance)
            faults.heal()
        for number in range(cycles):
            _cycle(pressed, chance, faults)
            if number == min(WARM, cycles // 3):
                faults.heal()
                _cycle(pressed, chance)  # with its connection to the server, as at the end
                warm = {one.kind: _settled(one) for one in pressed}
            if number % 50 == 49:
                say(f"{number + 1} cycles, {time.monotonic() - began:.0f} s, {dict(faults.done)}")
        faults.heal()
        _cycle(pressed, chance)
        return [line for one in pressed for line in _left(one, warm[one.kind], say)] + _deaf(desk, pressed)
    finally:
        for one in pressed:
            one.end()


def _cycle(pressed: list[Pressed], chance: random.Random, faults: Faults | None = None) -> None:
    """One press and release of both, with or without a fault at some moment."""
    ended = {one: len(one.told("ended")) for one in pressed}
    moment = chance.choice(("before", "held", "after", "never", "never"))
    if faults and moment == "before":
        faults.happen()
    for one in pressed:
        one.ask("press")
    time.sleep(chance.uniform(0, 0.25))  # noqa: TID251 - somebody holds a key
    if faults and moment == "held":
        faults.happen()
        time.sleep(chance.uniform(0, 0.1))  # noqa: TID251 - as above
    for one in pressed:
        one.ask("release")
    if faults and moment == "after":
        faults.happen()
    for one in pressed:
        wait_for(lambda one=one: len(one.told("ended")) > ended[one], STUCK_S, f"the end of a turn: {one.log()}")  # type: ignore[misc] # as above


def _settled(one: Pressed) -> dict[str, Any]:
    """What it holds when the last thing has been given back and opened again."""
    newest: list[dict[str, Any]] = []

    def same() -> bool:
        time.sleep(1)  # noqa: TID251 - what was lost is opened again after a second
        newest.append(one.report())
        keys = ("threads", "descriptors", "locked_kb")
        return (
            len(newest) > 2
            and all(newest[-1][key] == newest[-2][key] for key in keys)
            and (one.kind == "plain" or newest[-1]["locked_kb"] > 0)
        )

    wait_for(same, STUCK_S + 60, f"{one.kind} settles: {one.log()}")
    return newest[-1]


def _left(one: Pressed, warm: dict[str, Any], say: Callable[[str], None]) -> list[str]:
    now = _settled(one)
    say(f"{one.kind}: {Counter(one.told('ended'))} {Counter(one.told('failed'))}")
    say(f"{one.kind}: warm {warm}")
    say(f"{one.kind}: now  {now}")
    wrong = [
        f"{one.kind}: {key} were {warm[key]} and are {now[key]} {now['named']}"
        for key in ("threads", "descriptors", "locked_kb")
        if now[key] > warm[key]
    ]
    if now["memory_kb"] > warm["memory_kb"] + LEAK_KB:
        wrong.append(f"{one.kind}: memory grew from {warm['memory_kb']} to {now['memory_kb']} kB")
    if now["stage"] not in {"ready", "trouble"}:
        wrong.append(f"{one.kind}: it is left {now['stage']}")
    return wrong


def _deaf(desk: Desk, pressed: list[Pressed]) -> list[str]:
    """Who does not hear a sentence after all that."""
    wav = desk.root / "sentence.wav"
    rendered(desk, SENTENCE, wav)
    desk.sound.remove_microphone()  # a remapped source of PipeWire 0.3 may have fallen silent for everybody
    desk.sound.restore_microphone()
    for one in pressed:
        one.ask("press")
    time.sleep(0.5)  # noqa: TID251 - somebody holds a key
    desk.sound.play(wav)
    for one in pressed:
        one.ask("release")
    wrong = []
    for one in pressed:
        wait_for(lambda one=one: one.told("heard"), STUCK_S, f"{one.kind} hears: {one.log()}")  # type: ignore[misc] # as above
        if one.told("heard")[-1] != SENTENCE:
            wrong.append(f"{one.kind}: it heard {one.told('heard')[-1]!r}")
        one.ask("quit")
        one.process.wait(STUCK_S)
        if one.told("closed") != ['["MainThread"]']:
            wrong.append(f"{one.kind}: threads are left: {one.told('closed')}")
    return wrong


def main(cycles: str = "1000", seed: str = "", server: str = "pulseaudio") -> int:
    """Run it; returns 1 if anything went wrong."""
    return _stormed(int(cycles), int(seed or random.randrange(1_000_000)), server)  # noqa: S311 - as above


def _stormed(cycles: int, seed: int, server: str) -> int:

    def say(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    say(f"{cycles} cycles, seed {seed}, {server}")
    began = time.monotonic()
    sound: Literal["pulseaudio", "pipewire"] = "pipewire" if server == "pipewire" else "pulseaudio"
    with Desk(DeskOptions(tray="none", keyring="none", notifications=False, sound=sound)) as desk:
        desk.sound.await_samples()
        wrong = storm(desk, cycles, seed, say)
    for line in wrong:
        say(f"WRONG {line}")
    say(f"{time.monotonic() - began:.0f} s, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
