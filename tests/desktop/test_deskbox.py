"""The desk itself: what the other desktop tests lean on."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile

from tests import processes
from tests.desktop.conftest import DeskFactory
from tests.desktop.deskbox import Desk, DeskError, DeskOptions, sound_seconds
from tests.desktop.fingers import Fingers
from tests.desktop.shell import Shell
from tests.waiting import HANGS_S, wait_for

WINDOW = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(sys.argv)
label = QLabel("hello")
label.setWindowTitle("a-window-of-the-desk")
label.show()
app.exec()
"""
FIELD = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
app = QApplication(sys.argv)
window = QWidget()
window.setWindowTitle("a-field-of-the-desk")
line, button = QLineEdit(), QPushButton("&go")
line.setAccessibleName("a name")
button.setEnabled(False)
line.textChanged.connect(lambda text: (print(text, flush=True), button.setEnabled(True)))
button.clicked.connect(lambda: print("gone", flush=True))
column = QVBoxLayout(window)
column.addWidget(line)
column.addWidget(button)
window.show()
app.exec()
"""
GRAB = """
from Xlib import X, display
screen = display.Display()
root = screen.screen().root
root.grab_key(screen.keysym_to_keycode(0x20), X.ControlMask | X.Mod1Mask, True, X.GrabModeAsync, X.GrabModeAsync)
screen.sync()
print("ready", flush=True)
while True:
    event = screen.next_event()
    if event.type in (X.KeyPress, X.KeyRelease):
        print("press" if event.type == X.KeyPress else "release", flush=True)
