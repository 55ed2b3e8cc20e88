"""A connection to a compositor: messages out and in, never waited for.

Spoken by ourselves, since it is little: libwayland ends or holds up the process that misuses it, its Python binding
takes a tenth of a second to load and is built for one kind of processor.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
from typing import TYPE_CHECKING, Any, Final

from sottovoce.adapters.wayland.interfaces import CALLBACK, DISPLAY, REGISTRY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sottovoce.adapters.wayland.interfaces import ProtocolInterface

_HEADER: Final = struct.Struct("=II")
_NUMBER: Final = {"i": struct.Struct("=i"), "u": struct.Struct("=I"), "o": struct.Struct("=I")}
_MOST_BYTES: Final = 0xFFFF
"""Of a message: its length has 16 bits."""
_WAITING_BYTES: Final = 1 << 20
"""Of messages that a compositor which has stopped reading may leave with us."""
_READ_BYTES: Final = 1 << 16


class CompositorGone(Exception):
    """The connection has ended: the compositor did, or it has found fault with what we said."""


class ProtocolObject:
    """An object that both sides know by its number."""

    def __init__(self, connection: Connection, number: int, interface: ProtocolInterface, version: int) -> None:
        """Made by `Connection`."""
        self._connection = connection
        self.number = number
        self.interface = interface
        self.version = version
        self.on: dict[str, Callable[..., None]] = {}
        """What is called for an event, with its arguments."""

    def ask(self, request: str, *arguments: Any) -> None:  # noqa: ANN401 - of many kinds
        """Send a request; `destroy` ends the object here as well."""
        self._connection.send(self, request, arguments)
        if request == "destroy":
            self.on = {}

    def make(self, interface: ProtocolInterface, request: str, *arguments: Any) -> ProtocolObject:  # noqa: ANN401 - as above
        """Send a request that makes an object, which is the first of its arguments."""
        thing = self._connection.new(interface, self.version)
        self.ask(request, thing, *arguments)
        return thing


class Connection:
    """One client's connection. Nothing in here blocks; whoever owns it watches `fileno`."""

    def __init__(self, stream: socket.socket) -> None:
        """Take a connected socket, and ask for all there is: `globals` is filled when the first `sync` is done."""
        self._stream = stream
        self._stream.settimeout(0)
        self._things: dict[int, ProtocolObject] = {}
        self._free: list[int] = []
        self._next = 1
        self._out = bytearray()
        self._descriptors: list[int] = []
        self._in = b""
        self.globals: dict[int, tuple[str, int]] = {}
        """Interface and version of what the compositor has, by its number there."""
        self.on_global: Callable[[int, str, int], None] = lambda _number, _name, _version: None
        self.on_global_removed: Callable[[int], None] = lambda _number: None
        display = self.new(DISPLAY, 1)
        display.on = {"error": self._failed, "delete_id": self._deleted}
        self._display = display
        self._registry = display.make(REGISTRY, "get_registry")
        self._registry.on = {"global": self._announced, "global_remove": self._withdrawn}

    def fileno(self) -> int:
        """The socket's descriptor."""
        return self._stream.fileno()

    def new(self, interface: ProtocolInterface, version: int) -> ProtocolObject:
        """A number for an object that a request is about to make."""
        if self._free:
            number = self._free.pop()
        else:
            number, self._next = self._next, self._next + 1
        thing = self._things[number] = ProtocolObject(self, number, interface, min(version, interface.version))
        return thing

    def bind(self, number: int, interface: ProtocolInterface) -> ProtocolObject:
        """Use what the compositor has announced."""
        _, version = self.globals[number]
        thing = self.new(interface, version)
        self._registry.ask("bind", number, interface.name, thing.version, thing)
        return thing

    def sync(self, done: Callable[[], None]) -> None:
        """Call `done` when everything asked so far has been answered."""
        callback = self._display.make(CALLBACK, "sync")
        callback.on = {"done": lambda _: done()}

    def send(self, thing: ProtocolObject, request: str, arguments: tuple[Any, ...]) -> None:
        """Put a request into what is sent by `flush`."""
        opcode, kinds = thing.interface.requests[request]
        parts: list[bytes] = []
        for kind, argument in zip(kinds, arguments, strict=True):
            if kind == "s":
                text = argument.encode() + b"\0"
                parts.append(_NUMBER["u"].pack(len(text)) + text + bytes(-len(text) % 4))
            elif kind == "h":
                self._descriptors.append(os.dup(argument))
            elif kind in "on":
                parts.append(_NUMBER["o"].pack(argument.number if argument is not None else 0))
            else:
                parts.append(_NUMBER[kind].pack(argument))
        body = b"".join(parts)
        self._out += _HEADER.pack(thing.number, (_HEADER.size + len(body)) << 16 | opcode) + body

    def flush(self) -> bool:
        """Send what is to be sent; returns whether all of it went.

        Raises:
            CompositorGone: Nobody is there any more, or has read anything for long.
        """
        while self._out:
            try:
                if self._descriptors:
                    sent = socket.send_fds(self._stream, [self._out], self._descriptors)
                    self._close_descriptors()
                else:
                    sent = self._stream.send(self._out)
            except BlockingIOError:
                if len(self._out) > _WAITING_BYTES:
                    raise CompositorGone from None
                return False
            except OSError as error:
                raise CompositorGone from error
            del self._out[:sent]
        return True

    def receive(self) -> None:
        """Take what has come, and call whoever wants to know of it.

        Raises:
            CompositorGone: The connection has ended.
        """
        while True:
            try:
                data = self._stream.recv(_READ_BYTES)
            except BlockingIOError:
                return
            except OSError as error:
                raise CompositorGone from error
            if not data:
                raise CompositorGone
            self._in += data
            self._dispatch()

    def close(self) -> None:
        """End it: the compositor forgets all objects. Idempotent."""
        self._stream.close()
        self._things.clear()
        self._close_descriptors()

    def _close_descriptors(self) -> None:
        for descriptor in self._descriptors:
            os.close(descriptor)
        self._descriptors = []

    def _dispatch(self) -> None:
        while len(self._in) >= _HEADER.size:
            number, head = _HEADER.unpack_from(self._in)
            size, opcode = head >> 16, head & _MOST_BYTES
            if size < _HEADER.size:
                raise CompositorGone
            if len(self._in) < size:
                return
            body, self._in = self._in[_HEADER.size : size], self._in[size:]
            thing = self._things.get(number)
            if thing is None or opcode >= len(thing.interface.events):
                continue  # it was on its way when we had done with the object, or is newer than we are
            name, kinds = thing.interface.events[opcode]
            if (told := thing.on.get(name)) is not None:
                told(*self._arguments(kinds, body))

    def _arguments(self, kinds: str, body: bytes) -> list[Any]:
        found: list[Any] = []
        at = 0
        try:
            for kind in kinds:
                if kind == "s":
                    (length,) = _NUMBER["u"].unpack_from(body, at)
                    found.append(body[at + 4 : at + 3 + length].decode(errors="replace"))
                    at += 4 + length + -length % 4
                else:
                    (value,) = _NUMBER[kind].unpack_from(body, at)
                    found.append(self._things.get(value) if kind == "o" else value)
                    at += 4
        except struct.error as error:
            raise CompositorGone from error
        return found

    def _failed(self, _thing: ProtocolObject | None, _code: int, _message: str) -> None:
        raise CompositorGone

    def _deleted(self, number: int) -> None:
        self._things.pop(number, None)
        self._free.append(number)

    def _announced(self, number: int, name: str, version: int) -> None:
        self.globals[number] = name, version
        self.on_global(number, name, version)

    def _withdrawn(self, number: int) -> None:
        self.globals.pop(number, None)
        self.on_global_removed(number)


def socket_path(environment: Mapping[str, str]) -> str:
    """Where the compositor of this session listens; "" if there is none."""
    name = environment.get("WAYLAND_DISPLAY", "")
    path = os.path.join(environment.get("XDG_RUNTIME_DIR", ""), name)  # noqa: PTH118 - an absolute name stays as it is
    return path if name and path.startswith("/") and sys.byteorder == "little" else ""


def connected(environment: Mapping[str, str], limit_s: float) -> Connection | None:
    """A connection to the session's compositor; None if none lets us in within `limit_s` seconds."""
    if not (path := socket_path(environment)):
        return None
    stream = socket.socket(socket.AF_UNIX)
    try:
        stream.settimeout(limit_s)
        stream.connect(path)
    except OSError:
        stream.close()
        return None
    return Connection(stream)
