"""The administrator's policy: what is in force, and whether a file would do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sottovoce.adapters.policy_files import policy_files, read_policy, read_policy_file
from sottovoce.commands.printed import Printed, note_error
from sottovoce.domain.errors import PolicyUnusable, UsageWrong
from sottovoce.domain.policy import Policy

if TYPE_CHECKING:
    import argparse


async def policy(arguments: argparse.Namespace) -> Printed:
    """`policy show`; `policy check FILE`: exit 1 if it can't be used.

    Raises:
        UsageWrong: The file to check is missing, or one is named where none belongs.
        PolicyUnusable: The policy in force can't be read.
    """
    if (arguments.what == "check") != (arguments.file is not None):
        raise UsageWrong("`policy check` takes one file, and `policy show` none.")
    if arguments.what == "show":
        files, present = [str(file) for file in policy_files()], read_policy()
        told = "\n".join(files) if files else "There is no policy on this machine."
        return Printed(f"{told}\n{_lines(present)}", {"policy": present.to_json(), "files": files})
    try:
        checked = Policy(**read_policy_file(Path(arguments.file)))
    except PolicyUnusable as error:
        mistake = {"code": error.code, "sentence": error.sentence, "remedy": error.remedy}
        note_error(error)
        return Printed("", {"file": arguments.file, "ok": False, "error": mistake}, 1)
    return Printed(
        f"It can be used.\n{_lines(checked)}", {"file": arguments.file, "ok": True, "policy": checked.to_json()}
    )


def _lines(present: Policy) -> str:
    words = {None: "the user chooses", True: "on", False: "off"}
    return "\n".join(
        f"{name:20} {words[value] if value is None or isinstance(value, bool) else value}"
        for name, value in present.to_json().items()
    )
