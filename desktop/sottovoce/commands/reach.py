"""Where a command is done: in the running application, else in a home opened for it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.local_socket import request
from sottovoce.adapters.places import places
from sottovoce.domain.errors import NotRunning, StoreInUse

if TYPE_CHECKING:
    from sottovoce.home import Home

Json = dict[str, Any]


async def through_app(command: str, arguments: Json | None = None) -> Any:  # noqa: ANN401 - JSON
    """Have the running application do it.

    Raises:
        NotRunning: There is none.
        SottovoceError: It failed there.
    """
    return await request(places(os.environ).socket, command, arguments)


async def through_app_or_home(command: str, arguments: Json) -> Json:
    """Have the running application do it, or do it in the home itself.

    Raises:
        SottovoceError: It failed.
    """
    try:
        return dict(await through_app(command, arguments))
    except NotRunning as nobody:
        if type(nobody) is not NotRunning:
            raise
    from sottovoce.home import open_home  # noqa: PLC0415 - the database engine, when it is needed

    try:
        async with open_home() as home:
            return await _in_home(home, command, arguments)
    except StoreInUse:
        # The application may have come up while we waited for its lock.
        try:
            return dict(await through_app(command, arguments))
        except NotRunning:
            raise StoreInUse from None


async def _in_home(home: Home, command: str, arguments: Json) -> Json:
    from sottovoce.service import Service  # noqa: PLC0415 - as above

    if not arguments.get("speak"):
        return await Service(home).answer(command, arguments)
    from sottovoce.commands.aloud import answering_aloud  # noqa: PLC0415 - the voice, when it is needed

    async with answering_aloud(home, arguments.get("user")) as speak:
        return await Service(home, speak).answer(command, arguments)
