"""press, release, toggle, cancel, show, quit: to the running application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.adapters.process_clock import caller
from sottovoce.commands.printed import Printed
from sottovoce.commands.reach import through_app

if TYPE_CHECKING:
    import argparse


async def control(arguments: argparse.Namespace) -> Printed:
    """Send the command.

    Raises:
        NotRunning: There is no application to send it to.
    """
    window = getattr(arguments, "window", None)
    result = await through_app(arguments.command, caller() | ({"window": window} if window else {}))
    return Printed("", dict(result))
