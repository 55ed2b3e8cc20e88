"""A conversation by HTTP: whole, or as events while it comes; a spoken turn goes first, and nobody slow holds it."""

from __future__ import annotations

import asyncio
import dataclasses
import io
import json
import wave
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from sottovoce.api.local_api import ApiAddress
from sottovoce.api.speech import ApiSpeech
from sottovoce.domain.figures import MODEL_SHARED
from tests.api.serving import OPEN_LIMITS, served

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sottovoce.adapters.recognition.resting import RestingRecognizer
    from sottovoce.talk.ports import Utterance
    from tests.api.serving import Served

PATH = "/api/v1/conversation"


def events(text: str) -> list[tuple[str, Any]]:
    """Names and data of server-sent events."""
    found = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines())
        found.append((fields["event"], json.loads(fields["data"])))
    return found


async def test_a_question_is_answered_and_the_conversation_goes_on(api: Served) -> None:
    async with api.client() as client:
        first = (await client.post(PATH, json={"message": "what is two plus three"})).json()
        assert "5" in first["reply"] or "five" in first["reply"]
        again = {"message": "and what did I ask", "conversation_id": first["conversation"], "user_id": None}
        second = (await client.post(PATH, json=again)).json()
        assert second["conversation"] == first["conversation"]
        other = await client.post(PATH, json=again | {"user_id": "ben"})
        assert (other.status_code, other.json()["code"]) == (404, "not-found")
        assert (await client.post(PATH, json={"message": " "})).json()["code"] == "usage-wrong"
    stored = await api.home.store.messages(first["conversation"], limit=9)
    assert [one.content for one in stored][:2] == ["what is two plus three", first["reply"]]


async def test_an_answer_comes_in_pieces_and_then_whole(api: Served) -> None:
    async with api.client() as client:
        accept = {"Accept": "text/event-stream"}
        came = await client.post(PATH, json={"message": "what is two plus three"}, headers=accept)
        assert came.headers["content-type"].startswith("text/event-stream")
        told = events(came.text)
        assert [name for name, _ in told[:-1]] == ["piece"] * (len(told) - 1)
        assert told[-1][0] == "answer"
        assert "".join(data["text"] for _, data in told[:-1]) == told[-1][1]["reply"]
        wrong = await client.post(PATH, json={"message": "x", "conversation_id": "0"}, headers=accept)
        assert (wrong.status_code, wrong.json()["code"]) == (404, "not-found")


async def test_who_goes_away_has_been_answered_nevertheless(api: Served) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", api.port)
    body = b'{"message": "what is two plus three"}'
    writer.write(
        b"POST /api/v1/conversation HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n"
        b"Accept: text/event-stream\r\nContent-Length: %d\r\n\r\n%s"
        % (api.port, (await api.key()).encode(), len(body), body)
    )
    await writer.drain()
    assert (await reader.readline()).startswith(b"HTTP/1.1 200")
    writer.transport.abort()

    async def answered() -> bool:
        return not await api.home.store.unfinished_turns() and len(await api.home.store.conversations(limit=2)) == 1

    for _ in range(600):
        if await answered():
            break
        await asyncio.sleep(0.05)
    assert await answered()


