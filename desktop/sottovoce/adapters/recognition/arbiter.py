"""Which of two texts counts: that of the small model, which knows commands, or that of the open one, which knows all.

The small model is right about its own commands, in voices it never heard as well, and makes commands out of free
speech, of which it can be sure. So what it is sure of in every word counts at once; all else is weighed (`weighing`).
Where that can't be (several pieces, texts alone), its text counts where the open one has heard nearly the same. Digits
in a row it makes of anything.

Fitted on 24 command sentences in two synthetic voices and half of the recordings, judged on the rest:
`tests/benchmarks/hearing.json`. Waiting for the open text costs 0.04 of the length of the last piece of speech; nothing
where it was decoded in a pause before the release.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from sottovoce.language.en import spelling

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from sottovoce.domain.turns import Transcript

_FEW = 2
"""Words that a lone digit may have become."""


class CommandMatch(enum.Enum):
    """What the assistant makes of a text."""

    NONE = enum.auto()
    OPEN = enum.auto()
    """A command with something free in it: a name, a fact."""
    WHOLE = enum.auto()
    """A command of which every word is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """From which mean confidence on the small model's text counts, and what is nearly the same."""

    command: float = 0.995
    """Where all of it is a command: then nobody waits for the open text. Also against a command of the open one."""
    near: float = 0.93
    """Where the open text is nearly the same."""
    sure: float = 0.97
    """Of a lone digit, where the open model heard another number, and of the numbers in a command."""
    any_digit: float = 0.5
    """Of a lone digit, where the open model heard no number."""
    alike: float = 0.72
    """Share of letters from which on two texts are nearly the same."""

    def __post_init__(self) -> None:
        """Refuse what is no share."""
        if not all(0 <= one <= 1 for one in (self.command, self.near, self.sure, self.any_digit, self.alike)):
            raise ValueError("confidences are from 0 to 1")


def is_certain(small: Transcript, sense: Callable[[str], CommandMatch], trust: Trust | None = None) -> bool:
    """Whether the small model's text counts whatever the open one says.

    Args:
        small: What the small model made of it.
        sense: What the assistant makes of a text.
        trust: From when on.
    """
    trust = trust or Trust()
    words = set(small.text.split())
    return (
        bool(words - spelling.DIGITS) and small.confidence >= trust.command and sense(small.text) is CommandMatch.WHOLE
    )


def is_spelled(text: str) -> bool:
    """Whether these are digits alone: of those the small model is sure without reason."""
    return bool(text) and set(text.split()) <= spelling.DIGITS


def better(
    small: Transcript,
    said: str,
    sense: Callable[[str], CommandMatch],
    names: Container[str] = (),
    trust: Trust | None = None,
) -> str:
    """The text that counts where the small model is not certain.

    Args:
        small: What the small model made of it.
        said: What the open one made of it, in plain form.
        sense: What the assistant makes of a text.
        names: Words of `said` that are names: those that the small model does not know it hears as others.
        trust: From when on.
    """
    trust = trust or Trust()
    if not said or not small.text or said == small.text:
        return said
    if is_spelled(small.text):
        return _digits(small, said, sense, trust)
    if small.confidence < trust.near or likeness(small.text, said) < trust.alike:
        return said
    understood = sense(said)
    if understood is CommandMatch.NONE:
        return small.text if _numbers(small.text) == _numbers(said) or small.confidence >= trust.sure else said
    theirs = small.text.split()
    new_name = any(word in names and word not in theirs for word in said.split())
    free = understood is CommandMatch.OPEN and small.confidence >= trust.command and not new_name
    return small.text if free and sense(small.text) is not CommandMatch.NONE else said


def likeness(one: str, other: str) -> float:
    """Share of letters that two texts have in the same order, 0 to 1; spaces are not heard."""
    return SequenceMatcher(None, one.replace(" ", ""), other.replace(" ", ""), autojunk=False).ratio()


def _numbers(text: str) -> list[str]:
    return [word for word in text.split() if word in spelling.NUMBERS]


def _digits(small: Transcript, said: str, sense: Callable[[str], CommandMatch], trust: Trust) -> str:
    """Of digits in a row the small model is sure and wrong; of a lone one it is right more often than the open one."""
    words, heard = small.text.split(), said.split()
    if len(heard) == 1:
        heard = [spelling.SOUND_ALIKE.get(heard[0], heard[0])]
    if set(heard) & spelling.NUMBERS:
        return small.text if len(words) == 1 and small.confidence >= trust.sure else " ".join(heard)
    lone = len(words) == 1 and len(heard) <= _FEW and small.confidence >= trust.any_digit
    return small.text if lone and sense(said) is CommandMatch.NONE else said
