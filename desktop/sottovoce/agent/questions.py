"""What goes into the agent and what comes out, and what a skill is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection

    from sottovoce.agent.intents import Intent
    from sottovoce.domain.contexts import UserContext
    from sottovoce.domain.conversations import Message
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
    heard_in: str = ""
    """Tag of the language that the speech model hears; empty where nobody knows, or it was typed."""


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


class Skill(Protocol):
    """One thing the assistant can do offline."""

    @property
    def intents(self) -> Collection[str]:
        """Names of the intents this skill answers, as in `language/*/understand`."""

    @property
    def offer(self) -> Said | None:
        """One example to say, for the help ("What time is it?"); None for none."""

    async def answer(self, question: Question, intent: Intent) -> SkillAnswer | Said | str:
        """The answer, as full sentences.

        Raises:
            SottovoceError: What can be told to the user.
        """


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