async def test_tokens_count_for_who_goes_away_and_what_is_under_way_ends_with_it(tmp_path: Path) -> None:
    goes_on = asyncio.Event()

    async def model(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")
        for text in ("Light is scattered. ", "Blue most. ", "That is all."):
            writer.write(b"data: " + json.dumps({"choices": [{"delta": {"content": text}}]}).encode() + b"\n\n")
            await writer.drain()
            if text.startswith("Blue"):
                await goes_on.wait()
        writer.write(b"data: [DONE]\n\n")
        writer.close()

    async with await asyncio.start_server(model, "127.0.0.1", 0) as upstream, served(tmp_path / "home") as api:
        api.home.speech.language_model.use(f"http://127.0.0.1:{upstream.sockets[0].getsockname()[1]}/v1")
        answering = api.api._host.answering  # noqa: SLF001 - what is to end

        async def gone(question: str) -> None:
            async with (
                api.client() as client,
                client.stream(
                    "POST", PATH, json={"message": question}, headers={"Accept": "text/event-stream"}
                ) as answer,
            ):
                async for line in answer.aiter_lines():
                    if line.startswith("data: "):
                        break

        await gone("why is the sky blue at noon")
        (task,) = answering
        goes_on.set()
        await asyncio.wait_for(asyncio.wait([task]), 60)
        (use,) = await api.home.services.api_keys.uses()
        assert use.tokens > 0
        goes_on.clear()
        await gone("why is the sea blue at noon")
        await asyncio.wait_for(api.api.close(), 60)
        assert not answering
        assert not await api.home.store.unfinished_turns()
        goes_on.set()


async def test_what_a_program_asks_waits_for_a_spoken_turn(tmp_path: Path) -> None:
    over, waits = asyncio.Event(), asyncio.Event()

    async def spoken_first() -> None:
        waits.set()
        await over.wait()

    changes: list[None] = []
    async with (
        served(tmp_path / "home", spoken_first=spoken_first, changed=lambda: changes.append(None)) as api,
        api.client() as client,
    ):
        asked = asyncio.create_task(client.post(PATH, json={"message": "what is two plus three"}))
        await waits.wait()
        assert (await client.get("/api/v1/health/live")).status_code == 200
        assert await api.home.store.conversations(limit=1) == ()
        over.set()
        assert (await asked).status_code == 200
        events_asked = await client.post(
            PATH, json={"message": "what is two plus three"}, headers={"Accept": "text/event-stream"}
        )
        assert events_asked.status_code == 200
        assert changes, "a window shows what was stored"


async def test_a_recording_that_is_being_heard_stops_for_a_spoken_turn(api: Served) -> None:
    over, waits, heard = asyncio.Event(), asyncio.Event(), list[bytes]()

    async def spoken_first() -> None:
        if heard:
            waits.set()
            await over.wait()

    class Hears(ApiSpeech):
        async def _recognizer(self) -> RestingRecognizer:
            found = await super()._recognizer()
            begin = found.loaded().begin

            def begun(on_partial: Callable[[str], None]) -> Utterance:
                utterance = begin(on_partial)
                feed = utterance.feed

                def fed(pcm: bytes) -> None:
                    heard.append(pcm)
                    feed(pcm)

                utterance.feed = fed  # type: ignore[method-assign] # counted on its way
                return utterance

            found.loaded().begin = begun  # type: ignore[method-assign] # as above
            return found

    speech = Hears(api.home, spoken_first)
    whole = io.BytesIO()
    with wave.open(whole, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(bytes(32_000 * 20))
    try:
        asked = asyncio.create_task(speech.transcribed(whole.getvalue()))
        await asyncio.wait_for(waits.wait(), 60)
        assert len(heard) == 1
        over.set()
        assert (await asyncio.wait_for(asked, 60)).audio_s == 20
        assert len(heard) > 1
    finally:
        await speech.close()


async def test_a_spoken_turn_that_takes_long_is_told_as_busy(tmp_path: Path) -> None:
    async def spoken_first() -> None:
        await asyncio.Event().wait()

    limits = dataclasses.replace(OPEN_LIMITS, spoken_first_s=0.05)
    async with served(tmp_path / "home", limits, spoken_first=spoken_first) as api, api.client() as client:
        answer = await client.get("/api/v1/notes")
    assert (answer.status_code, answer.json()["code"]) == (503, "api-busy")
    assert int(answer.headers["retry-after"]) >= 1


async def test_a_unix_socket_is_for_this_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "api.sock"
    path.touch()
    with pytest.raises(Exception, match="local API"):
        async with served(tmp_path / "home", at=ApiAddress(port=None, socket=path)):
            pass
    path.unlink()
    async with served(tmp_path / "home", at=ApiAddress(port=None, socket=path)) as api:
        assert path.stat().st_mode & 0o777 == 0o600
        assert (api.api.served.address, api.api.served.socket) == ("", str(path))
        way = httpx2.AsyncHTTPTransport(uds=str(path))
        async with httpx2.AsyncClient(transport=way, base_url="http://localhost") as client:
            assert (await client.get("/api/v1/health/live")).json() == {"alive": True}
            headers = {"Authorization": f"Bearer {await api.key()}"}
            assert (await client.get("/api/v1/notes", headers=headers)).status_code == 200
    assert not path.exists()


async def said_by(client: httpx2.AsyncClient, path: str, question: dict[str, Any], accept: str) -> str:
    """The whole answer, however it comes."""
    answer = await client.post(path, json=question, headers={"Accept": accept})
    assert answer.status_code == 200, answer.text
    if answer.headers["content-type"].startswith("application/json"):
        whole = answer.json()
        return str(whole["reply"] if "reply" in whole else whole["choices"][0]["message"]["content"])
    data = [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: {")]
    if path == PATH:
        assert "".join(one["text"] for one in data[:-1]) == data[-1]["reply"]
        return str(data[-1]["reply"])
    return "".join(one["choices"][0]["delta"].get("content") or "" for one in data if one["choices"])


async def test_many_who_ask_a_model_the_same_at_once_have_it_asked_once(tmp_path: Path) -> None:
    question = "why is the sky blue at noon"
    said = {"model": "sottovoce", "messages": [{"role": "user", "content": question}]}
    forms: list[tuple[str, dict[str, Any], str]] = [
        (PATH, {"message": question}, "application/json"),
        (PATH, {"message": question}, "text/event-stream"),
        ("/v1/chat/completions", said, "application/json"),
        ("/v1/chat/completions", said | {"stream": True}, "text/event-stream"),
    ]
    many, asked = 50, list[bytes]()

    def piece(text: str) -> bytes:
        return b"data: " + json.dumps({"choices": [{"delta": {"content": text}}]}).encode() + b"\n\n"

    async def model(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
        asked.append(await reader.readexactly(length))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")
        writer.write(piece("Light is scattered. ") + piece("Blue most. "))
        await writer.drain()
        await all_wait()
        writer.write(piece("That is all.") + b"data: [DONE]\n\n")
        await writer.drain()
        writer.close()

    limits = dataclasses.replace(OPEN_LIMITS, at_once=many + 1)
    upstream = await asyncio.start_server(model, "127.0.0.1", 0)
    async with upstream, served(tmp_path / "home", limits) as api, api.client() as client:

        async def all_wait() -> None:
            """Until all the others have joined the first one's question."""
            while api.home.figures.counter(MODEL_SHARED).value < many - 1:  # noqa: ASYNC110 - counted, not told
                await asyncio.sleep(0.01)

        port = upstream.sockets[0].getsockname()[1]
        api.home.speech.language_model.use(f"http://127.0.0.1:{port}/v1")
        async with asyncio.timeout(60):
            answers = await asyncio.gather(*(said_by(client, *forms[number % len(forms)]) for number in range(many)))
        uses = await api.home.services.api_keys.uses()
    assert set(answers) == {"Light is scattered. Blue most. That is all."}
    assert len(asked) == 1
    assert sum(use.tokens for use in uses) > 0
