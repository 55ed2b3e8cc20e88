"""Which source is the microphone; the sound server itself is asked in the virtual desktop."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from sottovoce.adapters.microphone_source import MicrophoneSource, choose_source, sources_of_server
from sottovoce.adapters.pulse import Pulse, PulseSource, ServerSilent
from sottovoce.adapters.pulse_stream import PulseStream
from sottovoce.domain.errors import MicrophoneMissing

BUILT_IN = PulseSource(1, "alsa_input.pci-0000", "Built-in Audio Analog Stereo", monitor=False)
HEADSET = PulseSource(2, "alsa_input.usb-Headset_X", "Headset X Mono", monitor=False)
SPEAKER = PulseSource(0, "alsa_output.pci-0000.monitor", "Monitor of Built-in Audio Analog Stereo", monitor=True)
PHONES = PulseSource(3, "alsa_output.usb-Headset_X.monitor", "Monitor of Headset X Stereo", monitor=True)
ALL = (SPEAKER, BUILT_IN, HEADSET, PHONES)


def test_where_nothing_is_named_the_server_chooses() -> None:
    assert choose_source("", ALL, BUILT_IN.name) is None
    assert choose_source("", ALL, "") is None
    assert choose_source("", ALL, "unknown") is None


def test_a_monitor_that_became_the_default_is_no_microphone() -> None:
    assert choose_source("", ALL, SPEAKER.name) == BUILT_IN
    with pytest.raises(MicrophoneMissing, match="only what the loudspeaker plays"):
        choose_source("", (SPEAKER, PHONES), SPEAKER.name)
    with pytest.raises(MicrophoneMissing, match="only what the loudspeaker plays"):
        choose_source("", (SPEAKER,), "auto_null")
    with pytest.raises(MicrophoneMissing) as caught:
        choose_source("", (), "")
    assert caught.value.sentence == MicrophoneMissing().sentence


@pytest.mark.parametrize(
    ("wanted", "source"),
    [
        ("alsa_input.usb-Headset_X", HEADSET),
        ("headset x mono", HEADSET),
        ("Headset", HEADSET),
        ("built-in audio", BUILT_IN),
        ("Monitor of Built-in Audio Analog Stereo", SPEAKER),
        ("alsa_output.usb-Headset_X.monitor", PHONES),
        ("monitor of headset", PHONES),
        ("alsa_output", None),
        ("Webcam", None),
    ],
)
def test_one_that_is_named_is_taken_and_a_monitor_only_by_its_own_name(wanted: str, source: PulseSource | None) -> None:
    assert choose_source(wanted, ALL, SPEAKER.name) == source
    assert choose_source(wanted, ALL[::-1], "") == source


def test_where_no_server_answers_nothing_is_chosen_and_nothing_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    with pytest.raises(ServerSilent):
        Pulse()
    source = MicrophoneSource("Headset")
    source.names = ("Headset X Mono",)  # of a server that has gone away since
    source.choose()
    assert not any([source.chosen, source.heard, list(source.names), source.moved_to_monitor()])
    source.end()


def test_a_stream_of_a_server_that_is_not_there_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    threads = len(list(Path("/proc/self/task").iterdir()))
    for _ in range(3):
        with pytest.raises(ServerSilent):
            PulseStream("", lambda *_: None, lambda: pytest.fail("it never began"), 1.0)
    assert len(list(Path("/proc/self/task").iterdir())) <= threads


def test_a_server_that_does_not_answer_is_told_and_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX) as frozen:
        frozen.bind(str(tmp_path / "native"))
        frozen.listen()
        monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/native")
        with pytest.raises(ServerSilent):
            PulseStream("", lambda *_: None, lambda: pytest.fail("it never began"), 0.1)
        source = MicrophoneSource("")
        with pytest.raises(MicrophoneMissing, match="does not answer"):
            source.choose()
        assert not source.is_of_server
        with pytest.raises(MicrophoneMissing, match="does not answer"):
            sources_of_server()
