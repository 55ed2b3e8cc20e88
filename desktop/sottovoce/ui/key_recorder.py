"""A field that takes a combination of keys by being pressed, not typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sottovoce.domain.errors import HotkeyUnknown
from sottovoce.domain.hotkeys import KeyName, Modifier, parse, shown_key
from sottovoce.domain.said import Said, said
from sottovoce.ui.announcing import Announcer
from sottovoce.ui.edged import Button
from sottovoce.ui.fitting import paragraph
from sottovoce.ui.flow import flowing
from sottovoce.ui.texts import write

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

NO_KEY = said("talkkey-no-key")
WAITING = said("talkkey-waiting")

PATIENCE_MS = 15_000
"""How long nothing may be pressed; meanwhile no other program gets a key."""

_QT = Qt.KeyboardModifier
_HELD = {
    Modifier.CTRL: _QT.ControlModifier,
    Modifier.ALT: _QT.AltModifier,
    Modifier.SHIFT: _QT.ShiftModifier,
    Modifier.SUPER: _QT.MetaModifier,
}

_KEYS = {
    Qt.Key.Key_Space: "Space",
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Tab: "Tab",
    Qt.Key.Key_Backtab: "Tab",
    Qt.Key.Key_Escape: "Escape",
    Qt.Key.Key_Backspace: "Backspace",
    Qt.Key.Key_Delete: "Delete",
    Qt.Key.Key_Insert: "Insert",
    Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End",
    Qt.Key.Key_PageUp: "PageUp",
    Qt.Key.Key_PageDown: "PageDown",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Pause: "Pause",
    Qt.Key.Key_Print: "Print",
    Qt.Key.Key_SysReq: "Print",
    Qt.Key.Key_Menu: "Menu",
    Qt.Key.Key_ScrollLock: "ScrollLock",
    Qt.Key.Key_MicMute: "XF86AudioMicMute",
    Qt.Key.Key_VolumeMute: "XF86AudioMute",
    Qt.Key.Key_MediaPlay: "XF86AudioPlay",
    Qt.Key.Key_MediaTogglePlayPause: "XF86AudioPlay",
    Qt.Key.Key_MediaPause: "XF86AudioPause",
    Qt.Key.Key_MediaStop: "XF86AudioStop",
    Qt.Key.Key_MediaNext: "XF86AudioNext",
    Qt.Key.Key_MediaPrevious: "XF86AudioPrev",
    Qt.Key.Key_MediaRecord: "XF86AudioRecord",
    Qt.Key.Key_Calculator: "XF86Calculator",
    Qt.Key.Key_HomePage: "XF86HomePage",
    Qt.Key.Key_LaunchMail: "XF86Mail",
    Qt.Key.Key_Search: "XF86Search",
    Qt.Key.Key_Favorites: "XF86Favorites",
    Qt.Key.Key_Tools: "XF86Tools",
}

_MODIFIER_KEYS = {
    Qt.Key.Key_Control: Modifier.CTRL,
    Qt.Key.Key_Alt: Modifier.ALT,
    Qt.Key.Key_AltGr: Modifier.ALT,
    Qt.Key.Key_Shift: Modifier.SHIFT,
    Qt.Key.Key_Meta: Modifier.SUPER,
    Qt.Key.Key_Super_L: Modifier.SUPER,
    Qt.Key.Key_Super_R: Modifier.SUPER,
}

_MODIFIERS = {int(key): name for key, name in _MODIFIER_KEYS.items()}

_RIGHT_KEYSYMS = {0xFFE4: "RightCtrl", 0xFFEA: "RightAlt", 0xFFE2: "RightShift", 0xFFEC: "RightSuper"}
"""X's numbers for the modifiers at the right."""

_SHIFTED = dict(zip('!@#$%^&*()_+{}|:"<>?~', "1234567890-=[]\\;',./`", strict=True))
"""What Shift makes of keys on most keyboards: Qt tells the sign, people mean the key."""


def key_of(event: QKeyEvent) -> KeyName:
    """The combination that is pressed.

    Raises:
        HotkeyUnknown: It is none that could be taken.
    """
    held = [name for name, bit in _HELD.items() if event.modifiers() & bit]
    key = _KEYS.get(Qt.Key(event.key())) if event.key() in _NUMBERS else None
    return parse("+".join([*held, key or _sign(event.key(), shifted=Modifier.SHIFT in held)]))


_NUMBERS = frozenset(int(key) for key in _KEYS)


