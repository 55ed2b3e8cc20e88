"""press, release, toggle, cancel: to the running application, with the moment that this process began."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sottovoce.adapters.process_clock import caller
from sottovoce.commands.asked import printed
from sottovoce.commands.reach import ask_app

if TYPE_CHECKING:
    import argparse

    from sottovoce.commands.printed import Printed
    from sottovoce.operations.values import Asks


async def call(asked: Asks[Any], _: argparse.Namespace) -> Printed:
    """Send the call.

    Raises:
        NotRunning: There is no application to send it to.
    """
    asked = asked.but(**caller())
    return printed(asked, await ask_app(asked))
