"""Recognisers are made beside the loop, once, before a sentence needs them."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import threading
from typing import TYPE_CHECKING, cast

import pytest

from sottovoce.adapters.recognizer_maker import RecognizerMaker
from sottovoce.home import open_home
from sottovoce.language.templates import read_templates

if TYPE_CHECKING:
    from pathlib import Path

    from sottovoce.agent.intents.intents import IntentRecognizer
    from sottovoce.language.templates import Templates

HANGS_S = 60


class FakeRecognizer:
    """Notes on which thread it is completed."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.beside: list[bool] = []
        self.completed = asyncio.Event()
        self._loop = loop

    def complete(self) -> None:
        self.beside.append(threading.current_thread() is not threading.main_thread())
        self._loop.call_soon_threadsafe(self.completed.set)


class Making:
    """Gives a recogniser for each tag, and notes on which thread it was made."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.made: dict[str, FakeRecognizer] = {}
        self.beside: list[bool] = []

    def __call__(self, tag: str) -> IntentRecognizer:
        if tag not in self.made:
            self.made[tag] = FakeRecognizer(self.loop)
            self.beside.append(threading.current_thread() is not threading.main_thread())
        return cast("IntentRecognizer", self.made[tag])


async def _completed(recognizer: FakeRecognizer) -> None:
    async with asyncio.timeout(HANGS_S):
        await recognizer.completed.wait()


async def test_a_language_is_made_once_beside_the_loop() -> None:
    making = Making()
    async with contextlib.aclosing(_Closing(making)) as closing:
        await closing.maker.make("en")
        await closing.maker.make("en")
        assert making.beside == [True]
        assert making.made["en"].beside == []  # who asks one thing and goes has no use for the rest


async def test_who_stays_has_the_rest_made_as_well_of_other_languages_too() -> None:
    making = Making()
    async with contextlib.aclosing(_Closing(making)) as closing:
        await closing.maker.complete("en")
        await _completed(making.made["en"])
        await closing.maker.make("de")
        await _completed(making.made["de"])
        await closing.maker.complete("en")
    assert [one.beside for one in making.made.values()] == [[True], [True]]


async def test_what_is_closed_makes_nothing_more() -> None:
    making = Making()
    maker = RecognizerMaker(making)
    await maker.complete("en")
    await maker.close()
    await maker.close()
    assert making.made["en"].beside == [True]  # it was queued
    with pytest.raises(RuntimeError):
        await maker.make("de")


class _Closing:
    """A maker that is closed at the end."""

    def __init__(self, making: Making) -> None:
        self.maker = RecognizerMaker(making)

    async def aclose(self) -> None:
        await self.maker.close()


async def test_no_question_reads_templates_on_the_loop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the first one, nor one of who changes the language."""
    read: list[tuple[str, bool]] = []

    def reading(folder: Path) -> Templates:
        read.append((folder.parent.name, threading.current_thread() is not threading.main_thread()))
        return read_templates(folder)

    monkeypatch.setattr("sottovoce.agent.intents.recognizers.read_templates", reading)
    monkeypatch.setattr("sottovoce.home.opening.is_word", lambda _: True)  # with it, none was made before
    async with open_home(tmp_path / "home", key=secrets.token_bytes(32), maintain=False) as home:
        assert (await home.ask("what time is it")).intent == "clock.time"
        assert (await home.ask("speak german")).intent == "language.de"
        assert (await home.ask("wie spät ist es")).intent == "clock.time"
        assert (await home.ask("speak english")).intent == "language.en"
    assert ("en", True) in read
    assert all(beside for _, beside in read)
