"""What a spoken turn asks of the outside: ears, understanding of sound, a voice, a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from sottovoce.domain.turns import Transcript


class Microphone(Protocol):
    """The input device. It has one owner at a time."""

    def listen(self) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Open the device for the length of the block.

        Leaving the block closes the device, and no block of it ever reaches a later `listen`. Who listens decides when
        it is enough; the iterator ends by itself where what would come next is no microphone's any more.

        Yields:
            16-bit little-endian mono PCM, 16 000 Hz, 20 ms (640 bytes) a block.

        Raises:
            MicrophoneMissing: No input device or no sound server (on entering).
            MicrophoneLost: It was taken away, or delivered nothing for the watchdog's time (from the iterator).
        """


class Utterance(Protocol):
    """One recording on its way through the recogniser."""

    def feed(self, pcm: bytes) -> None:
        """Hand over the next piece of 16 kHz mono int16, of any length; returns at once, decodes elsewhere."""

    async def finish(self) -> Transcript:
        """The final text of all that was fed. Ends the utterance.

        Raises:
            ModelTrouble: Decoding failed.
        """

    def cancel(self) -> None:
        """Drop the utterance; what was fed is forgotten. Idempotent, also after `finish`."""


class Recognizer(Protocol):
    """Speech to text, offline."""

    def begin(self, on_partial: Callable[[str], None]) -> Utterance:
        """Start an utterance.

        Args:
            on_partial: Called on the event loop with the words so far, each time they change; never after `finish`
                returned or `cancel` was called.
        """


class Speaker(Protocol):
    """Text to sound."""

    async def say(self, sentence: str, on_start: Callable[[], None]) -> None:
        """Speak one sentence; returns when its sound has ended, or at once when `hush` is called.

        Cancelling it silences it.

        Args:
            sentence: Plain text.
            on_start: Called on the event loop when the voice has taken the sentence.

        Raises:
            VoiceMissing: No engine, or nothing to play through.
            VoiceLost: The engine died or hung.
        """

    def hush(self) -> None:
        """Silence now (well under 100 ms); never waits. Idempotent."""

    def tune(self, *, rate: int | None, voice: str) -> None:
        """Speak so from the next sentence on; never waits.

        Args:
            rate: Words a minute; None for the usual rate.
            voice: Its name; empty for the usual voice, which also speaks where there is none of this name.
        """


class Hotkey(Protocol):
    """A key that is told when it goes down and when it comes up, whoever has the focus."""

    async def grab(self, key: str, on_press: Callable[[], None], on_release: Callable[[], None]) -> None:
        """Take the key named like "Ctrl+Alt+Space" (in place of the one held before); callbacks come on the event loop.

        Raises:
            HotkeyTaken: Another program has it. HotkeyUnknown: No such key. HotkeyUnsupported: Not on this desktop.
        """

    async def close(self) -> None:
        """Give the key back and end the thread; another `grab` begins anew. Idempotent."""
