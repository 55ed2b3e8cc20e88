"""Everything that is kept, in clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.commands.backup import LONG_S, absolute
from sottovoce.commands.printed import Printed
from sottovoce.commands.reach import through_app_or_home

if TYPE_CHECKING:
    import argparse


async def export(arguments: argparse.Namespace) -> Printed:
    """`export FOLDER [--user U]`.

    Raises:
        PlacesUnusable: The folder holds something already.
        ThingNotFound: There is nothing of this user.
        SottovoceError: It could not be written.
    """
    folder = absolute(arguments.folder)
    done = await through_app_or_home("export", {"folder": str(folder), "user": arguments.user}, reply_s=LONG_S)
    whose = "" if arguments.user is None else f" of {arguments.user}"
    return Printed(
        f"{done['rows']['messages']} messages and all else that is kept{whose} were written to {done['folder']}"
        " IN CLEAR: whoever can read that folder reads all you said.",
        done,
    )
