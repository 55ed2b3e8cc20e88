"""Talking where PipeWire is the sound server, which speaks PulseAudio's protocol and is another program behind it."""

from pathlib import Path

from tests.desktop.app import Overlay, running
from tests.desktop.conftest import DeskFactory
from tests.desktop.deskbox import Desk, DeskOptions
from tests.desktop.deskbox.sound import sound_seconds

PROFILES_HZ = (16_000, 8_000)
"""Rates of a Bluetooth headset's microphone in its profiles for calls (mSBC, CVSD)."""


def _plug_profile(desk: Desk, rate_hz: int) -> None:
    """Let there be a microphone of this rate, the default; what is written into its pipe is said to it."""
    told = (f"source_name=headset{rate_hz}", f"file={desk.root}/headset{rate_hz}", f"rate={rate_hz}")
    desk.run("pactl", "load-module", "module-pipe-source", *told, "channels=1", "format=s16le")
    desk.run("pactl", "set-default-source", f"headset{rate_hz}")


def _say_to(desk: Desk, rate_hz: int, words: str) -> None:
    raw = f"-t raw -r {rate_hz} -b 16 -e signed -c 1 -"
    desk.run("sh", "-c", f"espeak-ng --stdout -s 150 '{words}' | sox -t wav - {raw} >'{desk.root}/headset{rate_hz}'")


def test_a_headset_that_changes_its_profile_in_mid_hold_loses_no_word_and_is_heard_in_each(
    make_desk: DeskFactory, tmp_path: Path
) -> None:
    wide_hz, narrow_hz = PROFILES_HZ
    desk = make_desk(DeskOptions(tray="none", notifications=False, sound="pipewire"))
    _plug_profile(desk, wide_hz)
    with running(desk, Overlay(desk, tmp_path), settings="speak = false\n") as app:
        with app.held() as since:
            _say_to(desk, wide_hz, "what day is it")
            app.overlay.wait("^Listening… what day is it", since)
            desk.sound.unload(f"source_name=headset{wide_hz}")
            _plug_profile(desk, narrow_hz)
        app.overlay.wait("what day is it Today is", since)
        with app.held() as since:
            _say_to(desk, narrow_hz, "what time is it")
            app.overlay.wait("^Listening… what time is it", since)
            desk.run("pw-metadata", "-n", "settings", "0", "clock.force-rate", "44100")
        app.overlay.wait("what time is it It is", since)
        assert f"headset{narrow_hz} PipeWire s16le 1ch {narrow_hz}Hz" in " ".join(desk.sound.sources().split())


def test_a_turn_is_heard_and_answered_a_monitor_is_no_microphone_and_a_restart_keeps_what_was_heard(
    make_desk: DeskFactory, tmp_path: Path
) -> None:
    desk = make_desk(DeskOptions(tray="none", notifications=False, sound="pipewire"))
    with running(desk, Overlay(desk, tmp_path)) as app:
        listed = app.json("microphone", "list")["microphones"]
        assert listed[0] == {"name": "virtmic", "label": "VirtualMic", "default": True, "monitor": False}
        assert all(one["monitor"] for one in listed[1:])
        with desk.sound.recorded(desk.root / "answer.wav") as answer:
            assert app.turn("what day is it").startswith("Today is")
        assert sound_seconds(answer) > 0.5, "the answer was spoken"
        desk.run("pactl", "set-default-source", "speaker.monitor")
        assert app.turn("what day is it").startswith("Today is")  # from the microphone, not from what is played
        with app.held() as since:
            desk.sound.say("what time is it", "-s", "160")
            app.overlay.wait("^Listening… what time is it", since)
            desk.kill(desk.sound.server)
            app.overlay.wait("^Trouble what time is it It is .* what you said until then is answered", since)
        desk.sound.start()
        desk.sound.await_samples()
        assert app.turn("what day is it").startswith("Today is")
