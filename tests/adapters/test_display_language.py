"""Windows and commands are shown in the language of the machine's own user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import Settings
from sottovoce.home import open_home
from sottovoce.language import display

if TYPE_CHECKING:
    from pathlib import Path


async def test_it_follows_the_context_of_that_user_alone(tmp_path: Path) -> None:
    shown: list[str] = []
    leave = display.follow(lambda: shown.append(display.shown_in().tag))
    try:
        async with open_home(tmp_path, bytes(32), settings=Settings(), policy=Policy()) as home:
            await home.memory.set_context("guest", language="de")
            assert display.shown_in().tag == "en"
            await home.ask("sprich deutsch")
            assert display.shown_in().tag == "de"
        display.show_in("en")
        async with open_home(tmp_path, bytes(32), settings=Settings(), policy=Policy()) as home:
            assert display.shown_in().tag == "de"
            assert (await home.ask("wie heißt du")).reply.startswith("Ich bin Sottovoce.")
        assert shown == ["de", "en", "de"]
    finally:
        leave()
