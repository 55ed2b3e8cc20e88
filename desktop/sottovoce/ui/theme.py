"""How it looks: icons that tell by shape, and colours for light and dark desktops."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from PySide6 import QtCore
from PySide6.QtCore import QByteArray, QPointF
from PySide6.QtGui import (
    QAccessibilityHints,
    QColor,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
    QStyleHints,
)
from PySide6.QtSvg import QSvgRenderer

from sottovoce.domain.said import said
from sottovoce.domain.stages import Stage
from sottovoce.resources import resource

SIZES_PX = (16, 20, 22, 24, 32, 40, 44, 48, 64, 96, 128, 256)
"""Panels use 16 to 24, dense screens twice that, launchers the rest; each size is drawn anew, never scaled."""

STAGES = {
    Stage.READY: said("stage-ready"),
    Stage.LISTENING: said("stage-listening"),
    Stage.THINKING: said("stage-thinking"),
    Stage.SPEAKING: said("stage-speaking"),
    Stage.TROUBLE: said("stage-trouble"),
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


READABLE, SEEN = 4.5, 3.0
"""Contrast that text needs, and that the outline of a control needs (WCAG 2.1, 1.4.3 and 1.4.11)."""

ALIKE = 1.1
"""Contrast below which two grounds look the same."""

STRONG, LOUD = 10.0, 200
"""Contrast and saturation (of 255) from which a palette is one of strong contrasts: yellow on black, say."""

LIGHT = Colours(ground="#fbfbfd", text="#17191d", quiet="#525b66", trouble="#9b1420", edge="#7b8490")
DARK = Colours(ground="#1c2027", text="#f3f5f8", quiet="#b4bdc9", trouble="#ffb3ab", edge="#667080")


@functools.cache
def stage_icon(stage: Stage) -> QIcon:
    """The icon of a stage. Each has its own outline and a white rim: it needs no guess at the panel's colour."""
    return _icon(str(stage))


MARK = ("#ffffff", "#d81b60")
"""Rim and ground of the dot that marks the icon while the microphone stays open."""


@functools.cache
def marked_icon(stage: Stage) -> QIcon:
    """The icon of a stage with a dot in its corner: the microphone is open, and the last moment is kept."""
    return _icon(str(stage), marked=True)


@functools.cache
def app_icon() -> QIcon:
    """The icon of the application."""
    return _icon("sottovoce")


def _icon(name: str, *, marked: bool = False) -> QIcon:
    drawing = QSvgRenderer(QByteArray(resource("icons", f"{name}.svg").read_bytes()))
    icon = QIcon()
    for size in SIZES_PX:
        picture = QPixmap(size, size)
        picture.fill(QColor(0, 0, 0, 0))  # an image's `fill` has all enumerations of `Qt` made, 25 ms before the icon
        painter = QPainter(picture)
        drawing.render(painter)
        if marked:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QtCore.Qt.PenStyle.NoPen)
            for colour, radius in zip(MARK, (0.2, 0.14), strict=True):
                painter.setBrush(QColor(colour))
                painter.drawEllipse(QPointF(0.8 * size, 0.2 * size), radius * size, radius * size)
        painter.end()
        icon.addPixmap(picture)
    return icon


def palette() -> QPalette:
    """The colours of this desktop's windows, to be changed at will."""
    return QPalette(QGuiApplication.palette())


def is_dark() -> bool:
    """Whether the windows of this desktop are dark (a dark colour scheme shows in the palette too)."""
    palette = QGuiApplication.palette()
    window, text = QPalette.ColorRole.Window, QPalette.ColorRole.WindowText
    return palette.color(window).lightness() < palette.color(text).lightness()


@functools.cache
def _hints() -> tuple[QStyleHints, QAccessibilityHints]:
    """Held for ever: with PySide's object for the one, that for the other would die (6.11), and never come back."""
    hints = QGuiApplication.styleHints()
    return hints, hints.accessibility()


def is_high_contrast() -> bool:
    """Whether the user has asked for strong contrasts: through the desktop, or by a palette of loud colours."""
    palette = QGuiApplication.palette()
    both = [palette.color(role) for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window)]
    loud = any(colour.saturation() >= LOUD for colour in both) and contrast(*both) >= STRONG
    return loud or _hints()[1].contrastPreference() is QtCore.Qt.ContrastPreference.HighContrast


def has_faint_outlines() -> bool:
    """Whether the style's outlines can't be seen: contrasts are to be strong, or all grounds are one dark colour."""
    shown = QGuiApplication.palette()
    ground, base = (shown.color(role) for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base))
    return is_high_contrast() or (is_dark() and contrast(ground, base) < ALIKE)


def colours() -> Colours:
    """The overlay's colours on this desktop; where contrasts are to be strong, the desktop's own."""
    usual = DARK if is_dark() else LIGHT
    if not is_high_contrast():
        return usual
    palette = QGuiApplication.palette()
    ground, text = (palette.color(role) for role in (QPalette.ColorRole.Window, QPalette.ColorRole.WindowText))
    return Colours(ground=ground.name(), text=text.name(), quiet=text.name(), trouble=text.name(), edge=text.name())


def contrast(one: QColor, other: QColor) -> float:
    """How far two colours stand apart, from 1 to 21 (WCAG 2.1, "contrast ratio")."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)  # noqa: PLR2004 - WCAG's
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def trouble_colour() -> str:
    """What is wrong stands out in this colour in windows; the colour of their text where it could not be read."""
    palette = QGuiApplication.palette()
    ground, text = (palette.color(role) for role in (QPalette.ColorRole.Window, QPalette.ColorRole.WindowText))
    wanted = QColor(colours().trouble)
    return wanted.name() if contrast(wanted, ground) >= READABLE else text.name()


def quieter(text: QColor, ground: QColor) -> QColor:
    """The text's colour, seven parts to three of the ground, as far as that can still be read."""
    pairs = ((text.red(), ground.red()), (text.green(), ground.green()), (text.blue(), ground.blue()))
    blended = QColor(*((7 * over + 3 * under) // 10 for over, under in pairs))
    return text if is_high_contrast() or contrast(blended, ground) < READABLE else blended


def outline(palette: QPalette) -> QColor:
    """An edge that is seen on the windows' ground: midway to their text, or the text's own colour."""
    ground, text = palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.WindowText)
    pairs = ((text.red(), ground.red()), (text.green(), ground.green()), (text.blue(), ground.blue()))
    middle = QColor(*((over + under) // 2 for over, under in pairs))
    return middle if not is_high_contrast() and contrast(middle, ground) >= SEEN else text
