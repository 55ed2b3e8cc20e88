"""What was said before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sottovoce.commands.printed import Printed
from sottovoce.commands.reach import through_app_or_home
from sottovoce.domain.errors import UsageWrong
from sottovoce.domain.moments import local_moment

if TYPE_CHECKING:
    import argparse


async def history(arguments: argparse.Namespace) -> Printed:
    """`history list`, `history search TEXT`, `history show ID`, `history unfinished [ID]`.

    Raises:
        UsageWrong: What to search for or show is missing, or an option does not belong to it.
        SottovoceError: The store can't be read, or the question not be answered.
    """
    words = " ".join(arguments.words)
    if arguments.what == "list" and words:
        raise UsageWrong("`history list` takes no words.", "To search, run `sottovoce history search TEXT`.")
    if arguments.what in {"search", "show"} and not words.strip():
        raise UsageWrong(f"`history {arguments.what}` needs what to look for.", "Run `sottovoce history --help`.")
    if arguments.best and arguments.what != "search":
        raise UsageWrong("`--best` belongs to `history search`.")
    if (arguments.answer or arguments.dismiss) and arguments.what != "unfinished":
        raise UsageWrong("`--answer` and `--dismiss` belong to `history unfinished`.")
    wanted: dict[str, Any] = {
        "list": {},
        "search": {"text": words, "best": arguments.best},
        "show": {"conversation": words},
        "unfinished": {"message": words} if words else {},
    }[arguments.what]
    if arguments.limit is not None:
        if arguments.limit < 1:
            raise UsageWrong("The limit must be at least 1.")
        wanted["limit"] = arguments.limit
    command = f"history.{arguments.what}"
    if arguments.answer or arguments.dismiss:
        command = f"history.{'answer' if arguments.answer else 'dismiss'}_unfinished"
    result = await through_app_or_home(command, wanted)
    return Printed("\n".join(_LINES[command](result)), result)


def _when(seconds: float) -> str:
    return local_moment(seconds).strftime("%Y-%m-%d %H:%M")


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


def _unfinished(result: dict[str, Any]) -> list[str]:
    rows = [f"{m['id']}  {_when(m['created_at'])}  {m['content']}" for m in result["unfinished"]]
    return rows or ["Every question has been answered."]


def _answered(result: dict[str, Any]) -> list[str]:
    return [result["reply"]]


def _dismissed(_: dict[str, Any]) -> list[str]:
    return ["It will not be offered again."]


_LINES = {
    "history.list": _conversations,
    "history.search": _found,
    "history.show": _messages,
    "history.unfinished": _unfinished,
    "history.answer_unfinished": _answered,
    "history.dismiss_unfinished": _dismissed,
}
