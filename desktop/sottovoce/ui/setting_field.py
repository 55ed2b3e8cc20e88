"""One setting in a window: its control, what it means, what it is by default, who decides it, what is wrong with it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sottovoce.domain.said import said
from sottovoce.language import display
from sottovoce.ui import theme
from sottovoce.ui.announcing import Announcer
from sottovoce.ui.fitting import mistake, tell
from sottovoce.ui.ports import Choice
from sottovoce.ui.setting_controls import (
    UNITS,
    ChoiceBox,
    SliderBox,
    WheelGuard,
    control_for,
    guarded,
    is_typed,
    put_in,
    resting,
    value_of,
)
from sottovoce.ui.texts import also_when_language_changes, in_words, write

if TYPE_CHECKING:
    from sottovoce.domain.said import Said
    from sottovoce.domain.settings import Declared
    from sottovoce.ui.texts import Text

GAP_PX = 4


class Hint(QLabel):
    """Quiet words beneath a control, as far as they can still be read."""

    def __init__(self, text: Text = "") -> None:
        """Show `text`."""
        super().__init__()
        write(self.setText, text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        """Other colours of the desktop, another quiet one."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.ApplicationPaletteChange, QEvent.Type.StyleChange}:
            self._colour()

    def _colour(self) -> None:
        palette = theme.palette()
        quiet = theme.quieter(palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window))
        if self.palette().color(QPalette.ColorRole.WindowText) != quiet:
            palette.setColor(QPalette.ColorRole.WindowText, quiet)
            self.setPalette(palette)


