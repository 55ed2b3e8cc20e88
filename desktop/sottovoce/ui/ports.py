"""What the interface asks of the application beneath it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from sottovoce.domain.conversations import Found, Message
    from sottovoce.domain.errors import SoundTrouble
    from sottovoce.domain.hotkeys import Edge
    from sottovoce.domain.microphones import SoundLevel, SoundSource
    from sottovoce.domain.said import Said
    from sottovoce.domain.settings import Settings
    from sottovoce.domain.speech_models import CatalogueEntry, InstalledModel, Progress
    from sottovoce.domain.voices import VoiceChoice


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
class KeyState:
    """Where the key of the database can come from; nothing secret."""

    keyring: str
    """found, missing, wrong, no-keyring, locked, silent or failed."""
    recovery_made: float | None
    """When the recovery code was made, seconds since 1970-01-01 UTC; None if there is none."""
    passphrase_made: float | None
    backed_up: float | None
    """When the newest of the application's own backups was made; None if there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One entry of a list."""

    value: str
    """What the setting keeps; "" where it is the system's to choose."""
    title: str | Said
    detail: str | Said = ""
    """A few words more: a language, what it is good for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One line of a sheet to print."""

    text: str
    size_pt: float
    bold: bool
    monospaced: bool


class KeyActions(Protocol):
    """What can be done about the key of the database, and its backups."""

    async def back_up(self, path: Path | None) -> Path:
        """Make an encrypted backup in a new file; returns where it is.

        Args:
            path: The file; None for the application's own folder of backups.

        Raises:
            SottovoceError: It could not be made; nothing of it is left.
        """

    async def state(self) -> KeyState:
        """Where the key is and what else opens the database.

        Raises:
            SottovoceError: It can't be told.
        """

    async def new_recovery_code(self) -> str:
        """Make a recovery code in place of the one before: 28 characters in groups of four, kept nowhere.

        Raises:
            SottovoceError: It could not be made; the code before still holds.
        """

    async def recovery_code_kept(self, typed: str = "") -> None:
        """Note that the user has the present recovery code: nobody asks after it any more.

        Args:
            typed: All of it, to be checked; "" if the user has just typed a group of the one that was shown.

        Raises:
            SottovoceError: It is another one, or it could not be noted.
        """

    async def save_recovery_sheet(self, code: str, path: Path) -> None:
        """Write the code as a PDF of one page, in a new file.

        Raises:
            SottovoceError: There is such a file already, or it can't be written.
        """

    def recovery_sheet(self, code: str) -> Sequence[SheetLine]:
        """The same sheet, for printing."""

    async def set_passphrase(self, passphrase: str) -> None:
        """Let a passphrase open the database where no keyring does, in place of the one before.

        Raises:
            SottovoceError: It is too weak, or could not be kept.
        """

    async def remove_passphrase(self) -> None:
        """Let no passphrase open the database any more.

        Raises:
            SottovoceError: There is none, or nothing else would open it.
        """


class ModelActions(Protocol):
    """What can be done about speech models; each runs to its end, or until its task is cancelled."""

    async def catalogue(self) -> Sequence[CatalogueEntry]:
        """What can be installed by name, as far as it is known here; asks nobody.

        Raises:
            SottovoceError: It can't be read.
        """

    async def refresh(self) -> Sequence[CatalogueEntry]:
        """Fetch the official list over the network, as the user wished; returns the catalogue with it.

        Raises:
            SottovoceError: It can't be fetched, or the policy of this machine forbids it.
        """

    async def installed(self) -> Sequence[InstalledModel]:
        """The model that ships and the folders in `models/`, those that can't be used as well.

        Raises:
            SottovoceError: They can't be listed.
        """

    async def install(self, name: str, on_progress: Callable[[Progress], None]) -> InstalledModel:
        """Download, check, unpack and prove a model of the catalogue; one that was begun goes on where it was.

        Args:
            name: Of its entry.
            on_progress: Told on the loop, a few times a second at most.

        Raises:
            SottovoceError: It could not be installed; nothing half made counts as installed.
        """

    async def import_path(self, path: Path, on_progress: Callable[[Progress], None]) -> InstalledModel:
        """Take a model out of a zip, a tar or a folder, without any network.

        Raises:
            SottovoceError: It is no model that can be used, or could not be put into place.
        """

    async def remove(self, name: str) -> None:
        """Remove a model that is not in use; of a linked one the link alone.

        Raises:
            SottovoceError: There is none of that name, it ships, or it is in use.
        """


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


class TalkKey(Protocol):
    """The key to talk, to be tried out: meanwhile it opens no microphone."""

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
    """Calls go down through here. The plain ones return at once and never raise."""

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

    def keys(self) -> KeyActions:
        """What can be done about the key of the database."""

    def models(self) -> ModelActions:
        """What can be done about speech models."""

    def microphones(self) -> MicrophoneActions:
        """Which microphones there are, and how one sounds."""

    def talk_key(self) -> TalkKey:
        """The key to talk, to be tried out."""

    async def export(self, folder: Path) -> int:
        """Write everything that is kept into a new folder, in clear; returns how many messages that were.

        Raises:
            SottovoceError: There is something of that name, or it can't be written.
        """

    async def erase_user(self) -> int:
        """Erase everything of the user of now, also from the backups here; returns how many messages that were.

        Raises:
            SottovoceError: There is nothing, or it could not be done.
        """

    def note_welcome(self, step: int | None) -> None:
        """Note how far the welcome has come: the next start goes on at that step; None: it never comes again."""

    async def save_settings(self, settings: Settings) -> None:
        """Put new settings into force and on disk; on an error the old ones stay in force.

        Raises:
            SottovoceError: With a sentence to show: a hotkey that is taken, a file that can't be written.
        """

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

    async def set_setting(self, name: str, value: object) -> None:
        """Put one setting into force and on disk, beside whatever else is changed meanwhile.

        Raises:
            SottovoceError: With a sentence to show: no such value, decided by a policy, a hotkey that is taken, a
                voice that is missing. All stay as they are.
        """

    async def history(
        self,
        limit: int,
        *,
        older_than: str | None = None,
        newer_than: str | None = None,
        conversation: str | None = None,
    ) -> tuple[Message, ...]:
        """A page of the history, newest first (`memory.ports.StoreReader.page`).

        Raises:
            SottovoceError: The store can't be read.
        """

    async def search(self, text: str, limit: int) -> tuple[Found, ...]:
        """Messages that match, newest first, at most `limit`.

        Raises:
            SottovoceError: The store can't be read.
        """

    async def answer_unfinished(self) -> None:
        """Answer the newest question that a crash left without an answer, aloud; then offer the one before it.

        Raises:
            SottovoceError: There is none any more, or the store can't be read.
        """

    async def dismiss_unfinished(self) -> None:
        """Leave the newest such question without an answer for good; then offer the one before it.

        Raises:
            SottovoceError: There is none any more, or the store can't be read or written.
        """
