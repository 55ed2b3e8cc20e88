"""Trying a microphone: who tries it is told when to speak."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sottovoce.adapters.places import places
from sottovoce.commands.asked import printed
from sottovoce.commands.printed import note
from sottovoce.language import words
from sottovoce.operations.microphone import TRIED_S, microphone_tried

if TYPE_CHECKING:
    import argparse

    from sottovoce.commands.printed import Printed
    from sottovoce.operations.microphone import TryMicrophone


async def test(asked: TryMicrophone, _: argparse.Namespace) -> Printed:
    """`microphone test [NAME]`.

    Raises:
        MicrophoneMissing: There is none, or it doesn't open.
    """
    found = await microphone_tried(
        places(os.environ), asked, lambda: note(words("climicrophone-speak", seconds=f"{TRIED_S:g}"))
    )
    return printed(asked, found)
