"""The application beneath the interface, as the tests need it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from sottovoce.domain.conversations import Found, Message, Role
from sottovoce.domain.errors import SottovoceError, SoundTrouble
from sottovoce.domain.hotkeys import Edge
from sottovoce.domain.microphones import SoundLevel, SoundSource
from sottovoce.domain.policy import Policy
from sottovoce.domain.said import said
from sottovoce.domain.settings import Settings, with_setting
from sottovoce.domain.speech_models import CatalogueEntry, Engine, InstalledModel, Progress, Step
from sottovoce.domain.voices import VoiceChoice
from sottovoce.language import shown
from sottovoce.ui.ports import About, KeyState, SheetLine

ABOUT = About(
    version="1.2.3",
    licence="Apache-2.0",
    home="/home/me/.local/share/sottovoce",
    settings_file="/home/me/.config/sottovoce/settings.toml",
    logs="/home/me/.local/state/sottovoce/logs",
    model="starter-en",
    turns=said("turns-took", count=1, usual=0.8, slowest=0.8),
)

VOICES = (
    VoiceChoice(name="English (America)", language="en-us", gender="male"),
    VoiceChoice(name="English (America), female", language="en-us", gender="female"),
    VoiceChoice(name="German", language="de", gender=""),
)


def message(number: int, role: Role, content: str, *, at: float = 1_700_000_000.0, conversation: str = "c") -> Message:
    """A stored message; higher numbers are later."""
    return Message(
        id=f"{number:032x}", conversation_id=conversation, role=role, content=content, created_at=at + number
    )


CODE = "TEST 1234 ABCD 5678 EFGH 9QRS TVWX"
"""Has the form of a recovery code."""


class FakeKeys:
    """Keeps what it was asked for; `failure` is raised instead."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.now = KeyState(keyring="found", recovery_made=1_700_000_000.0, passphrase_made=None, backed_up=None)
        self.passphrase = ""
        self.sheets: list[tuple[str, Path]] = []
        self.failure: SottovoceError | None = None

    async def state(self) -> KeyState:
        return self.now

    async def new_recovery_code(self) -> str:
        self._called("new")
        return CODE

    async def recovery_code_kept(self, typed: str = "") -> None:
        self._called(f"kept {typed}".strip())

    async def save_recovery_sheet(self, code: str, path: Path) -> None:
        self._called("sheet")
        self.sheets.append((code, path))

    def recovery_sheet(self, code: str) -> tuple[SheetLine, ...]:
        return (SheetLine(text=code, size_pt=26, bold=True, monospaced=True),)

    async def set_passphrase(self, passphrase: str) -> None:
        self._called("passphrase")
        self.passphrase = passphrase
        self.now = replace(self.now, passphrase_made=1_700_000_001.0)

    async def remove_passphrase(self) -> None:
        self._called("remove")
        self.now = replace(self.now, passphrase_made=None)

    async def back_up(self, path: Path | None) -> Path:
        self._called(f"backup {path}")
        self.now = replace(self.now, backed_up=1_700_000_002.0)
        return path or Path("backups/one")

    def _called(self, name: str) -> None:
        if self.failure is not None:
            raise self.failure
        self.calls.append(name)


GERMAN = CatalogueEntry(
    name="vosk-model-small-de-0.15",
    engine=Engine.VOSK,
    language="de",
    size_bytes=46_499_967,
    licence="Apache-2.0",
    good_for="everyday speech on any machine",
    url="https://models.example/vosk-model-small-de-0.15.zip",
    md5="0" * 32,
)
STARTER = InstalledModel(
    name="starter-en",
    engine=Engine.VOSK,
    language="en",
    size_bytes=20_000_000,
    licence="Apache-2.0",
    folder="/usr/share/sottovoce/models/starter-en",
    shipped=True,
    in_use=True,
    proven=True,
)


