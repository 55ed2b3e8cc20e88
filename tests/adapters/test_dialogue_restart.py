"""A talk goes on where it was when the program has been ended in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sottovoce import open_home

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(range(32))


@pytest.mark.parametrize(
    "talk",
    [
        [("set a timer", "For how long?"), ("ten minutes", "10 minutes"), ("make it twenty", "20 minutes")],
        [("what time is it in tokyo", "Tokyo"), ("and in london", "London"), ("say that again", "London")],
        [("add milk to the shopping list", "milk"), ("clear the shopping list", "?"), ("no", "not done it.")],
        [("set a timer for ten minutes", "10 minutes"), ("cancel it", "ancelled")],
    ],
    ids=lambda talk: " / ".join(said for said, _ in talk),
)
async def test_each_turn_in_a_home_that_was_opened_anew(tmp_path: Path, talk: list[tuple[str, str]]) -> None:
    for said, answer in talk:
        async with open_home(tmp_path, KEY, maintain=False) as home:
            assert answer in (await home.ask(said)).reply, said


async def test_a_consent_lasts_and_is_seen_in_the_context(tmp_path: Path) -> None:
    async with open_home(tmp_path, KEY, maintain=False) as home:
        await home.memory.set_context("me", allowed=("open",))
    async with open_home(tmp_path, KEY, maintain=False) as home:
        assert (await home.memory.get_user_context("me")).to_json()["allowed"] == ["open"]
        assert (await home.ask("ask me first")).intent == "dialogue.ask_first"
    async with open_home(tmp_path, KEY, maintain=False) as home:
        assert (await home.memory.get_user_context("me")).allowed == ()
