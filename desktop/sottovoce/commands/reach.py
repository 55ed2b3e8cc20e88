"""Where a command is done: in the running application, else in a home opened for it."""

from __future__ import annotations

import contextlib
import dataclasses
import os
from typing import TYPE_CHECKING, Any, TypeVar

from sottovoce.adapters.local_socket import REPLY_S, request
from sottovoce.adapters.places import places
from sottovoce.commands.asking import asker_of_command
from sottovoce.commands.printed import note
from sottovoce.domain.errors import AppSilent, NotRunning, SottovoceError, StillRunning, StoreInUse, UsageWrong
from sottovoce.language import words
from sottovoce.operations.declared import Needs
from sottovoce.operations.values import Asks, Values, from_json, to_json

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from sottovoce.domain.said import Said
    from sottovoce.home import Home
    from sottovoce.memory.ports import Asker
    from sottovoce.operations.declared import Ask
    from sottovoce.operations.values import Json

R = TypeVar("R", bound=Values)
R2 = TypeVar("R2", bound=Values)
T = TypeVar("T")

FROM_FILES = frozenset({"ask"})
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


async def answered(
    asked: Asks[R],
    asker: Asker | None = None,
    *,
    follow: Callable[[R, Ask], Awaitable[None]] | None = None,
) -> R:
    """Have the running application answer, or answer in the home itself.

    Args:
        asked: What an operation is asked.
        asker: Asks for a passphrase where the keyring can't give the key; the command's own if None.
        follow: Is given the answer and a way to ask on at the same place, before that is left.

    Raises:
        SottovoceError: It failed.
    """
    name = asked.operation.name

    async def in_app() -> R:
        found = await ask_app(asked)
        if follow is not None:
            await follow(found, ask_app)
        return found

    async def in_home(home: Home) -> R:
        async def ask(more: Asks[R2], /) -> R2:
            return await more.operation.run(home, more)  # type: ignore[no-any-return] # as it is declared

        async with _around(home, asked) as ready:
            found: R = await asked.operation.run(ready, asked)
        if follow is not None:
            await follow(found, ask)
        return found

    return await _somewhere(name, in_app, in_home, asker)


async def asked_anywhere(asked: Asks[R], /) -> R:
    """Ask an operation where it is answered.

    Raises:
        SottovoceError: It failed.
    """
    return await (ask_app if asked.operation.needs is Needs.APPLICATION else answered)(asked)


@contextlib.asynccontextmanager
async def _around(home: Home, asked: Asks[Any]) -> AsyncIterator[Home]:
    """What an application does all the time, and a command does for its one question: read new files, have a voice.

    Yields:
        The home to ask: one with a voice, where there is to be one.
    """
    if asked.operation.name in FROM_FILES:
        with contextlib.suppress(SottovoceError):  # what is known already answers as well; `knowledge sync` tells
            await home.recollection.knowledge.sync(within_s=SYNC_S)
    if not getattr(asked, "speak", False):
        yield home
        return
    from sottovoce.commands.aloud import answering_aloud  # noqa: PLC0415 - the voice, when it is needed

    async with answering_aloud(home) as speak:
        yield dataclasses.replace(home, front_end=dataclasses.replace(home.front_end, speak=lambda: speak))


async def ask_app(asked: Asks[R], /) -> R:
    """Have the running application answer.

    Raises:
        NotRunning: There is none.
        AppSilent: What came back is no answer.
        SottovoceError: It failed there.
    """
    operation = asked.operation
    given = {name: value for name, value in to_json(asked).items() if value is not None}
    raw = await through_app(operation.name, given, reply_s=operation.longest_s)
    try:
        return from_json(operation.answered, raw)  # type: ignore[no-any-return] # as it is declared
    except UsageWrong:
        raise AppSilent from None


async def refuse_while_running(why: Said) -> None:
    """Tell the user to quit the application first.

    Raises:
        StillRunning: It runs.
    """
    try:
        await through_app("backup.list")
    except NotRunning as nobody:
        if type(nobody) is NotRunning:
            return
        raise
    raise StillRunning(why)


async def _somewhere(
    command: str,
    in_app: Callable[[], Awaitable[T]],
    in_home: Callable[[Home], Awaitable[T]],
    asker: Asker | None,
) -> T:
    try:
        return await in_app()
    except NotRunning as nobody:
        if type(nobody) is not NotRunning:
            raise
    from sottovoce.home import open_home  # noqa: PLC0415 - the database engine, when it is needed

    try:
        async with open_home(asker=asker or asker_of_command()) as home:
            tell_of_recovery_code(home, command)
            if home.warning is not None:
                note(f"sottovoce: {home.warning}")
            home.services.maintenance.on_trouble_at_close = lambda trouble: note(f"sottovoce: {trouble}")
            return await in_home(home)
    except StoreInUse:
        # The application may have come up while we waited for its lock.
        try:
            return await in_app()
        except NotRunning:
            raise StoreInUse from None


def tell_of_recovery_code(home: Home, command: str) -> None:
    """A store that a command has just made has no recovery code yet: say how to get one."""
    if home.just_made and command != "key.recovery-code" and not home.services.escrow.wanted:
        note(f"sottovoce: {words('cli-new-store')}")
