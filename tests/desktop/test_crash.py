"""Killed without a farewell: nothing that was acknowledged is lost, and nothing stands in the way of the next start."""

from pathlib import Path

import pytest

from tests.desktop.app import AT_ONCE_S, KEY, App, Overlay
from tests.desktop.deskbox import Desk
from tests.waiting import HANGS_S, wait_for

# Asks one question after another and prints the id of each answer that was acknowledged.
ASKER = """
import asyncio, os
from sottovoce.adapters.local_socket import request
from sottovoce.adapters.places import places

async def main():
    number = 0
    while True:
        number += 1
        asked = {"text": f"remember that number {number} is a number"}
        print((await request(places(os.environ).socket, "ask", asked))["message"], flush=True)

asyncio.run(main())
"""
MANY = 20


@pytest.fixture(scope="module")
def overlay(plain_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Overlay:
    return Overlay(plain_desk, tmp_path_factory.mktemp("seen"))


@pytest.fixture
def app(desk: Desk, overlay: Overlay) -> App:
    """The application, started; a test kills it."""
    app = App(desk, overlay, settings="speech_rate = 300\n")
    app.start()
    return app


def _works_again(app: App) -> None:
    """After a kill: what helped it has gone too, and a new start finds everything free."""
    wait_for(lambda: app.alive() == [], what=f"worker and player are gone: {app.alive()}")
    assert app.socket.exists()
    app.start()
    assert "trouble" not in app.log
    assert app.turn("what day is it").startswith("Today is")


def test_killed_in_the_middle_of_an_answer(app: App, desk: Desk) -> None:
    temporary = _temporary(desk)
    since = app.talk("what can you do")
    shown = app.overlay.wait("^Speaking what can you do", since)
    assert len(app.alive()) in {2, 3}, app.alive()  # the application, its voice, the next one if it waits
    app.kill()
    _works_again(app)
    wait_for(lambda: _temporary(desk) == temporary, what="nothing is left in the folders for what is not to last")
    reply = shown.text.removeprefix("Speaking what can you do ")
    assert app.said()[:2] == [("user", "what can you do"), ("assistant", reply)]
    assert app.end() < AT_ONCE_S


def _temporary(desk: Desk) -> set[Path]:
    return {path for folder in (desk.root / "tmp", desk.root / "run") for path in folder.rglob("*")}


def test_killed_while_it_listens(app: App, desk: Desk) -> None:
    since = app.overlay.mark()
    desk.screen.press(KEY)
    app.overlay.wait("^Listening", since)
    desk.sound.say("what time", "-s", "160")
    app.overlay.wait("^Listening… what", since)
    app.kill()
    desk.screen.release(KEY)
    _works_again(app)
    assert [content for role, content in app.said() if role == "user"] == ["what day is it"]
    assert app.end() < AT_ONCE_S


def test_no_acknowledged_message_is_lost(app: App, desk: Desk, tmp_path: Path) -> None:
    acknowledged = tmp_path / "acknowledged"
    with acknowledged.open("wb") as file:
        asker = desk.popen_python("-c", ASKER, env=app.env, stdout=file.fileno(), log="asker")
    wait_for(lambda: acknowledged.read_text().count("\n") >= MANY, what="answers")
    app.kill()
    assert asker.wait(timeout=HANGS_S) != 0
    app.start()
    stored = app.json("history", "show", app.json("history", "list")["conversations"][0]["id"])["messages"]
    messages = {message["id"]: index for index, message in enumerate(stored)}
    for identifier in acknowledged.read_text().split():
        index = messages[identifier]
        assert stored[index]["content"].startswith("I will remember"), stored[index]
        assert stored[index - 1]["role"] == "user"
    reply = app.json("ask", f"what did i tell you about number {MANY}")["reply"]
    assert f"number {MANY} is a number" in reply.lower()
    assert app.end() < AT_ONCE_S
