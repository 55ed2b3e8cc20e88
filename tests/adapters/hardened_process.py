"""Run as a program: holds a word in memory, hardened or not, as a plain user even where it was started by root.

    python -m tests.adapters.hardened_process hardened|plain|crash SOCKET

It prints `ready` with what it found out about itself, and stays until its input ends; `crash` aborts instead.
"""

import json
import os
import resource
import socket
import sys
from pathlib import Path

from sottovoce.adapters.hardening import harden, is_hidden
from sottovoce.adapters.places import socket_address
from tests.adapters.prying_process import become_plain_user

WORD = bytes(byte ^ 0x20 for byte in b"GEHEIMNISKRAEMEREI")


def main(how: str, path: Path) -> None:
    become_plain_user(dumpable=True)
    if how != "plain":
        harden()
    with socket.socket(socket.AF_UNIX) as server, socket_address(path) as address:
        server.bind(address)  # by way of /proc/self/fd: the path is long
    found = {"hidden": is_hidden(), "core": resource.getrlimit(resource.RLIMIT_CORE), "switch": sys.getswitchinterval()}
    word = bytearray(WORD)
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()
    if how == "crash":
        os.abort()
    sys.stdin.read()
    del word


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
