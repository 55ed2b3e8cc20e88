"""Steps of turns as OpenTelemetry's spans, sent to the collector that the user names.

A span has the name of its step, its times, and marks out of closed sets (`domain.figures.MARKS`): nothing else can get
in. What the environment says of OpenTelemetry, proxies or certificates is not heeded (`OTEL_SDK_DISABLED` is): where
spans go is the user's setting alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Final

import httpx2
from opentelemetry import context as present
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanLimits, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.sampling import ALWAYS_ON

from sottovoce.adapters.own_thread import OwnThread
from sottovoce.domain.endpoints import shown
from sottovoce.domain.errors import SottovoceError
from sottovoce.domain.figures import MARKS, allowed
from sottovoce.domain.records import Egress
from sottovoce.domain.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from contextvars import Token

    from opentelemetry.context import Context
    from opentelemetry.sdk.trace import ReadableSpan

    from sottovoce.domain.figures import Attribute, Step

MOST_WAITING: Final = 2048
"""Spans that may wait for a collector; later ones are dropped."""
MOST_AT_ONCE: Final = 512
EVERY_S: Final = 5.0
"""Seconds between two sendings."""
SEND_S: Final = 2.0
"""For each thing that one of them waits for; quitting waits for no more than `own_thread.CLOSE_S`."""
PURPOSE: Final = "traces"
"""What the list of what was sent calls it."""
_LIMITS: Final = SpanLimits(
    max_span_attributes=len(MARKS),
    max_attributes=len(MARKS),
    max_events=0,
    max_links=0,
    max_event_attributes=0,
    max_link_attributes=0,
    max_attribute_length=SpanLimits.UNSET,
    max_span_attribute_length=SpanLimits.UNSET,
)
"""All of them: one that is left out is read from the environment, where a slip would keep the home from opening."""
_PATH: Final = "/v1/traces"
_HEADERS: Final = {"Content-Type": "application/x-protobuf", "User-Agent": "sottovoce"}


def traces_url(address: str) -> str:
    """Where the collector at this address takes spans."""
    base = address.strip().rstrip("/")
    return base if base.endswith(_PATH) else base + _PATH


class SpanSender:
    """`Tracer` that sends what it follows. Belongs to one event loop."""

    def __init__(self, address: str, may_send: Callable[[], bool], note: Callable[[Egress], Awaitable[None]]) -> None:
        """Send to the collector at `address`.

        Args:
            address: As the settings have it.
            may_send: Whether it still may, asked each time, on a thread of the SDK's.
            note: Keeps what is about to be sent; where it raises, nothing is sent.
        """
        self._thread = OwnThread("spans")
        collector = self._collector = _SpanCollector(address, may_send, note, asyncio.get_running_loop())
        self._provider = TracerProvider(
            sampler=ALWAYS_ON,
            resource=Resource({"service.name": "sottovoce", "service.version": VERSION}),
            span_limits=_LIMITS,
            shutdown_on_exit=False,
        )
        self._provider.add_span_processor(
            BatchSpanProcessor(
                collector,
                max_queue_size=MOST_WAITING,
                schedule_delay_millis=EVERY_S * 1000,
                max_export_batch_size=MOST_AT_ONCE,
                export_timeout_millis=SEND_S * 1000,
            )
        )
        self._tracer = self._provider.get_tracer("sottovoce", VERSION)

    def begin(self, step: Step, *, holds: bool) -> _SpanSent:
        """See `Tracer`."""
        span = self._tracer.start_span(step.value, record_exception=False, set_status_on_exception=False)
        return _SpanSent(span, present.attach(trace.set_span_in_context(span)) if holds else None)

    async def flush(self) -> None:
        """Send what waits."""
        await self._thread.run(self._provider.force_flush)

    async def close(self) -> None:
        """Send what waits, and end the SDK's thread; a collector that is silent keeps nobody. Idempotent."""
        with contextlib.suppress(RuntimeError):  # closed before
            self._thread.submit(self._provider.shutdown)
        await self._thread.close()
        self._collector.ended = True


class _SpanCollector(SpanExporter):
    """Who takes spans; called on the SDK's thread alone."""

    def __init__(
        self,
        address: str,
        may_send: Callable[[], bool],
        note: Callable[[Egress], Awaitable[None]],
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._address = address
        self._may_send = may_send
        self._note = note
        self._loop = loop
        self.ended = False
        """Whether nothing may be sent or noted any more."""

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send these spans, if they may be sent and that could be noted; those that can't be are dropped."""
        body = encode_spans(spans).SerializeToString()
        egress = Egress(at=time.time(), endpoint=shown(self._address), purpose=PURPOSE, bytes_out=len(body))
        try:
            if self.ended or not self._may_send():
                return SpanExportResult.FAILURE
            asyncio.run_coroutine_threadsafe(self._noted(egress), self._loop).result(SEND_S)
            with httpx2.Client(timeout=SEND_S, trust_env=False, follow_redirects=False) as client:
                answer = client.post(traces_url(self._address), content=body, headers=_HEADERS)
        except (httpx2.HTTPError, SottovoceError, TimeoutError, RuntimeError):
            return SpanExportResult.FAILURE
        return SpanExportResult.SUCCESS if answer.is_success else SpanExportResult.FAILURE

    async def _noted(self, egress: Egress) -> None:
        await self._note(egress)


class _SpanSent:
    """One span."""

    def __init__(self, span: trace.Span, token: Token[Context] | None) -> None:
        self._span = span
        self._token = token

    def mark(self, mark: Attribute, value: str) -> None:
        """See `Span`."""
        self._span.set_attribute(f"sottovoce.{mark.value}", allowed(value, MARKS[mark]))

    def end(self) -> None:
        """See `Span`."""
        if self._token is not None:
            present.detach(self._token)
        self._span.end()
