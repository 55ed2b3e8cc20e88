"""What a command prints: for people, or exactly one JSON object."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TextIO

from sottovoce.domain.errors import OutputUnwritable

if TYPE_CHECKING:
    from sottovoce.domain.errors import SottovoceError


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished command's output."""

    text: str
    """For people; may be empty."""
    data: dict[str, Any] = field(default_factory=dict)
    """For scripts."""
    exit_code: int = 0


def write(text: str) -> None:
    """Print it.

    Raises:
        BrokenPipeError: Who read our output has gone.
        OutputUnwritable: The output takes nothing.
    """
    try:
        print(text, flush=True)
    except BrokenPipeError:
        raise
    except OSError:
        raise OutputUnwritable from None


def drop(stream: TextIO) -> None:
    """Let go what could not be written: Python tries again while it ends, and complains (exit code 120)."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def show(printed: Printed, *, as_json: bool) -> int:
    """Print it; returns the exit code.

    Raises:
        BrokenPipeError, OutputUnwritable: As `write`.
    """
    if as_json:
        # ASCII: valid JSON whatever the output's encoding is, and whatever bytes a file's name has.
        write(json.dumps(printed.data))
    elif printed.text:
        write(printed.text)
    return printed.exit_code


def tell(error: SottovoceError, *, as_json: bool) -> int:
    """Tell of a failure: one line on stderr, and for scripts one object on stdout; returns the exit code.

    Raises:
        BrokenPipeError, OutputUnwritable: As `write`.
    """
    try:
        print(f"sottovoce: {error.sentence} {error.remedy}", file=sys.stderr, flush=True)
    except OSError:  # the exit code tells
        drop(sys.stderr)
    if as_json:
        show_error(error)
    return error.exit_code


def show_error(error: SottovoceError) -> None:
    """Tell scripts of a failure by one object on stdout.

    Raises:
        BrokenPipeError, OutputUnwritable: As `write`.
    """
    write(json.dumps({"error": {"code": error.code, "sentence": error.sentence, "remedy": error.remedy}}))
