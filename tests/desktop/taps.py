"""Many presses of a real key while the application runs: each turn must end, and nothing that is typed may be lost.

    python -m tests.desktop.taps [TAPS [HOLDS [OVERLAYS [DESK]]]]

TAPS of 20 to 150 ms with pauses of up to 0.4 s; HOLDS that the desktop repeats, as key bindings do by default; then
somebody types while OVERLAYS come and go. DESK is wayland (sway and PipeWire, where two key bindings call the commands
`press` and `release`) or x11 (PulseAudio, where the key is grabbed).
"""

from __future__ import annotations

import contextlib
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tests.desktop.app import Overlay
from tests.desktop.deskbox import Desk, DeskOptions
from tests.desktop.fingers import ALT, CTRL, SPACE, Fingers
from tests.desktop.test_waybox import FIELD
from tests.desktop.waybox import WaylandDesk, WaylandOptions
from tests.desktop.wayland_app import WaylandApp
from tests.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.desktop.app import App

STUCK_S = 30.0
"""A turn that has not ended so long after its key came up never will."""
TAP_MS = (20, 150)
HOLD_MS = (500, 900)
"""Longer than the desktop waits before it repeats."""
TOGETHER = 5
"""Presses after which the end of their turns is waited for."""
BOUND, GRABBED = "Ctrl+Alt+F9", "Ctrl+Alt+Space"
"""X servers take the first to switch to another terminal."""
LETTERS = "whole words of a letter "


class Key(Protocol):
    """The key to talk, in somebody's hands."""

    def hold(self, length_ms: int) -> None:
        """Press it, and let it go after so long; returns then."""


class BoundKey:
    """A key that sway binds to the commands."""

    def __init__(self, app: WaylandApp, *, repeats: bool) -> None:
        """Bind it, the press again and again while it is held if it `repeats`, and to `--no-repeat` if not."""
        self._desk = app.desk
        once = "" if repeats else "--no-repeat"
        for line in (f"{once} {BOUND} exec sottovoce press", f"--release {BOUND} exec sottovoce release"):
            (answer,) = self._desk.screen.sway(f"bindsym {line.strip()}")
            assert answer["success"]

    def hold(self, length_ms: int) -> None:
        """See `Key`."""
        down, up = ("-M", "ctrl", "-M", "alt", "-P", "F9"), ("-p", "F9", "-m", "alt", "-m", "ctrl")
        self._desk.run("wtype", *down, "-s", str(length_ms), *up)


class GrabbedKey:
    """A key that the application has grabbed under X."""

    def __init__(self, desk: Desk) -> None:
        self.fingers = Fingers(desk.env["DISPLAY"])

    def hold(self, length_ms: int) -> None:
        """See `Key`."""
        self.fingers.tap(CTRL, ALT, SPACE, held_ms=length_ms)


def pressed(app: App, key: Key, times: int, lengths_ms: tuple[int, int], chance: random.Random) -> Iterator[str]:
    """Press the key so often.

    Yields:
        What went wrong.
    """
    for number in range(times):
        key.hold(chance.randint(*lengths_ms))
        time.sleep(chance.uniform(0, 0.4))  # noqa: TID251 - somebody taps
        if number % TOGETHER == TOGETHER - 1 or number == times - 1:
            try:
                wait_for(lambda: shown(app).startswith(("Ready", "Trouble")), STUCK_S)
            except TimeoutError:
                yield f"after press {number + 1} of {times} the overlay is left with {shown(app)!r}"
                app.run("cancel")


def shown(app: App) -> str:
    """What the overlay says now."""
    told = app.overlay.shown()
    return told[-1].text if told else ""


def typed_while_overlays_come_and_go(app: App, times: int) -> str:
    """Type a text while overlays are shown and taken away; returns what is wrong, or nothing."""
    text = LETTERS * times
    tool = ("wtype", "-d", "20") if isinstance(app.desk, WaylandDesk) else ("xdotool", "type", "--delay", "20")
    typing = app.desk.popen(*tool, text)
    for _ in range(times):
        since = app.overlay.mark()
        app.run("press")
        app.overlay.wait("^Listening", since)
        app.run("cancel")
        app.overlay.wait("^Ready", since)
    typing.wait(timeout=60 + times)
    try:
        wait_for(lambda: text in app.desk.log("field"), STUCK_S)
    except TimeoutError:
        return f"of {len(text)} letters that were typed, the field has {app.desk.log('field')[-200:]!r} at its end"
    return ""


def tapped(app: WaylandApp, taps: int, holds: int, overlays: int, say: Callable[[str], None]) -> list[str]:
    """Do all of it with an application that runs, and a field to type into in front of it.

    Returns:
        What went wrong, one line each; empty if nothing did.
    """
    chance = random.Random(taps)  # noqa: S311 - how long, no secret
    wrong: list[str] = []
    wayland = isinstance(app.desk, WaylandDesk)
    grabbed = None if wayland else GrabbedKey(app.desk)
    for what, times, lengths_ms in (("taps", taps, TAP_MS), ("holds", holds, HOLD_MS)):
        before = len(app.turns)
        key: Key = grabbed or BoundKey(app, repeats=what == "holds")
        with grabbed.fingers.repeating(100, 30) if grabbed and what == "holds" else contextlib.nullcontext():
            wrong += [f"{what}: {line}" for line in pressed(app, key, times, lengths_ms, chance)]
        say(f"{times} {what}: {len(app.turns) - before} turns, all ended; {len(wrong)} wrong")
    if grabbed is not None:
        grabbed.fingers.close()
    if not (wrong_letters := typed_while_overlays_come_and_go(app, overlays)):
        say(f"{overlays} overlays: all {len(LETTERS) * overlays} letters arrived")
        return wrong
    return [*wrong, wrong_letters]


@contextlib.contextmanager
def application(desk: Desk, folder: Path) -> Iterator[WaylandApp]:
    """The application in a desk, the commands that keys are bound to, and a field in front."""
    wayland = isinstance(desk, WaylandDesk)
    settings = f'hands_free = false\nspeak = false\nhotkey = "{"" if wayland else GRABBED}"\n'
    app = WaylandApp(desk, Overlay(desk, folder), settings=settings)
    if isinstance(desk, WaylandDesk):
        desk.give(app.command_for(desk.commands))
    app.start()
    desk.popen(sys.executable, "-c", FIELD, log="field", env={"QT_QPA_PLATFORM": "wayland" if wayland else "xcb"})
    if isinstance(desk, WaylandDesk):
        desk.screen.focus("a-field")
    else:
        desk.run("xdotool", "windowfocus", "--sync", str(desk.screen.window("^a-field$")))
    try:
        yield app
    finally:
        if app.process.poll() is None:
            app.end()


def main(taps: str = "200", holds: str = "50", overlays: str = "50", desk: str = "wayland") -> int:
    """Run it; returns 1 if anything went wrong."""

    def say(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    began = time.monotonic()
    made = Desk(DeskOptions(notifications=False)) if desk == "x11" else WaylandDesk(WaylandOptions())
    with made, tempfile.TemporaryDirectory() as folder, application(made, Path(folder)) as app:
        wrong = tapped(app, int(taps), int(holds), int(overlays), say)
    for line in wrong:
        say(f"WRONG {line}")
    say(f"{desk}: {time.monotonic() - began:.0f} s, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
