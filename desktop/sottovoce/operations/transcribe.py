"""Words out of recordings; nothing is stored."""

import os
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from sottovoce.domain.effects import Effect
from sottovoce.operations.declared import Face, Family, Needs, Positional
from sottovoce.operations.values import FILE_NAME, Asks, Values, values

if TYPE_CHECKING:
    from sottovoce.adapters.places import Places
    from sottovoce.adapters.recognition.port import SpeechRecognizer

TRANSCRIBE: Final = Family("transcribe")


@values
class HeardWord(Values):
    """One word, and when it was said."""

    word: str
    start_s: float
    end_s: float
    confidence: float


@values
class TranscriptShown(Values):
    """What is said in one recording."""

    file: str
    """As it was given."""
    text: str
    """As it was heard."""
    written: str
    """As it is written and stored."""
    words: tuple[HeardWord, ...]
    language: str
    """The model's."""
    audio_s: float
    decode_s: float


@values
class Transcripts(Values):
    """What is said in recordings, in their order."""

    files: tuple[TranscriptShown, ...]


@values
class Transcribe(Asks[Transcripts]):
    """What is said in recordings."""

    files: Annotated[tuple[str, ...], FILE_NAME, Positional("FILE.wav", "cli-transcribe-files")]


def _texts(answered: Transcripts) -> str:
    files = answered.files
    return "\n".join(f"{one.file}: {one.text}" if len(files) > 1 else one.text for one in files)


@TRANSCRIBE.operation(
    "transcribe",
    Transcribe,
    Transcripts,
    effect=Effect.READ,
    needs=Needs.NOTHING,
    faces=Face.LINE,
    prints=_texts,
)
async def transcribe(_: "Places", asked: Transcribe) -> Transcripts:
    """Recognise the recordings, one after another.

    Raises:
        RecordingUnusable: A file holds no sound that can be read.
        ModelTrouble: There is no usable model.
        SettingsUnusable: settings.toml has mistakes.
    """
    return Transcripts(files=await transcripts(asked.files))


async def transcripts(files: Sequence[str]) -> tuple[TranscriptShown, ...]:
    """What is said in each file, by the model that is set.

    Raises:
        RecordingUnusable: A file holds no sound that can be read.
        ModelTrouble: There is no usable model.
        SettingsUnusable: settings.toml has mistakes.
    """
    from sottovoce.adapters.places import places  # noqa: PLC0415 - completion needs none of these
    from sottovoce.adapters.policy_files import PolicySource, settings_under  # noqa: PLC0415
    from sottovoce.adapters.recordings import open_recording  # noqa: PLC0415
    from sottovoce.home.sound import open_recognizer  # noqa: PLC0415

    found = places(os.environ)
    settings = settings_under(PolicySource().now(), found, strict=True)
    # A look at all files first: a mistake in the last name should not come after an hour of decoding.
    for file in files:
        with open_recording(Path(file)):
            pass
    async with open_recognizer(found, settings) as recognizer:
        return tuple([await _transcript(recognizer, file) for file in files])


async def _transcript(recognizer: "SpeechRecognizer", file: str) -> TranscriptShown:
    from sottovoce.adapters.recordings import open_recording  # noqa: PLC0415 - as above

    with open_recording(Path(file)) as pieces:
        return await transcript_of(recognizer, pieces, file)


async def transcript_of(
    recognizer: "SpeechRecognizer",
    pieces: Iterable[bytes],
    name: str,
    before_each: Callable[[], Awaitable[None]] | None = None,
) -> TranscriptShown:
    """What is said in a recording, and how long it took to hear.

    Args:
        recognizer: Hears it.
        pieces: 16-bit little-endian mono PCM at 16 000 Hz.
        name: What the recording is called in the answer.
        before_each: Waited for before each piece.
    """
    from sottovoce.domain.audio import duration_s  # noqa: PLC0415 - as above

    started = time.perf_counter()
    heard_bytes = 0

    def counted() -> Iterator[bytes]:
        nonlocal heard_bytes
        for piece in pieces:
            heard_bytes += len(piece)
            yield piece

    transcript = await recognizer.transcribe_pieces(counted(), before_each)
    return TranscriptShown(
        file=name,
        text=transcript.text,
        written=transcript.kept,
        words=tuple(
            HeardWord(word=one.text, start_s=one.start_s, end_s=one.end_s, confidence=one.confidence)
            for one in transcript.words
        ),
        language=recognizer.language,
        audio_s=round(duration_s(heard_bytes), 3),
        decode_s=round(time.perf_counter() - started, 3),
    )
