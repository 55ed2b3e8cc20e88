"""The one place where a test waits for something it can't be told about."""

import time
from collections.abc import Callable
from threading import Event
from typing import TypeVar

T = TypeVar("T")

POLL_S = 0.02
LONGEST_POLL_S = 0.1
"""Who has waited for long is asked less often, a tenth of the time later at most: many a question starts a process."""
HANGS_S = 60.0
"""Seconds after which what is waited for hangs: a busy machine takes many times what an idle one does."""


def wait_for(predicate: Callable[[], T], limit_s: float = HANGS_S, what: str = "") -> T:
    """Ask again and again until the answer is true.

    Args:
        predicate: What is asked, every 20 ms at first; any true value ends the waiting.
        limit_s: Seconds after which it has failed.
        what: What was waited for, for the message.

    Returns:
        The first true answer.

    Raises:
        TimeoutError: Nothing but false answers within the limit.
    """
    pause = Event()
    began = time.monotonic()
    while not (answer := predicate()):
        waited_s = time.monotonic() - began
        if waited_s > limit_s:
            raise TimeoutError(f"not within {limit_s:g} s: {what or predicate}")
        pause.wait(min(max(POLL_S, waited_s / 10), LONGEST_POLL_S))
    return answer
