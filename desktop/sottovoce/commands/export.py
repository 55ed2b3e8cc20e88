"""Everything that is kept, in clear, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sottovoce.commands.backup import LONG_S, absolute
from sottovoce.commands.printed import Printed
from sottovoce.commands.reach import through_app_or_home

if TYPE_CHECKING:
    import argparse


async def export(arguments: argparse.Namespace) -> Printed:
    """`export FOLDER [--user U]`.

    Raises:
        PlacesUnusable: The folder holds something already.
        ThingNotFound: There is nothing of this user.
        SottovoceError: It could not be written.
    """
    folder = absolute(arguments.folder)
    done = await through_app_or_home("export", {"folder": str(folder), "user": arguments.user}, reply_s=LONG_S)
    whose = "" if arguments.user is None else f" of {arguments.user}"
    return Printed(
        f"{done['rows']['messages']} messages and all else that is kept{whose} were written to {done['folder']}"
        " IN CLEAR: whoever can read that folder reads all you said.",
        done,
    )


async def import_(arguments: argparse.Namespace) -> Printed:
    """`import FOLDER [--erased-too]`.

    Raises:
        ImportTrouble: It is no export, or damaged; nothing was changed.
        SottovoceError: It could not be written.
    """
    folder = absolute(arguments.folder)
    taking = {"folder": str(folder), "erased_too": arguments.erased_too}
    done = await through_app_or_home("import", taking, reply_s=LONG_S)
    again = " Add --erased-too to bring them back." if done["erased"] else ""
    return Printed(joined_text(done) + again, done)


async def merge(arguments: argparse.Namespace) -> Printed:
    """`merge [FILE…]`.

    Raises:
        NoCopies: There is none.
        SottovoceError: None of them could be merged.
    """
    files = [str(absolute(file)) for file in arguments.files]
    done = await through_app_or_home("merge", {"files": files}, reply_s=LONG_S)
    told = [f"Merged: {', '.join(done['files'])}.", joined_text(done)]
    if done["removed"]:
        told.append(f"Removed, because it held what was erased or forgotten here: {', '.join(done['removed'])}.")
    told += [f"Not merged: {one['file']}. {one['sentence']} {one['remedy']}" for one in done["left"]]
    return Printed("\n".join(told), done, exit_code=1 if done["left"] else 0)


def joined_text(done: dict[str, Any]) -> str:
    """What became of values that were offered to the store."""
    told = [
        (
            f"Added: {done['messages']} messages, {done['memories']} memories, {done['records']} other things;"
            f" {done['present']} were here already."
        )
    ]
    if done["differing"]:
        told.append(f"{done['differing']} of these have other words there; those here were kept.")
    if done["erased"]:
        told.append(f"{done['erased']} were left out, because they were erased or forgotten here.")
    return " ".join(told)
