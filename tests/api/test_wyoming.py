"""The client of the `wyoming` package, which Home Assistant has, talks to it; what is no event does no harm."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import socket
import sys
from typing import TYPE_CHECKING

import psutil
import pytest
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncTcpClient
from wyoming.error import Error
from wyoming.handle import Handled
from wyoming.info import Describe, Info
from wyoming.intent import Intent, Recognize
from wyoming.ping import Ping, Pong
from wyoming.tts import Synthesize

from sottovoce.api.local_api import ApiAddress
from sottovoce.api.speech import ApiSpeech
from sottovoce.api.wyoming_server import NOBODY, WyomingLimits, WyomingServer, owner_of
from sottovoce.language import available
from tests.api.serving import OPEN_LIMITS, host_of, served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from wyoming.event import Event, Eventable

    from tests.api.serving import Served


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Served]:
    """Served by HTTP and Wyoming."""
    async with served(tmp_path / "home", OPEN_LIMITS, ApiAddress(wyoming=0)) as found:
        yield found


def port(api: Served) -> int:
    return int(api.api.served.wyoming.rpartition(":")[2])


async def got(client: AsyncTcpClient, *sent: Eventable) -> Event:
    """What comes back for these."""
    for one in sent:
        await client.write_event(one.event())
    event = await asyncio.wait_for(client.read_event(), 120)
    assert event is not None
    return event


async def test_it_tells_what_it_is_and_what_is_meant(both: Served) -> None:
    async with AsyncTcpClient("127.0.0.1", port(both)) as client:
        info = Info.from_event(await got(client, Describe()))
        assert [one.name for one in (*info.asr, *info.tts, *info.handle, *info.intent)] == ["sottovoce"] * 4
        assert [voice.languages for program in info.tts for voice in program.voices] == [[tag] for tag in available()]
        assert Pong.from_event(await got(client, Ping(text="x"))).text == "x"
        meant = Intent.from_event(await got(client, Recognize(text="what is two plus three")))
        assert meant.name
        handled = Handled.from_event(await got(client, Transcript(text="what is two plus three")))
        assert handled.text == meant.text
        wrong = Error.from_event(await got(client, Recognize(text=" ")))
        assert wrong.code == "usage-wrong"
    (conversation,) = await both.home.store.conversations(limit=9)
    assert conversation.messages == 4, "one connection is one conversation"


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not here")
async def test_what_it_says_it_understands(both: Served) -> None:
    async with AsyncTcpClient("127.0.0.1", port(both)) as client:
        start = AudioStart.from_event(await got(client, Synthesize(text="what time is it")))
        chunks: list[AudioChunk] = []
        while AudioChunk.is_type((event := await client.read_event()).type):
            chunks.append(AudioChunk.from_event(event))
        assert event is not None
        assert AudioStop.is_type(event.type)
        heard = await got(client, Transcribe(language="en"), start, *chunks, AudioStop())
        assert Transcript.from_event(heard).text.lower().startswith("what time is it")


@pytest.mark.parametrize(
    "sent",
    [
        b"\n",
        b"no json\n",
        b"[]\n",
        b"{}\n",
        b'{"type": "describe", "data_length": 1000000000000}\n',
        b'{"type": "describe", "data_length": -1}\n',
        b'{"type": "audio-chunk", "payload_length": 99999999999}\n',
        b'{"type": "describe", "data_length": 2}\n[]',
        b'{"type": "describe", "data": [1]}\n',
        b"[" * 60_000 + b"\n",
        b"x" * 200_000,
        b'{"type": "audio-stop"}\n',
        b'{"type": "audio-start", "data": {"rate": 0, "width": 9, "channels": 0}}\n',
        b'{"type": "recognize"}\n',
        b'{"type": "synthesize", "data": {"text": null}}\n',
    ],
)
async def test_what_is_no_event_ends_the_connection_and_nothing_else(both: Served, sent: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port(both))
    writer.write(sent)
    writer.write_eof()
    with_error = b""
    with contextlib.suppress(ConnectionError):
        with_error = await asyncio.wait_for(reader.read(), 60)
    writer.close()
    assert not with_error or json.loads(with_error.partition(b"\n")[0])["type"] in {"error", "audio-start"}
    async with AsyncTcpClient("127.0.0.1", port(both)) as client:
        assert Info.is_type((await got(client, Describe())).type)


async def test_who_says_nothing_sends_too_much_or_is_one_too_many_is_let_go(api: Served) -> None:
    speech = ApiSpeech(api.home)
    limits = WyomingLimits(clients=2, idle_s=0.3, sound_bytes=1000)
    server = WyomingServer(host_of(api.home), speech, limits)
    address = await server.open("127.0.0.1", 0)
    number = int(address.rpartition(":")[2])
    try:
        pairs = [await asyncio.open_connection("127.0.0.1", number) for _ in range(3)]
        assert await asyncio.wait_for(asyncio.gather(*(reader.read() for reader, _ in pairs)), 60) == [b"", b"", b""]
        for _, writer in pairs:
            writer.close()
        async with AsyncTcpClient("127.0.0.1", number) as client:
            form = {"rate": 16_000, "width": 2, "channels": 1}
            told = await got(client, AudioStart(**form), AudioChunk(**form, audio=bytes(2000)))
            assert Error.from_event(told).code == "api-too-large"
    finally:
        await server.close()
        await speech.close()
    with pytest.raises(ValueError, match="above 0"):
        WyomingLimits(clients=0)


async def test_another_user_is_let_ask_nothing(api: Served, tmp_path: Path) -> None:
    speech = ApiSpeech(api.home)
    server = WyomingServer(host_of(api.home), speech, users=frozenset({12345}))
    address = await server.open("127.0.0.1", 0)
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
        mine, theirs = writer.get_extra_info("sockname"), writer.get_extra_info("peername")
        assert owner_of(mine, theirs) == os.getuid()
        assert owner_of(mine, theirs, str(tmp_path)) is None
        writer.write(b'{"type": "describe"}\n')
        with_nothing = b""
        with contextlib.suppress(ConnectionError):
            with_nothing = await asyncio.wait_for(reader.read(), 60)
        assert with_nothing == b""
        writer.close()
    finally:
        await server.close()
        await speech.close()


async def test_who_takes_nothing_is_let_go(api: Served) -> None:
    speaks = asyncio.Event()

    class Speaks(ApiSpeech):
        async def pcm(self, text: str, language: str = "") -> bytes:
            speaks.set()
            return bytes(20_000_000)

    speech = Speaks(api.home)
    server = WyomingServer(host_of(api.home), speech, WyomingLimits(clients=1, send_s=0.3))
    number = int((await server.open("127.0.0.1", 0)).rpartition(":")[2])
    try:
        with socket.create_connection(("127.0.0.1", number)) as stuck:
            stuck.sendall(b'{"type": "synthesize", "data": {"text": "much"}}\n')
            await asyncio.wait_for(speaks.wait(), 60)
            await asyncio.wait(server._clients)  # noqa: SLF001 - who is served
            await asyncio.sleep(0)  # the transport's own end
            assert [
                one for one in psutil.Process().net_connections("tcp") if one.raddr and one.laddr.port == number
            ] == []
    finally:
        await server.close()
        await speech.close()


TABLE = """  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:283C 00000000:0000 0A 00000000:00000000 00:00000000 00000000     7        0 11 1 0 100 0 0 10 0
   1: 0100007F:1388 0200007F:283C 01 00000000:00000000 00:00000000 00000000     0        0 12 1 0 100 0 0 10 0
