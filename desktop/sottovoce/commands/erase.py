"""Erasing for good."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from sottovoce.adapters.places import places
from sottovoce.adapters.policy_files import PolicySource
from sottovoce.commands.asking import NobodyToAsk, line_of, on_terminal
from sottovoce.commands.backup import LONG_S, refuse_while_running
from sottovoce.commands.printed import Printed, note
from sottovoce.commands.reach import through_app_or_home
from sottovoce.domain.erasing import USUAL_BYTES_S
from sottovoce.domain.errors import EraseForbidden, NotConfirmed, ThingNotFound

if TYPE_CHECKING:
    import argparse

    from sottovoce.adapters.places import Places

_ELSEWHERE = "Backups and exports you keep elsewhere are not touched."


async def erase(arguments: argparse.Namespace) -> Printed:
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
    if arguments.everything:
        await refuse_while_running("everything can only be erased while it does not")
        await _confirm(
            "everything that is kept, with its key, backups, what restores laid aside, and logs", yes=arguments.yes
        )
        return await _everything()
    found = places(os.environ)
    if not found.database.exists() and not found.key_file.exists():
        raise ThingNotFound("Nothing is kept here.", "See `sottovoce history list`.")
    if arguments.replaced:
        await _confirm("what restores have laid aside", yes=arguments.yes)
        gone = await through_app_or_home("erase.replaced", {}, reply_s=LONG_S)
        return Printed(f"{gone['folders']} folders that restores had laid aside were removed.", gone)
    what = "this conversation" if arguments.conversation is not None else "everything of this user"
    await _confirm(f"{what}, here and in the backups on this machine", yes=arguments.yes)
    note(_how_long(found))
    wanted = {"conversation": arguments.conversation, "user": arguments.user}
    done = await through_app_or_home("erase", wanted, reply_s=LONG_S)
    erased = done["erased"]
    backups = (
        f" {done['backups_rewritten']} backups were written anew without it, {done['backups_removed']} that could not"
        " be were removed."
        if done["backups_rewritten"] or done["backups_removed"]
        else ""
    )
    for name in done["backups_not_opened"]:
        backups += f" {name} could not be opened any more, so it was removed whole."
    if left := done["backups_of_others"]:
        backups += (
            f" Of another store, and left as they are: {', '.join(left)}; delete them yourself if they may hold it."
        )
    if copies := done["copies"]:
        backups += (
            " A synchronising program has laid copies of the database beside it, which may hold it:"
            f" {', '.join(copies)}. `sottovoce merge` takes what else is in them, and then removes them."
        )
    if done["replaced_rewritten"]:
        backups += " It is gone from what a restore laid aside, too."
    if kept := done["replaced_not_opened"]:
        backups += (
            f" No key here opens {', '.join(kept)}, which a restore laid aside: it may hold it, and stays until its"
            " days are over; `sottovoce erase --replaced` removes it now."
        )
    return Printed(
        f"Erased: {erased['messages']} messages, {erased['memories']} memories, {erased['records']} other records."
        f"{backups} {_ELSEWHERE}",
        done,
    )


def _how_long(found: Places) -> str:
    """What to expect: it is gone at once, and the files take their time."""
    files = [found.database, *(found.backups.glob("*") if found.backups.is_dir() else ())]
    size = sum(file.stat().st_size for file in files if file.is_file())
    return (
        f"It is gone from what is read at once; {size / 1e6:,.1f} MB of files are written anew,"
        f" which takes about {size / USUAL_BYTES_S + 1:.0f} s."
    )


async def _everything() -> Printed:
    from sottovoce.adapters.secrets import KeyringSecrets  # noqa: PLC0415 - when it is needed
    from sottovoce.adapters.store.erasing import erase_home  # noqa: PLC0415 - the same
    from sottovoce.memory.finish import finish  # noqa: PLC0415 - the same

    secrets = KeyringSecrets()
    try:
        done = await erase_home(places(os.environ), secrets)
    finally:
        await finish(secrets.close())
    keyring = (
        ""
        if done.keyring
        else " The keyring did not answer and may still hold the key, which opens nothing any more but copies of these"
        " files: remove its entry `sottovoce` yourself."
    )
    aside = f", with {done.aside} folders that restores had laid aside" if done.aside else ""
    if done.left:
        keyring += (
            " The keyring keeps what another home opens with, or may, which this one was copied or updated from:"
            f" {', '.join(done.left)}; if there is none any more, remove it there yourself."
        )
    return Printed(
        f"Everything was erased ({done.removed} files{aside}); settings, speech models and your documents stay."
        f"{keyring} {_ELSEWHERE}",
        {
            "erased": "everything",
            "files": done.removed,
            "replaced": done.aside,
            "keyring": done.keyring,
            "keyring_left": list(done.left),
        },
    )


async def _confirm(what: str, *, yes: bool) -> None:
    if yes:
        return
    if not on_terminal():
        raise NobodyToAsk
    note(f"Erase {what}? This cannot be undone. Type yes: ", end="")
    if (await line_of(sys.stdin.fileno()) or "").strip().lower() != "yes":
        raise NotConfirmed
