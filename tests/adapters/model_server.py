"""A real HTTP server of files that does whatever bad servers do, on a port of its own."""

from __future__ import annotations

import contextlib
import socketserver
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator


T = TypeVar("T")


@dataclass
class Manners:
    """How one file is served; what is given as a list counts for one answer after another, its last for all others."""

    content: bytes = b""
    ranges: bool = True
    etag: str = '"one"'
    cut_after: list[int | None] = field(default_factory=lambda: [None])
    """Bytes after which the connection is closed; None: all are sent."""
    stall_after: list[int | None] = field(default_factory=lambda: [None])
    """Bytes after which nothing more comes."""
    trickles: bool = False
    """A byte at a time, without end."""
    claims: int | None = None
    """In place of the real length."""
    chunked: bool = False
    status: list[int] = field(default_factory=lambda: [0])
    """In place of the right one, without the file."""
    location: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    partial_from: int | None = None
    """Where a part begins in place of where it should."""


class ModelServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        self.files: dict[str, Manners] = {}
        self.asked: list[tuple[str, str]] = []
        """Paths with the range that was asked for."""
        self.stalled = threading.Event()
        self.over = threading.Event()
        self.sent: dict[str, int] = {}
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Who hangs up is expected."""


class _Handler(BaseHTTPRequestHandler):
    server: ModelServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base's own
        pass

    def do_GET(self) -> None:
        range_ = self.headers.get("Range", "")
        number = sum(path == self.path for path, _ in self.server.asked)
        self.server.asked.append((self.path, range_))
        manners = self.server.files.get(self.path)
        self.close_connection = True
        if manners is None:
            self.send_error(404)
            return
        if (status := _nth(manners.status, number)) or manners.location:
            self.send_response(status or 302)
            if manners.location:
                self.send_header("Location", manners.location)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self._send(manners, number, range_)

    def _send(self, manners: Manners, number: int, range_: str) -> None:
        content, start = manners.content, 0
        same = self.headers.get("If-Range", manners.etag) == manners.etag
        if range_ and manners.ranges and same:
            start = int(range_.removeprefix("bytes=").removesuffix("-"))
            if start >= len(content):
                self.send_response(416)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(206)
            begin = start if manners.partial_from is None else manners.partial_from
            self.send_header("Content-Range", f"bytes {begin}-{len(content) - 1}/{len(content)}")
        else:
            self.send_response(200)
        if manners.etag:
            self.send_header("ETag", manners.etag)
        for name, value in manners.headers.items():
            self.send_header(name, value)
        body = content[start:]
        if not manners.chunked:
            self.send_header("Content-Length", str(manners.claims if manners.claims is not None else len(body)))
        self.end_headers()
        if manners.trickles:
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                if self.server.over.wait(0.02):
                    return
        cut, stall = _nth(manners.cut_after, number), _nth(manners.stall_after, number)
        self.wfile.write(body[: cut if cut is not None else stall])
        self.wfile.flush()
        if stall is not None:
            self.server.stalled.set()
            self.server.over.wait(60)


def _nth(values: list[T], number: int) -> T:
    return values[min(number, len(values) - 1)]


@contextlib.contextmanager
def model_server() -> Iterator[ModelServer]:
    """The server, running for the length of the block."""
    server = ModelServer()
    socketserver.ThreadingMixIn.block_on_close = True
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02))
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
