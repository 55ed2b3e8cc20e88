"""Commands reach the application: a real socket in a real folder."""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.adapters.local_socket import LINE_BYTES, LocalServer, request
from sottovoce.domain.errors import (
    AppSilent,
    NotRunning,
    PlacesUnusable,
    SottovoceError,
    StoreFull,
    StoreInUse,
    TooMuch,
    UsageWrong,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="unix sockets")


class Service:
    """Answers by echo, fails or hangs as it is told."""

    def __init__(self) -> None:
        self.entered = asyncio.Event()
        self.gate = asyncio.Event()

    async def __call__(self, command: str, arguments: dict[str, Any]) -> object:
        if command == "full":
            raise StoreFull
        if command == "broken":
            raise KeyError(arguments["text"])
        if command == "talk on":
            return "x" * LINE_BYTES
        if command == "hang":
            self.entered.set()
            await self.gate.wait()
        return {"command": command, **arguments}


@asynccontextmanager
async def serving(path: Path) -> AsyncIterator[Service]:
    service = Service()
    server = LocalServer(path, service)
    await server.open()
    try:
        yield service
    finally:
        await server.close()
        await server.close()
        assert not path.exists()


async def test_there_and_back(tmp_path: Path) -> None:
    path = tmp_path / "s"
    async with serving(path):
        text = "grüße \n" * 10_000
        assert await request(tmp_path / "s", "ask", {"text": text}) == {"command": "ask", "text": text}
        assert path.stat().st_mode & 0o777 == 0o600


async def test_a_home_however_deep(tmp_path: Path) -> None:
    folder = tmp_path / ("d" * 90) / ("e" * 90)
    folder.mkdir(parents=True)
    async with serving(folder / "sottovoce.sock"):
        assert await request(folder / "sottovoce.sock", "press") == {"command": "press"}


async def test_nobody_there(tmp_path: Path) -> None:
    with pytest.raises(NotRunning):
        await request(tmp_path / "s", "press")
    with pytest.raises(NotRunning):
        await request(tmp_path / "missing" / ("x" * 120), "press")


async def test_the_socket_of_a_dead_one_is_no_obstacle(tmp_path: Path) -> None:
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(str(tmp_path / "s"))
    dead.close()
    with pytest.raises(NotRunning):
        await request(tmp_path / "s", "press")
    async with serving(tmp_path / "s"):
        assert await request(tmp_path / "s", "press") == {"command": "press"}


async def test_one_socket_has_one_server(tmp_path: Path) -> None:
    async with serving(tmp_path / "s"):
        second = LocalServer(tmp_path / "s", Service())
        with pytest.raises(StoreInUse):
            await second.open()
        await second.close()
        assert await request(tmp_path / "s", "press") == {"command": "press"}


async def test_of_many_that_find_a_dead_socket_one_takes_its_place(tmp_path: Path) -> None:
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(str(tmp_path / "s"))
    dead.close()
    servers = [LocalServer(tmp_path / "s", Service()) for _ in range(8)]
    opened = await asyncio.gather(*(server.open() for server in servers), return_exceptions=True)
    assert sorted(str(type(outcome).__name__) for outcome in opened) == ["NoneType"] + ["StoreInUse"] * 7
    assert await request(tmp_path / "s", "press") == {"command": "press"}
    for server in servers:
        await server.close()


async def test_a_folder_somebody_keeps_to_himself_is_given_up(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    held = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(StoreInUse):
            await LocalServer(tmp_path / "s", Service()).open()
    finally:
        os.close(held)


async def test_a_place_where_no_socket_can_be_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlacesUnusable):
        await LocalServer(tmp_path / "missing" / "s", Service()).open()


async def test_who_only_looks_in_is_no_trouble(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with serving(tmp_path / "s"):
        reader, writer = await asyncio.open_unix_connection(str(tmp_path / "s"))
        writer.write_eof()
        assert await reader.read() == b""
        writer.close()
    assert caplog.records == []


async def test_too_much_is_told_in_a_sentence_of_its_own(tmp_path: Path) -> None:
    async with serving(tmp_path / "s"):
        with pytest.raises(TooMuch):
            await request(tmp_path / "s", "ask", {"text": "x" * LINE_BYTES})
        with pytest.raises(SottovoceError) as caught:
            await request(tmp_path / "s", "talk on")
        assert caught.value.code == "too-much"
        assert await request(tmp_path / "s", "press") == {"command": "press"}


@pytest.mark.skipif(not hasattr(socket, "SO_PEERCRED"), reason="only Linux tells who connects")
async def test_another_user_gets_no_answer_and_no_hearing(tmp_path: Path) -> None:
    service = Service()
    server = LocalServer(tmp_path / "s", service, users=frozenset({os.getuid() + 1}))
    await server.open()
    try:
        with pytest.raises(AppSilent):
            await request(tmp_path / "s", "hang", reply_s=1)
    finally:
        await server.close()
    assert not service.entered.is_set()


async def test_failures_come_back_as_they_were(tmp_path: Path) -> None:
    async with serving(tmp_path / "s"):
        with pytest.raises(Exception, match="disk is full") as caught:
            await request(tmp_path / "s", "full")
        told: Any = caught.value
        assert (told.code, told.exit_code) == ("store-full", StoreFull.exit_code)
        with pytest.raises(Exception, match="inside Sottovoce") as caught:
            await request(tmp_path / "s", "broken", {"text": "private"})
        assert "private" not in str(caught.value)


async def test_one_that_does_not_answer_is_not_waited_for(tmp_path: Path) -> None:
    async with serving(tmp_path / "s") as service:
        with pytest.raises(AppSilent):
            await request(tmp_path / "s", "hang", reply_s=0.05)
        service.gate.set()


async def test_closing_tells_who_still_waits(tmp_path: Path) -> None:
    async with serving(tmp_path / "s") as service:
        waiting = asyncio.create_task(request(tmp_path / "s", "hang"))
        await service.entered.wait()
    with pytest.raises(SottovoceError, match="was quit before it had answered") as caught:
        await waiting
    assert caught.value.code == "interrupted"


@pytest.mark.parametrize("sent", [b"", b"{", b"[]\n", b'{"command": 1}\n', b"x" * (LINE_BYTES + 10) + b"\n"])
async def test_nonsense_harms_nobody(tmp_path: Path, sent: bytes, caplog: pytest.LogCaptureFixture) -> None:
    async with serving(tmp_path / "s"):
        reader, writer = await asyncio.open_unix_connection(str(tmp_path / "s"))
        try:
            writer.write(sent)
            writer.write_eof()
            await reader.read()
        except OSError:
            pass
        finally:
            writer.close()
        assert await request(tmp_path / "s", "press") == {"command": "press"}
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_many_at_once(tmp_path: Path) -> None:
    async with serving(tmp_path / "s"):
        replies = await asyncio.gather(*(request(tmp_path / "s", "ask", {"n": n}) for n in range(50)))
        assert [reply["n"] for reply in replies] == list(range(50))


def test_wrong_usage_has_its_exit_code() -> None:
    assert UsageWrong.exit_code == 2
