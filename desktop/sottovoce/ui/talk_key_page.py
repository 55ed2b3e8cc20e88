"""The page about the key to talk: which it is, whether it is seen going down and coming up, and how it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from sottovoce.domain.errors import HotkeyTrouble, SottovoceError
from sottovoce.domain.hotkeys import Edge, KeyProof, how_to_talk
from sottovoce.ui import theme
from sottovoce.ui.check_box import CheckBox, RadioButton
from sottovoce.ui.edged import Button, ComboBox
from sottovoce.ui.fitting import mistake, tell, words
from sottovoce.ui.flow import flowing
from sottovoce.ui.key_recorder import NO_KEY, KeyRecorder
from sottovoce.ui.setting_field import Hint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QHideEvent

    from sottovoce.domain.settings import Settings
    from sottovoce.ui.ports import TalkKey
    from sottovoce.ui.tasks import Tasks

NAMES = ("hotkey", "hotkey_mode", "hands_free", "cancel_key")
"""The settings that are put together here."""

DECIDED = "Your administrator has decided: {}."
TITLES = {
    "hotkey": "the key",
    "hotkey_mode": "how it is used",
    "hands_free": "free hands",
    "cancel_key": "the key that drops what is said",
}

TRY, END = "&Try the key", "End the &trial"
TRYING = "Press {key}, hold it for a second, and let go. The microphone stays closed meanwhile."
TRYING_BOUND = "Press the key that your desktop's settings bind to Sottovoce. The microphone stays closed meanwhile."
PROVED = "Both ends of a press are seen: the key can be held."
PRESS_ONLY = "Only the press is seen yet. If you have let go: the key can't be held, but pressed to begin and to end."
REPEATED = "It is told as pressed again and again while held; that does no harm here."
NO_RELEASE = "No release of this key has been seen, so holding it is not offered. Try the key."
CANCEL_KEYS = ("Escape", "Pause", "F12")

PATIENCE_MS = 5_000
"""How long after a press its release may be waited for, until the key is taken for one that tells none."""

SEEN, UNSEEN = "●", "○"
LIGHTS = {Edge.PRESS: ("Press", "pressed"), Edge.RELEASE: ("Release", "let go"), Edge.REPEAT: ("Repeat", "repeated")}


class Light(QLabel):
    """One end of a press: told by word, sign and weight, not by colour alone."""

    def __init__(self, name: str) -> None:
        """Not seen yet."""
        super().__init__()
        self._name = name
        self.show_seen(seen=False)

    def show_seen(self, *, seen: bool) -> None:
        """Show whether it was seen."""
        self.setText(f"{SEEN if seen else UNSEEN} {self._name}: {'seen' if seen else 'not seen yet'}")
        font = self.font()
        font.setBold(seen)
        self.setFont(font)
        self.setAccessibleName(f"{self._name}: {'seen' if seen else 'not seen yet'}")


class TalkKeyPage(QWidget):
    """Chooses the key to talk and proves it: `fill` puts settings in, `values` gives what is chosen.

    It changes nothing by itself: whoever shows it saves `values`. While the key is tried, it opens no microphone; the
    trial ends when the page is hidden.
    """

    changed = Signal()
    """Something else was chosen."""

    def __init__(self, key: TalkKey, tasks: Tasks, *, brief: bool = False) -> None:
        """Build it; `fill` puts the values in. A brief one leaves out what nobody needs at first."""
        super().__init__()
        self._brief = brief
        self._talk_key = key
        self._tasks = tasks
        self._locked: frozenset[str] = frozenset()
        self.decided = Hint()
        self.decided.hide()
        self._trial = False
        self._wanted = "hold"
        self._waited = QTimer(self)
        self._waited.setSingleShot(True)
        self._waited.setInterval(PATIENCE_MS)
        self._waited.timeout.connect(self._show)
        self.proof = KeyProof()
        self.recorder = KeyRecorder()
        self.recorder.recorded.connect(self._recorded)
        self.recorder.refused.connect(self._tell_mistake)
        self.mistake = mistake()
        self.try_button = Button(TRY)
        self.try_button.setAutoDefault(False)
        self.try_button.clicked.connect(self._try_or_end)
        self.lights = {edge: Light(name) for edge, (name, _) in LIGHTS.items()}
        self.told = words()
        self.hold = RadioButton("Hold it while talking")
        self.toggle = RadioButton("&Press it to begin, and again to end")
        self._modes = QButtonGroup(self)
        self.why_not = words(NO_RELEASE, hidden=True)
        self.hands_free = CheckBox("Tap it t&wice to go on with free hands")
        self.cancel_key = ComboBox()
        self.how = words()
        self._build()
        for button in (self.hold, self.toggle):
            self._modes.addButton(button)
            button.clicked.connect(self._mode_chosen)
        self.hands_free.toggled.connect(self.changed)
        self.cancel_key.currentIndexChanged.connect(self.changed)
        self._show()

    def _build(self) -> None:
        cancel = QLabel("Key that &drops what is said or answered:")
        cancel.setBuddy(self.cancel_key)
        cancel.setWordWrap(True)
        self.cancel_key.setAccessibleName("Key that drops what is said or answered")
        row = QHBoxLayout()
        row.addWidget(self.cancel_key)
        row.addStretch(1)
        column = QVBoxLayout(self)
        for widget in (
            self.decided, self.recorder, self.mistake, flowing(self.try_button), flowing(*self.lights.values()),
            self.told, self.hold, self.toggle, self.why_not, self.hands_free, cancel,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self.how)
        column.addStretch(1)
        for widget in (self.hands_free, cancel, self.cancel_key):
            widget.setVisible(not self._brief)

    # For who shows it

    def fill(self, settings: Settings) -> None:
        """Show these settings; a trial ends."""
        self.stop()
        self.blockSignals(True)  # noqa: FBT003 - Qt's
        try:
            self.proof = KeyProof()
            self.recorder.fill(settings.hotkey)
            self._wanted = settings.hotkey_mode
            self.hands_free.setChecked(settings.hands_free)
            self.cancel_key.clear()
            for key in dict.fromkeys((*CANCEL_KEYS, settings.cancel_key, "")):
                self.cancel_key.addItem(key or NO_KEY, key)
            self.cancel_key.setCurrentIndex(self.cancel_key.findData(settings.cancel_key))
        finally:
            self.blockSignals(False)  # noqa: FBT003 - Qt's
        self._tell_mistake("")
        self._show()

    def lock(self, locked: Mapping[str, str]) -> None:
        """Grey out what a policy has decided of it, and say so."""
        self._locked = frozenset(locked) & set(NAMES)
        tell(self.decided, DECIDED.format(", ".join(TITLES[name] for name in NAMES if name in self._locked)))
        self.decided.setVisible(bool(self._locked))
        self.recorder.setEnabled("hotkey" not in self._locked)
        self.cancel_key.setEnabled("cancel_key" not in self._locked)
        self._show()

    def values(self) -> dict[str, Any]:
        """What is chosen, by the names of the settings; nothing of what a policy has decided."""
        chosen = {
            "hotkey": self.recorder.key(),
            "hotkey_mode": self._mode() if self.proof.presses else self._wanted,
            "hands_free": self.hands_free.isChecked(),
            "cancel_key": self.cancel_key.currentData(),
        }
        return {name: value for name, value in chosen.items() if name not in self._locked}

    def tell(self, error: SottovoceError) -> None:
        """Show why the key can't be had."""
        self._tell_mistake(f"{error.sentence} {error.remedy}")

    def stop(self) -> None:
        """End recording and the trial: the key in force opens the microphone again. Idempotent."""
        self.recorder.stop()
        if self._trial:
            self._trial = False
            self._tasks.start(self._talk_key.end_trial())
            self._show()

    def first(self) -> QWidget:
        """What has the focus first: it begins nothing by itself."""
        return self.recorder.button

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        self.stop()
        super().hideEvent(event)

    # The trial

    def _recorded(self, _key: str) -> None:
        self.proof = KeyProof()
        self.changed.emit()
        self._begin()

    def _try_or_end(self) -> None:
        if self._trial:
            self.stop()
        else:
            self.proof = KeyProof()
            self._begin()

    def _begin(self) -> None:
        self._trial = True
        self._tell_mistake("")
        self._show()
        self._tasks.start(self._try_out(self.recorder.key()))

    async def _try_out(self, key: str) -> None:
        try:
            await self._talk_key.try_out(key, self._hear)
        except HotkeyTrouble as error:
            self.tell(error)
            self.recorder.announcer.say(error.sentence)

    def _hear(self, edge: Edge) -> None:
        if self._trial:
            self.show_edge(edge)

    def show_edge(self, edge: Edge) -> None:
        """Show one end of a press, however it was seen."""
        before, self.proof = self.proof, self.proof.seen(edge)
        if before.presses != self.proof.presses:
            self._waited.start()
        self._show()
        if (before.presses, before.releases) != (self.proof.presses, self.proof.releases):
            self.recorder.announcer.say(LIGHTS[edge][1])

    def _may_be_held(self) -> bool:
        """Whether holding may be offered: a release was seen, or this desktop tells it and none is overdue."""
        overdue = self.proof.presses > 0 and not self._waited.isActive()
        return "hold" in self.proof.modes or (self._talk_key.tells_release and not overdue)

    def _mode(self) -> str:
        """The mode that is shown."""
        return self._wanted if self._may_be_held() else "toggle"

    # How it looks

    def _mode_chosen(self) -> None:
        self._wanted = "toggle" if self.toggle.isChecked() else "hold"
        self._show()
        self.changed.emit()

    def _tell_mistake(self, text: str) -> None:
        self.mistake.setStyleSheet(f"color: {theme.trouble_colour()}; font-weight: 600")
        tell(self.mistake, text)

    def _show(self) -> None:
        seen = self.proof
        for edge, count in ((Edge.PRESS, seen.presses), (Edge.RELEASE, seen.releases), (Edge.REPEAT, seen.repeats)):
            self.lights[edge].show_seen(seen=count > 0)
        key = self.recorder.key()
        self.try_button.setText(END if self._trial else TRY)
        tell(self.told, self._in_words(key))
        may_be_held = self._may_be_held()
        self.hold.setEnabled(may_be_held and "hotkey_mode" not in self._locked)
        self.toggle.setEnabled("hotkey_mode" not in self._locked)
        (self.toggle if self._mode() == "toggle" else self.hold).setChecked(True)
        self.why_not.setVisible(not may_be_held)
        self.hands_free.setEnabled(self._mode() == "hold" and "hands_free" not in self._locked)
        self.how.setText(how_to_talk(key, self._mode()))

    def _in_words(self, key: str) -> str:
        seen = self.proof
        if seen.releases:
            return " ".join(filter(None, [PROVED, REPEATED if seen.repeats else ""]))
        if seen.presses:
            return PRESS_ONLY
        if self._trial:
            return TRYING.format(key=key) if key else TRYING_BOUND
        return ""
