"""Clean-up that finishes, and two things at once of which none is left alone."""

from __future__ import annotations

import asyncio
import functools
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

T = TypeVar("T")
U = TypeVar("U")
P = ParamSpec("P")


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


def finishing(function: Callable[P, Coroutine[object, object, T]]) -> Callable[P, Coroutine[object, object, T]]:
    """Make each call of a coroutine function run inside `finish`.

    For what writes to the store and then changes what is held: a cancellation between the two would leave what was
    forgotten in force. tests/unit/test_finishing.py sees where it is missing.
    """

    @functools.wraps(function)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        return await finish(function(*args, **kwargs))

    return run


async def both(first: Coroutine[object, object, T], second: Coroutine[object, object, U]) -> tuple[T, U]:
    """Run both at once; if one fails, the other is cancelled and has ended when this raises.

    Raises:
        Exception: What the one that failed raised; if both did, the first one's.
    """
    try:
        async with asyncio.TaskGroup() as group:
            tasks = group.create_task(first), group.create_task(second)
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
    return tasks[0].result(), tasks[1].result()
