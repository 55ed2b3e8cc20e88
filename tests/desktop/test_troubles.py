"""What fails around it is told in one calm sentence with its remedy, changes nothing, and the next turn works."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import sottovoce
from tests.desktop.app import AT_ONCE_S, KEY, START_S, App, Overlay, running
from tests.desktop.conftest import DeskFactory
from tests.desktop.deskbox import Desk, DeskOptions
from tests.waiting import HANGS_S, wait_for

BARE = DeskOptions(tray="none", audio=False, notifications=False)
SILENT = "speak = false\n"
GRAB = """
from Xlib import X, display
screen = display.Display()
root = screen.screen().root
root.grab_key(screen.keysym_to_keycode(0x20), X.ControlMask | X.Mod1Mask, True, X.GrabModeAsync, X.GrabModeAsync)
screen.sync()
print("ready", flush=True)
while True:
    screen.next_event()
"""
# Opens a home with a keyring that may take half a second, and prints the error's code.
HURRIED = """
import asyncio, os
from sottovoce.adapters.places import places
from sottovoce.adapters.secrets import KeyringLimits, KeyringSecrets
from sottovoce.adapters.store import open_store
from sottovoce.domain.errors import SottovoceError

async def main():
    secrets = KeyringSecrets(KeyringLimits(answer_s=0.5))
    try:
        await open_store(places(os.environ), secrets)
    except SottovoceError as error:
        print(error.code, error.exit_code)
    finally:
        await secrets.close()

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def overlay(plain_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Overlay:
    return Overlay(plain_desk, tmp_path_factory.mktemp("seen"))


@pytest.fixture(scope="module")
def app(plain_desk: Desk, overlay: Overlay) -> Iterator[App]:
    """The application that goes through every trouble of the sound."""
    with running(plain_desk, overlay, settings=SILENT) as started:
        yield started


def _told(app: App, code: str, exit_code: int, *words: str | Path) -> str:
    """What a failing command says on its one line; `--json` repeats it."""
    ended = app.run(*words)
    assert (ended.returncode, ended.stdout) == (exit_code, ""), ended.stderr
    (line,) = ended.stderr.splitlines()
    error = app.json(*words, code=exit_code)["error"]
    assert error["code"] == code
    assert error["remedy"]
    typed = error["remedy"].replace("`sottovoce ", f"`{sys.executable} -m sottovoce ")  # where it is on nobody's path
    assert line in {f"sottovoce: {error['sentence']} {remedy}" for remedy in (error["remedy"], typed)}
    return line


def _refuses_to_start(app: App, sentence: str, exit_code: int = 3) -> None:
    """Started as from a menu: who sees no terminal is told in a window."""
    _closed_refusal(app.desk, app.popen(), exit_code)
    (line,) = app.output.splitlines()
    assert sentence in line


def _closed_refusal(desk: Desk, process: subprocess.Popen[bytes], exit_code: int) -> None:
    desk.screen.activate("^Sottovoce cannot start", limit_s=START_S)
    desk.screen.tap("Escape")
    assert process.wait(timeout=START_S) == exit_code


def _works(app: App) -> None:
    assert app.turn("what day is it").startswith("Today is")


def _kept_quiet(app: App, *words: str) -> None:
    """Neither what was said nor the key is in anything that was printed or logged."""
    database = json.loads((app.home / "sottovoce.keys").read_text())["database"]
    lookup = ("secret-tool", "lookup", "service", "sottovoce", "username", f"database-{database}")
    key = app.desk.run(*lookup).stdout
    assert len(key) == 64
    for sign in (*words, key):
        assert sign not in app.log + app.output


# --- the microphone -----------------------------------------------------------------------------------------------


def test_the_microphone_stops_while_the_key_is_held(app: App, desk: Desk) -> None:
    with app.held() as since:
        desk.sound.say("what time", "-s", "160")
        desk.sound.suspend_microphone()
        try:
            kept = "The microphone stopped while you were talking; what you said until then is answered. Check its plug"
            app.overlay.wait(f"^Trouble what time .*{kept}", since)
        finally:
            desk.sound.suspend_microphone(suspended=False)
    wait_for(lambda: app.turns[-1:] == ["answered"], what="the turn's end in the log")
    _works(app)
    _kept_quiet(app, "what time", "what day")


def test_the_microphone_is_unplugged_and_the_sound_server_dies(make_desk: DeskFactory, tmp_path: Path) -> None:
    desk = make_desk(DeskOptions(tray="none", notifications=False))
    with running(desk, Overlay(desk, tmp_path), settings=SILENT) as app:
        # The server moves the stream to the loudspeaker's monitor: what was heard before is answered, a film is not.
        with app.held() as since:
            desk.sound.say("what time is it", "-s", "160")
            app.overlay.wait("^Listening… what time is it", since)
            desk.sound.remove_microphone()
            _play_film(desk)
        app.overlay.wait("^Trouble what time is it It is .* what you said until then is answered", since)
        since = app.overlay.mark()
        with desk.screen.holding(KEY):
            _play_film(desk)
        app.overlay.wait("^Trouble No microphone was found: .* only what the loudspeaker plays. Plug one in", since)
        assert all("color" not in content for _, content in app.said())
        (microphone,) = (check for check in app.json("doctor", code=1)["checks"] if check["name"] == "microphone")
        assert not microphone["ok"]
        desk.sound.restore_microphone()
        with app.held() as since:
            desk.sound.say("what time", "-s", "160")
            app.overlay.wait("^Listening… what time", since)
            desk.kill("pulseaudio")
            app.overlay.wait("^Trouble .*The microphone stopped while you were talking", since)
        since = app.overlay.mark()
        with desk.screen.holding(KEY):
            app.overlay.wait("^Trouble .*Plug one in", since)
        desk.sound.start()
        desk.sound.await_samples()
        _works(app)


def _play_film(desk: Desk) -> None:
    """Somebody speaks in what the loudspeaker plays."""
    wav = desk.root / "film.wav"
    if not wav.exists():
        desk.run("espeak-ng", "-w", wav, "what is my favorite color")
    desk.run("paplay", "--device=speaker", wav)


def _second_of_nothing(desk: Desk) -> Path:
    wav = desk.root / "nothing.wav"
    desk.run("sox", "-D", "-n", "-r", "16000", "-c", "1", "-b", "16", wav, "trim", "0", "1")
    return wav


def test_the_microphone_is_muted(app: App, desk: Desk) -> None:
    desk.sound.mute_microphone()
    try:
        since = app.talk("what time is it")
        app.overlay.wait("^Trouble The microphone delivers no sound at all. It may be muted", since)
    finally:
        desk.sound.mute_microphone(muted=False)
    _works(app)


def test_no_sound_server(make_desk: DeskFactory, tmp_path: Path) -> None:
    desk = make_desk(BARE)
    with running(desk, Overlay(desk, tmp_path)) as app:
        since = app.overlay.mark()
        with desk.screen.holding(KEY):
            app.overlay.wait("^Trouble No microphone was found. Plug one in", since)
        assert app.json("ask", "what time is it", "--speak")["intent"] == "clock.time"
        app.overlay.wait("^Trouble what time is it It is .* The voice could not be played. Check that", since)
        wait_for(lambda: len(app.turns) == 2)
        assert app.turns == ["failed", "answered"]


# --- the keyring --------------------------------------------------------------------------------------------------


def _content(app: App) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in app.home.iterdir() if path.is_file()}


