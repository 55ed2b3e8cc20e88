"""Every user is answered in the language of his context, which he can change by asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.turns import Source
from tests.unit.parts import DECLINED, Typed, declined

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sottovoce.domain.contexts import UserContext


@pytest.fixture
async def talk() -> AsyncIterator[Typed]:
    async with Typed() as typed:
        yield typed


async def test_a_language_is_asked_for_in_either(talk: Typed) -> None:
    assert await talk.reply("speak german") == "Okay, ich spreche ab jetzt Deutsch."
    assert await talk.reply("wie spät ist es") == "Es ist 15:05 Uhr."
    assert (await talk.reply("what time is it")).startswith(declined("de"))
    answer = await talk.ask("speak english")  # whoever can't go back in German
    assert (answer.reply, answer.intent) == ("Okay, I speak English from now on.", "language.en")
    assert await talk.reply("sprich deutsch") == "Okay, ich spreche ab jetzt Deutsch."
    assert await talk.reply("sprich wieder englisch") == "Okay, I speak English from now on."


async def test_each_user_speaks_his_own(talk: Typed) -> None:
    await talk.memory.set_context("anna", language="de-AT")
    assert await talk.reply("danke", "anna") == "Gern geschehen."
    assert await talk.reply("thanks", "ben") == "You're welcome."
    assert await talk.reply("sprich deutsch", "anna") == "Okay, ich spreche ab jetzt Deutsch."
    assert (await talk.memory.get_user_context("anna")).language == "de-AT"


async def test_a_language_that_nobody_speaks_here_is_told_once(talk: Typed) -> None:
    await talk.memory.set_context("me", language="fr")
    assert await talk.reply("what time is it") == "I don't speak French yet, so I answer in English. It is 3:05 PM."
    assert await talk.reply("what time is it") == "It is 3:05 PM."
    await talk.memory.set_context("me", language="tlh")
    answer = await talk.ask("why is the sky blue")
    assert answer.source is Source.FALLBACK
    note = "I don't speak tlh yet, so I answer in English. "
    assert answer.reply.removeprefix(note).startswith(DECLINED)
    assert answer.reply.startswith(note)


async def test_a_fact_is_asked_for_in_german_and_what_follows_is_it(talk: Typed) -> None:
    await talk.memory.set_context("me", language="de")
    assert await talk.reply("merk dir") == "Was soll ich mir merken?"
    assert await talk.reply("die katze schläft gern") == "Ich merke mir: Die katze schläft gern."
    assert await talk.reply("merk dir dass ich vegetarier bin") == "Ich merke mir: Du bist vegetarier."
    assert await talk.reply("vergiss dass ich vegetarier bin") == (
        "Das habe ich vergessen: Du bist vegetarier. Deine Worte stehen noch im Verlauf."
    )


async def test_snapshots_are_told_when_they_are_read_and_when_they_change(talk: Typed) -> None:
    told: list[UserContext] = []
    talk.memory.announce_contexts_to(told.append)
    await talk.memory.get_user_context("me")
    await talk.memory.get_user_context("me")
    await talk.memory.set_context("me", language="de")
    assert [one.language for one in told] == ["en", "de"]
