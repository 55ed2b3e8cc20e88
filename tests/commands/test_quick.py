"""`sottovoce press` on its short way: what it imports, where it goes, and that it tells what the long way tells."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.adapters.local_socket import LocalServer
from sottovoce.adapters.places import places
from sottovoce.adapters.process_clock import now_s
from sottovoce.commands.quick import CALLS, quick, socket_path
from sottovoce.domain.errors import MicrophoneMissing, PlacesUnusable
from sottovoce.language import display
from sottovoce.talk.call_order import Call

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="local sockets")

MODULES = """
import sys
before = set(sys.modules)
sys.argv = ["sottovoce", "press"]
from sottovoce.__main__ import main
code = main()
print(code, *sorted(set(sys.modules) - before))
"""


class Asked:
    """An application that keeps what it is asked."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.failure: Exception | None = None

    async def answer(self, command: str, arguments: dict[str, Any]) -> dict[str, Any]:
        self.calls.append((command, arguments))
        if self.failure:
            raise self.failure
        return {"stage": "listening"}


@pytest.fixture
async def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Asked]:
    monkeypatch.setenv("SOTTOVOCE_HOME", str(tmp_path))
    application = Asked()
    server = LocalServer(tmp_path / "sottovoce.sock", application.answer)
    await server.open()
    yield application
    await server.close()


async def command(*words: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sottovoce", *words, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


async def test_nothing_is_imported_that_a_press_does_not_need(asked: Asked) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", MODULES, stdout=subprocess.PIPE)
    code, *modules = (await process.communicate())[0].decode().split()
    assert code == "0"
    allowed = {"__future__", "_socket", "time", "sottovoce", "sottovoce.__main__", "sottovoce.domain"}
    allowed |= {"sottovoce.domain.version", "sottovoce.adapters", "sottovoce.adapters.process_clock"}
    assert set(modules) <= allowed | {"sottovoce.commands", "sottovoce.commands.quick"}


async def test_each_call_names_the_moment_its_process_began(asked: Asked) -> None:
    before = now_s() - 0.01  # the kernel counts hundredths
    ended = [await command(call) for call in CALLS]
    assert ended == [(0, "", "")] * len(CALLS)
    assert [name for name, _ in asked.calls] == list(CALLS) == list(Call)
    moments = [arguments["started_s"] for _, arguments in asked.calls]
    assert moments == sorted(moments)
    assert before <= moments[0] <= moments[-1] <= now_s()
    assert all(arguments["process"] > 0 for _, arguments in asked.calls)


@pytest.mark.parametrize("words", [("toggle", "--json"), ("--json", "toggle")])
async def test_for_scripts_it_prints_the_stage(asked: Asked, words: tuple[str, ...]) -> None:
    assert await command(*words) == (0, '{"stage": "listening"}\n', "")
    assert len(asked.calls) == 1


async def test_nothing_is_printed_whatever_language_the_application_shows(asked: Asked) -> None:
    display.show_in("de")
    assert await command("press") == (0, "", "")
    asked.failure = MicrophoneMissing()
    assert (await command("press"))[2].startswith("sottovoce: Es wurde kein Mikrofon gefunden. ")


async def test_what_went_wrong_is_told_as_by_any_command(asked: Asked) -> None:
    asked.failure = MicrophoneMissing()
    code, out, err = await command("press", "--json")
    assert code == MicrophoneMissing.exit_code
    assert json.loads(out)["error"]["code"] == "microphone-missing"
    assert err == f"sottovoce: {MicrophoneMissing().sentence} {MicrophoneMissing().remedy}\n"
    assert (await command("release"))[1] == ""
    assert len(asked.calls) == 2


@pytest.mark.parametrize("reply", [b"", b"nonsense\n", b"[]\n", b'{"result": 1\n', b'{"error": 7}\n', b"x" * 70_000])
async def test_what_is_no_reply_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], reply: bytes
) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(reply)
        writer.close()

    monkeypatch.setenv("SOTTOVOCE_HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    async with await asyncio.start_unix_server(answer, tmp_path / "sottovoce.sock"):
        code, out, err = await command("press")
    assert (code, out) == (1, "")
    assert err.startswith("sottovoce: Sottovoce läuft, antwortet aber nicht. ")
    assert err.count("\n") == 1


def test_where_nobody_listens_the_long_way_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for home in (tmp_path, tmp_path / ("long" * 30), Path("relative")):
        monkeypatch.setenv("SOTTOVOCE_HOME", str(home))
        assert quick(["press"]) is None
    for words in ([], ["ask", "press"], ["press", "now"], ["press", "--json", "--json"], ["--version"], ["show"]):
        assert quick(words) is None


@pytest.mark.skipif(sys.platform != "linux", reason="the operating system's own folders are found the long way")
@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"XDG_STATE_HOME": "/somewhere/state"},
        {"XDG_STATE_HOME": "  "},
        {"XDG_STATE_HOME": "relative"},
        {"SOTTOVOCE_HOME": "~/talks"},
        {"SOTTOVOCE_HOME": "/talks/", "XDG_STATE_HOME": "/somewhere"},
        {"SOTTOVOCE_HOME": "/talks/../elsewhere"},
        {"SOTTOVOCE_HOME": "~nobody-at-all/x"},
        {"SOTTOVOCE_HOME": "relative"},
        {"HOME": "/home/other"},
        {"HOME": ""},
        {"HOME": "relative"},
    ],
    ids=str,
)
def test_it_goes_where_the_application_listens(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SOTTOVOCE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    short = socket_path()
    try:
        listening = places(os.environ).socket
    except PlacesUnusable:
        listening = None
    assert short is None or Path(short) == listening
    usable = environment.get("HOME", "/") + environment.get("SOTTOVOCE_HOME", "/")
    assert (short is None) == (usable in {"/", "relative/", "/relative", "/~nobody-at-all/x"})
