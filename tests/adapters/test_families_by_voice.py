"""Every family of tools by voice: said by two voices, heard by the model that ships, served, and answered in words."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sottovoce.adapters.recognition.vosk import VoskRecognizer
from sottovoce.adapters.synthesis import synthesise
from sottovoce.domain.audio import SAMPLE_RATE_HZ
from sottovoce.resources import starter_model
from sottovoce.talk.spoken_text import SpokenText
from tests.language.tried import home

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

VOICES = ("en-us", "en-gb")
OF_WORDS = re.compile(r"[^\W\d_]['’.]?(?:[^\W\d_]|['’ ,.?!;:\-–])*")
"""What a voice can say: no digit, no sign, no markup."""
FRAME, LOUD = 320, 500
"""Samples of 20 ms, and how far they swing where somebody speaks."""
SHORTEST_S = 0.08
"""Of a word."""
TALKS: dict[str, tuple[tuple[str, str] | tuple[str, str, dict[str, str]], ...]] = {
    "timer": (
        ("set a timer for ten minutes", "timer.set", {"duration": "ten minutes"}),
        ("how much time is left", "timer.left"),
        ("add five minutes to the timer", "timer.extend", {"duration": "five minutes"}),
        ("cancel the timer", "timer.cancel"),
    ),
    "alarm": (
        ("wake me up at seven", "alarm.set", {"when": "seven"}),
        ("what alarms do i have", "alarm.list"),
        ("cancel my alarm", "alarm.cancel"),
    ),
    "reminder": (
        (
            "remind me tomorrow at nine to call the dentist",
            "reminder.set",
            {"when": "tomorrow at nine", "what": "call the dentist"},
        ),
        ("what are my reminders", "reminder.list"),
    ),
    "stopwatch": (("start the stopwatch", "stopwatch.start"), ("stop the stopwatch", "stopwatch.stop")),
    "list": (
        ("add milk and bread to my shopping list", "list.add", {"things": "milk and bread", "list": "shopping"}),
        ("what's on my shopping list", "list.read", {"list": "shopping"}),
        ("remove milk from my shopping list", "list.remove", {"things": "milk", "list": "shopping"}),
        ("create a packing list", "list.create", {"list": "packing"}),
    ),
    "note": (
        ("make a note that the boiler is old", "note.add", {"text": "the boiler is old"}),
        ("what did i note about the boiler", "note.find", {"topic": "the boiler"}),
        ("read my notes", "note.read"),
    ),
    "calendar": (
        ("add lunch with anna tomorrow at one", "calendar.add", {"engagement": "lunch with anna tomorrow at one"}),
        ("what do i have tomorrow", "calendar.agenda", {"period": "tomorrow"}),
        ("am i free on friday at three", "calendar.is_free", {"moment": "friday at three"}),
    ),
    "math": (
        ("what is twelve times seven", "math.calculate", {"calculation": "twelve times seven"}),
        ("what is fifteen percent of eighty", "math.calculate", {"calculation": "fifteen percent of eighty"}),
        ("is seventeen a prime number", "math.prime", {"number": "seventeen"}),
    ),
    "unit": (
        ("how many miles is ten kilometers", "unit.convert", {"unit": "miles", "quantity": "ten kilometers"}),
        ("convert five pounds to kilograms", "unit.convert", {"quantity": "five pounds", "unit": "kilograms"}),
    ),
    "date": (
        ("what day is it today", "clock.day"),
        ("how many days until christmas", "date.until", {"unit": "days", "moment": "christmas"}),
        ("what day is the third of march", "date.weekday", {"moment": "third of march"}),
    ),
    "zone": (
        ("what time is it in tokyo", "zone.time", {"place": "tokyo"}),
        ("what is the time difference to london", "zone.difference", {"place": "london"}),
    ),
    "clock": (("what time is it", "clock.time"), ("what is today's date", "clock.date")),
    "chance": (
        ("flip a coin", "chance.coin"),
        ("roll two dice", "chance.dice", {"number": "two"}),
        ("pick a number between one and ten", "chance.number", {"number": "one", "number2": "ten"}),
    ),
    "letters": (
        ("how do you spell necessary", "letters.spell", {"word": "necessary"}),
        ("how many letters are in banana", "letters.count", {"word": "banana"}),
    ),
    "open": (
        ("open firefox", "open.application", {"application": "firefox"}),
        ("open the downloads folder", "open.folder", {"folder": "downloads"}),
    ),
    "volume": (
        ("set the volume to thirty percent", "volume.set", {"percent": "thirty"}),
        ("turn it up", "volume.up"),
        ("mute the sound", "volume.mute"),
    ),
    "media": (("pause the music", "media.pause"), ("what's playing", "media.tell"), ("next song", "media.next")),
    "system": (
        ("how much battery is left", "system.battery"),
        ("lock the screen", "system.lock"),
        ("take a screenshot", "system.screenshot"),
    ),
    "dictation": (("take dictation", "dictation.start"), ("stop dictation", "dictation.stop")),
    "clipboard": (
        ("what time is it", "clock.time"),
        ("copy that to the clipboard", "clipboard.copy"),
        ("read my clipboard", "clipboard.read"),
    ),
    "selection": (("read what i selected", "selection.read"), ("what did i select", "selection.read")),
    "sun": (
        ("my location is berlin", "sun.place", {"place": "berlin"}),
        ("when does the sun rise", "sun.times"),
        ("when is sunset in london", "sun.times", {"place": "london"}),
        ("when does it get dark", "sun.times"),
    ),
    "window": (("minimize this window", "window.minimise"), ("show the desktop", "window.desktop")),
    "brightness": (
        ("set the brightness to fifty percent", "brightness.set", {"percent": "fifty"}),
        ("make the screen brighter", "brightness.up"),
    ),
    "history": (
        ("what did i ask yesterday", "history.asked", {"period": "yesterday"}),
        ("when did i last mention coffee", "history.when", {"topic": "coffee"}),
    ),
    "memory": (
        ("remember that i like python", "memory.remember", {"fact": "i like python"}),
        ("my sister is called anna", "memory.tell", {"who": "sister", "what": "anna"}),
        ("what do i like", "memory.likes"),
    ),
    "smalltalk": (
        ("how are you", "smalltalk.how"),
        ("are you a robot", "smalltalk.human"),
        ("thank you", "courtesy.thanks"),
    ),
    "joke": (("tell me a joke", "smalltalk.joke"), ("tell me a riddle", "smalltalk.riddle")),
    "help": (("what can you do", "help.skills"), ("help", "help.skills")),
    "manners": (("speak slower", "manners.slower"), ("be more brief", "manners.brief")),
}
"""By family: what is said one after another in one home, the intent that is to serve it, and the words of its slots."""


@asynccontextmanager
async def hearing() -> AsyncIterator[VoskRecognizer]:
    recognizer = VoskRecognizer(starter_model())
    await recognizer.open()
    try:
        yield recognizer
    finally:
        await recognizer.close()


async def is_spoken(words: str, voice: str) -> bool:
    """Whether a voice says something of about that length."""
    samples = np.frombuffer(await synthesise(words, voice=voice), "<i2").astype(np.int32)
    loud = np.abs(samples[: samples.size // FRAME * FRAME]).reshape(-1, FRAME).max(axis=1) > LOUD
    return bool(loud.sum() * FRAME / SAMPLE_RATE_HZ >= SHORTEST_S * len(words.split()))


@pytest.mark.parametrize("family", TALKS)
async def test_it_is_heard_served_and_answered_in_words(family: str) -> None:
    async with hearing() as recognizer:
        for voice in VOICES:
            async with home("en", allowing=True) as (one, _):
                for sentence, intent, *slots in TALKS[family]:
                    heard = await recognizer.transcribe(await synthesise(f"{sentence}.", voice=voice))
                    came = await one.say(heard.text)
                    assert (came.intent, came.served) == (intent, True), (voice, heard.text)
                    assert [came.slots] == (slots or [{}]), (voice, heard.text)
                    text = SpokenText("en")
                    said = [*text.feed(came.text), *text.flush()]
                    assert said
                    for each in said:
                        assert OF_WORDS.fullmatch(each), each
                        assert await is_spoken(each, voice), each


async def test_what_is_silent_is_not_spoken() -> None:
    assert await is_spoken("good morning", VOICES[0])
    assert not await is_spoken(", ,", VOICES[0])
