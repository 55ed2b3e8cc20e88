"""The settings as a form, made from their declarations and checked by the same rules as the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from sottovoce.domain.errors import HotkeyTrouble, SottovoceError
from sottovoce.domain.settings import Declared, Settings, declared, parse
from sottovoce.ui import theme
from sottovoce.ui.keys_section import KeysSection

if TYPE_CHECKING:
    from sottovoce.ui.ports import Actions
    from sottovoce.ui.tasks import Tasks

WIDTH_PX = 600
TAB_PX = 60
"""The tab bar and the pages' margins."""

TITLE_BAR_PX = 40

UNITS = {"overlay_s": " s", "volume": " %", "speech_rate": " words/min"}


class Field:
    """One setting: its control, its explanation, and what is wrong with it."""

    def __init__(self, setting: Declared) -> None:
        """Build the control that fits the setting's kind."""
        self.setting = setting
        self.control = _control(setting)
        self.title = _title(setting.name)
        self.control.setAccessibleName(self.title)
        self.control.setAccessibleDescription(setting.text)
        self.explanation = QLabel(setting.text)
        self.explanation.setWordWrap(True)
        self.explanation.setHidden(isinstance(self.control, QCheckBox))  # a box bears it itself
        self.mistake = QLabel()
        self.mistake.setWordWrap(True)
        self.mistake.hide()

    def value(self) -> object:
        """What the user has put in."""
        match self.control:
            case QCheckBox() as box:
                return box.isChecked()
            case QSpinBox() | QDoubleSpinBox() as number:
                return number.value()
            case QLineEdit() as line:
                return line.text().strip()
        raise TypeError(self.setting.name)

    def fill(self, value: Any) -> None:  # noqa: ANN401 - a setting of any kind
        """Put a value in."""
        match self.control:
            case QCheckBox() as box:
                box.setChecked(value)
            case QSpinBox() | QDoubleSpinBox() as number:
                number.setValue(value)
            case QLineEdit() as line:
                line.setText(value)
        self.tell("")

    def lock(self, why: str) -> None:
        """Show that a policy has a say in it; a choice it leaves none of is greyed out."""
        self.explanation.setText(f"{self.setting.text} {why}")
        self.explanation.setHidden(False)
        self.control.setToolTip(why)
        if isinstance(self.control, QCheckBox):
            self.explanation.setText(why)
            self.control.setEnabled(False)

    def unlock(self) -> None:
        """Leave the choice to the user again."""
        self.explanation.setText(self.setting.text)
        self.explanation.setHidden(isinstance(self.control, QCheckBox))
        self.control.setToolTip("")
        self.control.setEnabled(True)

    def tell(self, mistake: str) -> None:
        """Show what is wrong beneath the control; "" for nothing."""
        self.mistake.setText(mistake)
        self.mistake.setVisible(bool(mistake))
        self.control.setAccessibleDescription(" ".join(filter(None, [mistake, self.setting.text])))


