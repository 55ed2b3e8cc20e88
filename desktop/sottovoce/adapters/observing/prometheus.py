"""Figures as Prometheus reads them."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

from sottovoce.domain.figure_kinds import FigureKind
from sottovoce.domain.figures import FIGURES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from prometheus_client.core import Metric

    from sottovoce.domain.figures import Figure, Reading

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST
"""Of the text."""
PREFIX: Final = "sottovoce_"


def prometheus_text(readings: Iterable[Reading], words: Callable[[str], str]) -> str:
    """All figures in Prometheus's text format.

    Args:
        readings: Of any of `FIGURES`; one that nothing was read of is not in it.
        words: Says what a figure is, by its `help`.
    """
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collected(tuple(readings), words))
    return generate_latest(registry).decode()


class _Collected:
    """What was read, as the library collects it."""

    def __init__(self, readings: Sequence[Reading], words: Callable[[str], str]) -> None:
        self._readings = readings
        self._words = words

    def collect(self) -> Iterator[Metric]:
        for figure in FIGURES:
            if mine := [one for one in self._readings if one.figure == figure]:
                yield self._family(figure, mine)

    def _family(self, figure: Figure, readings: Sequence[Reading]) -> Metric:
        name, said, labels = PREFIX + figure.name, self._words(figure.help), tuple(figure.labels)
        if figure.kind is FigureKind.HISTOGRAM:
            histogram = HistogramMetricFamily(name, said, labels=labels)
            for one in readings:
                if one.spread is not None:
                    below = accumulate(one.spread.counts)
                    bounds = (*(repr(bound) for bound in figure.bounds), "+Inf")
                    histogram.add_metric(one.labels, list(zip(bounds, below, strict=True)), one.spread.sum)
            return histogram
        family = (CounterMetricFamily if figure.kind is FigureKind.COUNTER else GaugeMetricFamily)(
            name, said, labels=labels
        )
        for one in readings:
            family.add_metric(one.labels, one.value)
        return family
