"""How commands reach the running application: one JSON line there, one JSON line back, same user only."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import socket
import struct
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.durable_file import why
from sottovoce.adapters.places import socket_address
from sottovoce.domain.errors import (
    AppSilent,
    Interrupted,
    NotRunning,
    PlacesUnusable,
    SottovoceError,
    StoreInUse,
    TooMuch,
    UsageWrong,
    to_user_error,
)
from sottovoce.domain.said import said
from sottovoce.language import display, is_available

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection
    from pathlib import Path

log = logging.getLogger(__name__)

LINE_BYTES = 4_000_000
"""Longest request or reply; a whole history fits, a flood does not."""

REPLY_S = 120.0
"""Seconds a client waits: the longest spoken answer or the user at a keyring's prompt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientLimits:
    """How much clients may take of us: any program of the same user can connect."""

    request_s: float = 10.0
    """Until the whole request is there: a client has it ready when it connects."""
    reply_s: float = 30.0
    """Until a client has taken the whole reply."""
    most: int = 256
    """Clients at once; one more, and the one goes that has not said what it wants for longest, or else the new one."""
    most_unfinished_bytes: int = 4 * LINE_BYTES
    """Of requests that are not whole yet, in all; beyond, the longest of them is dropped."""
    chunk_bytes: int = 1 << 16
    """Read at once."""
    logged_again_s: float = 60.0
    """Seconds until the log says anew that clients are let go."""

    def __post_init__(self) -> None:
        """Refuse what would let nobody in."""
        if min(self.request_s, self.reply_s, self.most, self.most_unfinished_bytes, self.chunk_bytes) <= 0:
            raise ValueError("every limit must be above 0")


OPEN_S = 1.0
"""Seconds waited for another process that is just opening the same socket: it needs some microseconds."""

PAUSE_S = 0.01


