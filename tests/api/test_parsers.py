"""Whatever bytes come, what reads them makes something of them or says that it is wrong: nothing else is raised."""

from __future__ import annotations

import asyncio
import contextlib
import json
import struct
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.adapters.recordings import open_sound
from sottovoce.api.endpoint import json_object
from sottovoce.api.openai_forms import form
from sottovoce.api.wyoming_server import WyomingLimits, read_event
from sottovoce.domain.errors import ApiRequestWrong, RecordingUnusable
from tests.fuzzing.targets import SEEDS, TARGETS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wyoming.event import Event

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
)
PARTS = st.sampled_from([b"--b", b"\r\n", b"--", b'form-data; name="file"', b"\r\n\r\n", b'; name="', b"x" * 99])
LIMITS = WyomingLimits(line_bytes=400, data_bytes=40, payload_bytes=40)


@given(st.binary(max_size=99) | ANYTHING.map(lambda value: json.dumps(value).encode()))
def test_a_body_is_an_object_or_wrong(raw: bytes) -> None:
    with contextlib.suppress(ApiRequestWrong):
        assert isinstance(json_object(raw), dict)


@given(st.text(max_size=40), st.lists(PARTS | st.binary(max_size=9), max_size=30))
def test_a_form_is_read_or_wrong(media_type: str, parts: Sequence[bytes]) -> None:
    for named in (media_type, "multipart/form-data; boundary=b"):
        with contextlib.suppress(ApiRequestWrong):
            assert sum(map(len, form(named, b"".join(parts)).values())) <= sum(map(len, parts))


@given(ANYTHING, ANYTHING, ANYTHING, ANYTHING, st.binary(max_size=200))
def test_an_event_is_read_or_none(kind: object, data: object, length: object, payload: object, behind: bytes) -> None:
    head = {"type": kind, "data": data, "data_length": length, "payload_length": payload}

    async def read(sent: bytes) -> Event | None:
        reader = asyncio.StreamReader(limit=LIMITS.line_bytes)
        reader.feed_data(sent)
        reader.feed_eof()
        return await read_event(reader, LIMITS)

    for sent in (json.dumps(head).encode() + b"\n" + behind, behind, b"[" * 300 + b"\n"):
        with contextlib.suppress(asyncio.IncompleteReadError):
            found = asyncio.run(read(sent))
            assert found is None or len(found.payload or b"") <= LIMITS.payload_bytes


@given(
    st.binary(max_size=60),
    st.tuples(*[st.integers(0, 0xFFFF)] * 4, *[st.integers(0, 0xFFFFFFFF)] * 3),
    st.binary(max_size=400),
)
def test_a_recording_is_heard_or_unusable(junk: bytes, fields: tuple[int, ...], sound: bytes) -> None:
    kind, channels, block, bits, rate, a_second, length = fields
    head = b"RIFF" + struct.pack("<I", 36 + len(sound)) + b"WAVEfmt " + struct.pack("<I", 16)
    head += struct.pack("<HHIIHH", kind, channels, rate, a_second, block, bits) + b"data" + struct.pack("<I", length)
    for data in (junk, head + sound, b"fLaC" + junk, b"OggS" + junk):
        with contextlib.suppress(RecordingUnusable), open_sound(data) as pieces:
            assert all(isinstance(piece, bytes) for piece in pieces)


EVENTS = st.sampled_from(
    [b"data: ", b"event: error", b"\n", b"\r", b"\r\n", b"\xef\xbb\xbf", b"[DONE]", b": ", b"<", b"null"]
)
CHUNKS = ANYTHING.map(
    lambda value: json.dumps({"choices": [{"delta": {"content": value}}, value], "model": value}).encode()
)


@given(st.lists(EVENTS | CHUNKS | st.binary(max_size=5), max_size=12).map(b"".join))
def test_a_stream_is_the_same_however_it_is_cut_and_a_reply_is_read_or_wrong(sent: bytes) -> None:
    TARGETS["stream"](sent)
    TARGETS["reply"](sent)
    TARGETS["reply"](b"data: " + sent)


@pytest.mark.parametrize("name", TARGETS)
def test_what_fuzzing_begins_with_is_read_whole_cut_and_damaged(name: str) -> None:
    """`./dev fuzz` goes on from here, for as long as one likes."""
    for seed in SEEDS[name]:
        for at in range(len(seed) + 1):
            TARGETS[name](seed[:at])
            TARGETS[name](seed[:at] + b"\xff" + seed[at + 1 :])
