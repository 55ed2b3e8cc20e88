"""Commands and free speech, heard by two engines at once; nothing is made of noise."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.adapters.recognition.arbiter import Trust, better, is_certain
from sottovoce.adapters.recognition.normaliser import plain
from sottovoce.adapters.recognition.sherpa import OpenRecognizer, PhraseLimits
from sottovoce.adapters.recognition.two_engines import TwoEngineRecognizer
from sottovoce.adapters.recognition.vosk import VoskRecognizer
from sottovoce.adapters.synthesis import synthesise
from sottovoce.domain.audio import SAMPLE_RATE_HZ, blocks_of
from sottovoce.domain.errors import ModelBroken
from sottovoce.domain.turns import Transcript
from sottovoce.resources import resource, starter_model
from sottovoce.sound import is_command
from tests.adapters.speech import PAUSE, spoken
from tests.contracts.talk import RecognizerContract

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sottovoce.talk.ports import Recognizer

SAID = "what time is it"


@pytest.fixture
async def recognizer() -> AsyncIterator[TwoEngineRecognizer]:
    real = TwoEngineRecognizer(VoskRecognizer(starter_model()), OpenRecognizer(), is_command)
    await real.open()
    yield real
    await real.close()
    await real.close()


@dataclass
class RealListener:
    recognizer: Recognizer
    pcm: bytes
    spoken: str = SAID

    def begin_with(self, text: str) -> None:
        """It hears by itself."""


class TestTwoEngines(RecognizerContract):
    @pytest.fixture
    async def listener(self, recognizer: TwoEngineRecognizer) -> RealListener:
        return RealListener(recognizer, await spoken(SAID))


async def test_free_speech_is_understood_though_the_small_model_knows_few_of_its_words(
    recognizer: TwoEngineRecognizer,
) -> None:
    said = "remember that the plumber is called beatrice and comes on wednesday"
    heard = await recognizer.transcribe(await spoken(said))
    assert heard.text == said
    small = VoskRecognizer(starter_model())
    await small.open()
    try:
        assert (await small.transcribe(await spoken(said))).text != said
    finally:
        await small.close()


def noises() -> dict[str, np.ndarray]:
    """Sounds without anybody in them, four seconds each."""
    rng, count = np.random.default_rng(7), 4 * SAMPLE_RATE_HZ
    time = np.arange(count) / SAMPLE_RATE_HZ
    white = rng.normal(0, 1, count)
    clicks = np.zeros(count)
    for start in rng.integers(0, count - 400, 30):
        clicks[start : start + 400] += rng.normal(0, 1, 400) * np.exp(-np.arange(400) / 60)
    thud = np.sin(2 * np.pi * 70 * time) * np.exp(-((time % 2) * 8))
    chord = sum(np.sin(2 * np.pi * hz * time) for hz in (262, 330, 392)) * (
        0.6 + 0.4 * np.sign(np.sin(4 * np.pi * time))
    )
    return {
        "hiss": white * 0.02,
        "loud hiss": white * 0.2,
        "fan": np.convolve(white, np.ones(40) / 40, "same"),
        "hum": np.sin(2 * np.pi * 50 * time) * 0.3,
        "keyboard": clicks * 0.3,
        "door": thud * 0.8,
        "music": chord * 0.15,
        "silence": np.zeros(count),
    }


@pytest.mark.parametrize("kind", noises())
async def test_nothing_is_made_of_noise(recognizer: TwoEngineRecognizer, kind: str) -> None:
    pcm = (noises()[kind].clip(-1, 1) * 32767).astype("<i2").tobytes()
    assert (await recognizer.transcribe(pcm)).text == ""


class Counting(OpenRecognizer):
    """Keeps what was decoded."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def decode(self, samples: np.ndarray) -> str:
        self.texts.append(super().decode(samples))
        return self.texts[-1]


async def test_a_phrase_that_a_pause_has_ended_is_decoded_while_the_key_is_held() -> None:
    free = Counting()
    try:
        utterance = free.begin()
        for block in blocks_of(await spoken("the boiler is in the cellar") + PAUSE * 4):
            utterance.feed(block)
        await free.caught_up()
        assert len(free.texts) == 1
        for block in blocks_of(await spoken("and the key hangs beside it")):
            utterance.feed(block)
        said = await utterance.finish()
        assert said.plain == "the boiler is in the cellar and the key hangs beside it"
        assert said.text.startswith("The boiler")
    finally:
        await free.close()


