"""Readers of what other programs send. Each takes any bytes; what it raises beside what it says it may is a fault."""

from __future__ import annotations

import asyncio
import contextlib
import json
import struct
from typing import TYPE_CHECKING, Final

from sottovoce.adapters.event_stream import EventReader
from sottovoce.adapters.model_replies import ReplyReader, ReplyUnreadable, ServerFailed, WebPage
from sottovoce.adapters.recordings import open_sound
from sottovoce.api.endpoint import json_object
from sottovoce.api.openai_forms import form
from sottovoce.api.wyoming_server import WyomingLimits, read_event
from sottovoce.domain.errors import ApiRequestWrong, RecordingUnusable, UsageWrong
from sottovoce.operations.registry import operations
from sottovoce.operations.values import from_json

if TYPE_CHECKING:
    from collections.abc import Callable

LIMITS: Final = WyomingLimits(line_bytes=4096, data_bytes=1024, payload_bytes=1024)
_ASKED: Final = [one.asked for one in operations() if one.http is not None]
_LOOP: Final = asyncio.new_event_loop()


def recording(data: bytes) -> None:
    """A sound file."""
    with contextlib.suppress(RecordingUnusable), open_sound(data) as pieces:
        for piece in pieces:
            assert isinstance(piece, bytes)


def body(data: bytes) -> None:
    """A body of JSON, and what each operation makes of it."""
    try:
        given = json_object(data)
    except ApiRequestWrong:
        return
    for asked in _ASKED:
        with contextlib.suppress(UsageWrong):
            from_json(asked, given)


def parts(data: bytes) -> None:
    """A form of several parts; the first line names it."""
    named, _, sent = data.partition(b"\n")
    for media_type in (named.decode("latin-1"), "multipart/form-data; boundary=b"):
        with contextlib.suppress(ApiRequestWrong):
            assert sum(map(len, form(media_type, sent).values())) <= len(sent)


def stream(data: bytes) -> None:
    """Events of a server, which are the same however they are cut in pieces."""

    def read(size: int) -> list[object]:
        reader, found = EventReader(), list[object]()
        for at in range(0, len(data), size):
            found += reader.feed(data[at : at + size])
        return [*found, *reader.end()]

    assert read(1) == read(3) == read(len(data) or 1)


def reply(data: bytes) -> None:
    """The reply of a chat server."""
    reader = ReplyReader()
    with contextlib.suppress(ReplyUnreadable, ServerFailed, WebPage):
        for at in range(0, len(data), 7):
            for piece in reader.feed(data[at : at + 7]):
                piece.text.encode()
        for piece in reader.end():
            piece.text.encode()


def event(data: bytes) -> None:
    """Events of the Wyoming protocol, one behind the other."""

    async def read() -> None:
        reader = asyncio.StreamReader(limit=LIMITS.line_bytes)
        reader.feed_data(data)
        reader.feed_eof()
        with contextlib.suppress(asyncio.IncompleteReadError):
            while (found := await read_event(reader, LIMITS)) is not None:
                assert len(found.payload or b"") <= LIMITS.payload_bytes

    _LOOP.run_until_complete(read())


def _wav(kind: int, bits: int) -> bytes:
    form = struct.pack("<HHIIHH", kind, 1, 16_000, 16_000 * bits // 8, bits // 8, bits)
    return b"RIFF" + struct.pack("<I", 100) + b"WAVEfmt " + struct.pack("<I", 16) + form + b"data@\0\0\0" + bytes(64)


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    one.__name__: one for one in (recording, body, parts, stream, reply, event)
}
SEEDS: Final[dict[str, tuple[bytes, ...]]] = {
    "recording": (_wav(1, 16), _wav(3, 32), _wav(1, 8), b"fLaC", b"OggS"),
    "body": (
        b'{"message": "what is two plus three", "conversation_id": null, "user_id": "ben"}',
        b'{"text": "x", "things": "milk", "title": "y", "at": "2030-01-01T10:00", "limit": 1e9, "minutes": 5}',
    ),
    "parts": (
        b'multipart/form-data; boundary="b"\n--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--b--\r\n',
    ),
    "stream": (b"\xef\xbb\xbfevent: piece\r\ndata: x\r\ndata: y\r\n\r\n: still there\n\nid: 1\rdata\r\r",),
    "reply": (
        (
            b'data: {"model": "m", "choices": [{"index": 0, "delta": {"content": "x"}, "finish_reason": null}]}\n\n'
            b'data: {"choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 2}}\n\ndata: [DONE]\n\n'
        ),
        json.dumps({"choices": [{"message": {"content": [{"type": "text", "text": "\ud83d"}]}}]}).encode(),
        b'event: error\ndata: {"error": {"message": "x"}}\n\n',
    ),
    "event": (
        b'{"type": "audio-chunk", "data_length": 2, "payload_length": 4}\n{}abcd{"type": "ping", "data": {}}\n',
        b'{"type": "transcript", "data": {"text": "x"}}\n',
    ),
}
