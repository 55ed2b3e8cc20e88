"""What sway is asked, over a socket; that it heeds it is seen in tests/desktop."""

from __future__ import annotations

import json
import os
import socket
import struct
import threading
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.wayland.sway import comes_without_keyboard

if TYPE_CHECKING:
    from pathlib import Path

HEADER = struct.Struct("=6sII")


def answered(path: Path, answer: bytes, title: str) -> tuple[bool, bytes]:
    """Whether sway, which gives this answer, will do it; and what it was asked."""
    asked = b""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()

        def serve() -> None:
            nonlocal asked
            with listening.accept()[0] as caller:
                asked = caller.recv(4096)
                caller.sendall(answer)

        serving = threading.Thread(target=serve)
        serving.start()
        done = comes_without_keyboard(title, {"SWAYSOCK": str(path)})
        serving.join()
    return done, asked


def message(body: bytes) -> bytes:
    return HEADER.pack(b"i3-ipc", len(body), 0) + body


def test_it_is_asked_for_our_window_of_that_title(tmp_path: Path) -> None:
    done, asked = answered(tmp_path / "sway", message(json.dumps([{"success": True}]).encode()), 'Schön "ist": es')
    assert done
    body = f'no_focus [pid={os.getpid()} title="^Sch.n .ist.. es"]'.encode()
    assert asked == message(body)


@pytest.mark.parametrize(
    "answer",
    [
        message(b'[{"success": false, "error": "Unknown command"}]'),
        message(b"no JSON"),
        message(b"[{}]")[:-1],
        b"i3-ipd" + message(b"[]")[6:],
        HEADER.pack(b"i3-ipc", 1 << 31, 0),
        b"",
    ],
)
def test_another_answer_is_none(tmp_path: Path, answer: bytes) -> None:
    assert not answered(tmp_path / "sway", answer, "Welcome")[0]


def test_where_there_is_no_sway_nothing_is_asked(tmp_path: Path) -> None:
    assert not comes_without_keyboard("Welcome", {})
    assert not comes_without_keyboard("Welcome", {"SWAYSOCK": str(tmp_path / "gone")})
