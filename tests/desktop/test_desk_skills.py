"""What is done on the desktop, with a real sound server, window manager, message bus and screen."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.desktop.app import App
from tests.desktop.deskbox import Desk, DeskOptions
from tests.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.desktop.conftest import DeskFactory

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {"PYTHONPATH": os.pathsep.join(map(str, (ROOT / "desktop", ROOT)))}
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def app(plain_desk: Desk) -> Iterator[App]:
    """The application in the module's desk."""
    started = App(plain_desk)
    started.start()
    yield started
    started.end()


def probed(desk: Desk, *words: str) -> list[str]:
    found = desk.python("-m", "tests.desktop.desk_probe", *words, env=ENVIRONMENT)
    return found.stdout.splitlines()


def asked(app: App, text: str) -> str:
    """The answer; a permission that is asked for first is given."""
    answer = app.json("ask", text)
    if answer["reply"].startswith("Shall I"):
        answer = app.json("ask", "yes", "--conversation", answer["conversation"])
    return str(answer["reply"])


def test_the_volume_of_a_real_server(plain_desk: Desk) -> None:
    def volume() -> str:
        return plain_desk.run("pactl", "get-sink-volume", "@DEFAULT_SINK@").stdout

    assert probed(plain_desk, "sound", "set", "30") == ["30 heard"]
    assert " 30% " in volume()
    assert probed(plain_desk, "sound", "change", "95") == ["100 heard"]
    assert probed(plain_desk, "sound", "mute") == ["100 muted"]
    assert "yes" in plain_desk.run("pactl", "get-sink-mute", "@DEFAULT_SINK@").stdout
    assert probed(plain_desk, "sound", "set", "0") == ["0 heard"]
    assert probed(plain_desk, "sound", "change", "40") == ["40 heard"]
    plain_desk.run("pactl", "set-sink-volume", "@DEFAULT_SINK@", "40%", "20%")
    assert probed(plain_desk, "sound", "set", "80") == ["80 heard"]
    assert " 40% " in volume()  # the balance stays


def test_a_frozen_or_missing_sound_server_costs_one_sentence(plain_desk: Desk) -> None:
    plain_desk.freeze("pulseaudio")
    try:
        assert probed(plain_desk, "sound", "set", "10") == ["cannot desktop-sound-silent"]
    finally:
        plain_desk.thaw("pulseaudio")
    nowhere = {"PULSE_SERVER": "unix:/nowhere"}
    found = plain_desk.python("-m", "tests.desktop.desk_probe", "sound", "set", "10", env=ENVIRONMENT | nowhere)
    assert found.stdout.split() == ["cannot", "desktop-no-sound"]


def test_windows_of_a_real_window_manager(desk: Desk) -> None:
    for title in ("Notes", "Letters"):
        desk.popen("xmessage", "-title", title, "-name", title.lower(), "text", log=title)
        wait_for(lambda: probed(desk, "windows"))
    wait_for(lambda: "Letters Xmessage active" in probed(desk, "windows"), what="the newest has the focus")
    probed(desk, "windows", "activate", "Notes")
    wait_for(lambda: probed(desk, "windows")[0] == "Notes Xmessage active")
    probed(desk, "windows", "minimise", "Notes")
    wait_for(lambda: "Notes Xmessage -" in probed(desk, "windows"))
    probed(desk, "windows", "maximise", "Letters")
    wait_for(lambda: "MAXIMIZED_VERT" in desk.run("xprop", "-name", "Letters", "_NET_WM_STATE").stdout)
    probed(desk, "windows", "show_desktop")
    wait_for(lambda: not any("active" in line and "Xmessage" in line for line in probed(desk, "windows")))
    probed(desk, "windows", "close", "Notes")
    wait_for(lambda: not any(line.startswith("Notes") for line in probed(desk, "windows")))


def player(desk: Desk, name: str, status: str) -> None:
    desk.popen(sys.executable, "-m", "tests.desktop.media_player", name, status, log=name, env=ENVIRONMENT)
    wait_for(lambda: desk.log(name))


def test_pause_said_while_players_are_held_lasts(make_desk: DeskFactory, tmp_path: Path) -> None:
    desk = make_desk(DeskOptions(tray="none", keyring="none", notifications=False))
    player(desk, "music", "Playing")
    player(desk, "film", "Paused")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    words = ("-m", "tests.desktop.desk_probe", "hold", tmp_path / "lowered.json", pipe)
    desk.popen_python(*words, log="holder", env=ENVIRONMENT)

    def do(words: str) -> str:
        before = desk.log("holder").count("\n")
        with pipe.open("w") as written:
            written.write(f"{words}\n")
        wait_for(lambda: desk.log("holder").count("\n") > before)
        return desk.log("holder").split("\n")[before]

    assert do("hold") == "music"
    assert do("keep") == ""
    do("release")
    assert do("hold") == ""  # nothing plays any more
    assert do("go org.mpris.MediaPlayer2.film") == "True"
    assert do("tell") == "film"
    do("release")
    wait_for(lambda: desk.log("film").split() == ["Paused", "Playing"])
    assert desk.log("music").split() == ["Playing", "Paused"]
    assert do("go org.mpris.MediaPlayer2.music") == "False"  # nothing is held


def test_asked_for_aloud_it_is_done(app: App, plain_desk: Desk) -> None:
    assert asked(app, "set the volume to thirty five percent") == "The volume is at 35 percent."
    assert " 35% " in plain_desk.run("pactl", "get-sink-volume", "@DEFAULT_SINK@").stdout
    assert "No player is open" in asked(app, "pause the music")
    assert asked(app, "how much disk space is left").endswith(("free.", "away."))
    told = asked(app, "take a screenshot")
    assert told.startswith("The picture of the screen is in Screenshots")
    (picture,) = plain_desk.home.glob("Pictures/Screenshots/*.png")
    assert picture.read_bytes().startswith(PNG)
    assert picture.stat().st_size > 1000
    assert "do not disturb" in asked(app, "turn on do not disturb")
    assert asked(app, "turn off do not disturb") == "Notifications are shown again."


def test_a_program_is_opened_switched_to_and_closed(app: App, plain_desk: Desk) -> None:
    folder = Path(plain_desk.env.get("XDG_DATA_HOME", plain_desk.home / ".local" / "share")) / "applications"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "board.desktop").write_text(
        "[Desktop Entry]\nType=Application\nName=Message Board\nStartupWMClass=Xmessage\n"
        "Exec=xmessage -title Board text %u\n"
    )
    assert asked(app, "open the message board").startswith("Opening Message Board.")
    wait_for(lambda: any(line.startswith("Board ") for line in probed(plain_desk, "windows")))
    assert asked(app, "switch to the message board").startswith("Here is Message Board.")
    wait_for(lambda: "Board Xmessage active" in probed(plain_desk, "windows"))
    assert asked(app, "close the message board") == "I have asked Message Board to close."
    wait_for(lambda: not any(line.startswith("Board ") for line in probed(plain_desk, "windows")))
    assert "message" not in asked(app, "open the garage door")
