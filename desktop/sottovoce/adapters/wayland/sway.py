"""What is asked of sway beyond Wayland's own words: that a window which comes unasked takes no keyboard.

Wayland has no way to say so, and sway gives each new window the keyboard, and with it what its user is typing. Its IPC
(sway-ipc(7), that of i3) takes the same commands as its configuration; a rule holds until sway is configured anew.
"""

from __future__ import annotations

import json
import os
import re
import socket
import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ANSWER_S: Final = 0.3
"""Longest wait: it answers within a millisecond."""

_MAGIC: Final = b"i3-ipc"
_HEADER: Final = struct.Struct("=6sII")
_RUN_COMMAND: Final = 0
_MOST_BYTES: Final = 65536


def comes_without_keyboard(title: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Have our windows whose title begins so come up without the keyboard; whether sway is there and will.

    Args:
        title: The title; signs that a pattern could read otherwise match any.
        environment: Says where sway listens.
    """
    path = environment.get("SWAYSOCK", "")
    if not path:
        return False
    pattern = re.sub(r"[^A-Za-z0-9 ]", ".", title)
    command = f'no_focus [pid={os.getpid()} title="^{pattern}"]'.encode()
    try:
        with socket.socket(socket.AF_UNIX) as sway:
            sway.settimeout(ANSWER_S)
            sway.connect(path)
            sway.sendall(_HEADER.pack(_MAGIC, len(command), _RUN_COMMAND) + command)
            return _went_well(sway)
    except (OSError, ValueError):
        return False


def _went_well(sway: socket.socket) -> bool:
    """Whether it answers that the command was done.

    Raises:
        OSError: It does not answer.
        ValueError: What it answers is no answer.
    """
    magic, size, _ = _HEADER.unpack(_exactly(sway, _HEADER.size))
    if magic != _MAGIC or size > _MOST_BYTES:
        raise ValueError
    return all(one.get("success") is True for one in json.loads(_exactly(sway, size)))


def _exactly(sway: socket.socket, size: int) -> bytes:
    block = b""
    while len(block) < size:
        more = sway.recv(size - len(block))
        if not more:
            raise ValueError
        block += more
    return block
