"""The history, settings and about windows, over a made-up application."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from sottovoce.domain.conversations import Role
from sottovoce.domain.errors import HotkeyTaken, StoreUnreadable
from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import Settings, declared
from sottovoce.domain.turns import Stage, StageChanged, TurnFailed
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
