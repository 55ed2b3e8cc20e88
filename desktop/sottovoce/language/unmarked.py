"""A request that follows a statement without any mark: "my son's in sydney what time is it over there"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sottovoce.domain.words import words_of

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

_FEWEST_TOLD: Final = 3
"""Words of the shortest statement: "i'm not home"."""
_FEWEST_ASKED: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmarked:
    """How a language tells where a statement ends and a request begins."""

    tells: Callable[[list[str]], bool]
    """Whether words say something whole."""
    question: re.Pattern[str]
    """Begins a question whose verb stands before its subject, as it stands in no subordinate clause."""
    order: re.Pattern[str]
    """Begins an order, with what it is about."""
    no_order: re.Pattern[str]
    """What a verb follows that orders nothing: "i like to ..."."""

    def holds_request(self, text: str) -> bool:
        """Whether something is asked or ordered behind what a clause tells."""
        words = words_of(text)
        return any(
            self._begins(" ".join(words[:at]), " ".join(words[at:])) and self.tells(words[:at])
            for at in range(_FEWEST_TOLD, len(words) - _FEWEST_ASKED + 1)
        )

    def _begins(self, told: str, rest: str) -> bool:
        if self.question.match(rest):
            return True
        return bool(self.order.match(rest)) and not self.no_order.search(told)
