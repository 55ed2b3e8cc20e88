"""Which voice speaks, and how it sounds."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sottovoce.domain.errors import SottovoceError
from sottovoce.domain.said import said
from sottovoce.ui.announcing import Announcer
from sottovoce.ui.edged import Button
from sottovoce.ui.fitting import mistake, tell
from sottovoce.ui.flow import flowing
from sottovoce.ui.ports import Choice
from sottovoce.ui.texts import write

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Mapping

    from PySide6.QtGui import QHideEvent, QShowEvent

    from sottovoce.domain.voices import VoiceChoice
    from sottovoce.ui.ports import Actions
    from sottovoce.ui.setting_controls import ChoiceBox
    from sottovoce.ui.setting_field import Field
    from sottovoce.ui.tasks import Tasks

LISTEN, STOP = said("settings-listen"), said("settings-stop-listening")


class VoiceSection(QWidget):
    """Says a sample as the fields stand, saved or not."""

    said = Signal()
    """A sample was said to its end, or silenced."""

    def __init__(self, actions: Actions, tasks: Tasks, picker: ChoiceBox, fields: Mapping[str, Field]) -> None:
        """Build it below `picker`, which it fills; `fields` are those that a sample is said with."""
        super().__init__()
        self._actions = actions
        self._tasks = tasks
        self._picker = picker
        self._fields = fields
        self._saying: asyncio.Task[None] | None = None
        self.trouble = mistake()
        self.button = Button(LISTEN)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._say_or_hush)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(flowing(self.button))
        column.addWidget(self.trouble)
        self._announcer = Announcer(self.button)

    def showEvent(self, event: QShowEvent) -> None:
        """Look which voices there are."""
        super().showEvent(event)
        self._tasks.start(self._offer())

    def hideEvent(self, event: QHideEvent) -> None:
        """Silence the sample when the page is left."""
        self.hush()
        super().hideEvent(event)

    def hush(self) -> None:
        """Silence the sample. Idempotent."""
        if self._saying is not None:
            self._actions.hush_sample()

    async def _offer(self) -> None:
        try:
            voices = await self._actions.voices()
        except SottovoceError as error:
            self._tell(error)
            return
        self._picker.offer([Choice(value="", title=said("settings-system")), *map(_choice, voices)])

    def _say_or_hush(self) -> None:
        if self._saying is not None:
            self.hush()
        else:
            write(self.button.setText, STOP)
            tell(self.trouble, "")
            self._saying = self._tasks.start(self._say())

    async def _say(self) -> None:
        now = {name: self._fields[name].value() for name in ("voice", "speech_rate", "volume") if name in self._fields}
        try:
            await self._actions.say_sample(dataclasses.replace(self._actions.settings(), **now))  # type: ignore[arg-type]
            self.said.emit()
        except SottovoceError as error:
            self._tell(error)
        finally:
            self._saying = None
            write(self.button.setText, LISTEN)

    def _tell(self, error: SottovoceError) -> None:
        tell(self.trouble, error)
        self._announcer.say(error)


def _choice(voice: VoiceChoice) -> Choice:
    gender = said("settings-voice-gender", gender=voice.gender) if voice.gender else ""
    both = said("settings-voice-detail", language=voice.language, gender=gender)
    return Choice(
        value=voice.name, title=voice.name, detail=both if voice.language and gender else voice.language or gender
    )
