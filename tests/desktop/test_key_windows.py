"""Starting with no keyring, with a lost one, and for the first time: the windows, and nothing of a secret elsewhere."""

import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.app import AT_ONCE_S, START_S, App
from tests.desktop.conftest import DeskFactory
from tests.desktop.deskbox import DeskOptions
from tests.waiting import HANGS_S, wait_for

PASSPHRASE = "quiet voices carry"  # noqa: S105 - of a throw-away home
AFTER = "four other plain words"
CHOICE, UNLOCK, RECOVER, CODE = (
    "^Protect your conversations",
    "^Unlock Sottovoce",
    "^Recover Sottovoce",
    "^Recovery code",
)
WELCOME, LAST_STEP = "^Welcome to Sottovoce", "^Welcome to Sottovoce: Keep your recovery code"
NEW, AGAIN, OLD, WHOLE, FILE = "^New passphrase", "^The same again", "^Passphrase", "^Recovery code", "^File name"
"""Fields."""
STEPS = ("Your key to talk", "Your microphone", "Say something", "Its voice")
"""What comes before the last."""
NO_KEYRING = DeskOptions(tray="none", keyring="none", notifications=False, audio=False)
KEYRING = DeskOptions(tray="none", notifications=False, audio=False)


@pytest.fixture
def app(make_desk: DeskFactory) -> Iterator[App]:
    """A home on a desk without a keyring."""
    made = App(make_desk(NO_KEYRING), settings="speak = false\n")
    yield made
    for secret in (PASSPHRASE, AFTER):
        assert secret not in made.log + made.output


def begin(app: App) -> None:
    """Start it, and wait for nothing."""
    app.process = app.popen()


def window(app: App, title: str) -> int:
    """The window of that title, in front."""
    return app.desk.screen.activate(title, limit_s=START_S)


def gone(app: App, title: str) -> None:
    wait_for(lambda: not app.desk.screen.windows(title), START_S, f"{title} is gone")


def enter(app: App, *fields: tuple[str, str]) -> None:
    """Into each field of such a name, in this order, type the line and Return."""
    for name, line in fields:
        app.desk.screen.fill(name, line)
        app.desk.screen.tap("Return")


def choose_passphrase(app: App, passphrase: str) -> None:
    enter(app, (NEW, passphrase), (AGAIN, passphrase))


def ready(app: App, starts: int) -> None:
    wait_for(
        lambda: app.log.count("sottovoce.runtime.application: ready") == starts, START_S, "the application is ready"
    )


def saved_code(app: App) -> str:
    """Go through the welcome to its last step, save the code as a PDF there, and read it."""
    for step in STEPS:
        window(app, f"{WELCOME}: {step}")
        app.desk.screen.choose("alt+n", "^Next$")
    window(app, LAST_STEP)
    wait_for(lambda: "Type any one group" in read_aloud(app), START_S, "the code has been made")
    sheet = app.desk.home / "sheet.pdf"
    app.desk.screen.choose("alt+s", "^Save as PDF")
    window(app, "^Save the recovery sheet")
    enter(app, (FILE, str(sheet)))
    wait_for(lambda: sheet.exists() and sheet.read_bytes().endswith(b"%%EOF\n"), what="the sheet is written")
    gone(app, "^Save the recovery sheet")
    groups = re.findall(
        r"\b[0-9A-Z]{4}\b", " ".join(re.findall(r"\(((?:[0-9A-Z]{4} ?)+)\) Tj", sheet.read_text("cp1252")))
    )
    assert len(groups) == 7
    return " ".join(groups)


def test_without_a_keyring_a_passphrase_protects_the_home_and_unlocks_it_again(app: App) -> None:
    begin(app)
    window(app, CHOICE)
    assert not (app.home / "sottovoce.db").exists()
    enter(app, (NEW, "too short"))  # Return goes on to the second field, which is never enough for a weak one
    app.desk.screen.await_focus(AGAIN)
    assert not (app.home / "sottovoce.db").exists()
    app.desk.screen.tap("shift+Tab")
    choose_passphrase(app, PASSPHRASE)
    gone(app, CHOICE)
    ready(app, 1)
    assert app.json("ask", "what time is it")["intent"] == "clock.time"
    code = saved_code(app)
    assert app.end() < AT_ONCE_S

    begin(app)
    window(app, UNLOCK)
    enter(app, (OLD, "not the passphrase"))
    assert app.log.count("ready") == 1
    wait_for(lambda: "That was not it." in read_aloud(app), START_S, "the mistake is told")
    enter(app, (OLD, PASSPHRASE))
    gone(app, UNLOCK)
    ready(app, 2)
    assert [role for role, _ in app.said()] == ["user", "assistant"]
    assert app.end() < AT_ONCE_S

    begin(app)
    window(app, UNLOCK)
    app.desk.screen.choose("alt+r", "ecovery code")
    window(app, RECOVER)
    enter(app, (WHOLE, code.lower().replace(" ", "-")))
    window(app, CHOICE)
    choose_passphrase(app, AFTER)
    ready(app, 3)
    assert len(app.said()) == 2
    assert app.end() < AT_ONCE_S
    for group in code.split():
        assert group not in app.log + app.output


