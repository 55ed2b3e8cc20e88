"""The page of the key to talk: recorded by being pressed, proved by being tried, all of it by the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from sottovoce.domain.errors import HotkeyTaken, HotkeyUnsupported
from sottovoce.domain.hotkeys import Edge, GivenKeys
from sottovoce.domain.settings import Settings
from sottovoce.ui.mnemonics import give_letters, letter_of
from sottovoce.ui.talk_key_page import TalkKeyPage
from sottovoce.ui.tasks import Tasks
from tests.ui.fakes import FakeTalkKey
from tests.ui.windows import texts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

CTRL, ALT, SHIFT, META = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.MetaModifier,
)


class Shown:
    """The page, what is beneath it, and what was said of it."""

    def __init__(self) -> None:
        self.key = FakeTalkKey()
        self.tasks = Tasks(lambda error: pytest.fail(str(error)))
        self.page = TalkKeyPage(self.key, self.tasks)
        self.said: list[str] = []
        self.page.recorder.announcer.said.connect(self.said.append)
        self.changes = 0
        self.page.changed.connect(self._count)
        self.page.fill(Settings())
        self.page.show()

    def _count(self) -> None:
        self.changes += 1

    async def edges(self, *edges: Edge) -> None:
        await self.tasks.idle()
        for edge in edges:
            self.key.edge(edge)

    def press(self, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in held:
            modifiers |= one
        QTest.keyClick(self.page.recorder.button, key, modifiers)

    def modifier(self, kind: QEvent.Type, key: Qt.Key, keysym: int, held: Qt.KeyboardModifier) -> None:
        event = QKeyEvent(kind, key, held, 0, keysym, 0)
        QApplication.sendEvent(self.page.recorder.button, event)


@pytest.fixture
async def shown(qapp: QApplication) -> AsyncIterator[Shown]:
    made = Shown()
    yield made
    made.page.close()
    await made.tasks.close()
    made.page.deleteLater()


async def test_a_combination_is_recorded_by_pressing_it_and_tried_at_once(shown: Shown) -> None:
    page = shown.page
    page.recorder.button.setFocus()
    QTest.keyClick(page.recorder.button, Qt.Key.Key_Space)  # as from the keyboard
    assert page.recorder.recording
    shown.press(Qt.Key.Key_F9, META, SHIFT)
    assert page.values()["hotkey"] == "Shift+Super+F9"
    assert page.recorder.shown.text() == "Shift+Super+F9"
    await shown.edges(Edge.PRESS)
    assert shown.key.calls == ["try Shift+Super+F9"]
    assert "pressed" in shown.said
    assert not page.lights[Edge.RELEASE].font().bold()
    await shown.edges(Edge.REPEAT, Edge.REPEAT, Edge.RELEASE)
    assert all("seen" in light.text() and "not" not in light.text() for light in page.lights.values())
    assert "let go" in shown.said
    assert shown.changes == 1


@pytest.mark.parametrize(
    ("key", "held", "name"),
    [
        (Qt.Key.Key_Space, (CTRL, ALT), "Ctrl+Alt+Space"),
        (Qt.Key.Key_Exclam, (CTRL, SHIFT), "Ctrl+Shift+1"),
        (Qt.Key.Key_Plus, (CTRL,), "Ctrl+Plus"),
        (Qt.Key.Key_Pause, (), "Pause"),
        (Qt.Key.Key_MicMute, (), "XF86AudioMicMute"),
        (Qt.Key.Key_Tab, (ALT,), "Alt+Tab"),
        (Qt.Key.Key_F35, (), "F35"),
        (Qt.Key(0x0424), (CTRL, ALT), "Ctrl+Alt+Ф"),
    ],
)
async def test_any_key_can_be_recorded(
    shown: Shown, key: Qt.Key, held: tuple[Qt.KeyboardModifier, ...], name: str
) -> None:
    shown.page.recorder.record()
    event = QKeyEvent(QEvent.Type.KeyPress, key, _all(held))
    QApplication.sendEvent(shown.page.recorder.button, event)
    assert shown.page.values()["hotkey"] == name


def _all(held: tuple[Qt.KeyboardModifier, ...]) -> Qt.KeyboardModifier:
    modifiers = Qt.KeyboardModifier.NoModifier
    for one in held:
        modifiers |= one
    return modifiers


async def test_a_modifier_at_the_right_can_be_the_key_itself(shown: Shown) -> None:
    recorder = shown.page.recorder
    recorder.record()
    shown.modifier(QEvent.Type.KeyPress, Qt.Key.Key_Control, 0xFFE4, CTRL)
    assert recorder.shown.text() == "Ctrl+…"
    shown.modifier(QEvent.Type.KeyRelease, Qt.Key.Key_Control, 0xFFE4, Qt.KeyboardModifier.NoModifier)
    assert recorder.key() == "RightCtrl"
    recorder.record()
    shown.modifier(QEvent.Type.KeyPress, Qt.Key.Key_Control, 0xFFE3, CTRL)  # the left one is for typing
    shown.modifier(QEvent.Type.KeyRelease, Qt.Key.Key_Control, 0xFFE3, Qt.KeyboardModifier.NoModifier)
    assert recorder.recording


async def test_what_nobody_could_type_with_any_more_is_refused_in_words(shown: Shown) -> None:
    shown.page.recorder.record()
    shown.press(Qt.Key.Key_A)
    assert "lost for typing" in shown.page.mistake.text()
    assert shown.page.recorder.recording
    shown.press(Qt.Key.Key_Escape)
    assert not shown.page.recorder.recording
    assert shown.page.values()["hotkey"] == "Ctrl+Alt+Space"


async def test_no_key_is_a_choice_and_what_opens_the_microphone_then_is_told(shown: Shown) -> None:
    QTest.keyClick(shown.page.recorder.none, Qt.Key.Key_Space)
    assert shown.page.values()["hotkey"] == ""
    assert "sottovoce toggle" in shown.page.how.text()
    assert shown.page.mistake.text() == ""


async def test_who_has_a_taken_key_is_told_and_announced(shown: Shown) -> None:
    shown.key.failure = HotkeyTaken()
    shown.page.recorder.record()
    shown.press(Qt.Key.Key_F9, META)
    await shown.tasks.idle()
    assert HotkeyTaken().sentence in shown.page.mistake.text()
    assert HotkeyTaken().sentence in shown.said


async def test_what_the_desktop_is_to_bind_is_copied_with_one_click_and_then_seen(shown: Shown) -> None:
    page, lines = shown.page, "bind this\nand that"
    assert page.copy_button.isHidden()
    shown.key.failure = HotkeyUnsupported(lines=lines)
    page.try_button.click()
    await shown.tasks.idle()
    assert not page.copy_button.isHidden()
    page.copy_button.click()
    assert QApplication.clipboard().text() == lines
    assert (page.copy_button.text(), shown.said[-1]) == ("Copied", "Copied.")
    await shown.edges(Edge.PRESS, Edge.RELEASE)  # by the commands that are bound now
    assert page.proof.modes == ("hold", "toggle")
    page.tell(HotkeyTaken())
    assert page.copy_button.isHidden()
    page.tell(HotkeyUnsupported(lines=lines))
    page.try_button.click()  # it ends
    page.try_button.click()
    assert page.copy_button.isHidden()


@pytest.mark.parametrize(
    ("made", "told", "cancel", "how"),
    [
        (None, "", "", "Hold Ctrl+Alt+Space"),
        (GivenKeys(talk="Ctrl+Alt+Space", cancel="F12"), "", "Here it is F12", "Hold Ctrl+Alt+Space"),
        (GivenKeys(talk="Super+F9", cancel=""), "made it Super+F9", "none at first", "Hold Super+F9"),
        (GivenKeys(talk="", cancel=""), "does not say which key", "none at first", "Hold Ctrl+Alt+Space"),
    ],
)
async def test_what_the_desktop_has_made_of_the_keys_is_told(
    shown: Shown, made: GivenKeys | None, told: str, cancel: str, how: str
) -> None:
    page = shown.page
    shown.key.made = made
    page.follow()
    assert how in page.how.text()
    for label, words in ((page.given, told), (page.cancel_given, cancel)):
        assert words in label.text()
        assert label.isHidden() is not bool(words)


async def test_holding_is_not_offered_where_no_release_is_seen(shown: Shown) -> None:
    shown.key.reports_release = False
    shown.page.fill(Settings())
    assert not shown.page.hold.isEnabled()
    assert shown.page.toggle.isChecked()
    assert shown.page.values()["hotkey_mode"] == "hold"  # nothing was chosen and nothing proved yet
    shown.page.try_button.click()
    await shown.edges(Edge.PRESS)
    assert not shown.page.hold.isEnabled()
    assert shown.page.values()["hotkey_mode"] == "toggle"
    await shown.edges(Edge.RELEASE)
    assert shown.page.hold.isEnabled()
    assert shown.page.values()["hotkey_mode"] == "hold"


async def test_a_release_that_never_comes_takes_holding_away(shown: Shown) -> None:
    shown.page.try_button.click()
    await shown.edges(Edge.PRESS)
    assert shown.page.hold.isEnabled()
    shown.page._waited.stop()  # noqa: SLF001 - as after its time
    shown.page._show()  # noqa: SLF001 - what it does then
    assert not shown.page.hold.isEnabled()
    assert shown.page.values()["hotkey_mode"] == "toggle"


async def test_the_trial_ends_when_nobody_looks_any_more(shown: Shown) -> None:
    shown.page.try_button.click()
    await shown.tasks.idle()
    shown.page.hide()
    await shown.tasks.idle()
    assert shown.key.calls == ["try Ctrl+Alt+Space", "end"]
    shown.page.recorder.record()
    shown.page.recorder.hide()
    assert not shown.page.recorder.recording


async def test_what_was_put_in_comes_out_again(shown: Shown) -> None:
    settings = Settings(hotkey="Pause", hotkey_mode="toggle", hands_free=False, cancel_key="F8")
    shown.page.fill(settings)
    assert Settings(**shown.page.values()) == settings
    assert shown.changes == 0
    shown.page.hold.click()
    assert shown.page.values()["hotkey_mode"] == "hold"
    assert shown.changes == 1


async def test_everything_is_reached_by_the_keyboard_and_has_a_name(shown: Shown) -> None:
    give_letters(shown.page)
    letters = [letter_of(text) for text, _ in texts(shown.page)]
    assert "" not in letters
    assert len(set(letters)) == len(letters)
    for button in shown.page.findChildren(QPushButton):
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert button.accessibleName() or button.text()
