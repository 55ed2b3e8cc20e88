"""Erasing for good, after a "yes"."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from sottovoce.adapters.places import places
from sottovoce.adapters.policy_files import PolicySource
from sottovoce.commands.asked import printed
from sottovoce.commands.asking import NobodyToAsk, agreed, on_terminal
from sottovoce.commands.printed import note
from sottovoce.commands.reach import answered, refuse_while_running
from sottovoce.domain.erasing import USUAL_BYTES_S
from sottovoce.domain.errors import EraseForbidden, NotConfirmed, ThingNotFound
from sottovoce.domain.said import said
from sottovoce.language import words
from sottovoce.operations.erase import EraseEverything, EraseReplaced, EraseScope, erase_everything

if TYPE_CHECKING:
    import argparse

    from sottovoce.adapters.places import Places
    from sottovoce.commands.printed import Printed


async def erase(asked: EraseScope | EraseReplaced | EraseEverything, _: argparse.Namespace) -> Printed:
    """`erase --conversation ID`, `erase --user U`, `erase --replaced`, `erase --everything`.

    Raises:
        EraseForbidden: The administrator lets users erase nothing.
        NotConfirmed: The user did not say yes, or (NobodyToAsk) there is nobody to ask.
        StillRunning: Everything is to be erased while the application runs.
        ThingNotFound: There is nothing of that.
        SottovoceError: It could not be done.
    """
    if "erase" in PolicySource().now().forbidden:
        raise EraseForbidden
    found = places(os.environ)
    if isinstance(asked, EraseEverything):
        await refuse_while_running(said("clierase-still-running"))
        await _confirm(words("clierase-ask-everything"), yes=asked.yes)
        return printed(asked, await erase_everything(found, asked))
    if not found.database.exists() and not found.key_file.exists():
        raise ThingNotFound(said("clierase-nothing-kept"))
    if isinstance(asked, EraseReplaced):
        await _confirm(words("clierase-ask-replaced"), yes=asked.yes)
        return printed(asked, await answered(asked))
    ask = words("clierase-ask-conversation") if asked.conversation is not None else words("clierase-ask-user")
    await _confirm(ask, yes=asked.yes)
    note(_how_long(found))
    return printed(asked, await answered(asked))


def _how_long(found: Places) -> str:
    """What to expect: it is gone at once, and the files take their time."""
    files = [found.database, *(found.backups.glob("*") if found.backups.is_dir() else ())]
    size = sum(file.stat().st_size for file in files if file.is_file())
    return words("clierase-how-long", megabytes=f"{size / 1e6:,.1f}", seconds=f"{size / USUAL_BYTES_S + 1:.0f}")


async def _confirm(question: str, *, yes: bool) -> None:
    if yes:
        return
    if not on_terminal():
        raise NobodyToAsk
    note(f"{question} ", end="")
    if not await agreed(sys.stdin.fileno()):
        raise NotConfirmed
