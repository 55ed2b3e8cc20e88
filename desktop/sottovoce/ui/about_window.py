"""What this program is, as a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.domain.said import said
from sottovoce.ui.about_page import AboutPage
from sottovoce.ui.edged import Button
from sottovoce.ui.texts import write
from sottovoce.ui.window import Window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from sottovoce.ui.ports import About


class AboutWindow(Window):
    """The same page as in the settings."""

    def __init__(self, about: About) -> None:
        """Show `about`."""
        super().__init__()
        write(self.setWindowTitle, said("about-title"))
        close = Button(said("window-close"))
        close.clicked.connect(self.reject)
        self.page = AboutPage(about)
        self.fill_with(self.page, close)

    def first(self) -> QWidget:
        """The first value, to be copied."""
        return self.page.values[0]
