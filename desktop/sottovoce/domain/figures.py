"""What is counted and timed: each figure declared once, with labels out of closed sets.

A label or a mark is a word of this program, never one of its user's: what is not in its set counts as `OTHER`.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sottovoce.domain.api_requests import API_ENDPOINTS, API_STATUSES
from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import SottovoceError
from sottovoce.domain.figure_kinds import FigureKind
from sottovoce.domain.turn_times import Outcome
from sottovoce.domain.turns import Source
from sottovoce.domain.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OTHER: Final = "other"
"""Stands for whatever is not in a label's set."""
CANCELLED: Final = "cancelled"
"""In place of an error's code, where nothing failed: nobody waits for it any more."""


class Step(enum.StrEnum):
    """What a turn goes through; each stands within the one that `WITHIN` names."""

    TURN = "turn"
    """From the press, or from a question to be answered aloud, to the end of the answer."""
    LISTEN = "listen"
    """To the end of the tail: for as long as somebody talks."""
    RECOGNISE = "recognise"
    """From there to the words."""
    QUESTION = "question"
    """From words to a durable answer, whoever asks."""
    STORE = "store"
    """Until the question is durable."""
    ANSWER = "answer"
    """Until the answer is whole."""
    TOOL = "tool"
    MODEL = "model"
    """From asking a language model to the end of its reply."""
    KEEP = "keep"
    """Until the answer is durable."""
    SPEAK = "speak"
    """What is still being said once the answer is whole."""


WITHIN: Final[Mapping[Step, Step]] = {
    Step.LISTEN: Step.TURN,
    Step.RECOGNISE: Step.TURN,
    Step.QUESTION: Step.TURN,
    Step.STORE: Step.QUESTION,
    Step.ANSWER: Step.QUESTION,
    Step.TOOL: Step.ANSWER,
    Step.MODEL: Step.ANSWER,
    Step.KEEP: Step.QUESTION,
    Step.SPEAK: Step.TURN,
}
"""Steps by what they are a part of, where that runs: a question that is typed is the whole of it."""


class Attribute(enum.StrEnum):
    """What may be said of a step beside its time."""

    OUTCOME = "outcome"
    SOURCE = "source"
    EFFECT = "effect"
    GIVEN = "given"
    TROUBLE = "trouble"


def trouble_codes() -> frozenset[str]:
    """Of all errors that there are."""
    return frozenset(_codes(SottovoceError)) | {CANCELLED}


def _codes(kind: type[SottovoceError]) -> Iterator[str]:
    yield kind.code
    for one in kind.__subclasses__():
        yield from _codes(one)


TROUBLES: Final = trouble_codes()
MARKS: Final[Mapping[Attribute, frozenset[str]]] = {
    Attribute.OUTCOME: frozenset(Outcome),
    Attribute.SOURCE: frozenset(Source),
    Attribute.EFFECT: frozenset(Effect),
    Attribute.GIVEN: frozenset({"spoken", "typed"}),
    Attribute.TROUBLE: TROUBLES,
}
"""What each mark may be."""


def allowed(value: str, among: frozenset[str]) -> str:
    """`value` if it is in a closed set, else `OTHER`."""
    return str(value) if value in among else OTHER


