"""Whether there is a newer version."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sottovoce.adapters.places import places
from sottovoce.adapters.policy_files import PolicySource
from sottovoce.adapters.settings_file import read_settings
from sottovoce.adapters.updates import named
from sottovoce.commands.printed import Printed
from sottovoce.commands.reach import through_app_or_home

if TYPE_CHECKING:
    import argparse

REPLY_S = 90.0
"""Seconds the running application may take: two requests, each with a deadline of its own."""


async def update(arguments: argparse.Namespace) -> Printed:  # noqa: ARG001 - `check` is all there is
    """`update check`.

    Raises:
        UpdateTrouble: Nobody is named, nobody answers, or what came is not to be believed.
        SottovoceError: The store can't be opened, so what is sent could not be noted.
    """
    policy = PolicySource().now()
    named(read_settings(places(os.environ).settings_file, policy.usual).settings, policy)  # before anything is opened
    found = await through_app_or_home("update.check", {}, reply_s=REPLY_S)
    if not found["newer"]:
        return Printed(f"Sottovoce {found['current']} is the newest version.", found)
    lines = [f"Sottovoce {found['newest']} is out; this is {found['current']}."]
    lines += [f"To update: {found['command']}"] if found["command"] else []
    lines += [f"About it: {found['page']}"] if found["page"] else []
    return Printed("\n".join(lines), found)
