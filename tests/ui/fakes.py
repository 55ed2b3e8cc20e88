"""The application beneath the interface, as the tests need it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from types import FunctionType
from typing import Any, TypeVar, cast

from sottovoce.domain.conversations import MessageState, Role
from sottovoce.domain.errors import SottovoceError, SoundTrouble
from sottovoce.domain.figures import ANSWERS, MEMORY, WAIT, Reading, Spread
from sottovoce.domain.hotkeys import Edge, GivenKeys
from sottovoce.domain.microphones import SoundLevel, SoundSource
from sottovoce.domain.policy import Policy
from sottovoce.domain.said import said
from sottovoce.domain.settings import Settings, with_setting
from sottovoce.domain.speech_models import CatalogueEntry, Engine, InstalledModel, InstallStep, Progress
from sottovoce.domain.voices import VoiceChoice
from sottovoce.language import shown
from sottovoce.operations.backup import BackupMade, Backups, BackupShown, CreateBackup, ListBackups
from sottovoce.operations.diagnostics import DiagnosticsWritten, WriteDiagnostics
from sottovoce.operations.erase import ErasedCounts, EraseScope, ErasureDone
from sottovoce.operations.export import ExportAll, Exported
from sottovoce.operations.history import (
    FoundMessage,
    FoundMessages,
    HistoryPage,
    ReadPage,
    SearchHistory,
    SettleOffered,
    TextMark,
)
from sottovoce.operations.keys import (
    CodeConfirmed,
    KeepRecoveryCode,
    KeyStatus,
    MakeRecoveryCode,
    NewCode,
    PassphraseSet,
    SaveSheet,
    SetPassphrase,
    Sheet,
    SheetLine,
    SheetSaved,
    ShowKey,
    ShowSheet,
)
from sottovoce.operations.models import (
    ImportModel,
    Installed,
    InstallModel,
    ListModels,
    ModelInstalled,
    ModelRemoved,
    ModelsThere,
    Offered,
    RemoveModel,
)
from sottovoce.operations.settings import SetSetting
from sottovoce.operations.shapes import MessageShown, Nothing
from sottovoce.operations.stats import FigureShown, FiguresListed, ListFigures
from sottovoce.operations.values import Asks, Values
from sottovoce.talk.ringing import Notice
from sottovoce.ui.ports import About

R = TypeVar("R", bound=Values)

FIGURES = tuple(
    map(
        FigureShown.of,
        (
            Reading(figure=WAIT, spread=Spread((0, 0, 0, 0, 0, 2, 0, 1, 1, 0, 0, 0, 0, 0), 3.5)),
            Reading(figure=ANSWERS, labels=("skill",), value=7),
            Reading(figure=MEMORY, value=200 * 1024 * 1024),
        ),
    )
)
"""What was counted, a line of each kind."""
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


def message(
    number: int, role: Role, content: str, *, at: float = 1_700_000_000.0, conversation: str = "c"
) -> MessageShown:
    """A stored message; higher numbers are later."""
    return MessageShown(
        id=f"{number:032x}",
        conversation=conversation,
        role=role,
        content=content,
        state=MessageState.COMPLETE,
        created_at=at + number,
    )


def hit(of: MessageShown, snippet: str, text: str = "", *marks: tuple[int, int]) -> FoundMessage:
    """A message that a search found."""
    found = tuple(TextMark(first=first, end=end) for first, end in marks)
    return FoundMessage(**vars(of), snippet=snippet, text=text, marks=found)


CODE = "TEST 1234 ABCD 5678 EFGH 9QRS TVWX"
"""Has the form of a recovery code."""


KEYS = KeyStatus(
    keyring="found",
    generation=1,
    made_at=None,
    recovery_code_made_at=1_700_000_000.0,
    recovery_code_kept_for_administrator=False,
    passphrase_made_at=None,
)
SHEET = Sheet(lines=(SheetLine(text=CODE, size_pt=26, bold=True, monospaced=True),))
CONTENT: dict[str, Any] = {
    "program": "1",
    "schema": 1,
    "database": "d",
    "messages": 1,
    "conversations": 1,
    "memories": 0,
}
"""Of a backup."""


class Answering:
    """Answers operations: each by the function whose argument `asked` is of its class."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.failure: Exception | None = None
        """Raised instead."""
        self.answers: dict[Any, Any] = {
            function.__annotations__.get("asked"): function
            for kind in reversed(type(self).__mro__)
            for function in vars(kind).values()
            if isinstance(function, FunctionType)
        }

    def called(self, name: str) -> None:
        self.fail()
        self.calls.append(name)

    def fail(self) -> None:
        if isinstance(self.failure, SottovoceError | ValueError):
            raise self.failure