class LocalServer:
    """Listens on a socket in the user's own folder; a socket has one server, whichever process comes first."""

    def __init__(
        self,
        path: Path,
        answer: Callable[[str, dict[str, Any]], Awaitable[Any]],
        users: frozenset[int] | None = None,
        limits: ClientLimits | None = None,
    ) -> None:
        """Answer requests by `answer(command, arguments)`; what it returns must be JSON, what it raises is sent back.

        Args:
            path: Where the socket stands.
            answer: Called on the event loop, for several clients at once.
            users: Ids of those who may ask; this user and root if None.
            limits: What clients may take.
        """
        self._path = path
        self._answer = answer
        self._users = users
        self._server: asyncio.Server | None = None
        self._clients: set[asyncio.Task[None]] = set()
        self._limits = limits or ClientLimits()
        self._silent: dict[asyncio.StreamWriter, bytearray] = {}  # what each has said so far, the longest silent first
        self._logged_at = -self._limits.logged_again_s

    async def open(self) -> None:
        """Listen, in the place of a socket whose server has died.

        Raises:
            StoreInUse: Another process listens there.
            PlacesUnusable: The socket can't be made there.
        """
        if not hasattr(socket, "AF_UNIX"):
            raise PlacesUnusable(said("error-places-unusable-no-sockets"))
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            async with _alone_in(self._path.parent):
                _refuse_second(self._path)
                self._path.unlink(missing_ok=True)
                with socket_address(self._path) as address:
                    listening.bind(address)
                self._path.chmod(0o600)
                listening.listen(BACKLOG)
            self._server = await asyncio.start_unix_server(self._serve, sock=listening, limit=self._limits.chunk_bytes)
        except OSError as error:
            listening.close()
            raise PlacesUnusable(said("error-places-unusable-socket", path=self._path, why=why(error))) from None
        except BaseException:
            listening.close()
            raise

    async def close(self) -> None:
        """Stop listening, drop the clients, remove the socket. Idempotent."""
        server, self._server = self._server, None
        if server:
            # Gone before nobody listens any more: whoever comes next makes a socket of its own, which stays.
            self._path.unlink(missing_ok=True)
            server.close()
            clients = set(self._clients)
            for client in clients:
                client.cancel()
            if clients:
                # Here, since `sottovoce press` loads this module and must be quick: the memory brings NumPy.
                from sottovoce.memory.finish import finish  # noqa: PLC0415

                await finish(asyncio.wait(clients))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task:
            self._clients.add(task)
            task.add_done_callback(self._clients.discard)
        try:
            if len(self._clients) > self._limits.most:
                if not self._silent:
                    self._let_go("there are too many at once")
                    writer.write(_failed(TooMuch(said("error-too-much-crowded"))))
                    return
                self._drop(next(iter(self._silent)))
            if self._may_ask(writer) and (reply := await self._reply(reader, writer)):
                writer.write(reply)
                async with asyncio.timeout(self._limits.reply_s):
                    await writer.drain()
        except TimeoutError:
            self._let_go("they take no reply")
            writer.transport.abort()
        except OSError:
            log.debug("a client went away")
        except asyncio.CancelledError:
            # Not passed on: the stream's own callback would log it as an error, and we cancel only to close.
            writer.write(_failed(Interrupted(said("error-interrupted-quit"))))
        finally:
            writer.close()

    def _may_ask(self, writer: asyncio.StreamWriter) -> bool:
        """The folder is 0700 already; the kernel's word is the second lock (Linux)."""
        return _is_ours(writer.get_extra_info("socket"), {os.getuid(), 0} if self._users is None else self._users)

    async def _reply(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        """One request's reply as a line; nothing to who asked nothing."""
        try:
            line = await self._asked(reader, writer)
        except TooMuch as error:
            return _failed(error)
        if not line:
            return b""
        try:
            result = await self._answer(*_request(line))
            reply = _reply_line({"result": result})
            return reply if len(reply) <= LINE_BYTES else _failed(TooMuch())
        except Exception as error:
            if not isinstance(error, SottovoceError):
                log.exception("a request failed")
            return _failed(to_user_error(error))

    async def _asked(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        """A client's line; empty if it went, was silent for too long, or had to make way.

        Raises:
            TooMuch: It is longer than any request.
        """
        said = self._silent[writer] = bytearray()
        try:
            async with asyncio.timeout(self._limits.request_s):
                while writer in self._silent and (chunk := await reader.read(self._limits.chunk_bytes)):
                    line, ended, _ = chunk.partition(b"\n")
                    said += line
                    if len(said) >= LINE_BYTES:
                        raise TooMuch
                    if ended:
                        return bytes(said)
                    if sum(map(len, self._silent.values())) > self._limits.most_unfinished_bytes:
                        self._drop(max(self._silent, key=lambda other: len(self._silent[other])))
        except TimeoutError:
            self._let_go("they ask nothing")
            return b""
        finally:
            self._silent.pop(writer, None)
        return bytes(said) if not writer.is_closing() else b""

    def _drop(self, writer: asyncio.StreamWriter) -> None:
        """Let a client go that has not said what it wants."""
        self._let_go("there are too many that ask nothing")
        self._silent.pop(writer).clear()
        writer.transport.abort()

    def _let_go(self, why: str) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._logged_at >= self._limits.logged_again_s:
            self._logged_at = now
            log.warning("clients of the socket are let go: %s", why)


BACKLOG = 100
"""Clients that may wait to be taken, as asyncio has it."""


def _is_ours(connected: socket.socket, users: Collection[int]) -> bool:
    """Whether the process at the other end is one of these users'; only Linux knows."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    peer = connected.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return struct.unpack("3i", peer)[1] in users


def _line(message: dict[str, Any]) -> bytes:
    return json.dumps(message).encode() + b"\n"


def _reply_line(reply: dict[str, Any]) -> bytes:
    """A reply, with the language that is shown here: who asked shows the rest in it."""
    return _line({**reply, "language": display.shown_in().tag})


def _failed(error: SottovoceError) -> bytes:
    return _reply_line({"error": as_json(error)})


def _request(line: bytes) -> tuple[str, dict[str, Any]]:
    """Command and arguments.

    Raises:
        UsageWrong: It is no request.
    """
    try:
        request = json.loads(line)
        return str(request["command"]), dict(request.get("arguments", {}))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise UsageWrong(said("error-usage-wrong-no-request")) from None


@contextlib.asynccontextmanager
async def _alone_in(folder: Path) -> AsyncIterator[None]:
    """Have the folder to ourselves among those that open a socket there: two would each take the other's for dead.

    Raises:
        StoreInUse: Somebody has it for long.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # No `timeout`: where nobody else is starting, the icon waits for no timer to be made.
        clock = asyncio.get_running_loop().time
        ends = clock() + OPEN_S
        while not (alone := _locked(descriptor)) and clock() < ends:  # noqa: ASYNC110 - no limited wait in flock
            await asyncio.sleep(PAUSE_S)
        if not alone:
            raise StoreInUse
        yield
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    if sys.platform == "win32":
        return True
    import fcntl  # noqa: PLC0415 - not on Windows

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _refuse_second(path: Path) -> None:
    """See that nobody listens at `path`.

    Raises:
        StoreInUse: Somebody does.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.setblocking(False)  # noqa: FBT003 - socket's own signature
        try:
            with socket_address(path) as address:
                probe.connect(address)
        except BlockingIOError:  # more clients wait there than it can take: it lives
            raise StoreInUse from None
        except OSError:
            return
    raise StoreInUse


def as_json(error: SottovoceError) -> dict[str, Any]:
    """An error as scripts and the socket see it."""
    return {
        "code": error.code,
        "sentence": error.sentence,
        "remedy": error.remedy,
        "exit_code": error.exit_code,
    }


_EXIT_CODES = range(1, 4)


class AppError(SottovoceError):
    """An error that the running application sent back."""

    def __init__(self, stored: dict[str, Any]) -> None:
        """Take its words over."""
        super().__init__(str(stored["sentence"]), str(stored["remedy"]))
        self.code = str(stored["code"])  # type: ignore[misc] # this one instance stands for a class of the other process
        code = int(stored["exit_code"])
        self.exit_code = code if code in _EXIT_CODES else 1  # type: ignore[misc] # likewise


async def request(
    path: Path, command: str, arguments: dict[str, Any] | None = None, *, reply_s: float = REPLY_S
) -> Any:  # noqa: ANN401 - JSON
    """Send one request to the running application and return its result.

    Raises:
        NotRunning: Nobody listens there.
        AppSilent: It did not answer in time, or hung up.
        TooMuch: The request or the reply is longer than `LINE_BYTES`.
        SottovoceError: What the application said went wrong.
    """
    if not hasattr(socket, "AF_UNIX"):
        raise NotRunning
    line = _line({"command": command, "arguments": arguments or {}})
    try:
        with socket_address(path) as address:
            reader, writer = await asyncio.open_unix_connection(address, limit=LINE_BYTES)
    except (OSError, PlacesUnusable):
        raise NotRunning from None
    try:
        if not _is_ours(writer.get_extra_info("socket"), {os.getuid(), 0}):  # somebody else's socket in its place
            raise NotRunning
        if len(line) > LINE_BYTES:
            raise TooMuch
        async with asyncio.timeout(reply_s):
            writer.write(line)
            await writer.drain()
            reply = await reader.readline()
    except (OSError, ValueError, TimeoutError):
        raise AppSilent from None
    finally:
        writer.close()
    return result_of(reply)


def result_of(reply: bytes) -> Any:  # noqa: ANN401 - JSON
    """Take a reply apart: its result, or the error in it. From now on its language is the one that is shown.

    Raises:
        AppSilent: It is none.
        SottovoceError: What the application said went wrong.
    """
    try:
        reply_json = json.loads(reply)
        spoken = reply_json.get("language")
        error = AppError(reply_json["error"]) if "error" in reply_json else None
        result = None if error else reply_json["result"]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        raise AppSilent from None
    if isinstance(spoken, str) and is_available(spoken):
        display.show_in(spoken)
    if error:
        raise error
    return result
