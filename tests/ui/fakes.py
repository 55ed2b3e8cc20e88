"""The application beneath the interface, as the tests need it."""

import asyncio

from sottovoce.domain.conversations import Found, Message, Role
from sottovoce.domain.errors import SottovoceError
from sottovoce.domain.settings import Settings
from sottovoce.ui.ports import About

ABOUT = About(
    version="1.2.3",
    licence="Apache-2.0",
    home="/home/me/.local/share/sottovoce",
    settings_file="/home/me/.config/sottovoce/settings.toml",
    logs="/home/me/.local/state/sottovoce/logs",
    model="starter-en",
)


def message(number: int, role: Role, content: str, *, at: float = 1_700_000_000.0, conversation: str = "c") -> Message:
    """A stored message; higher numbers are later."""
    return Message(
        id=f"{number:032x}", conversation_id=conversation, role=role, content=content, created_at=at + number
    )


class FakeActions:
    """Keeps what it was asked for, and answers from what the test put in."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.kept = Settings()
        self.messages: tuple[Message, ...] = ()
        self.found: tuple[Found, ...] = ()
        self.searched: list[str] = []
        self.limits: list[int] = []
        self.failure: Exception | None = None
        self.history_asked = asyncio.Event()
        self.search_asked = asyncio.Event()
        self.history_gate = asyncio.Event()
        """Clear it to keep the history from answering."""
        self.history_gate.set()

    def press(self) -> None:
        self.calls.append("press")

    def release(self) -> None:
        self.calls.append("release")

    def toggle(self) -> None:
        self.calls.append("toggle")

    def cancel(self) -> None:
        self.calls.append("cancel")

    def quit(self) -> None:
        self.calls.append("quit")

    def settings(self) -> Settings:
        return self.kept

    def about(self) -> About:
        return ABOUT

    async def save_settings(self, settings: Settings) -> None:
        self._fail()
        self.kept = settings

    async def history(self, limit: int) -> tuple[Message, ...]:
        self._fail()
        self.limits.append(limit)
        self.history_asked.set()
        await self.history_gate.wait()
        return self.messages[:limit]

    async def search(self, text: str, limit: int) -> tuple[Found, ...]:
        self._fail()
        self.searched.append(text)
        self.search_asked.set()
        return self.found[:limit]

    def _fail(self) -> None:
        if isinstance(self.failure, SottovoceError | ValueError):
            raise self.failure
