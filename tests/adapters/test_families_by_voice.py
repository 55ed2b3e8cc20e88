"""Every family of tools by voice: said by two voices, heard by the model that ships, served, and answered in words."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.recognition.vosk import VoskRecognizer
from sottovoce.adapters.synthesis import synthesise
from sottovoce.resources import starter_model
from sottovoce.talk.spoken_text import SpokenText
from tests.language.tried import home

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

VOICES = ("en-us", "en-gb")
OF_WORDS = re.compile(r"[^\W\d_]['’.]?(?:[^\W\d_]|['’ ,.?!;:\-–])*")
"""What a voice can say: no digit, no sign, no markup."""
TALKS: dict[str, tuple[tuple[str, str], ...]] = {
    "timer": (
        ("set a timer for ten minutes", "timer.set"),
        ("how much time is left", "timer.left"),
        ("add five minutes to the timer", "timer.extend"),
        ("cancel the timer", "timer.cancel"),
    ),
    "alarm": (
        ("wake me up at seven", "alarm.set"),
        ("what alarms do i have", "alarm.list"),
        ("cancel my alarm", "alarm.cancel"),
    ),
    "reminder": (
        ("remind me tomorrow at nine to call the dentist", "reminder.set"),
        ("what are my reminders", "reminder.list"),
    ),
    "stopwatch": (("start the stopwatch", "stopwatch.start"), ("stop the stopwatch", "stopwatch.stop")),
    "list": (
        ("add milk and bread to my shopping list", "list.add"),
        ("what's on my shopping list", "list.read"),
        ("remove milk from my shopping list", "list.remove"),
        ("create a packing list", "list.create"),
    ),
    "note": (
        ("make a note that the boiler is old", "note.add"),
        ("what did i note about the boiler", "note.find"),
        ("read my notes", "note.read"),
    ),
    "calendar": (
        ("add lunch with anna tomorrow at one", "calendar.add"),
        ("what do i have tomorrow", "calendar.agenda"),
        ("am i free on friday at three", "calendar.is_free"),
    ),
    "math": (
        ("what is twelve times seven", "math.calculate"),
        ("what is fifteen percent of eighty", "math.calculate"),
        ("is seventeen a prime number", "math.prime"),
    ),
    "unit": (
        ("how many miles is ten kilometers", "unit.convert"),
        ("convert five pounds to kilograms", "unit.convert"),
    ),
    "date": (
        ("what day is it today", "clock.day"),
        ("how many days until christmas", "date.until"),
        ("what day is the third of march", "date.weekday"),
    ),
    "zone": (("what time is it in tokyo", "zone.time"), ("what is the time difference to london", "zone.difference")),
    "clock": (("what time is it", "clock.time"), ("what is today's date", "clock.date")),
    "chance": (
        ("flip a coin", "chance.coin"),
        ("roll two dice", "chance.dice"),
        ("pick a number between one and ten", "chance.number"),
    ),
    "letters": (
        ("how do you spell necessary", "letters.spell"),
        ("how many letters are in banana", "letters.count"),
    ),
    "open": (("open firefox", "open.application"), ("open the downloads folder", "open.folder")),
    "volume": (
        ("set the volume to thirty percent", "volume.set"),
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
    "history": (
        ("what did i ask yesterday", "history.asked"),
        ("when did i last mention coffee", "history.when"),
    ),
    "memory": (
        ("remember that i like python", "memory.remember"),
        ("my sister is called anna", "memory.tell"),
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
"""By family: what is said one after another in one home, and the intent that is to serve it."""


@asynccontextmanager
async def hearing() -> AsyncIterator[VoskRecognizer]:
    recognizer = VoskRecognizer(starter_model())
    await recognizer.open()
    try:
        yield recognizer
    finally:
        await recognizer.close()


@pytest.mark.parametrize("family", TALKS)
async def test_it_is_heard_served_and_answered_in_words(family: str) -> None:
    async with hearing() as recognizer:
        for voice in VOICES:
            async with home("en", allowing=True) as (one, _):
                for sentence, intent in TALKS[family]:
                    heard = await recognizer.transcribe(await synthesise(f"{sentence}.", voice=voice))
                    came = await one.say(heard.text)
                    assert (came.intent, came.served) == (intent, True), (voice, heard.text)
                    text = SpokenText("en")
                    said = [*text.feed(came.text), *text.flush()]
                    assert said
                    for each in said:
                        assert OF_WORDS.fullmatch(each), each
