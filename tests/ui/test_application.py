"""The tray application put together: real parts, a screen nobody sees, a key nobody can grab."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

import pytest

from sottovoce.adapters.local_socket import request
from sottovoce.adapters.settings_file import read_settings
from sottovoce.app import Application
from sottovoce.domain.errors import HotkeyUnsupported, SottovoceError, StillStarting, VoiceUnknown
from sottovoce.domain.settings import Settings
from sottovoce.home import open_home
from sottovoce.ui import loop

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from sottovoce.sound import TurnParts

pytestmark = pytest.mark.usefixtures("qapp")

SETTINGS = Settings(speak=False)


@pytest.fixture
def in_application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Runs a story with the application of a Wayland session, where no program can grab a key."""
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")

    def run(story: Callable[[Application], Awaitable[None]]) -> None:
        async def main(quitting: asyncio.Event) -> int:
            async with (
                open_home(tmp_path / "home", key=bytes(32), settings=SETTINGS) as home,
                contextlib.AsyncExitStack() as stack,
            ):
                application = Application(home, quitting)
                await application.open(stack, [])
                await story(application)
            return 0

        assert loop.run(main) == 0

    return run


def test_settings_are_saved_where_no_key_can_be_grabbed(in_application: Callable[..., None], tmp_path: Path) -> None:
    async def story(application: Application) -> None:
        await application.save_settings(replace(SETTINGS, volume=50))
        assert application.settings().volume == 50
        assert read_settings(tmp_path / "home" / "settings.toml").strict().volume == 50
        with pytest.raises(HotkeyUnsupported):
            await application.save_settings(replace(SETTINGS, hotkey="Ctrl+Alt+V", volume=20))
        assert application.settings().volume == 50

    in_application(story)


def test_what_another_user_asks_aloud_through_the_socket_stays_with_that_user(
    in_application: Callable[..., None], tmp_path: Path
) -> None:
    socket = tmp_path / "home" / "sottovoce.sock"

    async def story(application: Application) -> None:
        await application.save_settings(replace(SETTINGS, speak=True))
        await request(socket, "ask", {"text": "remember that i like tea", "user": "bob", "speak": True})
        answer = await request(socket, "ask", {"text": "what do i like", "speak": True})
        assert answer["reply"] == "You have not told me yet what you like."
        with pytest.raises(SottovoceError) as caught:
            await request(socket, "ask", {"text": "help", "user": 7})
        assert caught.value.code == "usage-wrong"

    in_application(story)


def test_a_voice_that_is_not_there_is_told_and_the_old_one_stays(in_application: Callable[..., None]) -> None:
    async def story(application: Application) -> None:
        await application.save_settings(replace(SETTINGS, speak=True))
        with pytest.raises(VoiceUnknown):
            await application.save_settings(replace(SETTINGS, speak=True, voice="no such voice"))
        assert application.settings().voice == ""

    in_application(story)


def test_what_is_asked_before_the_parts_are_open_is_told_not_lost(tmp_path: Path) -> None:
    async def main(quitting: asyncio.Event) -> int:
        async with open_home(tmp_path / "home", key=bytes(32), settings=SETTINGS) as home:
            application = Impatient(home, quitting)
            async with contextlib.AsyncExitStack() as stack:
                await application.open(stack, [])
            assert application.shown == ["Sottovoce is still starting."] * 2
        return 0

    assert loop.run(main) == 0


class Impatient(Application):
    """Somebody clicks while its parts are being opened."""

    shown: ClassVar[list[str]] = []

    async def _open_parts(self, settings: Settings) -> TurnParts:
        for click in (self.toggle, self.cancel):
            click()
            self.shown.append(self._interface.overlay.trouble.text())
        assert self.about().model == ""
        with pytest.raises(StillStarting):
            await self.save_settings(SETTINGS)
        return await super()._open_parts(settings)
