"""Which answers may be kept at all, and under which key."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING

from sottovoce.domain.friendship import closeness

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sottovoce.domain.contexts import UserContext

_DAY_S = 24 * 3600.0

LASTING_S: Mapping[str, float] = MappingProxyType({"knowledge": _DAY_S})
"""Seconds for which an answer stays true, by its intent's family (the part before the first dot).

A family that is not named is never cached: a new skill has to ask for it. Time, timers, reminders, notes and whatever
reads or changes what is remembered therefore never are.
"""

PASSING_WORDS = frozenset(
    {
        *("ago", "alarm", "current", "currently", "date", "day", "hour", "last", "latest", "minute", "month"),
        *("news", "next", "now", "o'clock", "o’clock", "present", "recent", "recently", "remind", "reminder"),
        *("reminders", "second", "since", "soon", "still", "time", "timer", "timers", "today", "today's", "today’s"),
        *("tomorrow", "tonight", "until", "weather", "week", "weekend", "year", "yesterday", "yet"),
    }
)
"""An answer to a question with one of these may be wrong in an hour. Too many cost a hit only."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ENDS = ' ?.,;:…"“”„«»¿¡'
_SHOUT = re.compile(r"(?<![\d)])!+$")  # behind a number it is a factorial


def lasting_s(intent: str) -> float:
    """Seconds for which an answer to this intent, which must be cacheable, stays true."""
    return LASTING_S[family_of(intent)]


def shaped_by(context: UserContext) -> str:
    """The version of a context that matters for an answer: all in it that changes what is said, and nothing else."""
    parts = (
        context.language,
        context.time_zone,
        context.display_name,
        context.personality.tone,
        context.personality.verbosity,
        closeness(context),
    )
    return json.dumps(parts)


def family_of(intent: str) -> str:
    """The part of an intent's name before the first dot."""
    return intent.partition(".")[0]


def cacheable(intent: str, *, question: str = "") -> bool:
    """Whether an answer stays true for a while and may be kept: files answer any question, so its words count, too."""
    words = {word.casefold() for word in _WORD.findall(question)}
    return family_of(intent) in LASTING_S and not words & PASSING_WORDS


def normalised(question: str) -> str:
    """The same text for questions that differ in nothing that could matter.

    Spacing, the capital at a word's beginning and closing punctuation go. What might matter stays (mW and MW, 2² and
    22, C and C++, 5 and 5!): taking two questions for one is a wrong answer, taking one for two a lost hit.
    """
    text = _folded(_folded(question))  # composing may uncover what folds once more
    before = None
    while text != before:  # a mark may stand behind another one
        before = text
        text = _SHOUT.sub("", text.strip(_ENDS))
    return text


def cache_key(user: str, context_version: int | str, model: str, question: str) -> str:
    """64 hex digits: neither a log nor a row gives away what was asked.

    Args:
        user: Id of the user: nobody gets what another one was answered.
        context_version: Of what shaped the answer (language, tone, memories used); not a mere counter of turns.
        model: Name and version of what answers.
        question: In any spelling `normalised` takes for the same.
    """
    parts = json.dumps([user, str(context_version), model, normalised(question)])
    return hashlib.sha256(parts.encode()).hexdigest()


def _folded(text: str) -> str:
    words = (word.casefold() if word.islower() or word.istitle() else word for word in text.split())
    return unicodedata.normalize("NFC", " ".join(words))
