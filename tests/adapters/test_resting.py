"""A model is loaded beside everything else and given back while nobody talks; what is said meanwhile is not lost."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.recognition.open_alone import OpenAloneRecognizer, clean_cased
from sottovoce.adapters.recognition.resting import RestingRecognizer, RestLimits
from sottovoce.adapters.recognition.vosk import VoskRecognizer
from sottovoce.domain.audio import blocks_of
from sottovoce.domain.errors import ModelBroken, ModelLoading, ModelTrouble
from sottovoce.home.sound import make_recognizer
from sottovoce.resources import resource, starter_model
from tests.adapters.speech import spoken
from tests.contracts.talk import RecognizerContract
from tests.fakes_talk import FakeRecognizer
from tests.virtual_time import run_virtual, settle

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
    from pathlib import Path

    from sottovoce.domain.turns import Transcript
    from sottovoce.talk.ports import Recognizer

SAID = "what time is it"


class Slow(FakeRecognizer):
    """Is loaded when the test says so."""

    name = "slow"

    def __init__(self, gate: asyncio.Event, failure: ModelTrouble | None = None) -> None:
        super().__init__(default=SAID)
        self.gate = gate
        self.open_failure = failure
        self.opened = self.closed = 0

    async def open(self) -> None:
        await self.gate.wait()
        if self.open_failure:
            raise self.open_failure
        self.opened += 1

    async def check(self) -> str:
        return "It decodes."

    async def transcribe(self, pcm: bytes) -> Transcript:
        raise NotImplementedError

    async def transcribe_pieces(
        self, pieces: Iterable[bytes], before_each: Callable[[], Awaitable[None]] | None = None
    ) -> Transcript:
        utterance = self.begin(lambda _: None)
        for piece in pieces:
            if before_each is not None:
                await before_each()
            utterance.feed(piece)
        return await utterance.finish()

    async def close(self) -> None:
        self.closed += 1


class Shelf:
    """Every recogniser that was made, and what was told."""

    def __init__(self, *, idle_s: float = 60.0, open_at_once: bool = True) -> None:
        self.gate = asyncio.Event()
        if open_at_once:
            self.gate.set()
        self.made: list[Slow] = []
        self.failure: ModelTrouble | None = None
        self.told: list[ModelTrouble] = []
        limits = RestLimits(idle_s=idle_s, patience_s=10.0)
        self.resting = RestingRecognizer(self._make, limits, self.told.append)

    def _make(self) -> Slow:
        self.made.append(Slow(self.gate, self.failure))
        return self.made[-1]

    @property
    def loaded(self) -> int:
        return sum(one.opened - one.closed for one in self.made)

    async def say(self) -> str:
        utterance = self.resting.begin(lambda _: None)
        utterance.feed(b"ab")
        return (await utterance.finish()).text


def story(**how: object) -> Callable[[Callable[[Shelf], Awaitable[None]]], None]:
    """Run a story with a shelf, which is closed and has given everything back at its end."""

    def run(tell: Callable[[Shelf], Awaitable[None]]) -> None:
        async def main() -> None:
            shelf = Shelf(**how)  # type: ignore[arg-type] # as the test says
            await tell(shelf)
            await shelf.resting.close()
            await shelf.resting.close()
            assert shelf.loaded == 0

        run_virtual(main())

    return run


def test_what_is_said_while_it_is_loaded_is_heard_in_its_order() -> None:
    @story(open_at_once=False)
    async def _(shelf: Shelf) -> None:
        partials: list[str] = []
        utterance = shelf.resting.begin(partials.append)
        for piece in (b"a", b"b"):
            utterance.feed(piece)
        finishing = asyncio.create_task(utterance.finish())
        await settle()
        assert not finishing.done()
        shelf.gate.set()
        assert (await finishing).text == SAID
        assert shelf.made[0].current.fed == [b"a", b"b"]


def test_a_model_that_comes_while_it_is_spoken_hears_the_rest_too() -> None:
    @story(open_at_once=False)
    async def _(shelf: Shelf) -> None:
        partials: list[str] = []
        utterance = shelf.resting.begin(partials.append)
        utterance.feed(b"a")
        shelf.gate.set()
        await settle()
        utterance.feed(b"b")
        shelf.made[0].current.partial("what")
        assert shelf.made[0].current.fed == [b"a", b"b"]
        assert partials == ["what"]
        utterance.cancel()
        utterance.cancel()
        utterance.feed(b"c")
        assert shelf.made[0].running == 0


def test_one_that_takes_too_long_is_told_so() -> None:
    @story(open_at_once=False)
    async def _(shelf: Shelf) -> None:
        with pytest.raises(ModelLoading):
            await shelf.say()
        shelf.gate.set()
        assert await shelf.say() == SAID


def test_what_was_dropped_meanwhile_is_not_heard() -> None:
    @story(open_at_once=False)
    async def _(shelf: Shelf) -> None:
        shelf.resting.begin(lambda _: None).cancel()
        shelf.gate.set()
        await settle()
        assert shelf.made[0].utterances == []


def test_it_is_unloaded_when_nobody_has_talked_and_loaded_by_the_next_word() -> None:
    @story(idle_s=60.0)
    async def _(shelf: Shelf) -> None:
        shelf.resting.wake()
        await settle()
        assert shelf.loaded == 1
        await asyncio.sleep(59)
        assert await shelf.say() == SAID
        await asyncio.sleep(59)
        assert shelf.loaded == 1
        await asyncio.sleep(2)
        assert shelf.loaded == 0
        assert (shelf.resting.name, shelf.resting.language) == ("slow", "en")
        assert await shelf.say() == SAID
        assert shelf.loaded == 1


def test_it_is_not_unloaded_while_somebody_talks() -> None:
    @story(idle_s=60.0)
    async def _(shelf: Shelf) -> None:
        utterance = shelf.resting.begin(lambda _: None)
        await asyncio.sleep(200)
        assert shelf.loaded == 1
        utterance.cancel()
        await asyncio.sleep(61)
        assert shelf.loaded == 0


def test_it_stays_for_ever_where_the_setting_says_so() -> None:
    @story(idle_s=0.0)
    async def _(shelf: Shelf) -> None:
        assert await shelf.say() == SAID
        await asyncio.sleep(1_000_000)
        assert shelf.loaded == 1


def test_a_model_that_fails_behind_everybodys_back_is_told_once_and_tried_again() -> None:
    @story()
    async def _(shelf: Shelf) -> None:
        shelf.failure = ModelBroken("It is broken.")
        for one in shelf.made:
            one.open_failure = shelf.failure
        shelf.resting.wake()
        await settle()
        assert [one.sentence for one in shelf.told] == ["It is broken."]
        with pytest.raises(ModelBroken, match="broken"):
            await shelf.say()
        with pytest.raises(ModelBroken, match="broken"):
            await shelf.resting.open()
        assert len(shelf.told) == 1
        assert shelf.resting.trouble is not None
        shelf.failure = None
        assert await shelf.say() == SAID
        assert shelf.resting.trouble is None


def test_it_is_checked_and_transcribes_as_the_one_beneath() -> None:
    @story(idle_s=60.0)
    async def _(shelf: Shelf) -> None:
        assert await shelf.resting.check() == "It decodes."
        assert (await shelf.resting.transcribe(b"a")).text == SAID
        await asyncio.sleep(61)
        assert shelf.loaded == 0


def test_it_can_be_closed_while_it_is_loaded() -> None:
    @story(open_at_once=False)
    async def _(shelf: Shelf) -> None:
        shelf.resting.wake()
        await settle()
        await shelf.resting.close()
        with pytest.raises(RuntimeError):
            shelf.resting.begin(lambda _: None)


@pytest.mark.parametrize("limits", [{"idle_s": -1.0}, {"patience_s": 0.0}])
def test_limits_that_can_not_be_are_refused(limits: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="negative"):
        RestLimits(**limits)


@dataclass
class Listener:
    recognizer: Recognizer
    pcm: bytes
    spoken: str = SAID

    def begin_with(self, text: str) -> None:
        """It hears by itself."""


class TestResting(RecognizerContract):
    @pytest.fixture
    async def listener(self) -> AsyncIterator[Listener]:
        resting = RestingRecognizer(lambda: VoskRecognizer(starter_model()))
        yield Listener(resting, await spoken(SAID))
        await resting.close()


class TestOpenAlone(RecognizerContract):
    @pytest.fixture
    async def listener(self) -> AsyncIterator[Listener]:
        alone = OpenAloneRecognizer(resource("models", "moonshine-tiny-en"))
        await alone.open()
        yield Listener(alone, await spoken(SAID))
        await alone.close()


async def test_a_model_of_another_language_keeps_its_own_words(tmp_path: Path) -> None:
    folder = tmp_path / "sherpa-onnx-moonshine-tiny-ja-quantized"
    shutil.copytree(resource("models", "moonshine-tiny-en"), folder)
    alone = make_recognizer(folder)
    assert isinstance(alone, OpenAloneRecognizer)
    assert (alone.name, alone.language) == (folder.name, "ja")
    await alone.open()
    try:
        assert (await alone.check()).endswith("decodes.")
        pcm = await spoken(SAID)
        assert (await alone.transcribe(pcm)).text.lower().startswith("what time is it")
        utterance = alone.begin(lambda _: None)
        for block in blocks_of(pcm):
            utterance.feed(block)
        assert (await utterance.finish()).text[0].isupper()
    finally:
        await alone.close()


async def test_a_damaged_one_is_told_and_leaves_no_thread(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(resource("models", "moonshine-tiny-en"), folder)
    (folder / "decoder_model_merged.ort").write_bytes(b"rubbish")
    with pytest.raises(ModelBroken):
        await OpenAloneRecognizer(folder).open()


async def test_an_english_one_is_heard_beside_the_commands(tmp_path: Path) -> None:
    folder = tmp_path / "sherpa-onnx-moonshine-base-en-quantized"
    shutil.copytree(resource("models", "moonshine-tiny-en"), folder)
    both = make_recognizer(folder)
    await both.open()
    try:
        assert (both.name, both.language) == (folder.name, "en")
        heard = await both.transcribe(await spoken(SAID))
        assert heard.text == SAID
        assert heard.words  # the small engine was sure of the command
        assert folder.name in await both.check()
    finally:
        await both.close()
    (folder / "encoder_model.ort").write_bytes(b"rubbish")
    with pytest.raises(ModelBroken):
        await make_recognizer(folder).open()


def test_marks_go_and_capitals_stay() -> None:
    assert clean_cased("Wie  spät <unk> ist es? [2]") == "Wie spät ist es?"
