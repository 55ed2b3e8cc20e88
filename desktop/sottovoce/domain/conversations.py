"""Messages and conversations as frozen values."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import NamedTuple


class Role(enum.StrEnum):
    """Who said a message."""

    USER = "user"
    ASSISTANT = "assistant"


class MessageState(enum.StrEnum):
    """How far a message got."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    """An answer that was cut short: cancelled, or the program ended in the middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One stored message."""

    id: str
    """Made by the writer (UUID, 32 hex digits): appending the same id twice stores one message."""
    conversation_id: str
    role: Role
    content: str
    state: MessageState = MessageState.COMPLETE
    created_at: float
    """Seconds since 1970-01-01 UTC."""
    tokens_input: int = 0
    tokens_output: int = 0
    user_id: str = "me"
    source: str = ""
    """For answers: skill, cache, model or fallback."""
    intent: str = ""
    latency_ms: float = 0.0
    """For answers: from the final words to the first words of the answer."""
    model: str = ""
    """For answers of a language model: its name."""
    dialogue: str = ""
    """For answers: what they leave open (`Dialogue.to_json`), until a later one in the conversation leaves more."""
    number: int = field(default=0, compare=False)
    """Its place in the order of arrival, given by the store; 0 before it is stored."""


class Arrival(NamedTuple):
    """Where a message came to stand in the store."""

    number: int
    """`Message.number`; 0 where nothing was stored."""
    first: bool
    """Whether its conversation began with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One conversation as a list shows it."""

    id: str
    user_id: str
    title: str
    """First words said in it."""
    started_at: float
    last_at: float
    messages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One hit of a search through the history."""

    message: Message
    snippet: str
    """The hit's surroundings, matches between [ and ], as a terminal shows them."""
    text: str = ""
    """The surroundings as they stand in the message."""
    marks: tuple[tuple[int, int], ...] = ()
    """Where in `text` the matches are: first letter and the one after the last."""

    @classmethod
    def of(cls, message: Message, marked: str, begin: str, end: str) -> SearchHit:
        """A hit from its surroundings with signs around each match that stand in no message."""
        if begin in message.content or end in message.content:  # somebody said these very signs
            marked = marked.replace(begin, "").replace(end, "")
        text, *pieces = marked.split(begin)
        spans = []
        for piece in pieces:
            match, _, rest = piece.partition(end)
            spans.append((len(text), len(text) + len(match)))
            text += match + rest
        return cls(message=message, snippet=marked.replace(begin, "[").replace(end, "]"), text=text, marks=tuple(spans))
