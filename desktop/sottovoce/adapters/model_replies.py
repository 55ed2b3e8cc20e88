"""What a chat server sends, piece by piece: the text of it, how it ended, and which model it was."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.event_stream import EventReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sottovoce.adapters.event_stream import StreamEvent

_DONE = "[DONE]"
_HIGH = re.compile("[\ud800-\udbff]$")
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but tab and line end, and what turns the direction of writing round: a terminal obeys them."""
_FOLDERS = re.compile(r"^(?:/|[A-Za-z]:[\\/]).*[\\/](?=.)")
"""Before a model's name: llama.cpp gives the whole path of its file, which names the one who runs it."""
CUT = dict.fromkeys(
    (
        "length",
        "max_tokens",
        "max_length",
        "model_length",
        "error",
        "abort",
        "cancelled",
        "insufficient_system_resource",
    ),
    "length",
) | dict.fromkeys(("content_filter", "safety", "recitation", "sensitive"), "content_filter")
"""Reasons to end that leave an answer in the middle, as servers write them and as one of two."""
_MOST_TOKENS = 1 << 31
_MARK = b"\xef\xbb\xbf"
"""The byte order mark."""


class ReplyUnreadable(ValueError):
    """It is nothing that a chat server says."""


class ServerFailed(ValueError):
    """The server says that it failed."""


class WebPage(ValueError):
    """The answer is a web page for people."""


@dataclass(frozen=True, slots=True)
class ReplyPiece:
    """A part of a reply."""

    text: str = ""
    model: str = ""
    """Its model's name, where the server names it."""
    ended: str = ""
    """Why the reply is over ("stop", "length", …); empty if it goes on."""
    tokens: tuple[int, int] | None = None
    """How many were sent and said so far, where the server tells."""


class ReplyReader:
    """Takes a reply in pieces of any size: a stream of events, or one JSON object where a server can't stream."""

    def __init__(self) -> None:
        """Begin a reply."""
        self._begin = b""
        self._events: EventReader | None = None
        self._whole: bytearray | None = None
        self._half = ""

    def feed(self, chunk: bytes) -> Iterator[ReplyPiece]:
        """Return the reply's pieces in `chunk`.

        Raises:
            ReplyUnreadable: It is no reply.
            ServerFailed: The server says that it failed.
            WebPage: It is a page for people.
        """
        if self._events is None and self._whole is None:
            chunk = self._begin = self._begin + chunk
            first = chunk.removeprefix(_MARK).lstrip()[:1]
            if not first or _MARK.startswith(chunk):
                return
            if first == b"<":
                raise WebPage
            if first in b"{[":
                self._whole = bytearray()
            else:
                self._events = EventReader()
        if self._whole is not None:
            self._whole += chunk
        elif self._events is not None:
            for event in self._events.feed(chunk):
                yield from self._of_event(event)

    def end(self) -> Iterator[ReplyPiece]:
        """What is said when nothing more comes. Raises as `feed`."""
        if self._whole is not None:
            yield self._piece(_json(self._whole.decode("utf-8-sig", "replace")), ended="stop")
        elif self._events is not None:
            for event in self._events.end():
                yield from self._of_event(event)

    def _of_event(self, event: StreamEvent) -> Iterator[ReplyPiece]:
        if event.kind == "error":
            raise ServerFailed
        for data in _parts(event.data):
            if data == _DONE:
                yield ReplyPiece(text=self._repaired("", last=True), ended="stop")
            elif data and data != "null":
                yield self._piece(_json(data))

    def _piece(self, found: dict[str, Any], ended: str = "") -> ReplyPiece:
        if found.get("error"):
            raise ServerFailed
        text = ""
        choices = found.get("choices")
        for choice in choices if isinstance(choices, list) else ():
            if isinstance(choice, dict) and (choice.get("index") or 0) == 0:
                text += _text_of(choice)
                reason = choice.get("finish_reason")
                ended = reason if isinstance(reason, str) and reason else ended
        model = found.get("model")
        name = _FOLDERS.sub("", model) if isinstance(model, str) else ""
        return ReplyPiece(self._repaired(text, last=bool(ended)), name, ended, _tokens(found.get("usage")))

    def _repaired(self, text: str, *, last: bool) -> str:
        """Half a surrogate pair waits for its other half; one that stays alone becomes a replacement mark."""
        text = self._half + text
        self._half = ""
        if not last and _HIGH.search(text):
            text, self._half = text[:-1], text[-1]
        if not text.isascii():
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return _UNSPEAKABLE.sub("", text)


def _tokens(usage: object) -> tuple[int, int] | None:
    if not isinstance(usage, dict):
        return None
    sent, spoken = usage.get("prompt_tokens"), usage.get("completion_tokens")
    if not (isinstance(sent, int) and isinstance(spoken, int)):
        return None
    return (sent, spoken) if min(sent, spoken) >= 0 and max(sent, spoken) < _MOST_TOKENS else None


def _parts(data: str) -> Iterator[str]:
    """The data of an event; a line each where a server forgot the blank lines between its events."""
    data = data.strip()
    lines = data.split("\n")
    if len(lines) > 1 and all((line.startswith("{") and line.endswith("}")) or line == _DONE for line in lines):
        yield from lines
    else:
        yield data


def _json(data: str) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise ReplyUnreadable from None
    if not isinstance(found, dict):
        raise ReplyUnreadable
    return found


def _text_of(choice: dict[str, Any]) -> str:
    """Of its `delta` or whole `message`; what a model thinks (`reasoning_content`) is no part of it."""
    said = choice.get("delta") or choice.get("message")
    content = said.get("content") if isinstance(said, dict) else choice.get("text")
    if isinstance(content, list):
        content = "".join(
            part["text"]
            for part in content
            if isinstance(part, dict) and (part.get("type") or "text") == "text" and isinstance(part.get("text"), str)
        )
    return content if isinstance(content, str) else ""