def test_the_keyring_is_locked(make_desk: DeskFactory) -> None:
    desk = make_desk(BARE)
    used, fresh = App(desk), App(desk)
    used.json("ask", "what time is it")
    before = _content(used)
    desk.lock_keyring()
    for app in (used, fresh):
        line = _told(app, "keyring-locked", 3, "ask", "what day is it")
        assert "The keyring is locked" in line
        assert "Unlock the keyring" in line
        _refuses_to_start(app, line)
    assert _content(used) == before
    assert set(_content(fresh)) <= {"sottovoce.lock"}
    report = used.json("doctor", code=1)
    assert [check["name"] for check in report["checks"] if not check["ok"]][:2] == ["keyring", "store"]


def test_doctor_asks_the_keyring_while_the_application_runs(make_desk: DeskFactory) -> None:
    desk = make_desk(BARE)
    with running(desk, settings=SILENT) as app:

        def keyring() -> dict[str, object]:
            report = json.loads(app.run("doctor", "--json").stdout)
            (found,) = (check for check in report["checks"] if check["name"] == "keyring")
            return dict(found)

        assert keyring()["ok"] is True
        desk.lock_keyring()
        found = keyring()
        assert found["ok"] is False
        assert "The keyring is locked" in str(found["detail"])
        desk.start_keyring()


