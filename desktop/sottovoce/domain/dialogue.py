"""What an answer leaves open, kept with it: a question back, and what "it" and "make it ten" may mean."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

PENDING_S = 120.0
"""Seconds for which a question back waits for its answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a tool, in the words it was asked in."""

    tool: str
    words: Mapping[str, str] = field(default_factory=dict)
    """By slot. Moments in them count from when they were said."""

    def __post_init__(self) -> None:
        """Freeze the words."""
        object.__setattr__(self, "words", MappingProxyType(dict(self.words)))

    def with_words(self, **words: str) -> Asked:
        """The same with other words in some slots."""
        return Asked(self.tool, {**self.words, **words})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What a question back is about."""

    asked: Asked
    slot: str = ""
    """The slot that the answer fills; empty where the answer is yes or no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """What is left by an answer."""

    pending: Pending | None = None
    last: Asked | None = None
    """What was done, to be corrected ("no, ten minutes") or asked again of something else ("and in london")."""
    entities: Mapping[str, str] = field(default_factory=dict)
    """What pronouns may mean: a name by its kind, as in {"person": "anna", "timer": "<id>"}."""

    def __post_init__(self) -> None:
        """Freeze the entities."""
        object.__setattr__(self, "entities", MappingProxyType(dict(self.entities)))

    def to_json(self) -> str:
        """One line of JSON; empty where nothing is left."""
        content: dict[str, Any] = {}
        if self.pending is not None:
            content["pending"] = {**_of_asked(self.pending.asked), "slot": self.pending.slot}
        if self.last is not None:
            content["last"] = _of_asked(self.last)
        if self.entities:
            content["entities"] = dict(self.entities)
        return json.dumps(content) if content else ""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """From `to_json`; what can't be read leaves nothing."""
        try:
            content = json.loads(text) if text else {}
            pending, last = content.get("pending"), content.get("last")
            return cls(
                pending=Pending(asked=_asked(pending), slot=str(pending["slot"])) if pending else None,
                last=_asked(last) if last else None,
                entities={str(kind): str(name) for kind, name in content.get("entities", {}).items()},
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            return cls()


NOTHING_LEFT: Final = Dialogue()


def _of_asked(asked: Asked) -> dict[str, Any]:
    return {"tool": asked.tool, "words": dict(asked.words)}


def _asked(content: Mapping[str, Any]) -> Asked:
    return Asked(str(content["tool"]), {str(slot): str(words) for slot, words in content["words"].items()})
