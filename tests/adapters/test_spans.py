"""Times of turns reach the collector that the user named: each step under its own, and not a word with them."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from sottovoce.adapters.observing.spans import PURPOSE, SpanSender, traces_url
from sottovoce.adapters.own_thread import CLOSE_S
from sottovoce.domain.errors import StoreFull, TracesForbidden, TracesMissing
from sottovoce.domain.figures import MARKS, WITHIN, Step
from sottovoce.domain.policy import Policy
from sottovoce.domain.settings import Settings
from sottovoce.home import open_home
from tests.adapters.canaries import KEY, TYPED
from tests.unit.parts import build
from tests.unit.talking import done, hold, let_go

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from opentelemetry.proto.trace.v1.trace_pb2 import Span

    from sottovoce.domain.records import Egress


class Collector:
    """Takes spans over HTTP, as protobuf, on this machine."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.heads: list[str] = []
        self.status = b"200 OK"
        self.address = ""

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(
            int(line.split(":")[1]) for line in head.lower().splitlines() if line.startswith("content-length")
        )
        self.heads.append(head)
        self.bodies.append(await reader.readexactly(length))
        writer.write(b"HTTP/1.1 " + self.status + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    @property
    def spans(self) -> list[Span]:
        found = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [span for one in found for of in one.resource_spans for scope in of.scope_spans for span in scope.spans]

    def within(self) -> dict[str, str | None]:
        """Names of spans, each with that of its parent."""
        names = {span.span_id: span.name for span in self.spans}
        return {span.name: names.get(span.parent_span_id) for span in self.spans}

    def marks(self, name: str) -> dict[str, str]:
        (span,) = [span for span in self.spans if span.name == name]
        return {one.key: one.value.string_value for one in span.attributes}


@pytest.fixture
async def collector() -> AsyncIterator[Collector]:
    made = Collector()
    server = await asyncio.start_server(made.take, "127.0.0.1", 0)
    made.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield made


async def test_a_spoken_turn_arrives_step_under_step(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", f"secret={TYPED}")
    monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", f"host.name={TYPED}")
    noted: list[Egress] = []

    async def note(egress: Egress) -> None:
        noted.append(egress)

    parts = build([f"remember that my bird is a {TYPED}"])
    parts.figures.tracer = sender = SpanSender(collector.address, lambda: True, note)
    await hold(parts)
    await let_go(parts)
    await done(parts)
    await parts.talk.close()
    await parts.memory.aclose()
    await sender.close()
    await sender.close()
    expected = {step.value: WITHIN[step].value if step in WITHIN else None for step in Step if step is not Step.MODEL}
    assert collector.within() == expected
    assert len({span.trace_id for span in collector.spans}) == 1
    assert all(span.start_time_unix_nano <= span.end_time_unix_nano for span in collector.spans)
    assert collector.marks("turn") == {"sottovoce.given": "spoken", "sottovoce.outcome": "answered"}
    assert collector.marks("question") == {"sottovoce.source": "skill"}
    assert collector.marks("tool") == {"sottovoce.effect": "write"}
    assert collector.heads[0].startswith("POST /v1/traces HTTP/1.1\r\n")
    assert "application/x-protobuf" in collector.heads[0]
    assert [(one.endpoint, one.purpose, one.bytes_out) for one in noted] == [
        (collector.address, PURPOSE, len(body)) for body in collector.bodies
    ]
    assert TYPED not in "".join(collector.heads)
    assert not any(TYPED.encode() in body.lower() for body in collector.bodies)


async def test_what_is_asked_of_a_home_arrives_and_nothing_of_it_is_said(tmp_path: Path, collector: Collector) -> None:
    settings = Settings(user=TYPED, traces_address=collector.address)
    async with open_home(tmp_path / TYPED, KEY, settings=settings, policy=Policy()) as home:
        assert home.warning is None
        await home.ask(f"remember that my bird is a {TYPED}")
        await home.ask(f"what does {TYPED} mean", conversation=TYPED)
        assert isinstance(home.figures.tracer, SpanSender)
        await home.figures.tracer.flush()
        (sent,) = await home.store.egress(9)
        assert (sent.endpoint, sent.purpose) == (collector.address, PURPOSE)
    roots = [span for span in collector.spans if not span.parent_span_id]
    assert {span.name for span in roots} == {"question"}
    assert len({span.trace_id for span in collector.spans}) == len(roots) == 2
    keys = {one.key for span in collector.spans for one in span.attributes}
    assert keys <= {f"sottovoce.{mark}" for mark in MARKS}
    assert not any(span.events or span.links or span.status.message for span in collector.spans)
    assert not any(TYPED.encode() in body.lower() for body in collector.bodies)


OPENED = """
import asyncio
from sottovoce.adapters.observing.spans import SpanSender
async def opened():
    await SpanSender("http://127.0.0.1:9", lambda: True, None).close()
asyncio.run(opened())
"""


async def test_by_default_nobody_is_told_anything(tmp_path: Path) -> None:
    async with open_home(tmp_path / "home", KEY, policy=Policy()) as home:
        assert home.figures.tracer is None


async def test_a_policy_says_where_it_may_go_and_a_later_one_ends_it(tmp_path: Path, collector: Collector) -> None:
    settings = Settings(traces_address=collector.address)
    forbidding = Policy(endpoints_allowed=("https://models.example.org/*",))
    async with open_home(tmp_path / "home", KEY, settings=settings, policy=forbidding) as home:
        assert isinstance(home.warning, TracesForbidden)
        assert home.figures.tracer is None
    may = [True]

    async def note(_: Egress) -> None:
        pass

    sender = SpanSender(collector.address, lambda: may[0], note)
    sender.begin(Step.TURN, holds=False).end()
    may[0] = False
    await sender.close()
    assert collector.bodies == []


async def test_what_can_not_be_noted_is_not_sent_and_who_answers_no_is_left_alone(collector: Collector) -> None:
    async def refuse(_: Egress) -> None:
        raise StoreFull

    sender = SpanSender(collector.address, lambda: True, refuse)
    sender.begin(Step.TURN, holds=True).end()
    await sender.close()
    assert collector.bodies == []

    async def note(_: Egress) -> None:
        pass

    collector.status = b"500 No"
    sender = SpanSender(collector.address, lambda: True, note)
    sender.begin(Step.TURN, holds=True).end()
    await sender.close()
    assert len(collector.bodies) == 1
    gone = SpanSender("http://127.0.0.1:9", lambda: True, note)
    gone.begin(Step.TURN, holds=True).end()
    await gone.close()


async def test_a_collector_that_takes_spans_and_stays_silent_keeps_nobody_from_quitting() -> None:
    taken, over = asyncio.Event(), asyncio.Event()

    async def hold_on(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        taken.set()
        await over.wait()
        writer.close()

    async def note(_: Egress) -> None:
        pass

    loop = asyncio.get_running_loop()
    async with await asyncio.start_server(hold_on, "127.0.0.1", 0) as server:
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        sender = SpanSender(address, lambda: True, note)
        sender.begin(Step.TURN, holds=False).end()
        started = loop.time()
        await sender.close()
        assert loop.time() - started < 2 * CLOSE_S
        await taken.wait()
        over.set()


def test_a_slip_in_what_the_environment_says_of_spans_harms_nothing() -> None:
    names = ("ATTRIBUTE_COUNT", "ATTRIBUTE_VALUE_LENGTH", "SPAN_EVENT_COUNT", "SPAN_LINK_COUNT", "LINK_ATTRIBUTE_COUNT")
    slips = {f"OTEL_{name}_LIMIT": "many" for name in names}
    subprocess.run((sys.executable, "-c", OPENED), env=os.environ | slips, check=True, timeout=60)


async def test_where_the_extra_is_missing_that_is_told(
    tmp_path: Path, collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sottovoce.adapters.observing.spans", None)
    settings = Settings(traces_address=collector.address)
    async with open_home(tmp_path / "home", KEY, settings=settings, policy=Policy()) as home:
        assert isinstance(home.warning, TracesMissing)
        await home.ask("what time is it")
    assert collector.bodies == []


def test_the_address_may_name_the_path() -> None:
    assert traces_url("http://127.0.0.1:4318/") == "http://127.0.0.1:4318/v1/traces"
    assert traces_url("http://127.0.0.1:4318/v1/traces") == "http://127.0.0.1:4318/v1/traces"
