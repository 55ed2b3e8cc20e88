"""Hearing and speaking through a real sound server, with everything that can happen to it."""

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import processes
from tests.desktop.conftest import DeskFactory
from tests.desktop.deskbox import Desk, DeskOptions
from tests.desktop.deskbox.sound import sound_seconds
from tests.desktop.first_words import SENTENCE, presses
from tests.waiting import HANGS_S, wait_for

ROOT = Path(__file__).resolve().parents[2]
NAME = "sound-probe"

Probe = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def sound_desk(make_desk: DeskFactory) -> Desk:
    """A desk for faults: its sound server may die."""
    return make_desk(DeskOptions(tray="none", keyring="none", notifications=False))


@pytest.fixture
def probe(sound_desk: Desk) -> Probe:
    def start(*what: str) -> subprocess.Popen[bytes]:
        environment = {"PYTHONPATH": os.pathsep.join(map(str, (ROOT / "desktop", ROOT))), "PYTHONWARNINGS": "error"}
        return sound_desk.popen_python("-m", "tests.desktop.sound_probe", *what, log=NAME, env=environment)

    return start


def events(desk: Desk) -> list[str]:
    return desk.log(NAME).splitlines()


def await_event(desk: Desk, word: str, count: int = 1, limit_s: float = HANGS_S) -> None:
    wait_for(
        lambda: sum(event.startswith(word) for event in events(desk)) >= count,
        limit_s, f"{count} × {word}",
    )  # fmt: skip


def value(desk: Desk, word: str) -> str:
    (found,) = (event.removeprefix(word).strip() for event in events(desk) if event.startswith(word))
    return found


def test_what_is_said_is_heard_and_a_second_time_nothing_of_the_first(sound_desk: Desk, probe: Probe) -> None:
    listening = probe("transcribe")
    await_event(sound_desk, "first-block-ms")
    sound_desk.sound.say("what time is it", "-s", "150")
    await_event(sound_desk, "final", 2)
    assert listening.wait(HANGS_S) == 0
    finals = [event for event in events(sound_desk) if event.startswith("final")]
    assert finals == ["final what time is it", "final "]
    partials = [event for event in events(sound_desk) if event.startswith("partial")]
    assert "partial what time is it" in partials
    assert "threads ['MainThread']" in events(sound_desk)
    assert all(int(event.split()[1]) < 1000 for event in events(sound_desk) if event.startswith("first-block-ms"))


def test_a_microphone_that_goes_away_is_told_and_comes_back(sound_desk: Desk, probe: Probe) -> None:
    listening = probe("watch")
    await_event(sound_desk, "listening")
    sound_desk.sound.suspend_microphone()
    await_event(sound_desk, "microphone-lost")
    sound_desk.sound.suspend_microphone(suspended=False)
    await_event(sound_desk, "listening", 2)
    sound_desk.freeze("pulseaudio")
    await_event(sound_desk, "microphone-missing")  # it can't be opened, and that doesn't take for ever
    sound_desk.thaw("pulseaudio")
    await_event(sound_desk, "listening", 3)
    missing = sum(event == "microphone-missing" for event in events(sound_desk))
    sound_desk.kill("pulseaudio")
    await_event(sound_desk, "microphone-missing", missing + 1)
    sound_desk.sound.start()
    sound_desk.sound.await_samples()
    await_event(sound_desk, "listening", 4)
    listening.terminate()
    await_event(sound_desk, "threads ['MainThread']")
    assert listening.wait(HANGS_S) == 0


def test_a_source_of_the_sound_server_can_be_named_a_monitor_too(sound_desk: Desk, probe: Probe) -> None:
    sound_desk.run("pactl", "set-default-source", "speaker.monitor")
    for name, source in (("virtualmic", "virtmic"), ("Monitor of VirtualMicFeed", "mic_in.monitor")):
        (sound_desk.logs / f"{NAME}.log").unlink(missing_ok=True)
        listening = probe("named", name)
        await_event(sound_desk, f"listening {source}")
        sound_desk.sound.say("what time is it", "-s", "150")
        await_event(sound_desk, "heard")
        assert listening.wait(HANGS_S) == 0


