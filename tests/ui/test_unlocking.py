"""A start that needs a secret: every way through the window, and no secret anywhere it should not be."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from sottovoce.domain.errors import (
    KeyMissing,
    KeyringLocked,
    KeyringMissing,
    KeyTrouble,
    PassphraseWrong,
    RecoveryCodeMistyped,
    RecoveryCodeWrong,
    StoreDamaged,
)
from sottovoce.domain.passphrases import MOST_ATTEMPTS
from sottovoce.language import words
from sottovoce.ui.unlocking import Unlocking
from tests.ui.fakes import CODE

if TYPE_CHECKING:
    from sottovoce.ui.unlock_window import UnlockWindow

RIGHT = "correct horse battery"

Attempt = Callable[[str | None], Awaitable[str]]


class Lock:
    """Opens as the store does: by the keyring, else the passphrase, or the recovery code."""

    def __init__(self, trouble: KeyTrouble, *, passphrase: str | None = RIGHT, code: str | None = CODE) -> None:
        self.trouble: KeyTrouble | None = trouble
        self.passphrase = passphrase
        self.code = code
        self.keyring_keeps = True
        self.typed: list[str | None] = []
        self.unlocking = Unlocking(lambda: self.code is not None)

    async def attempt(self, recovery_code: str | None) -> str:
        self.typed.append(recovery_code)
        if recovery_code is not None:
            return await self._recover(recovery_code)
        if self.trouble is None:
            return "keyring"
        if self.passphrase is None:
            raise self.trouble
        for number in range(1, MOST_ATTEMPTS + 1):
            given = await self.unlocking.ask_passphrase(self.trouble, number)
            if given is None:
                raise PassphraseWrong if number > 1 else self.trouble
            if given == self.passphrase:
                return "passphrase"
        raise PassphraseWrong

    async def create(self, recovery_code: str | None) -> str:
        given = await self.unlocking.new_passphrase(KeyringMissing())
        if given is None:
            raise KeyringMissing
        return f"made under {given}"

    async def _recover(self, typed: str) -> str:
        if "?" in typed:
            raise RecoveryCodeMistyped
        if typed != self.code:
            raise RecoveryCodeWrong
        if self.keyring_keeps:
            return "recovered"
        given = await self.unlocking.new_passphrase(KeyringLocked())
        if given is None:
            raise KeyringLocked
        return f"recovered under {given}"


class Desk:
    """A person before the window."""

    def __init__(self, lock: Lock, attempt: Attempt | None = None) -> None:
        self.lock = lock
        self.opening = asyncio.get_running_loop().create_task(lock.unlocking.opened(attempt or lock.attempt))

    async def window(self, page: str) -> UnlockWindow:
        """The window, once it asks on that page."""
        for _ in range(100):
            window = self.lock.unlocking.window
            if window.isVisible() and getattr(window, page).isVisible() and window.pages.isEnabled():
                return window
            assert not self.opening.done(), "it asks nothing any more"
            await asyncio.sleep(0)
        raise TimeoutError(page)

    def type(self, line: QLineEdit, text: str) -> None:
        """Type a line and Return."""
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)

    async def give(self, passphrase: str) -> None:
        window = await self.window("passphrase_page")
        self.type(window.line, passphrase)

    async def give_code(self, code: str) -> None:
        window = await self.window("code_page")
        self.type(window.code_line, code)


@pytest.fixture
async def sit(qapp: QApplication) -> AsyncIterator[Callable[..., Desk]]:
    desks: list[Desk] = []

    def make(lock: Lock, attempt: Attempt | None = None) -> Desk:
        desks.append(Desk(lock, attempt))
        return desks[-1]

    yield make
    for desk in desks:
        desk.opening.cancel()
        await asyncio.gather(desk.opening, return_exceptions=True)
    assert [widget for widget in qapp.topLevelWidgets() if widget.isVisible()] == []


async def test_nothing_is_shown_where_the_keyring_gives_the_key(sit: Callable[..., Desk], qapp: QApplication) -> None:
    lock = Lock(KeyringMissing())
    lock.trouble = None
    before = set(map(id, qapp.topLevelWidgets()))
    assert await sit(lock).opening == "keyring"
    assert set(map(id, qapp.topLevelWidgets())) <= before


async def test_the_right_passphrase_opens(sit: Callable[..., Desk]) -> None:
    desk = sit(Lock(KeyringMissing()))
    window = await desk.window("passphrase_page")
    assert words("unlock-keyring-missing") in window.reason.text()
    assert not window.ok.isEnabled()
    assert window.line.echoMode() is QLineEdit.EchoMode.Password
    desk.type(window.line, RIGHT)
    assert window.line.text() == ""
    assert not window.pages.isEnabled()
    assert window.wait.isVisible()
    assert await desk.opening == "passphrase"


async def test_a_wrong_passphrase_is_told_in_the_window_as_often_as_it_takes(sit: Callable[..., Desk]) -> None:
    desk = sit(Lock(KeyringLocked()))
    for number in range(2 * MOST_ATTEMPTS + 1):
        window = await desk.window("passphrase_page")
        assert window.trouble.text() == (words("unlock-wrong") if number else ""), number
        desk.type(window.line, "wrong")
    await desk.give(RIGHT)
    assert await desk.opening == "passphrase"


async def test_what_is_typed_can_be_shown(sit: Callable[..., Desk]) -> None:
    window = await sit(Lock(KeyringMissing())).window("passphrase_page")
    window.box.click()
    assert window.line.echoMode() is QLineEdit.EchoMode.Normal
    window.box.click()
    assert window.line.echoMode() is QLineEdit.EchoMode.Password


@pytest.mark.parametrize("how", ["button", "escape", "close"])
async def test_quitting_ends_the_start_with_the_keyring_s_own_trouble(sit: Callable[..., Desk], how: str) -> None:
    trouble = KeyringMissing()
    desk = sit(Lock(trouble))
    await desk.give("wrong")
    window = await desk.window("passphrase_page")
    if how == "button":
        window.quit.click()
    elif how == "escape":
        QTest.keyClick(window, Qt.Key.Key_Escape)
    else:
        window.close()
    with pytest.raises(KeyTrouble) as told:
        await desk.opening
    assert told.value.exit_code == 3


async def test_the_recovery_code_opens_after_mistakes_and_a_way_back(sit: Callable[..., Desk]) -> None:
    desk = sit(Lock(KeyringMissing()))
    window = await desk.window("passphrase_page")
    window.other.click()
    window = await desk.window("code_page")
    window.other.click()  # back
    window = await desk.window("passphrase_page")
    window.other.click()
    await desk.give_code("TES? 1234")
    window = await desk.window("code_page")
    assert RecoveryCodeMistyped().sentence in window.trouble.text()
    desk.type(window.code_line, "another")
    window = await desk.window("code_page")
    assert RecoveryCodeWrong().sentence in window.trouble.text()
    desk.type(window.code_line, CODE)
    assert await desk.opening == "recovered"


async def test_a_recovered_home_gets_a_passphrase_where_the_keyring_keeps_nothing(sit: Callable[..., Desk]) -> None:
    lock = Lock(KeyMissing(), passphrase=None)
    lock.keyring_keeps = False
    desk = sit(lock)
    await desk.give_code(CODE)
    window = await desk.window("new_page")
    assert window.new_reason.text() == words("unlock-after-code")
    desk.type(window.new.first, RIGHT)
    desk.type(window.new.again, RIGHT)
    assert await desk.opening == f"recovered under {RIGHT}"


async def test_without_a_passphrase_the_code_is_asked_for_and_the_keyring_again(sit: Callable[..., Desk]) -> None:
    lock = Lock(KeyringLocked(), passphrase=None)
    desk = sit(lock)
    window = await desk.window("code_page")
    assert words("unlock-keyring-locked") in window.code_reason.text()
    lock.trouble = None  # unlocked meanwhile
    window.other.click()
    assert await desk.opening == "keyring"
    assert lock.typed == [None, None]


async def test_where_nothing_could_be_typed_nothing_is_asked(sit: Callable[..., Desk]) -> None:
    with pytest.raises(KeyringLocked):
        await sit(Lock(KeyringLocked(), passphrase=None, code=None)).opening
    window = await sit(Lock(KeyringLocked(), code=None)).window("passphrase_page")
    assert not window.other.isVisible()


async def test_a_passphrase_for_a_new_home_is_typed_twice_by_the_rule(sit: Callable[..., Desk]) -> None:
    lock = Lock(KeyringMissing())
    desk = sit(lock, lock.create)
    window = await desk.window("new_page")
    assert window.new_reason.text() == f"{words('unlock-protect')} {words('unlock-elsewhere')}"
    assert window.new.hint.text() == words("unlock-advice", least=12)
    hints = []
    for text in ("short", "a" * 20, RIGHT):
        window.new.first.setText(text)
        hints.append(window.new.hint.text())
        assert not window.ok.isEnabled()
    assert hints == [
        "A passphrase needs at least 12 characters.",
        "A passphrase needs at least 5 different characters.",
        words("unlock-different"),
    ]
    window.new.again.setText(RIGHT)
    assert window.new.hint.text() == words("unlock-long-enough")
    assert window.ok.isEnabled()
    window.ok.click()
    assert window.new.first.text() == window.new.again.text() == ""
    assert await desk.opening == f"made under {RIGHT}"


async def test_who_wants_no_passphrase_gets_no_home(sit: Callable[..., Desk]) -> None:
    lock = Lock(KeyringMissing())
    desk = sit(lock, lock.create)
    (await desk.window("new_page")).quit.click()
    with pytest.raises(KeyringMissing):
        await desk.opening


async def test_other_trouble_passes_and_the_window_goes(sit: Callable[..., Desk]) -> None:
    lock = Lock(KeyringMissing())

    async def damaged(recovery_code: str | None) -> str:
        await lock.attempt(recovery_code)
        raise StoreDamaged

    desk = sit(lock, damaged)
    await desk.give(RIGHT)
    with pytest.raises(StoreDamaged):
        await desk.opening


async def test_it_can_be_ended_while_it_asks(sit: Callable[..., Desk]) -> None:
    desk = sit(Lock(KeyringMissing()))
    window = await desk.window("passphrase_page")
    desk.opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await desk.opening
    assert not window.isVisible()


async def test_everything_is_named_and_nothing_names_the_secret(
    sit: Callable[..., Desk], caplog: pytest.LogCaptureFixture
) -> None:
    desk = sit(Lock(KeyringMissing()))
    window = await desk.window("passphrase_page")
    window.line.setText("a secret")
    for line in window.findChildren(QLineEdit):
        assert line.accessibleName()
    seen = " ".join(
        part
        for widget in (window, *window.findChildren(QWidget))
        for part in (
            widget.objectName(),
            widget.windowTitle(),
            widget.accessibleName(),
            widget.accessibleDescription(),
            widget.toolTip(),
        )
    )
    assert "a secret" not in seen
    assert "a secret" not in caplog.text
    assert "a secret" not in repr(desk.lock.unlocking) + repr(window)
