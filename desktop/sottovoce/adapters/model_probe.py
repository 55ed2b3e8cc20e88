"""A helper process that loads the model folder named on stdin and decodes half a second; says so if it survives."""

from __future__ import annotations

import os
import sys
from typing import Final

PROBE_OK: Final = b"model-usable"
"""Written to stdout after the model has decoded."""

_HALF_A_SECOND = bytes(16_000)


def main() -> int:
    """Load, decode, tell. libvosk may end this process at any point: that is what it is for."""
    import vosk  # noqa: PLC0415 - the parent imports this module for its constant alone

    folder = os.fsdecode(sys.stdin.buffer.read())
    vosk.SetLogLevel(-1)
    recognizer = vosk.KaldiRecognizer(vosk.Model(folder), 16_000)
    recognizer.SetWords(True)  # noqa: FBT003 - vosk's own signature
    recognizer.AcceptWaveform(_HALF_A_SECOND)
    recognizer.FinalResult()
    sys.stdout.buffer.write(PROBE_OK)
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
