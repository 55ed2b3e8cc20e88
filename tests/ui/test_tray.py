"""The menu and the words of the tray icon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from sottovoce.domain.erasing import ErasingProgress
from sottovoce.domain.errors import HotkeyTaken
from sottovoce.domain.hotkeys import GivenKeys
from sottovoce.domain.settings import Settings
from sottovoce.domain.turns import Stage, StageChanged
from sottovoce.language import words
from sottovoce.memory.knowledge import KnowledgeProgress
from sottovoce.ui.tasks import Tasks
from sottovoce.ui.theme import STAGES, stage_icon
from sottovoce.ui.tray import Tray, TrayMenu
from sottovoce.ui.unfinished import UnfinishedOffer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.ui.fakes import FakeActions

Reason = QSystemTrayIcon.ActivationReason


@pytest.fixture
def menu(qtbot: QtBot, actions: FakeActions) -> TrayMenu:
    made = TrayMenu(actions, UnfinishedOffer(actions, Tasks(lambda _error: None)))
    qtbot.addWidget(made)
    return made


@pytest.fixture
def tray(menu: TrayMenu, actions: FakeActions) -> Iterator[Tray]:
    made = Tray(actions, menu)
    yield made
    made.close()


def test_the_menu_offers_everything(menu: TrayMenu) -> None:
    texts = [action.text() for action in menu.actions() if action.isVisible() and not action.isSeparator()]
    assert texts == [
        "&Talk (Ctrl+Alt+Space)",
        "&Stop",
        "&History…",
        "S&ettings…",
        "&Diagnostics…",
        "A&bout Sottovoce",
        "&Quit",
    ]


def test_where_no_key_is_set_the_menu_names_none(tray: Tray, menu: TrayMenu, actions: FakeActions) -> None:
    actions.kept = Settings(hotkey="")
    tray.hear(StageChanged(Stage.READY))
    assert menu.talk.text() == "&Talk"


def test_the_menu_names_the_key_that_the_desktop_has_given(menu: TrayMenu, actions: FakeActions) -> None:
    actions.key_to_talk.made = GivenKeys(talk="Super+F9", cancel="")
    menu.show_stage(Stage.READY)
    assert menu.talk.text() == "&Talk (Super+F9)"


@pytest.mark.parametrize(
    ("stage", "talk", "can_stop"),
    [
        (Stage.READY, "&Talk (Ctrl+Alt+Space)", False),
        (Stage.LISTENING, "F&inish talking", True),
        (Stage.THINKING, "&Talk (Ctrl+Alt+Space)", True),
        (Stage.SPEAKING, "&Talk (Ctrl+Alt+Space)", True),
        (Stage.TROUBLE, "&Talk (Ctrl+Alt+Space)", False),
    ],
)
def test_the_menu_follows_the_stage(tray: Tray, menu: TrayMenu, stage: Stage, talk: str, *, can_stop: bool) -> None:
    tray.hear(StageChanged(stage))
    assert menu.talk.text() == talk
    assert menu.talk.isEnabled()
    assert menu.stop.isEnabled() is can_stop


def test_the_entries_do_what_they_say(menu: TrayMenu, actions: FakeActions, qtbot: QtBot) -> None:
    menu.show_stage(Stage.SPEAKING)
    menu.talk.trigger()
    menu.stop.trigger()
    menu.quit.trigger()
    assert actions.calls == ["toggle", "cancel", "quit"]
    for action, signal in (
        (menu.history, menu.window_asked),
        (menu.settings, menu.settings_asked),
        (menu.diagnostics, menu.diagnostics_asked),
        (menu.about, menu.about_asked),
    ):
        with qtbot.waitSignal(signal):
            action.trigger()


@pytest.mark.parametrize("stage", Stage)
def test_the_icon_tells_the_stage_in_picture_and_words(tray: Tray, stage: Stage) -> None:
    tray.hear(StageChanged(stage))
    assert tray.icon.icon().cacheKey() == stage_icon(stage).cacheKey()
    assert tray.icon.toolTip() == f"Sottovoce: {words(STAGES[stage].key)}"


def test_trouble_is_told_in_the_tool_tip(tray: Tray) -> None:
    tray.hear(StageChanged(Stage.TROUBLE, HotkeyTaken()))
    assert tray.icon.toolTip() == f"Sottovoce: {HotkeyTaken().sentence}"


def test_a_click_opens_the_window_and_a_middle_click_talks(
    tray: Tray, menu: TrayMenu, actions: FakeActions, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(menu.window_asked):
        tray.icon.activated.emit(Reason.Trigger)
    assert actions.calls == []
    tray.icon.activated.emit(Reason.MiddleClick)
    assert actions.calls == ["toggle"]


def test_an_icon_made_anew_tells_the_same(tray: Tray) -> None:
    tray.hear(StageChanged(Stage.THINKING))
    former = tray.icon
    tray.renew()
    assert tray.icon is not former
    assert tray.icon.toolTip() == "Sottovoce: Thinking…"
    assert tray.icon.isVisible()
    assert not former.isVisible()


def test_without_a_tray_it_says_so_after_its_patience(tray: Tray, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tray.missing):
        tray._patience.timeout.emit()  # noqa: SLF001 - five seconds are not waited for


def test_an_erasure_is_followed_until_the_files_hold_none_of_it(tray: Tray, menu: TrayMenu) -> None:
    tray.show_erasing(ErasingProgress(done_bytes=0, total_bytes=1000, left_s=2.4))
    assert menu.reading.text() == "Erasing from the files: 0 %, about 3 s left"
    assert "about 3 s left" in tray.icon.toolTip()
    tray.show_progress(KnowledgeProgress(total=2, done=1, working=True))
    tray.show_erasing(ErasingProgress(done_bytes=900, total_bytes=1000, left_s=0.2))
    assert menu.reading.text() == "Erasing from the files: 90 %. Reading your files: 1 of 2"
    tray.show_erasing(ErasingProgress(done_bytes=1000, total_bytes=1000, left_s=0))
    assert menu.reading.text() == "Reading your files: 1 of 2"
    tray.show_progress(KnowledgeProgress(total=2, done=2))
    assert not menu.reading.isVisible()
    tray.show_erasing(ErasingProgress(done_bytes=0, total_bytes=0, left_s=0))
    assert "Erasing" not in tray.icon.toolTip()


def test_the_reading_of_files_is_followed(tray: Tray, menu: TrayMenu) -> None:
    tray.show_progress(KnowledgeProgress(done=120, total=2000, working=True))
    assert (menu.reading.text(), menu.reading.isVisible()) == ("Reading your files: 120 of 2,000", True)
    assert not menu.reading.isEnabled()
    assert tray.icon.toolTip().endswith("\nReading your files: 120 of 2,000")
    tray.hear(StageChanged(Stage.LISTENING))
    assert "Reading" in tray.icon.toolTip()
    tray.show_progress(KnowledgeProgress(done=2000, total=2000, failed=3, working=False))
    assert not menu.reading.isVisible()
    assert "\n" not in tray.icon.toolTip()


def test_a_dot_and_a_line_tell_that_the_microphone_stays_open(tray: Tray) -> None:
    def picture() -> bytes:
        return bytes(tray.icon.icon().pixmap(32, 32).toImage().constBits())

    plain = picture()
    tray.show_preroll(keeps=True)
    assert "its last 0.3 seconds are kept" in tray.icon.toolTip()
    assert picture() != plain
    tray.show_preroll(keeps=False)
    assert picture() == plain
    assert "0.3" not in tray.icon.toolTip()
