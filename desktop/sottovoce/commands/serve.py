"""`api serve`: the local API of this user's home, without a screen."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import signal
import sys
from typing import TYPE_CHECKING, Any, TypeVar

from sottovoce.adapters.file_watch import folder_watched
from sottovoce.adapters.local_socket import LocalServer
from sottovoce.api.local_api import ApiAddress, LocalApi
from sottovoce.api.ports import ApiHost
from sottovoce.commands.asked import printed
from sottovoce.commands.asking import asker_of_command
from sottovoce.commands.printed import note
from sottovoce.commands.reach import tell_of_recovery_code
from sottovoce.domain.errors import ApiForbidden, AppLocked, NotRunning, UsageWrong
from sottovoce.domain.said import said
from sottovoce.home import open_home
from sottovoce.home.front_end import ALONE, ApiServed
from sottovoce.home.idle_lock import IdleLock
from sottovoce.language import words
from sottovoce.memory.finish import finish
from sottovoce.memory.upkeep import Upkeep
from sottovoce.operations.api import ShowApi, show_api
from sottovoce.operations.declared import Face, Needs
from sottovoce.operations.registry import find
from sottovoce.operations.values import Asks, Values, from_json, to_json

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncIterator, Callable, Iterator

    from sottovoce.commands.printed import Printed
    from sottovoce.home import Home
    from sottovoce.operations.api import ServeApi

R = TypeVar("R", bound=Values)


async def serve(asked: ServeApi, _: argparse.Namespace) -> Printed:
    """Serve until SIGTERM, Ctrl+C, `sottovoce quit` or a policy against it; other commands go through it meanwhile.

    Raises:
        StoreInUse: The application runs; `api` in its settings has it served.
        ApiForbidden: The policy does not let it be served, or not any more.
        AppLocked: Nobody has used it for as long as the policy lets it be open.
        ApiTrouble: It can't be served.
    """
    quitting = asyncio.Event()
    if sys.platform != "win32":
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, quitting.set)
    async with served(asked, quitting.set) as (home, api, idle):
        status = await show_api(home, ShowApi())
        for address in (api.served.address, api.served.socket, api.served.wyoming):
            if address:
                note(words("cliapi-at", address=address))
        note(words("cliapi-no-bell"))
        await quitting.wait()
        if idle.is_over:
            raise AppLocked
        if home.policy.api_allowed is False:
            raise ApiForbidden
    return printed(asked, status)


@contextlib.asynccontextmanager
async def served(asked: ServeApi, on_quit: Callable[[], None]) -> AsyncIterator[tuple[Home, LocalApi, IdleLock]]:
    """The home, open, with its API and the socket of commands, and what knows when it was last used.

    Raises:
        SottovoceError: One of them can't be had.
    """
    apis: list[LocalApi] = []
    front_end = dataclasses.replace(ALONE, api=lambda: apis[0].served if apis else ApiServed())
    async with open_home(asker=asker_of_command(), front_end=front_end) as home:
        tell_of_recovery_code(home, asked.operation.name)
        idle = IdleLock(lambda: home.policy.lock_after_idle_minutes, lambda: False)

        async def ask(more: Asks[R], /) -> R:
            if more.operation.needs is not Needs.OPEN_HOME:
                raise NotRunning
            with idle.using(more.operation.name):
                return await more.operation.run(home, more)  # type: ignore[no-any-return] # as it is declared

        async def answer(command: str, arguments: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
            operation = find(command)
            if Face.SOCKET not in operation.faces:
                raise UsageWrong(said("cli-unknown-operation"))
            if command == "quit":
                on_quit()
                return {"stage": "ready"}
            return to_json(await ask(from_json(operation.asked, arguments)))

        commands = LocalServer(home.places.socket, answer)
        await commands.open()
        try:
            api = LocalApi(ApiHost(home=home, ask=ask, changed=idle.used, using=idle.using))
            await api.open(_address(asked, home))
            apis.append(api)
            try:
                async with kept_up(home), locked_when_idle(idle, on_quit):
                    with policy_followed(home, on_quit, idle.look):
                        yield home, api, idle
            finally:
                await api.close()
        finally:
            await commands.close()


@contextlib.asynccontextmanager
async def kept_up(home: Home) -> AsyncIterator[None]:
    """Do what is due now and then for the length of the block: it may last for months."""
    idle = home.front_end.idle
    upkeep = Upkeep(home.chores(idle), idle=idle, on_trouble=home.front_end.take)
    keeping = asyncio.create_task(upkeep.run(), name="upkeep")
    try:
        yield
    finally:
        keeping.cancel()
        await finish(asyncio.wait({keeping}))


@contextlib.asynccontextmanager
async def locked_when_idle(idle: IdleLock, on_over: Callable[[], None]) -> AsyncIterator[None]:
    """Call `on_over` when nobody has used it for as long as the policy lets it be open."""
    waiting = asyncio.create_task(idle.over(), name="idle")
    waiting.add_done_callback(lambda done: None if done.cancelled() else on_over())
    try:
        yield
    finally:
        waiting.cancel()
        await finish(asyncio.wait({waiting}))


@contextlib.contextmanager
def policy_followed(home: Home, on_forbidden: Callable[[], None], on_change: Callable[[], None]) -> Iterator[None]:
    """Call `on_change` when there is another policy, and `on_forbidden` if it lets no API be served."""

    def changed() -> None:
        on_change()
        if home.policies.in_force.policy.api_allowed is False:
            on_forbidden()

    home.policies.follow(changed)
    with contextlib.ExitStack() as stack:
        stack.callback(home.policies.follow, lambda: None)
        for folder in home.policies.place.folders:
            stack.enter_context(folder_watched(folder, lambda: home.policy))
        yield


def _address(asked: ServeApi, home: Home) -> ApiAddress:
    port = asked.port
    if port is None and asked.socket is None:
        port = home.policy.applied(home.settings).api_port
    wyoming = asked.wyoming
    if wyoming is None:
        wyoming = home.policy.applied(home.settings).api_wyoming_port or None
    return ApiAddress(host=asked.host, port=port, socket=asked.socket, wyoming=wyoming)
