"""How quick the local API is: turns that skills answer, beside a bare route of Starlette under the same server.

    ./dev bench api [--seconds S] [--rate N] [--rounds N] [--out FILE.json]

A client of its own, in a process of its own, asks so many times a second over eight connections; what it could not send
in time it sends late, and the delay counts. In turns of five seconds it asks

- `turn`: `POST /api/v1/conversation`, "what is N plus 2": understood, answered, stored durably, in an encrypted home;
- `listed`: `GET /api/v1/notes`: the guard and a read of the store;
- `bare`: a route of Starlette that answers one JSON object, under the same protocol without a guard.

Each gives the milliseconds from the moment a request was due until its answer was there, and the server's processor
time.

`spoken` is the other side: turns that are really spoken in the virtual desktop, one alone, one beside as many questions
a second and one beside 10,000 connections that are opened and held, in turns. From key-up to the final text, and how
much longer the median is beside them. What programs ask meanwhile waits for the turn; more of it than may wait is told
to come again, and connections above the limit are closed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse
from starlette.routing import Route, Router

from sottovoce.api.http_server import HttpServer, loopback_socket
from sottovoce.api.limits import ApiLimits, Rate
from tests.api.serving import served
from tests.benchmarks.measured import origin
from tests.desktop.deskbox import Desk, DeskOptions

if TYPE_CHECKING:
    from starlette.requests import Request

OUT = Path(__file__).with_name("api.json")
CONNECTIONS = 8
SLICE_S = 5.0
MANY = Rate(10_000_000, 10_000_000)
LIMITS = ApiLimits(a_key=MANY, a_user=MANY, an_endpoint=MANY, no_key=MANY, requests_a_day=10_000_000)
GOALS = {"turn_p99_ms": 50.0, "spoken_growth_percent": 10.0}
SPOKEN_S = 600.0


# --- the client, in a process of its own ------------------------------------------------------------------------------


def request_of(kind: str, number: int, port: int, key: str) -> bytes:
    """One request as it goes over the line."""
    host = f"Host: 127.0.0.1:{port}\r\nAuthorization: Bearer {key}\r\n"
    if kind == "bare":
        return f"GET /bare HTTP/1.1\r\n{host}\r\n".encode()
    if kind == "listed":
        return f"GET /api/v1/notes HTTP/1.1\r\n{host}\r\n".encode()
    body = json.dumps({"message": f"what is {number % 9000} plus 2"})
    return f"POST /api/v1/conversation HTTP/1.1\r\n{host}Content-Length: {len(body)}\r\n\r\n{body}".encode()


async def client(kind: str, port: int, key: str, rate: float, seconds: float) -> dict[str, Any]:
    """Ask so often for so long."""
    took, wrong = list[float](), 0
    started = time.perf_counter()

    async def one(offset: int) -> None:
        nonlocal wrong
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number in range(offset, round(rate * seconds), CONNECTIONS):
            due = started + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            writer.write(request_of(kind, number, port, key))
            head = await reader.readuntil(b"\r\n\r\n")
            fields = dict(line.lower().split(b": ", 1) for line in head.splitlines()[1:] if b": " in line)
            await reader.readexactly(int(fields[b"content-length"]))
            wrong += not head.startswith(b"HTTP/1.1 200")
            took.append((time.perf_counter() - due) * 1000)
        writer.close()

    await asyncio.gather(*(one(offset) for offset in range(CONNECTIONS)))
    return {"ms": took, "wrong": wrong, "seconds": time.perf_counter() - started}


# --- the server -------------------------------------------------------------------------------------------------------


async def asked(kind: str, port: int, key: str, rate: float, seconds: float) -> dict[str, Any]:
    """One slice of one kind, by a client in another process."""
    words = (kind, str(port), key, str(rate), str(seconds))
    before = time.process_time()
    ran = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.api", "--client", *words, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await ran.communicate()
    found: dict[str, Any] = json.loads(out)
    return found | {"cpu_s": time.process_time() - before}


def told(slices: list[dict[str, Any]]) -> dict[str, float]:
    """Figures of all slices of one kind."""
    took = sorted(one for each in slices for one in each["ms"])
    cuts = statistics.quantiles(took, n=100)
    return {
        "requests": len(took),
        "a_second": round(len(took) / sum(each["seconds"] for each in slices), 1),
        "p50_ms": round(cuts[49], 2),
        "p95_ms": round(cuts[94], 2),
        "p99_ms": round(cuts[98], 2),
        "most_ms": round(took[-1], 2),
        "cpu_ms": round(sum(each["cpu_s"] for each in slices) / len(took) * 1000, 3),
        "wrong": sum(each["wrong"] for each in slices),
    }


async def measure(rate: float, seconds: float) -> dict[str, Any]:
    """All kinds, in turns."""

    async def bare(_: Request) -> JSONResponse:
        return JSONResponse({"alive": True})

    bare_server = HttpServer(Router([Route("/bare", bare)]), LIMITS)
    listening = loopback_socket("127.0.0.1", 0)
    bare_port = listening.getsockname()[1]
    await bare_server.listen(listening)
    slices: dict[str, list[dict[str, Any]]] = {"turn": [], "listed": [], "bare": []}
    try:
        with tempfile.TemporaryDirectory() as folder:
            async with served(Path(folder) / "home", LIMITS) as api:
                key = await api.key()
                await asked("turn", api.port, key, 20, 1)  # what the first question loads
                for _ in range(max(1, round(seconds / SLICE_S))):
                    for kind, found in slices.items():
                        port = bare_port if kind == "bare" else api.port
                        found.append(await asked(kind, port, key, rate, min(SLICE_S, seconds)))
    finally:
        await bare_server.close()
    return {kind: told(found) for kind, found in slices.items()}


def spoken(rounds: int, rate: float) -> dict[str, Any]:
    """Turns in the virtual desktop, alone and beside programs."""
    words = ("-m", "tests.benchmarks.api_beside", str(rounds), str(rate))
    environment = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONUNBUFFERED": "1"}
    with Desk(DeskOptions()) as desk:
        ran = desk.run(sys.executable, *words, env=environment, limit_s=SPOKEN_S, check=False)
    if ran.returncode:
        sys.exit(ran.stderr)
    turns = json.loads(ran.stdout.splitlines()[-1])
    found: dict[str, Any] = {"rounds": rounds}
    for name in ("nothing", "questions", "connections"):
        took = [one["release_to_text_ms"] for one in turns if one["beside"] == name]
        found[name] = {"median_ms": round(statistics.median(took), 1), "worst_ms": max(took)}
        found[name]["growth_percent"] = round((found[name]["median_ms"] / found["nothing"]["median_ms"] - 1) * 100, 1)
    return found | {"turns": turns}


def main() -> int:
    """Measure, print and write; 1 where a goal is missed."""
    if sys.argv[1:2] == ["--client"]:
        kind, port, key, rate, seconds = sys.argv[2:]
        print(json.dumps(asyncio.run(client(kind, int(port), key, float(rate), float(seconds)))))
        return 0
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--rate", type=float, default=200.0)
    parser.add_argument("--rounds", type=int, default=12, help="of spoken turns; 0 for none")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    figures = asyncio.run(measure(options.rate, options.seconds))
    reached = {"turn_p99_ms": float("inf") if figures["turn"]["wrong"] else figures["turn"]["p99_ms"]}
    if options.rounds:
        figures["spoken"] = spoken(options.rounds, options.rate)
        reached["spoken_growth_percent"] = figures["spoken"]["questions"]["growth_percent"]
    missed = [name for name, found in reached.items() if found > GOALS[name]]
    result = {**origin("api"), "rate": options.rate, "goals": GOALS, "missed": missed, **figures}
    text = json.dumps(result, indent=2)
    print(text)
    options.out.write_text(text + "\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
