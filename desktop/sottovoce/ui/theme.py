"""How it looks: icons that tell by shape, and colours for light and dark desktops."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from sottovoce.domain.turns import Stage
from sottovoce.resources import resource

SIZES_PX = (16, 20, 22, 24, 32, 40, 44, 48, 64, 96, 128, 256)
"""Panels use 16 to 24, dense screens twice that, launchers the rest; each size is drawn anew, never scaled."""

WORDS = {
    Stage.READY: "Ready",
    Stage.LISTENING: "Listening…",
    Stage.THINKING: "Thinking…",
    Stage.SPEAKING: "Speaking",
    Stage.TROUBLE: "Trouble",
}
"""The stage as people read and hear it."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours of the overlay; each text stands at 4.5:1 or better on `ground` (WCAG 2.1, 1.4.3)."""

    ground: str
    text: str
    quiet: str
    trouble: str
    edge: str


LIGHT = Colours(ground="#fbfbfd", text="#17191d", quiet="#525b66", trouble="#9b1420", edge="#7b8490")
DARK = Colours(ground="#1c2027", text="#f3f5f8", quiet="#b4bdc9", trouble="#ffb3ab", edge="#667080")


@functools.cache
def stage_icon(stage: Stage) -> QIcon:
    """The icon of a stage. Each has its own outline and a white rim: it needs no guess at the panel's colour."""
    return _icon(str(stage))


@functools.cache
def app_icon() -> QIcon:
    """The icon of the application."""
    return _icon("sottovoce")


def _icon(name: str) -> QIcon:
    drawing = QSvgRenderer(QByteArray(resource("icons", f"{name}.svg").read_bytes()))
    icon = QIcon()
    for size in SIZES_PX:
        picture = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        drawing.render(painter)
        painter.end()
        icon.addPixmap(QPixmap.fromImage(picture))
    return icon


def is_dark() -> bool:
    """Whether the windows of this desktop are dark (a dark colour scheme shows in the palette too)."""
    palette = QGuiApplication.palette()
    window, text = QPalette.ColorRole.Window, QPalette.ColorRole.WindowText
    return palette.color(window).lightness() < palette.color(text).lightness()


def colours() -> Colours:
    """The overlay's colours on this desktop."""
    return DARK if is_dark() else LIGHT
