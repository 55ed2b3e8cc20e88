"""Icons that tell by their shape, and colours that can be read."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from sottovoce.domain.turns import Stage
from sottovoce.ui import theme

PANELS = {"light": "#eceef0", "dark": "#1c1f22", "middle": "#808080"}
SIZE_PX = 22
FEWEST_PIXELS = 60
"""An eighth of the picture: what a glance notices."""
SEEN = 60
"""Of 255 grey levels: about 1.5:1, an edge that is seen."""


def greys(stage: Stage, panel: str) -> list[int]:
    """The icon on a panel, as someone sees it who sees no colours."""
    picture = QImage(SIZE_PX, SIZE_PX, QImage.Format.Format_RGB32)
    picture.fill(QColor(panel))
    painter = QPainter(picture)
    theme.stage_icon(stage).paint(painter, 0, 0, SIZE_PX, SIZE_PX)
    painter.end()
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    return [grey.pixelColor(x, y).lightness() for y in range(SIZE_PX) for x in range(SIZE_PX)]


@pytest.mark.parametrize("panel", list(PANELS.values()), ids=list(PANELS))
@pytest.mark.parametrize(("one", "other"), list(combinations(Stage, 2)))
def test_two_stages_differ_without_colour(qapp: QApplication, one: Stage, other: Stage, panel: str) -> None:
    differences = [abs(a - b) for a, b in zip(greys(one, panel), greys(other, panel), strict=True)]
    assert sum(difference > SEEN for difference in differences) >= FEWEST_PIXELS


@pytest.mark.parametrize(("one", "other"), list(combinations(Stage, 2)))
def test_two_stages_differ_in_black_and_white(qapp: QApplication, one: Stage, other: Stage) -> None:
    shapes = [[grey > 128 for grey in greys(stage, "#ffffff")] for stage in (one, other)]
    assert sum(a != b for a, b in zip(*shapes, strict=True)) >= FEWEST_PIXELS


@pytest.mark.parametrize("panel", list(PANELS.values()), ids=list(PANELS))
@pytest.mark.parametrize("stage", Stage)
def test_an_icon_stands_out_from_any_panel(qapp: QApplication, stage: Stage, panel: str) -> None:
    ground = QColor(panel).lightness()
    assert sum(abs(grey - ground) > SEEN for grey in greys(stage, panel)) >= FEWEST_PIXELS


@pytest.mark.parametrize("size", [16, 22, 24, 32, 48, 64])
@pytest.mark.parametrize("ratio", [1, 2])
def test_every_size_is_drawn_and_none_is_scaled_up(qapp: QApplication, size: int, ratio: int) -> None:
    for icon in (theme.app_icon(), *map(theme.stage_icon, Stage)):
        sizes = {drawn.width() for drawn in icon.availableSizes()}
        assert size * ratio in sizes


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = [part / 255 for part in (QColor(colour).red(), QColor(colour).green(), QColor(colour).blue())]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("name", "least"), [("text", 7.0), ("quiet", 4.5), ("trouble", 4.5), ("edge", 3.0)])
def test_contrast(colours: theme.Colours, name: str, least: float) -> None:
    bright, dim = sorted((luminance(getattr(colours, name)), luminance(colours.ground)), reverse=True)
    assert (bright + 0.05) / (dim + 0.05) >= least


def test_a_dark_desktop_is_recognised_by_its_windows(qapp: QApplication) -> None:
    before = QApplication.palette()
    dark = QPalette(before)
    dark.setColor(QPalette.ColorRole.Window, Qt.GlobalColor.black)
    dark.setColor(QPalette.ColorRole.WindowText, Qt.GlobalColor.white)
    try:
        assert theme.colours() is theme.LIGHT
        QApplication.setPalette(dark)
        assert theme.colours() is theme.DARK
    finally:
        QApplication.setPalette(before)
