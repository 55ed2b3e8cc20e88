"""Where a mistake of ours goes that nobody waits for: a trace in the log, without the words of the exception."""

from __future__ import annotations

import logging
import traceback

log = logging.getLogger(__name__)


def log_bug(where: str, error: BaseException) -> None:
    """Write the kind of `error` and the places it came through; its text may hold what was said, so it stays out."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s: %s\n%s", where, type(error).__name__, frames)
