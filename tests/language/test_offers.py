"""What the assistant itself proposes to say is understood, in each language that is spoken."""

from __future__ import annotations

import re

import pytest

from sottovoce.language import available, language
from tests.language.tried import outcome

SPOKEN = [tag for tag in available() if (language(tag).folder / "understand").is_dir()]
OFFERS = {
    "chance-offer": "chance.coin",
    "calendar-offer": "calendar.agenda",
    "clock-offer": "clock.time",
    "stopwatch-offer": "stopwatch.start",
    "sun-offer": "sun.times",
    "letters-offer": "letters.spell",
    "date-offer": "date.until",
    "math-offer": "math.calculate",
    "unit-offer": "unit.convert",
    "zone-offer": "zone.time",
    "files-offer": "knowledge.lookup",
    "timer-offer": "timer.set",
    "alarm-offer": "alarm.set",
    "reminder-offer": "reminder.set",
    "memory-offer": "memory.remember",
    "memory-recall-offer": "memory.likes",
    "media-offer": "media.tell",
    "open-offer": "open.folder",
    "system-offer": "system.battery",
    "volume-offer": "volume.up",
}
LIKES_TEA = {"en": "i like tea with milk", "de": "ich mag Tee mit Milch"}
_QUOTED = re.compile("(?:[Ss]ay|[Ss]ag|[Ss]agen)\\b[^„“”.]*[:,] [„“](?P<what>[^„“”]+)[“”]")
"""An example in quotes behind a word for saying."""


@pytest.mark.parametrize("tag", SPOKEN)
@pytest.mark.parametrize(("key", "intent"), OFFERS.items())
async def test_an_offer_is_understood(tag: str, key: str, intent: str) -> None:
    assert (await outcome(tag, (), language(tag).text(key))).intent == intent


@pytest.mark.parametrize("tag", SPOKEN)
async def test_the_wish_for_a_language_is_understood_in_it(tag: str) -> None:
    assert (await outcome(tag, (), language(tag).text("language-wish"))).intent == f"language.{tag}"


@pytest.mark.parametrize("tag", SPOKEN)
async def test_what_to_say_to_have_a_fact_forgotten_does_that(tag: str) -> None:
    told = LIKES_TEA[tag]
    forgotten = await outcome(tag, (told,), language(tag).text("memory-saying", fact=told))
    assert forgotten.key == "memory-forgotten"


@pytest.mark.parametrize("tag", SPOKEN)
async def test_an_example_in_quotes_is_understood(tag: str) -> None:
    texts = [
        file.read_text("utf-8") for part in ("say", "show") for file in (language(tag).folder / part).glob("*.ftl")
    ]
    examples = [found["what"] for text in texts for found in _QUOTED.finditer(text) if "{" not in found["what"]]
    assert examples
    for example in examples:
        assert (await outcome(tag, (), example)).key, example
