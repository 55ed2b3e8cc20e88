"""A start that asks for what the keyring does not give, until the store is open or the user has had enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sottovoce.domain.errors import (
    KeyMissing,
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    KeyringSilent,
    KeyTrouble,
    KeyWrong,
    PassphraseWrong,
    RecoveryCodeMistyped,
    RecoveryCodeWrong,
)
from sottovoce.domain.said import said
from sottovoce.ui.fitting import bring_up
from sottovoce.ui.texts import Half
from sottovoce.ui.wishes import InsteadOfSecret, SecretGiven

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sottovoce.domain.said import Said
    from sottovoce.ui.texts import Text
    from sottovoce.ui.unlock_window import UnlockWindow

T = TypeVar("T")

CODE_WRONG = (RecoveryCodeMistyped, RecoveryCodeWrong)
REASONS: dict[type[KeyTrouble], Said] = {
    KeyMissing: said("unlock-key-missing"),
    KeyWrong: said("unlock-key-wrong"),
    KeyringFailed: said("unlock-keyring-failed"),
    KeyringLocked: said("unlock-keyring-locked"),
    KeyringMissing: said("unlock-keyring-missing"),
    KeyringSilent: said("unlock-keyring-silent"),
}
TYPE = said("unlock-type")
LOST = said("unlock-lost")


class Unlocking:
    """The `Asker` of the tray application, and the tries around it. The window is made when it is first needed."""

    def __init__(self, has_code: Callable[[], bool]) -> None:
        """Take who knows whether the database has a recovery code."""
        self._has_code = has_code
        self._window: UnlockWindow | None = None
        self._wish: InsteadOfSecret | None = None
        self._with_code = False
        self._wrong = False
        self.asked = False
        """Whether the user was asked for anything."""

    @property
    def asking(self) -> bool:
        """Whether the window is shown."""
        return self._window is not None and self._window.isVisible()

    def bring_up(self) -> None:
        """Bring the window to the front, if something is asked."""
        if self._window is not None and self.asking:
            bring_up(self._window)

    @property
    def window(self) -> UnlockWindow:
        """The window, while something is asked."""
        if self._window is None:
            from sottovoce.ui.unlock_window import UnlockWindow  # noqa: PLC0415 - hardly ever needed

            self._window = UnlockWindow()
        self.asked = True
        return self._window

    async def opened(self, attempt: Callable[[str | None], Awaitable[T]]) -> T:
        """Call `attempt`, with a recovery code if the user wants to use one, until it succeeds.

        Raises:
            KeyTrouble: The user has quit, or nothing that could be typed helps.
            SottovoceError: Anything else that `attempt` raises.
        """
        first: KeyTrouble | None = None
        code: str | None = None
        try:
            while True:
                self._wish, self._with_code = None, code is not None
                try:
                    return await attempt(code)
                except KeyTrouble as error:
                    first = first or error
                    answer = await self._next(error, first)
                if answer is InsteadOfSecret.QUIT:
                    raise first
                code = answer if isinstance(answer, str) else None
        finally:
            self._close()

    async def _next(self, error: KeyTrouble, first: KeyTrouble) -> SecretGiven:
        """What to try after the error: `QUIT`, `BACK` for the same again, or a recovery code."""
        if self._wish is InsteadOfSecret.QUIT:
            return InsteadOfSecret.QUIT
        if self._wish is InsteadOfSecret.CODE:
            return await self.window.code(LOST, "", back=said("window-back"))
        if isinstance(error, PassphraseWrong):
            self._wrong = True
            return InsteadOfSecret.BACK
        if isinstance(error, CODE_WRONG):
            return await self.window.code(LOST, error, back=said("window-back"))
        if isinstance(error, tuple(REASONS)) and self._has_code():
            return await self.window.code((_reason(first), LOST), "", back=said("unlock-try-again"))
        return InsteadOfSecret.QUIT

    async def ask_passphrase(self, reason: KeyTrouble, attempt: int) -> str | None:
        """See `memory.ports.Asker`."""
        wrong, self._wrong = self._wrong or attempt > 1, False
        why = (_reason(reason), TYPE)
        return self._said(await self.window.passphrase(why, wrong=wrong, with_code=self._has_code()))

    async def new_passphrase(self, reason: KeyTrouble) -> str | None:  # noqa: ARG002 - the window says it at more length
        """See `memory.ports.Asker`."""
        return self._said(await self.window.new_passphrase(recovered=self._with_code))

    def _said(self, answer: SecretGiven) -> str | None:
        if isinstance(answer, str):
            return answer
        self._wish = answer
        return None

    def _close(self) -> None:
        if self._window is not None:
            self._window.hide()
            self._window.deleteLater()
            self._window = None


def _reason(trouble: KeyTrouble) -> Text:
    return next((text for kind, text in REASONS.items() if isinstance(trouble, kind)), Half(trouble))
