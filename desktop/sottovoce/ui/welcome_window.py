"""The welcome: five steps at the first start, each of which can be passed by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sottovoce.domain.said import said
from sottovoce.ui.announcing import Announcer
from sottovoce.ui.edged import Button
from sottovoce.ui.fitting import TITLE_BAR_PX, title
from sottovoce.ui.page import MARGIN_PX, Framed
from sottovoce.ui.recovery_pane import RecoveryPane
from sottovoce.ui.saved_fields import SavedFields
from sottovoce.ui.setting_controls import ChoiceBox
from sottovoce.ui.setting_field import Hint
from sottovoce.ui.texts import write
from sottovoce.ui.unlock_window import ELSEWHERE
from sottovoce.ui.welcome_steps import HearStep, KeyStep, MicrophoneStep, RecoveryStep, SayStep, WelcomeStep
from sottovoce.ui.window import Window

if TYPE_CHECKING:
    from sottovoce.domain.turns import TurnEvent
    from sottovoce.ui.ports import Actions
    from sottovoce.ui.secret_clipboard import SecretClipboard
    from sottovoce.ui.tasks import Tasks
    from sottovoce.ui.texts import Text

LEAVE, LATER = said("welcome-skip"), said("window-later")


class WelcomeWindow(Window):
    """Comes unasked at the first start; closing it only puts it off to the next one."""

    ended = Signal()
    """It was finished or skipped, and never comes again."""
    closed = Signal()
    """It is gone from the screen; a code that nobody has shown to have is in its `recovery` still."""
    pending_changed = Signal()
    """There is a recovery code now that was shown and not confirmed, or there is none any more."""

    def __init__(self, actions: Actions, tasks: Tasks, clipboard: SecretClipboard) -> None:
        """Build it hidden; `begin` turns to a step."""
        super().__init__()
        write(self.setWindowTitle, said("welcome-title"))
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)  # it comes unasked for, without the focus
        self._actions = actions
        self._tasks = tasks
        self.fields = SavedFields(
            actions, tasks, ("microphone", "voice"), {"microphone": ChoiceBox(), "voice": ChoiceBox()}
        )
        self.recovery = RecoveryPane(actions, tasks, clipboard)
        self.recovery.pending_changed.connect(self.pending_changed)
        self.recovery.confirmed.connect(self._end)
        self.steps: tuple[WelcomeStep, ...] = (
            KeyStep(actions, tasks),
            MicrophoneStep(actions, tasks, self.fields.fields["microphone"]),
            SayStep(actions),
            HearStep(actions, tasks, self.fields.fields["voice"]),
            RecoveryStep(self.recovery, tasks),
        )
        self.number = 0
        self.place = Hint()
        self.heading = title("")
        self.heading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # it only shows: who types on agrees to nothing
        page = Framed()
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        column.setSpacing(12)
        column.addWidget(self.place)
        column.addWidget(self.heading)
        for step in self.steps:
            column.addWidget(step)
            step.hide()
            step.resized.connect(self.fit)
        column.addStretch(1)
        self.leave_button, self.back, self.next = (
            Button(LEAVE),
            Button(said("window-back")),
            Button(said("welcome-next")),
        )
        self.leave_button.clicked.connect(self.skip)
        self.back.clicked.connect(lambda: self.turn_to(self.number - 1))
        self.next.clicked.connect(lambda: self.turn_to(self.number + 1))
        self.fill_with(page, self.leave_button, self.back, self.next)
        self._announcer = Announcer(self.heading)

    @property
    def step(self) -> WelcomeStep:
        """What is shown now."""
        return self.steps[self.number]

    @property
    def pending(self) -> bool:
        """Whether a recovery code was shown here of which no group has been typed yet."""
        return self.recovery.pending

    def begin(self, number: int, made: float | None, *, new_home: bool = False) -> None:
        """Turn to a step.

        Args:
            number: From 0; what lies beyond is the last.
            made: When a recovery code was made that nobody has shown to have; None where there is none.
            new_home: Nothing has been kept yet.
        """
        self.fields.fill()
        self.steps[0].note(ELSEWHERE if new_home else "")
        for step in self.steps:
            step.come_unasked()
        last = self.steps[-1]
        if isinstance(last, RecoveryStep):
            last.made = made
        self.turn_to(min(number, len(self.steps) - 1))

    def turn_to(self, number: int) -> None:
        """Show a step; the next start would go on there."""
        self.number = max(0, min(number, len(self.steps) - 1))
        last = self.number == len(self.steps) - 1
        place = said("welcome-place", number=self.number + 1, count=len(self.steps))
        named = said("welcome-named", place=place, step=self.step.title)
        write(self.place.setText, place)
        write(self.heading.setText, self.step.title)
        write(self.heading.setAccessibleName, named)
        write(self.setWindowTitle, said("welcome-title-step", step=self.step.title))
        for step in self.steps:
            step.setVisible(step is self.step)
        self.step.begin()
        self.back.setEnabled(self.number > 0)
        write(self.leave_button.setText, LATER if last else LEAVE)
        self.next.setVisible(not last)  # there it is the code that ends it
        if not last:
            self.heading.setFocus()
        self._actions.note_welcome(self.number)
        self._announcer.say((said("welcome-announced", named=named), self.step.intro))
        self.fit()

    def hear(self, event: TurnEvent) -> None:
        """Show what is heard and answered, where a step is about that."""
        if self.isVisible():
            self.step.hear(event)

    def follow(self) -> None:
        """Show what is in force now."""
        self.fields.follow()
        for step in self.steps:
            step.follow()

    def skip(self) -> None:
        """Go, and never come again; a recovery code that was shown stays to be had until the end of the program."""
        self._end()

    def _end(self) -> None:
        self._actions.note_welcome(None)
        self.ended.emit()
        self.leave()

    # As a window

    def fit(self) -> None:
        """It only grows: the buttons stay where they are from step to step."""
        before = self.height() if self.isVisible() else 0
        super().fit()
        room = self.screen().availableGeometry().height() - TITLE_BAR_PX
        self.ask_for(QSize(self.width(), min(max(before, self.height()), room)))

    def first(self) -> QWidget:
        """The name of the step, or the code."""
        return self.recovery.first() if self.number == len(self.steps) - 1 else self.heading

    def unsaved(self) -> Text:
        """What was typed of a recovery code."""
        begun = self.pending and self.recovery.group.isVisible() and bool(self.recovery.group.text().strip())
        return said("recovery-unlooked") if begun else self.recovery.unsaved()

    def leave(self) -> None:
        """Close; microphone and trial end with it."""
        super().leave()
        self.closed.emit()

    def forget(self) -> None:
        """The code is not to be had any more."""
        self.recovery.forget()

    def accept(self) -> None:
        """Return in a field of the last step has been dealt with there."""

    def to_stay_clear(self) -> tuple[QRect, ...]:
        """The places of the screen that nothing may cover while a code is shown."""
        return (self.frameGeometry(), self.recovery.code_area()) if self.pending and self.recovery.isVisible() else ()