"""


def test_a_window_is_shown_and_pictured(desk: Desk, tmp_path: Path) -> None:
    desk.popen(sys.executable, "-c", WINDOW, log="window")
    desk.screen.window("a-window-of-the-desk")
    assert desk.screen.shot(tmp_path / "screen.png").stat().st_size > 0


@pytest.fixture
def field(make_desk: DeskFactory) -> Desk:
    """A desk with a field that has the focus, and a button that waits for something in it."""
    desk = make_desk(DeskOptions(tray="none", keyring="none", notifications=False, audio=False))
    desk.popen(sys.executable, "-c", FIELD, log="field")
    desk.screen.activate("a-field-of-the-desk")
    return desk


def test_a_key_whose_release_comes_late_types_once(field: Desk) -> None:
    """Who types for us may be held up in between for longer than a keyboard waits before it repeats."""
    fingers = Fingers(field.env["DISPLAY"])
    for key in "ac":
        fingers.tap(fingers.code_of(key), held_ms=800)  # an X server repeats after 0.66 s
        field.run("setxkbmap", "-layout", "us", "-option", "")
    fingers.tap(fingers.code_of("b"))
    fingers.close()
    wait_for(lambda: "b" in field.log("field"), what="what was typed")
    assert field.log("field").split()[-1] == "acb"


def test_a_field_is_filled_and_a_button_chosen_when_they_can_be(field: Desk) -> None:
    for text in ("some/first-one", "Second_one"):
        field.screen.fill("^a name$", text)
    assert field.log("field").split()[-1] == "Second_one"
    field.screen.choose("alt+g", "^go$")
    wait_for(lambda: field.log("field").split()[-1] == "gone", what="the button was pressed")


def test_the_message_of_a_failure_says_what_was_shown(field: Desk) -> None:
    field.screen.fill("^a name$", "words")
    told = field.seen.told()
    assert re.search("'a-field-of-the-desk'  <-- X FOCUS$", told, re.MULTILINE)
    assert re.search("text 'a name' text='words'  <-- FOCUS$", told, re.MULTILINE)
    assert "button 'go' (disabled)" not in told


def test_what_a_test_started_is_gone_before_the_next(desk: Desk) -> None:
    assert desk.screen.windows("a-window-of-the-desk") == []


def test_the_parts_are_there(desk: Desk) -> None:
    assert desk.tray_hosted()
    assert desk.owned("org.freedesktop.Notifications")
    assert desk.owned("org.freedesktop.secrets")
    assert not desk.owned("org.example.Nobody")


def test_held_keys_reach_a_grab(desk: Desk) -> None:
    desk.popen(sys.executable, "-c", GRAB, log="grab")
    wait_for(lambda: "ready" in desk.log("grab"))
    with desk.screen.holding("ctrl+alt+space"):
        wait_for(lambda: "press" in desk.log("grab"))
    wait_for(lambda: "release" in desk.log("grab"))


def test_spoken_text_reaches_the_microphone(desk: Desk, tmp_path: Path) -> None:
    heard = tmp_path / "heard.wav"
    recorder = desk.popen("parecord", "--device=virtmic", "--file-format=wav", "--rate=16000", "--channels=1", heard)
    wait_for(heard.exists)
    desk.sound.say("one two three four", "-s", "140")
    recorder.send_signal(signal.SIGINT)
    recorder.wait(timeout=HANGS_S)
    assert sound_seconds(heard) > 0.6


def test_what_is_played_is_recorded_and_silence_is_silent(desk: Desk, tmp_path: Path) -> None:
    wav = tmp_path / "played.wav"
    desk.run("espeak-ng", "-w", wav, "hello hello hello")
    with desk.sound.recorded(tmp_path / "speaker.wav") as recording:
        desk.run("paplay", wav)
    with desk.sound.recorded(tmp_path / "silence.wav") as silence:
        desk.sound.say("aside")
    assert sound_seconds(recording) > 0.4
    assert soundfile.info(recording).samplerate == 16_000
    assert sound_seconds(silence) == 0


def test_the_keyring_keeps_a_secret(desk: Desk) -> None:
    desk.run("secret-tool", "store", "--label=test", "kind", "test", stdin="hush")
    assert desk.run("secret-tool", "lookup", "kind", "test").stdout == "hush"


def test_special_desks_beside_the_plain_one(desk: Desk, make_desk: DeskFactory) -> None:
    special = make_desk(DeskOptions(tray="sni", keyring="locked", notifications=False, audio=False))
    assert special.env["DISPLAY"] != desk.env["DISPLAY"]
    assert special.tray_hosted()
    assert not special.owned("org.freedesktop.Notifications")
    store = ("secret-tool", "store", "--label=test", "kind", "test")
    assert special.run(*store, check=False, stdin="hush").returncode != 0
    assert desk.run(*store, stdin="hush").returncode == 0


def test_a_desk_without_tray_and_keyring(make_desk: DeskFactory) -> None:
    bare = make_desk(DeskOptions(tray="none", keyring="none", notifications=False, audio=False))
    assert not bare.tray_hosted()
    assert not bare.owned("org.freedesktop.secrets")


def test_parts_freeze_and_die(make_desk: DeskFactory, tmp_path: Path) -> None:
    desk = make_desk(DeskOptions(tray="none", notifications=False))
    desk.freeze("keyring")
    with pytest.raises(subprocess.TimeoutExpired):
        desk.run("secret-tool", "lookup", "kind", "test", limit_s=0.5)
    desk.thaw("keyring")
    assert desk.run("secret-tool", "lookup", "kind", "test", check=False).stdout == ""

    desk.sound.remove_microphone()
    assert "virtmic" not in desk.run("pactl", "list", "short", "sources").stdout
    desk.sound.restore_microphone()
    with desk.sound.recorded(tmp_path / "speaker.wav"):
        desk.sound.say("back again")
    desk.kill("pulseaudio")
    assert desk.run("pactl", "info", check=False).returncode != 0
    desk.freeze("keyring")  # a frozen part must not hold up the end


def test_nothing_is_left_of_a_desk() -> None:
    with Desk(DeskOptions(tray="none", audio=False)) as desk:
        # A grandchild with a session of its own, whose parent is gone.
        desk.run("sh", "-c", "setsid sleep 300 >/dev/null 2>&1 &")
        assert processes.marked_or_in(f"DESKBOX={desk.root}", ())
    desk.stop()
    assert processes.marked_or_in(f"DESKBOX={desk.root}", ()) == []
    assert not desk.root.exists()


def test_nothing_is_left_of_a_program_whose_owner_is_gone(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = subprocess.Popen(("true",))
    owner.wait()
    monkeypatch.setattr(os, "getpid", lambda: owner.pid)
    with Path(os.devnull).open("r+b") as nothing, pytest.raises(ValueError, match="invalid literal"):
        shell.popen(("-c", "input()"), os.environ, Path.cwd(), [nothing.fileno()] * 3)  # it ends without a word
    monkeypatch.undo()
    processes.reap_adopted()


def test_the_command_gives_the_exit_status_and_clears_up(tmp_path: Path) -> None:
    root = tmp_path / "root"
    script = f'printf %s "$DESKBOX" > {root}; exit 7'
    options = ("--tray", "none", "--keyring", "none", "--no-notifications", "--no-audio")
    code = subprocess.call((sys.executable, "-m", "tests.desktop.deskbox", *options, "--", "sh", "-c", script))
    assert code == 7
    assert not Path(root.read_text()).exists()


def test_a_missing_program_is_named(tmp_path: Path) -> None:
    lacking = os.environ["PATH"]
    os.environ["PATH"] = str(tmp_path)
    try:
        with pytest.raises(DeskError, match="xvfb \\(Xvfb\\)"), Desk():
            pass
    finally:
        os.environ["PATH"] = lacking