"""
LINE = "   2: {local} {remote} {state} 00000000:00000000 00:00000000 00000000  {user}        0 {inode} 1 0 100 0 0 10 0"


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ({"local": "0100007F:1388", "remote": "0100007F:283C", "state": "01", "user": 7, "inode": 13}, 7),
        ({"local": "0100007F:1388", "remote": "0100007F:283C", "state": "05", "user": 0, "inode": 0}, NOBODY),
        ({"local": "0100007F:1388", "remote": "0100007F:283D", "state": "01", "user": 0, "inode": 13}, NOBODY),
    ],
)
@pytest.mark.skipif(sys.byteorder == "big", reason="the table is one of a little-endian machine")
def test_only_a_connections_own_line_tells_whose_it_is(line: dict[str, object], owner: int, tmp_path: Path) -> None:
    (tmp_path / "tcp").write_text(TABLE + LINE.format(**line))
    assert owner_of(("127.0.0.1", 5000), ("127.0.0.1", 10300), str(tmp_path)) == owner
    mapped = {name: "0" * 16 + "FFFF0000" + str(line[name]) for name in ("local", "remote")}
    (tmp_path / "tcp").write_text(TABLE)
    (tmp_path / "tcp6").write_text(TABLE + LINE.format(**line | mapped))
    assert owner_of(("127.0.0.1", 5000), ("127.0.0.1", 10300), str(tmp_path)) == owner


async def test_who_closed_at_once_is_taken_for_nobody(api: Served) -> None:
    asked: list[str] = []

    class Hears(ApiSpeech):
        async def pcm(self, text: str, language: str = "") -> bytes:
            asked.append(text + language)
            return b""

    speech = Hears(api.home)
    server = WyomingServer(host_of(api.home), speech)
    address = await server.open("127.0.0.1", 0)
    try:
        with socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))) as gone:
            gone.sendall(b'{"type": "synthesize", "data": {"text": "said by nobody"}}\n')
        async with AsyncTcpClient("127.0.0.1", int(address.rpartition(":")[2])) as client:  # accepted behind it
            assert Info.is_type((await got(client, Describe())).type)
        assert asked == []
    finally:
        await server.close()
        await speech.close()
