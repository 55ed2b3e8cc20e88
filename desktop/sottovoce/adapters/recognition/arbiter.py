"""Which of two texts counts: that of the small model, which knows commands, or that of the open one, which knows all.

The small model is right about its own commands, in voices it never heard as well, and makes commands out of free
speech; how sure it is of its words tells the two apart, except for digits in a row, of which it can be sure and wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.domain.turns import Transcript

DIGITS = frozenset({"zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"})
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety hundred thousand"
_MORE = frozenset(_TEENS.split())
_ROUND = frozenset(_TENS.split())
NUMBERS = DIGITS | _MORE | _ROUND


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """From which mean confidence on the small model's text counts."""

    command: float = 0.85
    """Where the assistant understands all of it as a command."""
    other: float = 0.95
    """Where it is no command that is understood."""
    digit: float = 0.9
    """Where it is a single digit."""

    def __post_init__(self) -> None:
        """Refuse what is no confidence."""
        if not all(0 <= one <= 1 for one in (self.command, self.other, self.digit)):
            raise ValueError("confidences are from 0 to 1")


def is_certain(small: Transcript, understood: Callable[[str], bool], trust: Trust | None = None) -> bool:
    """Whether the small model's text counts whatever the open one says.

    Args:
        small: What the small model made of it.
        understood: Whether the assistant understands all words of a text as a command, with nothing free in it.
        trust: From when on.
    """
    trust = trust or Trust()
    words = small.text.split()
    if not words or (len(words) > 1 and set(words) <= DIGITS):
        return False
    if set(words) <= DIGITS:
        return small.confidence >= trust.digit
    return small.confidence >= (trust.command if understood(small.text) else trust.other)


def better(small: Transcript, said: str) -> str:
    """The text that counts where the small model is not certain; `said` is the open one's, in plain form."""
    words = small.text.split()
    if not said:
        return small.text
    if words and set(words) <= DIGITS and not set(said.split()) & NUMBERS:
        return small.text  # digits were said; the open model heard other words in them
    return said
