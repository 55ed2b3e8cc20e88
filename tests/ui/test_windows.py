"""The history, settings and about windows, over a made-up application."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from sottovoce.domain.conversations import Found, MessageState, Role
from sottovoce.domain.errors import HotkeyTaken, StoreUnreadable
from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import Settings, declared
from sottovoce.domain.turns import Outcome, Stage, StageChanged, TurnEnded, TurnFailed
from sottovoce.ui.history_rows import marked, rows_found, rows_of, when
from sottovoce.ui.history_window import NOTHING_FOUND, NOTHING_YET, NOTHING_YET_NO_KEY, PAGE
from sottovoce.ui.interface import Interface
from tests.ui.fakes import ABOUT, FakeActions, message

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from PySide6.QtWidgets import QApplication

    from sottovoce.ui.history_window import HistoryWindow
    from sottovoce.ui.settings_window import SettingsWindow

TURN = (message(2, Role.ASSISTANT, "You like pizza."), message(1, Role.USER, "what do i like"))


@pytest.fixture
async def interface(qapp: QApplication, actions: FakeActions) -> AsyncIterator[Interface]:
    made = Interface(actions)
    yield made
    await made.close()


async def shown(interface: Interface) -> HistoryWindow:
    interface.show_window()
    assert interface.history is not None
    await interface.tasks.idle()
    return interface.history


async def filled(interface: Interface) -> SettingsWindow:
    interface.show_settings()
    assert interface.settings is not None
    return interface.settings


# Rows


def test_a_turn_is_one_row_with_the_question_first() -> None:
    later = (message(4, Role.ASSISTANT, "Noon."), message(3, Role.USER, "what time is it"))
    rows = rows_of(later + TURN)
    assert [row.plain for row in rows] == [
        "You: what time is it\nSottovoce: Noon.",
        "You: what do i like\nSottovoce: You like pizza.",
    ]


def test_an_answer_without_its_question_and_one_cut_short_are_shown_too() -> None:
    cut = message(9, Role.ASSISTANT, "It is")
    object.__setattr__(cut, "state", MessageState.PARTIAL)
    rows = rows_of((cut, message(1, Role.USER, "old", conversation="other")))
    assert "cut short" in rows[0].lines[0][1]
    assert len(rows) == 2


def test_words_are_never_markup() -> None:
    (row,) = rows_of([message(1, Role.USER, "<b>1 < 2 & 3</b>")])
    assert row.lines == (("You", "&lt;b&gt;1 &lt; 2 &amp; 3&lt;/b&gt;"),)
    assert marked("<i>[pizza]</i>") == "&lt;i&gt;<b>pizza</b>&lt;/i&gt;"


def test_days_are_told_as_people_tell_them() -> None:
    now = QDateTime.currentDateTime()
    assert when(now.toSecsSinceEpoch()).startswith("Today ")
    assert when(now.addDays(-1).toSecsSinceEpoch()).startswith("Yesterday ")
    assert str(now.addDays(-40).date().year()) in when(now.addDays(-40).toSecsSinceEpoch())


# History


async def test_nothing_said_yet_tells_how_to_begin(interface: Interface) -> None:
    window = await shown(interface)
    assert window.pages.currentWidget() is window.empty
    assert window.empty.text() == NOTHING_YET.format(key="Ctrl+Alt+Space")


async def test_where_no_key_is_set_none_is_named(interface: Interface, actions: FakeActions) -> None:
    actions.kept = Settings(hotkey="")
    window = await shown(interface)
    assert window.empty.text() == NOTHING_YET_NO_KEY


async def test_what_was_said_is_listed(interface: Interface, actions: FakeActions) -> None:
    actions.messages = TURN
    window = await shown(interface)
    assert window.pages.currentWidget() is window.list
    spoken = window.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "You: what do i like" in spoken
    assert window.list.sizeHintForRow(0) > 0
    assert window.older.isHidden()


async def test_it_is_read_again_after_a_turn(interface: Interface, actions: FakeActions) -> None:
    window = await shown(interface)
    actions.messages = TURN
    interface.tell(TurnEnded(Outcome.ANSWERED))
    await interface.tasks.idle()
    assert len(window.model.rows) == 1


async def test_a_search_shows_what_was_found(interface: Interface, actions: FakeActions) -> None:
    window = await shown(interface)
    actions.found = (Found(message=TURN[0], snippet="You like [pizza]."),)
    window.search.setText(" pizza ")
    window.search.returnPressed.emit()
    await interface.tasks.idle()
    assert actions.searched == ["pizza"]
    assert window.model.rows == rows_found(actions.found)
    actions.found = ()
    window.read()
    await interface.tasks.idle()
    assert window.empty.text() == NOTHING_FOUND


async def test_an_answer_to_an_older_question_is_dropped(interface: Interface, actions: FakeActions) -> None:
    actions.messages = TURN
    actions.found = (Found(message=TURN[0], snippet="[pizza]"),)
    window = await shown(interface)
    actions.history_gate.clear()
    window.read()
    window.search.setText("pizza")
    window.read()
    await actions.search_asked.wait()
    actions.history_gate.set()
    await interface.tasks.idle()
    assert window.model.rows == rows_found(actions.found)


async def test_older_messages_are_read_on_demand(interface: Interface, actions: FakeActions) -> None:
    actions.messages = tuple(message(number, Role.USER, "again") for number in range(PAGE + 1, 0, -1))
    window = await shown(interface)
    assert not window.older.isHidden()
    window.older.click()
    await interface.tasks.idle()
    assert actions.limits == [PAGE, 2 * PAGE]
    assert len(window.model.rows) == PAGE + 1
    assert window.older.isHidden()


async def test_the_window_talks_and_stops(interface: Interface, actions: FakeActions) -> None:
    window = await shown(interface)
    assert not window.stop.isEnabled()
    window.talk.click()
    interface.tell(StageChanged(Stage.LISTENING))
    assert window.talk.text() == "&Finish"
    window.stop.click()
    assert actions.calls == ["toggle", "cancel"]


async def test_a_window_opened_late_shows_the_stage_of_the_moment(interface: Interface) -> None:
    interface.tell(StageChanged(Stage.SPEAKING))
    assert (await shown(interface)).word.text() == "Speaking"


async def test_a_turn_can_be_copied_by_key(interface: Interface, actions: FakeActions) -> None:
    actions.messages = TURN
    window = await shown(interface)
    window.list.setCurrentIndex(window.model.index(0))
    window._copy()  # noqa: SLF001 - what Ctrl+C runs; offscreen windows get no keys
    assert QGuiApplication.clipboard().text() == "You: what do i like\nSottovoce: You like pizza."


async def test_a_store_that_cannot_be_read_is_told(interface: Interface, actions: FakeActions) -> None:
    actions.failure = StoreUnreadable()
    await shown(interface)
    assert interface.overlay.trouble.text() == StoreUnreadable().sentence


async def test_a_bug_is_told_calmly_and_its_words_stay_out_of_the_log(
    interface: Interface, actions: FakeActions, caplog: pytest.LogCaptureFixture
) -> None:
    actions.failure = ValueError("what was said")
    await shown(interface)
    assert interface.overlay.trouble.text() == "Something went wrong inside Sottovoce."
    assert "ValueError" in caplog.text
    assert "what was said" not in caplog.text


async def test_without_a_tray_the_window_comes_up_and_says_why(interface: Interface) -> None:
    interface.tray.missing.emit()
    await interface.tasks.idle()
    assert interface.history is not None
    assert interface.history.isVisible()
    assert "sottovoce show" in interface.history.notice.text()


# Settings


async def test_every_setting_has_its_field_with_its_value(interface: Interface, actions: FakeActions) -> None:
    actions.kept = Settings(hotkey="Super+F9", speech_rate=200, speak=False, overlay_s=3.5)
    window = await filled(interface)
    assert {name: field.value() for name, field in window.fields.items()} == {
        setting.name: getattr(actions.kept, setting.name) for setting in declared()
    }
    for field in window.fields.values():
        assert field.control.accessibleName()
        assert field.control.accessibleDescription() == field.setting.text


async def test_what_a_policy_decides_is_shown_as_locked(interface: Interface, actions: FakeActions) -> None:
    actions.policy = Policy(local_backups=False, keep_days_at_most=30)
    window = await filled(interface)
    backups, days = window.fields["local_backups"], window.fields["keep_days"]
    assert not backups.control.isEnabled()
    assert backups.explanation.text().endswith("Your administrator has turned this off.")
    assert not backups.explanation.isHidden()
    assert days.control.isEnabled()
    assert "30 days at most" in days.explanation.text()
    assert window.fields["volume"].control.isEnabled()


async def test_changed_settings_are_saved_and_the_window_goes(interface: Interface, actions: FakeActions) -> None:
    window = await filled(interface)
    window.fields["hotkey"].fill("Super+F9")
    window.fields["speak"].fill(value=False)
    window.save()
    assert not window.save_button.isEnabled()
    await interface.tasks.idle()
    assert actions.kept == Settings(hotkey="Super+F9", speak=False)
    assert not window.isVisible()
    assert interface.menu.talk.text() == "&Talk (Super+F9)"


async def test_mistakes_are_told_where_they_were_made_and_nothing_is_saved(
    interface: Interface, actions: FakeActions
) -> None:
    window = await filled(interface)
    window.fields["user"].fill("  ")
    window.save()
    await interface.tasks.idle()
    told = {name: field.mistake.text() for name, field in window.fields.items() if not field.mistake.isHidden()}
    assert told == {"user": "Must not be empty."}
    assert window.isVisible()
    assert actions.kept == Settings()


async def test_a_taken_hotkey_is_told_beside_the_hotkey(interface: Interface, actions: FakeActions) -> None:
    actions.failure = HotkeyTaken()
    window = await filled(interface)
    window.save()
    await interface.tasks.idle()
    assert HotkeyTaken().sentence in window.fields["hotkey"].mistake.text()
    assert window.save_button.isEnabled()
    assert window.isVisible()


async def test_a_file_that_cannot_be_written_is_told_below(interface: Interface, actions: FakeActions) -> None:
    actions.failure = StoreUnreadable()
    window = await filled(interface)
    window.save()
    await interface.tasks.idle()
    assert StoreUnreadable().sentence in window.trouble.text()


async def test_what_was_not_saved_is_forgotten_after_the_question(interface: Interface) -> None:
    window = await filled(interface)
    window.fields["hotkey"].fill("Super+F9")
    window.close()
    assert window.isVisible()
    assert window.question is not None
    window.question.yes.click()
    interface.show_settings()
    assert window.fields["hotkey"].value() == "Ctrl+Alt+Space"


async def test_a_policy_that_comes_or_goes_is_shown_in_an_open_window(
    interface: Interface, actions: FakeActions
) -> None:
    window = await filled(interface)
    window.fields["hotkey"].fill("Super+F9")
    backups = window.fields["local_backups"]
    actions.policy = Policy(local_backups=False)
    interface.show_locked()
    assert not backups.control.isEnabled()
    assert backups.value() is False
    assert "turned this off" in backups.explanation.text()
    assert window.fields["hotkey"].value() == "Super+F9"
    actions.policy = Policy()
    interface.show_locked()
    assert backups.control.isEnabled()
    assert "administrator" not in backups.explanation.text()
    window.fields["hotkey"].fill("Ctrl+Alt+Space")
    window.close()
    assert not window.isVisible()


# About, and the end


async def test_about_tells_where_the_data_is(interface: Interface) -> None:
    interface.show_about()
    assert interface.about is not None
    texts = {label.text() for label in interface.about.findChildren(QLabel)}
    assert {f"Sottovoce {ABOUT.version}", ABOUT.licence, ABOUT.home, ABOUT.settings_file, ABOUT.logs} <= texts


async def test_closing_takes_everything_away(qapp: QApplication, actions: FakeActions) -> None:
    interface = Interface(actions)
    actions.history_gate.clear()  # the window's question is still under way at the end
    interface.show_window()
    interface.show_settings()
    interface.show_about()
    await actions.history_asked.wait()
    interface.tell(StageChanged(Stage.LISTENING))
    await interface.close()
    assert [widget for widget in qapp.topLevelWidgets() if widget.isVisible()] == []
    interface.tell(TurnFailed(HotkeyTaken()))
    assert not interface.overlay.isVisible()
    await interface.close()
