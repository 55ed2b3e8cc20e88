"""A question that a crash cut off: the next start offers it, and it is answered once or not at all."""

from collections.abc import Iterator

import pytest

from tests.desktop.app import App
from tests.desktop.deskbox import Desk

# Asks each of the questions in a home of its own keyring, and ends without an answer to any.
CUT_OFF = """
import asyncio, os, sys
from sottovoce.home import open_home

async def main():
    async with open_home() as home:
        for text in sys.argv[1:]:
            await home.recollection.conversations.begin_turn("c1", text, user_id=home.settings.user)
        os._exit(9)

asyncio.run(main())
"""


@pytest.fixture
def app(plain_desk: Desk) -> Iterator[App]:
    """An application that has not started yet, with two questions cut off."""
    app = App(plain_desk)
    ended = plain_desk.python("-c", CUT_OFF, "what day is it", "who are you", env=app.env, check=False)
    assert ended.returncode == 9, ended.stderr
    yield app
    if hasattr(app, "process") and app.process.poll() is None:
        app.end()


def test_the_command_line_answers_and_dismisses_what_was_cut_off(app: App) -> None:
    assert [m["content"] for m in app.json("history", "unfinished")["unfinished"]] == ["who are you", "what day is it"]
    assert "what day is it" in app.run("history", "unfinished").stdout
    assert app.json("history", "unfinished", "--dismiss")["dismissed"]
    assert app.json("history", "unfinished", "--answer")["reply"].startswith("Today is")
    assert app.run("history", "unfinished").stdout == "Every question has been answered.\n"
    assert app.json("history", "unfinished", "--answer", code=1)["error"]["code"] == "not-found"
    assert [role for role, _ in app.said()] == ["user", "user", "assistant"]
    log = app.json("audit")
    assert "store.created" in {entry["event"] for entry in log["entries"]}
    assert log["trouble"] is None


def test_the_application_offers_the_newest_one_and_works_on(app: App) -> None:
    app.start()
    assert app.log.count("a question of before is offered") == 1
    assert app.json("ask", "what time is it")["intent"] == "clock.time"
    waiting = app.json("history", "unfinished")["unfinished"]
    assert [m["content"] for m in waiting] == ["who are you", "what day is it"]
    answered = app.json("history", "unfinished", waiting[1]["id"], "--answer")
    assert answered["reply"].startswith("Today is")
    assert app.run("history", "unfinished", "--dismiss").stdout == "It will not be offered again.\n"
    app.end()
    app.start()
    assert app.log.count("a question of before is offered") == 1
    assert [role for role, _ in app.said()].count("assistant") == 2
