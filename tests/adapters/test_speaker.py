"""The voice in its worker process: the real engine, with players that need no sound card."""

import asyncio
import contextlib
import itertools
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import soundfile

from sottovoce.adapters.speaker import NoSpeaker, SpeakerLimits, WorkerSpeaker
from sottovoce.adapters.speech_process import SpeechWorker
from sottovoce.domain.errors import VoiceLost, VoiceMissing
from sottovoce.domain.voices import Delivery
from tests import processes
from tests.adapters.speech import put_player
from tests.contracts.talk import SpeakerContract
from tests.fakes_talk import FakeSpeaker
from tests.waiting import HANGS_S, wait_for

COMMAND = "sottovoce.adapters.speech_process.python_command"
SWALLOW = "exec cat > /dev/null"
ENDLESS = "exec sleep 300"
FAILING = "cat > /dev/null; exit 1"

Begin = Callable[..., Awaitable[WorkerSpeaker]]
Make = Callable[..., WorkerSpeaker]


@pytest.fixture
async def make() -> AsyncIterator[Make]:
    """A speaker that is closed however the test ends, so that no other test finds its worker."""
    async with contextlib.AsyncExitStack() as stack:

        def made(**options: object) -> WorkerSpeaker:
            speaker = WorkerSpeaker(**options)  # type: ignore[arg-type]  # the caller's names are checked at run time
            stack.push_async_callback(speaker.close)
            return speaker

        yield made


