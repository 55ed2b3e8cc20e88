"""Stands where the worker of the knowledge folder stands, and does what its argument says: hang, or end by itself."""

from __future__ import annotations

import json
import os
import sys
import threading


def tell(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> None:
    first = json.loads(sys.stdin.buffer.readline())
    if sys.argv[1] == "unready":
        return
    tell(ready=first["embedder"])
    for line in sys.stdin.buffer:
        name = json.loads(line)["name"]
        if name.startswith("hang"):
            threading.Event().wait()
        if name.startswith("end"):
            os._exit(1)
        done = {"bytes": 1, "modified_ns": 1, "sha256": "0" * 64, "embedder": ""}
        tell(done=done)


if __name__ == "__main__":
    main()