class FakeKeys(Answering):
    """Keeps what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.now = KEYS
        self.backed_up: float | None = None
        self.passphrase = ""
        self.sheets: list[tuple[str, Path]] = []

    async def status(self, asked: ShowKey) -> KeyStatus:
        return self.now

    async def new_recovery_code(self, asked: MakeRecoveryCode) -> NewCode:
        self.called("new")
        return NewCode(code=CODE)

    async def recovery_code_kept(self, asked: KeepRecoveryCode) -> CodeConfirmed:
        self.called(f"kept {asked.code or ''}".strip())
        return CodeConfirmed(confirmed=True)

    async def save_sheet(self, asked: SaveSheet) -> SheetSaved:
        self.called("sheet")
        self.sheets.append((asked.code, asked.file))
        return SheetSaved(file=asked.file)

    async def sheet(self, asked: ShowSheet) -> Sheet:
        return SHEET

    async def set_passphrase(self, asked: SetPassphrase) -> PassphraseSet:
        self.called("remove" if asked.remove else "passphrase")
        self.passphrase = asked.passphrase or ""
        self.now = self.now.but(passphrase_made_at=None if asked.remove else 1_700_000_001.0)
        return PassphraseSet(passphrase=not asked.remove)

    async def back_up(self, asked: CreateBackup) -> BackupMade:
        self.called(f"backup {asked.file}")
        self.backed_up = 1_700_000_002.0
        file = asked.file or Path("backups/one")
        return BackupMade(file=file, created_at=self.backed_up, files=0, files_left=0, knowledge=False, **CONTENT)

    async def backups(self, asked: ListBackups) -> Backups:
        made = () if self.backed_up is None else (BackupShown(file=Path("one"), created_at=self.backed_up, **CONTENT),)
        return Backups(backups=made, before_upgrades=())


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


class FakeModels(Answering):
    """A catalogue of one; an installation waits at `gate` in the middle."""

    def __init__(self) -> None:
        super().__init__()
        self.installing: Callable[[Progress], None] = lambda _: None
        """Told how far one is."""
        self.entries: tuple[CatalogueEntry, ...] = (GERMAN,)
        self.there: tuple[InstalledModel, ...] = (STARTER,)
        self.gate = asyncio.Event()
        self.gate.set()

    async def there_and_offered(self, asked: ListModels) -> ModelsThere:
        if asked.refresh:
            self.called("refresh")
        installed, offered = tuple(map(Installed.of, self.there)), tuple(map(Offered.of, self.entries))
        return ModelsThere(installed=installed, catalogue=offered, begun=())

    async def install(self, asked: InstallModel) -> ModelInstalled:
        self.called(f"install {asked.name}")
        (entry,) = (one for one in self.entries if one.name == asked.name)
        self.installing(Progress(InstallStep.DOWNLOADING, entry.size_bytes // 2, entry.size_bytes))
        await self.gate.wait()
        self.installing(Progress(InstallStep.DONE))
        return self._add(asked.name, entry.language)

    async def import_path(self, asked: ImportModel) -> ModelInstalled:
        assert asked.path is not None
        self.called(f"import {asked.path}")
        self.installing(Progress(InstallStep.UNPACKING))
        await self.gate.wait()
        self.installing(Progress(InstallStep.DONE))
        return self._add(asked.path.stem, "")

    async def remove(self, asked: RemoveModel) -> ModelRemoved:
        self.called(f"remove {asked.name}")
        self.there = tuple(one for one in self.there if one.name != asked.name)
        return ModelRemoved(removed=asked.name)

    def _add(self, name: str, language: str) -> ModelInstalled:
        made = replace(STARTER, name=name, language=language, shipped=False, in_use=False, folder=f"models/{name}")
        self.there = (*self.there, made)
        return ModelInstalled(installed=Installed.of(made))


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
        self.made: GivenKeys | None = None
        self.calls: list[str] = []
        self.failure: SottovoceError | None = None
        self.edge: Callable[[Edge], None] = lambda _: None

    def given(self, _key: str) -> GivenKeys | None:
        return self.made

    async def try_out(self, key: str, on_edge: Callable[[Edge], None]) -> None:
        self.calls.append(f"try {key}".strip())
        self.edge = on_edge
        if self.failure is not None:
            error, self.failure = self.failure, None
            raise error

    async def end_trial(self) -> None:
        self.calls.append("end")
        self.edge = lambda _: None


class FakeActions(Answering):
    """Keeps what it was asked for, and answers from what the test put in."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = Settings()
        self.saved: list[Settings] = []
        self.welcome: list[int | None] = []
        self.policy = Policy()
        self.messages: tuple[MessageShown, ...] = ()
        self.found: tuple[FoundMessage, ...] = ()
        self.searched: list[str] = []
        self.limits: list[int] = []
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
        self.notices: list[Notice | None] = []

    def notify(self, notice: Notice | None) -> None:
        self.notices.append(notice)

    async def figures(self, asked: ListFigures) -> FiguresListed:
        return FiguresListed(figures=FIGURES)

    async def report(self, asked: WriteDiagnostics) -> DiagnosticsWritten:
        self.called(f"report {asked.file.name}")
        return DiagnosticsWritten(file=asked.file, parts=("figures.json",))

    async def ask(self, asked: Asks[R], /) -> R:
        for one in (self, self.key_actions, self.model_actions):
            if type(asked) in one.answers:
                return cast("R", await one.answers[type(asked)](one, asked))
        raise AssertionError(asked)

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

    def microphones(self) -> FakeMicrophones:
        return self.microphone_actions

    def talk_key(self) -> FakeTalkKey:
        return self.key_to_talk

    def named_key(self) -> str:
        given = self.key_to_talk.made
        return (given.talk if given is not None else "") or self.settings().hotkey

    async def settle(self, asked: SettleOffered) -> Nothing:
        self.called("answer" if asked.answer else "dismiss")
        return Nothing()

    async def export(self, asked: ExportAll) -> Exported:
        self.called(f"export {asked.folder}")
        return Exported(folder=asked.folder, rows={"messages": 12})

    async def erase(self, asked: EraseScope) -> ErasureDone:
        assert asked.user == self.settings().user
        self.called("erase")
        return ErasureDone(
            erased=ErasedCounts(messages=12, conversations=1, memories=0, records=0),
            backups_rewritten=0,
            backups_removed=0,
            backups_not_opened=(),
            backups_of_others=(),
            replaced_rewritten=0,
            replaced_not_opened=(),
            copies=(),
        )

    def note_welcome(self, step: int | None) -> None:
        self.welcome.append(step)

    async def voices(self) -> tuple[VoiceChoice, ...]:
        self.fail()
        return VOICES

    async def say_sample(self, settings: Settings) -> None:
        self.fail()
        self.samples.append(settings)
        await self.sample_gate.wait()

    def hush_sample(self) -> None:
        self.calls.append("hush sample")
        self.sample_gate.set()

    async def set_setting(self, asked: SetSetting) -> Nothing:
        self.fail()
        await self.saving_gate.wait()
        self.kept = with_setting(self.kept, asked.key, asked.value)
        self.saved.append(self.kept)
        return Nothing()

    async def history(self, asked: ReadPage) -> HistoryPage:
        self.fail()
        self.limits.append(asked.limit)
        self.history_asked.set()
        await self.history_gate.wait()
        said = [one for one in self.messages if asked.conversation in {None, one.conversation}]
        places = {one.id: number for number, one in enumerate(said)}
        if asked.older_than is not None:
            said = said[places[asked.older_than] + 1 :]
        if asked.newer_than is not None:
            place = places[asked.newer_than]
            said = said[max(0, place - asked.limit) : place]
        return HistoryPage(messages=tuple(said[: asked.limit]))

    async def search(self, asked: SearchHistory) -> FoundMessages:
        self.fail()
        self.searched.append(asked.text)
        self.search_asked.set()
        return FoundMessages(found=self.found[: asked.limit])


class Long(FakeActions):
    """A history that nobody could hold, made as it is asked for: each turn a question and its answer."""

    def __init__(self, messages: int) -> None:
        super().__init__()
        self.count = messages
        self.pages: list[int] = []

    def at(self, place: int) -> MessageShown:
        """The newest is 0."""
        number = self.count - place
        if number % 2:
            return message(number, Role.USER, f"question {number // 2}")
        return message(number, Role.ASSISTANT, f"answer {number // 2} " + "and so on " * (number % 30))

    async def history(self, asked: ReadPage) -> HistoryPage:
        first = 0
        if asked.older_than is not None:
            first = self.count - int(asked.older_than, 16) + 1
        end = min(first + asked.limit, self.count)
        if asked.newer_than is not None:
            end = self.count - int(asked.newer_than, 16)
            first = max(0, end - asked.limit)
        self.pages.append(end - first)
        return HistoryPage(messages=tuple(self.at(place) for place in range(first, end)))
