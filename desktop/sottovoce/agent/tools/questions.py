"""What goes into the agent and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from sottovoce.domain.dialogue import NOTHING_LEFT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from datetime import datetime

    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.conversations import Message
    from sottovoce.domain.dialogue import Asked, Dialogue, Pending
    from sottovoce.domain.said import Said
    from sottovoce.domain.turns import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing said, with all an answer may draw on."""

    text: str
    context: UserContext
    history: tuple[Message, ...] = ()
    """Earlier messages of the conversation, oldest first, bounded."""
    message_id: str | None = None
    """Id of the stored message that holds `text`."""
    dialogue: Dialogue = NOTHING_LEFT
    """What the answer before left open, as far as it holds still."""
    now: datetime | None = None
    """When it is asked, in the user's zone; None where nobody looked at a clock."""
    heard_in: str = ""
    """Tag of the language that the speech model hears; empty where nobody knows, or it was typed."""
    unsure: frozenset[str] = frozenset()
    """Words, in small letters, that the recogniser was not sure of: nothing is done on them without asking."""


@dataclass(slots=True, kw_only=True)
class Reply:
    """An answer on its way; all but `pieces` is certain once those have been read."""

    source: Source
    intent: str
    pieces: AsyncIterator[str]
    """The text as it arrives; joined, it is the answer. Raises what the answering raises."""
    used: tuple[str, ...] = ()
    """Ids of the memories it drew on."""
    age_s: float | None = None
    """For an answer out of the cache, seconds since it was made."""
    private: bool = False
    """Nothing of it is to be kept beside the history."""
    model: str = ""
    """For an answer by a language model, its name."""
    partial: bool = False
    """Whether it was cut off before its end."""
    tokens_input: int = 0
    """For an answer by a language model, the tokens that were sent for it."""
    tokens_output: int = 0
    """And those that it has."""
    dialogue: Dialogue = NOTHING_LEFT
    """What it leaves open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillAnswer:
    """What a skill says, and what that was made from."""

    said: Said | str | tuple[Said, ...]
    """Full sentences, one after the other; a text is in nobody's language: words of a file or a model."""
    used: tuple[str, ...] = ()
    """Ids of the memories it drew on."""
    depends_on: tuple[str, ...] = ()
    """What else it was made from (`CacheEntry.depends_on`): a change there makes it void."""
    private: bool = False
    """Nothing of it is to be kept beside the history: no cached answer, no topic."""
    language: str = ""
    """Tag of the language it is said in, where that is not the context's: it has just been changed."""
    pending: Pending | None = None
    """What it asks back; the next thing said is tried as the answer to that first."""
    entities: Mapping[str, str] = field(default_factory=dict)
    """What "it", "that", "her" may mean from now on, by its kind: {"person": "anna", "timer": "<id>"}."""
    asked: Asked | None = None
    """What was done, for "make it ten" and "and in london"; the agent notes it for every tool."""


class NotMeant(Exception):
    """A tool was called for what it is not for, "open the garage door"; it is answered as if there were none.

    `instead` is what is said where nothing that was told or learnt answers it either.
    """

    def __init__(self, instead: SkillAnswer | None = None) -> None:
        """Refuse, with what else is to be said."""
        super().__init__()
        self.instead = instead


class FirstOf:
    """The first of several that has an answer."""

    def __init__(self, *resorts: LastResort) -> None:
        """Ask these in turn."""
        self._resorts = resorts

    async def answer_unasked(self, question: Question) -> tuple[str, SkillAnswer] | None:
        """See `LastResort.answer_unasked`."""
        for resort in self._resorts:
            if (found := await resort.answer_unasked(question)) is not None:
                return found
        return None


class LastResort(Protocol):
    """Answers what no skill was asked for, where it can."""

    async def answer_unasked(self, question: Question) -> tuple[str, SkillAnswer] | None:
        """An intent's name and the answer; None if there is none it can stand for.

        Raises:
            SottovoceError: What can be told to the user.
        """
