"""Controls for single values: a slider with its number, a list that is filled later, and none that a wheel moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QWidget,
)

from sottovoce.domain.said import said
from sottovoce.ui.check_box import CheckBox
from sottovoce.ui.edged import ComboBox, DoubleSpinBox, LineEdit, Slider, SpinBox
from sottovoce.ui.texts import also_when_language_changes, in_words, write

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sottovoce.domain.settings import Declared
    from sottovoce.ui.ports import Choice
    from sottovoce.ui.texts import Text

SETTLED_MS = 400
"""Milliseconds without a step after which a number counts as chosen: a slider passes many on its way."""

LIST_LETTERS = 24
"""How wide a list is at least; longer entries are cut in the closed list and whole in the open one."""

SLIDERS = frozenset({"%", "words/min"})
"""Units of what is set by feel rather than by number."""

UNITS = {
    "s": said("settings-unit-s"),
    "ms": said("settings-unit-ms"),
    "min": said("settings-unit-min"),
    "%": said("settings-unit-percent"),
    "days": said("settings-unit-days"),
    "words/min": said("settings-unit-words"),
}
"""Units as they stand behind a number."""


class WheelGuard(QObject):
    """Lets the wheel scroll the page where a control has no focus: a passing hand must change nothing."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass the wheel on to what is around."""
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


class ChoiceBox(ComboBox):
    """A list of a few values, of which one may be there no more."""

    def __init__(self) -> None:
        """Offer nothing yet."""
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LIST_LETTERS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._offered: dict[str, Text] = {}
        also_when_language_changes(self._write_anew)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer these; what is chosen stays chosen."""
        self._offered = {one.value: _named(one) for one in choices}
        chosen = self.value()
        self.blockSignals(True)  # noqa: FBT003 - Qt's
        self.clear()
        for value, name in self._offered.items():
            self.addItem(in_words(name), value)
        self.blockSignals(False)  # noqa: FBT003
        self.choose(chosen)

    def _write_anew(self) -> None:
        """The same entries in other words."""
        tells_what_is_chosen = self.toolTip() == self.currentText()
        for number in range(self.count()):
            self.setItemText(number, in_words(self._name(str(self.itemData(number) or ""))))
        if tells_what_is_chosen:
            self.setToolTip(self.currentText())

    def _name(self, value: str) -> Text:
        """How a value is shown, also one that is not among what is offered."""
        return self._offered.get(value) or (said("settings-missing", value=value) if value else "—")

    def value(self) -> str:
        """What is chosen; "" where nothing is."""
        return str(self.currentData() or "")

    def choose(self, value: str) -> None:
        """Choose `value`, which need not be among what is offered; changes nothing for who listens."""
        self.blockSignals(True)  # noqa: FBT003
        if self.findData(value) < 0:
            self.addItem(in_words(self._name(value)), value)
        self.setCurrentIndex(self.findData(value))
        self.setToolTip(self.currentText())
        self.blockSignals(False)  # noqa: FBT003


class SliderBox(QWidget):
    """A slider, and the same number beside it to be read and typed."""

    chosen = Signal()
    """The number has come to rest."""

    def __init__(self, low: int, high: int, unit: str) -> None:
        """Range from `low` to `high`."""
        super().__init__()
        self.slider = Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(low, high)
        self.slider.setSingleStep(max(1, (high - low) // 50))
        self.slider.setPageStep(max(1, (high - low) // 10))
        self.number = SpinBox()
        self.number.setKeyboardTracking(False)
        self.number.setRange(low, high)
        write(self.number.setSuffix, UNITS[unit] if unit else "")
        self.slider.valueChanged.connect(self._moved)
        self.number.valueChanged.connect(self._moved)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.slider, 1)
        row.addWidget(self.number)
        self.setFocusProxy(self.slider)
        self._rest = resting(self, self.chosen.emit)

    def value(self) -> int:
        """The number that is chosen."""
        return self.number.value()

    def setValue(self, value: int) -> None:
        """Show a number without telling anybody."""
        for one in (self.slider, self.number):
            one.blockSignals(True)  # noqa: FBT003
            one.setValue(value)
            one.blockSignals(False)  # noqa: FBT003
        self._rest.stop()

    def setAccessibleName(self, name: str) -> None:
        """Both bear it."""
        super().setAccessibleName(name)
        for one in (self.slider, self.number):
            one.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        """Both bear it."""
        super().setAccessibleDescription(description)
        for one in (self.slider, self.number):
            one.setAccessibleDescription(description)

    def _moved(self, value: int) -> None:
        self.setValue(value)
        self._rest.start()


def resting(owner: QObject, chosen: Callable[[], object]) -> QTimer:
    """A timer to be started at each step of a number; `chosen` is called when it has come to rest."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(SETTLED_MS)
    timer.timeout.connect(chosen)
    return timer


