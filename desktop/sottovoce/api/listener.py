"""Takes connections from a socket that listens, and does little for those that have no place.

asyncio's own server makes a transport and a protocol of each at once. Here one that will only be refused is answered
and closed as it is taken; and as long as there is no place, those that come within a moment are taken together.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.api.crowd import RequestPlaces

log = logging.getLogger(__name__)

TOGETHER_S: Final = 0.1
"""Seconds that a connection waits in the kernel while every place is taken: health is told so much later at most."""
_TAKEN_AT_ONCE: Final = 128
"""Connections, before anybody else on the loop has their turn."""
_NO_MORE_FILES: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
_AGAIN_S: Final = 1.0
"""Seconds until a connection is tried again that the system has no room for."""


class Listener:
    """A socket that listens, on a loop that watches sockets (not Windows')."""

    def __init__(
        self,
        sock: socket.socket,
        made: Callable[[], asyncio.Protocol],
        places: RequestPlaces | None,
        *,
        has_room: Callable[[], bool],
        head_bytes: int,
    ) -> None:
        """Take what comes.

        Args:
            sock: Listens already; is closed with this.
            made: Makes the protocol of one connection.
            places: Whether there is a place, and what is told if there is none; None where there always is.
            has_room: Whether there may be one more connection; else it is closed at once.
            head_bytes: What is read of a request that may be refused without a protocol.
        """
        self._loop = asyncio.get_running_loop()
        self._sock = sock
        self._made = made
        self._places = places
        self._has_room = has_room
        self._head_bytes = head_bytes
        self._later: asyncio.TimerHandle | None = None
        self._connecting: set[asyncio.Task[None]] = set()
        sock.settimeout(0)
        self._listen()

    def close(self) -> None:
        """Take nothing any more. Idempotent."""
        if self._sock.fileno() == -1:
            return
        self._rest()
        self._sock.close()

    async def closed(self) -> None:
        """Wait until each connection that was taken has its protocol."""
        if self._connecting:
            await asyncio.wait(self._connecting)

    def resume(self) -> None:
        """There is a place again: take at once what has waited."""
        if self._later is not None:
            self._take()

    def _listen(self) -> None:
        self._loop.add_reader(self._sock.fileno(), self._came)

    def _rest(self) -> None:
        self._loop.remove_reader(self._sock.fileno())
        if self._later is not None:
            self._later.cancel()
            self._later = None

    def _came(self) -> None:
        if self._places is None or not self._places.full:
            self._accept()
        else:
            self._wait(TOGETHER_S)

    def _wait(self, seconds: float) -> None:
        self._rest()
        self._later = self._loop.call_later(seconds, self._take)

    def _take(self) -> None:
        """What has come while nobody looked."""
        self._rest()
        self._listen()
        if not self._accept():
            self._wait(0)  # after whoever else has something to do

    def _accept(self) -> bool:
        """Take connections; whether those are all that had come."""
        for _ in range(_TAKEN_AT_ONCE):
            try:
                taken, _ = self._sock.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return True
            except OSError as error:
                if error.errno not in _NO_MORE_FILES:
                    raise
                log.warning("no connection can be taken: %s", errno.errorcode[error.errno])
                self._wait(_AGAIN_S)
                return True
            taken.settimeout(0)
            if not self._has_room() or self._refused(taken):
                taken.close()
                continue
            task = self._loop.create_task(self._connect(taken), name="api connection")
            self._connecting.add(task)
            task.add_done_callback(self._connecting.discard)
        return False

    def _refused(self, taken: socket.socket) -> bool:
        """Whether it was told that there is no place, or has gone already."""
        if self._places is None or not self._places.full:
            return False
        try:
            sent = taken.recv(self._head_bytes, socket.MSG_PEEK)
        except BlockingIOError:  # it has asked nothing yet
            return False
        except OSError:
            return True
        answer = self._places.refusal(sent)
        if answer is not None:
            with contextlib.suppress(OSError):
                taken.recv(len(sent))  # what is left unread would end the connection before the answer is read
                taken.send(answer)  # fits: nothing was sent on it before
        return answer is not None

    async def _connect(self, taken: socket.socket) -> None:
        try:
            await self._loop.connect_accepted_socket(self._made, taken)
        except OSError:  # it has gone
            taken.close()
