"""A language model over HTTP, against a real server on this machine."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.language_model import CHARS_A_TOKEN, HttpLanguageModel, ModelLimits
from sottovoce.agent.model.language_model import ChatMessage, Completion
from sottovoce.domain.errors import (
    LanguageModelBusy,
    LanguageModelFailed,
    LanguageModelForbidden,
    LanguageModelMissing,
    LanguageModelRefused,
    LanguageModelSilent,
    LanguageModelTrouble,
    StoreFull,
)
from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import Settings
from sottovoce.domain.turns import Source
from sottovoce.home import open_home
from sottovoce.operations import checks as doctor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sottovoce.domain.errors import SottovoceError
    from sottovoce.domain.records import Egress

ASKED = (ChatMessage("system", "be kind"), ChatMessage("user", "a secret question"))
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
        (streamed(status="429 Too Many"), LanguageModelBusy),
        (streamed(b'{"error": {"message": "Loading model"}}', status="503 Wait"), LanguageModelBusy),
        (streamed(b"<html>", status="503 Wait"), LanguageModelBusy),
        (streamed(b"<!doctype html><p>Log in"), LanguageModelRefused),
        (streamed(b"x" * 99_999, status="502 Bad"), LanguageModelFailed),
        (streamed(b'data: {"choices": []}\n\n'), LanguageModelFailed),
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


def whole(body: bytes, kind: str = "application/json", **headers: str) -> bytes:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\r\n".join(["HTTP/1.1 200 OK", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *lines])
    return f"{head}\r\n\r\n".encode() + body


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (streamed(status="429 Too Many"), "asked too much"),
        (streamed(b'{"error": {"message": "Loading model"}}', status="503 Wait"), "still being loaded"),
        (streamed(status="503 Wait"), "no question just now"),
        (whole(b"Log in", "text/html; charset=utf-8"), "web page"),
        (whole(b" \n<html>"), "web page"),
        (whole(gzip.compress(b"{}" * 999), Content_Encoding="gzip"), "failed"),
    ],
)
async def test_what_keeps_a_server_from_answering_has_its_own_sentence(reply: bytes, words: str) -> None:
    async with serving(reply) as server:
        with pytest.raises(LanguageModelTrouble, match=words):
            await said(model_at(server.address))


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (streamed(piece("Hi"), b'data: {"model": "big", "choices": [{"finish_reason": "length"}]}\n\n'), "big:length"),
        (
            streamed(piece("Hi"), b'data: {"choices": [{"finish_reason": "content_filter"}]}\r\n\r\n'),
            "tiny:content_filter",
        ),
        (streamed(piece("Hi"), b'data: {"choices": [{"finish_reason": "MAX_TOKENS"}]}\n\n'), "tiny:length"),
        (streamed(piece("Hi"), b'data: {"choices": [{"finish_reason": "abort"}]}\n\n'), "tiny:length"),
        (streamed(piece("Hi"), b'data: {"choices": [{"finish_reason": "SAFETY"}]}\n\n'), "tiny:content_filter"),
        (streamed(piece("Hi"), DONE), "tiny:"),
        (whole(b'{"choices": [{"message": {"content": "Hi"}, "finish_reason": "stop"}]}'), "tiny:"),
        (
            streamed(
                b'data:{"choices":[{"delta":{"content":"H"}}]}\r\rdata:{"choices":[{"delta":{"content":"i"},"finish_reason":"stop"}]}\r\r'
            ),
            "tiny:",
        ),
    ],
)
async def test_how_an_answer_ended_and_which_model_gave_it(reply: bytes, told: str) -> None:
    hangs = b"text/event-stream" in reply
    async with serving(reply, hangs=hangs) as server:
        model = model_at(server.address)
        model.use(server.address, "tiny")
        about = Completion()
        pieces = [text async for text in model.complete(ASKED, purpose="answer", most_tokens=9, about=about)]
        assert ("".join(pieces), f"{about.model}:{about.cut_off}") == ("Hi", told)
        if hangs:
            await server.closed.wait()


@pytest.mark.parametrize(
    ("usage", "tokens"),
    [
        (b'{"prompt_tokens": 31, "completion_tokens": 5, "total_tokens": 36}', (31, 5)),
        (b'{"prompt_tokens": -1, "completion_tokens": 5}', (5, 1)),
        (b'{"prompt_tokens": 1e999, "completion_tokens": 2}', (5, 1)),
        (b'{"total_tokens": 36}', (5, 1)),
        (b"[31, 5]", (5, 1)),
        (b"null", (5, 1)),
    ],
)
async def test_tokens_are_those_that_the_server_counts_or_reckoned_from_the_length(
    usage: bytes, tokens: tuple[int, int]
) -> None:
    end = b'data: {"choices": [{"finish_reason": "stop"}], "usage": ' + usage + b"}\n\n"
    async with serving(streamed(piece("Hi"), end), hangs=True) as server:
        about = Completion()
        lines = [ChatMessage("user", "x" * 4 * 5)]
        async for _ in model_at(server.address).complete(lines, purpose="answer", most_tokens=9, about=about):
            pass
        assert (about.tokens_input, about.tokens_output) == tokens
        await server.closed.wait()


async def test_a_server_that_heeds_no_budget_is_cut_off() -> None:
    async with serving(streamed(*[piece("word ")] * 99), hangs=True) as server:
        about = Completion()
        model = model_at(server.address)
        text = "".join([text async for text in model.complete(ASKED, purpose="answer", most_tokens=9, about=about)])
        assert (len(text), about.cut_off) == (9 * CHARS_A_TOKEN, "length")
        await server.closed.wait()


async def test_what_a_model_is_asked_for_is_few_words_and_calm_ones() -> None:
    async with serving(streamed(piece("x"), DONE)) as server:
        await said(model_at(server.address))
        ((_, body),) = server.requests
    assert body["max_tokens"] == 9
    assert body["frequency_penalty"]
    assert body["temperature"]


class OneByOne(Server):
    """Answers one question at a time, when the test lets it."""

    def __init__(self) -> None:
        super().__init__(b"")
        self.alone = asyncio.Lock()
        self.asked = 0
        self.most = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.asked += 1
        self.most = max(self.most, self.asked)
        async with self.alone:
            for _ in range(3):
                writer.write(piece("x") if _ else streamed(piece("x")))
                await writer.drain()
                with contextlib.suppress(TimeoutError):  # a slow model's pace
                    async with asyncio.timeout(0.04):
                        await asyncio.Event().wait()
            writer.write(DONE)
            await writer.drain()
            self.asked -= 1
            writer.close()


async def test_who_stands_in_the_queue_of_a_server_that_answers_is_not_told_it_is_silent() -> None:
    server = OneByOne()
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    model = model_at(address, limits=ModelLimits(connect_s=5, first_s=0.9, between_s=5, at_once=8))
    try:
        assert await asyncio.gather(*(said(model) for _ in range(10))) == ["xxx"] * 10
        assert server.most <= 8
    finally:
        listening.close()
        await listening.wait_closed()


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
    for body in (b"[]", b"no json", b"[" * 99_999, b" " * (ModelLimits().most_bytes + 9)):
        async with serving(listed(body)) as server:
            with pytest.raises(LanguageModelFailed):
                await model_at(server.address).check()
    async with serving(listed(b"<html>")) as server:
        with pytest.raises(LanguageModelRefused, match="web page"):
            await model_at(server.address).check()
    assert "None is named" in await doctor.check_language_model(Settings(), Policy())


async def test_the_doctor_reads_no_more_than_it_needs() -> None:
    async with serving(streamed(b" " * (1 << 16)), hangs=True) as server:
        limits = ModelLimits(most_bytes=1 << 15)
        with pytest.raises(LanguageModelFailed):
            await model_at(server.address, limits=limits).check()
        await server.closed.wait()


@pytest.mark.parametrize("name", ["llama3.2", "llama3.2:latest", "other"])
async def test_the_latest_needs_no_tag(name: str) -> None:
    async with serving(listed(b'{"data": [{"id": "llama3.2:latest"}, {"id": "other"}]}')) as server:
        model = model_at(server.address)
        model.use(server.address, name)
        assert "answers" in await model.check()
        model.use(server.address, "llama3")
        with pytest.raises(LanguageModelRefused):
            await model.check()


@pytest.mark.parametrize("limits", [{"first_s": 0}, {"at_once": 0}])
def test_a_limit_that_never_answers_is_refused(limits: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="above 0"):
        ModelLimits(**limits)


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
