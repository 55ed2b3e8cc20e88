"""What holds for all windows: letters, the focus, Return, nothing typed lost, nothing cut, seen in any theme."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QLineEdit,
    QMenu,
    QPushButton,
    QWidget,
)

from sottovoce.ui.history_window import HistoryWindow
from sottovoce.ui.interface import Interface
from sottovoce.ui.mnemonics import letter_of, with_letter
from sottovoce.ui.overlay import Overlay
from sottovoce.ui.window import Question, Window
from tests.ui.windows import PARTS, STATES, State, found_classes, texts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.ui.fakes import FakeActions

SEEN = [state for state in STATES if state.kind is not Overlay]
WINDOWS = [state for state in SEEN if not issubclass(state.kind, QMenu)]


def states(chosen: list[State]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("state", chosen, ids=lambda state: state.name)


@pytest.fixture
async def interface(qapp: QApplication, actions: FakeActions) -> AsyncIterator[Interface]:
    made = Interface(actions)
    yield made
    await made.close()


W = TypeVar("W", bound=QWidget)


def children(window: QWidget, kind: type[W]) -> list[W]:
    """What of this kind is seen in the window."""
    return [one for one in window.findChildren(kind) if one.isVisibleTo(window) and one.window() is window]


def test_every_window_is_looked_at() -> None:
    assert found_classes() == {state.kind for state in STATES} | PARTS


class Shows(QObject):
    """Every window that was shown, and whether it left the focus alone (tests/desktop sees that it does)."""

    def __init__(self) -> None:
        super().__init__()
        self.quietly: list[tuple[QWidget, bool]] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.quietly.append((watched, watched.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)))
        return False


# Letters


@states(SEEN)
async def test_every_text_has_a_letter_of_its_own(interface: Interface, actions: FakeActions, state: State) -> None:
    window = state.open(interface, actions)
    letters = [(letter_of(text), text) for text, _ in texts(window)]
    assert [text for letter, text in letters if not letter] == []
    assert len({letter for letter, _ in letters}) == len(letters), sorted(letters)


def test_a_letter_is_found_for_any_text() -> None:
    assert with_letter("Speech rate:", {"s"}) == "Speech &rate:"
    assert with_letter("as", {"a", "s"}) == "as (&B)"
    assert with_letter("&Done", {"d"}) == "&Done"
    assert letter_of("Tom && &Jerry") == "j"


# The focus


@states([state for state in STATES if state.by_itself])
async def test_what_comes_by_itself_takes_no_focus(
    interface: Interface, actions: FakeActions, qapp: QApplication, state: State
) -> None:
    shows = Shows()
    qapp.installEventFilter(shows)
    window = state.open(interface, actions)
    qapp.removeEventFilter(shows)
    assert (window, True) in shows.quietly
    assert [one for one, quiet in shows.quietly if not quiet] == []


@states(WINDOWS)
async def test_the_focus_is_on_nothing_that_agrees(interface: Interface, actions: FakeActions, state: State) -> None:
    window = state.open(interface, actions)
    focused = window.focusWidget()
    assert focused is not None
    if isinstance(focused, QAbstractButton):
        assert focused.text() == "&Keep editing"


@states([state for state in WINDOWS if state.by_itself])
async def test_who_types_on_changes_nothing(interface: Interface, actions: FakeActions, state: State) -> None:
    window = state.open(interface, actions)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        focused = window.focusWidget()
        if not isinstance(focused, QLineEdit):  # a field takes what is typed, and asks
            QTest.keyClick(focused, key)
    await interface.tasks.idle()
    assert window.isVisible()
    assert actions.calls == []
    assert actions.key_actions.calls == []


# Return


def _note(clicked: list[str], text: str) -> None:
    clicked.append(text)


@states(WINDOWS)
async def test_return_presses_the_button_that_has_the_focus(
    interface: Interface, actions: FakeActions, state: State
) -> None:
    window = state.open(interface, actions)
    buttons = [one for one in children(window, QPushButton) if one.isEnabled() and one.menu() is None]
    clicked: list[str] = []
    for one in buttons:
        one.clicked.disconnect()
        one.clicked.connect(functools.partial(_note, clicked, one.text()))
    for one in buttons:
        clicked.clear()
        one.setFocus()
        QTest.keyClick(one, Qt.Key.Key_Return)
        assert clicked == [one.text()]


@states([state for state in WINDOWS if state.name in {"a passphrase to be set", "keys"}])
async def test_return_among_the_keys_never_saves_the_settings(
    interface: Interface, actions: FakeActions, state: State
) -> None:
    window = state.open(interface, actions)
    assert interface.settings is not None
    fields = [one for kind in (QLineEdit, QCheckBox) for one in children(interface.settings.keys, kind)]
    for one in fields:
        if isinstance(one, QLineEdit):
            one.setText("correct horse")
        one.setFocus()
        QTest.keyClick(one, Qt.Key.Key_Return)
        await interface.tasks.idle()
        assert window.isVisible()
        assert actions.saved == []


# What was typed


@states([state for state in WINDOWS if state.kind is not HistoryWindow])  # what is searched for is no input to keep
async def test_nothing_typed_is_lost_without_a_word(interface: Interface, actions: FakeActions, state: State) -> None:
    window = state.open(interface, actions)
    for close in (lambda: QTest.keyClick(window, Qt.Key.Key_Escape), window.close):
        for field in [one for kind in (QLineEdit, QAbstractSpinBox) for one in children(window, kind)]:
            if not isinstance(field, QLineEdit) or not field.isEnabled() or field.isReadOnly():
                continue
            before = field.text()
            field.setFocus()
            field.selectAll()
            QTest.keyClicks(field, "81")
            assert field.text() != before
            typed = field.text()
            close()
            assert isinstance(window, Window)
            asked = window.question
            if asked is not None:
                assert asked.isVisible()
                asked.no.click()
                assert window.isVisible()
            assert field.text() == typed
            window.show()
            field.setText(before)


async def test_a_box_that_was_changed_is_asked_about(interface: Interface, actions: FakeActions) -> None:
    window = next(state for state in STATES if state.name == "settings").open(interface, actions)
    assert isinstance(window, Window)
    for box in children(window, QCheckBox):
        box.toggle()
        window.close()
        assert window.question is not None
        window.question.no.click()
        box.toggle()
    window.close()
    assert not window.isVisible()


async def test_what_is_discarded_after_the_question_is_gone(interface: Interface, actions: FakeActions) -> None:
    asked = next(state for state in STATES if state.kind is Question).open(interface, actions)
    assert isinstance(asked, Question)
    assert interface.settings is not None
    asked.yes.click()
    assert not interface.settings.isVisible()
    interface.show_settings()
    assert interface.settings.fields["hotkey"].value() == actions.kept.hotkey
