"""A secret in the clipboard, for a minute."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication

from sottovoce.ui.clipboard import x11_display

KEPT_S = 60.0
"""Long enough to paste it somewhere."""

MARKS = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    "application/x-nspasteboard-concealed-type": b"1",
}
"""Ask the clipboard histories of KDE and Windows, and those that follow nspasteboard.org, to keep no copy."""


class SecretClipboard(QObject):
    """Puts a secret into the clipboard and takes it out again, unless something else is in there by then."""

    def __init__(self) -> None:
        """Nothing is in it yet."""
        super().__init__()
        self._secret = ""
        self.clearing = QTimer(self, singleShot=True, interval=round(KEPT_S * 1000))
        self.clearing.timeout.connect(self.clear)

    def put(self, secret: str) -> None:
        """Copy it; it stays `KEPT_S` seconds."""
        data = QMimeData()
        data.setText(secret)
        for kind, value in MARKS.items():
            data.setData(kind, value)
        QGuiApplication.clipboard().setMimeData(data)
        self._secret = secret
        self.clearing.start()

    def clear(self) -> None:
        """Take the secret out now, if it is still there."""
        self.clearing.stop()
        clipboard = QGuiApplication.clipboard()
        # Under X11 another owner would be asked for its text, and one that hangs would hold us up.
        ours = clipboard.ownsClipboard() or not x11_display()
        if self._secret and ours and clipboard.text() == self._secret:
            clipboard.clear()
        self._secret = ""
