"""The process that speaks to the desktop's portal, for a program of which none may read the memory.

The portal looks at the caller's files below /proc to tell what it is, which the application lets nobody do. Its input
are keys to take, a line of JSON each; its output are the answers, and what is seen of the key. It ends with its input.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import TYPE_CHECKING

from sottovoce.adapters.hotkey.portal import PortalKeys, PortalRefused

if TYPE_CHECKING:
    from sottovoce.domain.hotkeys import Edge


def _report(**what: object) -> None:
    print(json.dumps(what), flush=True)  # noqa: T201 - what it is there for


def _edge(edge: Edge) -> None:
    _report(edge=edge.value, at_s=time.monotonic())


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    keys: PortalKeys | None = None
    try:
        while line := await reader.readline():
            asked = json.loads(line)
            keys = keys or PortalKeys(
                _edge,
                lambda lost: _report(lost=lost),
                on_cancel=lambda: _report(cancel=True),
                on_given=lambda given: _report(given=given),
            )
            try:
                await keys.take(asked["key"], asked["called"])
            except PortalRefused as refused:
                _report(had=False, why=str(refused))
            else:
                _report(had=True)
    finally:
        if keys is not None:
            await keys.close()


def main() -> int:
    """Serve until the input ends."""
    asyncio.run(_serve())
    return 0


if __name__ == "__main__":
    sys.exit(main())
