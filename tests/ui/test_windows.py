"""The history, settings and about windows, over a made-up application."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QSpinBox, QWidget

from sottovoce.domain.conversations import Role
from sottovoce.domain.errors import HotkeyTaken, StoreUnreadable, VoiceUnknown
from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import Settings
from sottovoce.domain.turns import Stage, StageChanged, TurnFailed
from sottovoce.ui.interface import Interface
from sottovoce.ui.setting_controls import SliderBox
from tests.ui.fakes import ABOUT, FakeActions, message

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pytestqt.qtbot import QtBot

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


def type_into(control: QWidget, text: str) -> None:
    """Put a text in place of what is there, and leave it there."""
    field = control.findChild(QLineEdit) if isinstance(control, QSpinBox) else control
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)


async def test_every_setting_has_its_field_with_its_value(interface: Interface, actions: FakeActions) -> None:
    actions.kept = Settings(hotkey="Super+F9", speech_rate=200, speak=False, overlay_s=3.5)
    window = await filled(interface)
    values = {name: field.value() for name, field in window.fields.items()}
    assert values | window.key.values() == asdict(actions.kept)
    for field in window.fields.values():
        assert window.pages.isAncestorOf(field.control)
        assert field.control.accessibleName()
        assert field.control.accessibleDescription() == field.explanation.text()


async def test_each_tells_its_default_and_unit_and_goes_back_to_it(interface: Interface, actions: FakeActions) -> None:
    actions.kept = Settings(speech_rate=200, keep_days=30, speak=False)
    window = await filled(interface)
    assert "the default is 180 words/min" in window.fields["speech_rate"].explanation.text()
    assert "the default is for ever" in window.fields["keep_days"].explanation.text()
    assert "the default is on" in window.fields["speak"].explanation.text()
    assert window.fields["volume"].explanation.text().endswith("Default.")
    assert window.fields["volume"].reset.isHidden()
    for name in ("speech_rate", "speak"):
        window.fields[name].reset.click()
    await interface.tasks.idle()
    assert actions.kept == Settings(keep_days=30)
    assert window.fields["speech_rate"].reset.isHidden()


async def test_what_a_policy_forbids_or_fixes_is_greyed_out_wherever_it_stands(
    interface: Interface, actions: FakeActions
) -> None:
    actions.policy = Policy(
        export_allowed=False, hotkey="F9", hotkey_mode="toggle", speech_rate=170, recommended=(("volume", 40),)
    )
    interface.show_settings()
    window = interface.settings
    assert window is not None
    assert not window.data.export.isEnabled()
    assert window.data.erase.isEnabled()
    assert "administrator" in window.data.locked.text()
    assert not window.fields["speech_rate"].control.isEnabled()
    assert window.fields["volume"].setting.default == 40
    key = window.key
    assert not key.recorder.isEnabled()
    assert not key.toggle.isEnabled()
    assert not key.hold.isEnabled()
    assert key.cancel_key.isEnabled()
    assert "the key, how it is used" in key.decided.text()
    assert key.values().keys() == {"hands_free", "cancel_key"}
    actions.policy = Policy()
    interface.show_settings_in_force()
    assert window.data.export.isEnabled()
    assert key.recorder.isEnabled()
    assert key.decided.isHidden()
    assert window.fields["speech_rate"].control.isEnabled()


async def test_what_a_policy_decides_is_shown_as_locked(interface: Interface, actions: FakeActions) -> None:
    actions.policy = Policy(local_backups=False, keep_days_at_most=30)
    window = await filled(interface)
    backups, days = window.fields["local_backups"], window.fields["keep_days"]
    assert not backups.control.isEnabled()
    assert backups.reset.isHidden()
    assert backups.explanation.text().endswith("Your administrator has turned this off.")
    assert days.control.isEnabled()
    assert "30 days at most" in days.explanation.text()
    assert window.fields["volume"].control.isEnabled()


async def test_a_change_is_saved_at_once_and_seen_everywhere(interface: Interface, actions: FakeActions) -> None:
    window = await filled(interface)
    box, user, rate = (window.fields[name].control for name in ("speak", "user", "speech_rate"))
    assert isinstance(box, QCheckBox)
    assert isinstance(rate, SliderBox)
    box.click()
    type_into(user, "anna")
    QTest.keyClick(user, Qt.Key.Key_Return)
    window.key.recorder.fill("Super+F9")
    window.key.changed.emit()
    for _ in range(3):
        QTest.keyClick(rate.slider, Qt.Key.Key_Right)
    assert rate.number.value() > 180
    window.close()  # no step is left behind
    await interface.tasks.idle()
    assert actions.kept == Settings(user="anna", hotkey="Super+F9", speak=False, speech_rate=rate.number.value())
    assert not window.isVisible()
    interface.show_settings_in_force()
    assert interface.menu.talk.text() == "&Talk (Super+F9)"


async def test_a_slider_is_saved_where_it_comes_to_rest(
    interface: Interface, actions: FakeActions, qtbot: QtBot
) -> None:
    window = await filled(interface)
    rate = window.fields["speech_rate"].control
    assert isinstance(rate, SliderBox)
    with qtbot.waitSignal(rate.chosen):
        for _ in range(5):
            QTest.keyClick(rate.slider, Qt.Key.Key_Right)
    await interface.tasks.idle()
    assert [one.speech_rate for one in actions.saved] == [rate.value()]


async def test_a_passing_wheel_changes_nothing(interface: Interface, actions: FakeActions) -> None:
    window = await filled(interface)
    window.pages.setCurrentIndex(1)
    for name in ("speech_rate", "overlay_s"):
        for control in (window.fields[name].control, *window.fields[name].control.findChildren(QWidget)):
            at = QPointF(control.rect().center())
            QApplication.sendEvent(
                control,
                QWheelEvent(
                    at,
                    control.mapToGlobal(at),
                    QPoint(),
                    QPoint(0, 120),
                    Qt.MouseButton.NoButton,
                    Qt.KeyboardModifier.NoModifier,
                    Qt.ScrollPhase.NoScrollPhase,
                    False,  # noqa: FBT003 - Qt's
                ),
            )
        assert not window.fields[name].changed


async def test_mistakes_are_told_where_they_were_made_and_nothing_is_saved(
    interface: Interface, actions: FakeActions
) -> None:
    window = await filled(interface)
    user = window.fields["user"]
    type_into(user.control, "  ")
    QTest.keyClick(user.control, Qt.Key.Key_Return)
    await interface.tasks.idle()
    told = {name: field.mistake.text() for name, field in window.fields.items() if not field.mistake.isHidden()}
    assert told == {"user": "Must not be empty."}
    assert "Must not be empty." in user.control.accessibleDescription()
    assert actions.kept == Settings()
    window.close()
    assert window.isVisible()
    assert window.question is not None
    assert window.pages.currentWidget().isAncestorOf(user.control)
    window.question.no.click()
    type_into(user.control, "anna")
    window.close()
    await interface.tasks.idle()
    assert actions.kept == Settings(user="anna")
    assert user.mistake.isHidden()


async def test_a_setting_is_judged_beside_the_others(interface: Interface, actions: FakeActions) -> None:
    actions.kept = Settings(own_network="nas", language_model_address="http://nas:8080/v1")
    window = await filled(interface)
    own, address = window.fields["own_network"], window.fields["language_model_address"]
    type_into(own.control, "")
    QTest.keyClick(own.control, Qt.Key.Key_Return)
    assert own.mistake.text().startswith("Address must begin with https")
    type_into(own.control, "nas, box")
    QTest.keyClick(own.control, Qt.Key.Key_Return)
    type_into(address.control, "http://box:1/v1")
    QTest.keyClick(address.control, Qt.Key.Key_Return)
    await interface.tasks.idle()
    assert actions.kept.language_model_address == "http://box:1/v1"


async def test_what_is_refused_is_told_beside_it_and_the_old_value_comes_back(
    interface: Interface, actions: FakeActions
) -> None:
    window = await filled(interface)
    actions.failure = VoiceUnknown()
    box = window.fields["speak"].control
    assert isinstance(box, QCheckBox)
    box.click()
    await interface.tasks.idle()
    assert box.isChecked()
    assert VoiceUnknown().sentence in window.fields["speak"].mistake.text()
    actions.failure = HotkeyTaken()
    window.key.recorder.fill("Super+F9")
    window.key.changed.emit()
    await interface.tasks.idle()
    assert HotkeyTaken().sentence in window.key.mistake.text()


async def test_keeping_messages_for_a_shorter_time_is_asked_about(interface: Interface, actions: FakeActions) -> None:
    window = await filled(interface)
    days = window.fields["keep_days"].control
    assert isinstance(days, QSpinBox)
    assert days.text() == "For ever"
    type_into(days, "30")
    QTest.keyClick(days, Qt.Key.Key_Return)
    assert window.losing is not None
    assert "30 days" in window.losing.text.text()
    window.losing.no.click()
    await interface.tasks.idle()
    assert (actions.saved, days.value()) == ([], 0)
    type_into(days, "30")
    window.close()
    assert window.isVisible()
    assert window.losing is not None
    window.losing.yes.click()
    await interface.tasks.idle()
    assert actions.kept.keep_days == 30
    type_into(days, "60")  # longer: nothing is lost
    QTest.keyClick(days, Qt.Key.Key_Return)
    await interface.tasks.idle()
    assert actions.kept.keep_days == 60


async def test_everything_is_exported_and_erased_after_a_question(interface: Interface, actions: FakeActions) -> None:
    window = await filled(interface)
    window.turn_to(window.data)
    window.data.export_to(Path("/somewhere/new"))
    assert not window.data.erase.isEnabled()
    await interface.tasks.idle()
    assert "12 messages" in window.data.told.text()
    window.data.erase.click()
    assert window.losing is not None
    assert "“me”" in window.losing.text.text()
    window.losing.no.click()
    await interface.tasks.idle()
    assert actions.calls == ["export /somewhere/new"]
    window.data.erase.click()
    assert window.losing is not None
    window.losing.yes.click()
    await interface.tasks.idle()
    assert actions.calls == ["export /somewhere/new", "erase"]
    actions.failure = StoreUnreadable()
    window.data.export_to(Path("/somewhere/new"))
    await interface.tasks.idle()
    assert StoreUnreadable().sentence in window.data.trouble.text()
    assert window.data.export.isEnabled()


async def test_what_was_not_saved_is_forgotten_after_the_question(interface: Interface) -> None:
    window = await filled(interface)
    type_into(window.fields["user"].control, " ")
    window.close()
    assert window.isVisible()
    assert window.question is not None
    window.question.yes.click()
    interface.show_settings()
    assert window.fields["user"].value() == "me"


async def test_a_change_from_elsewhere_is_followed_and_what_is_typed_stays(
    interface: Interface, actions: FakeActions
) -> None:
    window = await filled(interface)
    type_into(window.fields["user"].control, "ann")
    actions.kept = replace(actions.kept, volume=40, user="somebody", speak=False)
    interface.show_settings_in_force()
    assert window.fields["volume"].value() == 40
    assert window.fields["speak"].value() is False
    assert window.fields["user"].value() == "ann"
    assert "the default is 100 %" in window.fields["volume"].explanation.text()


async def test_what_is_being_saved_is_not_put_back_by_what_came_before(
    interface: Interface, actions: FakeActions
) -> None:
    window = await filled(interface)
    box = window.fields["speak"].control
    assert isinstance(box, QCheckBox)
    actions.saving_gate.clear()
    box.click()
    await asyncio.sleep(0)
    interface.show_settings_in_force()
    assert not box.isChecked()
    actions.saving_gate.set()
    await interface.tasks.idle()
    assert not box.isChecked()
    assert actions.kept.speak is False


async def test_a_policy_that_comes_or_goes_is_shown_in_an_open_window(
    interface: Interface, actions: FakeActions
) -> None:
    window = await filled(interface)
    type_into(window.fields["user"].control, "ann")
    backups = window.fields["local_backups"]
    actions.policy = Policy(local_backups=False)
    interface.show_settings_in_force()
    assert not backups.control.isEnabled()
    assert backups.value() is False
    assert "turned this off" in backups.explanation.text()
    assert window.fields["user"].value() == "ann"
    actions.policy = Policy()
    interface.show_settings_in_force()
    assert backups.control.isEnabled()
    assert backups.value() is True
    assert "administrator" not in backups.explanation.text()


async def test_the_settings_tell_what_the_program_is(interface: Interface) -> None:
    window = await filled(interface)
    window.turn_to(window.about.values[0])
    assert window.about.isVisible()
    assert ABOUT.home in {label.text() for label in window.about.findChildren(QLabel)}


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
    interface.hear(StageChanged(Stage.LISTENING))
    await interface.close()
    assert [widget for widget in qapp.topLevelWidgets() if widget.isVisible()] == []
    interface.hear(TurnFailed(HotkeyTaken()))
    assert not interface.overlay.isVisible()
    await interface.close()
