"""Server-sent events by the standard, and what chat servers say in them."""

from __future__ import annotations

import itertools
import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.adapters.event_stream import EventReader, StreamEvent
from sottovoce.adapters.model_replies import ReplyReader, ReplyUnreadable, ServerFailed, WebPage

if TYPE_CHECKING:
    from collections.abc import Sequence

BOM = b"\xef\xbb\xbf"


def events(*chunks: bytes) -> list[StreamEvent]:
    reader = EventReader()
    return [event for chunk in chunks for event in reader.feed(chunk)]


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_events_end_at_a_blank_line_whatever_ends_lines(end: bytes) -> None:
    lines = (
        b": a comment",
        b"event: note",
        b"data:one",
        b"data:  two",
        b"id: 7",
        b"data",
        b"unknown: x",
        b"",
        b"data: 3",
        b"",
    )
    assert events(BOM + end.join((*lines, b""))) == [StreamEvent("note", "one\n two\n"), StreamEvent("", "3")]


def test_a_blank_line_without_data_is_no_event_and_what_has_not_ended_is_none_yet() -> None:
    reader = EventReader()
    assert list(reader.feed(b"event: x\n\ndata: half")) == []
    assert list(reader.end()) == [StreamEvent("", "half")]


def by_the_book(whole: bytes) -> list[StreamEvent]:
    """The standard, word for word, over a text that is there as a whole."""
    found, kind, data = [], "", list[str]()
    lines = re.split("\r\n|\r|\n", whole.removeprefix(BOM).decode("utf-8", "replace"))
    for line in lines[:-1]:
        name, _, value = line.partition(":")
        if not line:
            found += [StreamEvent(kind, "\n".join(data))] if data else []
            kind, data = "", []
        elif name == "data":
            data.append(value.removeprefix(" "))
        elif name == "event":
            kind = value.removeprefix(" ")
    return found


LINES = st.sampled_from(
    [b"data: x", b"data:\xc3\xa9\xf0\x9f\x98\x80", b"data", b"event: e", b":c", b"", b"\xff", b"retry: 3"]
)


