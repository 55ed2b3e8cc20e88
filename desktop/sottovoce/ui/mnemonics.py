"""A letter for everything that can be reached by Alt and a key: each once a page, so that no two fight over it."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QTabWidget,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_MARK = re.compile(r"&(?!&)(\w)")


def letter_of(text: str) -> str:
    """The letter that a text is reached by, small; "" if there is none."""
    found = _MARK.search(text.replace("&&", ""))
    return found.group(1).lower() if found else ""


def with_letter(text: str, taken: set[str]) -> str:
    """The text with a letter marked that is not taken: the first of a word if possible, else any, else a new one."""
    if letter_of(text):
        return text
    starts = [found.start() for found in re.finditer(r"\b[^\W_]", text)]
    others = [at for at, sign in enumerate(text) if sign.isalnum()]
    for at in (*starts, *others):
        if text[at].lower() not in taken:
            return f"{text[:at]}&{text[at:]}"
    free = next((sign for sign in "abcdefghijklmnopqrstuvwxyz0123456789" if sign not in taken), "")
    return f"{text} (&{free.upper()})" if free else text


_LEAVES = (
    *(QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox),
    *(QComboBox, QLabel, QLineEdit),
)
"""What holds nothing that could be marked."""


class Marked:
    """One thing with a text: how to read and to change it."""

    def __init__(self, text: str, change: Callable[[str], object]) -> None:
        """Take its text, and what changes it."""
        self.text = text
        self.change = change


def marked_in(root: QWidget) -> Iterator[Marked]:
    """What has a text that a key could reach, within one page: buttons, labels of fields, tabs."""
    for child in root.children():
        if not isinstance(child, QWidget) or child.isWindow():
            continue
        named = isinstance(child, QAbstractButton) or (isinstance(child, QLabel) and child.buddy() is not None)
        if isinstance(child, QAbstractButton | QLabel) and named and child.text():
            yield Marked(child.text(), child.setText)
        if isinstance(child, QTabWidget):
            for number in range(child.count()):
                yield Marked(child.tabText(number), functools.partial(child.setTabText, number))
        elif not isinstance(child, _LEAVES):
            yield from marked_in(child)


def give_letters(window: QWidget) -> None:
    """Mark a letter in every text of the window that has none yet; those of a tab's page differ from the window's."""
    own = _give(list(marked_in(window)), set())
    for tabs in window.findChildren(QTabWidget):
        for number in range(tabs.count()):
            if (page := tabs.widget(number)) is not None:
                _give(list(marked_in(page)), own)


def _give(things: Sequence[Marked], taken: set[str]) -> set[str]:
    taken = taken | {letter_of(thing.text) for thing in things} - {""}
    for thing in things:
        if not letter_of(thing.text):
            text = with_letter(thing.text, taken)
            thing.change(text)
            taken.add(letter_of(text))
    return taken
