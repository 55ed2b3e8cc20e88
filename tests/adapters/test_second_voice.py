"""A second voice is one file: the port `Speaker` on the program espeak-ng alone, held to the same contract."""

import asyncio
import contextlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import sottovoce
from sottovoce.domain.errors import SottovoceError, VoiceLost, VoiceMissing
from sottovoce.domain.voices import Delivery
from sottovoce.talk.voice import Voice
from tests.contracts.talk import SpeakerContract

SILENT = ("espeak-ng", "--stdin", "-w", "/dev/null")


class ProgramSpeaker:
    """All that a voice must do."""

    def __init__(self, command: tuple[str, ...] = SILENT) -> None:
        self.command = command
        self._turn = asyncio.Lock()
        self._hushes = 0
        self._process: asyncio.subprocess.Process | None = None
        self._options: tuple[str, ...] = ()

    async def say(self, sentence: str, on_start: Callable[[], None]) -> None:
        hushes = self._hushes
        async with self._turn:
            if hushes != self._hushes:
                return
            try:
                process = self._process = await asyncio.create_subprocess_exec(
                    *self.command, *self._options, stdin=asyncio.subprocess.PIPE
                )
            except FileNotFoundError:
                raise VoiceMissing from None
            on_start()
            try:
                await process.communicate(sentence.encode())
            except asyncio.CancelledError:
                self.hush()
                await process.wait()
                raise
            if process.returncode and hushes == self._hushes:
                raise VoiceLost

    def hush(self) -> None:
        self._hushes += 1
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    def tune(self, delivery: Delivery) -> None:
        self._options = () if delivery.rate is None else ("-s", str(delivery.rate))


@dataclass
class Program:
    speaker: ProgramSpeaker

    def endless(self) -> None:
        self.speaker.command = ("sleep", "300")


class TestProgram(SpeakerContract):
    @pytest.fixture
    def voice(self) -> Program:
        return Program(ProgramSpeaker())


def test_it_is_one_file_and_one_line() -> None:
    package = Path(sottovoce.__file__).parent
    knowing = {file.name for file in package.rglob("*.py") if "adapters.speaker import" in file.read_text("utf-8")}
    assert knowing == {"sound.py", "voices.py"}, "one place chooses the voice, another lets the system's be heard"
    called = [file.name for file in package.rglob("*.py") if " make_speaker(settings" in file.read_text("utf-8")]
    assert called == ["sound.py"]
    assert len(inspect.getsource(ProgramSpeaker).splitlines()) < 50


async def test_it_speaks_a_whole_answer_and_its_trouble_is_told() -> None:
    troubles: list[SottovoceError] = []
    starts: list[str] = []
    for command in (SILENT, ("no-such-program",)):
        speaker = ProgramSpeaker(command)
        speaker.tune(Delivery(rate=200))
        async with Voice(speaker, 60, on_start=lambda: starts.append("start"), on_trouble=troubles.append) as voice:
            voice.feed("It is 9:05. The second sentence. And the third.")
            await voice.finished()
    assert starts == ["start"]
    assert [error.code for error in troubles] == ["voice-missing"]
