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
    from collections.abc import Iterator
    from pathlib import Path

    from sottovoce.agent.intents.intents import IntentRecognizer
    from sottovoce.language.templates import Templates

HANGS_S = 60


class FakeRecognizer:
    """Is completed in pieces, at each of which it waits until it is let on."""

    def __init__(self, loop: asyncio.AbstractEventLoop, pieces: int = 2) -> None:
        self.on_thread: list[bool] = []
        self.let_on = threading.Semaphore(0)
        self.completed = asyncio.Event()
        self._loop = loop
        self._pieces = pieces

    def completing(self) -> Iterator[None]:
        for _ in range(self._pieces):
            assert self.let_on.acquire(timeout=HANGS_S)
            self.on_thread.append(threading.current_thread() is not threading.main_thread())
            yield
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
        assert making.made["en"].on_thread == []  # who asks one thing and goes has no use for the rest


async def test_who_stays_has_the_rest_made_as_well_of_other_languages_too() -> None:
    making = Making()
    async with contextlib.aclosing(_Closing(making)) as closing:
        await closing.maker.complete("en")
        making.made["en"].let_on.release(2)
        await _completed(making.made["en"])
        await closing.maker.make("de")
        making.made["de"].let_on.release(2)
        await _completed(making.made["de"])
        await closing.maker.complete("en")
    assert [one.on_thread for one in making.made.values()] == [[True, True], [True, True]]


async def test_what_is_closed_leaves_the_rest_unmade() -> None:
    making = Making()
    maker = RecognizerMaker(making)
    await maker.complete("en")
    closing = asyncio.ensure_future(maker.close())
    await asyncio.sleep(0)
    making.made["en"].let_on.release(2)
    await closing
    await maker.close()
    assert not making.made["en"].completed.is_set()
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

    monkeypatch.setattr("sottovoce.agent.intents.intents.read_templates", reading)
    monkeypatch.setattr("sottovoce.home.opening.is_word", lambda _: True)  # with it, none was made before
    async with open_home(tmp_path / "home", key=secrets.token_bytes(32), maintain=False) as home:
        assert (await home.ask("what time is it")).intent == "clock.time"
        assert (await home.ask("speak german")).intent == "language.de"
        assert (await home.ask("wie spät ist es")).intent == "clock.time"
        assert (await home.ask("speak english")).intent == "language.en"
    assert ("en", True) in read
    assert all(beside for _, beside in read)
