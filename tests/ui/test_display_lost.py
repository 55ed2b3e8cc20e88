"""Where the display server goes, the program ends well, though Qt would end it at once."""

import os
import subprocess
import sys

import pytest

PROGRAM = """
import asyncio, socket, sys
from concurrent.futures import ThreadPoolExecutor
from PySide6.QtCore import QTimer, qWarning
from sottovoce.ui.loop import run

async def main(quitting):
    QTimer.singleShot(0, lambda: qWarning(sys.argv[1]))
    await quitting.wait()
    with ThreadPoolExecutor(1) as thread:
        print(await asyncio.get_running_loop().run_in_executor(thread, str, "another thread"))
    await asyncio.sleep(0.01)
    ours, theirs = socket.socketpair()
    reader, writer = await asyncio.open_connection(sock=ours)
    writer.write(b"a socket\\n")
    print(theirs.recv(64).decode().strip())
    theirs.sendall(b"and back\\n")
    print((await reader.readline()).decode().strip())
    writer.close()
    theirs.close()
    print("given back")
    return 0

print("returned", run(main))
"""
GIVEN_BACK = ["another thread", "a socket", "and back", "given back"]


@pytest.mark.parametrize(
    "warning",
    [
        "The Wayland connection broke. Did the Wayland compositor die?",
        "The Wayland connection experienced a fatal error: Protocol error",
        "The X11 connection broke (error 1). Did the X11 server die?",
    ],
)
def test_everything_is_given_back_before_qt_ends_the_process(warning: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, warning],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.stdout.split("\n") == [*GIVEN_BACK, ""], ended.stderr
    assert ended.returncode == 0
