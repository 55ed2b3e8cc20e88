"""One open home, asked by name as the clients of the application's socket do, without an application."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sottovoce.language  # noqa: F401 - the words of errors
from sottovoce.domain.errors import UsageWrong
from sottovoce.domain.said import said
from sottovoce.operations.declared import Face, Needs
from sottovoce.operations.registry import find
from sottovoce.operations.values import from_json, to_json

if TYPE_CHECKING:
    from sottovoce.home import Home
    from sottovoce.operations.values import Json


class Service:
    """One open home, asked by name."""

    def __init__(self, home: Home) -> None:
        """Serve `home`."""
        self._home = home

    async def answer(self, command: str, arguments: Json) -> Json:
        """Do one thing.

        Raises:
            UsageWrong: There is no such operation, or an argument is not of its kind.
            SottovoceError: It failed.
        """
        operation = find(command)
        if operation.needs is not Needs.OPEN_HOME or Face.SOCKET not in operation.faces:
            raise UsageWrong(said("cli-unknown-operation"))
        return to_json(await operation.run(self._home, from_json(operation.asked, arguments)))
