"""The phones of the acoustic model, in the order in which it was trained.

SIL is 1 and belongs to no word; every other phone has four variants by its place in a word, which share their sounds.
Of phone `id` the transition into it is `2·id`, its self-loop `2·id − 1` (chain topology, one emitting state).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

_NAMES = "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH"
PHONES = tuple(_NAMES.split())
SIL = 1
POSITIONS = {"B": "begin", "E": "end", "I": "internal", "S": "singleton"}
"""As phone names end, and as Kaldi's word_boundary.int calls it."""


@dataclass(frozen=True)
class PhoneTable:
    """Ids of the phones by place in the word."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Each phone's name at its id."""
        return ("<eps>", "SIL", *(f"{phone}_{place}" for phone in PHONES for place in POSITIONS))

    @cached_property
    def ids(self) -> dict[str, int]:
        """Each phone's id by its name."""
        return {name: number for number, name in enumerate(self.names)}

    def of_word(self, pronunciation: tuple[str, ...]) -> tuple[int, ...]:
        """Ids of a word's phones."""
        if len(pronunciation) == 1:
            return (self.ids[f"{pronunciation[0]}_S"],)
        first, *inner, last = pronunciation
        return (self.ids[f"{first}_B"], *(self.ids[f"{phone}_I"] for phone in inner), self.ids[f"{last}_E"])

    def boundaries(self) -> str:
        """The content of word_boundary.int."""
        kinds = {SIL: "nonword"} | {number: POSITIONS[name[-1]] for name, number in self.ids.items() if "_" in name}
        return "".join(f"{number} {kind}\n" for number, kind in sorted(kinds.items()))


def entering(phone: int) -> int:
    """The transition into a phone."""
    return 2 * phone


def staying(phone: int) -> int:
    """The transition of a phone to itself."""
    return 2 * phone - 1
