"""What a sentence about the user says, as a value: of what kind it is and about what.

Two facts with the same subject contradict each other, or say the same again: the later one takes the earlier one's
place. A sentence of no known form is its own subject: only the same words again have it. Which forms there are is each
language's own (`Language.facts`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sottovoce.domain.memories import MemoryKind

MOST_SUBJECT_CHARS = 120
HOW = " how"
"""Ends the subject of a sentence that tells such a state as "sick" or "new"."""
SAID = "said: "
"""Begins the subject of a sentence that is its own."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a sentence tells."""

    kind: MemoryKind
    subject: str
    """What of only one thing can hold: texts with the same subject take each other's place."""
    preference: tuple[str, str] | None = None
    """Name and value, where it tells what the user prefers ("favorite color", "blue")."""
    display_name: str = ""
    """What the user is called, where it tells that; as it was written."""
    tastes: tuple[str, ...] = ()
    """Each thing of which it surely tells that the user likes it, or does not (`kind`)."""
    strength: str = ""
    """The verb by which it tells that: who likes something need not love it."""
