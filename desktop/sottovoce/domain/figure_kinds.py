"""How a figure is read: apart from the figures, for who lists what can be asked."""

from __future__ import annotations

import enum


class FigureKind(enum.StrEnum):
    """How a figure is read."""

    COUNTER = "counter"
    """Only grows while the program runs."""
    GAUGE = "gauge"
    """What it is just now."""
    HISTOGRAM = "histogram"
    """How many were at most so large."""
