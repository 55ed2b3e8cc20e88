"""How far the welcome of a home has come, in a file of one word beside its state."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING

from sottovoce.adapters.durable_file import write_durably

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

NAME = "welcome"
DONE = "done"


def welcome_step(state: Path) -> int | None:
    """The step to go on with, from 0; None if it was finished or skipped. A file that can't be understood is none."""
    with contextlib.suppress(OSError, ValueError):
        text = (state / NAME).read_text("ascii").strip()
        return None if text == DONE else max(0, int(text))
    return 0


def note_welcome(state: Path, step: int | None) -> None:
    """Note where to go on, or that it is done (None); if that can't be written, it comes once more."""
    try:
        write_durably(state / NAME, (DONE if step is None else str(step)).encode())
    except OSError as error:
        log.warning("how far the welcome has come could not be noted: %s", type(error).__name__)
