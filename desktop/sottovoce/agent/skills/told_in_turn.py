"""What there are several of (jokes, riddles…), told one after the other rather than drawn at random."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sottovoce.domain.conversations import Role
from sottovoce.domain.dialogue import Dialogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sottovoce.agent.tools.questions import Question


@dataclass(frozen=True, slots=True)
class Series:
    """What one message tells by its number, from 1 on."""

    kind: str
    """Of the entity that an answer leaves: the number of the last one told."""
    message: str
    many: int


JOKES: Final = Series("joke", "jokes-told", 42)
FACTS: Final = Series("fact", "trivia-told", 14)
RIDDLES: Final = Series("riddle", "riddles-asked", 12)
STORIES: Final = Series("story", "tales-told", 6)
SERIES: Final[Mapping[str, Series]] = MappingProxyType({one.kind: one for one in (JOKES, FACTS, RIDDLES, STORIES)})


def next_of(question: Question, series: Series) -> int:
    """The number of the one to tell: that after the last of this conversation; a new one begins anywhere."""
    last = last_told(question, series)
    if last is None:
        last = zlib.crc32((question.message_id or "").encode())
    return last % series.many + 1


def last_told(question: Question, series: Series) -> int | None:
    """The number of the last one told in this conversation."""
    for entities in left_by(question):
        number = entities.get(series.kind, "")
        if number.isdecimal():
            return int(number)
    return None


def last_kind(question: Question) -> str | None:
    """What was told last in this conversation: the kind of a series."""
    return next((kind for entities in left_by(question) for kind in SERIES if kind in entities), None)


def left_by(question: Question) -> Iterator[Mapping[str, str]]:
    """What the earlier answers of a conversation left to talk about, the last one's first."""
    for message in reversed(question.history):
        if message.role is Role.ASSISTANT and message.dialogue:
            yield Dialogue.from_json(message.dialogue).entities
