"""A language model over HTTP, against a real server on this machine."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING

import pytest

from sottovoce import doctor
from sottovoce.adapters.language_model import HttpLanguageModel, ModelLimits
from sottovoce.agent.language_model import Line
from sottovoce.domain.errors import (
    LanguageModelFailed,
    LanguageModelForbidden,
    LanguageModelMissing,
    LanguageModelRefused,
    LanguageModelSilent,
    StoreFull,
)
from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import Settings
from sottovoce.domain.turns import Source
from sottovoce.home import open_home

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sottovoce.domain.errors import SottovoceError
    from sottovoce.domain.records import Egress

ASKED = (Line("system", "be kind"), Line("user", "a secret question"))
QUICK = ModelLimits(connect_s=0.3, first_s=0.3, between_s=0.3)


def piece(text: str) -> bytes:
    return b"data: " + json.dumps({"choices": [{"delta": {"content": text}}]}).encode() + b"\n\n"


DONE = b"data: [DONE]\n\n"


def streamed(*chunks: bytes, status: str = "200 OK") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n".encode()
    return head + b"".join(chunks)


class Server:
    """Answers every request with the next of `replies`, the last one again; keeps what it was sent."""

    def __init__(self, *replies: bytes, hangs: bool = False) -> None:
        self.replies = list(replies)
        self.hangs = hangs
        self.requests: list[tuple[str, dict[str, object]]] = []
        self.closed = asyncio.Event()
        self.address = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lines = head.lower().split("\r\n")
            lengths = [int(line.partition(":")[2]) for line in lines if line.startswith("content-length:")]
            body = await reader.readexactly(sum(lengths))
            self.requests.append((head.split("\r\n")[0], json.loads(body or b"{}")))
            writer.write(self.replies.pop(0) if len(self.replies) > 1 else self.replies[0])
            await writer.drain()
            if self.hangs:
                await reader.read()
                self.closed.set()
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


@contextlib.asynccontextmanager
async def serving(*replies: bytes, hangs: bool = False) -> AsyncIterator[Server]:
    found = Server(*replies, hangs=hangs)
    server = await asyncio.start_server(found.serve, "127.0.0.1", 0)
    found.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield found
    finally:
        server.close()
        await server.wait_closed()


def model_at(address: str, noted: list[Egress] | None = None, limits: ModelLimits | None = None) -> HttpLanguageModel:
    async def note(sent: Egress) -> None:
        if noted is not None:
            noted.append(sent)

    model = HttpLanguageModel(note, limits)
    model.use(address)
    return model


async def said(model: HttpLanguageModel) -> str:
    return "".join([text async for text in model.complete(ASKED, purpose="answer", most_tokens=9)])


@pytest.mark.parametrize(("path", "asked"), [("", "/v1"), ("/v1/", "/v1"), ("/api/chat/completions", "/api")])
async def test_pieces_arrive_from_the_endpoint_and_what_is_sent_is_noted(path: str, asked: str) -> None:
    role = b'data: {"choices": [{"delta": {"role": "assistant", "content": null}}]}\n\n: a comment\n\n'
    usage = b'data: {"choices": []}\n\n'
    noted: list[Egress] = []
    async with serving(streamed(role, piece("Gr\u00fc\u00df "), piece("dich."), usage, DONE)) as server:
        model = model_at(server.address + path, noted)
        model.use(server.address + path, "tiny")
        assert await said(model) == "Gr\u00fc\u00df dich."
        ((line, body),) = server.requests
    assert line == f"POST {asked}/chat/completions HTTP/1.1"
    assert body["model"] == "tiny"
    assert body["messages"] == [{"role": one.role, "content": one.text} for one in ASKED]
    ((sent,)) = noted
    assert (sent.endpoint, sent.purpose) == (server.address, "answer")
    assert sent.bytes_out == len(json.dumps(body).encode())


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (streamed(piece("Half")), LanguageModelFailed),
        (streamed(b"data: no json\n"), LanguageModelFailed),
        (streamed(b"data: []\n"), LanguageModelFailed),
        (streamed(b'data: {"error": {"message": "x"}}\n'), LanguageModelFailed),
        (streamed(status="500 Failed"), LanguageModelFailed),
        (b"SSH-2.0\r\n\r\n", LanguageModelFailed),
        (streamed(status="401 Who"), LanguageModelRefused),
        (streamed(status="404 Where"), LanguageModelRefused),
        (streamed(status="418 Teapot"), LanguageModelRefused),
        (b"HTTP/1.1 302 There\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n", LanguageModelRefused),
    ],
)
async def test_a_server_that_fails_is_told_without_a_word_of_the_question(
    reply: bytes, error: type[SottovoceError]
) -> None:
    async with serving(reply) as server:
        with pytest.raises(error) as told:
            await said(model_at(server.address))
        assert len(server.requests) == 1
    assert "secret" not in str(told.value)


async def test_an_endless_reply_is_cut_off() -> None:
    async with serving(streamed(b"x" * 5000)) as server:
        with pytest.raises(LanguageModelFailed):
            await said(model_at(server.address, limits=ModelLimits(most_bytes=4096)))


@pytest.mark.parametrize("reply", [b"", streamed(), streamed(piece("One "))])
async def test_a_server_that_falls_silent_is_told(reply: bytes) -> None:
    async with serving(reply, hangs=True) as server:
        with pytest.raises(LanguageModelSilent):
            await said(model_at(server.address, limits=QUICK))
        await server.closed.wait()


async def test_who_stops_listening_ends_the_asking() -> None:
    async with serving(streamed(piece("One ")), hangs=True) as server:
        async with contextlib.aclosing(
            model_at(server.address).complete(ASKED, purpose="answer", most_tokens=9)
        ) as got:
            assert await anext(got) == "One "
        await server.closed.wait()


async def test_nobody_there_is_told_and_no_proxy_is_asked_instead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with serving(streamed(piece("x"), DONE)) as proxy:
        monkeypatch.setenv("http_proxy", proxy.address)
        monkeypatch.setenv("all_proxy", proxy.address)
        with pytest.raises(LanguageModelMissing):
            await said(model_at("http://127.0.0.1:9/v1"))
        assert proxy.requests == []


async def test_what_can_not_be_noted_is_not_sent() -> None:
    async def full(_: Egress) -> None:
        raise StoreFull

    async with serving(streamed(piece("x"), DONE)) as server:
        model = HttpLanguageModel(full)
        model.use(server.address)
        with pytest.raises(StoreFull):
            await said(model)
        assert server.requests == []


def listed(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body


async def test_the_doctor_asks_for_the_models() -> None:
    async with serving(listed(b'{"data": [{"id": "tiny"}]}')) as server:
        named = Settings(language_model_address=server.address, language_model_name="tiny")
        assert "answers" in await doctor.check_language_model(named, Policy())
        other = Settings(language_model_address=server.address, language_model_name="large")
        with pytest.raises(LanguageModelRefused):
            await doctor.check_language_model(other, Policy())
        with pytest.raises(LanguageModelForbidden):
            await doctor.check_language_model(named, Policy(language_model_at_most="none"))
    async with serving(listed(b"[]"), listed(b"no json")) as server:
        for _ in range(2):
            with pytest.raises(LanguageModelFailed):
                await model_at(server.address).check()
    assert "None is named" in await doctor.check_language_model(Settings(), Policy())


def test_a_limit_that_never_answers_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        ModelLimits(first_s=0)


async def test_a_home_asks_the_model_proposes_and_remembers_after_a_yes(tmp_path: Path) -> None:
    """From the settings to the encrypted store: the answer, the fact, and the list of what was sent."""
    replies = (
        streamed(piece("Less sugar "), piece("is wise."), DONE),
        streamed(piece("my sister is called anna\nNONE"), DONE),
    )
    async with serving(*replies) as server:
        settings = Settings(language_model_address=server.address)
        tale = "yesterday my sister anna told me at the dentist to drop sugar for good"
        async with open_home(tmp_path, bytes(32), settings=settings, policy=Policy()) as home:
            answer = await home.ask(tale)
            assert answer.source is Source.MODEL
            assert answer.reply == "Less sugar is wise. Shall I remember that your sister is called anna?"
            assert (await home.ask("yes")).reply == "I will remember that your sister is called anna."
            sent = await home.store.egress(9)
            assert [(one.endpoint, one.purpose) for one in sent] == [
                (server.address, "facts"),
                (server.address, "answer"),
            ]
        forbidden = Policy(language_model_at_most="none")
        async with open_home(tmp_path, bytes(32), settings=settings, policy=forbidden) as home:
            assert [memory.text for memory in await home.store.memories("me", limit=9)] == ["my sister is called anna"]
            assert (await home.ask(tale)).source is Source.FALLBACK
    assert len(server.requests) == 2
