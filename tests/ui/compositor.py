"""A compositor that the tests drive by hand: it reads what a client asks, and tells what it is given."""

import socket
import struct
from typing import Any

from sottovoce.adapters.wayland import interfaces
from sottovoce.adapters.wayland.interfaces import ProtocolInterface
from sottovoce.adapters.wayland.wire import Connection

KINDS = {kind.name: kind for kind in vars(interfaces).values() if isinstance(kind, ProtocolInterface)}
MADE = {
    "sync": "wl_callback",
    "frame": "wl_callback",
    "get_registry": "wl_registry",
    "create_surface": "wl_surface",
    "create_region": "wl_region",
    "create_pool": "wl_shm_pool",
    "create_buffer": "wl_buffer",
    "get_layer_surface": "zwlr_layer_surface_v1",
    "get_viewport": "wp_viewport",
    "get_fractional_scale": "wp_fractional_scale_v1",
}
USUAL = {"wl_compositor": 4, "wl_shm": 1, "zwlr_layer_shell_v1": 4, "wl_output": 4}


class Compositor:
    """The other end of a connection."""

    def __init__(self, has: dict[str, int] | None = None) -> None:
        self._stream, theirs = socket.socketpair()
        self._stream.settimeout(0)
        self.connection = Connection(theirs)
        self.has = USUAL if has is None else has
        self._kinds: dict[int, ProtocolInterface] = {1: interfaces.DISPLAY}
        self._rest = b""
        self.asked: list[tuple[str, str, list[Any]]] = []
        """Interface, request and arguments of all that was asked, in order."""

    def close(self) -> None:
        """End both ends."""
        self.connection.close()
        self._stream.close()

    def gone(self) -> None:
        """End this one."""
        self._stream.close()

    def number(self, name: str) -> int:
        """Of the newest object of this interface."""
        return max(number for number, kind in self._kinds.items() if kind.name == name)

    def tell(self, name: str, event: str, *arguments: Any, number: int = 0) -> None:  # noqa: ANN401 - of many kinds
        """Send an event of the newest such object, or of `number`, and have the client take it."""
        opcode, kinds = next((at, kinds) for at, (one, kinds) in enumerate(KINDS[name].events) if one == event)
        body = b""
        for kind, argument in zip(kinds, arguments, strict=True):
            if kind == "s":
                text = argument.encode() + b"\0"
                body += struct.pack("=I", len(text)) + text + bytes(-len(text) % 4)
            else:
                body += struct.pack("=i" if kind == "i" else "=I", argument)
        self.send(struct.pack("=II", number or self.number(name), (8 + len(body)) << 16 | opcode) + body)
        self.connection.receive()

    def send(self, data: bytes) -> None:
        """Send these bytes."""
        self._stream.sendall(data)

    def read(self) -> list[str]:
        """Take what the client has sent since; the requests' names."""
        self.connection.flush()
        before = len(self.asked)
        while True:
            try:
                data, descriptors, _, _ = socket.recv_fds(self._stream, 1 << 16, 8)
            except BlockingIOError:
                break
            for descriptor in descriptors:
                socket.close(descriptor)
            if not data:
                break
            self._rest += data
        while len(self._rest) >= 8:
            number, head = struct.unpack_from("=II", self._rest)
            body, self._rest = self._rest[8 : head >> 16], self._rest[head >> 16 :]
            self._take(number, head & 0xFFFF, body)
        return [request for _, request, _ in self.asked[before:]]

    def _take(self, number: int, opcode: int, body: bytes) -> None:
        kind = self._kinds[number]
        name, kinds = next((name, kinds) for name, (one, kinds) in kind.requests.items() if one == opcode)
        found: list[Any] = []
        at = 0
        for letter in kinds.replace("h", ""):
            (value,) = struct.unpack_from("=i" if letter == "i" else "=I", body, at)
            at += 4
            if letter == "s":
                found.append(body[at : at + value - 1].decode())
                at += value + -value % 4
            else:
                found.append(value)
        if "n" in kinds:
            made = found[1] if name == "bind" else MADE[name]
            self._kinds[found[kinds.index("n")]] = KINDS[made]
        self.asked.append((kind.name, name, found))
        if name == "destroy":
            del self._kinds[number]

    def greet(self) -> None:
        """Tell what there is, and that this was all."""
        self.read()
        syncs = [arguments[0] for _, name, arguments in self.asked if name == "sync"]
        for at, (name, version) in enumerate(self.has.items(), 1):
            self.tell("wl_registry", "global", at, name, version)
        for number in syncs:
            self.tell("wl_callback", "done", 0, number=number)
        self.read()
