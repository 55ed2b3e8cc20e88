"""Talking where PipeWire is the sound server, which speaks PulseAudio's protocol and is another program behind it."""

from pathlib import Path

from tests.desktop.app import Overlay, running
from tests.desktop.conftest import DeskFactory
from tests.desktop.deskbox import DeskOptions
from tests.desktop.deskbox.sound import sound_seconds


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
