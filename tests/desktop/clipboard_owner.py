"""A program that owns the clipboard and the selection, and answers for them well or badly.

    python -m tests.desktop.clipboard_owner HOW THERE [TEXT]

HOW: "qt" answers as every program made with Qt does; "ours" copies by our own clipboard and writes to THERE what it
reads from it; "secret" puts a secret in, has it overtaken by a program that hangs, takes its secret out again, and
writes to THERE whether that program was asked for it; "silent" never answers; "half" promises a large text and stops in
the middle of it; "listed" says what it has and never gives it; "latin" has a text of an old program; "picture" has no
text; "refuses" refuses everything. THERE is a file that is written when it owns both.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QClipboard, QGuiApplication
from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.protocol import event as events

from sottovoce.adapters.clipboard_x11 import X11Clipboard
from sottovoce.ui import loop
from sottovoce.ui.clipboard import QtClipboard, x11_display
from sottovoce.ui.secret_clipboard import SecretClipboard
from tests.waiting import wait_for

if TYPE_CHECKING:
    import asyncio

OFFERED = {"listed": "UTF8_STRING", "half": "UTF8_STRING", "latin": "STRING", "picture": "image/png"}


class Owner:
    """Owns both, and answers as it was told to."""

    def __init__(self, how: str) -> None:
        self.how = how
        self.display = Display(os.environ["DISPLAY"])
        self.window = self.display.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        for name in ("CLIPBOARD", "PRIMARY"):
            self.window.set_selection_owner(self.display.get_atom(name), X.CurrentTime)
        self.display.sync()

    def serve(self) -> None:
        """Answer until the end."""
        while True:
            event = self.display.next_event()
            if event.type == X.SelectionRequest and self.how != "silent":
                self.answer(event)

    def answer(self, asked: Any) -> None:  # noqa: ANN401 - of a library without types
        """Answer one request."""
        atom, place = self.display.get_atom, asked.property
        target = self.display.get_atom_name(asked.target)
        if self.how == "refuses":
            place = X.NONE
        elif target == "TARGETS":
            asked.requestor.change_property(place, Xatom.ATOM, 32, [atom("TARGETS"), atom(OFFERED[self.how])])
        elif target == OFFERED[self.how] and self.how == "latin":
            asked.requestor.change_property(place, Xatom.STRING, 8, "Grüße".encode("latin-1"))
        elif target == OFFERED[self.how] and self.how == "half":
            asked.requestor.change_attributes(event_mask=X.PropertyChangeMask)
            asked.requestor.change_property(place, atom("INCR"), 32, [1 << 20])
            self.tell(asked, place)
            self.wait_until_taken()
            asked.requestor.change_property(place, atom("UTF8_STRING"), 8, b"the beginning")
            self.display.flush()
            return
        elif self.how == "listed":
            return
        else:
            place = X.NONE
        self.tell(asked, place)

    def wait_until_taken(self) -> None:
        """Wait until what was put in last has been taken away."""
        while (event := self.display.next_event()).type != X.PropertyNotify or event.state != X.PropertyDelete:
            pass

    def tell(self, asked: Any, place: int) -> None:  # noqa: ANN401 - as above
        """Tell that the answer is there."""
        notice = events.SelectionNotify(
            time=asked.time, requestor=asked.requestor, selection=asked.selection, target=asked.target, property=place
        )
        asked.requestor.send_event(notice)
        self.display.flush()


def with_qt(there: Path, text: str) -> None:
    """Own them as other programs do."""
    application = QGuiApplication([])
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        application.clipboard().setText(text, mode)
    there.touch()
    application.exec()


def with_ours(there: Path, text: str) -> None:
    """Copy, and read what was copied."""

    async def main(_quitting: asyncio.Event) -> int:
        clipboard = X11Clipboard(x11_display(), QtClipboard().copy)
        await clipboard.copy(text)
        read = await clipboard.text()
        await clipboard.close()
        written(there, read)
        return 0

    sys.exit(loop.run(main))


def with_a_secret(there: Path) -> None:
    """Take a secret out of a clipboard that belongs to another program by now."""
    application = QGuiApplication([])
    secret = SecretClipboard()
    secret.put("a code")
    other = Owner("silent")

    def overtaken() -> bool:
        application.processEvents()
        return not application.clipboard().ownsClipboard()

    wait_for(overtaken)
    secret.clear()
    other.display.sync()
    waiting = [other.display.next_event() for _ in range(other.display.pending_events())]
    asked = any(event.type == X.SelectionRequest for event in waiting)
    written(there, "asked" if asked else "left alone")


def written(there: Path, text: str) -> None:
    """Write it at once, so that nobody reads half of it."""
    beside = there.with_suffix(".new")
    beside.write_text(text, "utf-8")
    beside.replace(there)


def main() -> None:
    how, there = sys.argv[1], Path(sys.argv[2])
    if how in {"qt", "ours"}:
        text = Path(sys.argv[3]).read_text("utf-8")
        (with_qt if how == "qt" else with_ours)(there, text)
    elif how == "secret":
        with_a_secret(there)
    else:
        owner = Owner(how)
        there.touch()
        owner.serve()


if __name__ == "__main__":
    main()
