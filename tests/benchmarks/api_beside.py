"""Inside the virtual desktop: spoken turns of the application, alone and beside what programs do to it (see `api`)."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2

from sottovoce.api.limits import ApiLimits, Rate
from sottovoce.api.local_api import ApiAddress, LocalApi
from sottovoce.api.ports import ApiHost
from sottovoce.domain.api_scopes import ApiScope
from sottovoce.home import open_home
from sottovoce.runtime.front_end import TrayFrontEnd
from sottovoce.ui.loop import run
from tests.benchmarks.latency_inside import Ear, Key, TimedApplication, one_turn, recording

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MANY = Rate(10_000_000, 10_000_000)
LIMITS = ApiLimits(a_key=MANY, a_user=MANY, an_endpoint=MANY, no_key=MANY, requests_a_day=10_000_000)
"""Those of a rate are opened; what is answered at once, and how many connections there may be, stays."""
SPEECH_S = 2
BEFORE_S = 1.5
"""Seconds of load before the key is pressed."""
MOST_OPEN = 400
"""Requests of the load that wait for their answer; the next one is left out, and counted so."""
LONGEST_S = 60.0
CROWD = 10_000
"""Connections that are opened and held, with a request that never ends."""
TOGETHER = 200


# --- the load, in a process of its own --------------------------------------------------------------------------------


async def flood(port: int, key: str, rate: float) -> dict[str, int]:
    """Ask so often, each on a connection of its own and whether or not those before are answered, until stdin ends."""
    told, asking = Counter[str](), set[asyncio.Task[None]]()

    async def one(number: int) -> None:
        body = json.dumps({"message": f"what is {number % 9000} plus 2"})
        head = f"POST /api/v1/conversation HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {key}\r\n"
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"{head}Connection: close\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
            line = await reader.readline()
            await reader.read()
            writer.close()
            told[line.split(b" ")[1].decode() if line else "closed"] += 1
        except OSError:
            told["closed"] += 1

    loop = asyncio.get_running_loop()
    ended = loop.run_in_executor(None, sys.stdin.read)
    started, number = time.perf_counter(), 0
    while not ended.done() and time.perf_counter() - started < LONGEST_S:
        await asyncio.sleep(max(0.0, started + number / rate - time.perf_counter()))
        number += 1
        if len(asking) >= MOST_OPEN:
            told["left out"] += 1
            continue
        task = asyncio.create_task(one(number))
        asking.add(task)
        task.add_done_callback(asking.discard)
    took = time.perf_counter() - started
    if asking:
        await asyncio.wait(asking, timeout=10)
    return {**told, "asked": number, "a_second": round(number / took)}


async def crowd(port: int) -> dict[str, int]:
    """Open so many connections and hold them until stdin ends; how many the other side had closed by then."""
    import resource  # noqa: PLC0415 - not on Windows

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    many, opened = min(CROWD, most - 100), list[tuple[asyncio.StreamReader, asyncio.StreamWriter]]()

    async def one() -> None:
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            opened.append((reader, writer))
            writer.write(b"GET ")

    ended = asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    started = time.perf_counter()
    for _ in range(many // TOGETHER):
        await asyncio.gather(*(one() for _ in range(TOGETHER)))
    took = time.perf_counter() - started
    await ended
    left = sum(not (reader.at_eof() or reader.exception() or writer.is_closing()) for reader, writer in opened)
    for _, writer in opened:
        writer.transport.abort()
    return {"opened": len(opened), "held": left, "seconds": round(took)}


@contextlib.asynccontextmanager
async def beside(*words: str) -> AsyncIterator[dict[str, int]]:
    """What `words` says, by a process of its own for the length of the block; what came of it is told behind."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.benchmarks.api_beside",
        *words,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    found = dict[str, int]()
    try:
        await asyncio.sleep(BEFORE_S)
        yield found
    finally:
        out, _ = await process.communicate(b"")  # which ends its input, too
        found.update(json.loads(out))


# --- the turns --------------------------------------------------------------------------------------------------------


async def answered(port: int, key: str) -> None:
    """See that who asks next is answered."""
    async with httpx2.AsyncClient(trust_env=False, timeout=60) as client:
        headers = {"Authorization": f"Bearer {key}"}
        question = {"message": "what is two plus three"}
        answer = await client.post(f"http://127.0.0.1:{port}/api/v1/conversation", json=question, headers=headers)
    if answer.status_code != 200:
        raise RuntimeError(answer.text)


async def measure(rounds: int, rate: float, quitting: asyncio.Event) -> list[dict[str, Any]]:
    """So many turns alone, as many beside questions and as many beside a crowd of connections, one after the other."""
    rows: list[dict[str, Any]] = []
    front = TrayFrontEnd()
    with tempfile.TemporaryDirectory() as folder:
        async with open_home(
            Path(folder) / "home", key=secrets.token_bytes(32), maintain=False, front_end=front.for_home()
        ) as home:
            file = await recording(SPEECH_S, Path(folder))
            app, key, ear = TimedApplication(home, quitting), Key(), Ear()
            front.hand_over(app)
            async with contextlib.AsyncExitStack() as stack:
                stack.callback(ear.close)
                stack.callback(key.close)
                await app.open(stack, [])
                first = app._programs.spoken_first  # noqa: SLF001 - as the application has its own API wait
                api = LocalApi(ApiHost(home=home, ask=app.ask, spoken_first=first), LIMITS)
                await api.open(ApiAddress())
                stack.push_async_callback(api.close)
                port = int(api.served.address.rpartition(":")[2])
                _, fresh = await home.services.api_keys.create("load", [ApiScope.CONVERSATION])
                await asyncio.sleep(1)
                await one_turn(app, key, ear, file, SPEECH_S)  # what the first turn loads
                loads = {
                    "questions": ("--flood", str(port), fresh.text, str(rate)),
                    "connections": ("--crowd", str(port)),
                }
                for _ in range(rounds):
                    rows.append({"beside": "nothing", **await one_turn(app, key, ear, file, SPEECH_S)})
                    for name, words in loads.items():
                        async with beside(*words) as came:
                            rows.append({"beside": name, **await one_turn(app, key, ear, file, SPEECH_S)})
                        rows[-1]["came"] = came
                        await answered(port, fresh.text)
                    print(*rows[-3:], sep="\n", file=sys.stderr)
    return rows


def main() -> int:
    """Print all turns as JSON in the last line."""
    if sys.argv[1] == "--flood":
        print(json.dumps(asyncio.run(flood(int(sys.argv[2]), sys.argv[3], float(sys.argv[4])))))
        return 0
    if sys.argv[1] == "--crowd":
        print(json.dumps(asyncio.run(crowd(int(sys.argv[2])))))
        return 0
    rows: list[dict[str, Any]] = []

    async def inside(quitting: asyncio.Event) -> int:
        rows.extend(await measure(int(sys.argv[1]), float(sys.argv[2]), quitting))
        return 0

    code = run(inside)
    print(json.dumps(rows))
    return code


if __name__ == "__main__":
    sys.exit(main())
