"""Commands and free speech, heard by two engines at once; nothing is made of noise."""

from __future__ import annotations

import asyncio
import shutil
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce import open_home
from sottovoce.adapters.recognition.arbiter import CommandMatch, Trust, better, is_certain, likeness
from sottovoce.adapters.recognition.gated import GatedRecognizer, VoiceGate
from sottovoce.adapters.recognition.normaliser import names, plain, with_names
from sottovoce.adapters.recognition.phrases import PhraseLimits
from sottovoce.adapters.recognition.sherpa import OpenRecognizer, TextResult
from sottovoce.adapters.recognition.two_engines import PartialWords, TwoEngineRecognizer
from sottovoce.adapters.recognition.vosk import VoskRecognizer
from sottovoce.adapters.synthesis import synthesise
from sottovoce.domain.audio import SAMPLE_RATE_HZ, blocks_of
from sottovoce.domain.errors import ModelBroken
from sottovoce.domain.turns import Transcript
from sottovoce.home.sound import sense_of
from sottovoce.resources import resource, starter_model
from tests.adapters.speech import PAUSE, RealListener, spoken
from tests.contracts.talk import RecognizerContract
from tests.waiting import HANGS_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from sottovoce.adapters.recognition.moonshine import EncodedSound


SAID = "what time is it"


@pytest.fixture
async def recognizer() -> AsyncIterator[TwoEngineRecognizer]:
    real = TwoEngineRecognizer(VoskRecognizer(starter_model()), OpenRecognizer(), sense_of)
    await real.open()
    yield real
    await real.close()
    await real.close()


class TestTwoEngines(RecognizerContract):
    @pytest.fixture
    async def listener(self, recognizer: TwoEngineRecognizer) -> RealListener:
        return RealListener(recognizer, await spoken(SAID), SAID)


class TestGated(RecognizerContract):
    @pytest.fixture
    async def listener(self) -> AsyncIterator[RealListener]:
        gated = GatedRecognizer(starter_model())
        await gated.open()
        yield RealListener(gated, await spoken(SAID), SAID)
        await gated.close()
        await gated.close()


async def test_free_speech_is_understood_though_the_small_model_knows_few_of_its_words(
    recognizer: TwoEngineRecognizer,
) -> None:
    said = "the boiler is in the cellar behind the wooden shelf where we keep the paint"
    heard = await recognizer.transcribe(await spoken(said))
    assert likeness(heard.text, said) > 0.9  # espeak-ng's is no voice of a person
    small = VoskRecognizer(starter_model())
    await small.open()
    try:
        assert likeness((await small.transcribe(await spoken(said))).text, said) < likeness(heard.text, said)
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


@pytest.mark.parametrize("kind", noises())
async def test_a_model_of_vosk_alone_makes_nothing_of_noise_either(kind: str) -> None:
    pcm = (noises()[kind].clip(-1, 1) * 32767).astype("<i2").tobytes()
    gated = GatedRecognizer(starter_model())
    await gated.open()
    try:
        assert (await gated.transcribe(pcm)).text == ""
        assert (await gated.transcribe(await spoken("what time is it"))).text == "what time is it"
        assert "decodes" in await gated.check()
    finally:
        await gated.close()


async def test_where_nothing_tells_speech_from_noise_words_are_still_heard(tmp_path: Path) -> None:
    gated = GatedRecognizer(starter_model(), activity=VoiceGate(activity=tmp_path / "nothing.onnx"))
    await gated.open()
    try:
        assert (await gated.transcribe(await spoken("what time is it"))).text == "what time is it"
        with pytest.raises(ModelBroken, match="noise"):
            await gated.check()
    finally:
        await gated.close()


