"""What was sent: where, when and how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.commands.printed import Printed
from sottovoce.commands.reach import through_app_or_home
from sottovoce.domain.errors import UsageWrong
from sottovoce.domain.moments import local_moment

if TYPE_CHECKING:
    import argparse


async def egress(arguments: argparse.Namespace) -> Printed:
    """`egress`, newest first.

    Raises:
        UsageWrong: The limit is none.
        SottovoceError: The store can't be read.
    """
    if arguments.limit is not None and arguments.limit < 1:
        raise UsageWrong("The limit must be at least 1.")
    result = await through_app_or_home("egress", {"limit": arguments.limit})
    lines = [
        f"{local_moment(sent['at']):%Y-%m-%d %H:%M:%S}  {sent['endpoint']}  "
        f"{sent['purpose']}  {sent['bytes_out']} bytes"
        for sent in result["sent"]
    ]
    return Printed("\n".join(lines) or "Nothing was ever sent anywhere.", result)
