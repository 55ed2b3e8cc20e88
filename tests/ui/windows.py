"""Every window of the interface, found by its class, in each of its states: what holds for all is tested over these."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QAbstractSpinBox, QLabel, QMenu, QTabBar, QWidget

import sottovoce.ui
from sottovoce.adapters.hotkey.bindings import binding
from sottovoce.domain.errors import HotkeyUnsupported, StoreDamaged
from sottovoce.domain.hotkeys import parse
from sottovoce.domain.policy import Policy
from sottovoce.domain.said import said
from sottovoce.domain.turns import Answer, Answered, Heard, Source, Stage, StageChanged, TurnUnfinished
from sottovoce.ui.about_page import AboutPage
from sottovoce.ui.about_window import AboutWindow
from sottovoce.ui.check_box import Bar, CheckBox, RadioButton
from sottovoce.ui.data_section import DataSection
from sottovoce.ui.diagnostics_window import DiagnosticsWindow
from sottovoce.ui.edged import Button, ComboBox, DoubleSpinBox, LineEdit, Slider, SpinBox
from sottovoce.ui.fitting import show_quietly
from sottovoce.ui.history_list import HistoryList
from sottovoce.ui.history_window import HistoryWindow
from sottovoce.ui.key_recorder import KeyRecorder
from sottovoce.ui.keys_section import KeysSection
from sottovoce.ui.microphone_section import MicrophoneSection
from sottovoce.ui.models_section import ModelsSection
from sottovoce.ui.overlay import Overlay, StageIcon
from sottovoce.ui.page import Framed, Heading, Page
from sottovoce.ui.passphrase_fields import NewPassphrase
from sottovoce.ui.recovery_pane import RecoveryPane
from sottovoce.ui.recovery_window import RecoveryWindow
from sottovoce.ui.refusal import RefusalWindow
from sottovoce.ui.setting_controls import ChoiceBox, SliderBox
from sottovoce.ui.setting_field import Hint, RowTitle
from sottovoce.ui.settings_window import SettingsWindow
from sottovoce.ui.talk_key_page import Light, TalkKeyPage
from sottovoce.ui.tray import TrayMenu
from sottovoce.ui.unlock_window import UnlockWindow
from sottovoce.ui.voice_section import VoiceSection
from sottovoce.ui.welcome_steps import HearStep, KeyStep, MicrophoneStep, RecoveryStep, SayStep, WelcomeStep
from sottovoce.ui.welcome_window import WelcomeWindow
from sottovoce.ui.window import QuestionWindow, Scrolled, Window
from tests.ui.fakes import CODE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sottovoce.ui.interface import Interface
    from tests.ui.fakes import FakeActions

W = TypeVar("W", bound=QWidget)
FRAME_PX = 3
"""Of a box's own frame Qt's form gives a little away; its words are whole."""

FIELD_PX = 4
"""What Qt keeps free beside the words of a field, left and right."""

ANSWER = Answer(
    reply="It is three minutes past two.", source=Source.SKILL, intent="clock", conversation="c", message="m"
)
MADE = 1_700_000_000.0
PARTS: set[type[QWidget]] = {
    *(Window, Scrolled, CheckBox, HistoryList, KeysSection, NewPassphrase, KeyRecorder, Light, TalkKeyPage),
    *(
        WelcomeStep,
        KeyStep,
        MicrophoneStep,
        SayStep,
        HearStep,
        RecoveryStep,
        RecoveryPane,
        MicrophoneSection,
        VoiceSection,
    ),
    *(ModelsSection, DataSection, Bar, RadioButton),
    *(Button, ComboBox, DoubleSpinBox, LineEdit, Slider, SpinBox),
    *(AboutPage, ChoiceBox, Framed, Heading, Hint, Page, RowTitle, SliderBox, StageIcon),
}
"""What stands within windows, and what they are made from."""


@dataclass(frozen=True)
class State:
    """One window as somebody may find it."""

    name: str
    kind: type[QWidget]
    open: Callable[[Interface, FakeActions], QWidget]
    by_itself: bool = False
    """Whether it comes up unasked for."""


def _settings(interface: Interface, name: str = "microphone") -> SettingsWindow:
    """The settings, turned to the page of one of them."""
    interface.show_settings()
    window = interface.settings
    assert window is not None
    pages: dict[str, QWidget] = {"keys": window.keys, "about": window.about.values[0], "hotkey": window.key.try_button}
    window.turn_to(pages.get(name) or window.fields[name].row)
    return window


def _page(name: str) -> Callable[[Interface, FakeActions], QWidget]:
    return lambda interface, _: _settings(interface, name)


def _locked(interface: Interface, actions: FakeActions) -> QWidget:
    actions.policy = Policy(local_backups=False, keep_days_at_most=30, language_model_at_most="device")
    return _settings(interface, "keep_days")


def _passphrase(interface: Interface, actions: FakeActions) -> QWidget:
    window = _settings(interface, "keys")
    actions.key_actions.now = actions.key_actions.now.but(passphrase_made_at=MADE)
    window.keys._show(actions.key_actions.now)  # noqa: SLF001 - as after reading it
    window.keys.choose.click()
    return window


def _keys(interface: Interface, actions: FakeActions) -> QWidget:
    window = _settings(interface, "keys")
    window.keys._show(actions.key_actions.now.but(passphrase_made_at=MADE))  # noqa: SLF001 - as after reading it
    return window


def _mistaken(interface: Interface, actions: FakeActions) -> SettingsWindow:
    window = _settings(interface, "user")
    window.fields["user"].fill(" ")
    window.fields["user"].edited.emit()
    return window


def _to_be_bound(interface: Interface, actions: FakeActions) -> QWidget:
    window = _settings(interface, "hotkey")
    bound = binding(parse("Ctrl+Alt+Space"), {"SWAYSOCK": "sway"})
    window.key.tell(HotkeyUnsupported(None, bound.remedy, lines=bound.lines))
    return window


def _discarding(interface: Interface, actions: FakeActions) -> QWidget:
    window = _mistaken(interface, actions)
    window.reject()
    assert window.question is not None
    return window.question


def _losing(interface: Interface, actions: FakeActions) -> QWidget:
    window = _settings(interface, "keep_days")
    window.fields["keep_days"].fill(30)
    window.fields["keep_days"].edited.emit()
    assert window.losing is not None
    return window.losing


def _history(interface: Interface, actions: FakeActions) -> QWidget:
    interface.show_window()
    assert interface.history is not None
    return interface.history


def _offering(interface: Interface, actions: FakeActions) -> QWidget:
    window = _history(interface, actions)
    interface.hear(TurnUnfinished("what did i say about the pizza with mushrooms", MADE))
    return window


def _no_tray(interface: Interface, actions: FakeActions) -> QWidget:
    interface.tray.missing.emit()
    assert interface.history is not None
    return interface.history


def _listening(interface: Interface, actions: FakeActions) -> QWidget:
    interface.hear(StageChanged(Stage.LISTENING))
    return _history(interface, actions)


def _about(interface: Interface, actions: FakeActions) -> QWidget:
    interface.show_about()
    assert interface.about is not None
    return interface.about


def _diagnostics(interface: Interface, actions: FakeActions) -> QWidget:
    interface.show_diagnostics()
    assert interface.diagnostics is not None
    return interface.diagnostics


def _recovery(interface: Interface) -> RecoveryWindow:
    assert interface.recovery is not None
    return interface.recovery


def _code(interface: Interface, actions: FakeActions) -> QWidget:
    interface.show_recovery_code(CODE, new_home=True)
    return _recovery(interface)


def _welcome(number: int) -> Callable[[Interface, FakeActions], QWidget]:
    def open_it(interface: Interface, actions: FakeActions) -> QWidget:
        interface.show_welcome(number, None)
        assert interface.welcome is not None
        if number == 2:
            for event in (Heard("what time is it"), Answered(ANSWER)):
                interface.welcome.hear(event)
        if number == 4:
            interface.welcome.recovery.show_code(CODE)
        return interface.welcome

    return open_it


def _welcome_reminder(interface: Interface, actions: FakeActions) -> QWidget:
    interface.show_welcome(4, MADE)
    assert interface.welcome is not None
    return interface.welcome


def _remind(interface: Interface, actions: FakeActions) -> QWidget:
    interface.ask_recovery_kept(MADE)
    return _recovery(interface)


def _replace(interface: Interface, actions: FakeActions) -> QWidget:
    interface.ask_new_recovery_code(MADE)
    return _recovery(interface)


def _unlock(page: str) -> Callable[[Interface, FakeActions], QWidget]:
    def open_it(interface: Interface, actions: FakeActions) -> QWidget:
        window = UnlockWindow()
        interface._windows.append(window)  # noqa: SLF001 - taken away with the others
        question = {
            "passphrase": lambda: window.passphrase("No keyring.", wrong=True, with_code=True),
            "code": lambda: window.code("The keyring is locked.", "That was wrong.", back=said("window-back")),
            "new": lambda: window.new_passphrase(recovered=False),
        }[page]()
        question.send(None)
        return window

    return open_it


def _refusal(interface: Interface, actions: FakeActions) -> QWidget:
    window = RefusalWindow(StoreDamaged())
    interface._windows.append(window)  # noqa: SLF001 - taken away with the others
    show_quietly(window)
    return window


def _menu(interface: Interface, actions: FakeActions) -> QWidget:
    interface.show_recovery_code(CODE)
    interface.hear(TurnUnfinished("what did i say", MADE))
    return interface.menu


def _overlay(interface: Interface, actions: FakeActions) -> QWidget:
    interface.hear(StageChanged(Stage.THINKING))
    return interface.overlay


STATES = (
    State("hearing", SettingsWindow, _page("microphone")),
    State("voice", SettingsWindow, _page("speech_rate")),
    State("key", SettingsWindow, _page("hotkey")),
    State("key to be bound", SettingsWindow, _to_be_bound),
    State("answers", SettingsWindow, _page("overlay_s")),
    State("data", SettingsWindow, _page("keep_days")),
    State("what it is", SettingsWindow, _page("about")),
    State("a mistake", SettingsWindow, _mistaken),
    State("settings under a policy", SettingsWindow, _locked),
    State("keys", SettingsWindow, _keys),
    State("a passphrase to be set", SettingsWindow, _passphrase),
    State("leaving unsaved", QuestionWindow, _discarding),
    State("erasing by a setting", QuestionWindow, _losing),
    State("history", HistoryWindow, _history),
    State("history while listening", HistoryWindow, _listening),
    State("history with an offer", HistoryWindow, _offering),
    State("history without a tray", HistoryWindow, _no_tray, by_itself=True),
    State("about", AboutWindow, _about),
    State("diagnostics", DiagnosticsWindow, _diagnostics),
    *(
        State(f"welcome: {name}", WelcomeWindow, _welcome(number), by_itself=True)
        for number, name in enumerate(("key", "microphone", "sentence", "voice", "recovery code"))
    ),
    State("welcome: code of before", WelcomeWindow, _welcome_reminder, by_itself=True),
    State("recovery code", RecoveryWindow, _code, by_itself=True),
    State("recovery reminder", RecoveryWindow, _remind, by_itself=True),
    State("another recovery code", RecoveryWindow, _replace),
    State("passphrase", UnlockWindow, _unlock("passphrase"), by_itself=True),
    State("typing the code", UnlockWindow, _unlock("code"), by_itself=True),
    State("a first passphrase", UnlockWindow, _unlock("new"), by_itself=True),
    State("refusal", RefusalWindow, _refusal, by_itself=True),
    State("menu", TrayMenu, _menu),
    State("overlay", Overlay, _overlay, by_itself=True),
)


def found_classes() -> set[type[QWidget]]:
    """Every widget class that the interface defines."""
    found: set[type[QWidget]] = set()
    for module in pkgutil.iter_modules(sottovoce.ui.__path__):
        defined = importlib.import_module(f"sottovoce.ui.{module.name}")
        for _, one in inspect.getmembers(defined, inspect.isclass):
            if issubclass(one, QWidget) and one.__module__ == defined.__name__:
                found.add(one)
    return found


def texts(window: QWidget) -> Iterator[tuple[str, QWidget]]:
    """Every text that a key may lead to and that is seen now: of buttons, tabs, labels of fields, entries of menus."""
    if isinstance(window, QMenu):
        yield from ((entry.text(), window) for entry in window.actions() if entry.isVisible() and entry.text())
        return
    for child in window.findChildren(QWidget):
        if not child.isVisibleTo(window) or child.window() is not window:
            continue
        if isinstance(child, QTabBar):
            yield from ((child.tabText(number), child) for number in range(child.count()))
        named = isinstance(child, QAbstractButton) or (isinstance(child, QLabel) and child.buddy() is not None)
        if isinstance(child, QAbstractButton | QLabel) and named and child.text():
            yield child.text(), child


def children(window: QWidget, kind: type[W]) -> list[W]:
    """What of this kind is seen in the window."""
    return [one for one in window.findChildren(kind) if one.isVisibleTo(window) and one.window() is window]


def _longest_word(one: QLabel | QAbstractButton) -> int:
    """How wide it is; nothing breaks within it."""
    words = re.findall(r"[^\s/\u200b-]+", re.sub(r"<[^>]*>", " ", one.text()))
    return max(map(one.fontMetrics().horizontalAdvance, words), default=0)


def cut(window: QWidget) -> list[str]:
    """What has less room than its words need, or lies outside of what holds it and does not scroll."""
    faults = []
    named: list[QLabel | QAbstractButton] = [*children(window, QLabel), *children(window, QAbstractButton)]
    for one in named:
        if one.text():
            needed = one.heightForWidth(one.width()) if one.hasHeightForWidth() else one.minimumSizeHint().height()
            wraps = isinstance(one, QLabel) and one.wordWrap()
            widest = _longest_word(one) if wraps else one.minimumSizeHint().width()
            if one.height() < needed or one.width() + FRAME_PX < widest:
                faults.append(f"{one.text()!r} has {one.size()} of {widest} x {needed}")
        parent = one.parentWidget()
        scrolls = parent is not None and isinstance(parent.parentWidget(), QAbstractScrollArea)
        if parent is not None and not scrolls and not parent.rect().contains(one.geometry()):
            faults.append(f"{one} lies outside of {parent}")
    for box in children(window, QAbstractSpinBox):
        has, needed = box.lineEdit().contentsRect().width() - FIELD_PX, box.fontMetrics().horizontalAdvance(box.text())
        if has < needed:
            faults.append(f"{box.text()!r} has {has} of {needed}")
    return faults
