"""Background work that goes on for ever: what failed is tried again, after longer pauses while it keeps failing."""

from __future__ import annotations

import asyncio
import logging
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from sottovoce.domain.errors import Bug, SottovoceError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How long work that failed waits until it is tried again."""

    first_s: float
    """After the first failure."""
    longest_s: float = math.inf
    """Each failure in a row doubles the pause, up to this."""

    def __post_init__(self) -> None:
        """Refuse what can't be waited for."""
        if not 0 <= self.first_s <= self.longest_s:
            raise ValueError("the first pause must be at least 0, and not longer than the longest")


class Backoff:
    """The pauses of one piece of work: each twice as long as the one before, until it has worked."""

    def __init__(self, policy: RetryPolicy) -> None:
        """Begin with the shortest one."""
        self._policy = policy
        self._pause_s = policy.first_s

    def reset(self) -> None:
        """It has worked: the next pause is the shortest one again."""
        self._pause_s = self._policy.first_s

    def next_s(self) -> float:
        """Seconds to wait after this failure."""
        pause_s = self._pause_s
        self._pause_s = min(2 * pause_s, self._policy.longest_s)
        return pause_s


async def keep_trying(
    step: Callable[[], Awaitable[None]],
    policy: RetryPolicy,
    on_failure: Callable[[SottovoceError], None],
    pause: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> NoReturn:
    """Do `step` again and again until cancelled; after a failure, even one that nobody expected, it waits.

    Args:
        step: One round; waits itself until there is something to do.
        policy: How long it waits after failures.
        on_failure: Called with each failure, before the pause; a `Bug`, which is logged, for what was not expected.
        pause: Waits so many seconds after a failure, or less where something else is to be done before.
    """
    backoff = Backoff(policy)
    while True:
        try:
            await step()
        except SottovoceError as trouble:
            on_failure(trouble)
        except Exception:
            log.exception("work in the background")
            on_failure(Bug())
        else:
            backoff.reset()
            continue
        await pause(backoff.next_s())
