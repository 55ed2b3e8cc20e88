"""Another language is shown at once in every window, and nothing of what was typed or chosen is lost."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QMenu, QPushButton

from sottovoce.domain.conversations import Role
from sottovoce.language import ENGLISH, display
from sottovoce.ui.interface import Interface
from sottovoce.ui.mnemonics import letter_of
from sottovoce.ui.overlay import Overlay
from sottovoce.ui.texts import also_when_language_changes, direction_of
from sottovoce.ui.window import QuestionWindow, Window
from tests.ui.fakes import message
from tests.ui.shown import shown_texts
from tests.ui.windows import STATES, State, cut, texts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from PySide6.QtWidgets import QWidget

    from tests.ui.fakes import FakeActions


@pytest.fixture(autouse=True)
def _english_again(qapp: QApplication) -> Iterator[None]:
    yield
    display.show_in(ENGLISH)
    qapp.processEvents()


@pytest.fixture
async def interface(qapp: QApplication, actions: FakeActions) -> AsyncIterator[Interface]:
    made = Interface(actions)
    yield made
    await made.close()


async def settled() -> None:
    """What clicks have started has come to rest, and what Qt has queued is done."""
    for _ in range(30):
        await asyncio.sleep(0)
        QApplication.processEvents()


def everything(interface: Interface, window: QWidget) -> list[str]:
    return [
        *shown_texts(window),
        *shown_texts(interface.menu),
        *shown_texts(interface.overlay),
        interface.tray.icon.toolTip(),
    ]


SAME = frozenset(
    {
        "Sottovoce",
        "Sottovoce 1.2.3",
        "Passphrase",
        "Passphrase:",
        "Apache-2.0",
        "starter-en",
        "me",
        "Built-in Audio Analog Stereo",
        "Headset Mono",
    }
    | {"Pause", "F12", " min", "30 min", "6.0 s", "German · de", "what did i say about the pizza with mushrooms"}
    | {
        "/home/me/.config/sottovoce/settings.toml",
        "/home/me/.local/share/sottovoce",
        "/home/me/.local/state/sottovoce/logs",
    }
    | {"TEST 1234 ABCD 5678\nEFGH 9QRS TVWX", "Sottovoce: It is three minutes past two."}
    | {"what did i say", "No keyring.", "The keyring is locked.", "That was wrong."}  # as the windows were given them
    | {"Scroll Left", "Scroll Right"}  # of Qt's own, which writes them once
)
"""What is called the same in German, or is no word."""


def plain(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
async def test_every_window_is_german_at_once_and_english_again(
    interface: Interface, actions: FakeActions, state: State
) -> None:
    window = state.open(interface, actions)
    await settled()
    english = everything(interface, window)
    focused = window.focusWidget()
    display.show_in("de")
    await settled()
    german = everything(interface, window)
    assert len(german) == len(english)
    same = {plain(text) for text, before in zip(german, english, strict=True) if plain(text) == plain(before)}
    assert {text for text in same - SAME if any(map(str.isalpha, text))} == set()
    letters = [(letter_of(text), text) for text, _ in texts(window)] if not isinstance(window, Overlay) else []
    assert [text for letter, text in letters if not letter] == []
    assert len({letter for letter, _ in letters}) == len(letters), sorted(letters)
    assert window.focusWidget() is focused
    display.show_in(ENGLISH)
    await settled()
    assert everything(interface, window) == english


@pytest.fixture(params=[1.0, 1.5], ids=["usual text", "text half as large again"])
def scale(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[float]:
    before, larger = qapp.font(), qapp.font()
    larger.setPointSizeF(before.pointSizeF() * request.param)
    qapp.setFont(larger)
    yield request.param
    qapp.setFont(before)


@pytest.mark.parametrize("at_once", [True, False], ids=["from the first", "switched"])
@pytest.mark.parametrize(
    "state", [one for one in STATES if not issubclass(one.kind, Overlay | QMenu)], ids=lambda state: state.name
)
async def test_no_german_is_cut(
    interface: Interface, actions: FakeActions, state: State, scale: float, *, at_once: bool
) -> None:
    if at_once:
        display.show_in("de")
    window = state.open(interface, actions)
    await settled()
    display.show_in("de")
    await settled()
    screen = window.screen().availableGeometry()
    assert window.width() <= screen.width()
    assert window.height() <= screen.height()
    assert cut(window) == []


COLUMN = (337, 573)
"""A third of 1024 x 600, as a tiling compositor gives it, edges and title off."""


@pytest.mark.parametrize(
    "state", [one for one in STATES if not issubclass(one.kind, Overlay | QMenu)], ids=lambda state: state.name
)
async def test_a_window_of_the_compositors_size_keeps_it(
    interface: Interface, actions: FakeActions, state: State
) -> None:
    window = state.open(interface, actions)
    await settled()
    window.windowHandle().resize(*COLUMN)
    await settled()
    display.show_in("de")
    await settled()
    assert (window.width(), window.height()) == COLUMN
    assert cut(window) == []
    window.hide()
    if isinstance(window, Window) and not isinstance(window, QuestionWindow):  # that one has gone with its answer
        window.show()
        assert (window.width(), window.height()) != COLUMN, "shown anew, it asks for what it needs"


async def test_what_is_typed_and_chosen_stays(interface: Interface, actions: FakeActions) -> None:
    interface.show_settings()
    interface.show_window()
    assert interface.settings is not None
    assert interface.history is not None
    await settled()
    settings, history = interface.settings, interface.history
    settings.turn_to(settings.fields["user"].row)
    settings.fields["user"].fill("half of a na")
    settings.fields["microphone"].fill("headset")
    settings.keys.choose.click()
    settings.keys.new.first.setText("correct horse")
    history.search.setText("pizza")
    history.search.setSelection(1, 3)
    page = settings.pages.currentIndex()
    display.show_in("de")
    await settled()
    assert settings.windowTitle() == "Einstellungen"
    assert settings.pages.currentIndex() == page
    assert settings.fields["user"].value() == "half of a na"
    assert settings.fields["microphone"].value() == "headset"
    assert settings.keys.new.first.text() == "correct horse"
    assert (history.search.text(), history.search.selectedText()) == ("pizza", "izz")
    await interface.close()


async def test_the_row_that_is_chosen_stays_chosen(interface: Interface, actions: FakeActions) -> None:
    actions.messages = (message(2, Role.ASSISTANT, "You like pizza."), message(1, Role.USER, "what do i like"))
    interface.show_window()
    history = interface.history
    assert history is not None
    await settled()
    history.list.setCurrentIndex(history.model.index(0))
    display.show_in("de")
    await settled()
    assert history.list.currentIndex().row() == 0
    assert history.list.selectionModel().isSelected(history.list.currentIndex())
    assert history.model.rows[0].plain == "Du: what do i like\nSottovoce: You like pizza."


def test_qts_own_buttons_and_numbers_follow(qapp: QApplication) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
    display.show_in("de")
    qapp.processEvents()
    german = [button.text().replace("&", "") for button in box.findChildren(QPushButton)]
    assert sorted(german) == ["Abbrechen", "Speichern"]
    assert QLocale().toString(0.5) == "0,5"
    display.show_in(ENGLISH)
    qapp.processEvents()
    assert sorted(button.text().replace("&", "") for button in box.findChildren(QPushButton)) == ["Cancel", "Save"]


def test_who_writes_from_the_right_reads_from_the_right(qapp: QApplication) -> None:
    assert direction_of("ar") is Qt.LayoutDirection.RightToLeft
    assert direction_of("de") is Qt.LayoutDirection.LeftToRight


async def test_a_mistake_of_one_window_keeps_no_other_from_changing(
    interface: Interface, caplog: pytest.LogCaptureFixture
) -> None:
    class Faulty(QLabel):
        def follow(self) -> None:
            raise ValueError

    faulty = Faulty()
    also_when_language_changes(faulty.follow)
    interface.show_about()
    assert interface.about is not None
    display.show_in("de")
    await settled()
    assert interface.about.windowTitle() == "Über Sottovoce"
    assert "ValueError" in caplog.text
