"""Everything that is kept, in clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.commands.backup import LONG_S, absolute
from sottovoce.commands.printed import Printed
from sottovoce.commands.reach import through_app_or_home

if TYPE_CHECKING:
    import argparse


async def export(arguments: argparse.Namespace) -> Printed:
    """`export FOLDER`.

    Raises:
        PlacesUnusable: The folder holds something already.
        SottovoceError: It could not be written.
    """
    folder = absolute(arguments.folder)
    done = await through_app_or_home("export", {"folder": str(folder)}, reply_s=LONG_S)
    return Printed(
        f"{done['rows']['messages']} messages and all else that is kept were written to {done['folder']} IN CLEAR:"
        " whoever can read that folder reads all you said.",
        done,
    )
