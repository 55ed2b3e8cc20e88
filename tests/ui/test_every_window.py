"""What holds for all windows: letters, the focus, Return, nothing typed lost, nothing cut, seen in any theme."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from sottovoce.ui.fitting import TITLE_BAR_PX
from sottovoce.ui.history_window import HistoryWindow
from sottovoce.ui.interface import Interface
from sottovoce.ui.mnemonics import letter_of, with_letter
from sottovoce.ui.overlay import Overlay
from sottovoce.ui.page import Framed
from sottovoce.ui.settings_window import SettingsWindow
from sottovoce.ui.theme import colours as theme_colours
from sottovoce.ui.theme import contrast, quieter, trouble_colour
from sottovoce.ui.window import QuestionWindow, Scrolled, Window
from tests.ui.windows import FRAME_PX, PARTS, STATES, State, children, cut, found_classes, texts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

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
    assert window.isVisible()
    assert (window, True) in shows.quietly
    assert [one for one, quiet in shows.quietly if not quiet] == []


@states(WINDOWS)
async def test_the_focus_is_on_nothing_that_agrees(interface: Interface, actions: FakeActions, state: State) -> None:
    window = state.open(interface, actions)
    focused = window.focusWidget()
    assert focused is not None
    if isinstance(focused, QAbstractButton):
        assert focused.text() in {"&Keep editing", "&Keep them", "&Keep it"}


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


async def test_a_field_that_is_opened_for_typing_is_in_sight(
    interface: Interface, actions: FakeActions, qapp: QApplication
) -> None:
    (state,) = (state for state in WINDOWS if state.name == "a passphrase to be set")
    window = state.open(interface, actions)
    assert isinstance(window, SettingsWindow)
    window.activateWindow()
    window.keys.drop_button.click()
    window.setFixedHeight(360)
    for _ in range(4):
        qapp.processEvents()
    area = next(area for area in children(window, Scrolled) if area.isAncestorOf(window.keys))
    below = window.keys.choose.mapTo(area.widget() or area, window.keys.choose.rect().bottomLeft()).y()
    area.verticalScrollBar().setValue(below - area.viewport().height())  # the button is the last thing in sight
    window.keys.choose.click()
    for _ in range(4):
        qapp.processEvents()
    field = qapp.focusWidget()
    assert field is window.keys.new.first
    seen = area.viewport().rect()
    assert seen.contains(field.rect().translated(field.mapTo(area.viewport(), QPoint())))


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


@states([state for state in WINDOWS if state.kind is SettingsWindow])
async def test_return_in_a_field_leaves_the_window_there(
    interface: Interface, actions: FakeActions, state: State
) -> None:
    window = state.open(interface, actions)
    for one in [one for kind in (QLineEdit, QAbstractSpinBox, QComboBox) for one in children(window, kind)]:
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
            QTest.keyClicks(field, "81" if before != "81" else "82")  # what was kept from the loop before stays
            assert field.text() != before
            typed = field.text()
            close()
            assert isinstance(window, Window)
            if isinstance(window, SettingsWindow) and window.losing is not None:
                assert window.isVisible()
                window.losing.no.click()
                continue
            asked = window.question
            if asked is not None:
                assert asked.isVisible()
                asked.no.click()
                assert window.isVisible()
            assert field.text().replace(".0", "") == typed.replace(".0", "")  # 8 s, 8.0 s
            window.show()
            field.setText(before)
    await interface.close()


async def test_what_is_discarded_after_the_question_is_gone(interface: Interface, actions: FakeActions) -> None:
    asked = next(state for state in STATES if state.name == "leaving unsaved").open(interface, actions)
    assert isinstance(asked, QuestionWindow)
    assert interface.settings is not None
    asked.yes.click()
    assert not interface.settings.isVisible()
    interface.show_settings()
    assert interface.settings.fields["user"].value() == actions.kept.user


# Read by a screen reader


@states(list(STATES))
async def test_a_reader_may_ask_for_what_has_just_gone(
    interface: Interface, actions: FakeActions, state: State
) -> None:
    window = state.open(interface, actions)
    for area in window.findChildren(QScrollArea):
        told = QAccessible.queryAccessibleInterface(area)
        held = []
        for policy in (Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAlwaysOff):
            area.setVerticalScrollBarPolicy(policy)
            held.append([told.child(number).object() for number in range(told.childCount())])
        assert held[0] == held[1]
    # A list answers rightly, with a warning.
    widgets = [one for one in window.findChildren(QWidget) if not isinstance(one, QAbstractItemView)]
    for told in filter(None, map(QAccessible.queryAccessibleInterface, (window, *widgets))):
        assert told.child(told.childCount()) is None


# Nothing is cut

SMALL = {"1024 x 600": (1024, 600), "1280 x 800 at 200 %": (640, 400), "1024 x 600 at 200 %": (512, 300)}


@pytest.fixture(params=[1.0, 2.0], ids=["usual text", "text twice as large"])
def scale(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[float]:
    before, larger = qapp.font(), qapp.font()
    larger.setPointSizeF(before.pointSizeF() * request.param)
    qapp.setFont(larger)
    yield request.param
    qapp.setFont(before)


@pytest.mark.parametrize("room", list(SMALL.values()), ids=list(SMALL))
@states(WINDOWS)
async def test_nothing_is_cut(
    interface: Interface, actions: FakeActions, state: State, scale: float, room: tuple[int, int]
) -> None:
    window = state.open(interface, actions)
    screen = window.screen().availableGeometry()
    assert window.width() <= screen.width()
    assert window.height() <= screen.height()
    for _ in range(4):
        QApplication.processEvents()
    if isinstance(window, Window) and window.height() < screen.height() - TITLE_BAR_PX - FRAME_PX:
        for area in children(window, Scrolled):
            hidden = area.verticalScrollBar().maximum()
            pages = (
                window.fontMetrics().lineSpacing() if state.kind is SettingsWindow else 0
            )  # of several, the first fits
            assert hidden <= pages, "there is room, and yet it scrolls"
    least = window.minimumSizeHint()
    if least.width() > room[0] or least.height() > room[1] - TITLE_BAR_PX:
        pytest.fail(f"it needs {least.width()} x {least.height()}")
    window.resize(min(room[0], window.width()), min(room[1] - TITLE_BAR_PX, window.height()))
    for _ in range(4):  # a layout within a layout takes a round each
        QApplication.processEvents()
    assert cut(window) == []


# Any theme

THEMES = {
    "light": ("#efefef", "#000000", "#ffffff"),
    "dark": ("#2a2e34", "#eef0f3", "#1f2227"),
    "black": ("#000000", "#ffffff", "#000000"),
    "yellow on black": ("#000000", "#ffff00", "#000000"),
    "white on blue": ("#000080", "#ffffff", "#000080"),
}


@pytest.fixture(params=list(THEMES.values()), ids=list(THEMES))
def palette(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[QPalette]:
    before, chosen = qapp.palette(), QPalette(QColor(request.param[0]))
    role = QPalette.ColorRole
    for roles, colour in (
        ((role.Window, role.Button), request.param[0]),
        ((role.WindowText, role.Text, role.ButtonText), request.param[1]),
        ((role.Base, role.AlternateBase), request.param[2]),
    ):
        for one in roles:
            chosen.setColor(one, QColor(colour))
    qapp.setPalette(chosen)
    yield chosen
    qapp.setPalette(before)


@states([state for state in WINDOWS if state.name in {"voice", "settings under a policy", "a passphrase to be set"}])
async def test_every_box_is_seen(interface: Interface, actions: FakeActions, state: State, palette: QPalette) -> None:
    window = state.open(interface, actions)
    for _ in range(4):
        QApplication.processEvents()
    boxes = children(window, QCheckBox)
    assert boxes
    for box in boxes:
        option = QStyleOptionButton()
        box.initStyleOption(option)
        area = box.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, box)
        picture = box.grab().toImage()
        edge = [picture.pixelColor(x, area.top()) for x in range(area.left() + 2, area.right() - 1)]
        ground = palette.color(QPalette.ColorRole.Window)
        assert min(contrast(colour, ground) for colour in edge) >= (3.0 if box.isEnabled() else 1.5)


@states([state for state in WINDOWS if state.name in {"key", "welcome: key"}])
async def test_every_ring_is_seen(interface: Interface, actions: FakeActions, state: State, palette: QPalette) -> None:
    window = state.open(interface, actions)
    for _ in range(4):
        QApplication.processEvents()
    rings = children(window, QRadioButton)
    assert rings
    for ring in rings:
        option = QStyleOptionButton()
        ring.initStyleOption(option)
        area = ring.style().subElementRect(QStyle.SubElement.SE_RadioButtonIndicator, option, ring)
        picture, ground = ring.grab().toImage(), palette.color(QPalette.ColorRole.Window)
        for middle in (area.center().x(), area.center().x() + 1):
            edge = [picture.pixelColor(middle, y) for y in range(area.top(), area.top() + 4)]
            assert max(contrast(colour, ground) for colour in edge) >= (3.0 if ring.isEnabled() else 1.5)


@states([state for state in WINDOWS if state.name in {"hearing", "answers", "welcome: microphone"}])
async def test_every_field_is_seen(interface: Interface, actions: FakeActions, state: State, palette: QPalette) -> None:
    window = state.open(interface, actions)
    for _ in range(4):
        QApplication.processEvents()
    ground = palette.color(QPalette.ColorRole.Window)
    (page,) = (one for one in children(window, Framed))
    picture = page.grab().toImage()
    fields = [one for kind in (QLineEdit, QAbstractSpinBox, QComboBox) for one in children(window, kind)]
    for one in fields:
        if page.isAncestorOf(one) and not isinstance(one.parentWidget(), QAbstractSpinBox | QComboBox):
            above = one.mapTo(page, QPoint(one.width() // 2, 0))
            edge = [picture.pixelColor(above.x(), above.y() + away) for away in (-1, 0, 1)]
            assert max(contrast(colour, ground) for colour in edge) >= 1.15, one  # a style's own is faint on light


@states(WINDOWS)
async def test_every_field_and_button_is_seen(
    interface: Interface, actions: FakeActions, state: State, palette: QPalette
) -> None:
    if palette.color(QPalette.ColorRole.Window).lightness() > palette.color(QPalette.ColorRole.WindowText).lightness():
        return  # there the style's own edges and grounds are seen
    window = state.open(interface, actions)
    for _ in range(4):
        QApplication.processEvents()
    ground = palette.color(QPalette.ColorRole.Window)
    kinds = (QLineEdit, QPushButton, QAbstractSpinBox, QComboBox)
    for one in [one for kind in kinds for one in children(window, kind)]:
        if isinstance(one.parentWidget(), QAbstractSpinBox | QComboBox) or one.hasFocus():
            continue
        picture = one.grab().toImage()
        edge = [picture.pixelColor(x, 0) for x in range(6, one.width() - 6)]
        assert min(contrast(colour, ground) for colour in edge) >= 3.0, one


async def test_what_is_said_in_colour_can_be_read(interface: Interface, palette: QPalette) -> None:
    ground, base = palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.Base)
    text = palette.color(QPalette.ColorRole.Text)
    assert contrast(QColor(trouble_colour()), ground) >= 4.5
    assert contrast(quieter(text, base), base) >= 4.5
    colours = theme_colours()
    for name in ("text", "quiet", "trouble"):
        assert contrast(QColor(getattr(colours, name)), QColor(colours.ground)) >= 4.5
    assert contrast(QColor(colours.edge), QColor(colours.ground)) >= 3.0
