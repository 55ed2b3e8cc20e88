"""The one place where a test waits for something it can't be told about."""

import time
from collections.abc import Callable
from threading import Event
from typing import TypeVar

T = TypeVar("T")

POLL_S = 0.02
HANGS_S = 60.0
"""Seconds after which what is waited for hangs: a busy machine takes many times what an idle one does."""


def wait_for(predicate: Callable[[], T], limit_s: float = HANGS_S, what: str = "") -> T:
    """Ask again and again until the answer is true.

    Args:
        predicate: What is asked, every 20 ms; any true value ends the waiting.
        limit_s: Seconds after which it has failed.
        what: What was waited for, for the message.

    Returns:
        The first true answer.

    Raises:
        TimeoutError: Nothing but false answers within the limit.
    """
    pause = Event()
    end = time.monotonic() + limit_s
    while not (answer := predicate()):
        if time.monotonic() > end:
            raise TimeoutError(f"not within {limit_s:g} s: {what or predicate}")
        pause.wait(POLL_S)
    return answer
