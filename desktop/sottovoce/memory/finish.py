"""Clean-up that finishes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")


async def finish(cleanup: Coroutine[object, object, T]) -> T:
    """Run `cleanup` to its end even if we are cancelled meanwhile; then pass the cancellation on.

    Raises:
        asyncio.CancelledError: We were cancelled; `cleanup` has run to its end nevertheless.
        BaseException: What `cleanup` raised.
    """
    task = asyncio.ensure_future(cleanup)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as request:
            cancelled = request
        except BaseException:  # noqa: BLE001 - raised from result() below
            break
    if cancelled:
        # Retrieve the outcome, or asyncio reports it as never seen.
        if not task.cancelled():
            task.exception()
        raise cancelled
    return task.result()
