"""What a question wants to be recalled, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must be told to answer a question."""

    other_forms: tuple[str, ...]
    """How else its words may have been said: they are looked for, too."""
    fits: Callable[[str], bool]
    """Whether a statement is of the same one, and has all that is needed."""
