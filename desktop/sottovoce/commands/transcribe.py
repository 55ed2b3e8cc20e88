"""Words out of recordings; nothing is stored."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.places import places
from sottovoce.adapters.policy_files import PolicySource, settings_under
from sottovoce.adapters.recordings import open_recording
from sottovoce.commands.printed import Printed
from sottovoce.domain.audio import duration_s
from sottovoce.home.sound import open_recognizer

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from sottovoce.adapters.recognition.port import SpeechRecognizer


async def transcripts(files: Sequence[str]) -> list[dict[str, Any]]:
    """What is said in each file, by the model that is set.

    Raises:
        RecordingUnusable: A file holds no sound that can be read.
        ModelTrouble: There is no usable model.
        SettingsUnusable: settings.toml has mistakes.
    """
    found = places(os.environ)
    settings = settings_under(PolicySource().now(), found, strict=True)
    # A look at all files first: a mistake in the last name should not come after an hour of decoding.
    for file in files:
        with open_recording(Path(file)):
            pass
    async with open_recognizer(found, settings) as recognizer:
        return [await _transcript(recognizer, file) for file in files]


async def _transcript(recognizer: SpeechRecognizer, file: str) -> dict[str, Any]:
    started = time.perf_counter()
    heard_bytes = 0

    def counted(pieces: Iterable[bytes]) -> Iterator[bytes]:
        nonlocal heard_bytes
        for piece in pieces:
            heard_bytes += len(piece)
            yield piece

    with open_recording(Path(file)) as pieces:
        transcript = await recognizer.transcribe_pieces(counted(pieces))
    return {
        "file": file,
        "text": transcript.text,
        "written": transcript.kept,
        "words": [
            {"word": w.text, "start_s": w.start_s, "end_s": w.end_s, "confidence": w.confidence}
            for w in transcript.words
        ],
        "language": recognizer.language,
        "audio_s": round(duration_s(heard_bytes), 3),
        "decode_s": round(time.perf_counter() - started, 3),
    }


async def transcribe(arguments: argparse.Namespace) -> Printed:
    """`transcribe FILE.wav…`."""
    files = await transcripts(arguments.files)
    many = len(files) > 1
    return Printed("\n".join(f"{f['file']}: {f['text']}" if many else f["text"] for f in files), {"files": files})
