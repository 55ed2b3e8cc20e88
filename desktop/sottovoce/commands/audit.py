"""What was done with everything that is kept, and whether that log is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.commands.printed import Printed
from sottovoce.commands.reach import through_app_or_home
from sottovoce.domain.errors import UsageWrong
from sottovoce.domain.moments import local_moment

if TYPE_CHECKING:
    import argparse


async def audit(arguments: argparse.Namespace) -> Printed:
    """`audit list`: exit 1 if the log is not whole; `audit accept`: go on from the log as it is.

    Raises:
        UsageWrong: The limit is none.
        SottovoceError: The store can't be read or written.
    """
    if arguments.what == "accept":
        return Printed("The audit log goes on from here.", await through_app_or_home("audit.accept", {}))
    if arguments.limit is not None and arguments.limit < 1:
        raise UsageWrong("The limit must be at least 1.")
    result = await through_app_or_home("audit.list", {"limit": arguments.limit})
    lines = []
    for entry in result["entries"]:
        when = local_moment(entry["at"]).strftime("%Y-%m-%d %H:%M:%S")
        detail = " ".join(f"{name}={value}" for name, value in entry["detail"].items())
        lines.append(f"{entry['number']:6}  {when}  {entry['event']:20}  {detail}".rstrip())
    if trouble := result["trouble"]:
        lines += [trouble["sentence"], trouble["remedy"]]
    return Printed("\n".join(lines), result, 1 if trouble else 0)
