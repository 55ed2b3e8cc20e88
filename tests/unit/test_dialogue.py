"""Talks of several turns: questions back, corrections, the same of something else, pronouns, two requests at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.fake_tools import FakeTools, recognizer
from tests.unit.parts import DECLINED, Typed

if TYPE_CHECKING:
    from collections.abc import Iterator

TALKS = Path(__file__).with_name("talks.txt")
Talk = list[tuple[str, str]]


def talks() -> Iterator[Talk]:
    """Of the file, each a list of what is said and how the answer begins; "~" for a fallback."""
    talk: Talk = []
    for line in [*TALKS.read_text("utf-8").splitlines(), ""]:
        if line.startswith("#"):
            continue
        if line.strip():
            heard, _, answer = line.partition(" =")
            talk.append((heard, answer.strip()))
        elif talk:
            yield talk
            talk = []


@pytest.mark.parametrize("talk", list(talks()), ids=lambda talk: " / ".join(heard for heard, _ in talk))
async def test_a_talk(talk: Talk) -> None:
    async with Typed([FakeTools()], recognizer=recognizer) as typed:
        for heard, answer in talk:
            reply = await typed.reply(heard)
            if answer == "~":
                assert "=" not in reply, heard
            else:
                assert reply.startswith(answer or DECLINED), (heard, reply)
