"""What windows say, in the language that is shown; in another one at once when that changes.

A text that is written into a widget by `write` is kept as the message it is, not as a sentence, and written anew when
another language is shown. Whoever makes texts of another kind, rows of a list, asks for `also_when_language_changes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

import shiboken6
from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator

from sottovoce.domain.errors import SottovoceError
from sottovoce.domain.said import Said
from sottovoce.language import ENGLISH, display, shown
from sottovoce.ui.faults import log_bug

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two sentences of an error."""

    error: SottovoceError
    remedy: bool = False

    def __str__(self) -> str:
        return self.error.remedy if self.remedy else self.error.sentence


@dataclass(frozen=True, slots=True)
class AsSentence:
    """A message that is the inside of a sentence, made one."""

    inside: Said

    def __str__(self) -> str:
        text = shown(self.inside)
        return f"{text[:1].upper()}{text[1:]}."


Text = str | Said | SottovoceError | Half | AsSentence | tuple["Text", ...]
"""A finished text, a message, an error with its remedy, or sentences one after another."""


def in_words(text: Text) -> str:
    """The text in the language that is shown."""
    if isinstance(text, Said):
        return shown(text)
    if isinstance(text, tuple):
        return " ".join(filter(None, map(in_words, text)))
    return str(text)


_WRITTEN: WeakKeyDictionary[QObject, dict[tuple[str, tuple[object, ...]], Text]] = WeakKeyDictionary()
"""Object → what was called to write a text, and the text."""
_ALSO: WeakKeyDictionary[QObject, str] = WeakKeyDictionary()
"""Object → its method that writes more."""


def write(put: Callable[..., object], text: Text, *where: object) -> None:
    """Call `put(*where, text)`, a method of a Qt object like `label.setText`; and again in any other language."""
    method = cast("Any", put)
    owner, place = method.__self__, (method.__name__, where)
    if isinstance(text, str):
        _WRITTEN.get(owner, {}).pop(place, None)
    else:
        _WRITTEN.setdefault(owner, {})[place] = text
    put(*where, in_words(text))


def written(put: Callable[..., object], *where: object) -> Text:
    """What was last written by `write(put, …, *where)`, if it has to be put into words; else ""."""
    method = cast("Any", put)
    return _WRITTEN.get(method.__self__, {}).get((method.__name__, where), "")


def also_when_language_changes(write_more: Callable[[], object]) -> None:
    """Call this method of a Qt object, too, once all else is written in another language."""
    method = cast("Any", write_more)
    _ALSO[method.__self__] = method.__name__


def write_anew() -> None:
    """Write every text in the language that is shown now."""
    for owner, texts in list(_WRITTEN.items()):
        if shiboken6.isValid(owner):
            for (name, where), text in texts.items():
                getattr(owner, name)(*where, in_words(text))
    for owner, name in list(_ALSO.items()):
        if shiboken6.isValid(owner):
            try:
                getattr(owner, name)()
            except Exception as error:  # noqa: BLE001 - one window's mistake keeps no other from changing
                log_bug("show_language", error)


def direction_of(tag: str) -> Qt.LayoutDirection:
    """Where a language begins to write."""
    return QLocale(tag).textDirection()


class Translation(QObject):
    """Keeps an application in the language that is shown: texts, Qt's buttons, numbers, the direction of writing."""

    def __init__(self, app: QApplication) -> None:
        """Follow the language from now on."""
        super().__init__(app)
        self._app = app
        self._qt: QTranslator | None = None
        display.follow(self.show_language)
        if display.shown_in().tag != ENGLISH:
            self.show_language()

    def show_language(self) -> None:
        """Show all of it in the language of now."""
        tag = display.shown_in().tag
        own = QLocale.system()
        locale = own if tag in {ENGLISH, own.name().partition("_")[0]} else QLocale(tag)
        QLocale.setDefault(locale)
        self._app.setLayoutDirection(direction_of(tag))
        write_anew()
        former, self._qt = self._qt, QTranslator(self)
        self._qt.load(f"qtbase_{tag}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        self._app.installTranslator(self._qt)  # which tells every window that the language has changed
        if former is not None:
            self._app.removeTranslator(former)
            former.deleteLater()
