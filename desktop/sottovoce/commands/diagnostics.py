"""A report for somebody who helps, also where the home can't be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.commands.asked import printed
from sottovoce.commands.printed import note_error
from sottovoce.commands.reach import answered
from sottovoce.domain.errors import Interrupted, SottovoceError, UsageWrong
from sottovoce.operations.diagnostics import WriteDiagnostics, write_unopened

if TYPE_CHECKING:
    import argparse

    from sottovoce.commands.printed import Printed


async def diagnostics(asked: WriteDiagnostics, _: argparse.Namespace) -> Printed:
    """`diagnostics FILE.zip`: where the home can't be asked, that is told, and the report has all but what is in it.

    Raises:
        PlacesUnusable: It can't be written.
    """
    try:
        return printed(asked, await answered(asked))
    except (UsageWrong, Interrupted):
        raise
    except SottovoceError as trouble:
        written = await write_unopened(asked, trouble)
        note_error(trouble)
        return printed(asked, written)
