"""How commands reach the running application: one JSON line there, one JSON line back, same user only."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import struct
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.places import socket_address
from sottovoce.domain.errors import AppSilent, NotRunning, PlacesUnusable, SottovoceError, told
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

log = logging.getLogger(__name__)

LINE_BYTES = 4_000_000
"""Longest request or reply; a whole history fits, a flood does not."""

REPLY_S = 120.0
"""Seconds a client waits: the longest spoken answer or the user at a keyring's prompt."""


class LocalServer:
    """Listens on a socket in the user's own folder."""

    def __init__(
        self,
        path: Path,
        answer: Callable[[str, dict[str, Any]], Awaitable[Any]],
        users: frozenset[int] | None = None,
    ) -> None:
        """Answer requests by `answer(command, arguments)`; what it returns must be JSON, what it raises is told.

        Args:
            path: Where the socket stands.
            answer: Called on the event loop, for several clients at once.
            users: Ids of those who may ask; this user and root if None.
        """
        self._path = path
        self._answer = answer
        self._users = users
        self._server: asyncio.Server | None = None
        self._clients: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Listen. The caller holds the home's lock: a socket found there is a dead one.

        Raises:
            OSError: The socket can't be made.
        """
        self._path.unlink(missing_ok=True)
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            with socket_address(self._path) as address:
                listening.bind(address)
            self._path.chmod(0o600)
            self._server = await asyncio.start_unix_server(self._serve, sock=listening, limit=LINE_BYTES)
        except BaseException:
            listening.close()
            raise

    async def close(self) -> None:
        """Stop listening, drop the clients, remove the socket. Idempotent."""
        server, self._server = self._server, None
        if server:
            server.close()
            clients = set(self._clients)
            for client in clients:
                client.cancel()
            if clients:
                await finish(asyncio.wait(clients))
            self._path.unlink(missing_ok=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task:
            self._clients.add(task)
            task.add_done_callback(self._clients.discard)
        try:
            if self._may_ask(writer):
                reply = await self._reply(await reader.readline())
                writer.write(json.dumps(reply).encode() + b"\n")
                await writer.drain()
        except (OSError, ValueError):
            log.info("a client went away or sent too much")
        except asyncio.CancelledError:
            # The stream's own callback would log a cancelled client as an error; we cancel only to close.
            pass
        finally:
            writer.close()

    def _may_ask(self, writer: asyncio.StreamWriter) -> bool:
        """The folder is 0700 already; the kernel's word is the second lock (Linux)."""
        if not hasattr(socket, "SO_PEERCRED"):
            return True
        peer = writer.get_extra_info("socket").getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        return struct.unpack("3i", peer)[1] in ({os.getuid(), 0} if self._users is None else self._users)

    async def _reply(self, line: bytes) -> dict[str, Any]:
        try:
            request = json.loads(line)
            return {"result": await self._answer(str(request["command"]), dict(request.get("arguments", {})))}
        except Exception as error:
            if not isinstance(error, SottovoceError):
                log.exception("a request failed")
            return {"error": as_json(told(error))}


def as_json(error: SottovoceError) -> dict[str, Any]:
    """An error as scripts and the socket see it."""
    return {
        "code": error.code,
        "sentence": error.sentence,
        "remedy": error.remedy,
        "exit_code": error.exit_code,
    }


class ToldByApp(SottovoceError):
    """An error that the running application sent back."""

    def __init__(self, stored: dict[str, Any]) -> None:
        """Take its words over."""
        super().__init__(str(stored["sentence"]), str(stored["remedy"]))
        self.code = str(stored["code"])  # type: ignore[misc] # this one instance stands for a class of the other process
        self.exit_code = int(stored["exit_code"])  # type: ignore[misc] # likewise


async def request(
    path: Path, command: str, arguments: dict[str, Any] | None = None, *, reply_s: float = REPLY_S
) -> Any:  # noqa: ANN401 - JSON
    """Send one request to the running application and return its result.

    Raises:
        NotRunning: Nobody listens there.
        AppSilent: It did not answer in time, or hung up.
        SottovoceError: What the application said went wrong.
    """
    if not hasattr(socket, "AF_UNIX"):
        raise NotRunning
    try:
        with socket_address(path) as address:
            reader, writer = await asyncio.open_unix_connection(address, limit=LINE_BYTES)
    except (OSError, PlacesUnusable):
        raise NotRunning from None
    try:
        async with asyncio.timeout(reply_s):
            writer.write(json.dumps({"command": command, "arguments": arguments or {}}).encode() + b"\n")
            await writer.drain()
            reply = json.loads(await reader.readline())
    except (OSError, ValueError, TimeoutError):
        raise AppSilent from None
    finally:
        writer.close()
    if "error" in reply:
        raise ToldByApp(reply["error"])
    return reply["result"]
