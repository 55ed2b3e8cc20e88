"""`sottovoce press` and its like, at once: somebody is about to speak, so nothing is imported that is not needed."""

from __future__ import annotations

import os
import sys

from sottovoce.adapters.process_clock import caller

TYPE_CHECKING = False  # `typing` itself would take a quarter of the time
if TYPE_CHECKING:
    import _socket

CALLS = ("press", "release", "toggle", "cancel")

REPLY_S = 120.0
"""Seconds waited for the reply, as `adapters.local_socket.REPLY_S`."""

REPLY_BYTES = 65_536
"""Longest reply that is read here; the stage is some twenty bytes, an error's sentences some hundred."""

ADDRESS_BYTES = 103
"""Longest path of a socket, as `adapters.places.SOCKET_PATH_BYTES`; a longer one takes the long way."""

DONE = (b'{"result": {"stage": "', b"}\n")
"""How a reply begins and ends that holds nothing to print."""


def quick(words: list[str]) -> int | None:
    """Have the running application do it; returns the exit code.

    Args:
        words: The command line without the program's name.

    Returns:
        None if nothing was sent: it is no such call, or nobody listens, which the long way tells.
    """
    plain = [word for word in words if word != "--json"]
    if len(plain) != 1 or plain[0] not in CALLS or len(words) > 2:  # noqa: PLR2004 - a call and --json
        return None
    reply = _reply(plain[0])
    if reply is None:
        return None
    if len(words) == 1 and reply.startswith(DONE[0]) and reply.endswith(DONE[1]):
        return 0
    return _tell(reply, as_json=len(words) > 1)


def socket_path() -> str | None:
    """Where the application listens, as `adapters.places` has it; None where finding out takes more than this."""
    home = os.environ.get("SOTTOVOCE_HOME", "")
    if not os.environ.get("HOME", "").startswith("/"):
        return None
    if home:
        folder = os.path.expanduser(home)  # noqa: PTH111 - pathlib takes longer than all the rest
    elif sys.platform == "linux":
        state = os.environ.get("XDG_STATE_HOME", "").strip()
        if not state.startswith("/"):  # a relative one counts for nothing
            state = os.path.expanduser("~/.local/state")  # noqa: PTH111
        folder = f"{state}/sottovoce"
    else:
        return None
    path = os.path.join(folder, "sottovoce.sock")  # noqa: PTH118
    return path if path.startswith("/") and len(os.fsencode(path)) <= ADDRESS_BYTES else None


def _reply(call: str) -> bytes | None:
    """The application's reply; None if there is none to ask."""
    path = socket_path()
    if path is None:
        return None
    try:
        import _socket  # noqa: PLC0415 - `socket` without what it brings along for servers (8 of its 10 ms)

        connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    except (ImportError, AttributeError, OSError):
        return None
    try:
        connection.settimeout(REPLY_S)
        try:
            connection.connect(path)
        except OSError:
            return None
        return _exchanged(connection, call)
    finally:
        connection.close()


def _exchanged(connection: _socket.socket, call: str) -> bytes:
    began = caller()
    line = (
        f'{{"command": "{call}", "arguments": {{"started_s": {began["started_s"]}, "process": {began["process"]}}}}}\n'
    )
    reply = b""
    try:
        connection.sendall(line.encode())
        while not reply.endswith(b"\n") and len(reply) <= REPLY_BYTES:
            piece = connection.recv(REPLY_BYTES)
            if not piece:
                break
            reply += piece
    except OSError:  # it hung up, or took too long: that is told of a reply that is none
        return b""
    return reply


def _tell(reply: bytes, *, as_json: bool) -> int:
    """Print the reply as every command does."""
    from sottovoce.adapters.local_socket import result_of  # noqa: PLC0415 - where something is to be printed only
    from sottovoce.adapters.machine_language import show_machine_language  # noqa: PLC0415
    from sottovoce.commands.printed import Printed, show, tell  # noqa: PLC0415
    from sottovoce.domain.errors import AppSilent, SottovoceError  # noqa: PLC0415

    show_machine_language()
    try:
        result = result_of(reply)
        if not isinstance(result, dict):
            raise AppSilent
        return show(Printed("", result), as_json=as_json)
    except SottovoceError as error:
        return tell(error, as_json=as_json)
