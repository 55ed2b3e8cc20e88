"""What an opening does besides opening: what an earlier session left undone, and what an administrator wants of it."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
from typing import TYPE_CHECKING, Final

from sottovoce.domain.errors import CodeEscrowed, SottovoceError, StoreTrouble
from sottovoce.home.home import caught_up
from sottovoce.memory.finish import finish

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sottovoce.adapters.store import StoreCare, StoreKeys
    from sottovoce.domain.errors import ClockDoubted
    from sottovoce.home.escrow import Escrow
    from sottovoce.home.front_end import FrontEnd
    from sottovoce.home.home import Home
    from sottovoce.home.maintenance import Maintenance

log = logging.getLogger(__name__)

OPENING_S: Final = 1.0
"""Seconds that opening waits for what an earlier session left undone; after that it goes on beside the use."""


async def escrow_news(escrow: Escrow) -> SottovoceError | None:
    """Have the recovery code kept where the policy wants it; what to tell of that."""
    try:
        return CodeEscrowed() if await escrow.ensure() else None
    except SottovoceError as trouble:  # it keeps nobody from the store, and is tried again
        log.warning("the recovery code is not kept yet: %s", trouble.code)
        return trouble


async def under_policy(home: Home) -> None:
    """What another policy than the last session's asks for."""
    try:
        await home.forget_files()
        await home.audit_policy()
    except StoreTrouble as trouble:  # it keeps nobody from the store
        log.warning("the policy is not in the audit log: %s", trouble.code)


async def clock_news(maintenance: Maintenance) -> ClockDoubted | None:
    """What to tell of the machine's clock, if anything."""
    try:
        return await maintenance.clock_news()
    except StoreTrouble as trouble:  # it keeps nobody from the store
        log.warning("the clock was not looked at: %s", trouble.code)
        return None


@contextlib.asynccontextmanager
async def catching_up(care: StoreCare, keys: StoreKeys, front_end: FrontEnd) -> AsyncIterator[SottovoceError | None]:
    """Finish what was left undone: rows at once, files beside the block; gives the trouble there is with it so far."""
    trouble = await caught_up(care.erasing.resume_rows)
    opened = False

    async def resume() -> SottovoceError | None:
        met = await caught_up(functools.partial(care.erasing.resume, memories_too=False), keys.resume)
        if opened and met is not None:
            front_end.take(met)
        return met

    resuming = asyncio.create_task(resume(), name="catching up")
    try:
        await asyncio.wait({resuming}, timeout=OPENING_S)
        opened = True
        yield trouble or (resuming.result() if resuming.done() else None)
        await asyncio.wait({resuming}, timeout=front_end.patience_s)
    finally:
        resuming.cancel()
        await finish(asyncio.wait({resuming}))
