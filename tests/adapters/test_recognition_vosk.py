"""Recognition by the real library with the model that ships."""

import asyncio
import shutil
import threading
import time
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import pytest

from sottovoce.adapters.recognition.marks import clean
from sottovoce.adapters.recognition.vosk import VoskRecognizer
from sottovoce.domain.audio import blocks_of
from sottovoce.domain.errors import ModelBroken
from sottovoce.resources import starter_model
from tests.adapters.speech import PAUSE, RealListener, spoken
from tests.contracts.talk import RecognizerContract
from tests.fakes_talk import FakeRecognizer
from tests.waiting import HANGS_S

SAID = "what time is it"


@pytest.fixture
async def recognizer() -> AsyncIterator[VoskRecognizer]:
    real = VoskRecognizer(starter_model())
    await real.open()
    yield real
    await real.close()
    await real.close()


class FakeListener:
    def __init__(self) -> None:
        self.recognizer = FakeRecognizer()
        self.pcm = b"\1\2" * 16_000
        self.spoken = SAID

    def begin_with(self, text: str) -> None:
        self.recognizer.texts = [text]


class TestVosk(RecognizerContract):
    @pytest.fixture
    async def listener(self, recognizer: VoskRecognizer) -> RealListener:
        return RealListener(recognizer, await spoken(SAID), SAID)


class TestFake(RecognizerContract):
    @pytest.fixture
    def listener(self) -> FakeListener:
        return FakeListener()


async def test_partials_come_on_the_loop_each_once_and_end_with_the_utterance(recognizer: VoskRecognizer) -> None:
    partials: list[str] = []
    loop = asyncio.get_running_loop()
    several = asyncio.Event()

    def on_partial(text: str) -> None:
        assert asyncio.get_running_loop() is loop
        partials.append(text)
        if len(partials) > 2:
            several.set()

    utterance = recognizer.begin(on_partial)
    for block in blocks_of(await spoken("what time is it what is the date today")):
        utterance.feed(block)
    await several.wait()
    transcript = await utterance.finish()
    assert all(earlier != later for earlier, later in pairwise(partials))
    assert partials[-1] in transcript.text
    told = len(partials)
    utterance.feed(b"\1\2" * 16_000)
    await recognizer.transcribe(PAUSE)
    assert len(partials) == told


async def test_what_it_may_have_been_besides_is_known_of_one_short_sentence(recognizer: VoskRecognizer) -> None:
    async def alternatives(pcm: bytes, **asked: bool) -> tuple[str, ...]:
        utterance = recognizer.begin(lambda _text: None, **asked)
        for block in blocks_of(pcm):
            utterance.feed(block)
        text = (await utterance.heard()).text
        found = await utterance.alternatives()
        utterance.cancel()
        assert not found or (text in found and len(found) == len(set(found)))
        assert all(clean(one) == one for one in found)
        return found

    assert await alternatives(await spoken(SAID) + PAUSE * 4, alternatives=True)
    assert not await alternatives(await spoken(SAID))
    assert not await alternatives((await spoken(SAID) + PAUSE * 2) * 2, alternatives=True)
    assert not await alternatives(await spoken(SAID) * 6, alternatives=True)
    assert not await alternatives(b"", alternatives=True)


async def test_after_cancelling_nothing_is_told(recognizer: VoskRecognizer) -> None:
    partials: list[str] = []
    utterance = recognizer.begin(partials.append)
    for block in blocks_of(await spoken(SAID) * 20):
        utterance.feed(block)
    utterance.cancel()
    told = list(partials)
    assert (await recognizer.transcribe(await spoken(SAID))).text == SAID
    assert partials == told
    with pytest.raises(RuntimeError):
        await utterance.finish()


async def test_partials_on_their_way_are_not_told_after_cancelling(recognizer: VoskRecognizer) -> None:
    partials: list[str] = []
    pcm, decoded = await spoken(SAID), threading.Event()
    utterance = recognizer.begin(partials.append)
    utterance.feed(pcm)
    recognizer.submit(decoded.set)
    decoded.wait(HANGS_S)  # the loop has had no chance to deliver them
    utterance.cancel()
    await recognizer.transcribe(PAUSE)
    assert partials == []


