"""The official client of OpenAI's interface talks to the assistant, unchanged."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

import openai
import pytest

from sottovoce.adapters.recordings import open_sound
from sottovoce.adapters.sound_encoding import KINDS
from sottovoce.api.openai_forms import form
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.domain.errors import ApiRequestWrong

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from openai.types.chat import ChatCompletionMessageParam

    from tests.api.serving import Served

FORM = "multipart/form-data; boundary=b"
ASKED: ChatCompletionMessageParam = {"role": "user", "content": "what is two plus three"}


@pytest.fixture
async def client(api: Served) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(base_url=f"{api.address}/v1", api_key=await api.key(), max_retries=0) as made:
        yield made
    await asyncio.get_running_loop().shutdown_default_executor()  # its client's, who leaves it


async def test_a_chat_is_answered_and_gone_on_with(client: openai.AsyncOpenAI, api: Served) -> None:
    first = await client.chat.completions.create(model="any", messages=[ASKED])
    reply = first.choices[0].message.content
    assert reply is not None
    assert "5" in reply or "five" in reply
    assert (first.model, first.choices[0].finish_reason) == ("any", "stop")
    assert first.usage is not None
    more: list[ChatCompletionMessageParam] = [
        {"role": "system", "content": "be brief"},
        ASKED,
        {"role": "assistant", "content": reply},
        {"role": "user", "content": [{"type": "text", "text": "and what is that times two"}]},
    ]
    await client.chat.completions.create(model="any", messages=more)
    await client.chat.completions.create(model="any", messages=[ASKED])
    stored = await api.home.store.conversations(limit=9)
    assert sorted(one.messages for one in stored) == [2, 4], "what it goes on with is found; what begins is its own"


async def test_a_chat_goes_on_when_what_was_said_before_is_erased(client: openai.AsyncOpenAI, api: Served) -> None:
    first = (await client.chat.completions.create(model="any", messages=[ASKED])).choices[0].message.content
    (before,) = await api.home.store.conversations(limit=9)
    await api.home.erase(Erasure(scope=Scope.CONVERSATION, of=before.id))
    more: list[ChatCompletionMessageParam] = [ASKED, {"role": "assistant", "content": first}, ASKED]
    assert (await client.chat.completions.create(model="any", messages=more)).choices[0].message.content == first
    (after,) = await api.home.store.conversations(limit=9)
    assert after.id != before.id


async def test_a_transcript_has_no_form_that_is_not_described(api: Served) -> None:
    sent = b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nRIFF\r\n'
    sent += b'--b\r\nContent-Disposition: form-data; name="response_format"\r\n\r\nsrt\r\n--b--\r\n'
    async with api.client() as asks:
        answer = await asks.post("/v1/audio/transcriptions", content=sent, headers={"Content-Type": FORM})
    assert (answer.status_code, answer.json()["code"]) == (400, "usage-wrong")


async def test_a_chat_comes_in_pieces(client: openai.AsyncOpenAI) -> None:
    whole = (await client.chat.completions.create(model="any", messages=[ASKED])).choices[0].message.content
    came = await client.chat.completions.create(
        model="any", messages=[ASKED], stream=True, stream_options={"include_usage": True}
    )
    chunks = [chunk async for chunk in came]
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices) == whole
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] == "stop"
    assert chunks[-1].usage is not None


async def test_the_model_is_listed(client: openai.AsyncOpenAI) -> None:
    assert [one.id async for one in client.models.list()] == ["sottovoce"]
    assert (await client.models.retrieve("sottovoce")).id == "sottovoce"
    with pytest.raises(openai.NotFoundError):
        await client.models.retrieve("another")


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not here")
async def test_what_it_says_it_understands(client: openai.AsyncOpenAI) -> None:
    recording = b""
    for kind in KINDS:
        said = await client.audio.speech.create(
            model="any",
            voice="alloy",
            input="what time is it",
            response_format=kind,  # type: ignore[arg-type] # its names
        )
        if kind != "pcm":
            with open_sound(said.content) as pieces:
                assert 8000 < sum(map(len, pieces)) < 200_000, kind
        if kind == "wav":
            recording = said.content
    heard = await client.audio.transcriptions.create(model="any", file=("said.wav", recording))
    assert heard.text.lower().startswith("what time is it")
    more = await client.audio.transcriptions.create(
        model="any", file=("said.wav", recording), response_format="verbose_json"
    )
    assert more.words
    assert 0 < more.duration < 10


async def test_what_is_wrong_is_told_as_its_client_expects(client: openai.AsyncOpenAI, api: Served) -> None:
    with pytest.raises(openai.BadRequestError) as told:
        await client.chat.completions.create(model="any", messages=[{"role": "assistant", "content": "x"}])
    assert told.value.code == "usage-wrong"
    for wrong in ({"n": 2}, {"user": ""}):
        asked = client.chat.completions.create(model="any", messages=[ASKED], **wrong)
        if "n" in wrong:
            with pytest.raises(openai.BadRequestError):
                await asked
        else:
            await asked
    with pytest.raises(openai.BadRequestError):
        await client.audio.transcriptions.create(model="any", file=("noise.wav", b"no sound at all"))
    with pytest.raises(openai.BadRequestError):
        await client.audio.speech.create(model="any", voice="alloy", input="")
    async with openai.AsyncOpenAI(base_url=f"{api.address}/v1", api_key="sv_x", max_retries=0) as stranger:
        with pytest.raises(openai.AuthenticationError):
            await stranger.models.list()


def test_a_form_is_taken_apart() -> None:
    sent = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n\x00\r\n--not\r\n'
        b'\r\n--b\r\ncontent-disposition: form-data; name="model"\r\n\r\nx\r\n--b--\r\n'
    )
    assert form(FORM, sent) == {"file": b"\x00\r\n--not\r\n", "model": b"x"}
    many = b"--b\r\n\r\n\r\n" * 100 + b"--b--"
    for media_type, wrong in (("", sent), (FORM, sent[:-6]), (FORM, many)):
        with pytest.raises(ApiRequestWrong):
            form(media_type, wrong)
