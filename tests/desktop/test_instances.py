"""One application for one home: shown by a second start, gone without a trace, led by commands like a key."""

import asyncio
import contextlib
import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus

import sottovoce
from sottovoce.ui.activation import BUS_NAME, PATH
from tests import processes
from tests.desktop.app import AT_ONCE_S, App, Overlay, running
from tests.desktop.conftest import DeskFactory
from tests.desktop.deskbox import Desk, DeskOptions
from tests.scratch import MEMORY, left_in_memory
from tests.waiting import wait_for

FASTER = "speech_rate = 300\n"
PASSING = ("*.sock", "*-wal", "*-shm", "*.tmp", "*.making")
"""What may lie in a home only while something runs there."""


@pytest.fixture(scope="module")
def overlay(plain_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Overlay:
    return Overlay(plain_desk, tmp_path_factory.mktemp("seen"))


@pytest.fixture
def app(desk: Desk, overlay: Overlay) -> Iterator[App]:
    """The application for one test."""
    with running(desk, overlay, settings=FASTER) as started:
        yield started


def _temporary(desk: Desk) -> set[Path]:
    """What lies in the folders for what is not to last; in memory what no process uses, which may be another desk's."""
    ours = {path for folder in (desk.root / "tmp", desk.root / "run") for path in folder.rglob("*")}
    return ours | left_in_memory() - processes.mapped_files(MEMORY)


def test_a_second_start_shows_the_first(app: App, desk: Desk) -> None:
    assert not desk.screen.windows("^Sottovoce$")
    ended = app.run()
    assert ended.returncode == 0, ended.stderr
    assert "running already" in ended.stderr
    desk.screen.window("^Sottovoce$")
    assert app.process.poll() is None


async def _activated(address: str) -> MessageType:
    bus = await MessageBus(bus_address=address).connect()
    asked = Message(
        destination=BUS_NAME,
        path=PATH,
        interface="org.freedesktop.Application",
        member="Activate",
        signature="a{sv}",
        body=[{}],
    )
    answer = await bus.call(asked)
    bus.disconnect()
    await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]
    assert answer is not None
    return answer.message_type


def test_a_call_over_the_bus_shows_it(app: App, desk: Desk) -> None:
    wait_for(lambda: desk.owned(BUS_NAME), what="the application has its name")
    assert not desk.screen.windows("^Sottovoce$")
    assert asyncio.run(_activated(desk.env["DBUS_SESSION_BUS_ADDRESS"])) is MessageType.METHOD_RETURN
    desk.screen.window("^Sottovoce$")
    app.json("quit")
    app.ended(lambda: None)
    assert not desk.owned(BUS_NAME)
    assert app.output == ""


@pytest.mark.parametrize("way", ["command", "signal", "in the middle of an answer"])
def test_it_ends_at_once_and_leaves_nothing(desk: Desk, overlay: Overlay, way: str) -> None:
    before = _temporary(desk)
    with running(desk, overlay, settings=FASTER) as app:
        assert len(app.alive()) == 2, app.alive()  # with the voice that waits
        if way == "in the middle of an answer":
            app.overlay.wait("^Speaking", app.talk("help"))
            assert len(app.alive()) in {2, 3}, app.alive()  # the voice, and the next one if it waits already
        if way == "command":
            app.json("quit")
            took = app.ended(lambda: None)
        else:
            took = app.end()
    assert took < AT_ONCE_S, app.log
    assert app.alive() == []
    assert [path for pattern in PASSING for path in app.home.rglob(pattern)] == []
    wait_for(lambda: not _temporary(desk) - before, what="nothing is left; what another desk makes passes by")
    assert app.output == ""
    assert "Traceback" not in app.log
    assert "ERROR" not in app.log


def _proving(desk: Desk, overlay: Overlay, stack: contextlib.ExitStack) -> App:
    """The application while it proves a model that never comes to an end."""
    shipped = Path(sottovoce.__file__).parents[2] / "resources/models/starter-en"
    mine = desk.root / f"model-{time.monotonic_ns()}"
    shutil.copytree(shipped, mine)
    app = App(desk, overlay, settings=f'{FASTER}model = "{mine}"\n')
    app.process = app.popen()
    stack.callback(app.process.kill)

    wait_for(lambda: _signalled(app, signal.SIGSTOP), what="the model is being proven")
    return app


def _signalled(app: App, number: signal.Signals) -> bool:
    """Whether there is a process that proves a model, which has got a signal now."""
    for pid in processes.marked_or_in(f"SOTTOVOCE_HOME={app.home}", ()):
        if "model_probe" in processes.command(pid):
            os.kill(pid, number)
            return True
    return False