class SettingsWindow(QDialog):
    """Settings are put into force all together by Save, or not at all."""

    saved = Signal()

    def __init__(self, actions: Actions, tasks: Tasks) -> None:
        """Build the form; `fill` puts the values in."""
        super().__init__()
        self.setWindowTitle("Settings")
        self._actions = actions
        self._tasks = tasks
        self.fields = {setting.name: Field(setting) for setting in declared()}
        page = QWidget()
        form = QFormLayout(page)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.setVerticalSpacing(12)
        for field in self.fields.values():
            form.addRow(_row_title(field), _row(field))
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.save_button = buttons.button(QDialogButtonBox.StandardButton.Save)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.close)
        self.keys = KeysSection(actions.keys(), tasks)
        self.pages = QTabWidget()
        self.pages.addTab(_scrolling(page), "&General")
        self.pages.addTab(_scrolling(self.keys), "&Keys and backups")
        column = QVBoxLayout(self)
        column.addWidget(self.pages, 1)
        column.addWidget(self.trouble)
        column.addWidget(buttons)
        self._colour()
        self._general = page

    def fill(self, settings: Settings) -> None:
        """Show these values."""
        for name, field in self.fields.items():
            field.fill(getattr(settings, name))
        self.show_locked(settings)
        self._tell("")
        self._colour()
        self.pages.setCurrentIndex(0)
        self._take_room()
        self.keys.recolour()
        self.keys.read()

    def show_locked(self, settings: Settings) -> None:
        """Show which of these settings a policy has a say in; one that it decides alone shows the policy's value."""
        locked = self._actions.locked()
        for name, field in self.fields.items():
            was = not field.control.isEnabled()
            field.unlock()
            if name in locked:
                field.lock(locked[name])
            if was or not field.control.isEnabled():
                field.fill(getattr(settings, name))

    def save(self) -> None:
        """Check everything; then save, or show each mistake where it was made."""
        parsed = parse({name: field.value() for name, field in self.fields.items()})
        by_name = {mistake.split("`")[1]: mistake for mistake in parsed.mistakes}
        for name, field in self.fields.items():
            field.tell(_sentence(by_name.get(name, "")))
        self._tell("")
        if parsed.mistakes:
            self.pages.setCurrentIndex(0)
            self.fields[next(iter(by_name))].control.setFocus()
            return
        self.save_button.setEnabled(False)
        self._tasks.start(self._save(parsed.settings))

    async def _save(self, settings: Settings) -> None:
        try:
            await self._actions.save_settings(settings)
        except HotkeyTrouble as error:
            self.pages.setCurrentIndex(0)
            self.fields["hotkey"].tell(f"{error.sentence} {error.remedy}")
            self.fields["hotkey"].control.setFocus()
        except SottovoceError as error:
            self._tell(f"{error.sentence} {error.remedy}")
        else:
            self.saved.emit()
            self.close()
        finally:
            self.save_button.setEnabled(True)

    def _take_room(self) -> None:
        """As large as the form needs with the text's size of today, if the screen has it."""
        room = self.screen().availableGeometry()
        form = self._general.sizeHint()
        width = max(WIDTH_PX, self._general.minimumSizeHint().width() + TAB_PX)
        height = form.height() + self.sizeHint().height() - self.pages.sizeHint().height() + TAB_PX
        self.resize(min(width, room.width()), min(height, room.height() - TITLE_BAR_PX))

    def _tell(self, trouble: str) -> None:
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))

    def _colour(self) -> None:
        """Mistakes stand out by weight and word too, not by colour alone."""
        style = f"color: {theme.colours().trouble}; font-weight: 600"
        for label in (self.trouble, *(field.mistake for field in self.fields.values())):
            label.setStyleSheet(style)


def _control(setting: Declared) -> QWidget:
    if setting.kind is bool:
        return QCheckBox(setting.text)
    if setting.kind is int:
        number = QSpinBox()
        number.setRange(round(setting.low or 0), round(setting.high or 2**31 - 1))
        number.setSuffix(UNITS.get(setting.name, ""))
        return number
    if setting.kind is float:
        real = QDoubleSpinBox()
        real.setRange(setting.low or 0.0, setting.high or 1e9)
        real.setDecimals(1)
        real.setSuffix(UNITS.get(setting.name, ""))
        return real
    line = QLineEdit()
    line.setPlaceholderText("No key" if setting.name == "hotkey" else setting.default)
    return line


def _title(name: str) -> str:
    return name.removesuffix("_s").replace("_", " ").capitalize()


def _sentence(mistake: str) -> str:
    """`hotkey` must not be empty -> Must not be empty."""
    rest = mistake.rpartition("` ")[2]
    return f"{rest[:1].upper()}{rest[1:]}." if rest else ""


def _row_title(field: Field) -> QLabel:
    label = QLabel(f"{field.title}:")
    label.setBuddy(field.control)
    return label


def _row(field: Field) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    for widget in (field.control, field.explanation, field.mistake):
        column.addWidget(widget)
    return column


def _scrolling(page: QWidget) -> QScrollArea:
    """The page, which scrolls where large text makes it higher than the window."""
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(page)
    return area
