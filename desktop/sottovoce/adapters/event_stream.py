"""Server-sent events as the HTML standard reads them (html.spec.whatwg.org, section 9.2.6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE_END = re.compile(rb"\r\n|\r|\n")
_MARK = b"\xef\xbb\xbf"
"""The byte order mark, which may stand at the very beginning."""


class StreamEvent(NamedTuple):
    """One event of a stream."""

    kind: str
    """As its `event` field says; empty without one."""
    data: str
    """Its `data` lines, joined by line ends."""


class EventReader:
    """Takes a stream in pieces of any size, and gives each event as soon as it has ended."""

    def __init__(self) -> None:
        """Begin a stream."""
        self._line = bytearray()
        self._first = True
        self._after_return = False
        self._kind = ""
        self._data: list[str] = []

    def feed(self, chunk: bytes) -> Iterator[StreamEvent]:
        """The events that end in `chunk`."""
        if not chunk:
            return
        if self._after_return:
            chunk = chunk.removeprefix(b"\n")  # the other half of a line end
        self._after_return = chunk.endswith(b"\r")
        *ended, rest = _LINE_END.split(chunk)
        for part in ended:
            self._line += part
            line, self._line = bytes(self._line), bytearray()
            yield from self._take(line)
        self._line += rest

    def end(self) -> Iterator[StreamEvent]:
        """What the stream ended within: not an event by the standard, yet servers leave the last blank line out."""
        yield from self._take(bytes(self._line))
        yield from self._take(b"")

    def _take(self, line: bytes) -> Iterator[StreamEvent]:
        if self._first:
            self._first, line = False, line.removeprefix(_MARK)
        if not line:
            if self._data:
                yield StreamEvent(self._kind, "\n".join(self._data))
            self._kind, self._data = "", []
            return
        name, _, value = line.decode("utf-8", "replace").partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._kind = value
