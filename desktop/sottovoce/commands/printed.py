"""What a command prints: for people, or exactly one JSON object."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import sottovoce.language  # noqa: F401 - the words of errors
from sottovoce.domain.errors import OutputUnwritable

if TYPE_CHECKING:
    from sottovoce.domain.errors import SottovoceError


_FOREIGN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and new line, DEL, C1: cursor, title, clipboard, answers as if typed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # order of reading: a name would show as another
    "\u2028\u2029\ufff9-\ufffb\U000e0001]"
)
"""What steers a terminal in place of being shown by it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished command's output."""

    text: str
    """For people; may be empty."""
    data: dict[str, Any] = field(default_factory=dict)
    """For scripts."""
    exit_code: int = 0
    printed: bool = False
    """Whether the command had to see it printed before it went on, and has done so."""


def printable(text: str) -> str:
    """The text with whatever steers a terminal spelled out: a model, a memory or a file's name may hold anything."""
    return _FOREIGN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text.replace("\r\n", "\n"))


def note(text: str, *, end: str = "\n") -> None:
    """Say something beside the output, on stderr; where nobody takes it, the exit code has to tell."""
    try:
        print(printable(text), file=sys.stderr, end=end, flush=True)
    except OSError:
        drop(sys.stderr)


def note_error(error: SottovoceError) -> None:
    """Tell of a failure in one line on stderr."""
    note_trouble(error.sentence, error.remedy)


def note_trouble(sentence: str, remedy: str) -> None:
    """Tell of trouble in one line on stderr, whatever a name in its sentence holds."""
    note(" ".join(f"sottovoce: {sentence} {_found(remedy)}".splitlines()))


def _found(remedy: str) -> str:
    """The remedy with the command as it can be typed here: from a checkout it may be on nobody's PATH."""
    if "`sottovoce " not in remedy or shutil.which("sottovoce"):
        return remedy
    started = Path(sys.argv[0])
    known = started.stem == "sottovoce" and started.is_file()
    command = shlex.quote(str(started.absolute())) if known else f"{shlex.quote(sys.executable)} -m sottovoce"
    return remedy.replace("`sottovoce ", f"`{command} ")


def write(text: str) -> None:
    """Print text of ours, of which `printable` has been made what is not.

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
    if printed.printed:
        return printed.exit_code
    if as_json:
        # ASCII: valid JSON whatever the output's encoding is, and whatever bytes a file's name has.
        write(json.dumps(printed.data))
    elif printed.text:
        write(printable(printed.text))
    return printed.exit_code


def tell(error: SottovoceError, *, as_json: bool) -> int:
    """Tell of a failure: one line on stderr, and for scripts one object on stdout; returns the exit code.

    Raises:
        BrokenPipeError, OutputUnwritable: As `write`.
    """
    note_error(error)
    if as_json:
        show_error(error)
    return error.exit_code


def show_error(error: SottovoceError) -> None:
    """Tell scripts of a failure by one object on stdout.

    Raises:
        BrokenPipeError, OutputUnwritable: As `write`.
    """
    write(json.dumps({"error": {"code": error.code, "sentence": error.sentence, "remedy": error.remedy}}))
