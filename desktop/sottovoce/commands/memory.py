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
from sottovoce.domain.moments import local_moment

if TYPE_CHECKING:
    import argparse

READ_S = 24 * 3600.0
"""Longest time for reading the folder: a file takes 25 ms with MiniLM, and there may be very many."""
FORGET_S = 3600.0
"""Longest time for a forgetting: every backup that holds the memory is written anew."""


async def memory(arguments: argparse.Namespace) -> Printed:
    """`memory list|add TEXT|forget ID|why MESSAGE|reach ID device|network|any`.

    Raises:
        UsageWrong: What to do it with is missing, or no text.
        ThingNotFound: There is no such memory or message.
        SottovoceError: The store can't be read or written.
    """
    words = _texts(arguments)
    wanted: dict[str, Any] = {"user": arguments.user}
    match arguments.what, words:
        case "list", []:
            wanted["limit"] = arguments.limit
        case "add", [_, *_]:
            wanted |= {"text": " ".join(words), "kind": arguments.kind, "reach": arguments.reach}
        case "forget", [identity]:
            wanted["memory"] = identity
        case "why", [identity]:
            wanted["message"] = identity
        case "reach", [identity, reach]:
            wanted |= {"memory": identity, "reach": reach}
        case _:
            raise UsageWrong(f"That is not what `memory {arguments.what}` takes.", "Run `sottovoce memory --help`.")
    if arguments.limit is not None and arguments.limit < 1:
        raise UsageWrong("The limit must be at least 1.")
    if arguments.what != "add" and (arguments.kind or arguments.reach):
        raise UsageWrong("`--kind` and `--reach` belong to `memory add`.")
    result = await through_app_or_home(f"memory.{arguments.what}", wanted, reply_s=FORGET_S)
    return Printed("\n".join(_LINES[arguments.what](result)), result)


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


def _line(one: dict[str, Any]) -> str:
    when = local_moment(one["created_at"]).strftime("%Y-%m-%d %H:%M")
    return f"{one['id']}  {when}  {one['kind']:8} {one['reach']:8} {one['text']}"


def _listed(result: dict[str, Any]) -> list[str]:
    return [_line(one) for one in result["memories"]] or ["Nothing is remembered yet."]


def _added(result: dict[str, Any]) -> list[str]:
    lines = [_line(result["memory"])] if result["new"] else ["It is remembered already:", _line(result["memory"])]
    return [*lines, *(f"It takes the place of: {one['text']}" for one in result["superseded"])]


def _forgotten(result: dict[str, Any]) -> list[str]:
    backups = result["backups_rewritten"]
    return [
        "It is forgotten, with all that was made from it"
        + (f"; {backups} backups were written anew without it." if backups else "."),
        "What was said stands in the history until its conversation is erased (`sottovoce erase --conversation ID`).",
    ]


def _used(result: dict[str, Any]) -> list[str]:
    rows = [f"{_line(one)}{'' if one['holds'] else '  (holds no longer)'}" for one in result["memories"]]
    return rows or ["No memory was used for this."]


def _reaching(result: dict[str, Any]) -> list[str]:
    return [_line(result["memory"])]


_LINES = {"list": _listed, "add": _added, "forget": _forgotten, "why": _used, "reach": _reaching}


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
