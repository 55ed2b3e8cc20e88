"""The desk's screen and keyboard."""

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.desktop.deskbox.seen import Thing
from tests.waiting import HANGS_S, wait_for

if TYPE_CHECKING:
    from tests.desktop.deskbox.desk import Desk


_FUNCTION_KEY = re.compile(r"\bF(10|[1-9])\b")


def _typed(chord: str) -> str:
    """A chord with function keys by their codes: for their names xdotool holds Alt, too, on newer keyboard layouts."""
    return _FUNCTION_KEY.sub(lambda key: str(66 + int(key[1])), chord)


class Screen:
    """The X display: windows, pictures, keys. Keys and chords are written as in xdotool: "ctrl+alt+space"."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def managed(self) -> bool:
        """Whether a window manager is at work."""
        return "window id" in self._desk.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK", check=False).stdout

    def shot(self, png: Path, *, crop: str = "") -> Path:
        """Save the whole screen (1280 × 800), or the part `crop` in ImageMagick's words: "400x200+880+0"."""
        self._desk.run("import", "-window", "root", *(("-crop", crop, "+repage") if crop else ()), png)
        return png

    def windows(self, name: str) -> list[int]:
        """Visible windows whose title matches the regular expression."""
        found = self._desk.run("xdotool", "search", "--onlyvisible", "--name", name, check=False).stdout
        return [int(line) for line in found.split()]

    def window(self, name: str, *, limit_s: float = HANGS_S) -> int:
        """The first such window, waited for.

        Raises:
            TimeoutError: None was shown in time.
        """
        return wait_for(lambda: self.windows(name), limit_s, f"a window {name!r}")[0]

    def title(self, window: int) -> str:
        """What a window is called; nothing if it is gone."""
        return self._desk.run("xdotool", "getwindowname", str(window), check=False).stdout.strip()

    def activate(self, name: str, *, limit_s: float = HANGS_S) -> int:
        """Bring the first such window to the front, waited for, as Alt+Tab does; returns when it has the focus.

        Raises:
            TimeoutError: None was shown in time, or it did not get the focus.
        """
        found = self.window(name, limit_s=limit_s)
        self._desk.run("xdotool", "windowactivate", "--sync", str(found))
        wait_for(lambda: self.focused() == found, what=f"{name!r} has the focus")
        return found

    def focused(self) -> int | None:
        """The window that has the focus; None if none has."""
        found = self._desk.run("xdotool", "getwindowfocus", check=False).stdout.split()
        return int(found[0]) if found else None

    def press(self, chord: str) -> None:
        """Press keys and hold them."""
        self._desk.run("xdotool", "keydown", _typed(chord))

    def release(self, chord: str) -> None:
        """Let held keys go."""
        self._desk.run("xdotool", "keyup", _typed(chord))

    @contextlib.contextmanager
    def holding(self, chord: str) -> Iterator[None]:
        """Hold keys for the length of the block."""
        self.press(chord)
        try:
            yield
        finally:
            self.release(chord)

    def tap(self, chord: str) -> None:
        """Press keys and let them go at once."""
        self._desk.run("xdotool", "key", _typed(chord))

    def choose(self, chord: str, name: str) -> None:
        """Tap the keys of the button of that name (a regular expression), once it can be pressed.

        Raises:
            TimeoutError: There was none in time.
        """
        self._await(lambda thing: thing.enabled and "button" in thing.role and re.search(name, thing.name), name)
        self.tap(chord)

    def type(self, text: str) -> None:
        """Type text into the focused window."""
        self._desk.run("xdotool", "type", "--delay", "5", text)

    def fill(self, name: str, text: str) -> None:
        """Type text into the field of that name (a regular expression) in place of what it holds; returns when it does.

        Raises:
            TimeoutError: No such field had the focus in time, or it holds something else.
        """

        def filled(thing: Thing) -> bool:
            held = thing.text or ""
            return _typed_into(thing, name) and (len(held) == len(text) if thing.secret else held == text)

        self.await_focus(name)
        self.tap("ctrl+a")
        self.type(text)
        self._await(filled, f"{text!r} in {name!r}")

    def await_focus(self, name: str) -> None:
        """Wait until what is typed goes into the field of that name (a regular expression).

        Raises:
            TimeoutError: It did not in time.
        """
        self._await(lambda thing: _typed_into(thing, name), f"the focus in {name!r}")

    def _await(self, wanted: Callable[[Thing], object], what: str) -> None:
        wait_for(lambda: any(map(wanted, self._desk.seen.things())), what=what)

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Click at a place of the screen, in pixels from its upper left corner."""
        self._desk.run("xdotool", "mousemove", str(x), str(y), "click", str(button))


def _typed_into(thing: Thing, name: str) -> bool:
    return thing.focused and thing.text is not None and re.search(name, thing.name) is not None
