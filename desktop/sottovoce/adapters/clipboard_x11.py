"""The clipboard, and what is selected, on X11: asked of the program that owns it, with a deadline."""

from __future__ import annotations

import logging
import selectors
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sottovoce.adapters.own_thread import OwnThread
from sottovoce.domain.errors import ClipboardSilent

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from Xlib.display import Display

log = logging.getLogger(__name__)

_CLIPBOARD, _PRIMARY = "CLIPBOARD", "PRIMARY"
_TEXTS: Final = (("UTF8_STRING", "utf-8"), ("text/plain;charset=utf-8", "utf-8"), ("STRING", "latin-1"))
"""What a text may be asked for as, the best first, and how it is written then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipboardLimits:
    """How long a program that owns the clipboard is waited for; one that runs answers within some milliseconds."""

    answer_s: float = 1.0
    """Seconds until its next answer; a large text comes in many."""
    whole_s: float = 5.0
    """Seconds until all of it is there."""


class X11Clipboard:
    """See `agent.skills.dictation.Clipboard`. Its thread connects anew for each question.

    Qt would wait for the owner on the thread of the windows, for up to 15 s; what we copy ourselves is given out there.
    """

    def __init__(
        self,
        display_name: str,
        copy: Callable[[str], Awaitable[None]],
        limits: ClipboardLimits | None = None,
    ) -> None:
        """Read that of the display of that name; `copy` fills it."""
        self._display_name = display_name
        self._copy = copy
        self._limits = limits or ClipboardLimits()
        self._thread = OwnThread("clipboard")

    async def text(self) -> str:
        """What was copied; empty where that is no text.

        Raises:
            ClipboardSilent: The program that it was copied in does not answer.
        """
        return await self._read(_CLIPBOARD)

    async def selection(self) -> str | None:
        """What is selected.

        Raises:
            ClipboardSilent: The program that it is selected in does not answer.
        """
        return await self._read(_PRIMARY)

    async def copy(self, text: str) -> None:
        """Put a text in."""
        await self._copy(text)

    async def _read(self, selection: str) -> str:
        limits = self._limits
        try:
            return await self._thread.run(
                lambda: _read_on(self._display_name, selection, limits),
                deadline_s=limits.whole_s + limits.answer_s,  # the X server itself may be stuck
            )
        except ClipboardSilent:
            raise
        except Exception as error:
            log.exception("asking for the clipboard on X11")
            raise ClipboardSilent from error

    async def close(self) -> None:
        """End the thread. Idempotent."""
        await self._thread.close()


def _read_on(display_name: str, selection: str, limits: ClipboardLimits) -> str:
    """Ask on the thread.

    Raises:
        ClipboardSilent: Nobody answers.
    """
    from Xlib.display import Display as Connection  # noqa: PLC0415 - on the thread that uses it, when something is asked

    display = Connection(display_name)
    try:
        return _Owner(display, selection, limits).text()
    finally:
        display.close()


class _Owner:
    """The program that owns a selection, as ICCCM lets it be asked."""

    def __init__(self, display: Display, selection: str, limits: ClipboardLimits) -> None:
        from Xlib import X  # noqa: PLC0415 - as above

        self._display = display
        self._limits = limits
        self._end = time.monotonic() + limits.whole_s
        self._selection = display.get_atom(selection)
        self._place = display.get_atom("SOTTOVOCE_CLIPBOARD")
        """The property of our window that answers are put in."""
        self._window = display.screen().root.create_window(
            0, 0, 1, 1, 0, X.CopyFromParent, event_mask=X.PropertyChangeMask
        )

    def text(self) -> str:
        """What it holds; empty where it holds no text, or there is none.

        Raises:
            ClipboardSilent: It does not answer.
        """
        if not self._display.get_selection_owner(self._selection):
            return ""
        offered = self._asked("TARGETS")
        known = {self._display.get_atom(name): (name, coding) for name, coding in _TEXTS}
        for atom, (name, coding) in known.items():
            if offered is not None and atom not in offered:
                continue
            found = self._asked(name)
            if found is not None:
                return bytes(found).decode(coding, errors="replace")
        return ""

    def _asked(self, target: str) -> Any:  # noqa: ANN401 - bytes, or an array of numbers
        """Its answer; None where it refuses.

        Raises:
            ClipboardSilent: None comes.
        """
        from Xlib import X  # noqa: PLC0415 - as above

        wanted = self._display.get_atom(target)
        self._window.convert_selection(self._selection, wanted, self._place, X.CurrentTime)
        answer = self._next(lambda event: event.type == X.SelectionNotify and event.target == wanted)
        if answer.property == X.NONE:
            return None
        first = self._taken()
        if first is None or first.property_type != self._display.get_atom("INCR"):
            return None if first is None else first.value
        return self._pieces()

    def _pieces(self) -> bytes:
        """A text too large for one answer: each piece is put in when the one before it was taken away."""
        from Xlib import X  # noqa: PLC0415 - as above

        whole = bytearray()
        while True:
            self._next(
                lambda event: (
                    event.type == X.PropertyNotify and event.atom == self._place and event.state == X.PropertyNewValue
                )
            )
            piece = self._taken()
            if piece is None or not piece.value:
                return bytes(whole)
            whole += bytes(piece.value)

    def _taken(self) -> Any:  # noqa: ANN401 - of a library without types
        from Xlib import X  # noqa: PLC0415 - as above

        found = self._window.get_full_property(self._place, X.AnyPropertyType, sizehint=1 << 16)
        self._window.delete_property(self._place)
        self._display.flush()
        return found

    def _next(self, wanted: Callable[[Any], bool]) -> Any:  # noqa: ANN401 - as above
        """The next event that is wanted.

        Raises:
            ClipboardSilent: None comes in time.
        """
        end = min(self._end, time.monotonic() + self._limits.answer_s)
        with selectors.DefaultSelector() as ready:
            ready.register(self._display, selectors.EVENT_READ)
            while True:
                while self._display.pending_events():
                    event = self._display.next_event()
                    if wanted(event):
                        return event
                left = end - time.monotonic()
                if left <= 0:
                    raise ClipboardSilent
                ready.select(left)
