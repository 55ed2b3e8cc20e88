"""Commands reach the application: a real socket in a real folder."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import logging
import os
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.adapters.local_socket import LINE_BYTES, ClientLimits, LocalServer, request, result_of
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
from tests.waiting import HANGS_S

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


QUICK = ClientLimits(request_s=0.3, reply_s=0.3, most=12, most_unfinished_bytes=300_000, chunk_bytes=1 << 12)


@asynccontextmanager
async def guarded(path: Path, **limits: float) -> AsyncIterator[Service]:
    service = Service()
    server = LocalServer(path, service, limits=dataclasses.replace(QUICK, **limits))  # type: ignore[arg-type] # by name
    await server.open()
    try:
        yield service
    finally:
        await server.close()


@asynccontextmanager
async def connected(path: Path, count: int, said: bytes = b"") -> AsyncIterator[list[asyncio.StreamReader]]:
    """So many clients that say this and no more."""
    clients = [await asyncio.open_unix_connection(str(path)) for _ in range(count)]
    try:
        for _, writer in clients:
            writer.write(said)
        yield [reader for reader, _ in clients]
    finally:
        for _, writer in clients:
            writer.close()


async def ended(reader: asyncio.StreamReader) -> bytes:
    try:
        return await asyncio.wait_for(reader.read(), 30)
    except ConnectionError:
        return b""


async def test_who_asks_nothing_is_let_go(tmp_path: Path) -> None:
    async with guarded(tmp_path / "s"), connected(tmp_path / "s", 3, b'{"command"') as readers:
        assert [await ended(reader) for reader in readers] == [b""] * 3
        assert await request(tmp_path / "s", "press") == {"command": "press"}


async def test_many_that_ask_nothing_keep_nobody_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with guarded(tmp_path / "s", request_s=60), connected(tmp_path / "s", 300) as readers:
        for _ in range(10):
            assert await request(tmp_path / "s", "press") == {"command": "press"}
        assert await ended(readers[0]) == b"", "the one that is silent longest went first"
    assert len(caplog.records) == 1, "told once, not for each"


async def test_what_is_not_finished_takes_little_room(tmp_path: Path) -> None:
    async with (
        guarded(tmp_path / "s", request_s=60, most=99),
        connected(tmp_path / "s", 20, b"x" * 200_000) as readers,
    ):
        assert await ended(readers[0]) == b""
        assert await request(tmp_path / "s", "press") == {"command": "press"}
        assert await request(tmp_path / "s", "ask", {"text": "y" * 250_000})


async def test_more_than_can_be_answered_are_told(tmp_path: Path) -> None:
    asked, all_asked, gate = [0], asyncio.Event(), asyncio.Event()

    async def answer(command: str, arguments: dict[str, Any]) -> object:
        asked[0] += 1
        if asked[0] == QUICK.most:
            all_asked.set()
        await gate.wait()
        return {"command": command}

    patient = dataclasses.replace(QUICK, request_s=HANGS_S, reply_s=HANGS_S)
    server = LocalServer(tmp_path / "s", answer, limits=patient)
    await server.open()
    try:
        waiting = [asyncio.create_task(request(tmp_path / "s", "hang")) for _ in range(QUICK.most)]
        await all_asked.wait()
        with pytest.raises(SottovoceError, match="at once") as caught:
            await request(tmp_path / "s", "press")
        assert caught.value.code == "too-much"
        gate.set()
        assert await asyncio.gather(*waiting) == [{"command": "hang"}] * QUICK.most
        assert await request(tmp_path / "s", "press") == {"command": "press"}
    finally:
        await server.close()


class Told(logging.Handler):
    """Notices that something was logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.event = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        self.event.set()


async def test_who_takes_no_reply_is_let_go(tmp_path: Path) -> None:
    async with guarded(tmp_path / "s", most_unfinished_bytes=LINE_BYTES):
        reader, writer = await asyncio.open_unix_connection(str(tmp_path / "s"), limit=1 << 10)
        line = json.dumps({"command": "ask", "arguments": {"text": "x" * 3_000_000}}).encode()
        writer.write(line + b"\n")
        await writer.drain()
        told = Told()
        logging.getLogger(LocalServer.__module__).addHandler(told)
        try:
            await asyncio.wait_for(told.event.wait(), 30)
        finally:
            logging.getLogger(LocalServer.__module__).removeHandler(told)
        assert len(await ended(reader)) < len(line)
        writer.close()


@pytest.mark.parametrize("limits", [{"request_s": 0}, {"most": 0}, {"chunk_bytes": 0}])
def test_limits_that_let_nobody_in_are_refused(limits: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="above 0"):
        dataclasses.replace(QUICK, **limits)  # type: ignore[arg-type] # by name


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"\n",
        b"5\n",
        b"null\n",
        b"[]\n",
        b'["error"]\n',
        b"{}\n",
        b'{"error": 5}\n',
        b'{"error": {"code": "x", "sentence": "s", "remedy": "r", "exit_code": "x"}}\n',
        b'{"error": {"code": "x", "sentence": "s", "remedy": "r", "exit_code": Infinity}}\n',
        b'{"error": {"code": "x", "sentence": "s", "remedy": "r", "exit_code": ' + b"9" * 5000 + b"}}\n",
        b"\xff\xfe\n",
        b"x" * (LINE_BYTES + 9),
    ],
)
async def test_a_reply_that_is_none_is_told(tmp_path: Path, reply: bytes) -> None:
    async def imposter(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(reply)
        writer.close()

    server = await asyncio.start_unix_server(imposter, str(tmp_path / "s"))
    try:
        with pytest.raises(AppSilent):
            await request(tmp_path / "s", "press")
    finally:
        server.close()
        await server.wait_closed()


@pytest.mark.parametrize(("sent", "code"), [(0, 1), (3, 3), (99, 1), (-1, 1)])
def test_an_exit_code_is_one_of_ours(sent: int, code: int) -> None:
    reply = {"error": {"code": "x", "sentence": "s", "remedy": "r", "exit_code": sent}}
    with pytest.raises(SottovoceError) as caught:
        result_of(json.dumps(reply).encode())
    assert caught.value.exit_code == code


def test_wrong_usage_has_its_exit_code() -> None:
    assert UsageWrong.exit_code == 2