def _sign(number: int, *, shifted: bool) -> str:
    """A letter, digit or sign, or a function key, by Qt's number."""
    if Qt.Key.Key_F1 <= number <= Qt.Key.Key_F35:
        return f"F{number - Qt.Key.Key_F1 + 1}"
    sign = chr(number) if 0 < number < 0x110000 else ""  # noqa: PLR2004 - Unicode ends there
    return _SHIFTED.get(sign, sign) if shifted else sign


class KeyRecorder(QWidget):
    """Shows a key; one button records another, the other one takes none at all.

    Works by the keyboard alone and says each step to a screen reader.
    """

    recorded = Signal(str)
    """Another key was chosen; "" for none."""
    refused = Signal(object)
    """Why the combination that was pressed is none, as a `Text`; "" when recording begins."""

    def __init__(self, what: Said | None = None) -> None:
        """Build it for `what`, or for the key to talk."""
        super().__init__()
        self._what = what or said("talkkey-what")
        self._key = ""
        self._right = ""
        self.recording = False
        self.shown = paragraph()
        font = self.shown.font()
        font.setBold(True)
        self.shown.setFont(font)
        self.button = Button(said("talkkey-change"))
        self.button.clicked.connect(self.record)
        self.none = Button(said("talkkey-none"))
        self.none.clicked.connect(lambda: self._take(""))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.shown)
        column.addWidget(flowing(self.button, self.none))
        for button in (self.button, self.none):
            button.setAutoDefault(False)
        self.setFocusProxy(self.button)
        self.announcer = Announcer(self.button)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self.stop)
        self.button.installEventFilter(self)
        self._show()

    def key(self) -> str:
        """The key's name; "" for none."""
        return self._key

    def fill(self, key: str) -> None:
        """Show this key."""
        self.stop()
        self._key = key
        self._show()

    def record(self) -> None:
        """Take the next combination that is pressed, whichever program it belongs to."""
        if self.recording:
            return
        self.recording = True
        self._right = ""
        self.refused.emit("")
        write(self.shown.setText, WAITING)
        self.announcer.say(WAITING)
        self._patience.start()
        self.button.setFocus()
        self.button.grabKeyboard()  # the keys of the desktop itself are seen too, and do nothing meanwhile

    def stop(self) -> None:
        """Leave it as it is. Idempotent."""
        if self.recording:
            self.recording = False
            self._patience.stop()
            self.button.releaseKeyboard()
            self._show()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """While it records, every key is for it."""
        if not self.recording:
            return False
        if isinstance(event, QKeyEvent):
            event.accept()
            if not event.isAutoRepeat():
                self._hear(event)
            return True
        if event.type() is QEvent.Type.WindowDeactivate:
            self.stop()
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: the keyboard is given back."""
        self.stop()
        super().hideEvent(event)

    def _hear(self, event: QKeyEvent) -> None:
        own = _MODIFIERS.get(event.key())
        held = [name for name, bit in _HELD.items() if event.modifiers() & bit and name is not own]
        if event.type() is QEvent.Type.KeyRelease:
            if self._right and _RIGHT_KEYSYMS.get(event.nativeVirtualKey()) == self._right:
                self._take(self._right)
        elif event.type() is QEvent.Type.KeyPress:
            self._patience.start()
            self._right = "" if held else _RIGHT_KEYSYMS.get(event.nativeVirtualKey(), "")
            if own is not None:
                keys = shown_key("+".join(name for name in Modifier if name in {*held, own}))
                write(self.shown.setText, said("talkkey-held", keys=keys))
            elif event.key() == Qt.Key.Key_Escape and not held:
                self.stop()
                self.announcer.say(self._named())
            else:
                self._take_chord(event)

    def _take_chord(self, event: QKeyEvent) -> None:
        try:
            name = key_of(event)
        except HotkeyUnknown as error:
            write(self.shown.setText, WAITING)
            self.refused.emit(error)
        else:
            self._take(str(name))

    def _take(self, key: str) -> None:
        self.stop()
        self._key = key
        self._show()
        self.announcer.say(self._named())
        self.refused.emit("")
        self.recorded.emit(key)

    def _show(self) -> None:
        write(self.shown.setText, shown_key(self._key) if self._key else NO_KEY)
        write(self.button.setAccessibleName, self._named())
        write(self.button.setAccessibleDescription, said("talkkey-how-to-record"))

    def _named(self) -> Said:
        return said("talkkey-named", what=self._what, key=shown_key(self._key) if self._key else NO_KEY)
