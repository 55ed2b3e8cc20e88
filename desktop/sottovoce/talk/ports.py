"""What a spoken turn asks of the outside: ears, understanding of sound, a voice, a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from sottovoce.domain.hotkeys import GivenKeys
    from sottovoce.domain.turns import Transcript
    from sottovoce.domain.voices import Delivery


class Microphone(Protocol):
    """The input device. It has one owner at a time."""

    def listen(self) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Open the device for the length of the block.

        Leaving the block closes the device, and no block of it ever reaches a later `listen`. Where the user wants the
        last moment before a press to be heard, that comes first. Who listens decides when
        it is enough; the iterator ends by itself where what would come next is no microphone's any more.

        Yields:
            16-bit little-endian mono PCM, 16 000 Hz, 20 ms (640 bytes) a block.

        Raises:
            MicrophoneMissing: No input device or no sound server (on entering).
            MicrophoneLost: It was taken away, or delivered nothing for the watchdog's time (from the iterator).
        """

    def forget(self) -> None:
        """Keep nothing that came before now for the next `listen`; never waits."""


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

    @property
    def language(self) -> str:
        """Tag of the language it hears, "en" or "en-us"; empty if unknown."""

    def begin(self, on_partial: Callable[[str], None]) -> Utterance:
        """Start an utterance.

        Args:
            on_partial: Called on the event loop with the words so far, each time they change; never after `finish`
                returned or `cancel` was called.
        """


class ActivityHeard(Protocol):
    """Whether somebody speaks in one recording, known a moment after it was fed."""

    @property
    def works(self) -> bool:
        """False where it can't be known: then the rest means nothing."""

    @property
    def has_spoken(self) -> bool:
        """Whether somebody has spoken at all."""

    @property
    def silent_ms(self) -> int:
        """Milliseconds of sound since somebody spoke last, or since the beginning."""

    def hear(self, pcm: bytes) -> None:
        """Hand over the next piece of 16 kHz mono int16, of any length; returns at once, judges elsewhere."""


class VoiceActivity(Protocol):
    """Finds speech among everything else that sounds."""

    def begin(self) -> ActivityHeard:
        """Start a recording."""


class Speaker(Protocol):
    """Speaks sentences aloud."""

    async def say(self, sentence: str, on_start: Callable[[], None]) -> None:
        """Speak one sentence; returns when its sound has ended, or at once when `hush` is called.

        While one sounds, the next may be handed over: it is said after it, at once if its sound can be made meanwhile.
        If that one fails, it returns and is not said.
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

    def tune(self, delivery: Delivery) -> None:
        """Speak so from the next sentence on; never waits."""


class Hotkey(Protocol):
    """A key that reports when it goes down and when it comes up, whoever has the focus."""

    @property
    def reports_release(self) -> bool:
        """Whether it is reported when a key comes up; where not, a key can't be held to talk."""

    @property
    def given(self) -> GivenKeys | None:
        """What the desktop has made of the keys, where it decides that itself; None where they are those asked for."""

    @property
    def edge_s(self) -> float:
        """The moment of the press or release that is being reported: seconds by a clock that never goes back."""

    async def grab(
        self,
        key: str,
        on_press: Callable[[], None],
        on_release: Callable[[], None],
        on_repeat: Callable[[], None] | None = None,
        on_other: Callable[[], None] | None = None,
    ) -> None:
        """Take the key in place of the one held before; callbacks come on the event loop.

        Args:
            key: Its name, like "Ctrl+Alt+Space".
            on_press: It went down.
            on_release: It came up, or will never be seen coming up any more.
            on_repeat: The keyboard repeats it while it is held.
            on_other: It is a modifier, and another key was pressed beside it: that was meant.

        Raises:
            HotkeyTaken: Another program has it. HotkeyUnknown: No such key. HotkeyUnsupported: Not on this desktop.
        """

    def watch(self, key: str, on_press: Callable[[], None]) -> None:
        """Take a second key beside it, in place of the one before; "" gives it back. Returns at once.

        One that can't be had is left to whoever has it, and nothing is reported.
        """

    async def close(self) -> None:
        """Give the keys back and end the thread; another `grab` begins anew. Idempotent."""
