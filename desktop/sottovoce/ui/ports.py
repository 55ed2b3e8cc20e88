"""What the interface asks of the application beneath it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
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

    def about(self) -> About:
        """What this program is and where it keeps its data."""

    async def save_settings(self, settings: Settings) -> None:
        """Put new settings into force and on disk; on an error the old ones stay in force.

        Raises:
            SottovoceError: With a sentence to show: a hotkey that is taken, a file that can't be written.
        """

    async def history(self, limit: int) -> tuple[Message, ...]:
        """The newest messages, newest first, at most `limit`.

        Raises:
            SottovoceError: The store can't be read.
        """

    async def search(self, text: str, limit: int) -> tuple[Found, ...]:
        """Messages that match, newest first, at most `limit`.

        Raises:
            SottovoceError: The store can't be read.
        """