def test_doctor_tells_of_an_application_that_hangs(desk: Desk, overlay: Overlay) -> None:
    with running(desk, overlay, settings=f'{SILENT}hotkey = "Ctrl+Alt+K"\n') as app:
        app.process.send_signal(signal.SIGSTOP)
        try:
            report = app.json("doctor", code=1)
        finally:
            app.process.send_signal(signal.SIGCONT)
    first, *others = report["checks"]
    assert (first["name"], first["ok"]) == ("application", False)
    assert "does not answer" in first["detail"]
    assert {check["name"] for check in others}.isdisjoint({"store", "hotkey"})


def test_the_keyring_hangs(make_desk: DeskFactory) -> None:
    desk = make_desk(BARE)
    app = App(desk)
    desk.freeze("keyring")
    began = time.monotonic()
    hurried = desk.python("-c", HURRIED, env=app.env)
    assert hurried.stdout == "keyring-silent 3\n"
    assert hurried.stderr == ""
    assert time.monotonic() - began < AT_ONCE_S
    # Who does not want to wait for it can end the application meanwhile.
    app = App(desk)
    process = app.popen()
    wait_for((app.home / "sottovoce.lock").exists, START_S, "it asks the keyring")
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=HANGS_S) == 0, app.output
    assert time.monotonic() - began < AT_ONCE_S
    assert app.output == ""
    assert set(_content(app)) <= {"sottovoce.lock"}
    desk.thaw("keyring")
    app.start()
    assert app.end() < AT_ONCE_S