class Counting(OpenRecognizer):
    """Keeps what was decoded."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def decode(
        self, samples: np.ndarray, before: EncodedSound | TextResult | None, dropped: Callable[[], bool]
    ) -> EncodedSound | TextResult:
        decoded = super().decode(samples, before, dropped)
        self.texts.append(decoded.text)
        return decoded


async def test_a_phrase_that_a_pause_has_ended_is_decoded_while_the_key_is_held() -> None:
    free = Counting()
    try:
        utterance = free.begin()
        first = "the boiler is in the cellar behind the wooden shelf where we keep the paint"
        for block in blocks_of(await spoken(first) + PAUSE * 4):
            utterance.feed(block)
        await free.caught_up()
        assert len(free.texts) == 1
        for block in blocks_of(await spoken("and the key hangs beside it")):
            utterance.feed(block)
        said = await utterance.finish()
        assert likeness(said.plain, f"{first} and the key hangs beside it") > 0.9
        assert len(free.texts) == 2
        assert said.text.startswith("The boiler")
    finally:
        await free.close()


async def test_a_phrase_without_a_pause_is_cut_and_loses_no_word() -> None:
    free = OpenRecognizer(limits=PhraseLimits(enough_s=1.0, long_s=4.0, longest_s=4.5, search_s=1.5))
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
    both = TwoEngineRecognizer(VoskRecognizer(starter_model()), free, sense_of)
    await both.open()
    try:
        assert (await both.transcribe(await spoken(SAID))).text == SAID
        with pytest.raises(ModelBroken, match="only the words of commands"):
            await both.check()
        assert (await both.transcribe(await spoken("help"))).text == "help"
    finally:
        await both.close()


async def test_where_sherpa_onnx_has_no_wheel_the_small_model_is_heard_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sherpa_onnx", None)
    both = TwoEngineRecognizer(VoskRecognizer(starter_model()), OpenRecognizer(), sense_of)
    await both.open()
    try:
        assert (await both.transcribe(await spoken(SAID))).text == SAID
        with pytest.raises(ModelBroken, match="only the words of commands"):  # as the doctor tells it
            await both.check()
    finally:
        await both.close()


async def test_closing_waits_for_nothing_that_is_being_decoded() -> None:
    free = OpenRecognizer()
    utterance = free.begin()
    utterance.feed(await spoken("the boiler is in the cellar"))
    async with asyncio.timeout(HANGS_S):
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
    "My favourite colour, 50 per cent, to-morrow.": "my favorite color fifty percent tomorrow",
    "Good-bye, good bye.": "goodbye goodbye",
    "Good by.": "goodbye",
    "It is good by me.": "it is good by me",
    "Um, Mr. Smith and Dr. Jones, uh, agree.": "mister smith and doctor jones agree",
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
        ("what time is it", 1.0, True), ("what time is it", 0.98, False), ("set a very", 1.0, False),
        ("set a timer", 1.0, True),  # asked for how long
        ("remember that i like python", 1.0, False), ("five", 1.0, False), ("five four", 1.0, False), ("", 1.0, False),
    ],
)  # fmt: skip
def test_when_nobody_waits_for_the_open_text(text: str, confidence: float, *, certain: bool) -> None:
    assert is_certain(heard(text, confidence), sense_of) is certain


CASES = [
    # small, sure of it, open, what counts
    ("what is cheese", 0.5, "what is jazz", "what is jazz"),
    ("what is cheese", 0.5, "", ""),
    ("", 0.0, "the plumber comes", "the plumber comes"),
    ("set a timer for twenty five seconds", 0.96, "set a time worth for twenty five seconds", None),
    ("set an alarm for seven thirty tomorrow", 1.0, "satan alarmed for seven thirty to morrow", None),
    ("set a timer for two minutes", 0.94, "set a time worth fourteen minutes", "set a time worth fourteen minutes"),
    ("zero four map", 0.96, "cancel that", "cancel that"),
    ("tell me that i want movies", 0.97, "tell me the time please", "tell me the time please"),
    ("what is my birthday", 0.99, "when is my birthday", "when is my birthday"),
    ("remember that my sister is called anna", 1.0, "remember that my sister is called hannah",
     "remember that my sister is called hannah"),
    ("five four", 0.9, "five for you", "five for you"),
    ("four", 0.6, "foolly", "four"),
    ("four", 0.3, "foolly", "foolly"),
    ("four", 0.99, "for", "four"),
    ("two", 0.4, "to", "two"),
    ("two", 0.4, "nine", "nine"),
    ("two", 0.99, "nine", "two"),
    ("five", 0.9, "what time is it", "what time is it"),
    ("eight two", 0.95, "eighteen", "eighteen"),
    ("will it cold happy are called fifty", 0.95, "weasels have eaten our phone system",
     "weasels have eaten our phone system"),
]  # fmt: skip


@pytest.mark.parametrize(("small", "sure", "said", "counts"), CASES)
def test_which_text_counts(small: str, sure: float, said: str, counts: str | None) -> None:
    assert better(heard(small, sure), said, sense_of, {"hannah"}) == (small if counts is None else counts)


def test_what_is_free_in_a_command_is_the_small_models_where_it_is_sure_and_nobody_is_named() -> None:
    small = heard("remember that i like coffee", 1.0)
    assert sense_of(small.text) is CommandMatch.OPEN
    assert better(small, "remember that i like covfe", sense_of) == small.text
    assert better(small, "remember that i like covfe", sense_of, {"covfe"}) == "remember that i like covfe"


def test_limits_that_cannot_work_are_refused() -> None:
    with pytest.raises(ValueError, match="0 to 1"):
        Trust(command=1.5)
    with pytest.raises(ValueError, match="longer"):
        PhraseLimits(pause_s=0.0)
    with pytest.raises(ValueError, match="cut"):
        PhraseLimits(overlap_s=7.0)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Remember that my neighbor is called Beatrice.", "remember that my neighbor is called Beatrice"),
        ("It is Beatrice's cat. Maybe I may ask her in May, on Monday.",
         "it is Beatrice's cat maybe i may ask her in may on Monday"),
        ("I'm told the CNN and the BBC agree. He left. They said so.",
         "i'm told the CNN and the BBC agree he left they said so"),
        ('"Yes," she said. "No."', "yes she said no"),
        ("", ""),
    ],
)  # fmt: skip
def test_names_keep_their_capitals(written: str, kept: str) -> None:
    assert with_names(plain(written), names(written)) == kept


async def test_a_name_is_written_with_its_capital(recognizer: TwoEngineRecognizer) -> None:
    transcript = await recognizer.transcribe(await spoken("remember that my neighbor is called beatrice"))
    assert transcript.text == "remember that my neighbor is called beatrice"
    assert transcript.kept == "remember that my neighbor is called Beatrice"
    assert (await recognizer.transcribe(await spoken(SAID))).kept == SAID


async def test_a_name_that_was_said_is_remembered_and_told_with_its_capital(
    recognizer: TwoEngineRecognizer, tmp_path: Path
) -> None:
    async with open_home(tmp_path / "home", key=bytes(32)) as home:
        replies = []
        for said in ("remember that my neighbor is called beatrice", "what is my neighbor called"):
            heard = await recognizer.transcribe(await spoken(said))
            replies.append((await home.ask(heard.kept, user_id="me")).reply)
        assert replies[1] == "Your neighbor is called Beatrice."
        (memory,) = await home.memory.retrieve_memory("me", "neighbor")
        assert memory.text == "my neighbor is called Beatrice"


def test_words_so_far_do_not_flicker() -> None:
    shown: list[str] = []
    words = PartialWords(shown.append)
    words.hear_small("remember")
    words.hear_open("")
    words.hear_small("remember that i like")
    words.hear_open("remember that i")  # the same: the small one's stay, which are ahead
    words.hear_small("remember that i like turn the lamp on and")
    words.hear_open("remember that i like to walk by the river")
    words.hear_small("remember that i like turn the lamp on and off")
    words.hear_open("remember that i like to walk by the river in the morning")
    assert shown == [
        "remember", "remember that i like", "remember that i like turn the lamp on and",
        "remember that i like to walk by the river", "remember that i like to walk by the river in the morning",
    ]  # fmt: skip


def test_words_so_far_have_their_capitals_and_end_with_the_sound() -> None:
    shown: list[str] = []
    words = PartialWords(shown.append)
    words.hear_small("remember that i like")
    words.hear_open("Remember that I like Python.")
    words.hear_small("remember that i like python")
    words.end()
    words.hear_small("remember that i like pies")
    words.hear_open("Remember that I like pies and cakes.")
    assert shown == ["remember that i like", "remember that i like Python"]


async def test_words_so_far_of_free_speech_are_the_open_engines(recognizer: TwoEngineRecognizer) -> None:
    shown: list[str] = []
    utterance = recognizer.begin(shown.append)
    for block in blocks_of(await spoken("the doctor told me to walk every morning") + PAUSE):
        utterance.feed(block)
        await recognizer._free.caught_up()  # noqa: SLF001 - in real time it has it
    await asyncio.sleep(0)
    await utterance.finish()
    assert "the doctor told me to walk every morning" in shown