async def test_cancelling_while_the_end_is_awaited_frees_the_thread(recognizer: VoskRecognizer) -> None:
    decoding = asyncio.Event()
    utterance = recognizer.begin(lambda _text: decoding.set())
    utterance.feed(await spoken(SAID) * 200)  # some seconds of decoding
    await decoding.wait()
    finishing = asyncio.create_task(utterance.finish())
    await asyncio.sleep(0)
    finishing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await finishing
    began_s = time.process_time()  # of the processor: what others do beside does not count
    assert (await recognizer.transcribe(await spoken(SAID))).text == SAID
    assert time.process_time() - began_s < 3


async def test_what_is_said_before_and_after_a_long_pause_is_joined(recognizer: VoskRecognizer) -> None:
    transcript = await recognizer.transcribe(await spoken(SAID) + PAUSE * 8 + await spoken("what is the date today"))
    assert transcript.text == "what time is it what is the date today"
    assert [word.text for word in transcript.words] == transcript.text.split()
    starts = [word.start_s for word in transcript.words]
    assert starts == sorted(starts)
    assert starts[4] - transcript.words[3].end_s > 4
    assert all(0 <= word.confidence <= 1 for word in transcript.words)


async def test_unknown_words_never_appear(recognizer: VoskRecognizer) -> None:
    transcript = await recognizer.transcribe(await spoken("turn on the xylophone in the kitchen"))
    assert "xylophone" not in transcript.text
    assert transcript.text.startswith("turn on the ")
    assert transcript.text.endswith(" in the kitchen")


@pytest.mark.parametrize("piece_bytes", [1, 333, 640, 100_000])
async def test_pieces_may_have_any_length(recognizer: VoskRecognizer, piece_bytes: int) -> None:
    utterance = recognizer.begin(lambda _text: None)
    for piece in blocks_of(await spoken(SAID), piece_bytes):
        utterance.feed(piece)
    assert (await utterance.finish()).text == SAID


async def test_quiet_speech_is_speech(recognizer: VoskRecognizer) -> None:
    loud = memoryview(await spoken(SAID)).cast("h")
    quiet = b"".join((sample // 200).to_bytes(2, "little", signed=True) for sample in loud)  # 46 dB less
    assert (await recognizer.transcribe(quiet)).text == SAID


async def test_begin_before_open_and_after_close_is_a_mistake() -> None:
    closed = VoskRecognizer(starter_model())
    with pytest.raises(RuntimeError):
        closed.begin(lambda _text: None)
    await closed.open()
    utterance = closed.begin(lambda _text: None)
    await closed.close()
    utterance.cancel()
    with pytest.raises(RuntimeError):
        closed.begin(lambda _text: None)


async def test_a_model_that_ends_the_process_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(starter_model(), folder)
    (folder / "conf" / "model.conf").write_text("# nothing\n")
    broken = VoskRecognizer(folder)
    with pytest.raises(ModelBroken, match="mine"):
        await broken.open()


def test_marks_and_spaces_are_cleaned_away() -> None:
    assert clean(" [unk]  Turn \n ON [UNK] [2] <unk> <eps> !SIL #0 the(2) {breath}") == "turn on the"
    assert clean("3 < 4 a[1]b wow! (2)") == "3 < 4 a[1]b wow! (2)"


@pytest.mark.parametrize(
    ("folder", "language"),
    [
        ("starter-en", "en"), ("vosk-model-small-en-us-0.15", "en-us"), ("vosk-model-de-0.21", "de"),
        ("vosk-model-small-cn-0.22", "zh"), ("vosk-model-ar-mgb2-0.4", "ar"), ("mine", ""),
    ],
)  # fmt: skip
def test_the_language_is_told_by_the_name(folder: str, language: str) -> None:
    assert VoskRecognizer(Path(folder)).language == language


@pytest.mark.parametrize("silence_ms", [0, 100, 200, 300, 400, 500, 700, 1000])
async def test_the_words_are_there_however_soon_the_recording_ends(recognizer: VoskRecognizer, silence_ms: int) -> None:
    sound = (await spoken(SAID)).strip(b"\0")
    pcm = sound[: len(sound) // 2 * 2] + bytes(32 * silence_ms)
    transcript = await recognizer.transcribe(pcm)
    assert transcript.text == SAID
    assert 0 <= transcript.words[0].start_s < transcript.words[-1].end_s <= len(pcm) / 32_000
