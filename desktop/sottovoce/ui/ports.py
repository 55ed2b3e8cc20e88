"""What the interface asks of the application beneath it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from sottovoce.operations.values import Asks, Values

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from contextlib import AbstractAsyncContextManager

    from sottovoce.domain.errors import SoundTrouble
    from sottovoce.domain.hotkeys import Edge, GivenKeys
    from sottovoce.domain.microphones import SoundLevel, SoundSource
    from sottovoce.domain.said import Said
    from sottovoce.domain.settings import Settings
    from sottovoce.domain.voices import VoiceChoice
    from sottovoce.talk.ringing import Notice

AnsweredT = TypeVar("AnsweredT", bound=Values)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the about window tells."""

    version: str
    licence: str
    home: str
    """Folder of the encrypted store."""
    settings_file: str
    logs: str
    model: str
    """Name of the speech model in use."""
    turns: Said
    """How long the last turns took."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One entry of a list."""

    value: str
    """What the setting keeps; "" where it is the system's to choose."""
    title: str | Said
    detail: str | Said = ""
    """A few words more: a language, what it is good for."""


class MicrophoneTest(Protocol):
    """A microphone that is open to be tried: nothing of it is recognised, stored or sent."""

    @property
    def source(self) -> SoundSource | None:
        """What is listened to, as far as the sound system tells."""

    def levels(self) -> AsyncIterator[SoundLevel]:
        """How loud it is, some 16 times a second, until the test ends; who asks late gets the newest. For one reader.

        Raises:
            MicrophoneLost: It was taken away or stopped (from the iterator).
        """

    def trouble(self) -> SoundTrouble | None:
        """What is wrong with its level so far (silent, too quiet, too loud); None while all is well."""

    async def record(self, length_s: float) -> None:
        """Keep what is heard from now on in memory, in place of a recording before; returns when it is that long.

        Cancelling it keeps what was heard until then.

        Args:
            length_s: Seconds, 30 at most.

        Raises:
            MicrophoneLost: It was taken away or stopped; what was heard before is kept.
        """

    @property
    def recorded_s(self) -> float:
        """Seconds of the recording."""

    async def play(self) -> None:
        """Play the recording; returns when it has sounded. Cancelling it silences it.

        Raises:
            SottovoceError: It can't be played.
        """


class MicrophoneActions(Protocol):
    """What can be done about the microphone, for a picker with a live level."""

    async def sources(self) -> tuple[SoundSource, ...]:
        """Everything that can be listened to now, microphones first; empty where there is none. Asked anew each time.

        Raises:
            SottovoceError: The sound system doesn't answer.
        """

    def test(self, name: str) -> AbstractAsyncContextManager[MicrophoneTest]:
        """Open a microphone for the length of the block; a turn can have its own meanwhile.

        Args:
            name: A source's; "" for the system's default.

        Raises:
            MicrophoneMissing: It is not there, or doesn't open (on entering).
        """


class TalkKeyTrial(Protocol):
    """The key to talk, to be tried out: meanwhile it opens no microphone."""

    def given(self, key: str) -> GivenKeys | None:
        """What the desktop has made of this key, where it is the one in force and the desktop decides; else None."""

    @property
    def reports_release(self) -> bool:
        """Whether this desktop tells a program that a key came up; where not, a key can't be held to talk."""

    async def try_out(self, key: str, on_edge: Callable[[Edge], None]) -> None:
        """Take this key for the moment, in place of the one in force and of the one tried before.

        Args:
            key: Its name; empty for what the desktop's own settings bind to the commands `press` and `release`.
            on_edge: Called on the event loop with what is seen of it, until `end_trial`.

        Raises:
            HotkeyTrouble: It can't be had; the sentence names who has it, where that can be told. What is bound to the
                commands is told to `on_edge` nevertheless.
        """

    async def end_trial(self) -> None:
        """The key in force opens the microphone again. Idempotent; trouble with it is told as at any time."""


class Actions(Protocol):
    """Calls go down through here. The plain ones return at once and never raise.

    What is kept is read and changed by `ask` alone: an operation is the same whoever asks it. All else is what only a
    window wants: what is in force now, and devices that are tried out live.
    """

    async def ask(self, asked: Asks[AnsweredT], /) -> AnsweredT:
        """Answer what an operation is asked (`sottovoce.operations`).

        Raises:
            SottovoceError: It failed; its sentence is to be shown.
        """

    def press(self) -> None:
        """Start listening, as the hotkey does."""

    def release(self) -> None:
        """Stop listening and answer."""

    def toggle(self) -> None:
        """Press, or release if it listens."""

    def cancel(self) -> None:
        """Drop the turn and be silent."""

    def quit(self) -> None:
        """End the application."""

    def notify(self, notice: Notice | None) -> None:
        """Show a notification of the desktop in place of the former one; None: only take that away."""

    def settings(self) -> Settings:
        """The settings in force."""

    def usual(self) -> Settings:
        """The settings' defaults, as an administrator may recommend them."""

    def decided(self) -> frozenset[str]:
        """Settings that the administrator's policy leaves no choice of, by name."""

    def forbidden(self) -> Mapping[str, str]:
        """Acts that the administrator's policy forbids (`export`, `erase`), and what to tell about each."""

    def locked(self) -> Mapping[str, str]:
        """Settings that the administrator's policy decides, by name, and what to tell about each."""

    def about(self) -> About:
        """What this program is and where it keeps its data."""

    def microphones(self) -> MicrophoneActions:
        """Which microphones there are, and how one sounds."""

    def talk_key(self) -> TalkKeyTrial:
        """The key to talk, to be tried out."""

    def named_key(self) -> str:
        """The key to talk in force as the desktop calls it, which may have given another one; "" for none."""

    def note_welcome(self, step: int | None) -> None:
        """Note how far the welcome has come: the next start goes on at that step; None: it never comes again."""

    async def voices(self) -> tuple[VoiceChoice, ...]:
        """The voices that can be chosen, those of the user's language first.

        Raises:
            SpeechTrouble: The speech engine is not there, or does not tell.
        """

    async def say_sample(self, settings: Settings) -> None:
        """Say a sample with the voice, rate and volume of `settings`, which need not be saved.

        Returns when it has been said or was silenced: by `hush_sample`, by another sample, by a press.

        Raises:
            SpeechTrouble: It can't be said; nothing is said by another voice instead.
        """

    def hush_sample(self) -> None:
        """Silence the sample. Idempotent."""
