"""What the interface asks of the application beneath it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sottovoce.domain.conversations import Found, Message
    from sottovoce.domain.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the about window tells."""

    version: str
    licence: str
    home: str
    """Folder of the encrypted store."""
    settings_file: str
    logs: str
    model: str
    """Name of the speech model in use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyState:
    """Where the key of the database can come from; nothing secret."""

    keyring: str
    """found, missing, wrong, no-keyring, locked, silent or failed."""
    recovery_made: float | None
    """When the recovery code was made, seconds since 1970-01-01 UTC; None if there is none."""
    passphrase_made: float | None
    backed_up: float | None
    """When the newest of the application's own backups was made; None if there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One line of a sheet to print."""

    text: str
    size_pt: float
    bold: bool
    monospaced: bool


class KeyActions(Protocol):
    """What can be done about the key of the database, and its backups."""

    async def back_up(self, path: Path | None) -> Path:
        """Make an encrypted backup in a new file; returns where it is.

        Args:
            path: The file; None for the application's own folder of backups.

        Raises:
            SottovoceError: It could not be made; nothing of it is left.
        """

    async def state(self) -> KeyState:
        """Where the key is and what else opens the database.

        Raises:
            SottovoceError: It can't be told.
        """

    async def new_recovery_code(self) -> str:
        """Make a recovery code in place of the one before: 28 characters in groups of four, kept nowhere.

        Raises:
            SottovoceError: It could not be made; the code before still holds.
        """

    async def recovery_code_kept(self, typed: str = "") -> None:
        """Note that the user has the present recovery code: nobody asks after it any more.

        Args:
            typed: All of it, to be checked; "" if the user has just typed a group of the one that was shown.

        Raises:
            SottovoceError: It is another one, or it could not be noted.
        """

    async def save_recovery_sheet(self, code: str, path: Path) -> None:
        """Write the code as a PDF of one page, in a new file.

        Raises:
            SottovoceError: There is such a file already, or it can't be written.
        """

    def recovery_sheet(self, code: str) -> Sequence[SheetLine]:
        """The same sheet, for printing."""

    async def set_passphrase(self, passphrase: str) -> None:
        """Let a passphrase open the database where no keyring does, in place of the one before.

        Raises:
            SottovoceError: It is too weak, or could not be kept.
        """

    async def remove_passphrase(self) -> None:
        """Let no passphrase open the database any more.

        Raises:
            SottovoceError: There is none, or nothing else would open it.
        """


class Actions(Protocol):
    """Calls go down through here. The plain ones return at once and never raise."""

    def press(self) -> None:
        """Start listening, as the hotkey does."""

    def release(self) -> None:
        """Stop listening and answer."""

    def toggle(self) -> None:
        """Press, or release if it listens."""

    def cancel(self) -> None:
        """Drop the turn and be silent."""

    def quit(self) -> None:
        """End the application."""

    def settings(self) -> Settings:
        """The settings in force."""

    def locked(self) -> Mapping[str, str]:
        """Settings that the administrator's policy decides, by name, and what to tell about each."""

    def about(self) -> About:
        """What this program is and where it keeps its data."""

    def keys(self) -> KeyActions:
        """What can be done about the key of the database."""

    async def save_settings(self, settings: Settings) -> None:
        """Put new settings into force and on disk; on an error the old ones stay in force.

        Raises:
            SottovoceError: With a sentence to show: a hotkey that is taken, a file that can't be written.
        """

    async def history(
        self,
        limit: int,
        *,
        older_than: str | None = None,
        newer_than: str | None = None,
        conversation: str | None = None,
    ) -> tuple[Message, ...]:
        """A page of the history, newest first (`memory.ports.StoreReader.page`).

        Raises:
            SottovoceError: The store can't be read.
        """

    async def search(self, text: str, limit: int) -> tuple[Found, ...]:
        """Messages that match, newest first, at most `limit`.

        Raises:
            SottovoceError: The store can't be read.
        """

    async def answer_unfinished(self) -> None:
        """Answer the newest question that a crash left without an answer, aloud; then offer the one before it.

        Raises:
            SottovoceError: There is none any more, or the store can't be read.
        """

    async def dismiss_unfinished(self) -> None:
        """Leave the newest such question without an answer for good; then offer the one before it.

        Raises:
            SottovoceError: There is none any more, or the store can't be read or written.
        """
