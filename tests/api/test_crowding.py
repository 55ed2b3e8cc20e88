"""While every place is taken, for a spoken turn or else: who comes is told so cheaply, and nobody is lost."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
import os
import resource
import socket
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.api import listener
from sottovoce.api.crowd import RequestPlaces
from sottovoce.api.http_server import LimitedProtocol
from sottovoce.api.listener import TOGETHER_S, Listener
from sottovoce.domain.figures import API_REQUESTS, OTHER
from sottovoce.memory.figures import Figures
from tests.api.serving import OPEN_LIMITS, served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.api.serving import Served

NOTES = "/api/v1/notes"
LIVE = "/api/v1/health/live"
ONE = dataclasses.replace(OPEN_LIMITS, at_once=1)


class Turn:
    """A spoken turn: over when it is said to be, and seen by whoever waits for it."""

    def __init__(self) -> None:
        self.over, self.waited_for = asyncio.Event(), asyncio.Event()

    async def first(self) -> None:
        self.waited_for.set()
        await self.over.wait()


def asked(api: Served, sent: bytes) -> socket.socket:
    """A new connection, on which these bytes are before the server is given a chance to take it."""
    made = socket.create_connection(("127.0.0.1", api.port))
    made.sendall(sent)
    made.settimeout(0)
    return made


async def told(made: socket.socket) -> bytes:
    """All that comes back until the server ends the connection."""
    read = b""
    with made:
        async with asyncio.timeout(60):
            while came := await asyncio.get_running_loop().sock_recv(made, 65536):
                read += came
    return read


def plain(api: Served, path: str = NOTES, *lines: str, key: str = "x", body: str = "") -> bytes:
    """A request as programs send it."""
    fields = (f"Host: 127.0.0.1:{api.port}", f"Authorization: Bearer {key}", *lines, "Connection: close")
    length = [f"Content-Length: {len(body)}"] if body else []
    return "\r\n".join([f"{'POST' if body else 'GET'} {path} HTTP/1.1", *fields, *length, "", body]).encode()


@contextlib.asynccontextmanager
async def crowded(folder: Path, turn: Turn) -> AsyncIterator[tuple[Served, socket.socket, str]]:
    """A server whose only place is taken, by one who waits for the turn, and a key."""
    async with served(folder / "home", ONE, spoken_first=turn.first) as api:
        key = await api.key()
        waiting = asked(api, plain(api, key=key))
        await turn.waited_for.wait()
        try:
            yield api, waiting, key
        finally:
            turn.over.set()
            waiting.close()


@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Set when the server leaves whoever comes waiting; by no clock are they taken then."""
    waits, wait = asyncio.Event(), Listener._wait  # noqa: SLF001 - seen on its way

    def seen(self: Listener, seconds: float) -> None:
        waits.set()
        wait(self, 3600.0 if seconds == TOGETHER_S else seconds)

    monkeypatch.setattr(Listener, "_wait", seen)
    return waits


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


async def test_who_has_no_place_is_told_so_before_anything_dear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, proven = list[object](), list[str]()
    connection_made = LimitedProtocol.connection_made

    def counted(self: LimitedProtocol, transport: asyncio.Transport) -> None:
        made.append(self)
        connection_made(self, transport)

    monkeypatch.setattr(LimitedProtocol, "connection_made", counted)
    turn = Turn()
    async with crowded(tmp_path, turn) as (api, waiting, key):
        proven_before = api.home.services.api_keys.proven

        async def seen(text: str) -> object:
            proven.append(text)
            return await proven_before(text)

        api.home.services.api_keys.proven = seen  # type: ignore[method-assign, assignment] # counted on its way
        before = len(made)
        body = '{"message": "what is two plus three"}'
        crowd = [asked(api, plain(api, "/api/v1/conversation", key=key, body=body)) for _ in range(40)]
        answers = await asyncio.gather(*map(told, crowd))
        assert len(made) == before, "no transport, protocol or parser was made for them"
        assert not proven
        assert {status(one) for one in answers} == {503}
        head, _, document = answers[0].partition(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in head.splitlines()[1:])
        assert int(fields[b"retry-after"]) >= 1
        assert fields[b"connection"] == b"close"
        assert fields[b"cache-control"] == b"no-store"
        assert fields[b"content-type"] == b"application/problem+json"
        assert int(fields[b"content-length"]) == len(document)
        assert b'"api-busy"' in document
        counts = {one.labels: one.value for one in api.home.figures.readings() if one.figure is API_REQUESTS}
        assert counts[OTHER, "503"] == 40
        turn.over.set()
        assert status(await told(waiting)) == 200


