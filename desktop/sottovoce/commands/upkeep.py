"""What is due for everything that is kept, done now; and the clock by which things grow old."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.commands.backup import LONG_S
from sottovoce.commands.printed import Printed
from sottovoce.commands.reach import through_app_or_home
from sottovoce.domain.moments import local_moment

if TYPE_CHECKING:
    import argparse


async def upkeep(arguments: argparse.Namespace) -> Printed:  # noqa: ARG001 - as every command
    """`upkeep`.

    Raises:
        SottovoceError: Some of it could not be done.
    """
    done = await through_app_or_home("upkeep", {}, reply_s=LONG_S)
    said = []
    if done["backup"]:
        said.append("today's backup was made")
    if done["unfinished"]:
        said.append("what was erased is gone from files and backups, too")
    if done["messages_erased"]:
        said.append(f"{done['messages_erased']} messages had been kept for as long as is set, and were erased")
    if done["replaced_removed"]:
        said.append("what a restore had replaced was removed")
    text = "; ".join(said) or "nothing was due"
    return Printed(f"{text[0].upper()}{text[1:]}.", done)


async def clock(arguments: argparse.Namespace) -> Printed:
    """`clock`, `clock accept`.

    Raises:
        SottovoceError: It could not be done.
    """
    result = await through_app_or_home(f"clock.{arguments.what}", {})
    if arguments.what == "accept":
        text = "The clock is believed as it is." if result["accepted"] else "The clock was not in doubt."
    elif result["trouble"]:
        text = f"{result['trouble']['sentence']} {result['trouble']['remedy']}"
    else:
        text = f"The clock says {local_moment(result['now']):%Y-%m-%d %H:%M}, and is believed."
    return Printed(text, result)
