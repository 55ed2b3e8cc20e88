"""The page about the key to talk: which it is, whether it is seen going down and coming up, and how it is used."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from sottovoce.domain.errors import HotkeyTrouble, HotkeyUnsupported, SottovoceError
from sottovoce.domain.hotkeys import Edge, KeyProof, how_to_talk, shown_key
from sottovoce.domain.said import said
from sottovoce.ui import theme
from sottovoce.ui.check_box import CheckBox, RadioButton
from sottovoce.ui.edged import Button, ComboBox
from sottovoce.ui.fitting import mistake, paragraph, tell
from sottovoce.ui.flow import flowing
from sottovoce.ui.key_recorder import NO_KEY, KeyRecorder
from sottovoce.ui.setting_field import Hint
from sottovoce.ui.texts import Half, also_when_language_changes, in_words, write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QHideEvent

    from sottovoce.domain.hotkeys import GivenKeys
    from sottovoce.domain.said import Said
    from sottovoce.domain.settings import Settings
    from sottovoce.ui.ports import TalkKeyTrial
    from sottovoce.ui.tasks import Tasks
    from sottovoce.ui.texts import Text

NAMES = ("hotkey", "hotkey_mode", "hands_free", "cancel_key")
"""The settings that are put together here."""

DECIDED = {
    "hotkey": said("talkkey-decided-key"),
    "hotkey_mode": said("talkkey-decided-mode"),
    "hands_free": said("talkkey-decided-hands-free"),
    "cancel_key": said("talkkey-decided-cancel"),
}
TRY, END = said("talkkey-try"), said("talkkey-end")
COPY = said("talkkey-copy")
CANCEL_KEYS = ("Escape", "Pause", "F12")

PATIENCE_MS = 5_000
"""How long after a press its release may be waited for, until the key is taken for one that tells none."""

LIGHTS = {
    Edge.PRESS: (said("talkkey-press"), said("talkkey-pressed")),
    Edge.RELEASE: (said("talkkey-release"), said("talkkey-let-go")),
    Edge.REPEAT: (said("talkkey-repeat"), said("talkkey-repeats")),
}


class Light(QLabel):
    """One end of a press: told by word, sign and weight, not by colour alone."""

    def __init__(self, name: Said) -> None:
        """Not seen yet."""
        super().__init__()
        self._name = name
        self.show_seen(seen=False)

    def show_seen(self, *, seen: bool) -> None:
        """Show whether it was seen."""
        end = self._name
        write(self.setText, said("talkkey-seen.sign", end=end) if seen else said("talkkey-unseen.sign", end=end))
        font = self.font()
        font.setBold(seen)
        self.setFont(font)
        write(self.setAccessibleName, said("talkkey-seen", end=end) if seen else said("talkkey-unseen", end=end))


class TalkKeyPage(QWidget):
    """Chooses the key to talk and proves it: `fill` puts settings in, `values` gives what is chosen.

    It changes nothing by itself: whoever shows it saves `values`. While the key is tried, it opens no microphone; the
    trial ends when the page is hidden.
    """

    changed = Signal()
    """Something else was chosen."""

    def __init__(self, key: TalkKeyTrial, tasks: Tasks, *, brief: bool = False) -> None:
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
        self.copy_button = Button(COPY)
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self._copy)
        self.copy_button.hide()
        self._lines = ""
        self.try_button = Button(TRY)
        self.try_button.setAutoDefault(False)
        self.try_button.clicked.connect(self._try_or_end)
        self.lights = {edge: Light(name) for edge, (name, _) in LIGHTS.items()}
        self.told = paragraph()
        self.hold = RadioButton(said("talkkey-hold"))
        self.toggle = RadioButton(said("talkkey-toggle"))
        self._modes = QButtonGroup(self)
        self.why_not = paragraph(said("talkkey-no-release"), hidden=True)
        self.hands_free = CheckBox(said("talkkey-hands-free"))
        self.given = paragraph()
        self.cancel_key = ComboBox()
        self.cancel_given = paragraph()
        self.how = paragraph()
        self._build()
        for button in (self.hold, self.toggle):
            self._modes.addButton(button)
            button.clicked.connect(self._mode_chosen)
        self.hands_free.toggled.connect(self.changed)
        self.cancel_key.currentIndexChanged.connect(self.changed)
        self._show()
        also_when_language_changes(self._name_cancel_keys)

    def _build(self) -> None:
        cancel = QLabel()
        write(cancel.setText, said("talkkey-cancel"))
        cancel.setBuddy(self.cancel_key)
        cancel.setWordWrap(True)
        write(self.cancel_key.setAccessibleName, said("talkkey-cancel.name"))
        row = QHBoxLayout()
        row.addWidget(self.cancel_key)
        row.addStretch(1)
        column = QVBoxLayout(self)
        for widget in (
            self.decided, self.recorder, self.given, self.mistake, flowing(self.copy_button, self.try_button),
            flowing(*self.lights.values()), self.told, self.hold, self.toggle, self.why_not, self.hands_free, cancel,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self.cancel_given)
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
                self.cancel_key.addItem("", key)
            self._name_cancel_keys()
            self.cancel_key.setCurrentIndex(self.cancel_key.findData(settings.cancel_key))
        finally:
            self.blockSignals(False)  # noqa: FBT003 - Qt's
        self._tell_mistake("")
        self._show()

    def lock(self, locked: Mapping[str, str]) -> None:
        """Grey out what a policy has decided of it, and say so."""
        self._locked = frozenset(locked) & set(NAMES)
        decided = [DECIDED[name] for name in NAMES if name in self._locked]
        tell(self.decided, said("talkkey-decided", what=functools.reduce(_and, decided)) if decided else "")
        self.recorder.setEnabled("hotkey" not in self._locked)
        self.cancel_key.setEnabled("cancel_key" not in self._locked)
        self._show()

    def follow(self) -> None:
        """The desktop may have made another key of it."""
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
        """Show why the key can't be had; what the desktop's own settings need instead can be copied."""
        self._tell_mistake(error)
        self._lines = str(error.facts.get("lines", "")) if isinstance(error, HotkeyUnsupported) else ""
        write(self.copy_button.setText, COPY)
        self.copy_button.setVisible(bool(self._lines))

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
            self.recorder.announcer.say(Half(error))

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
        return "hold" in self.proof.modes or (self._talk_key.reports_release and not overdue)

    def _mode(self) -> str:
        """The mode that is shown."""
        return self._wanted if self._may_be_held() else "toggle"

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._lines)
        write(self.copy_button.setText, said("talkkey-copied.sign"))
        self.recorder.announcer.say(said("talkkey-copied"))

    # How it looks

    def _mode_chosen(self) -> None:
        self._wanted = "toggle" if self.toggle.isChecked() else "hold"
        self._show()
        self.changed.emit()

    def _tell_mistake(self, text: Text) -> None:
        self.mistake.setStyleSheet(f"color: {theme.trouble_colour()}; font-weight: 600")
        tell(self.mistake, text)
        self.copy_button.hide()

    def _show(self) -> None:
        seen = self.proof
        for edge, count in ((Edge.PRESS, seen.presses), (Edge.RELEASE, seen.releases), (Edge.REPEAT, seen.repeats)):
            self.lights[edge].show_seen(seen=count > 0)
        key = self.recorder.key()
        write(self.try_button.setText, END if self._trial else TRY)
        tell(self.told, self._in_words(key))
        may_be_held = self._may_be_held()
        self.hold.setEnabled(may_be_held and "hotkey_mode" not in self._locked)
        self.toggle.setEnabled("hotkey_mode" not in self._locked)
        (self.toggle if self._mode() == "toggle" else self.hold).setChecked(True)
        self.why_not.setVisible(not may_be_held)
        self.hands_free.setEnabled(self._mode() == "hold" and "hands_free" not in self._locked)
        given = self._talk_key.given(key)
        tell(self.given, _given_words(given, key))
        tell(self.cancel_given, "" if given is None or self._brief else _cancel_words(given))
        write(self.how.setText, how_to_talk((given.talk if given is not None else "") or key, self._mode()))

    def _in_words(self, key: str) -> Text:
        seen = self.proof
        if seen.releases:
            return said("talkkey-proved"), said("talkkey-repeated") if seen.repeats else ""
        if seen.presses:
            return said("talkkey-press-only")
        if self._trial:
            return said("talkkey-trying", key=shown_key(key)) if key else said("talkkey-trying-bound")
        return ""

    def _name_cancel_keys(self) -> None:
        for number in range(self.cancel_key.count()):
            key = self.cancel_key.itemData(number)
            self.cancel_key.setItemText(number, in_words(shown_key(key) if key else NO_KEY))


def _given_words(given: GivenKeys | None, key: str) -> Text:
    """What the desktop has made of the key; nothing where it is that key."""
    if given is None or not key or given.talk == key:
        return ""
    if given.talk:
        return said("talkkey-given", given=shown_key(given.talk))
    return said("talkkey-asked", key=shown_key(key))


def _cancel_words(given: GivenKeys) -> Text:
    if given.cancel:
        return said("talkkey-cancel-given", given=shown_key(given.cancel))
    return said("talkkey-cancel-asked")


def _and(first: Said, second: Said) -> Said:
    return said("talkkey-and", first=first, second=second)
