"""The recovery code's window, its clipboard and its sheet; and the keys in the settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import QFontInfo, QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from sottovoce.domain.errors import KeyChangeRefused, PlacesUnusable, RecoveryCodeWrong, StoreFull
from sottovoce.domain.turns import Stage, StageChanged
from sottovoce.language import words
from sottovoce.ui.interface import Interface
from sottovoce.ui.keys_section import state_in_words
from sottovoce.ui.printing import JOB, print_sheet
from sottovoce.ui.texts import in_words
from tests.ui.fakes import CODE, KEYS, SHEET, FakeActions

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from sottovoce.ui.keys_section import KeysSection
    from sottovoce.ui.recovery_window import RecoveryWindow

GOOD = "correct horse battery"


@pytest.fixture
async def interface(qapp: QApplication, actions: FakeActions) -> AsyncIterator[Interface]:
    made = Interface(actions)
    yield made
    await made.close()


def window_of(interface: Interface) -> RecoveryWindow:
    assert interface.recovery is not None
    assert interface.recovery.isVisible()
    return interface.recovery


@pytest.fixture
def window(interface: Interface) -> RecoveryWindow:
    interface.show_recovery_code(CODE)
    return window_of(interface)


def button(window: QWidget, text: str) -> QPushButton:
    (found,) = (one for one in window.findChildren(QPushButton) if one.text().replace("&", "") == text)
    return found


# The code


async def test_the_code_stands_in_groups_large_and_monospaced(window: RecoveryWindow) -> None:
    assert window.code.text().split() == CODE.split()
    assert [len(line.split()) for line in window.code.text().splitlines()] == [4, 3]
    assert QFontInfo(window.code.font()).fixedPitch()
    assert window.code.font().pointSizeF() >= 1.5 * window.font().pointSizeF()


async def test_a_new_home_says_where_a_backup_of_another_computer_goes(interface: Interface) -> None:
    interface.show_recovery_code(CODE, new_home=True)
    window = window_of(interface)
    assert window.elsewhere.isVisible()
    assert "backup restore" in window.elsewhere.text()
    window.show_code(CODE)
    assert not window.elsewhere.isVisible(), "of a home that is used it would be wrong"


@pytest.mark.parametrize("typed", ["EFGH", " efgh ", "5678", CODE, CODE.replace(" ", "-").lower()])
async def test_it_counts_as_kept_only_when_a_group_of_it_is_typed(
    interface: Interface, window: RecoveryWindow, actions: FakeActions, typed: str
) -> None:
    for wrong in ("", "EFG", "ABCE", "no", "1234 ABCD"):
        window.group.setText(wrong)
        window.group.returnPressed.emit()
        assert not window.done_button.isEnabled()
    window.group.setText(typed)
    window.done_button.click()
    await interface.tasks.idle()
    assert actions.key_actions.calls == ["kept"]
    assert not window.isVisible()
    assert CODE not in repr(vars(window))
    assert not interface.menu.recovery.isVisible()


async def test_closing_it_notes_nothing_and_the_code_stays_to_be_had(
    interface: Interface, window: RecoveryWindow, actions: FakeActions
) -> None:
    window.close()
    await interface.tasks.idle()
    assert not window.isVisible()
    assert actions.key_actions.calls == []
    assert interface.menu.recovery.isVisible()
    interface.menu.recovery.trigger()
    assert window.isVisible()
    assert window.code.text().split() == CODE.split()
    window.close()
    interface.ask_new_recovery_code(1.0)  # from the settings: there is one to be had
    assert window.code.text().split() == CODE.split()
    assert not window.make.isVisible()


async def test_nothing_of_ours_covers_the_code(interface: Interface, window: RecoveryWindow) -> None:
    room = window.screen().availableGeometry()
    window.move(room.left(), room.bottom() - window.height() + 1)
    interface.hear(StageChanged(Stage.THINKING))
    assert interface.overlay.isVisible()
    code = QRect(window.code.mapToGlobal(QPoint(0, 0)), window.code.size())
    assert not interface.overlay.geometry().intersects(code)
    assert window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint


async def test_the_code_goes_with_the_application(interface: Interface, window: RecoveryWindow) -> None:
    await interface.close()
    assert window.code.text() == ""
    assert CODE not in repr(vars(window))


async def test_what_could_not_be_noted_is_told_and_the_code_stays(
    interface: Interface, window: RecoveryWindow, actions: FakeActions
) -> None:
    actions.key_actions.failure = StoreFull()
    window.group.setText(CODE.split()[0])
    window.done_button.click()
    await interface.tasks.idle()
    assert StoreFull().sentence in window.trouble.text()
    assert window.isVisible()
    assert window.code.text()


async def test_nothing_but_the_code_s_own_label_bears_it(
    window: RecoveryWindow, caplog: pytest.LogCaptureFixture
) -> None:
    seen = [window.windowTitle(), window.objectName(), caplog.text]
    for widget in window.findChildren(QWidget):
        seen += [widget.objectName(), widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
    assert not [text for text in seen if any(group in text for group in CODE.split())]


# Copying


async def test_the_copy_is_told_and_marked_as_a_secret(window: RecoveryWindow) -> None:
    button(window, "Copy").click()
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == CODE
    assert clipboard.mimeData().data("x-kde-passwordManagerHint").data() == b"secret"
    assert window.told.text() == words("recovery-copied", seconds=60)


async def test_after_a_minute_the_copy_is_gone(interface: Interface, window: RecoveryWindow) -> None:
    button(window, "Copy").click()
    clearing = interface.clipboard.clearing
    assert (clearing.isActive(), clearing.interval()) == (True, 60_000)
    clearing.timeout.emit()
    assert QGuiApplication.clipboard().text() == ""


async def test_what_was_copied_since_stays(interface: Interface, window: RecoveryWindow) -> None:
    button(window, "Copy").click()
    other = QMimeData()
    other.setText("something else")
    QGuiApplication.clipboard().setMimeData(other)
    interface.clipboard.clearing.timeout.emit()
    assert QGuiApplication.clipboard().text() == "something else"


async def test_the_copy_goes_with_the_application_but_not_with_the_window(
    interface: Interface, window: RecoveryWindow
) -> None:
    button(window, "Copy").click()
    window.close()
    assert QGuiApplication.clipboard().text() == CODE
    await interface.close()
    assert QGuiApplication.clipboard().text() == ""


# On paper


async def test_it_is_saved_where_the_user_says(
    interface: Interface, window: RecoveryWindow, actions: FakeActions, qtbot: QtBot
) -> None:
    button(window, "Save as PDF…").click()
    (dialog,) = window.findChildren(QFileDialog)
    assert dialog.isVisible()
    dialog.fileSelected.emit("/somewhere/sheet.pdf")
    dialog.close()
    await interface.tasks.idle()
    assert actions.key_actions.sheets == [(CODE, Path("/somewhere/sheet.pdf"))]
    assert window.told.text() == words("recovery-saved", file="sheet.pdf")


async def test_a_file_that_is_there_already_is_told_in_the_window(
    interface: Interface, window: RecoveryWindow, actions: FakeActions
) -> None:
    actions.key_actions.failure = PlacesUnusable("There is a file sheet.pdf already.", "Name another file.")
    window.save_to("/somewhere/sheet.pdf")
    await interface.tasks.idle()
    assert window.trouble.text() == "There is a file sheet.pdf already. Name another file."
    actions.key_actions.failure = None
    window.save_to("/somewhere/other.pdf")
    await interface.tasks.idle()
    assert window.trouble.isHidden()


async def test_the_printed_sheet_is_a_page_of_its_own(qapp: QApplication, actions: FakeActions, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sheet.pdf"))
    printer.setDocName(JOB)
    print_sheet(printer, SHEET.lines)
    printed = (tmp_path / "sheet.pdf").read_bytes()
    assert printed.startswith(b"%PDF")
    assert b"/Count 1" in printed


async def test_printing_asks_where_to_first(window: RecoveryWindow) -> None:
    button(window, "Print…").click()
    (dialog,) = window.findChildren(QPrintDialog)
    assert dialog.isVisible()
    assert dialog.printer().docName() == JOB
    dialog.reject()
    assert window.told.isHidden()


# The reminder, and a new code


async def test_the_reminder_takes_the_whole_code_or_waits(interface: Interface, actions: FakeActions) -> None:
    interface.ask_recovery_kept(1_700_000_000.0)
    window = window_of(interface)
    assert not window.code.isVisible()
    assert "2023" in window.reason.text()
    assert not window.have.isEnabled()
    actions.key_actions.failure = RecoveryCodeWrong()
    window.whole.setText(CODE)
    window.have.click()
    await interface.tasks.idle()
    assert RecoveryCodeWrong().sentence in window.trouble.text()
    actions.key_actions.failure = None
    window.whole.returnPressed.emit()
    await interface.tasks.idle()
    assert actions.key_actions.calls == [f"kept {CODE}"]
    assert CODE not in window.whole.text()
    assert not window.isVisible()
    interface.ask_recovery_kept(1_700_000_000.0)
    window.later.click()
    assert not window.isVisible()
    assert len(actions.key_actions.calls) == 1


async def test_a_new_code_is_made_only_after_the_question(interface: Interface, actions: FakeActions) -> None:
    section = await keys_of(interface)
    section.recovery.click()
    window = window_of(interface)
    assert actions.key_actions.calls == []
    assert "ends it" in window.reason.text()
    assert not window.have.isVisible()
    actions.key_actions.failure = StoreFull()
    window.make.click()
    await interface.tasks.idle()
    assert StoreFull().sentence in window.trouble.text()
    actions.key_actions.failure = None
    window.make.click()
    await interface.tasks.idle()
    assert window.code.text().split() == CODE.split()
    assert window.trouble.isHidden()


async def test_a_code_that_is_shown_is_not_covered_by_a_question(interface: Interface, window: RecoveryWindow) -> None:
    interface.ask_new_recovery_code(1_700_000_000.0)
    assert window.code.isVisible()


# The keys in the settings


async def keys_of(interface: Interface) -> KeysSection:
    interface.show_settings()
    assert interface.settings is not None
    interface.settings.turn_to(interface.settings.keys)
    await interface.tasks.idle()
    return interface.settings.keys


async def test_the_state_is_told_in_words(interface: Interface, actions: FakeActions) -> None:
    section = await keys_of(interface)
    assert section.state.text() == in_words(state_in_words(actions.key_actions.now))
    assert words("keys-keyring-found") in section.state.text()
    nothing = in_words(
        state_in_words(KEYS.but(keyring="no-keyring", recovery_code_made_at=None, passphrase_made_at=1_700_000_000.0))
    )
    assert words("keys-no-code") in nothing
    assert "Passphrase set: " in nothing


async def test_a_passphrase_is_set_changed_and_removed(interface: Interface, actions: FakeActions) -> None:
    section = await keys_of(interface)
    assert not section.remove.isVisible()
    assert not section.fields.isVisible()
    section.choose.click()
    section.new.first.setText(GOOD)
    assert not section.set_button.isEnabled()
    section.new.again.setText(GOOD)
    section.set_button.click()
    await interface.tasks.idle()
    assert actions.key_actions.passphrase == GOOD
    assert section.new.first.text() == ""
    assert not section.fields.isVisible()
    assert section.told.text() == words("keys-set-done")
    assert section.choose.text() == "Change &passphrase…"
    section.remove.click()
    await interface.tasks.idle()
    assert actions.key_actions.calls == ["passphrase", "remove"]
    assert section.told.text() == words("keys-removed")
    assert not section.remove.isVisible()


async def test_what_is_refused_is_told_in_the_section(interface: Interface, actions: FakeActions) -> None:
    actions.key_actions.now = KEYS.but(keyring="locked", recovery_code_made_at=None, passphrase_made_at=1_700_000_000.0)
    section = await keys_of(interface)
    actions.key_actions.failure = KeyChangeRefused()
    section.remove.click()
    await interface.tasks.idle()
    assert KeyChangeRefused().sentence in section.trouble.text()
    assert section.remove.isEnabled()


async def test_a_passphrase_that_was_not_set_is_asked_about_and_then_forgotten(interface: Interface) -> None:
    section = await keys_of(interface)
    section.choose.click()
    section.new.first.setText(GOOD)
    window = interface.settings
    assert window is not None
    window.close()
    assert window.question is not None
    assert "passphrase" in window.question.text.text()
    window.question.yes.click()
    assert not window.isVisible()
    await keys_of(interface)
    assert section.new.first.text() == ""
    assert not section.fields.isVisible()


async def test_a_recovery_window_that_closes_leaves_what_is_typed_in_the_settings(interface: Interface) -> None:
    section = await keys_of(interface)
    section.choose.click()
    section.new.first.setText(GOOD)
    interface.ask_new_recovery_code(1.0)
    window_of(interface).later.click()
    await interface.tasks.idle()
    assert section.new.first.text() == GOOD
    assert section.fields.isVisible()


async def test_a_backup_is_made_and_told(interface: Interface, actions: FakeActions) -> None:
    section = await keys_of(interface)
    assert section.backed_up.text() == words("keys-no-backup")
    section.backup.click()
    assert section.told.text() == words("keys-backing-up")
    assert not section.backup.isEnabled()
    await interface.tasks.idle()
    assert section.told.text() == words("keys-backed-up", file="backups/one")
    assert "2023" in section.backed_up.text()
    section.backup_file.click()
    (dialog,) = section.findChildren(QFileDialog)
    dialog.fileSelected.emit("/somewhere/else")
    dialog.close()
    await interface.tasks.idle()
    assert actions.key_actions.calls == ["backup None", "backup /somewhere/else"]


async def test_a_backup_that_could_not_be_made_is_told(interface: Interface, actions: FakeActions) -> None:
    section = await keys_of(interface)
    actions.key_actions.failure = StoreFull()
    section.backup.click()
    await interface.tasks.idle()
    assert StoreFull().sentence in section.trouble.text()
    assert section.told.isHidden()
    assert section.backup.isEnabled()
