"""Questions that are typed or recorded."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sottovoce.commands.printed import Printed
from sottovoce.commands.reach import through_app_or_home
from sottovoce.domain.errors import UsageWrong

if TYPE_CHECKING:
    import argparse


async def ask(arguments: argparse.Namespace) -> Printed:
    """`ask TEXT`; `ask -` reads the question from the input: other users see a command line, and shells keep it."""
    text = sys.stdin.read() if arguments.text == ["-"] else " ".join(arguments.text)
    if not text.strip():
        raise UsageWrong("There is nothing to answer.", "Give the question as text.")
    result = await through_app_or_home("ask", _request(arguments, text.strip()))
    return Printed(result["reply"], result)


async def listen(arguments: argparse.Namespace) -> Printed:
    """`listen FILE.wav`, recognised here: a long one never keeps the application from listening."""
    from sottovoce.commands.transcribe import transcripts  # noqa: PLC0415 - `ask` needs no recogniser

    (heard,) = await transcripts([arguments.file])
    if not heard["text"]:
        return Printed("Nothing was said.", {"heard": ""})
    asked = _request(arguments, heard["written"]) | {"heard_in": heard["language"]}
    result = await through_app_or_home("ask", asked)
    took = {"recognise": heard["decode_s"] * 1000} | result["latency_ms"]
    said = heard["written"]
    return Printed(f"{said}\n{result['reply']}", {"heard": said} | result | {"latency_ms": took})


def _request(arguments: argparse.Namespace, text: str) -> dict[str, object]:
    return {
        "text": text,
        "user": arguments.user,
        "conversation": arguments.conversation,
        "speak": arguments.speak,
    }
