"""What the tray looks after while nobody talks."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sottovoce.domain.errors import SottovoceError, UpdateSilent, UpdateUnreachable
from sottovoce.memory.upkeep import Upkeep
from sottovoce.operations.update import news_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.home import Home
    from sottovoce.ui.interface import Interface

log = logging.getLogger(__name__)


def upkeep_of(
    home: Home,
    interface: Callable[[], Interface | None],
    *,
    idle: Callable[[], bool],
    on_trouble: Callable[[SottovoceError], None],
) -> Upkeep:
    """All that is due now and then in a home.

    Args:
        home: Whose.
        interface: Shows what came of it; None as long as there is none.
        idle: Whether nobody talks.
        on_trouble: Called with what keeps it from being done, once for as long as it stays the same.
    """

    async def retain() -> None:
        erased = await home.services.maintenance.retain()
        shown = interface()
        if erased is not None and shown is not None:
            shown.stored(anew=True)

    return Upkeep(
        home.chores(idle) | {"retention": retain, "releases": lambda: tell_release(home, interface)},
        idle=idle,
        on_trouble=on_trouble,
    )


async def tell_release(home: Home, interface: Callable[[], Interface | None]) -> None:
    """Tell of a newer version, once; that nobody could be asked is no matter to bother anybody with."""
    try:
        release = await home.services.releases.newer()
    except (UpdateUnreachable, UpdateSilent) as trouble:
        log.info("nobody told whether there is a newer version: %s", trouble.code)
        return
    shown = interface()
    if release is not None and shown is not None:
        shown.tell_error(news_of(release))