async def test_who_is_more_than_refused_is_read_closely_all_the_same(tmp_path: Path) -> None:
    turn = Turn()
    async with crowded(tmp_path, turn) as (api, _, key):
        closely = {
            plain(api, LIVE): 200,
            plain(api, f"{LIVE}?x=1"): 200,
            plain(api, "/api/v1/health/%6cive"): 200,
            plain(api).replace(b"127.0.0.1", b"evil.example"): 421,
            plain(api, NOTES, f"Host: 127.0.0.1:{api.port}"): 400,
            plain(api, NOTES, "Origin: https://evil.example"): 403,
            plain(api, NOTES, "Sec-Fetch-Site: cross-site"): 403,
            plain(api, NOTES, "Content-Length: +5"): 400,
            b"nothing that is HTTP\r\n\r\n": 400,
            plain(api, NOTES, key=key): 503,
        }
        answers = await asyncio.gather(*(told(asked(api, sent)) for sent in closely))
        assert dict(zip(closely, map(status, answers), strict=True)) == closely


@pytest.mark.parametrize("first", [0, 1, 30, -30, -1])
async def test_who_sends_the_rest_later_is_told_then(tmp_path: Path, first: int) -> None:
    turn = Turn()
    async with crowded(tmp_path, turn) as (api, _, key):
        sent = plain(api, "/api/v1/conversation", key=key, body='{"message": "what is two plus three"}')
        made = asked(api, sent[:first])
        live = await told(asked(api, plain(api, LIVE)))  # taken together with it
        assert status(live) == 200
        with contextlib.suppress(ConnectionError):  # a head that is whole is answered
            await asyncio.get_running_loop().sock_sendall(made, sent[first:])
        assert status(await told(made)) == 503


async def test_a_connection_that_stays_is_told_too(tmp_path: Path) -> None:
    async with served(tmp_path / "home", ONE, spoken_first=(turn := Turn()).first) as api, api.client() as client:
        turn.over.set()
        assert (await client.get(NOTES)).status_code == 200
        turn.over.clear()
        turn.waited_for.clear()
        key = await api.key()
        waiting = asked(api, plain(api, key=key))
        await turn.waited_for.wait()
        answer = await client.get(NOTES)
        assert (answer.status_code, answer.json()["code"]) == (503, "api-busy")
        turn.over.set()
        assert status(await told(waiting)) == 200
        assert (await client.get(NOTES)).status_code == 200


async def test_who_waits_to_be_taken_is_answered_as_soon_as_there_is_a_place(
    tmp_path: Path, rests: asyncio.Event
) -> None:
    turn = Turn()
    async with crowded(tmp_path, turn) as (api, waiting, key), api.client() as client:
        later = asked(api, plain(api, key=key))
        await asyncio.wait_for(rests.wait(), 60)
        turn.over.set()
        assert status(await told(waiting)) == 200
        assert status(await told(later)) == 200
        assert (await client.get(LIVE)).status_code == 200


async def test_it_ends_while_somebody_waits_to_be_taken(tmp_path: Path, rests: asyncio.Event) -> None:
    turn = Turn()
    async with crowded(tmp_path, turn) as (api, _, key):
        later = asked(api, plain(api, key=key))
        await asyncio.wait_for(rests.wait(), 60)
        closing = asyncio.create_task(api.api.close())
        turn.over.set()
        await closing
        with contextlib.suppress(ConnectionError):
            assert await told(later) == b""
        await api.api.close()


async def test_who_comes_when_no_more_files_can_be_opened_is_taken_later(
    api: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    warned = asyncio.Event()

    class Seen(logging.Handler):
        def emit(self, _: logging.LogRecord) -> None:
            warned.set()

    monkeypatch.setattr(listener, "_AGAIN_S", 0.01)
    seen = Seen()
    listener.log.addHandler(seen)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        made = asked(api, plain(api, LIVE))
        with open(os.devnull, "rb") as free:  # noqa: ASYNC230, PTH123 - for its number: the lowest that is free
            resource.setrlimit(resource.RLIMIT_NOFILE, (free.fileno(), most[1]))
        await asyncio.wait_for(warned.wait(), 60)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, most)
        listener.log.removeHandler(seen)
    assert status(await told(made)) == 200
    assert "EMFILE" in caplog.text


@given(
    st.lists(
        st.sampled_from(
            [b"GET /a HTTP/1.1", b"\r\n", b"host: h", b":", b" ", b"\r\n\r\n", b"content-length: 3", b"abc"]
        )
        | st.binary(max_size=9),
        max_size=12,
    ).map(b"".join)
)
def test_whatever_was_sent_is_refused_or_read_closely(sent: bytes) -> None:
    places = RequestPlaces(1, Figures(), hosts=lambda: {"h"}, public={LIVE})
    assert places.refusal(sent) is None, "there is a place"
    places.enter()
    answer = places.refusal(sent)
    assert answer is None or (answer.startswith(b"HTTP/1.1 503 ") and sent.count(b"\r\n\r\n") >= 1)
    places.leave()
    assert not places.full
