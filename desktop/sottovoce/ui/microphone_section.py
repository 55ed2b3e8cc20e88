"""Which microphone is heard, how loud it is right now, and how one sounds through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sottovoce.domain.errors import SottovoceError
from sottovoce.domain.said import said
from sottovoce.ui.announcing import Announcer
from sottovoce.ui.check_box import Bar
from sottovoce.ui.edged import Button
from sottovoce.ui.fitting import mistake, tell
from sottovoce.ui.flow import flowing
from sottovoce.ui.ports import Choice
from sottovoce.ui.setting_field import Hint
from sottovoce.ui.texts import in_words, write

if TYPE_CHECKING:
    import asyncio

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QHideEvent, QShowEvent

    from sottovoce.domain.microphones import SoundLevel
    from sottovoce.domain.said import Said
    from sottovoce.ui.ports import MicrophoneActions, MicrophoneTest
    from sottovoce.ui.setting_controls import ChoiceBox
    from sottovoce.ui.tasks import Tasks

TEST_S = 4.0
"""Seconds of a test recording: a sentence."""
FLOOR_DBFS = -60.0
"""Where the bar begins: a quiet room."""
HEARD_DBFS = -42.0
"""From here on a level is somebody who speaks near the microphone, or something as loud."""

SPEAK, HEARD = said("settings-speak"), said("settings-heard")
TEST, STOP = said("settings-test"), said("settings-stop-test")
RECORDING, PLAYING, DONE = said("settings-recording"), said("settings-playing"), said("settings-test-done")


class MicrophoneSection(QWidget):
    """Open while it is seen, and only then; nothing of it is recognised, stored or sent."""

    heard = Signal()
    """Somebody was heard for the first time since it is seen."""

    def __init__(self, actions: MicrophoneActions, tasks: Tasks, picker: ChoiceBox) -> None:
        """Build it below `picker`, which it fills; it does not save what is chosen."""
        super().__init__()
        self._actions = actions
        self._tasks = tasks
        self._picker = picker
        self._listening: asyncio.Task[None] | None = None
        self._testing: asyncio.Task[None] | None = None
        self._trial: MicrophoneTest | None = None
        self._was_heard = False
        self.waits = False
        """Whether it listens only once its window has the focus: one that comes unasked opens no microphone."""
        self.bar = Bar(said("settings-sound-level"))
        self.told = Hint(SPEAK)
        self.trouble = mistake()
        self.test = Button(TEST)
        self.test.setAutoDefault(False)
        self.test.setEnabled(False)
        self.test.clicked.connect(self._test_or_stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.bar, self.told, self.trouble, flowing(self.test)):
            column.addWidget(widget)
        self._announcer = Announcer(self.bar)
        picker.activated.connect(self.listen)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to listen."""
        super().showEvent(event)
        self._was_heard = False
        self._tasks.start(self._offer())
        if self.waits and not self.isActiveWindow():
            self.window().installEventFilter(self)
        else:
            self.listen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The user has turned to the window."""
        if event.type() is QEvent.Type.WindowActivate:
            watched.removeEventFilter(self)
            self.waits = False
            self.listen()
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """Close the microphone."""
        self.window().removeEventFilter(self)
        self.stop()
        super().hideEvent(event)

    def listen(self) -> None:
        """Open the microphone that is chosen, in place of the one that is open."""
        self.stop()
        if self.isVisible():
            self._listening = self._tasks.start(self._listen(self._picker.value()), lasts=True)

    def stop(self) -> None:
        """Close the microphone. Idempotent."""
        for task in (self._testing, self._listening):
            if task is not None:
                task.cancel()
        self._listening = self._testing = None
        self._ended()

    # Which there are

    async def _offer(self) -> None:
        try:
            sources = await self._actions.sources()
        except SottovoceError as error:
            self._tell_trouble(error)
            return
        usual = next((one.label for one in sources if one.is_default and not one.is_monitor), "")
        chosen = self._picker.value()
        self._picker.offer(
            [
                Choice(value="", title=said("settings-system-is", device=usual) if usual else said("settings-system")),
                *(
                    Choice(value=one.name, title=one.label)
                    for one in sources
                    if not one.is_monitor or one.name == chosen
                ),
            ]
        )

    # How loud it is

    async def _listen(self, name: str) -> None:
        try:
            async with self._actions.test(name) as trial:
                self._trial = trial
                self.test.setEnabled(True)
                tell(self.trouble, "")
                async for level in trial.levels():
                    self._show(level)
        except SottovoceError as error:
            self._ended()
            self._tell_trouble(error)

    def _show(self, level: SoundLevel) -> None:
        share = (level.rms_dbfs - FLOOR_DBFS) / -FLOOR_DBFS
        self.bar.setValue(round(100 * min(1.0, max(0.0, share))))
        if level.rms_dbfs >= HEARD_DBFS and not self._was_heard:
            self._was_heard = True
            self._say(HEARD)
            self.heard.emit()
        wrong = (self._trial.trouble() if self._trial is not None else None) or ""
        if in_words(wrong) != self.trouble.text():
            tell(self.trouble, wrong)
            self._announcer.say(wrong)

    def _ended(self) -> None:
        self._trial = None
        self.bar.setValue(0)
        write(self.test.setText, TEST)
        self.test.setEnabled(False)

    # How one sounds

    def _test_or_stop(self) -> None:
        if self._testing is not None and not self._testing.done():
            self._testing.cancel()
        elif self._trial is not None:
            write(self.test.setText, STOP)
            self._testing = self._tasks.start(self._test(self._trial))

    async def _test(self, trial: MicrophoneTest) -> None:
        try:
            self._say(RECORDING)
            await trial.record(TEST_S)
            self._say(PLAYING)
            await trial.play()
            self._say(DONE)
        except SottovoceError as error:
            self._tell_trouble(error)
        finally:
            write(self.test.setText, TEST)

    def _say(self, text: Said) -> None:
        write(self.told.setText, text)
        self._announcer.say(text)

    def _tell_trouble(self, error: SottovoceError) -> None:
        tell(self.trouble, error)
        self._announcer.say(error)