@pytest.fixture
def begin(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Begin:
    """Open a speaker whose player runs this script."""

    async def begun(script: str, **options: object) -> WorkerSpeaker:
        put_player(tmp_path / "bin", script, monkeypatch)
        speaker = make(**options)
        await speaker.open()
        return speaker

    return begun


def workers() -> list[int]:
    return [pid for pid in processes.children(os.getpid()) if "speech_worker" in processes.command(pid)]


async def starting(speaker: WorkerSpeaker) -> asyncio.Task[None]:
    """A sentence that has started."""
    started = asyncio.Event()
    saying = asyncio.create_task(speaker.say("one two three", started.set))
    await asyncio.wait_for(started.wait(), HANGS_S)
    return saying


@dataclass
class RealVoice:
    speaker: WorkerSpeaker
    player: Path

    def endless(self) -> None:
        self.player.write_text(f"#!/bin/sh\n{ENDLESS}\n")


@dataclass
class FakeVoice:
    speaker: FakeSpeaker

    def endless(self) -> None:
        self.speaker.automatic = False


class TestWorker(SpeakerContract):
    @pytest.fixture
    async def voice(self, begin: Begin, tmp_path: Path) -> RealVoice:
        return RealVoice(await begin(SWALLOW), tmp_path / "bin" / "aplay")


class TestFake(SpeakerContract):
    @pytest.fixture
    def voice(self) -> FakeVoice:
        return FakeVoice(FakeSpeaker())


async def test_the_player_gets_a_whole_wav_and_nothing_is_on_disk(
    begin: Begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setenv("TMPDIR", str(passing))
    speaker = await begin(f"cat > {tmp_path}/played; ls {passing} > {tmp_path}/seen")
    await speaker.say("one two three four", lambda: None)
    played = (tmp_path / "played").read_bytes()
    assert played[:4] == b"RIFF"
    assert len(played) > 22_050
    assert int.from_bytes(played[40:44], "little") == len(played) - 44
    assert (tmp_path / "seen").read_text() == ""


ALSA_INTO_A_FILE = """
pcm.null {{ type null }}
pcm.default {{ type file slave.pcm null file "{file}" format raw }}
"""


async def test_the_systems_player_is_no_process_of_its_own(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played, seen = tmp_path / "played", set[int]()
    (tmp_path / "asound.conf").write_text(ALSA_INTO_A_FILE.format(file=played))
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    speaker = make()
    await speaker.open()
    for _ in range(2):
        await speaker.say("one two three four", lambda: seen.update(*(processes.children(pid) for pid in workers())))
    assert seen == set()
    assert played.stat().st_size > 22_050
    assert played.read_bytes()[:4] != b"RIFF"
    (worker,) = workers()
    assert Path(f"/proc/{worker}/maps").stat().st_uid == 0, "nobody else may look into it"


def longest_silence_ms(pcm: bytes) -> float:
    """The longest silence between its first and its last sound, 22 050 Hz mono."""
    samples = memoryview(pcm).cast("h")
    heard = [place for place, sample in enumerate(samples) if abs(sample) > max(samples) // 100]
    return max(after - before for before, after in itertools.pairwise(heard)) / 22.05


async def test_a_device_that_can_not_be_opened_is_told(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "asound.conf").write_text("pcm.null { type null }")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    speaker = make()
    with pytest.raises(VoiceLost, match="played"):
        await speaker.say("one", lambda: None)


async def test_a_slow_rate_takes_longer_and_a_low_volume_is_quieter(begin: Begin, tmp_path: Path) -> None:
    sizes: list[int] = []
    for rate in (100, 300):
        speaker = await begin(f"cat > {tmp_path}/played", rate=rate, voice="english (america)", volume=10)
        await speaker.say("one two three four", lambda: None)
        sizes.append((tmp_path / "played").stat().st_size)
    assert sizes[0] > 1.5 * sizes[1]
    assert max(memoryview((tmp_path / "played").read_bytes()[44:]).cast("h")) < 6_000


async def test_signs_alone_and_zero_bytes_are_no_trouble(begin: Begin) -> None:
    speaker = await begin(SWALLOW)
    for text in ("…", "!", "a\0b", "  ", "\n", "[[" * 50, "<speak>"):
        await asyncio.wait_for(speaker.say(text, lambda: None), HANGS_S)


async def test_many_short_sentences_are_all_spoken(begin: Begin, tmp_path: Path) -> None:
    speaker = await begin(f"cat > /dev/null; echo >> {tmp_path}/count")
    for _ in range(60):
        await speaker.say("Yes.", lambda: None)
    assert (tmp_path / "count").read_text().count("\n") == 60


async def test_silencing_ends_worker_and_player_and_a_fresh_one_waits(begin: Begin) -> None:
    speaker = await begin(ENDLESS)
    saying = await starting(speaker)
    (old,) = workers()
    speaker.hush()
    await saying
    wait_for(lambda: not processes.running(old))
    wait_for(lambda: not processes.marked_or_in("nobody", {old}), what="the player is gone with it")
    wait_for(lambda: workers() and workers() != [old], what="a fresh worker")


async def test_those_who_wait_for_their_turn_are_silenced_too(begin: Begin) -> None:
    speaker = await begin(ENDLESS)
    saying = await starting(speaker)
    starts: list[str] = []
    waiting = asyncio.create_task(speaker.say("later", lambda: starts.append("start")))
    await asyncio.sleep(0)
    speaker.hush()
    await asyncio.gather(saying, waiting)
    assert starts == []


async def test_the_sound_of_a_sentence_is_made_while_the_one_before_is_heard(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = tmp_path / "played"
    (tmp_path / "asound.conf").write_text(ALSA_INTO_A_FILE.format(file=played))
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    speaker = make()
    events: list[str] = []

    async def say(text: str) -> None:
        await speaker.say(text, lambda: events.append(f"{text} starts"))
        events.append(f"{text} ends")

    await asyncio.gather(*(say(text) for text in ("one", "two", "three")))
    assert events == [f"{text} {what}" for text in ("one", "two", "three") for what in ("starts", "ends")]
    assert longest_silence_ms(played.read_bytes()) <= 120


async def test_a_sentence_that_is_cancelled_while_it_waits_is_not_said(begin: Begin, tmp_path: Path) -> None:
    speaker = await begin(f"cat > /dev/null; echo >> {tmp_path}/count")
    said = [asyncio.create_task(speaker.say(text, lambda: None)) for text in ("one two three", "four", "five")]
    await asyncio.sleep(0)
    said[1].cancel()
    await asyncio.gather(*said, return_exceptions=True)
    assert [task.cancelled() for task in said] == [False, True, False]
    assert (tmp_path / "count").read_text().count("\n") == 2


async def test_when_one_fails_those_behind_it_are_not_said(begin: Begin, tmp_path: Path) -> None:
    speaker = await begin(f"cat > /dev/null; echo >> {tmp_path}/count; exit 1")
    starts: list[str] = []
    first, second = await asyncio.gather(
        speaker.say("one", lambda: starts.append("one")),
        speaker.say("two", lambda: starts.append("two")),
        return_exceptions=True,
    )
    assert isinstance(first, VoiceLost)
    assert second is None
    assert starts == ["one"]


async def test_who_is_tuned_while_it_speaks_says_what_is_handed_over_later_with_a_fresh_worker(
    begin: Begin, tmp_path: Path
) -> None:
    speaker = await begin(SIZED.format(file=tmp_path / "sizes"))
    first = asyncio.create_task(speaker.say("one two three four", lambda: None))
    await asyncio.sleep(0)
    speaker.tune(Delivery(rate=80, volume=20, language="en-US"))
    await asyncio.gather(first, speaker.say("one two three four", lambda: None))
    usual, slow = (int(line) for line in (tmp_path / "sizes").read_text().split())
    assert slow > 1.5 * usual


async def test_each_step_of_the_volume_is_heard(begin: Begin, tmp_path: Path) -> None:
    speaker = await begin(f"cat > {tmp_path}/said.wav")
    loudness = []
    for volume in (20, 40, 60, 80, 100):
        speaker.tune(Delivery(volume=volume))
        await speaker.say("one two three", lambda: None)
        samples, _ = soundfile.read(tmp_path / "said.wav", dtype="float64")
        loudness.append(float((samples**2).mean() ** 0.5))
    assert all(later > 1.15 * former for former, later in itertools.pairwise(loudness)), loudness


async def test_the_voice_of_the_very_language_speaks_where_none_is_named(begin: Begin, tmp_path: Path) -> None:
    speaker = await begin(f'cat > "$(mktemp {tmp_path}/XXXXXX.wav)"')
    for delivery in (
        Delivery(language="en-US"),
        Delivery(voice="English (America)"),
        Delivery(language="en"),
        Delivery(),
        Delivery(language="xx-YY"),
    ):
        speaker.tune(delivery)
        await speaker.say("one two three", lambda: None)
    assert len({file.read_bytes() for file in tmp_path.glob("*.wav")}) == 2


async def test_a_player_that_fails_is_told(begin: Begin) -> None:
    speaker = await begin(FAILING)
    with pytest.raises(VoiceLost, match="played"):
        await speaker.say("one", lambda: None)


async def test_a_player_that_hangs_is_told_and_ended(begin: Begin) -> None:
    speaker = await begin(ENDLESS, limits=SpeakerLimits(margin_s=0.05))
    with pytest.raises(VoiceLost):
        await speaker.say("one", lambda: None)


async def test_a_worker_that_is_killed_is_told_and_replaced(begin: Begin, tmp_path: Path) -> None:
    speaker = await begin(ENDLESS)
    saying = await starting(speaker)
    (old,) = workers()
    os.kill(old, signal.SIGKILL)
    with pytest.raises(VoiceLost):
        await saying
    (tmp_path / "bin" / "aplay").write_text(f"#!/bin/sh\n{SWALLOW}\n")
    await speaker.say("one", lambda: None)


async def test_a_player_that_outlives_its_worker_is_ended(begin: Begin) -> None:
    speaker = await begin(ENDLESS)
    saying = await starting(speaker)
    (worker,) = workers()
    (player,) = processes.children(worker)
    os.kill(worker, signal.SIGKILL)  # it alone: its player plays on
    with pytest.raises(VoiceLost):
        await saying
    wait_for(lambda: not processes.running(player), what="the player is ended")


DYING = """
import sys
with open(sys.argv[1], "a") as starts:
    starts.write("x")
print('{"event": "ready", "voice_known": true}', flush=True)
"""

FROZEN = """
import time
print('{"event": "ready", "voice_known": true}', flush=True)
time.sleep(300)
"""

HASTY = """
import json, sys
sys.stdin.readline()  # how it shall speak
print('{"event": "ready", "voice_known": true}', flush=True)
told = [json.loads(sys.stdin.readline())["id"] for _ in range(int(sys.argv[1]))]
print("\\n".join(
    json.dumps({"id": one, "event": event, "sound_s": 0.0}) for one in told for event in ("started", "done")
), flush=True)
sys.stdin.read()
"""


def stand_in(monkeypatch: pytest.MonkeyPatch, *command: str | Path) -> None:
    """Take another program for the worker."""
    monkeypatch.setattr(
        "sottovoce.adapters.speech_process.python_command", lambda _name: [sys.executable, "-c", *command]
    )


async def test_a_sentence_is_over_for_who_said_it_before_the_next_one_starts(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(monkeypatch, HASTY, "100")
    speaker, events = make(), list[tuple[int, str]]()

    async def say(number: int) -> None:
        await speaker.say(str(number), lambda: events.append((number, "starts")))
        events.append((number, "ends"))

    async with asyncio.timeout(HANGS_S):
        await asyncio.gather(*(say(number) for number in range(100)))
    assert events == [(number, what) for number in range(100) for what in ("starts", "ends")]


async def test_a_worker_that_dies_at_once_is_started_more_and_more_seldom(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = tmp_path / "starts"
    stand_in(monkeypatch, DYING, starts)
    speaker = make(limits=SpeakerLimits(pause_s=0.2))
    await speaker.open()
    for wanted in (1, 2, 3):  # at once, then after 0.4 s
        while not (starts.exists() and len(starts.read_text()) >= wanted):  # noqa: ASYNC110 - another process's file
            await asyncio.sleep(0.01)
    began = asyncio.get_running_loop().time()
    while len(starts.read_text()) < 4:  # noqa: ASYNC110 - as above
        await asyncio.sleep(0.01)
    assert asyncio.get_running_loop().time() - began > 0.5
    await speaker.close()
    assert workers() == []


async def test_a_frozen_worker_holds_nobody_up_however_long_the_sentence_is(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(monkeypatch, FROZEN)
    speaker = make(limits=SpeakerLimits(start_s=0.3))
    began = asyncio.get_running_loop().time()
    with pytest.raises(VoiceLost):
        await speaker.say("word " * 200_000, lambda: None)
    assert asyncio.get_running_loop().time() - began < 10


async def test_without_a_player_its_package_is_told(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    speaker = make()
    for _ in range(2):
        with pytest.raises(VoiceMissing, match="alsa-utils"):
            await speaker.check()
    await speaker.close()


PARENT = """
import asyncio
from sottovoce.adapters.speaker import WorkerSpeaker
asyncio.run(WorkerSpeaker().say("one two three", lambda: print("speaking", flush=True)))
"""


def test_worker_and_player_die_with_their_parent_while_it_speaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_player(tmp_path / "bin", ENDLESS, monkeypatch)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    with subprocess.Popen((sys.executable, "-c", PARENT), stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"speaking\n"
        (worker,) = processes.children(parent.pid)
        assert len(processes.marked_or_in("nobody", {worker})) == 2
        parent.kill()
    wait_for(lambda: not processes.marked_or_in("nobody", {worker}), what="worker and player are gone")


async def test_closing_while_it_speaks_ends_everything(begin: Begin) -> None:
    speaker = await begin(ENDLESS)
    saying = await starting(speaker)
    await speaker.close()
    await speaker.close()
    await saying
    assert workers() == []
    await speaker.say("after the end nothing is said", lambda: None)


async def test_opening_and_closing_at_once_leaves_nothing(begin: Begin) -> None:
    speaker = await begin(SWALLOW)
    await speaker.close()
    assert workers() == []


async def test_the_setting_off_says_nothing() -> None:
    silent = NoSpeaker()
    await silent.open()
    starts: list[str] = []
    await silent.say("one", lambda: starts.append("start"))
    silent.hush()
    await silent.close()
    assert starts == []


SIZED = "wc -c >> {file}"


async def test_a_rate_that_is_asked_for_is_spoken_until_it_is_taken_back(begin: Begin, tmp_path: Path) -> None:
    sizes = tmp_path / "sizes"
    speaker = await begin(SIZED.format(file=sizes), rate=180)
    for rate in (None, 90, 90, None):
        speaker.tune(Delivery(rate=rate))
        await speaker.say("one two three four five six", lambda: None)
        assert len(workers()) == 1
    usual, slow, again, back = (int(line) for line in sizes.read_text().split())
    assert usual == pytest.approx(back, rel=0.02)
    assert slow == pytest.approx(again, rel=0.02)
    assert slow > 1.5 * usual


async def test_a_voice_that_is_tuned_while_it_speaks_is_so_from_the_next_sentence_on(
    begin: Begin, tmp_path: Path
) -> None:
    speaker = await begin(SWALLOW)
    saying = await starting(speaker)
    former = set(workers())
    speaker.tune(Delivery(rate=90))
    await saying
    await speaker.say("one", lambda: None)
    assert not former & set(workers())
    speaker.hush()
    NoSpeaker().tune(Delivery(rate=90))


def _waiting_process() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, start_new_session=True)


async def test_a_worker_that_was_reaped_is_signalled_no_more() -> None:
    other = _waiting_process()
    worker = SpeechWorker(lambda *_: None, {})
    assert wait_for(lambda: worker._process is not None)  # noqa: SLF001 - what it has started
    worker.kill()
    worker.part()
    worker._process = other  # noqa: SLF001 - its number is another's by now
    worker.kill()
    other.communicate(b"\n", timeout=30)
    assert other.returncode == 0, "nobody signalled it"
