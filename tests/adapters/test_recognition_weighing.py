"""Texts of both engines weighed against each other, and the open model asked step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from sottovoce.adapters.recognition import moonshine, onnx, sherpa
from sottovoce.adapters.recognition.moonshine import EncodedSound, Moonshine, Scored, Tokens
from sottovoce.adapters.recognition.onnx import NeuralNetwork, OnnxError
from sottovoce.adapters.recognition.sherpa import OpenRecognizer, TextResult
from sottovoce.adapters.recognition.two_engines import TwoEngineRecognizer
from sottovoce.adapters.recognition.vosk import VoskRecognizer
from sottovoce.adapters.recognition.weighing import Weights, weighed, with_figures, written
from sottovoce.domain.turns import Transcript, Word
from sottovoce.home.sound import sense_of
from sottovoce.resources import resource, starter_model
from tests.adapters.speech import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import ModuleType

FOLDER = resource("models", "moonshine-tiny-en")
SAID = "remember that my neighbor is called beatrice"


def small(text: str, *, sure: float = 1.0, unknown: int = 0) -> Transcript:
    """What the small model made of it; `*` before a word is a quarter of a second in which it knows none."""
    words, at = [], 0.0
    for word in text.split():
        at += 0.5 if word.startswith("*") else 0.0
        words.append(Word(text=word.lstrip("*"), start_s=at, end_s=at + 0.2, confidence=sure))
        at += 0.2
    mean = sum(word.confidence for word in words) / max(1, len(words) + unknown)
    return Transcript(text=" ".join(word.text for word in words), words=tuple(words), confidence=mean)


class Open:
    """The open model, its answers written down."""

    def __init__(self, best: Scored, behind: Mapping[str, Scored] = {}, likely: Mapping[str, float] = {}) -> None:
        self.best = best
        self.asked: list[str] = []
        self._behind, self._likely = behind, likely

    def behind(self, beginning: str, least: float) -> Scored | None:
        self.asked.append(beginning)
        found = self._behind.get(beginning)
        return found if found and found.log_p >= least else None

    def likelihood(self, text: str) -> float:
        self.asked.append(text)
        return self._likely.get(text, -40.0)


def test_a_beginning_that_the_small_model_knows_is_gone_on_with_by_the_open_one() -> None:
    heard = Open(
        Scored("High neighbor is clawed Beer to it.", -4.0),
        {"My neighbor is called": Scored("My neighbor is called Beatrice.", -8.0)},
    )
    best, other = weighed(small("my neighbor is called", unknown=1), heard)
    assert best.text == "My neighbor is called Beatrice."
    assert other.text == "High neighbor is clawed Beer to it."
    assert heard.asked == ["My neighbor is called", "My neighbor is"]


def test_what_the_open_model_takes_for_impossible_is_not_said_however_sure_the_small_one_is() -> None:
    heard = Open(Scored("Weasels have eaten our phone system.", -2.0))
    (only, *others) = weighed(small("will it cold happy are called fifty"), heard)
    assert only.text == "Weasels have eaten our phone system."
    assert all(other.log_p < only.log_p for other in others)


def test_a_whole_command_is_weighed_in_words_and_in_figures() -> None:
    heard = Open(Scored("Set a time worth 14 minutes.", -3.0), likely={"Set a timer for 10 minutes": -6.0})
    assert weighed(small("set a timer for ten minutes"), heard)[0].text == "Set a timer for 10 minutes"


def test_where_the_small_model_knows_only_a_part_that_part_is_not_the_whole() -> None:
    heard = Open(Scored("Good afternoon, passengers.", -4.0), likely={"Good afternoon": -3.0})
    assert weighed(small("good afternoon", unknown=1), heard)[0].text == "Good afternoon, passengers."
    assert weighed(small("good afternoon"), heard)[0].text == "Good afternoon"


def test_a_command_that_both_mishear_is_found_among_what_the_small_model_may_have_heard() -> None:
    heard = Open(Scored("Helber.", -3.0), likely={"Help": -5.0, "Helper": -4.0, "Help me": -12.0})
    alternatives = ("help me", "helper", "help")
    best, *_ = weighed(small("help me", sure=0.6), heard, alternatives, is_command={"help", "help me"}.__contains__)
    assert best.text == "Help"
    assert "Helper" not in heard.asked  # no command
    unknown = Open(Scored("Helber.", -3.0), likely={"Help": -5.0})
    assert weighed(small("help me", sure=0.6), unknown, alternatives)[0].text == "Helber."


def test_few_alternatives_are_weighed() -> None:
    heard = Open(Scored("Anything.", -1.0))
    weighed(small("stop", sure=0.5), heard, [f"stop {name}" for name in ("a", "b", "c", "d")], lambda _: True)
    assert heard.asked == ["Stop", "Stop a", "Stop b", "Stop c"]


def test_of_two_texts_as_likely_the_one_that_is_understood_was_said() -> None:
    heard = Open(Scored("Set the volume the 50 percent.", -3.0), likely={"Set the volume to 50 percent": -5.0})
    said = small("set the volume to fifty percent", sure=0.5)
    understood = "set the volume to fifty percent"
    assert weighed(said, heard, is_command=lambda text: text == understood)[0].text == "Set the volume to 50 percent"
    assert weighed(said, heard)[0].text == "Set the volume the 50 percent."


def test_between_two_commands_that_are_as_likely_the_small_models_own_counts() -> None:
    own, other = "what day is it today", "What day is it a day?"
    heard = Open(Scored(other, -3.0), likely={"What day is it today": -7.4})
    said = small(own)
    assert weighed(said, heard, is_command=lambda _: True)[0].text == "What day is it today"
    assert weighed(said, heard)[0].text == other
    likelier = Open(Scored(other, -3.0), likely={"What day is it today": -8.6})
    assert weighed(said, likelier, is_command=lambda _: True)[0].text == other


def test_a_beginning_ends_at_an_unsure_word_and_where_none_is_known() -> None:
    heard = Open(Scored("Anything.", -1.0))
    weighed(small("remember that *likes coffee", unknown=1), heard)
    assert heard.asked == ["Remember that", "Remember"]
    doubtful = Open(Scored("Anything.", -1.0))
    weighed(small("remember that", sure=0.6, unknown=1), doubtful)
    assert doubtful.asked == []
    assert [text.text for text in weighed(Transcript(text=""), doubtful)] == ["Anything."]


def test_names_are_written_as_the_open_model_writes_them() -> None:
    heard = Open(
        Scored("My sister is cold, Anna.", -5.0),
        likely={"My sister is called Anna": -3.0},
    )
    assert weighed(small("my sister is called anna"), heard)[0].text == "My sister is called Anna"
    assert written("i'm off on monday", {}) == "I'm off on Monday"
    assert written("", {}) == ""


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Set an alarm for seven thirty", "Set an alarm for 7:30"),
        ("at ten forty five", "at 10:45"),
        ("Twenty five seconds", "25 seconds"),
        ("Call five five two", "Call 5 5 2"),
        ("two to four", "2 to 4"),
        ("eighty", "80"),
        ("What time is it", "What time is it"),
    ],
)
def test_figures(text: str, figures: str) -> None:
    assert with_figures(text) == figures


def test_weights_that_cannot_work_are_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        Weights(word=-1)
    with pytest.raises(ValueError, match="positive"):
        Weights(command=-1)


@pytest.fixture(scope="module")
def model() -> Moonshine:
    return Moonshine(FOLDER)


async def samples(text: str) -> np.ndarray:
    return np.frombuffer(await spoken(text), "<i2").astype(np.float32) / 32768


def test_a_text_is_cut_as_the_model_cuts_it(model: Moonshine) -> None:
    for text in ("Remember that I like music.", "What's 7:30? Café!", ""):
        assert model.tokens.text(model.tokens.numbers(text)) == text
    assert model.tokens.numbers("Remember that I like music.") == [22738, 393, 306, 763, 4696, 29889]
    assert Tokens(["IGE= 5"]).numbers("b") == []


async def test_step_by_step_the_same_is_heard_as_by_sherpa_onnx(model: Moonshine) -> None:
    sound = await samples("the boiler is in the cellar behind the wooden shelf")
    whole = OpenRecognizer()
    try:
        await whole._thread.run(lambda: whole._load_once(whole._load_whole))  # noqa: SLF001 - where the other cannot be
        other = await whole._thread.run(lambda: whole.decode(sound, None, lambda: False))  # noqa: SLF001 - as above
    finally:
        await whole.close()
    assert isinstance(other, TextResult)
    assert EncodedSound(model, sound).text == other.text


async def test_what_was_heard_before_changes_no_text_and_no_likelihood(model: Moonshine) -> None:
    sound = await samples("the boiler is in the cellar behind the wooden shelf")
    fresh = EncodedSound(model, sound)
    for share in (0.3, 0.6, 1.0):
        before = EncodedSound(model, sound[: round(len(sound) * share)])
        again = EncodedSound(model, sound, before=before)
        assert again.text == fresh.text
        assert again.best.log_p == pytest.approx(fresh.best.log_p, abs=0.5)  # its numbers are rounded together
    other = EncodedSound(model, await samples("what time is it"))
    assert EncodedSound(model, sound, before=other).text == fresh.text


async def test_a_beginning_is_kept_and_the_rest_is_heard(model: Moonshine) -> None:
    sound = EncodedSound(model, await samples(SAID))
    found = sound.behind("Remember that my neighbor is called", -100.0)
    assert found is not None
    assert found.text == "Remember that my neighbor is called Beatrice."
    assert sound.behind("The boiler is in the", sound.best.log_p - 10) is None
    assert sound.likelihood("Remember that my neighbor is called Beatrice") > -4.0
    assert sound.likelihood("The boiler is in the cellar") < -20.0


async def test_a_sound_that_nobody_wants_any_more_is_decoded_no_further(model: Moonshine) -> None:
    assert EncodedSound(model, await samples(SAID), lambda: True).text == ""


def test_what_is_no_network_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "encoder_model.ort"
    file.write_bytes(b"ORTM" * 100)
    with pytest.raises(OnnxError):
        NeuralNetwork(file, onnx.the_runtime())


@pytest.mark.parametrize(("room", "name"), [(moonshine, "the_runtime"), (sherpa, "EncodedSound")])
async def test_where_it_cannot_go_step_by_step_speech_is_decoded_as_a_whole(
    monkeypatch: pytest.MonkeyPatch, room: ModuleType, name: str
) -> None:
    class Unreachable:
        """No library where it is looked for; a network with other inputs."""

        def __init__(self, *_: object) -> None:
            raise OnnxError("nothing there")

    monkeypatch.setattr(room, name, Unreachable)
    both = TwoEngineRecognizer(VoskRecognizer(starter_model()), OpenRecognizer(), sense_of)
    await both.open()
    try:
        assert (await both.transcribe(await spoken(SAID))).kept == "remember that my neighbor is called Beatrice"
    finally:
        await both.close()
