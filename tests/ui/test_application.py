"""The tray application put together: real parts, a screen nobody sees, a key nobody can grab."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.settings_file import read_settings
from sottovoce.app import Application
from sottovoce.domain.errors import HotkeyUnsupported
from sottovoce.domain.settings import Settings
from sottovoce.home import open_home
from sottovoce.ui import loop

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable
    from pathlib import Path

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