def test_there_is_no_keyring(make_desk: DeskFactory) -> None:
    app = App(make_desk(DeskOptions(tray="none", audio=False, notifications=False, keyring="none")))
    line = _told(app, "keyring-missing", 3, "ask", "what time is it")
    assert "No keyring answers" in line
    assert "gnome-keyring" in line
    # Who sits at the screen may choose a passphrase instead (see test_key_windows), or quit.
    process = app.popen()
    app.desk.screen.activate("^Protect your conversations", limit_s=START_S)  # it takes no focus by itself
    app.desk.screen.tap("Escape")
    assert process.wait(timeout=START_S) == 3
    assert "No keyring answers" in app.output
    assert set(_content(app)) <= {"sottovoce.lock"}
    plain = app.run("ask", "what time is it", PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring")
    assert plain.returncode == 3, "a backend that forgets is never taken"


# --- everything else ----------------------------------------------------------------------------------------------


def test_the_hotkey_is_taken(desk: Desk, overlay: Overlay) -> None:
    desk.popen(sys.executable, "-c", GRAB, log="grab")
    wait_for(lambda: "ready" in desk.log("grab"))
    since = overlay.mark()
    with running(desk, overlay, settings=SILENT) as app:
        assert "trouble: hotkey-taken" in app.log
        app.json("press")
        overlay.wait("^Listening", since)
        desk.sound.say("what day is it", "-s", "160")
        app.json("release")
        assert app.answer_to("what day is it", since).startswith("Today is")
        report = app.json("doctor", code=1)
    failed = [check for check in report["checks"] if not check["ok"]]
    (bad,) = failed  # that there is no recovery code yet is advice
    assert bad["name"] == "hotkey"
    assert "Another program already uses Ctrl+Alt+Space" in bad["detail"]
    assert "Choose another `hotkey`" in bad["remedy"]


def test_a_broken_speech_model(desk: Desk, overlay: Overlay) -> None:
    shipped = Path(sottovoce.__file__).parents[2] / "resources/models/starter-en"
    broken = desk.root / "broken-model"
    shutil.copytree(shipped, broken)
    (broken / "graph/HCLr.fst").unlink()
    with running(desk, overlay, settings=f'{SILENT}hotkey = "Ctrl+Alt+K"\nmodel = "{broken}"\n') as app:
        since = overlay.mark()
        with desk.screen.holding("ctrl+alt+k"):
            told = overlay.wait("^Trouble", since).text
        assert "speech model" in told
        assert "remove `model` from settings.toml" in told
        assert app.json("ask", "what time is it")["intent"] == "clock.time"
        line = _told(app, "model-broken", 3, "transcribe", _second_of_nothing(desk))
    assert "lacks the file graph/HCLr.fst" in line


def test_settings_of_the_wrong_kinds(desk: Desk, overlay: Overlay) -> None:
    app = App(desk, overlay, settings='speech_rate = "fast"\nspeak = 3\nhotkey = "Ctrl+Alt+K"\nfoo = 1\n')
    line = _told(app, "settings-unusable", 3, "ask", "what time is it")
    for mistake in ("`speech_rate` must be a whole number", "`speak` must be true or false", "`foo` is no setting"):
        assert mistake in line
    assert "database" not in " ".join(_content(app))
    since = overlay.mark()
    app.start()
    assert "trouble: settings-unusable" in app.log
    with desk.screen.holding("ctrl+alt+k"):  # what is right in the file counts
        overlay.wait("^Listening", since)
    assert app.end() < AT_ONCE_S


def test_settings_that_are_no_settings(desk: Desk) -> None:
    app = App(desk, settings="this is = = no TOML")
    _told(app, "settings-unusable", 3, "ask", "what time is it")


def test_no_screen(desk: Desk) -> None:
    app = App(desk)
    displays = [{"DISPLAY": name} for name in ("", ":4711", "nohost:0")]
    for display in [*displays, {"DISPLAY": "", "WAYLAND_DISPLAY": "wayland-9"}]:
        ended = app.run("--json", limit_s=30, **display)
        assert ended.returncode == 3
        assert ended.stderr.startswith("sottovoce: There is no screen")
        assert "sottovoce demo" in ended.stderr
        assert ended.stderr.count("\n") == 1
        assert json.loads(ended.stdout)["error"]["code"] == "screen-missing"
    assert set(_content(app)) == set()


def test_a_library_that_the_screen_needs_is_missing(desk: Desk, tmp_path: Path) -> None:
    """Qt would end the process with SIGABRT over it."""
    (tmp_path / "libxcb-cursor.so.0").write_bytes(b"")
    app = App(desk)
    ended = app.run(LD_LIBRARY_PATH=str(tmp_path))
    assert ended.returncode == 3
    assert ended.stderr.startswith("sottovoce: A library that windows need is missing: libxcb-cursor.so.0")
    assert ended.stderr.count("\n") == 1
    (check,) = (one for one in json.loads(app.run("doctor", "--json").stdout)["checks"] if one["name"] == "windows")
    assert check["ok"]


def test_a_dead_compositor_beside_a_good_screen(desk: Desk, overlay: Overlay) -> None:
    app = App(desk, overlay, settings=f'{SILENT}hotkey = "Ctrl+Alt+K"\n')
    app.env["WAYLAND_DISPLAY"] = "wayland-9"
    app.start()
    assert app.end() < AT_ONCE_S
    assert app.output == ""


def test_a_home_that_cannot_be_written(desk: Desk) -> None:
    app = App(desk)
    app.json("ask", "what time is it")
    before = _content(app)
    app.home.chmod(0o500)
    # Root passes by the permissions of files unless it gives that up.
    mortal = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
    command = (*mortal, sys.executable, "-m", "sottovoce")
    try:
        asked = desk.run(*command, "ask", "what day is it", env=app.env, check=False)
        assert asked.returncode in {1, 3}, asked.stderr
        process = desk.popen(*command, env=app.env, log="read-only")
        _closed_refusal(desk, process, asked.returncode)
        for told in (asked.stderr, desk.log("read-only")):
            (line,) = told.splitlines()
            assert "read-only" in line or "cannot be used" in line
    finally:
        app.home.chmod(0o700)
    assert _content(app) == before
    assert app.json("ask", "what day is it")["intent"] == "clock.day"
