"""The form of a rule: what it finds where a word begins, and how that is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of writing."""

    pattern: re.Pattern[str]
    say: Callable[[re.Match[str]], str | None]
    """What is said for a match; None if it is no such thing after all."""


def rule(pattern: str, say: Callable[[re.Match[str]], str | None], flags: int = 0) -> Rule:
    """A rule from the text of its pattern."""
    return Rule(re.compile(pattern, flags), say)


def one_of(words: object) -> str:
    """A pattern for any of these texts, the longest first."""
    return "|".join(re.escape(word) for word in sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]


def before(match: re.Match[str], most: int = 40) -> str:
    """What stands right before a match."""
    return match.string[max(0, match.start() - most) : match.start()]


def after(match: re.Match[str], most: int = 40) -> str:
    """What stands right behind a match."""
    return match.string[match.end() : match.end() + most]
