"""What every recogniser of this room can do; nobody outside asks for more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from sottovoce.talk.ports import Recognizer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from sottovoce.domain.turns import Transcript


class SpeechRecognizer(Recognizer, Protocol):
    """Speech to text, with a life: opened, used, closed."""

    @property
    def name(self) -> str:
        """Of the model that commands are heard with, as the user knows it."""

    @property
    def language(self) -> str:
        """Tag of the language it hears, "en" or "en-us"; empty if the model does not name it."""

    async def open(self) -> None:
        """Load what is needed at once. A failed open leaves no thread.

        Raises:
            ModelBroken: The model can't be used.
        """

    async def check(self) -> str:
        """Load and try every part; returns a sentence of what is heard with what.

        Raises:
            ModelTrouble: A part can't be used.
        """

    async def transcribe(self, pcm: bytes) -> Transcript:
        """Recognise a whole recording (16 kHz mono int16).

        Raises:
            ModelTrouble: Decoding failed.
        """

    async def transcribe_pieces(
        self, pieces: Iterable[bytes], before_each: Callable[[], Awaitable[None]] | None = None
    ) -> Transcript:
        """Recognise a recording that comes piece by piece: the next one is asked for when the last one is decoded.

        Args:
            pieces: Of the recording, in their order.
            before_each: Waited for before each piece is decoded.

        Raises:
            ModelTrouble: Decoding failed.
        """

    async def close(self) -> None:
        """Free the models and end the threads. Idempotent."""
