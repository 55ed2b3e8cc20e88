"""Whether there is a newer version."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sottovoce.adapters.places import places
from sottovoce.adapters.policy_files import PolicySource
from sottovoce.adapters.settings_file import read_settings
from sottovoce.adapters.updates import named
from sottovoce.commands.asked import printed
from sottovoce.commands.reach import answered

if TYPE_CHECKING:
    import argparse

    from sottovoce.commands.printed import Printed
    from sottovoce.operations.update import CheckUpdate


async def check(asked: CheckUpdate, _: argparse.Namespace) -> Printed:
    """`update check`: that nobody is named is told before anything is opened.

    Raises:
        UpdateTrouble: Nobody is named, nobody answers, or what came is not to be believed.
        SottovoceError: The store can't be opened, so what is sent could not be noted.
    """
    policy = PolicySource().now()
    named(read_settings(places(os.environ).settings_file, policy.usual).settings, policy)
    return printed(asked, await answered(asked))