@given(
    st.lists(st.tuples(LINES, st.sampled_from([b"\n", b"\r", b"\r\n"])), max_size=20),
    st.lists(st.integers(0, 200), max_size=30),
    st.booleans(),
)
def test_where_a_stream_is_cut_changes_nothing(
    lines: Sequence[tuple[bytes, bytes]],
    cuts: Sequence[int],
    marked: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    whole = (BOM if marked else b"") + b"".join(line + end for line, end in lines)
    if whole.endswith(b"\r"):
        whole += b": end\n"
    at = [0, *sorted(cuts), len(whole)]
    assert events(*(whole[begin:end] for begin, end in itertools.pairwise(at))) == by_the_book(whole)


def sent(**fields: object) -> bytes:
    return b"data: " + json.dumps(fields).encode() + b"\n\n"


def choice(text: object, reason: object = None, **more: object) -> bytes:
    return sent(choices=[{"delta": {"content": text}, "finish_reason": reason, **more}])


def read(*chunks: bytes, ends: bool = True) -> tuple[str, str, str]:
    """The text, the model's name and why it ended."""
    reader = ReplyReader()
    pieces = [piece for chunk in chunks for piece in reader.feed(chunk)]
    pieces += list(reader.end()) if ends else []
    model = next((piece.model for piece in pieces if piece.model), "")
    return "".join(piece.text for piece in pieces), model, next((p.ended for p in pieces if p.ended), "")


@pytest.mark.parametrize(
    "nothing",
    [
        sent(choices=None),
        sent(choices=[]),
        sent(error=None),
        sent(choices=[{"delta": None}]),
        sent(choices=[{}]),
        sent(choices=[None]),
        sent(choices=[{"delta": {"role": "assistant"}}]),
        sent(choices=[{"delta": {"content": None, "reasoning_content": "hm"}, "finish_reason": ""}]),
        choice("another choice", index=1),
        choice("another choice", index=[1]),
        choice(
            [
                {"type": "image"},
                {"type": "text"},
                {"type": ["image"], "text": "x"},
                {"type": {"a": 1}, "text": "x"},
                "x",
            ]
        ),
        sent(usage={"total_tokens": 3}),
        b"\n\n",
        b"data:\n\n",
        b"data: null\n\n",
        b": still there\n\n",
    ],
)
def test_what_says_nothing_is_passed_over(nothing: bytes) -> None:
    assert read(nothing, choice("Rome."), nothing, choice("", "stop")) == ("Rome.", "", "stop")


@pytest.mark.parametrize(
    ("chunks", "told"),
    [
        ((sent(model="tiny", choices=[{"delta": {"content": "Hi"}}]), b"data: [DONE]\n\n"), ("Hi", "tiny", "stop")),
        ((choice("Hi", "length"),), ("Hi", "", "length")),
        ((sent(model="/home/ann/models/tiny.gguf", choices=[{"delta": {"content": "Hi"}}]),), ("Hi", "tiny.gguf", "")),
        ((sent(model="C:\\models\\tiny.gguf", choices=[{"delta": {"content": "Hi"}}]),), ("Hi", "tiny.gguf", "")),
        ((sent(model="meta/tiny", choices=[{"delta": {"content": "Hi"}}]),), ("Hi", "meta/tiny", "")),
        ((choice("", "content_filter"),), ("", "", "content_filter")),
        ((choice("Hi"), b"data:[DONE]"), ("Hi", "", "stop")),
        ((b'data: {"choices": [{"delta":\r\ndata: {"content": "Hi"}}]}\r\n\r\n',), ("Hi", "", "")),
        ((b'data: {"choices": [{"delta": {"content": "H"}}]}\n' * 2, b"data: [DONE]\n"), ("HH", "", "stop")),
        ((choice([{"type": "text", "text": "Hi"}]),), ("Hi", "", "")),
        ((sent(choices=[{"text": "Hi"}]),), ("Hi", "", "")),
        (
            (b' {"model": "tiny", "choices": [{"message": {"content": "Hi"},', b'"finish_reason": "length"}]}'),
            ("Hi", "tiny", "length"),
        ),
        ((BOM + b'{"choices": [{"message": {"content": "Hi"}}]}',), ("Hi", "", "stop")),
    ],
)
def test_what_a_server_says_and_how_it_ends(chunks: Sequence[bytes], told: tuple[str, str, str]) -> None:
    assert read(*chunks) == told


def test_half_a_character_waits_for_its_other_half() -> None:
    high, low = b'"\\ud83d"', b'"\\ude00"'
    halves = [b'data: {"choices": [{"delta": {"content": ' + half + b"}}]}\n\n" for half in (high, low, high)]
    assert read(*halves, choice("x"), choice(None, "stop")) == ("\U0001f600\ufffdx", "", "stop")
    assert read(halves[0], b"data: [DONE]\n\n")[0] == "\ufffd"
    assert read(halves[1], choice("", "stop"))[0] == "\ufffd"


@given(st.text(), st.data())
def test_a_text_comes_as_it_was_said_wherever_it_is_split(text: str, data: st.DataObject) -> None:
    kept = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "", text)
    units = text.encode("utf-16-le", "replace")
    at = sorted({0, len(units), *(2 * n for n in data.draw(st.lists(st.integers(0, len(text)), max_size=4)))})
    parts = [units[begin:end].decode("utf-16-le", "surrogatepass") for begin, end in itertools.pairwise(at)]
    assert read(*map(choice, parts), b"data: [DONE]\n\n")[0] == kept


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (b"<!doctype html><p>Log in</p>", WebPage),
        (b"\r\n <html>", WebPage),
        (sent(error={"message": "x"}), ServerFailed),
        (b"event: error\ndata: {}\n\n", ServerFailed),
        (b'{"error": "no model"}', ServerFailed),
        (b"data: []\n\n", ReplyUnreadable),
        (b"data: " + b"[" * 200_000 + b"\n\n", ReplyUnreadable),
        (b"[" * 200_000, ReplyUnreadable),
        (b"{", ReplyUnreadable),
        (b"data: {\n\n", ReplyUnreadable),
    ],
)
def test_what_is_no_reply_is_told_apart(reply: bytes, error: type[ValueError]) -> None:
    with pytest.raises(error):
        read(reply)


@pytest.mark.parametrize(
    ("reply", "error"),
    [(b"<html>Log in", WebPage), (b'{"error": "no model"}', ServerFailed), (b"[1]", ReplyUnreadable)],
)
def test_a_byte_order_mark_hides_no_other_kind_of_reply_though_it_is_split(
    reply: bytes, error: type[ValueError]
) -> None:
    with pytest.raises(error):
        read(*((BOM + reply)[at : at + 1] for at in range(len(BOM + reply))))


def test_a_reply_of_nothing_says_nothing() -> None:
    assert read(b"", b" \n", b"") == ("", "", "")
    assert read(b"hello there", ends=False) == ("", "", "")
