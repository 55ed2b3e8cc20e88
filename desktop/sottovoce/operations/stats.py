"""What is counted and timed while the program runs: for people, for scripts, and for Prometheus."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Final

from sottovoce.domain.effects import Effect
from sottovoce.domain.figure_kinds import FigureKind
from sottovoce.language import ENGLISH, language, words
from sottovoce.operations.declared import Family
from sottovoce.operations.values import LEFT_OUT, Asks, Values, values

if TYPE_CHECKING:
    from sottovoce.domain.figures import Reading
    from sottovoce.home import Home

STATS: Final = Family("stats", usage="figures-words", default="list")
_USUAL, _SLOWEST = 0.5, 0.95
"""What of a histogram is shown to people."""
_KIB: Final = 1024


@values
class FigureShown(Values):
    """One figure, with one value for each of its labels."""

    name: str
    kind: FigureKind
    unit: str
    """"seconds" or "bytes"; empty for a count."""
    labels: Mapping[str, str]
    """Words of this program, never one of its user's."""
    value: Annotated[float | None, LEFT_OUT] = None
    """Of a counter or gauge."""
    count: Annotated[int | None, LEFT_OUT] = None
    """Of a histogram: how many it has seen."""
    sum: Annotated[float | None, LEFT_OUT] = None
    """All of them together."""
    buckets: Annotated[Mapping[str, int] | None, LEFT_OUT] = None
    """How many were at most so large, by that bound."""
    usual: Annotated[float | None, LEFT_OUT] = None
    """What half of them were at most; missing where there was none, or it is above all bounds."""
    slowest: Annotated[float | None, LEFT_OUT] = None
    """What 95 of 100 were at most, likewise."""

    @classmethod
    def of(cls, one: "Reading") -> "FigureShown":
        """As it was read."""
        figure, spread = one.figure, one.spread
        shown = cls(
            name=figure.name,
            kind=figure.kind,
            unit=figure.unit,
            labels=dict(zip(figure.labels, one.labels, strict=True)),
        )
        if spread is None:
            return shown.but(value=float(one.value))
        counts = {f"{bound:g}": sum(spread.counts[: at + 1]) for at, bound in enumerate(figure.bounds)}
        return shown.but(
            count=spread.count,
            sum=round(spread.sum, 6),
            buckets=counts | {"+Inf": spread.count},
            usual=spread.quantile(figure.bounds, _USUAL),
            slowest=spread.quantile(figure.bounds, _SLOWEST),
        )


@values
class FiguresListed(Values):
    """All figures at one moment, since the program was started."""

    figures: tuple[FigureShown, ...]


@values
class ListFigures(Asks[FiguresListed]):
    """What is counted and timed."""


def shown_figures(figures: Iterable[FigureShown]) -> Iterator[tuple[str, str]]:
    """What figures are in words, and their values: for a list that people read."""
    from sottovoce.domain.figures import HELP  # noqa: PLC0415 - the grammar of commands loads this file

    for _, same in groupby(figures, key=lambda one: one.name):
        for one in same:
            said = words(HELP[one.name]).rstrip(".")
            label = ", ".join(one.labels.values())
            yield (f"{said} ({label})" if label else said), _shown(one)


def _shown(one: FigureShown) -> str:
    if one.count is not None:
        return words(
            "figures-spread",
            count=one.count,
            usual=_amount(one.usual, one.unit) if one.usual is not None else "",
            slowest=_amount(one.slowest, one.unit) if one.slowest is not None else "",
        )
    return _amount(one.value or 0.0, one.unit)


def _amount(value: float, unit: str) -> str:
    if unit == "bytes":
        return words("figures-bytes", mebibytes=round(value / _KIB / _KIB, 1))
    return words("figures-seconds", seconds=float(f"{value:.3g}")) if unit == "seconds" else f"{value:g}"


def _table(answered: FiguresListed) -> str:
    rows = list(shown_figures(answered.figures))
    width = max((len(said) for said, _ in rows), default=0)
    return "\n".join(f"{said.ljust(width)}  {value}" for said, value in rows)


@STATS.operation("stats", ListFigures, FiguresListed, effect=Effect.READ, line="stats.list", prints=_table)
async def list_figures(home: "Home", _: ListFigures) -> FiguresListed:
    """List them."""
    from sottovoce.home.figures import read_figures  # noqa: PLC0415 - not before somebody asks

    return FiguresListed(figures=tuple(map(FigureShown.of, await read_figures(home))))


@values
class MetricsText(Values):
    """All figures in Prometheus's text format."""

    text: str


@values
class AskMetrics(Asks[MetricsText]):
    """The same for Prometheus."""


@STATS.operation(
    "stats.prometheus", AskMetrics, MetricsText, effect=Effect.READ, prints=lambda answered: answered.text.rstrip("\n")
)
async def metrics(home: "Home", _: AskMetrics) -> MetricsText:
    """Give them as Prometheus reads them."""
    return MetricsText(text=await metrics_text(home))


async def metrics_text(home: "Home") -> str:
    """All figures of a home in Prometheus's text format; what they are is said in English."""
    from sottovoce.adapters.observing.prometheus import prometheus_text  # noqa: PLC0415 - 80 ms
    from sottovoce.home.figures import read_figures  # noqa: PLC0415 - as above

    return prometheus_text(await read_figures(home), language(ENGLISH).text)
