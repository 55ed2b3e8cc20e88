"""Where a command is done: in the running application, else in a home opened for it."""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.local_socket import REPLY_S, request
from sottovoce.adapters.places import places
from sottovoce.commands.asking import asker_of_command
from sottovoce.commands.printed import note
from sottovoce.domain.errors import AppSilent, NotRunning, SottovoceError, StoreInUse

if TYPE_CHECKING:
    from sottovoce.home import Home
    from sottovoce.memory.ports import Asker

Json = dict[str, Any]

FROM_FILES = frozenset({"ask", "listen"})
"""What may be answered from the user's files, which nobody keeps in step here."""
SYNC_S = 3.0
"""Seconds spent on reading new files before such an answer; unchanged ones take some milliseconds."""


async def through_app(command: str, arguments: Json | None = None, *, reply_s: float = REPLY_S) -> Any:  # noqa: ANN401 - JSON
    """Have the running application do it.

    Raises:
        NotRunning: There is none.
        AppSilent: What came back is no reply.
        SottovoceError: It failed there.
    """
    result = await request(places(os.environ).socket, command, arguments, reply_s=reply_s)
    if not isinstance(result, dict):
        raise AppSilent
    return result


Call = Callable[[str, Json], Awaitable[Json]]
"""Does another command at the same place."""


async def through_app_or_home(
    command: str,
    arguments: Json,
    asker: Asker | None = None,
    *,
    reply_s: float = REPLY_S,
    follow: Callable[[Json, Call], Awaitable[None]] | None = None,
) -> Json:
    """Have the running application do it, or do it in the home itself.

    Args:
        command: Its name in `service`.
        arguments: As JSON.
        asker: Asks for a passphrase where the keyring can't give the key; the command's own if None.
        reply_s: Seconds the running application may take.
        follow: Is given what came of it and a way to go on at the same place, before that is left.

    Raises:
        SottovoceError: It failed.
    """

    async def in_app(name: str, wanted: Json) -> Json:
        return dict(await through_app(name, wanted, reply_s=reply_s))

    try:
        done = await in_app(command, arguments)
    except NotRunning as nobody:
        if type(nobody) is not NotRunning:
            raise
    else:
        return await _followed(done, in_app, follow)
    from sottovoce.home import open_home  # noqa: PLC0415 - the database engine, when it is needed

    try:
        async with open_home(asker=asker or asker_of_command()) as home:
            tell_of_recovery_code(home, command)
            if home.warning is not None:
                note(f"sottovoce: {home.warning}")
            home.maintenance.tell_at_close = lambda trouble: note(f"sottovoce: {trouble}")
            done = await _in_home(home, command, arguments)
            return await _followed(done, functools.partial(_in_home, home), follow)
    except StoreInUse:
        # The application may have come up while we waited for its lock.
        try:
            done = await in_app(command, arguments)
        except NotRunning:
            raise StoreInUse from None
    return await _followed(done, in_app, follow)


async def _followed(done: Json, call: Call, follow: Callable[[Json, Call], Awaitable[None]] | None) -> Json:
    if follow is not None:
        await follow(done, call)
    return done


def tell_of_recovery_code(home: Home, command: str) -> None:
    """A store that a command has just made has no recovery code yet: say how to get one."""
    if home.just_made and command != "key.recovery-code" and not home.escrow.wanted:
        note(
            "sottovoce: A new encrypted store was made. Run `sottovoce key recovery-code` now and keep what it shows:"
            " without it, a lost keyring means a lost store. If you have a backup from another machine, put it into"
            " its place: `sottovoce backup restore FILE`."
        )


async def _in_home(home: Home, command: str, arguments: Json) -> Json:
    from sottovoce.service import Service  # noqa: PLC0415 - as above

    if command in FROM_FILES:
        with contextlib.suppress(SottovoceError):  # what is known already answers as well; `knowledge sync` tells
            await home.knowledge.sync(within_s=SYNC_S)
    if not arguments.get("speak"):
        return await Service(home).answer(command, arguments)
    from sottovoce.commands.aloud import answering_aloud  # noqa: PLC0415 - the voice, when it is needed

    async with answering_aloud(home) as speak:
        return await Service(home, speak).answer(command, arguments)