def test_what_is_said_while_a_model_is_proven_is_answered(desk: Desk, overlay: Overlay) -> None:
    with contextlib.ExitStack() as stack:
        app = _proving(desk, overlay, stack)
        overlay.await_program(app.process.pid)
        since = overlay.mark()
        assert app.json("press") == {"stage": "listening"}
        overlay.wait("^Listening", since)
        desk.sound.say("what day is it", "-s", "160")
        app.json("release")
        overlay.wait("^Thinking", since)
        assert _signalled(app, signal.SIGCONT)
        assert app.answer_to("what day is it", since).startswith("Today is")
        app.json("quit")
        app.ended(lambda: None)


def test_while_a_model_is_proven_it_is_shown_listens_and_quits_at_once(desk: Desk, overlay: Overlay) -> None:
    with contextlib.ExitStack() as stack:
        app = _proving(desk, overlay, stack)
        second = app.run()
        assert second.returncode == 0, second.stderr
        desk.screen.window("^Sottovoce$")
        assert app.json("press") == {"stage": "listening"}  # what is said waits for the model
        assert app.json("ask", "what time is it")["intent"] == "clock.time"
        app.json("quit")
        assert app.ended(lambda: None) < AT_ONCE_S, app.log
        assert app.alive() == [], "no probe is left"
        assert [path for pattern in PASSING for path in app.home.rglob(pattern)] == []


@pytest.mark.parametrize("held", [True, False], ids=["listening", "idle"])
def test_a_frozen_sound_server_does_not_keep_it_from_ending(
    make_desk: DeskFactory, tmp_path: Path, *, held: bool
) -> None:
    desk = make_desk(DeskOptions(tray="none", notifications=False))
    with running(desk, Overlay(desk, tmp_path), settings=FASTER) as app:
        assert "Today is" in app.turn("what day is it")
        if held:
            since = app.overlay.mark()
            app.json("press")
            app.overlay.wait("^Listening", since)
            desk.sound.say("what time is it", "-s", "160")
            app.overlay.wait("^Listening… what time is it", since)
        desk.freeze("pulseaudio")
        try:
            assert app.end() < AT_ONCE_S, app.log
        finally:
            desk.thaw("pulseaudio")
        assert app.alive() == []
        app.start()
        kept = ["what time is it"] * held  # what was being said is kept, to be offered
        assert [content for role, content in app.said() if role == "user"] == ["what day is it", *kept]


def test_of_two_started_at_once_one_runs(desk: Desk) -> None:
    app = App(desk)
    two = [app.popen(anew=True), app.popen(anew=True)]
    wait_for(lambda: any(process.poll() is not None for process in two), what="one of the two gives way")
    (loser,) = (process for process in two if process.poll() is not None)
    (app.process,) = (process for process in two if process is not loser)
    assert loser.returncode == 0, app.output
    assert "running already" in app.output
    desk.screen.window("^Sottovoce$")
    assert app.json("ask", "what time is it")["intent"] == "clock.time"
    assert app.end() < AT_ONCE_S


def test_commands_lead_a_turn_like_the_key(app: App, desk: Desk) -> None:
    since = app.overlay.mark()
    assert app.json("press") == {"stage": "listening"}
    app.overlay.wait("^Listening", since)
    desk.sound.say("what time is it", "-s", "160")
    app.json("release")
    app.overlay.wait("^Speaking what time is it It is", since)

    since = app.overlay.mark()
    assert app.json("toggle") == {"stage": "listening"}
    app.overlay.wait("^Listening", since)
    desk.sound.say("what day is it", "-s", "160")
    app.json("toggle")
    app.overlay.wait("^Speaking what day is it", since)
    assert app.json("cancel") == {"stage": "ready"}
    wait_for(lambda: len(app.turns) == 2, what="the turns' ends in the log")
    assert app.turns == ["cancelled", "cancelled"]

    since = app.overlay.mark()
    app.json("press")
    desk.sound.say("what time is it", "-s", "160")
    assert app.json("cancel") == {"stage": "ready"}
    wait_for(lambda: not desk.screen.windows("Sottovoce overlay"), what="the overlay is gone")
    assert [content for role, content in app.said() if role == "user"] == ["what time is it", "what day is it"]


def test_who_talks_while_the_screen_is_locked_or_the_session_ends_loses_no_word(
    app: App, desk: Desk, overlay: Overlay
) -> None:
    saver = "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver.ActiveChanged"
    wait_for(lambda: "follows the session" in app.log, what="locks are heard")
    with app.held() as since:
        desk.sound.say("what time is it", "-s", "160")
        desk.run("dbus-send", "--session", "--type=signal", *saver, "boolean:true")
        overlay.wait("^Speaking what time is it It is", since)
    desk.run("dbus-send", "--session", "--type=signal", *saver, "boolean:false")
    overlay.wait("^Ready", since)
    with app.held() as since:
        desk.sound.say("who are you", "-s", "160")
        overlay.wait("^Listening… who are you", since)
        assert app.end() < AT_ONCE_S
    assert [one["content"] for one in app.json("history", "unfinished")["unfinished"]] == ["who are you"]
    app.start()
    assert app.turn("what day is it").startswith("Today is")
