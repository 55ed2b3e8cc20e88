"""Snapshots on their way to the disk: written behind the callers' backs, the newest of each user only."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import TYPE_CHECKING

from sottovoce.domain.errors import Bug, SottovoceError, StoreTrouble
from sottovoce.memory.finish import finish, finishing
from sottovoce.memory.retrying import RetryPolicy, keep_trying

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection

    from sottovoce.domain.contexts import UserContext

log = logging.getLogger(__name__)

SAVE_INTERVAL_S = 5.0
"""Seconds a change may wait for others to share its write: a crash can lose a count or two, never a word said."""
RETRY = RetryPolicy(first_s=10.0, longest_s=300.0)
"""From a failed save until the next try."""


class AutoSave:
    """Saves changed contexts, at most once in `interval_s`; a failure is shown and tried again, nothing is dropped."""

    def __init__(
        self,
        save: Callable[[UserContext], Awaitable[None]],
        *,
        interval_s: float = SAVE_INTERVAL_S,
        clock: Callable[[], float] = time.time,
        on_trouble: Callable[[SottovoceError], None] = lambda _: None,
    ) -> None:
        """Prepare; the first `mark` starts the task, `close` ends it.

        Args:
            save: Makes one snapshot durable, whole or not at all; raises a StoreTrouble if it can't.
            interval_s: Seconds from a change until it is saved, with all that came meanwhile.
            clock: Seconds since 1970-01-01 UTC.
            on_trouble: Shows trouble to the user; called once for as long as it stays the same.

        Raises:
            ValueError: The interval is not positive.
        """
        if interval_s <= 0:
            raise ValueError("the interval must be positive")
        self.interval_s = interval_s
        self.last_save: float | None = None
        """When everything marked until then was durable, seconds since 1970-01-01 UTC."""
        self.trouble: SottovoceError | None = None
        """Why the last try failed; None if it did not."""
        self.on_trouble = on_trouble
        self._save = save
        self._clock = clock
        self._waiting: dict[str, UserContext] = {}
        self._wake = asyncio.Event()
        self._saving = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self._closing = self._ended = False

    @property
    def waiting(self) -> int:
        """How many users' snapshots are not durable yet."""
        return len(self._waiting)

    def holds(self, user_id: str) -> bool:
        """Whether this user's newest snapshot is not durable yet."""
        return user_id in self._waiting

    def mark(self, context: UserContext) -> None:
        """Save it soon; an older one of the same user needs no write any more. Returns at once."""
        self._waiting[context.user_id] = context
        self._wake.set()
        if self._ended:
            log.error("a change of a user context came after the end and is not saved")
        elif self._task is None and not self._closing:
            self._task = asyncio.get_running_loop().create_task(self._run(), name="auto-save")

    def drop(self, users: Collection[str] | None = None) -> None:
        """Save nothing of what waits, or of what waits of these users: it has been erased."""
        for user in tuple(self._waiting) if users is None else users:
            self._waiting.pop(user, None)

    @contextlib.asynccontextmanager
    async def paused(self, users: Collection[str] = ()) -> AsyncIterator[None]:
        """Let nothing be saved for the length of the block; what waits of these users is saved before (tried once)."""
        async with self._saving:
            with contextlib.suppress(SottovoceError):  # what can't be saved goes on waiting
                while late := self._waiting.keys() & set(users):
                    for user in late:
                        await self._save_one(user)
            yield

    async def flush(self, user_id: str | None = None) -> None:
        """Return once everything of this user (None: of all) that was marked so far is durable.

        One user's trouble keeps nobody else's from being saved.

        Raises:
            StoreTrouble, Bug: Something could not be saved; it is tried again later.
        """
        trouble: SottovoceError | None = None
        async with self._saving:
            now = self._clock()
            for user in tuple(self._waiting) if user_id is None else (user_id,):  # later marks wait for the next one
                try:
                    await self._save_one(user)
                except StoreTrouble as error:
                    trouble = trouble or error
                except Exception:
                    log.exception("auto-save")
                    trouble = trouble or Bug()
        if trouble is not None:
            self._note(trouble)
            raise trouble
        if user_id is None or not self._waiting:
            self.trouble = None
            self.last_save = now

    @finishing
    async def _save_one(self, user: str) -> None:
        context = self._waiting.get(user)
        if context is None:  # saved or dropped meanwhile
            return
        await self._save(context)
        if self._waiting.get(user) is context:  # else a newer one came meanwhile
            del self._waiting[user]

    async def close(self) -> None:
        """End the task and save what waits, also what comes meanwhile (each tried once). Idempotent."""
        await finish(self._close())

    async def _close(self) -> None:
        self._closing = True
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait({task})
        try:
            while self._waiting:
                await self.flush()
        except SottovoceError as trouble:
            log.error("the last changes of a user context are lost: %s", trouble.code)  # noqa: TRY400 - no bug
        self._ended = True

    async def _run(self) -> None:
        await keep_trying(self._save_soon, RETRY, lambda _: self._wake.set())  # `flush` has noted the trouble

    async def _save_soon(self) -> None:
        await self._wake.wait()
        await asyncio.sleep(self.interval_s)
        self._wake.clear()
        await self.flush()

    def _note(self, trouble: SottovoceError) -> None:
        before, self.trouble = self.trouble, trouble
        if before is None or before.code != trouble.code:
            log.warning("auto-save: %s", trouble.code)
            self.on_trouble(trouble)
