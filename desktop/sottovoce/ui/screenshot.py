"""A picture of what is on the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QImage, QPainter

if TYPE_CHECKING:
    from pathlib import Path


def grabbed() -> QImage | None:
    """What is on all screens now, as they stand beside each other (17 ms a screen); None where nobody may look."""
    screens = QGuiApplication.screens()
    pictures = [(screen, screen.grabWindow(0)) for screen in screens]
    if not pictures or any(picture.isNull() for _, picture in pictures):
        return None
    if len(pictures) == 1:
        return pictures[0][1].toImage()
    whole = screens[0].virtualGeometry()
    canvas = QImage(whole.size(), QImage.Format.Format_RGB32)
    canvas.fill(0)
    painter = QPainter(canvas)
    for screen, picture in pictures:
        place = screen.geometry().translated(-whole.topLeft())
        painter.drawPixmap(place, picture)
    painter.end()
    return canvas


def saved(picture: QImage, path: Path) -> bool:
    """Write it as its name ends; may be called on any thread. Whether it could."""
    return bool(picture.save(str(path)))
