"""What was said before."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sottovoce.commands.printed import Printed
from sottovoce.commands.reach import through_app_or_home
from sottovoce.domain.errors import UsageWrong

if TYPE_CHECKING:
    import argparse


async def history(arguments: argparse.Namespace) -> Printed:
    """`history list`, `history search TEXT`, `history show ID`.

    Raises:
        UsageWrong: What to search for or show is missing.
        SottovoceError: The store can't be read.
    """
    words = " ".join(arguments.words)
    if arguments.what == "list" and words:
        raise UsageWrong("`history list` takes no words.", "To search, run `sottovoce history search TEXT`.")
    if arguments.what != "list" and not words.strip():
        raise UsageWrong(f"`history {arguments.what}` needs what to look for.", "Run `sottovoce history --help`.")
    wanted = {"list": {}, "search": {"text": words}, "show": {"conversation": words}}[arguments.what]
    if arguments.limit is not None:
        if arguments.limit < 1:
            raise UsageWrong("The limit must be at least 1.")
        wanted["limit"] = arguments.limit
    result = await through_app_or_home(f"history.{arguments.what}", wanted)
    lines = {"list": _conversations, "search": _found, "show": _messages}[arguments.what](result)
    return Printed("\n".join(lines), result)


def _when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M")


def _conversations(result: dict[str, Any]) -> list[str]:
    rows = [f"{c['id']}  {_when(c['last_at'])}  {c['messages']:4}  {c['title']}" for c in result["conversations"]]
    return rows or ["Nothing has been said yet."]


def _found(result: dict[str, Any]) -> list[str]:
    rows = [f"{_when(m['created_at'])}  {m['role']:9}  {m['snippet']}  ({m['conversation']})" for m in result["found"]]
    return rows or ["Nothing found."]


def _messages(result: dict[str, Any]) -> list[str]:
    return [
        f"{_when(m['created_at'])}  {m['role']:9}  {m['content']}{'  (cut short)' if m['state'] == 'partial' else ''}"
        for m in result["messages"]
    ]
