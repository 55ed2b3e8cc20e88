"""Questions that are typed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sottovoce.commands.asked import printed
from sottovoce.commands.reach import answered
from sottovoce.domain.errors import UsageWrong
from sottovoce.domain.said import said

if TYPE_CHECKING:
    import argparse

    from sottovoce.commands.printed import Printed
    from sottovoce.operations.ask import AskText


async def ask(asked: AskText, arguments: argparse.Namespace) -> Printed:
    """`ask TEXT`; `ask -` reads the question from the input: other users see a command line, and shells keep it.

    Raises:
        UsageWrong: There is nothing in it.
        SottovoceError: It could not be answered.
    """
    text = (sys.stdin.read() if arguments.text == ["-"] else asked.text).strip()
    if not text:
        raise UsageWrong(said("cliask-nothing"))
    asked = asked.but(text=text)
    return printed(asked, await answered(asked))
