"""The settings as a form, made from their declarations and checked by the same rules as the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from sottovoce.domain.errors import HotkeyTrouble, SottovoceError
from sottovoce.domain.settings import Declared, Settings, declared, parse
from sottovoce.ui import theme
from sottovoce.ui.check_box import CheckBox
from sottovoce.ui.fitting import TITLE_BAR_PX, fit
from sottovoce.ui.flow import flowing
from sottovoce.ui.keys_section import KeysSection
from sottovoce.ui.mnemonics import give_letters
from sottovoce.ui.window import Scrolled, Window

if TYPE_CHECKING:
    from sottovoce.ui.ports import Actions
    from sottovoce.ui.tasks import Tasks

CHANGED = "What you have changed is not saved."
BEGUN = "The passphrase that you have begun to type is not set."

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
            case QComboBox() as choice:
                return choice.currentText()
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
            case QComboBox() as choice:
                choice.setCurrentText(value)
            case QLineEdit() as line:
                line.setText(value)
        self.tell("")

    def lock(self, why: str) -> None:
        """Show that a policy has a say in it ("": none); a choice it leaves none of is greyed out."""
        self.explanation.setText(f"{self.setting.text} {why}".strip())
        self.control.setToolTip(why)
        if isinstance(self.control, QCheckBox):
            self.control.setEnabled(not why)

    def tell(self, mistake: str) -> None:
        """Show what is wrong beneath the control; "" for nothing."""
        self.mistake.setText(mistake)
        self.mistake.setVisible(bool(mistake))
        self.control.setAccessibleDescription(" ".join(filter(None, [mistake, self.setting.text])))


class SettingsWindow(Window):
    """Settings are put into force all together by Save, or not at all."""

    saved = Signal()

    def __init__(self, actions: Actions, tasks: Tasks) -> None:
        """Build the form; `fill` puts the values in."""
        super().__init__()
        self.setWindowTitle("Settings")
        self._actions = actions
        self._tasks = tasks
        self._filled: dict[str, object] = {}
        self.fields = {setting.name: Field(setting) for setting in declared()}
        page = QWidget()
        form = QFormLayout(page)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setVerticalSpacing(12)
        for field in self.fields.values():
            form.addRow(_row_title(field), _row(field))
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.hide()
        self.save_button, self.cancel_button = QPushButton("&Save"), QPushButton("&Cancel")
        self.save_button.setDefault(True)
        self.cancel_button.setAutoDefault(False)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.reject)
        self.keys = KeysSection(actions.keys(), tasks)
        self.pages = QTabWidget()
        self.pages.addTab(Scrolled(page), "&General")
        self.pages.addTab(Scrolled(self.keys), "&Keys and backups")
        column = QVBoxLayout(self)
        column.addWidget(self.pages, 1)
        column.addWidget(self.trouble)
        column.addWidget(flowing(self.cancel_button, self.save_button, to_the_right=True))
        self._colour()
        give_letters(self)

    def first(self) -> QWidget:
        """The first field: typing there changes nothing until Save."""
        return self.fields["hotkey"].control

    def fit(self) -> None:
        """As high as the form needs with the text's size of today, if the screen has it."""
        fit(self, self.fontMetrics().averageCharWidth() * self.width_letters)
        area = self.pages.widget(0)
        if isinstance(area, Scrolled) and (page := area.widget()) is not None:
            lacking = page.heightForWidth(page.width()) - area.viewport().height()
            room = self.screen().availableGeometry().height() - TITLE_BAR_PX
            self.resize(self.width(), min(self.height() + max(0, lacking), room))

    def fill(self, settings: Settings) -> None:
        """Show these values."""
        for name, field in self.fields.items():
            field.fill(getattr(settings, name))
        self._filled = self._values()
        self.show_locked(settings)
        self._tell("")
        self._colour()
        self.pages.setCurrentIndex(0)
        self.fit()
        self.keys.recolour()
        self.keys.reset()

    def show_locked(self, settings: Settings) -> None:
        """Show which of these settings a policy has a say in; one that it decides alone shows the policy's value."""
        locked = self._actions.locked()
        for name, field in self.fields.items():
            was = not field.control.isEnabled()
            field.lock(locked.get(name, ""))
            if was or not field.control.isEnabled():
                field.fill(getattr(settings, name))
                self._filled[name] = field.value()

    def unsaved(self) -> str:
        """What was changed in the form, or begun among the keys."""
        changed = CHANGED if self._values() != self._filled else ""
        return " ".join(filter(None, [changed, BEGUN if self.keys.typed else ""]))

    def _values(self) -> dict[str, object]:
        return {name: field.value() for name, field in self.fields.items()}

    def save(self) -> None:
        """Check everything; then save, or show each mistake where it was made."""
        parsed = parse(self._values())
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
            self._filled = self._values()
            self.saved.emit()
            if self.keys.typed:
                self.pages.setCurrentIndex(1)
                self.keys.turn_to_passphrase()
            else:
                self.leave()
        finally:
            self.save_button.setEnabled(True)

    def _tell(self, trouble: str) -> None:
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))

    def _colour(self) -> None:
        """Mistakes stand out by weight and word too, not by colour alone."""
        style = f"color: {theme.trouble_colour()}; font-weight: 600"
        for label in (self.trouble, *(field.mistake for field in self.fields.values())):
            label.setStyleSheet(style)


def _control(setting: Declared) -> QWidget:
    if setting.kind is bool:
        return CheckBox(_title(setting.name))
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
    if setting.choices:
        choice = QComboBox()
        choice.addItems(setting.choices)
        return choice
    line = QLineEdit()
    line.setPlaceholderText("No key" if setting.name in {"hotkey", "cancel_key"} else setting.default)
    return line


def _title(name: str) -> str:
    return name.removesuffix("_s").replace("_", " ").capitalize()


def _sentence(mistake: str) -> str:
    """`hotkey` must not be empty -> Must not be empty."""
    rest = mistake.rpartition("` ")[2]
    return f"{rest[:1].upper()}{rest[1:]}." if rest else ""


def _row_title(field: Field) -> QLabel:
    """Its name; a check box bears its own words."""
    if isinstance(field.control, QCheckBox):
        return QLabel()
    label = QLabel(f"{field.title}:")
    label.setBuddy(field.control)
    return label


def _row(field: Field) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    for widget in (field.control, field.explanation, field.mistake):
        column.addWidget(widget)
    return column
