"""A widget shown as a layer of the Wayland screen: drawn as everywhere, and Qt makes no window of it."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage

from sottovoce.adapters.wayland.layer import Layer, Picture
from sottovoce.adapters.wayland.wire import CompositorGone, connected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from sottovoce.adapters.wayland.wire import Connection

log = logging.getLogger(__name__)

CONNECT_S = 0.2
"""Longest wait for a compositor to take a connection: it only queues."""


class Layered(QObject):
    """Shows a widget wherever the user is, as long as Qt takes it for visible."""

    def __init__(self, widget: QWidget, fit: Callable[[], None], environment: Mapping[str, str] = os.environ) -> None:
        """Take the widget over.

        Args:
            widget: Is shown and hidden as any other; its geometry is its place in `room`.
            fit: Gives the widget its geometry anew, because `room` is another one.
            environment: Says where the compositor is.
        """
        super().__init__(widget)
        self._widget, self._fit, self._environment = widget, fit, environment
        self._connection: Connection | None = None
        self._layer: Layer | None = None
        self._reading: QSocketNotifier | None = None
        self._writing: QSocketNotifier | None = None
        self._changed = False
        self._scale = 0.0
        widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        widget.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        widget.installEventFilter(self)
        self._painting = QTimer(self, singleShot=True, interval=0)  # however much changes at once, it is painted once
        self._painting.timeout.connect(self._paint)

    @property
    def room(self) -> QRect:
        """The free part of the screen where it is shown, from 0, 0; the first screen's until that is known."""
        if self._layer is not None and self._layer.room is not None:
            return QRect(0, 0, *self._layer.room)
        return QRect(0, 0, *QGuiApplication.primaryScreen().availableSize().toTuple())

    def eventFilter(self, _widget: QObject, event: QEvent) -> bool:
        """Follow what Qt does with the widget."""
        kind = event.type()
        if kind == QEvent.Type.Show:
            self._show()
        elif kind == QEvent.Type.Hide:
            self._hide()
        elif kind in {QEvent.Type.UpdateRequest, QEvent.Type.Resize, QEvent.Type.Move}:
            self._changed = True
            self._painting.start()
        return False

    def close(self) -> None:
        """End the connection. Idempotent."""
        self._painting.stop()
        if self._layer is not None:
            self._layer.hide()
        for notifier in (self._reading, self._writing):
            if notifier is not None:
                notifier.setEnabled(False)
                notifier.deleteLater()
        self._reading = self._writing = self._layer = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connect(self) -> None:
        connection = connected(self._environment, CONNECT_S)
        if connection is None:
            return
        self._connection = connection
        self._layer = Layer(connection, self._placed, self._ready)
        self._reading = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Read, self)
        self._reading.activated.connect(self._receive)
        self._writing = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Write, self)
        self._writing.activated.connect(self._flush)
        self._writing.setEnabled(False)

    def _show(self) -> None:
        if self._connection is None:
            self._connect()
        self._changed = True
        if self._layer is not None:
            self._layer.show()
            self._flush()

    def _hide(self) -> None:
        self._painting.stop()
        if self._layer is not None:
            self._layer.hide()
            self._flush()

    def _receive(self) -> None:
        if self._connection is None:
            return
        try:
            self._connection.receive()
        except CompositorGone:
            self._lost()
        else:
            self._flush()

    def _flush(self) -> None:
        if self._connection is None or self._writing is None:
            return
        try:
            self._writing.setEnabled(not self._connection.flush())
        except CompositorGone:
            self._lost()

    def _lost(self) -> None:
        """The compositor is gone, or can't show this; the next time it is asked for, it is tried anew."""
        log.warning("the compositor has ended the overlay's connection")
        self.close()

    def _placed(self) -> None:
        self._fit()
        self._changed = True
        self._painting.start()

    def _ready(self) -> None:
        if self._layer is not None and (self._changed or self._layer.scale != self._scale):
            self._changed = True
            self._painting.start()

    def _paint(self) -> None:
        if self._layer is None or not self._changed or not self._layer.ready or not self._widget.isVisible():
            return  # when the compositor is ready, it calls
        self._changed = False
        scale = self._scale = self._layer.scale
        place, room = self._widget.geometry(), self.room
        image = QImage(
            max(1, int(place.width() * scale + 0.5)),
            max(1, int(place.height() * scale + 0.5)),
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        image.setDevicePixelRatio(scale)
        image.fill(0)
        self._widget.render(image)
        above, below = place.top() - room.top(), room.bottom() - place.bottom()
        picture = Picture(
            pixels=image.constBits(),
            pixels_wide=image.width(),
            pixels_high=image.height(),
            width=place.width(),
            height=place.height(),
            gap=max(0, min(above, below)),
            at_top=above < below,
        )
        self._layer.paint(picture)
        self._flush()