def read_aloud(app: App) -> str:
    """Everything a screen reader finds in the windows that are shown."""
    return "\n".join(f"{thing.name} {thing.description}" for thing in app.desk.seen.things())


@pytest.mark.parametrize("way", ["quit", "signal"])
def test_who_does_not_answer_leaves_no_home(app: App, way: str) -> None:
    begin(app)
    window(app, CHOICE)
    began = time.monotonic()
    if way == "quit":
        app.desk.screen.choose("alt+q", "^Quit")
        assert app.process.wait(timeout=HANGS_S) == 3
        assert app.output.startswith("sottovoce: No keyring answers")
    else:
        app.process.send_signal(signal.SIGTERM)
        assert app.process.wait(timeout=HANGS_S) == 0
        assert app.output == ""
    assert time.monotonic() - began < AT_ONCE_S
    assert not list(app.home.glob("sottovoce.db*"))
    assert not (app.home / "sottovoce.keys").exists()


def test_while_it_asks_a_second_start_shows_the_window_and_everything_else_is_told(app: App) -> None:
    begin(app)
    asking = window(app, CHOICE)
    app.desk.run("xdotool", "windowminimize", "--sync", str(asking))
    began = time.monotonic()
    second = app.run()
    assert (second.returncode, time.monotonic() - began < AT_ONCE_S) == (0, True), second.stderr
    assert "running already" in second.stderr
    wait_for(lambda: app.desk.screen.focused() == asking, what="the window is in front again")
    assert app.json() == {"ran": False}
    for words in (["press"], ["ask", "what time is it"], ["history", "list"]):
        assert app.json(*words, code=1)["error"]["code"] == "still-starting"
    report = app.json("doctor", code=1)["checks"]
    assert (report[0]["name"], report[0]["ok"]) == ("application", False)
    assert app.json("show") == {"stage": "thinking"}
    began = time.monotonic()
    app.json("quit")
    assert app.process.wait(timeout=HANGS_S) == 0
    assert time.monotonic() - began < AT_ONCE_S
    assert not app.socket.exists()
    assert app.json("show", code=1)["error"]["code"] == "not-running"


def test_no_command_opens_a_window(app: App) -> None:
    assert app.json("ask", "what time is it", code=3)["error"]["code"] == "keyring-missing"
    assert app.desk.screen.windows("Sottovoce") == []


@pytest.fixture
def with_keyring(make_desk: DeskFactory) -> App:
    return App(make_desk(KEYRING), settings="speak = false\n")


def test_the_first_start_shows_the_code_once_and_asks_until_it_is_kept(with_keyring: App) -> None:
    app = with_keyring
    app.start()
    code = saved_code(app)
    wait_for(lambda: " ".join(read_aloud(app).split()).find(code) >= 0, START_S, "a screen reader reads the same code")
    window(app, WELCOME)
    app.desk.screen.tap("Escape")
    gone(app, WELCOME)
    app.end()

    app.start()
    window(app, LAST_STEP)  # it goes on where it was, and has no code to show any more
    wait_for(lambda: "A recovery code was made" in read_aloud(app), START_S, "the reminder")
    assert code not in " ".join(read_aloud(app).split())
    app.desk.screen.choose("alt+l", "^Later$")
    gone(app, WELCOME)
    app.end()

    app.start()
    window(app, CODE)
    for key in ("space", "Return", "alt+h"):  # nothing is agreed to by typing on
        app.desk.screen.tap(key)
    app.desk.screen.tap("alt+c")
    enter(app, (WHOLE, code.lower()))
    gone(app, CODE)
    app.end()

    app.start()
    app.json("show")
    window(app, "^Sottovoce$")
    assert app.desk.screen.windows(CODE) == app.desk.screen.windows(WELCOME) == []
    app.end()
    for group in code.split():
        assert group not in app.log + app.output
    assert not holding(code, app.home)


def holding(code: str, folder: Path) -> list[Path]:
    """Files below the folder with the code in clear."""
    signs = [code.encode(), code.replace(" ", "").encode()]
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in files if any(sign in path.read_bytes() for sign in signs)]


def test_a_lost_key_is_recovered_in_the_window(with_keyring: App) -> None:
    app = with_keyring
    app.start()
    code = app.json("key", "recovery-code")["code"]
    app.json("ask", "what time is it")
    app.end()
    app.desk.run("secret-tool", "clear", "service", "sottovoce")

    begin(app)
    window(app, RECOVER)
    enter(app, (WHOLE, code.replace("0", "O")))
    ready(app, 2)
    assert len(app.said()) == 2
    app.end()
    app.start()  # the keyring has the key again
    app.end()
