"""What is remembered about a user: memories, the context, the knowledge folder."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.file_manager import open_folder
from sottovoce.adapters.places import places
from sottovoce.commands.printed import Printed
from sottovoce.commands.reach import through_app_or_home
from sottovoce.domain.errors import UsageWrong

if TYPE_CHECKING:
    import argparse

READ_S = 24 * 3600.0
"""Longest time for reading the folder: a file takes 25 ms with MiniLM, and there may be very many."""
FORGET_S = 3600.0
"""Longest time for a forgetting: every backup that holds the memory is written anew."""


def _texts(arguments: argparse.Namespace) -> list[str]:
    """The words of a command.

    Raises:
        UsageWrong: One, or the user's name, is not in the terminal's encoding: Python has put bytes in it aside.
    """
    words = list(arguments.words)
    try:
        "".join([*words, arguments.user or ""]).encode()
    except UnicodeEncodeError:
        raise UsageWrong(
            "This is no text that can be read: it is not UTF-8.", "See to it that your terminal sends UTF-8."
        ) from None
    return words


async def context(arguments: argparse.Namespace) -> Printed:
    """`context show`, `context set KEY VALUE`.

    Raises:
        UsageWrong: There is no such key, it can't have this value, or that is no text.
        SottovoceError: The store can't be read or written.
    """
    words = _texts(arguments)
    wanted: dict[str, Any] = {"user": arguments.user}
    if arguments.what == "set":
        if len(words) < 2:  # noqa: PLR2004 - a key and its value
            raise UsageWrong("`context set` needs a key and a value.", "Run `sottovoce context --help`.")
        wanted |= {"key": words[0], "value": " ".join(words[1:])}
    elif words:
        raise UsageWrong("`context show` takes no words.")
    result = await through_app_or_home(f"context.{arguments.what}", wanted)
    return Printed("\n".join(_fields("", result["context"])), result)


def _fields(prefix: str, fields: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    for name, value in fields.items():
        if isinstance(value, dict) and value:
            lines += _fields(f"{prefix}{name}.", value)
        else:
            lines.append(f"{prefix + name:28} {value if isinstance(value, str) else json.dumps(value)}".rstrip())
    return lines


async def knowledge(arguments: argparse.Namespace) -> Printed:
    """`knowledge [list|sync|forget|open]`: the files that are known, and what kept others from being read.

    Raises:
        SottovoceError: The store or the folder can't be read, or nothing here opens folders.
    """
    if arguments.what == "open":
        folder = places(os.environ).knowledge
        open_folder(folder)
        return Printed(str(folder), {"folder": str(folder)})
    if arguments.what == "sync":
        result = await through_app_or_home("knowledge.sync", {}, reply_s=READ_S)
    elif arguments.what == "forget":
        result = await through_app_or_home("knowledge.forget", {}, reply_s=READ_S)
        return Printed(f"{result['forgotten']} files that are gone were forgotten.", result)
    else:
        result = await through_app_or_home("knowledge.status", {})
    documents = result["documents"]
    lines = [f"{one['path']}  {one['passages']} passages" for one in documents if not one["trouble"]]
    lines += [_not_whole(one) for one in documents if one["trouble"]]
    if result["trouble"]:
        lines.append(f"{result['trouble']['sentence']} {result['trouble']['remedy']}")
    if result["working"]:
        lines.append(f"Reading: {result['done']} of {result['total']} files.")
    hint = "are read while the application runs, before a question, and by `sottovoce knowledge sync`."
    return Printed("\n".join([*lines, f"Files put into {result['folder']} {hint}"]), result)


def _not_whole(document: dict[str, Any]) -> str:
    if document["passages"]:
        return f"{document['path']}  {document['passages']} passages; pages are missing ({document['trouble']})"
    return f"{document['path']}  could not be read ({document['trouble']})"
