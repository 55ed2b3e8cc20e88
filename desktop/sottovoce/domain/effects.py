"""What doing something does to what is kept: of a tool that is called as of an operation that is asked."""

from __future__ import annotations

import enum


class Effect(enum.StrEnum):
    """What it does."""

    READ = "read"
    """Changes nothing."""
    WRITE = "write"
    """Adds or changes what is kept here, and can be taken back."""
    ACT = "act"
    """Does something outside of what is kept: opens, listens, sends; a tool's is asked about the first time."""
    DESTROY = "destroy"
    """Removes what nothing brings back; a tool's is always asked about."""