def test_microphones_are_listed_and_one_is_tried(sound_desk: Desk, probe: Probe) -> None:
    wav = sound_desk.root / "played.wav"
    with sound_desk.sound.recorded(wav):
        trying = probe("trial")
        await_event(sound_desk, "testing virtmic")
        sound_desk.sound.say("what time is it", "-s", "150")
        await_event(sound_desk, "played")
        assert trying.wait(HANGS_S) == 0
    listed = [event.split(" ", 4) for event in events(sound_desk) if event.startswith("source")]
    assert listed[0] == ["source", "virtmic", "default=True", "monitor=False", "VirtualMic"]
    assert all(one[3] == "monitor=True" for one in listed[1:])
    loudest, _, recorded, _, trouble = value(sound_desk, "loudest").split(" ", 4)
    assert int(loudest) > -20
    assert float(recorded) == 3
    assert trouble == "None"
    assert sound_seconds(wav) > 0.5, "the recording was played"
    assert value(sound_desk, "threads") == "['MainThread']"


def test_microphones_are_listed_and_tried_by_a_command(sound_desk: Desk) -> None:
    environment = {"PYTHONPATH": str(ROOT / "desktop")}

    def command(*words: str) -> tuple[int, dict[str, Any]]:
        ran = sound_desk.command("--json", "microphone", *words, env=environment)
        return ran.returncode, json.loads(ran.stdout)

    code, listed = command("list")
    assert code == 0
    assert listed["chosen"] == ""
    assert listed["microphones"][0] == {
        "name": "virtmic", "label": "VirtualMic", "default": True, "monitor": False,
    }  # fmt: skip
    saying = sound_desk.sound.start_saying("what time is it " * 40, "-s", "150")  # however late the command listens
    code, tried = command("test", "VirtualMic")
    os.killpg(saying.pid, signal.SIGTERM)
    saying.wait(HANGS_S)
    assert (code, tried["trouble"], tried["microphone"]["name"]) == (0, None, "virtmic")
    assert tried["peak_dbfs"] > -20
    code, tried = command("test")
    assert (code, tried["trouble"]["code"]) == (1, "microphone-silent")
    assert command("test", "gone")[1]["error"]["code"] == "microphone-missing"


def test_what_is_said_sounds_is_silenced_and_sounds_again(sound_desk: Desk, probe: Probe) -> None:
    speaking = probe("speak")
    await_event(sound_desk, "ready")
    assert int(value(sound_desk, "first-sound-ms")) < 1000
    assert value(sound_desk, "sounded-before-hush") == "True"
    assert int(value(sound_desk, "silence-ms")) < 100
    assert value(sound_desk, "spoke-again") == "True"
    assert not list((sound_desk.root / "tmp").rglob("*")), "nothing said may lie in a temporary file"
    sound_desk.kill("pulseaudio")
    speaking.send_signal(signal.SIGUSR1)
    await_event(sound_desk, "voice-lost")
    speaking.wait(HANGS_S)


def test_sentences_follow_one_another_without_a_gap(sound_desk: Desk, probe: Probe) -> None:
    speaking = probe("answer")
    await_event(sound_desk, "gaps-ms")
    assert speaking.wait(HANGS_S) == 0
    assert int(value(sound_desk, "sounded-ms")) > 3000
    assert int(value(sound_desk, "longest-silence-ms")) <= 120


def test_speech_ends_with_a_program_that_is_killed(sound_desk: Desk, probe: Probe) -> None:
    speaking = probe("speak")
    await_event(sound_desk, "first-sound-ms")  # the second sentence sounds, or is about to
    below = all_below(speaking.pid)
    assert not any("aplay" in processes.command(pid) for pid in below), "the sound is in no other process"
    speaking.kill()
    wait_for(lambda: not any(processes.running(pid) for pid in below if "parec" not in processes.command(pid)))


def all_below(pid: int) -> list[int]:
    """The process's children and theirs."""
    mine = processes.children(pid)
    return mine + [below for child in mine for below in all_below(child)]


def test_no_first_word_is_lost_by_presses_of_fresh_processes(sound_desk: Desk) -> None:
    # The long form of it is `python -m tests.desktop.first_words 500`.
    heard = [press.heard for press in presses(sound_desk, together=6)]
    assert heard == [SENTENCE] * 6
