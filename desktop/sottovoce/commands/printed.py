"""What a command prints: for people, or exactly one JSON object."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

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


def show(printed: Printed, *, as_json: bool) -> int:
    """Print it; returns the exit code."""
    if as_json:
        # ASCII: valid JSON whatever the output's encoding is, and whatever bytes a file's name has.
        print(json.dumps(printed.data), flush=True)
    elif printed.text:
        print(printed.text, flush=True)
    return printed.exit_code


def tell(error: SottovoceError, *, as_json: bool) -> int:
    """Tell of a failure: one line on stderr, and for scripts one object on stdout; returns the exit code."""
    print(f"sottovoce: {error.sentence} {error.remedy}", file=sys.stderr)
    if as_json:
        print(
            json.dumps({"error": {"code": error.code, "sentence": error.sentence, "remedy": error.remedy}}), flush=True
        )
    return error.exit_code