class RowTitle(QLabel):
    """The name of a control, its words on one line with the control's."""

    def __init__(self, text: Text, control: QWidget) -> None:
        """Name `control`."""
        super().__init__()
        write(self.setText, text)
        self.setBuddy(control.focusProxy() or control)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._control = control
        self._align()

    def changeEvent(self, event: QEvent) -> None:
        """Other text, another line."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._align()

    def _align(self) -> None:
        above = (self._control.sizeHint().height() - self.fontMetrics().height()) // 2
        self.setContentsMargins(0, max(0, above), 0, 0)


def hint_of(setting: Declared) -> Said:
    """What a window says about a setting: its hint, or what it means where it has none."""
    return setting.meaning if display.found(setting.hint.key, {}) is None else setting.hint


class Field(QObject):
    """A setting's row. `edited` tells that the user has put something in that is to be saved."""

    edited = Signal()

    def __init__(self, setting: Declared, control: QWidget | None = None) -> None:
        """Build the row around the control that fits the setting's kind, or around this one."""
        super().__init__()
        self.setting = setting
        self.title = setting.title
        self.control = control or control_for(setting, self.title)
        self._why = ""
        self._filled: object = setting.default
        self._saving = 0
        self.explanation = Hint()
        self.explanation.hide()
        self.mistake = mistake()
        self.reset = _reset_button(self.title)
        self.reset.clicked.connect(self._use_default)
        if isinstance(self.control, ChoiceBox) and setting.choices:
            self.control.offer([Choice(value=one, title=setting.choice_title(one)) for one in setting.choices])
        write(self.control.setAccessibleName, self.title)
        self._guard = WheelGuard(self)
        guarded(self.control, self._guard)
        self.row = self._row()
        self.setParent(self.row)
        self._announcer = Announcer(self.row)
        self._listen()
        self._explain()
        also_when_language_changes(self._explain)

    # What is in it

    def value(self) -> object:
        """What the user has put in."""
        return value_of(self.control)

    def fill(self, value: Any) -> None:  # noqa: ANN401 - a setting of any kind
        """Put a value in, as if the user had; nobody is told."""
        put_in(self.control, value)

    def show_in_force(self, value: Any) -> None:  # noqa: ANN401
        """Show the value that is in force; nobody is told."""
        self._filled = value
        put_in(self.control, value)
        self.tell("")
        self._explain()

    def follow(self, value: Any) -> None:  # noqa: ANN401
        """Show the value that is in force now, unless the user is at work here."""
        at_work = self._saving or (self.changed and is_typed(self.control))
        moved, self._filled = value != self._filled, value
        if moved and not at_work:
            put_in(self.control, value)
        self._explain()

    @property
    def in_force(self) -> object:
        """The value that was shown last as the one in force."""
        return self._filled

    @property
    def changed(self) -> bool:
        """Whether what stands here is not what is in force."""
        return bool(self.value() != self._filled)

    def begin_saving(self) -> None:
        """It is on its way: what comes into force before it does not take its place."""
        self._saving += 1

    def end_saving(self) -> None:
        """It has arrived, or was refused."""
        self._saving -= 1
        self._explain()

    @property
    def saving(self) -> bool:
        """Whether it is on its way."""
        return self._saving > 0

    def take_back(self) -> None:
        """Show again what is in force, where nothing was typed that could be put right."""
        if not isinstance(self.control, QLineEdit):
            put_in(self.control, self._filled)
            self._explain()

    # What is told

    def lock(self, why: str, *, wholly: bool) -> None:
        """Show that a policy has a say in it ("": none); a choice it leaves none of is greyed out."""
        if why != self._why:  # a list has a tip of its own
            self.control.setToolTip(why)
        self._why = why
        self.control.setEnabled(not wholly)
        self._explain()

    def use_default(self, default: object) -> None:
        """Take another default, as an administrator may recommend one."""
        self.setting = dataclasses.replace(self.setting, default=default)

    def tell(self, wrong: Text) -> None:
        """Show what is wrong beneath the control, and say it; "" for nothing."""
        if in_words(wrong) != self.mistake.text():
            tell(self.mistake, wrong)
            self._announcer.say(wrong)
        self._describe()

    def recolour(self) -> None:
        """Follow the desktop's colours."""
        self.mistake.setStyleSheet(mistake().styleSheet())
        self.reset.setIcon(reset_icon())

    def _explain(self) -> None:
        usual = self._filled == self.setting.default
        # A name that is empty by default says so in its own words; so does a box.
        source: Text = self._why or (
            "" if usual and self.setting.default in {"", True, False} else self._source(usual=usual)
        )
        tell(self.explanation, (hint_of(self.setting), source))
        self.reset.setVisible(not usual and not self._why and self.control.isEnabled())
        self._describe()

    def _source(self, *, usual: bool) -> Text:
        if usual:
            return said("settings-default")
        default = self.shown(self.setting.default)
        return said("settings-chosen", default=default) if default else said("settings-chosen-empty")

    def shown(self, value: object) -> Text:
        """A value of this setting in words."""
        if isinstance(value, bool):
            return said("settings-on") if value else said("settings-off")
        if self.setting.choices:
            return self.setting.choice_title(str(value))
        if value == 0 and self.setting.zero_within is not None:
            return self.setting.zero_within
        number = QLocale().toString(value, "g") if isinstance(value, float) else str(value)
        unit = UNITS.get(self.setting.unit)
        return said("settings-value", number=number, unit=unit) if number and unit else number

    def _describe(self) -> None:
        told = [self.mistake.text(), self.explanation.text()]
        self.control.setAccessibleDescription(" ".join(filter(None, told)))

    # What the user does

    def _listen(self) -> None:
        match self.control:
            case QCheckBox() as box:
                box.toggled.connect(self._edit)
            case ChoiceBox() as choices:
                choices.activated.connect(self._edit)
            case SliderBox() as slider:
                slider.chosen.connect(self._edit)
            case QLineEdit() as line:
                line.editingFinished.connect(self._edit)
            case QAbstractSpinBox() as number:
                rest = resting(number, self._edit)
                number.valueChanged.connect(lambda _value: rest.start())  # type: ignore[attr-defined]
                number.editingFinished.connect(self._edit)

    def _edit(self) -> None:
        if self.changed:
            self.edited.emit()
        else:
            self.tell("")

    def _use_default(self) -> None:
        self.control.setFocus()
        put_in(self.control, self.setting.default)
        self._edit()

    # How it looks

    def _row(self) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        line = QHBoxLayout()
        line.addWidget(self.control, 1 if not isinstance(self.control, QAbstractSpinBox | QCheckBox) else 0)
        line.addWidget(self.reset)
        line.addStretch(0 if not isinstance(self.control, QAbstractSpinBox | QCheckBox) else 1)
        column.addLayout(line)
        column.addWidget(self.explanation)
        column.addWidget(self.mistake)
        return row

    def row_title(self) -> QLabel | None:
        """Its name before the control; a check box bears its own words."""
        return (
            None
            if isinstance(self.control, QCheckBox)
            else RowTitle(said("settings-row", title=self.title), self.control)
        )


def _reset_button(title: Said) -> QToolButton:
    button = QToolButton(autoRaise=True)
    button.setIcon(reset_icon())
    write(button.setAccessibleName, said("settings-use-default-of", title=title))
    write(button.setToolTip, said("settings-use-default"))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.hide()
    return button


def reset_icon() -> QIcon:
    """An arrow that turns back, in the colour of the text."""
    size = 32
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.palette().color(QPalette.ColorRole.WindowText), 3)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawArc(7, 7, 18, 18, 140 * 16, -290 * 16)
    painter.drawLine(7, 5, 8, 12)
    painter.drawLine(8, 12, 15, 11)
    painter.end()
    return QIcon(picture)