class FakeModels:
    """A catalogue of one; an installation waits at `gate` in the middle. `failure` is raised instead."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.entries: tuple[CatalogueEntry, ...] = (GERMAN,)
        self.there: tuple[InstalledModel, ...] = (STARTER,)
        self.failure: SottovoceError | None = None
        self.gate = asyncio.Event()
        self.gate.set()

    async def catalogue(self) -> tuple[CatalogueEntry, ...]:
        return self.entries

    async def refresh(self) -> tuple[CatalogueEntry, ...]:
        self._called("refresh")
        return self.entries

    async def installed(self) -> tuple[InstalledModel, ...]:
        return self.there

    async def install(self, name: str, on_progress: Callable[[Progress], None]) -> InstalledModel:
        self._called(f"install {name}")
        (entry,) = (one for one in self.entries if one.name == name)
        on_progress(Progress(Step.DOWNLOADING, entry.size_bytes // 2, entry.size_bytes))
        await self.gate.wait()
        on_progress(Progress(Step.DONE))
        return self._add(name, entry.language)

    async def import_path(self, path: Path, on_progress: Callable[[Progress], None]) -> InstalledModel:
        self._called(f"import {path}")
        on_progress(Progress(Step.UNPACKING))
        await self.gate.wait()
        on_progress(Progress(Step.DONE))
        return self._add(path.stem, "")

    async def remove(self, name: str) -> None:
        self._called(f"remove {name}")
        self.there = tuple(one for one in self.there if one.name != name)

    def _add(self, name: str, language: str) -> InstalledModel:
        made = replace(STARTER, name=name, language=language, shipped=False, in_use=False, folder=f"models/{name}")
        self.there = (*self.there, made)
        return made

    def _called(self, name: str) -> None:
        if self.failure is not None:
            raise self.failure
        self.calls.append(name)


class FakeMicrophoneTest:
    """Hears the levels that the test puts in."""

    def __init__(self, source: SoundSource | None) -> None:
        self.source = source
        self.heard: asyncio.Queue[SoundLevel | SoundTrouble] = asyncio.Queue()
        self.wrong: SoundTrouble | None = None
        self.recorded_s = 0.0
        self.played = 0
        self.gate = asyncio.Event()
        """Clear it to keep a recording or a playing going on."""
        self.gate.set()

    async def levels(self) -> AsyncIterator[SoundLevel]:
        while True:
            level = await self.heard.get()
            if isinstance(level, SoundTrouble):
                raise level
            yield level

    def trouble(self) -> SoundTrouble | None:
        return self.wrong

    async def record(self, length_s: float) -> None:
        await self.gate.wait()
        self.recorded_s = length_s

    async def play(self) -> None:
        await self.gate.wait()
        self.played += 1


class FakeMicrophones:
    """Has the sources that the test puts in; `failure` is raised instead."""

    def __init__(self) -> None:
        self.there: tuple[SoundSource, ...] = (
            SoundSource(name="alsa_input.pci", label="Built-in Audio Analog Stereo", is_default=True),
            SoundSource(name="alsa_input.usb", label="Headset Mono"),
            SoundSource(name="alsa_output.pci.monitor", label="Monitor of Built-in Audio", is_monitor=True),
        )
        self.failure: SottovoceError | None = None
        self.tests: list[FakeMicrophoneTest] = []
        self.open = 0

    async def sources(self) -> tuple[SoundSource, ...]:
        if self.failure is not None:
            raise self.failure
        return self.there

    @asynccontextmanager
    async def test(self, name: str) -> AsyncIterator[FakeMicrophoneTest]:
        if self.failure is not None:
            raise self.failure
        wanted = (one for one in self.there if one.name == name or (not name and one.is_default))
        self.tests.append(FakeMicrophoneTest(next(wanted, None)))
        self.open += 1
        try:
            yield self.tests[-1]
        finally:
            self.open -= 1


class FakeTalkKey:
    """A key that the test presses; `failure` is raised by the next trial."""

    def __init__(self) -> None:
        self.reports_release = True
        self.calls: list[str] = []
        self.failure: SottovoceError | None = None
        self.edge: Callable[[Edge], None] = lambda _: None

    async def try_out(self, key: str, on_edge: Callable[[Edge], None]) -> None:
        self.calls.append(f"try {key}".strip())
        self.edge = on_edge
        if self.failure is not None:
            error, self.failure = self.failure, None
            raise error

    async def end_trial(self) -> None:
        self.calls.append("end")
        self.edge = lambda _: None


class FakeActions:
    """Keeps what it was asked for, and answers from what the test put in."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.kept = Settings()
        self.saved: list[Settings] = []
        self.welcome: list[int | None] = []
        self.policy = Policy()
        self.messages: tuple[Message, ...] = ()
        self.found: tuple[Found, ...] = ()
        self.searched: list[str] = []
        self.limits: list[int] = []
        self.failure: Exception | None = None
        self.history_asked = asyncio.Event()
        self.search_asked = asyncio.Event()
        self.history_gate = asyncio.Event()
        """Clear it to keep the history from answering."""
        self.history_gate.set()
        self.saving_gate = asyncio.Event()
        """Clear it to keep settings from being saved."""
        self.saving_gate.set()
        self.key_actions = FakeKeys()
        self.model_actions = FakeModels()
        self.microphone_actions = FakeMicrophones()
        self.samples: list[Settings] = []
        self.sample_gate = asyncio.Event()
        """Clear it to keep a sample sounding."""
        self.sample_gate.set()
        self.key_to_talk = FakeTalkKey()

    def press(self) -> None:
        self.calls.append("press")

    def release(self) -> None:
        self.calls.append("release")

    def toggle(self) -> None:
        self.calls.append("toggle")

    def cancel(self) -> None:
        self.calls.append("cancel")

    def quit(self) -> None:
        self.calls.append("quit")

    def settings(self) -> Settings:
        return self.policy.applied(self.kept)

    def usual(self) -> Settings:
        return self.policy.usual

    def decided(self) -> frozenset[str]:
        return self.policy.decided

    def forbidden(self) -> Mapping[str, str]:
        return {act: shown(why) for act, why in self.policy.forbidden.items()}

    def locked(self) -> Mapping[str, str]:
        return {name: shown(why) for name, why in self.policy.locked.items()}

    def about(self) -> About:
        return ABOUT

    def keys(self) -> FakeKeys:
        return self.key_actions

    def models(self) -> FakeModels:
        return self.model_actions

    def microphones(self) -> FakeMicrophones:
        return self.microphone_actions

    def talk_key(self) -> FakeTalkKey:
        return self.key_to_talk

    async def answer_unfinished(self) -> None:
        self._fail()
        self.calls.append("answer")

    async def dismiss_unfinished(self) -> None:
        self._fail()
        self.calls.append("dismiss")

    async def export(self, folder: Path) -> int:
        self._fail()
        self.calls.append(f"export {folder}")
        return 12

    async def erase_user(self) -> int:
        self._fail()
        self.calls.append("erase")
        return 12

    def note_welcome(self, step: int | None) -> None:
        self.welcome.append(step)

    async def save_settings(self, settings: Settings) -> None:
        self._fail()
        self.kept = settings
        self.saved.append(settings)

    async def voices(self) -> tuple[VoiceChoice, ...]:
        self._fail()
        return VOICES

    async def say_sample(self, settings: Settings) -> None:
        self._fail()
        self.samples.append(settings)
        await self.sample_gate.wait()

    def hush_sample(self) -> None:
        self.calls.append("hush sample")
        self.sample_gate.set()

    async def set_setting(self, name: str, value: object) -> None:
        self._fail()
        await self.saving_gate.wait()
        self.kept = with_setting(self.kept, name, value)
        self.saved.append(self.kept)

    async def history(
        self,
        limit: int,
        *,
        older_than: str | None = None,
        newer_than: str | None = None,
        conversation: str | None = None,
    ) -> tuple[Message, ...]:
        self._fail()
        self.limits.append(limit)
        self.history_asked.set()
        await self.history_gate.wait()
        said = [one for one in self.messages if conversation in {None, one.conversation_id}]
        places = {one.id: number for number, one in enumerate(said)}
        if older_than is not None:
            return tuple(said[places[older_than] + 1 :][:limit])
        if newer_than is not None:
            return tuple(said[max(0, places[newer_than] - limit) : places[newer_than]])
        return tuple(said[:limit])

    async def search(self, text: str, limit: int) -> tuple[Found, ...]:
        self._fail()
        self.searched.append(text)
        self.search_asked.set()
        return self.found[:limit]

    def _fail(self) -> None:
        if isinstance(self.failure, SottovoceError | ValueError):
            raise self.failure


class Long(FakeActions):
    """A history that nobody could hold, made as it is asked for: each turn a question and its answer."""

    def __init__(self, messages: int) -> None:
        super().__init__()
        self.count = messages
        self.pages: list[int] = []

    def at(self, place: int) -> Message:
        """The newest is 0."""
        number = self.count - place
        if number % 2:
            return message(number, Role.USER, f"question {number // 2}")
        return message(number, Role.ASSISTANT, f"answer {number // 2} " + "and so on " * (number % 30))

    async def history(
        self,
        limit: int,
        *,
        older_than: str | None = None,
        newer_than: str | None = None,
        conversation: str | None = None,
    ) -> tuple[Message, ...]:
        first = 0
        if older_than is not None:
            first = self.count - int(older_than, 16) + 1
        end = min(first + limit, self.count)
        if newer_than is not None:
            end = self.count - int(newer_than, 16)
            first = max(0, end - limit)
        self.pages.append(end - first)
        return tuple(self.at(place) for place in range(first, end))
