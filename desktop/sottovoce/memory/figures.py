"""Counts and times while the program runs: recorded where things happen, read when somebody asks.

A part is given one `Figures`, asks it once for what it records to, and records in a fraction of a microsecond from any
thread. Who wants spans as well gives it a `Tracer`.
"""

from __future__ import annotations

import asyncio
import threading
import time
from bisect import bisect_left
from typing import TYPE_CHECKING, Protocol, Self

from sottovoce.domain.errors import to_user_error
from sottovoce.domain.figures import CANCELLED, MARKS, PROGRAM, STEP, UP, Attribute, Reading, Spread, Step, allowed
from sottovoce.domain.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    from sottovoce.domain.figures import Figure


class Span(Protocol):
    """One step as somebody else follows it."""

    def mark(self, mark: Attribute, value: str) -> None:
        """Say more of it; `value` is in the mark's set."""

    def end(self) -> None:
        """It is over."""


class Tracer(Protocol):
    """Follows steps: which is within which, it finds out by the task they run in."""

    def begin(self, step: Step, *, holds: bool) -> Span:
        """A step begins.

        Args:
            step: Which one.
            holds: Whether what begins in this task before its end is a part of it.
        """


class Counter:
    """One figure that grows."""

    __slots__ = ("_lock", "value")

    def __init__(self, lock: threading.Lock) -> None:
        """Begin with none."""
        self._lock = lock
        self.value = 0.0

    def add(self, more: float = 1.0) -> None:
        """Count so many more."""
        with self._lock:
            self.value += more


class Histogram:
    """How many were at most so large."""

    __slots__ = ("_bounds", "_counts", "_lock", "_sum")

    def __init__(self, lock: threading.Lock, bounds: tuple[float, ...]) -> None:
        """Begin with none."""
        self._lock = lock
        self._bounds = bounds
        self._counts = [0] * (len(bounds) + 1)
        self._sum = 0.0

    def observe(self, value: float) -> None:
        """Count one of this size."""
        at = bisect_left(self._bounds, value)
        with self._lock:
            self._counts[at] += 1
            self._sum += value

    @property
    def spread(self) -> Spread:
        """What was seen so far."""
        with self._lock:
            return Spread(tuple(self._counts), self._sum)


class Timed:
    """A step for the length of a block."""

    __slots__ = ("_begun", "_histogram", "_holds", "_span", "_step", "_stopwatch", "_tracer")

    def __init__(
        self, histogram: Histogram, stopwatch: Callable[[], float], tracer: Tracer | None, step: Step, *, holds: bool
    ) -> None:
        """Time `step`, and have it followed by `tracer`."""
        self._histogram = histogram
        self._stopwatch = stopwatch
        self._tracer = tracer
        self._step = step
        self._holds = holds
        self._span: Span | None = None
        self._begun = 0.0

    def __enter__(self) -> Self:
        if self._tracer is not None:
            self._span = self._tracer.begin(self._step, holds=self._holds)
        self._begun = self._stopwatch()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._histogram.observe(self._stopwatch() - self._begun)
        if self._span is not None:
            if error is not None and not isinstance(error, GeneratorExit):
                self.mark(Attribute.TROUBLE, code_of(error))
            self._span.end()

    def mark(self, mark: Attribute, value: str) -> None:
        """Say more of it to who follows it."""
        if self._span is not None:
            self._span.mark(mark, allowed(value, MARKS[mark]))


class Figures:
    """Everything that one open home counts; all of it may be called from any thread."""

    def __init__(self, stopwatch: Callable[[], float] = time.perf_counter) -> None:
        """Time with `stopwatch`, in seconds."""
        self._stopwatch = stopwatch
        self._lock = threading.Lock()
        self._counters: dict[tuple[str, tuple[str, ...]], tuple[Figure, Counter]] = {}
        self._histograms: dict[tuple[str, tuple[str, ...]], tuple[Figure, Histogram]] = {}
        self._began = stopwatch()
        self._steps = {step: self.histogram(STEP, step) for step in Step}  # looked up for each
        self._sources: list[Callable[[], Iterable[Reading]]] = []
        self.tracer: Tracer | None = None
        """Follows steps; nobody does if None."""

    def counter(self, figure: Figure, *labels: str) -> Counter:
        """What counts `figure` with these labels, in the order of its declaration."""
        key = (figure.name, _of_sets(figure, labels))
        with self._lock:
            return self._counters.setdefault(key, (figure, Counter(threading.Lock())))[1]

    def histogram(self, figure: Figure, *labels: str) -> Histogram:
        """What sorts the sizes of `figure` with these labels."""
        key = (figure.name, _of_sets(figure, labels))
        with self._lock:
            made = (figure, Histogram(threading.Lock(), figure.bounds))
            return self._histograms.setdefault(key, made)[1]

    def step(self, step: Step, *, holds: bool = True) -> Timed:
        """Time a step of a turn for the length of a block.

        Args:
            step: Which one.
            holds: Whether what begins before its end is a part of it; not so for what gives its result bit by bit.
        """
        return Timed(self._steps[step], self._stopwatch, self.tracer, step, holds=holds)

    def read_from(self, source: Callable[[], Iterable[Reading]]) -> None:
        """Have `source` asked each time, for what a part knows anyway; it must not wait for anything."""
        self._sources.append(source)

    def readings(self) -> tuple[Reading, ...]:
        """All that was recorded, at one moment."""
        with self._lock:
            counters, histograms = dict(self._counters), dict(self._histograms)
        counted = (
            Reading(figure=figure, labels=labels, value=one.value) for (_, labels), (figure, one) in counters.items()
        )
        sorted_in = (
            Reading(figure=figure, labels=labels, spread=one.spread)
            for (_, labels), (figure, one) in histograms.items()
        )
        up = Reading(figure=UP, value=self._stopwatch() - self._began)
        program = Reading(figure=PROGRAM, labels=(VERSION,), value=1)
        return (*counted, *sorted_in, up, program, *(reading for source in self._sources for reading in source()))


def code_of(error: BaseException) -> str:
    """What is counted of an error: its code, which has none of its words."""
    return CANCELLED if isinstance(error, asyncio.CancelledError) else to_user_error(error).code


def _of_sets(figure: Figure, labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(allowed(label, among) for label, among in zip(labels, figure.labels.values(), strict=True))
