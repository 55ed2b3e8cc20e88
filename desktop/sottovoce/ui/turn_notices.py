"""A turn told by the desktop's notifications, where no overlay can be shown or none is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from sottovoce.domain.said import said
from sottovoce.domain.turns import (
    Answered,
    Heard,
    HoldEnds,
    Outcome,
    Stage,
    StageChanged,
    TurnEnded,
    TurnEvent,
    TurnFailed,
    TurnUnfinished,
)
from sottovoce.talk.ringing import Notice
from sottovoce.ui.overlay import NOTHING_HEARD, OFFER_S, SILENCE_S, TROUBLE_S
from sottovoce.ui.texts import in_words
from sottovoce.ui.unfinished import HOW, QUESTION

if TYPE_CHECKING:
    from sottovoce.domain.errors import SottovoceError
    from sottovoce.ui.ports import Actions


class TurnNotices(QObject):
    """Tells what the overlay would show at the end of a turn; the tray icon shows the stages on the way there."""

    def __init__(self, actions: Actions) -> None:
        """Nothing is told yet."""
        super().__init__()
        self._actions = actions
        self._heard = ""
        self._told: SottovoceError | None = None
        self._leaving = QTimer(self, singleShot=True)
        self._leaving.timeout.connect(self.withdraw)

    def hear(self, event: TurnEvent) -> None:
        """Tell what the event brings."""
        match event:
            case StageChanged():
                self._go_on_to(event)
            case Heard(text):
                self._heard = text
            case HoldEnds(left_s):
                self._tell("", in_words(said("overlay-left", seconds=round(left_s))), left_s)
            case Answered(answer):
                self._tell(self._heard, answer.reply, self._actions.settings().overlay_s)
            case TurnFailed(error):
                self._tell_trouble(error)
            case TurnEnded(Outcome.SILENCE):
                self._tell("", in_words(NOTHING_HEARD), SILENCE_S)
            case TurnUnfinished():
                self._tell(event.text, f"{in_words(QUESTION)} {in_words(HOW)}", OFFER_S)

    def _go_on_to(self, event: StageChanged) -> None:
        if event.stage is not Stage.TROUBLE:
            self._told = None
        if event.stage is Stage.LISTENING:
            self._heard = ""
            self.withdraw()
        if event.trouble is not None:
            self._tell_trouble(event.trouble)

    def withdraw(self) -> None:
        """Take away what is told. Idempotent."""
        self._leaving.stop()
        self._actions.notify(None)

    def close(self) -> None:
        """Tell no more; what is told stays until it is read."""
        self._leaving.stop()

    def _tell(self, title: str, text: str, stays_s: float) -> None:
        self._actions.notify(Notice(title=title or "Sottovoce", text=text))
        self._leaving.start(round(stays_s * 1000))

    def _tell_trouble(self, error: SottovoceError) -> None:
        """Once, though the turn and the stage both bring it."""
        if self._told is None or in_words(self._told) != in_words(error):
            self._tell(error.sentence, error.remedy, TROUBLE_S)
        self._told = error
