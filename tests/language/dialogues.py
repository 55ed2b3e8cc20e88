"""Talks of several turns: which tool serves each, and what is answered.

`python -m tests.language.dialogues [en|de]` tells what fell short.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.language.requests import CORPUS, HELD_OUT
from tests.language.tried import home

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTHING = "-"


@dataclass(frozen=True)
class Turn:
    """What is said, what must serve it, and what its answer must and must not have."""

    said: str
    tool: str
    has: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class Dialogue:
    """Turns of one conversation with somebody unknown."""

    turns: tuple[Turn, ...]
    held_out: bool


def dialogues(tag: str) -> Iterator[Dialogue]:
    """All of a language."""
    held_out = False
    turns: list[Turn] = []
    for line in [*(CORPUS / f"dialogues_{tag}.txt").read_text("utf-8").splitlines(), ""]:
        if line.startswith("#"):
            held_out |= line.startswith(HELD_OUT)
        elif line.strip():
            turns.append(_turn(line))
        elif turns:
            yield Dialogue(tuple(turns), held_out)
            turns = []


def _turn(line: str) -> Turn:
    said, _, wanted = line.partition(" = ")
    tool, *checks = (part.strip().lower() for part in wanted.split(";"))
    lacks = tuple(check.removeprefix("!").strip() for check in checks if check.startswith("!"))
    return Turn(said.strip(), tool, tuple(check for check in checks if not check.startswith("!")), lacks)


async def fault(tag: str, dialogue: Dialogue) -> str:
    """What is wrong with the first turn that is not as it should be; empty where all are."""
    async with home(tag) as (one, _):
        for turn in dialogue.turns:
            came = await one.say(turn.said)
            text = came.text.lower()
            if turn.tool not in {NOTHING, came.intent}:
                return f"{turn.said!r}: {turn.tool} <> {came.intent}: {came.text}"
            if wrong := [*(f"no {has!r}" for has in turn.has if has not in text)] + [
                f"has {lacks!r}" for lacks in turn.lacks if lacks in text
            ]:
                return f"{turn.said!r}: {', '.join(wrong)}: {came.text}"
    return ""


async def _report(tag: str) -> None:
    right = {False: [0, 0], True: [0, 0]}
    for one in dialogues(tag):
        wrong = await fault(tag, one)
        right[one.held_out][0] += not wrong
        right[one.held_out][1] += 1
        if wrong:
            sys.stdout.write(f"{' / '.join(turn.said for turn in one.turns)}\n    {wrong}\n")
    sys.stdout.write(
        f"right {right[False][0]} of {right[False][1]}; written last {right[True][0]} of {right[True][1]}\n"
    )


if __name__ == "__main__":
    asyncio.run(_report(sys.argv[1] if len(sys.argv) > 1 else "en"))
