"""Dialogues about what is remembered: never the opposite, never another's, never less than was said."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import pytest

from sottovoce.agent.agent import FALLBACK
from sottovoce.language import ENGLISH, available
from tests.unit.parts import Typed

CORPORA = tuple((Path(__file__).parents[1] / "corpus").glob("memory_dialogues*.txt"))
HELD_OUT = "## held out"


@dataclass(frozen=True)
class Dialogue:
    """What is said, and what is expected of each answer."""

    at: int
    lines: tuple[str, ...]


def dialogues(text: str) -> list[Dialogue]:
    found: list[Dialogue] = []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if not line or line.startswith("#"):
            if found and found[-1].lines:
                found.append(Dialogue(number + 1, ()))
            continue
        if not found or not found[-1].lines:
            found[-1:] = [Dialogue(number, (line,))]
        else:
            found[-1] = dataclasses.replace(found[-1], lines=(*found[-1].lines, line))
    return [dialogue for dialogue in found if dialogue.lines]


async def wrong(dialogue: Dialogue, tag: str = ENGLISH) -> list[str]:
    """The checks that fail, each with the answer it is about, in the language of that tag."""
    failures = []
    reply, answer = "", None
    async with Typed() as talk:
        if tag != ENGLISH:
            await talk.memory.set_context("me", language=tag)
        for line in dialogue.lines:
            if line.startswith("> "):
                talk.clock.now += 1
                answer = await talk.ask(line[2:])
                reply = answer.reply
                continue
            said = reply.casefold()
            check, _, words = line.casefold().partition(" ")
            if line.startswith("never begins"):
                check, words = "never", words.removeprefix("begins ")
            good = {
                "has": words in said,
                "no": words not in said,
                "begins": said.startswith(words),
                "never": not said.startswith(words),
                "kept": check == "kept" and len(await talk.remembered()) == int(words or 0),
                "declined": answer is not None and answer.intent in {FALLBACK, "memory.untold"},
                "name": (await talk.memory.get_user_context("me")).display_name.casefold() == words,
            }[check]
            if not good:
                failures.append(f"{line!r}: {reply}")
    return failures


TEXTS = {corpus.stem: corpus.read_text("utf-8") for corpus in sorted(CORPORA)}
FEWEST = {ENGLISH: (120, 30), "de": (60, 15)}
"""Dialogues of a corpus, by its language: all but those written last, and those."""


def tag_of(name: str) -> str:
    """The language of a corpus, which its name ends in; English where it ends in none."""
    ending = name.rpartition("_")[2]
    return ending if ending in available() else ENGLISH


@pytest.mark.parametrize(
    ("dialogue", "tag"),
    [
        pytest.param(one, tag_of(name), id=f"{name} line {one.at}")
        for name, text in TEXTS.items()
        for one in dialogues(text)
    ],
)
async def test_a_dialogue(dialogue: Dialogue, tag: str) -> None:
    assert await wrong(dialogue, tag) == []


@pytest.mark.parametrize(("name", "text"), TEXTS.items(), ids=TEXTS)
def test_a_corpus_is_large_and_a_fifth_of_it_was_written_last(name: str, text: str) -> None:
    before, _, after = text.partition(HELD_OUT)
    least, least_last = FEWEST[tag_of(name)]
    assert len(dialogues(before)) >= least
    assert len(dialogues(after)) >= least_last
