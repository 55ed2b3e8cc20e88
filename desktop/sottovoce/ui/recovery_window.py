"""The window of the recovery code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal

from sottovoce.domain.said import said
from sottovoce.ui.edged import Button
from sottovoce.ui.recovery_pane import RecoveryPane
from sottovoce.ui.texts import write
from sottovoce.ui.window import Window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from sottovoce.ui.ports import Actions
    from sottovoce.ui.secret_clipboard import SecretClipboard
    from sottovoce.ui.tasks import Tasks
    from sottovoce.ui.texts import Text


class RecoveryWindow(Window):
    """The pane of the recovery code as a window that comes unasked."""

    closed = Signal()
    pending_changed = Signal()
    """There is a code now that was shown and not confirmed, or there is none any more."""

    def __init__(self, actions: Actions, tasks: Tasks, clipboard: SecretClipboard) -> None:
        """Build it hidden."""
        super().__init__()
        write(self.setWindowTitle, said("recovery-title"))
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)  # it comes unasked for, without the focus
        self.pane = pane = RecoveryPane(actions, tasks, clipboard)
        self.code, self.group, self.whole, self.reason = pane.code, pane.group, pane.whole, pane.reason
        self.have, self.make, self.done_button = pane.have, pane.make, pane.done_button
        self.told, self.trouble, self.elsewhere = pane.told, pane.trouble, pane.elsewhere
        self.later = Button(said("window-later"))
        self.later.clicked.connect(self.reject)
        pane.confirmed.connect(self.leave)
        pane.pending_changed.connect(self.pending_changed)
        pane.resized.connect(self.fit)
        self.fill_with(pane, self.have, self.later, self.make, self.done_button)

    @property
    def pending(self) -> bool:
        """Whether a code was shown of which no group has been typed yet."""
        return self.pane.pending

    def to_stay_clear(self) -> tuple[QRect, ...]:
        """The places of the screen that nothing may cover: the window, and above all the code."""
        return (self.frameGeometry(), self.pane.code_area()) if self.pending else ()

    def first(self) -> QWidget:
        """Something that only shows: who types on agrees to nothing."""
        return self.pane.first()

    def show_code(self, code: str, *, new_home: bool = False) -> None:
        """Show a code that was just made, in groups of four; of a new home also what to do with an old one's backup."""
        self.pane.show_code(code, new_home=new_home)

    def ask_kept(self, made: float) -> None:
        """Ask whether the code made then (seconds since 1970) was kept."""
        self.pane.ask_kept(made)

    def ask_new(self, made: float | None) -> None:
        """Ask before a new code takes the place of the one made then."""
        self.pane.ask_new(made)

    def forget(self) -> None:
        """The code is not to be had any more."""
        self.pane.forget()

    def save_to(self, path: str) -> None:
        """Write the sheet as a PDF."""
        self.pane.save_to(path)

    def unsaved(self) -> Text:
        """A whole code is long to type."""
        return self.pane.unsaved()

    def leave(self) -> None:
        """Close; the code stays to be had until a group of it is typed."""
        super().leave()
        self.closed.emit()

    def accept(self) -> None:
        """Note that the user has it, and close."""
        self.pane.agree()