_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""From a skill's answer (10 ms) to the longest that is spoken."""
_COMMIT_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)
"""From a good drive (3 ms) to one that is failing."""
_GROUP: Final = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure."""

    name: str
    """With its unit: `wait_seconds`."""
    help: str
    """The message that says what it is."""
    kind: FigureKind
    unit: str = ""
    """"seconds" or "bytes"; empty for a count."""
    labels: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """All values that each may have."""
    bounds: tuple[float, ...] = ()
    """Of a histogram: the largest value in each of its buckets but the last, which takes all above."""


_COUNTER, _GAUGE, _HISTOGRAM = FigureKind.COUNTER, FigureKind.GAUGE, FigureKind.HISTOGRAM

STEP = Figure(
    name="step_seconds",
    help="figures-step-seconds",
    kind=_HISTOGRAM,
    unit="seconds",
    labels={"step": frozenset(Step)},
    bounds=_SECONDS,
)
WAIT = Figure(name="wait_seconds", help="figures-wait-seconds", kind=_HISTOGRAM, unit="seconds", bounds=_SECONDS)
TURNS = Figure(name="turns", help="figures-turns", kind=_COUNTER, labels={"outcome": frozenset(Outcome)})
ANSWERS = Figure(name="answers", help="figures-answers", kind=_COUNTER, labels={"source": frozenset(Source)})
TOLD = Figure(name="troubles", help="figures-troubles", kind=_COUNTER, labels={"code": TROUBLES})
QUESTION_ERRORS = Figure(
    name="question_errors", help="figures-question-errors", kind=_COUNTER, labels={"code": TROUBLES}
)
TOOL_CALLS = Figure(name="tool_calls", help="figures-tool-calls", kind=_COUNTER, labels={"effect": frozenset(Effect)})
TOOL_ERRORS = Figure(name="tool_errors", help="figures-tool-errors", kind=_COUNTER, labels={"code": TROUBLES})
MODEL_REQUESTS = Figure(name="model_requests", help="figures-model-requests", kind=_COUNTER)
MODEL_SHARED = Figure(name="model_shared", help="figures-model-shared", kind=_COUNTER)
MODEL_FIRST = Figure(
    name="model_first_seconds", help="figures-model-first-seconds", kind=_HISTOGRAM, unit="seconds", bounds=_SECONDS
)
MODEL_ERRORS = Figure(name="model_errors", help="figures-model-errors", kind=_COUNTER, labels={"code": TROUBLES})
MODEL_FAILING = Figure(name="model_failing", help="figures-model-failing", kind=_GAUGE)
CACHE_LOOKS = Figure(
    name="cache_looks", help="figures-cache-looks", kind=_COUNTER, labels={"result": frozenset({"hit", "miss"})}
)
CACHE_STALE = Figure(name="cache_stale", help="figures-cache-stale", kind=_COUNTER)
CACHE_LOADS = Figure(name="cache_loads", help="figures-cache-loads", kind=_COUNTER)
CACHE_GENERATIONS = Figure(name="cache_generations", help="figures-cache-generations", kind=_COUNTER)
CACHE_FAILURES = Figure(name="cache_failures", help="figures-cache-failures", kind=_COUNTER)
CACHE_WAITS = Figure(name="cache_waits", help="figures-cache-waits", kind=_COUNTER)
CACHE_EVICTIONS = Figure(name="cache_evictions", help="figures-cache-evictions", kind=_COUNTER)
CACHE_ENTRIES = Figure(name="cache_entries", help="figures-cache-entries", kind=_GAUGE)
CACHE_BYTES = Figure(name="cache_bytes", help="figures-cache-bytes", kind=_GAUGE, unit="bytes")
CACHE_LOCK_WAIT = Figure(
    name="cache_lock_wait_seconds", help="figures-cache-lock-wait-seconds", kind=_COUNTER, unit="seconds"
)
CACHE_UNWRITTEN = Figure(name="cache_unwritten", help="figures-cache-unwritten", kind=_GAUGE)
STORE_QUEUE = Figure(
    name="store_queue", help="figures-store-queue", kind=_GAUGE, labels={"queue": frozenset({"writes", "reads"})}
)
STORE_GROUP = Figure(name="store_group", help="figures-store-group", kind=_HISTOGRAM, bounds=_GROUP)
STORE_COMMIT = Figure(
    name="store_commit_seconds",
    help="figures-store-commit-seconds",
    kind=_HISTOGRAM,
    unit="seconds",
    bounds=_COMMIT_SECONDS,
)
STORE_BYTES = Figure(name="store_bytes", help="figures-store-bytes", kind=_GAUGE, unit="bytes")
SOUND_BLOCKS = Figure(name="sound_blocks", help="figures-sound-blocks", kind=_COUNTER)
SOUND_DROPPED = Figure(name="sound_dropped", help="figures-sound-dropped", kind=_COUNTER)
API_REQUESTS = Figure(
    name="api_requests",
    help="figures-api-requests",
    kind=_COUNTER,
    labels={"endpoint": API_ENDPOINTS, "status": API_STATUSES},
)
API_SECONDS = Figure(
    name="api_request_seconds", help="figures-api-request-seconds", kind=_HISTOGRAM, unit="seconds", bounds=_SECONDS
)
BACKUPS = Figure(name="backups", help="figures-backups", kind=_GAUGE)
BACKUP_AGE = Figure(name="backup_age_seconds", help="figures-backup-age-seconds", kind=_GAUGE, unit="seconds")
MEMORY = Figure(name="memory_bytes", help="figures-memory-bytes", kind=_GAUGE, unit="bytes")
UP = Figure(name="up_seconds", help="figures-up-seconds", kind=_GAUGE, unit="seconds")
PROGRAM = Figure(name="program", help="figures-program", kind=_GAUGE, labels={"version": frozenset({VERSION})})

FIGURES: Final = (
    *(STEP, WAIT, TURNS, ANSWERS, QUESTION_ERRORS, TOLD),
    *(TOOL_CALLS, TOOL_ERRORS, MODEL_REQUESTS, MODEL_SHARED, MODEL_FIRST, MODEL_ERRORS, MODEL_FAILING),
    *(CACHE_LOOKS, CACHE_STALE, CACHE_LOADS, CACHE_GENERATIONS, CACHE_FAILURES, CACHE_WAITS, CACHE_EVICTIONS),
    *(CACHE_ENTRIES, CACHE_BYTES, CACHE_LOCK_WAIT, CACHE_UNWRITTEN),
    *(STORE_QUEUE, STORE_GROUP, STORE_COMMIT, STORE_BYTES),
    *(API_REQUESTS, API_SECONDS),
    *(SOUND_BLOCKS, SOUND_DROPPED, BACKUPS, BACKUP_AGE, MEMORY, UP, PROGRAM),
)
"""All of them, in the order in which they are shown."""
HELP: Final[Mapping[str, str]] = {figure.name: figure.help for figure in FIGURES}
"""The messages that say what they are, by their names."""


@dataclass(frozen=True, slots=True)
class Spread:
    """What a histogram has seen."""

    counts: tuple[int, ...]
    """In each bucket by itself; the last one holds what is above all bounds."""
    sum: float

    @property
    def count(self) -> int:
        """All of them."""
        return sum(self.counts)

    def quantile(self, bounds: tuple[float, ...], share: float) -> float | None:
        """What so large a share is at most: the bound of its bucket; None where there is no value, or no such bound."""
        wanted, seen = self.count * share, 0
        for bound, count in zip(bounds, self.counts, strict=False):
            seen += count
            if seen and seen >= wanted:
                return bound
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One figure, with one value for each of its labels, at one moment."""

    figure: Figure
    labels: tuple[str, ...] = ()
    """In the order of the figure's."""
    value: float = 0.0
    """Of a histogram: what it has seen is in `spread`."""
    spread: Spread | None = None