async def test_a_phrase_without_a_pause_is_cut_and_loses_no_word() -> None:
    free = OpenRecognizer(limits=PhraseLimits(longest_s=3.0))
    try:
        utterance = free.begin()
        said = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        utterance.feed(await synthesise(said, rate=130) + PAUSE)
        words = (await utterance.finish()).plain.split()
        assert len(words) >= len(said.split()) - 1
    finally:
        await free.close()


async def test_a_cancelled_utterance_gives_nothing_and_its_successor_everything() -> None:
    free = OpenRecognizer()
    try:
        dropped = free.begin()
        dropped.feed(await spoken("the boiler is in the cellar"))
        dropped.cancel()
        dropped.feed(bytes(640))
        with pytest.raises(RuntimeError, match="over"):
            await dropped.finish()
        utterance = free.begin()
        utterance.feed(await spoken("and the key hangs beside it"))
        assert (await utterance.finish()).plain == "and the key hangs beside it"
    finally:
        await free.close()


async def test_without_its_models_commands_are_still_understood(tmp_path: Path) -> None:
    shutil.copytree(resource("models", "moonshine-tiny-en"), tmp_path / "moonshine")
    (tmp_path / "moonshine" / "tokens.txt").unlink()
    free = OpenRecognizer(model=tmp_path / "moonshine")
    both = TwoEngineRecognizer(VoskRecognizer(starter_model()), free, is_command)
    await both.open()
    try:
        assert (await both.transcribe(await spoken(SAID))).text == SAID
        with pytest.raises(ModelBroken, match="only the words of commands"):
            await both.check()
        assert (await both.transcribe(await spoken("help"))).text == "help"
    finally:
        await both.close()


async def test_closing_waits_for_nothing_that_is_being_decoded() -> None:
    free = OpenRecognizer()
    utterance = free.begin()
    utterance.feed(await spoken("the boiler is in the cellar"))
    async with asyncio.timeout(30):
        await free.close()
    with pytest.raises(RuntimeError):
        free.begin()


WRITTEN = {
    "What time is it?": "what time is it",
    "Set a timer for 7 minutes.": "set a timer for seven minutes",
    "130, 1-0-0-0-1, 0123": "one hundred thirty one zero zero zero one zero one two three",
    "Call 5551234.": "call five five five one two three four",
    "at 7:30 or 7:05 or 7:00": "at seven thirty or seven oh five or seven",
    "on May 2nd, 1984": "on may second nineteen eighty four",
    "in 1900, 1905 and 2026": "in nineteen hundred nineteen oh five and two thousand twenty six",
    "1,200 of them": "one thousand two hundred of them",
    "$5.50 and 50% of -3.5": "five point five zero dollars and fifty percent of minus three point five",
    "Thank you. [BLANK_AUDIO] (music) ♪": "thank you",
    "Don’t wake O'Brien — naïve, he is.": "don't wake o'brien naïve he is",
    "MP3 and B12": "mp three and b twelve",
    "": "",
}


@pytest.mark.parametrize(("written", "said"), WRITTEN.items())
def test_the_plain_form(written: str, said: str) -> None:
    assert plain(written) == said


@given(st.text(st.sampled_from("aB1 2.,:;-$%'!?(){}[]♪é\n")) | st.text())
def test_the_plain_form_is_lower_case_words_alone(text: str) -> None:
    said = plain(text)
    assert said == " ".join(said.split())
    assert said == said.lower()
    assert not any(sign in said for sign in "0123456789.,?!%$[]()")


def heard(text: str, confidence: float) -> Transcript:
    return Transcript(text=text, confidence=confidence)


@pytest.mark.parametrize(
    ("text", "confidence", "certain"),
    [
        ("what time is it", 0.9, True),
        ("what time is it", 0.8, False),
        ("set a timer", 0.96, True),
        ("set a timer", 0.9, False),
        ("remember that i like python", 0.9, False),
        ("five", 0.9, True),
        ("five", 0.8, False),
        ("five four", 1.0, False),
        ("", 1.0, False),
    ],
)
def test_when_the_small_model_is_believed(text: str, confidence: float, *, certain: bool) -> None:
    assert is_certain(heard(text, confidence), is_command) is certain


def test_which_text_counts_else() -> None:
    assert better(heard("five four", 0.9), "five for you") == "five for you"
    assert better(heard("five four", 0.9), "hive floor") == "five four"
    assert better(heard("what is cheese", 0.5), "what is jazz") == "what is jazz"
    assert better(heard("what is cheese", 0.5), "") == "what is cheese"
    with pytest.raises(ValueError, match="0 to 1"):
        Trust(command=1.5)
    with pytest.raises(ValueError, match="longer"):
        PhraseLimits(pause_s=0.0)
