"""A process of its own that loads the model folder named on stdin and decodes half a second; says so if it survives."""

from __future__ import annotations

import os
import sys
from typing import Final

PROBE_OK: Final = b"model-usable"
"""Written to stdout after the model has decoded."""

_HALF_A_SECOND = bytes(16_000)


MOONSHINE_ENCODER: Final = "encoder_model.ort"


def main() -> int:
    """Load a model, decode with it, report. The engine may end this process at any point: that is what it is for."""
    folder = os.fsdecode(sys.stdin.buffer.read())
    if os.path.exists(os.path.join(folder, MOONSHINE_ENCODER)):  # noqa: PTH110, PTH118 - quick to import
        _moonshine(folder)
    else:
        _vosk(folder)
    sys.stdout.buffer.write(PROBE_OK)
    sys.stdout.flush()
    return 0


def _vosk(folder: str) -> None:
    import vosk  # noqa: PLC0415 - the parent imports this module for its constants alone

    vosk.SetLogLevel(-1)
    recognizer = vosk.KaldiRecognizer(vosk.Model(folder), 16_000)
    recognizer.SetWords(True)  # noqa: FBT003 - vosk's own signature
    recognizer.AcceptWaveform(_HALF_A_SECOND)
    recognizer.FinalResult()


def _moonshine(folder: str) -> None:
    import numpy as np  # noqa: PLC0415 - as above
    import sherpa_onnx  # noqa: PLC0415 - as above

    recognizer = sherpa_onnx.OfflineRecognizer.from_moonshine_v2(
        encoder=os.path.join(folder, MOONSHINE_ENCODER),  # noqa: PTH118 - as above
        decoder=os.path.join(folder, "decoder_model_merged.ort"),  # noqa: PTH118 - as above
        tokens=os.path.join(folder, "tokens.txt"),  # noqa: PTH118 - as above
        num_threads=1,
    )
    stream = recognizer.create_stream()
    stream.accept_waveform(16_000, np.zeros(8_000, dtype=np.float32))
    recognizer.decode_stream(stream)


if __name__ == "__main__":
    sys.exit(main())