def _named(choice: Choice) -> Text:
    return said("settings-choice", title=choice.title, detail=choice.detail) if choice.detail else choice.title


def control_for(setting: Declared, title: Text) -> QWidget:
    """The control that fits the kind of a setting."""
    if setting.kind is bool:
        return CheckBox(title)
    if setting.choices:
        return ChoiceBox()
    if setting.kind is str:
        return LineEdit()
    low, high = setting.low or 0, setting.high if setting.high is not None else 2**31 - 1
    if setting.kind is int and setting.unit in SLIDERS:
        return SliderBox(round(low), round(high), setting.unit)
    return _number(setting, low, high)


def _number(setting: Declared, low: float, high: float) -> QAbstractSpinBox:
    suffix: Text = UNITS[setting.unit] if setting.unit else ""
    if setting.kind is int:
        number = SpinBox()
        number.setKeyboardTracking(False)
        number.setRange(round(low), round(high))
        write(number.setSuffix, suffix)
        if setting.zero is not None:
            write(number.setSpecialValueText, setting.zero)
        number.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        return number
    real = DoubleSpinBox()
    real.setKeyboardTracking(False)
    real.setRange(low, high)
    real.setDecimals(1)
    real.setSingleStep(0.5)
    write(real.setSuffix, suffix)
    real.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return real


def guarded(control: QWidget, guard: WheelGuard) -> None:
    """Keep the wheel from changing `control`, or what it is made of, in passing."""
    for one in (control, *control.findChildren(QWidget)):
        if isinstance(one, QComboBox | QAbstractSpinBox | QSlider):
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            one.installEventFilter(guard)


def is_typed(control: QWidget) -> bool:
    """Whether what stands in it may be half of what is meant."""
    return isinstance(control, QLineEdit | QAbstractSpinBox | SliderBox)


def finish_typing(control: QWidget) -> None:
    """Take what was typed into a number and not yet left."""
    number = control.number if isinstance(control, SliderBox) else control
    if isinstance(number, QAbstractSpinBox):
        number.interpretText()


def value_of(control: QWidget) -> object:
    """What the user has put in."""
    match control:
        case QCheckBox():
            return control.isChecked()
        case ChoiceBox():
            return control.value()
        case QSpinBox() | QDoubleSpinBox() | SliderBox():
            return control.value()
        case QLineEdit():
            return control.text().strip()
    raise TypeError(control)


def put_in(control: QWidget, value: object) -> None:
    """Put a value in, without telling who listens."""
    control.blockSignals(True)  # noqa: FBT003
    match control, value:
        case QCheckBox(), bool():
            control.setChecked(value)
        case ChoiceBox(), str():
            control.choose(value)
        case QSpinBox() | SliderBox(), int():
            control.setValue(value)
        case QDoubleSpinBox(), float():
            control.setValue(value)
        case QLineEdit(), str():
            control.setText(value)
    control.blockSignals(False)  # noqa: FBT003
