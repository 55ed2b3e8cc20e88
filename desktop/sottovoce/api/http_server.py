"""HTTP/1.1 on loopback or a Unix socket, in the loop that runs already: uvicorn's protocol, with limits of its own.

uvicorn's own server looks ten times a second whether it is to end, and takes the signals: neither is wanted in an
application that runs all day.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import logging
import os
import socket
import sys
from typing import TYPE_CHECKING, Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from sottovoce.adapters.durable_file import why
from sottovoce.adapters.places import socket_address
from sottovoce.api.listener import Listener
from sottovoce.api.problems import MEDIA_TYPE, document, status_of
from sottovoce.domain.errors import ApiNotLocal, ApiRequestWrong, ApiUnservable, PlacesUnusable
from sottovoce.domain.said import said
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from starlette.types import ASGIApp

    from sottovoce.api.crowd import RequestPlaces
    from sottovoce.api.limits import ApiLimits
    from sottovoce.domain.errors import SottovoceError

log = logging.getLogger(__name__)

BACKLOG = 1024
"""Connections that wait to be taken: five seconds of two hundred a second."""
ENDS_WITHIN_S = 2.0
"""Seconds that requests under way may take when it closes."""


class LimitedProtocol(H11Protocol):
    """One connection: its head has to come in time, and its answers have to be taken."""

    limits: ApiLimits
    places: RequestPlaces | None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # uvicorn's own form
        """Take it, if there are not too many."""
        self._head: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections:
            transport.abort()
        else:
            self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection that is closed."""
        self._drop("_head")
        self._drop("_stalled")
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; what is no whole head in time ends the connection, and what has no place is told so at once."""
        if self.places is not None and self.places.full and self._is_new:
            answer = self.places.refusal(data)
            if answer is not None:
                self.transport.write(answer)
                self.transport.close()
                return
        if not self._answering and self._head is None:
            self._wait_for_head()
        super().data_received(data)
        if self._answering:
            self._drop("_head")

    def pause_writing(self) -> None:
        """Wait for a client that takes nothing, but not for ever."""
        self._stalled = self._stalled or self.loop.call_later(self.limits.send_s, self.transport.abort)
        self.flow.pause_writing()

    def resume_writing(self) -> None:
        """It takes again."""
        self._drop("_stalled")
        self.flow.resume_writing()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's own form
        """Tell of what can't be read as of any problem, and end."""
        error = ApiRequestWrong()
        told = json.dumps(document(error)).encode()
        head = (
            f"HTTP/1.1 {status_of(error)} Bad Request\r\nContent-Type: {MEDIA_TYPE}\r\n"
            f"Content-Length: {len(told)}\r\nConnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + told)
        self.transport.close()

    def timeout_keep_alive_handler(self) -> None:
        """End an idle connection; what its client did not take is dropped."""
        if not self.transport.is_closing():
            self.transport.abort()

    @property
    def _answering(self) -> bool:
        cycle: Any = self.cycle  # uvicorn has None until there is one, and does not say so
        return cycle is not None and not cycle.response_complete

    @property
    def _is_new(self) -> bool:
        """Whether nothing of a request was read yet."""
        return not self._answering and self.conn.their_state is h11.IDLE and not self.conn.trailing_data[0]

    def _wait_for_head(self) -> None:
        self._head = self.loop.call_later(self.limits.head_s, self.transport.abort)

    def _drop(self, name: str) -> None:
        timer: asyncio.TimerHandle | None = getattr(self, name)
        if timer is not None:
            timer.cancel()
        setattr(self, name, None)


class HttpServer:
    """Serves one application on one socket."""

    def __init__(self, app: ASGIApp, limits: ApiLimits, places: RequestPlaces | None = None) -> None:
        """Serve `app`, which has so many places; nothing listens yet."""
        protocol = type("_Protocol", (LimitedProtocol,), {"limits": limits, "places": places})
        self._limits = limits
        self._places = places
        if places is not None:
            places.on_free = self._resume
        self._config = Config(
            app,
            loop="none",
            http=protocol,
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            h11_max_incomplete_event_size=limits.head_bytes,
            timeout_keep_alive=round(limits.idle_s),
        )
        self._state = ServerState()
        self._servers: list[asyncio.Server | Listener] = []

    async def listen(self, sock: socket.socket) -> None:
        """Answer what comes through a socket that is bound."""
        if not self._config.loaded:
            self._config.load()
        loop = asyncio.get_running_loop()

        def made() -> Any:  # noqa: ANN401 - a protocol
            return self._config.http_protocol_class(  # type: ignore[call-arg] # as uvicorn makes it
                config=self._config, server_state=self._state, app_state={}, _loop=loop
            )

        if sys.platform == "win32":  # its loop accepts ahead and watches no sockets
            self._servers.append(await loop.create_server(made, sock=sock, backlog=BACKLOG))
        else:
            head_bytes = self._limits.head_bytes
            self._servers.append(Listener(sock, made, self._places, has_room=self._has_room, head_bytes=head_bytes))

    async def close(self) -> None:
        """Stop listening, let what is under way end within a moment, and drop the rest. Idempotent."""
        servers, self._servers = self._servers, []
        for server in servers:
            server.close()
        await finish(self._end(servers))

    def _has_room(self) -> bool:
        return len(self._state.connections) < self._limits.connections

    def _resume(self) -> None:
        for server in self._servers:
            if isinstance(server, Listener):
                server.resume()

    async def _end(self, servers: Iterable[asyncio.Server | Listener]) -> None:
        for server in servers:
            if isinstance(server, Listener):
                await server.closed()
        for connection in list(self._state.connections):
            connection.shutdown()
        if self._state.tasks:
            await asyncio.wait(self._state.tasks, timeout=ENDS_WITHIN_S)
        for task in (left := list(self._state.tasks)):
            task.cancel()
        if left:
            await asyncio.wait(left)
        for connection in list(self._state.connections):
            if connection.transport is not None:
                connection.transport.abort()


def written(host: str) -> str:
    """A name or an address as it stands before a port."""
    return f"[{host}]" if ":" in host else host


def loopback_socket(host: str, port: int) -> socket.socket:
    """A socket that listens at an address of this machine alone; any free port if it is 0.

    Raises:
        ApiNotLocal: Others could reach it.
        ApiUnservable: It can't be had.
    """
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        raise ApiNotLocal from None
    if not address.is_loopback:
        raise ApiNotLocal
    family = socket.AF_INET if isinstance(address, ipaddress.IPv4Address) else socket.AF_INET6
    # asyncio sends at once (TCP_NODELAY) where the protocol is named alone: else a body waits 40 ms behind its head.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform == "win32":  # where SO_REUSEADDR would let another program take the port from us
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((str(address), port))
        made.listen(BACKLOG)  # two can be bound at once; only one can listen
    except OSError as error:
        made.close()
        raise _unservable(f"{written(host)}:{port}", why(error)) from None
    return made


def unix_socket(path: Path) -> socket.socket:
    """A socket at `path`, for this user alone; a dead one there makes way.

    Raises:
        ApiUnservable: It can't be made, or something else is there.
    """
    if not hasattr(socket, "AF_UNIX"):
        raise _unservable(str(path), said("error-places-unusable-no-sockets"))
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with socket_address(path) as address:
            if path.is_socket() and made.connect_ex(address) != 0:
                path.unlink()
                made.close()
                made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            _bind_alone(made, address)
        made.listen(BACKLOG)
    except (OSError, PlacesUnusable) as error:
        made.close()
        raise _unservable(str(path), why(error) if isinstance(error, OSError) else error.sentence) from None
    return made


def _bind_alone(sock: socket.socket, address: str) -> None:
    """Bind to a path that nobody else may connect to from its first moment on: a later `chmod` would leave one."""
    before = os.umask(0o177)  # the whole process's for one call: a file made meanwhile is open to fewer
    try:
        sock.bind(address)
    finally:
        os.umask(before)


def _unservable(address: str, reason: object) -> SottovoceError:
    return ApiUnservable(said("error-api-unservable-why", address=address, why=reason))
