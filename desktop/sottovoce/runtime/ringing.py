"""What rings in the tray: the parts of `talk.ringing`, opened and closed in order around its one task."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from sottovoce.adapters.bell import SoundBell
from sottovoce.adapters.notifications import DesktopNotices
from sottovoce.adapters.wake import Waker
from sottovoce.home.opening import local_now
from sottovoce.memory.finish import finish
from sottovoce.talk.ringing import Ringing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from sottovoce.domain.errors import SottovoceError
    from sottovoce.home import Home
    from sottovoce.talk.conversation import Talk
    from sottovoce.talk.ringing import Notice


@contextlib.asynccontextmanager
async def ringing(
    home: Home,
    talk: Callable[[], Talk],
    show: Callable[[Notice], None],
    on_trouble: Callable[[SottovoceError], None],
) -> AsyncIterator[Ringing]:
    """Ring what is due for the length of the block.

    Args:
        home: Whose timers, alarms and reminders.
        talk: The conversation that has the voice now.
        show: Shows a notice where the desktop has no notifications.
        on_trouble: Called with trouble.
    """

    async def say(text: str, user: str) -> None:
        await talk().tell(text, user)

    waker, bell = Waker(), SoundBell()
    notices = DesktopNotices(show)
    rings = Ringing(
        schedule=home.planner.schedule,
        context_of=home.memory.get_user_context,
        now=local_now,
        waking=waker,
        bell=bell,
        notices=notices,
        say=say,
        on_trouble=on_trouble,
    )
    notices.follow(rings.act, rings.closed)
    async with contextlib.AsyncExitStack() as stack:
        stack.callback(waker.close)
        stack.push_async_callback(bell.close)
        stack.push_async_callback(notices.close)
        task = asyncio.create_task(rings.run(), name="ringing")
        try:
            yield rings
        finally:
            task.cancel()
            await finish(asyncio.wait([task]))
