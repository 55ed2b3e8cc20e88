"""Telling a screen reader something that no focus leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from sottovoce.ui.texts import in_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from sottovoce.ui.texts import Text


class Announcer(QObject):
    """Announces sentences in the name of a widget."""

    said = Signal(str)
    """Each sentence, as it is announced."""

    def __init__(self, widget: QWidget) -> None:
        """Speak for `widget`."""
        super().__init__(widget)
        self._widget = widget

    def say(self, text: Text) -> None:
        """Announce a sentence; "" is nothing."""
        sentence = " ".join(in_words(text).split())
        if sentence:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._widget, sentence))
            self.said.emit(sentence)
