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
REFERRED_S = 600.0
"""Seconds after an answer in which "it", "make it ten" and "and in london" still mean what that was about."""
REFERRED_ANSWERS = 5
"""Answers in which a thing that is not named again may still be meant by "it"."""
MOST_ENTITIES = 12
"""Things that pronouns may mean; the newest stay."""
UNDOING: Final = "undoing"
"""Among them, and the slot: what the tool that did something needs to take it back. No pronoun means it."""
WHO: Final = "who"
"""And somebody of the user's, as they were named: "my sister"."""
ABOUT: Final = "about"
"""And what a fact tells of, as in "my cousin's birthday"."""
UNTOLD: Final = "untold"
"""And what was asked about of which nothing is remembered: who says "it's in june" next tells it."""


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
    proposed: bool = False
    """Whether it was the assistant's own guess: a yes has it done as if it had been asked for, and no more."""
    repeated: bool = False
    """Whether it was asked a second time already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """What is left by an answer."""

    pending: Pending | None = None
    last: Asked | None = None
    """What was done, to be corrected ("no, ten minutes") or asked again of something else ("and in london")."""
    entities: Mapping[str, str] = field(default_factory=dict)
    """What pronouns may mean: a name by its kind, as in {"person": "anna", "timer": "<id>"}, the newest first."""
    ages: Mapping[str, int] = field(default_factory=dict)
    """How many answers ago the entity of a kind was named; 0, for the last one, is left out."""

    def __post_init__(self) -> None:
        """Freeze the maps."""
        object.__setattr__(self, "entities", MappingProxyType(dict(self.entities)))
        object.__setattr__(self, "ages", MappingProxyType(dict(self.ages)))

    def after(self, before: Dialogue) -> Dialogue:
        """This and what still holds of the one before: things that were named, and what was done last."""
        older = {kind: before.ages.get(kind, 0) + 1 for kind in before.entities if kind not in self.entities}
        still = [kind for kind, age in older.items() if age < REFERRED_ANSWERS]
        kinds = [*self.entities, *still][:MOST_ENTITIES]
        named = {**before.entities, **self.entities}
        return Dialogue(
            pending=self.pending,
            last=self.last or before.last,
            entities={kind: named[kind] for kind in kinds},
            ages={kind: older[kind] for kind in kinds if kind in older},
        )

    def to_json(self) -> str:
        """One line of JSON; empty where nothing is left."""
        content: dict[str, Any] = {}
        if self.pending is not None:
            content["pending"] = _of_pending(self.pending)
        if self.last is not None:
            content["last"] = _of_asked(self.last)
        if self.entities:
            content["entities"] = dict(self.entities)
        if self.ages:
            content["ages"] = dict(self.ages)
        return json.dumps(content) if content else ""

    @classmethod
    def from_json(cls, text: str) -> Self:
        """From `to_json`; what can't be read leaves nothing."""
        try:
            content = json.loads(text) if text else {}
            pending, last = content.get("pending"), content.get("last")
            return cls(
                pending=_pending(pending) if pending else None,
                last=_asked(last) if last else None,
                entities={str(kind): str(name) for kind, name in content.get("entities", {}).items()},
                ages={str(kind): int(age) for kind, age in content.get("ages", {}).items()},
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            return cls()


NOTHING_LEFT: Final = Dialogue()


def _of_asked(asked: Asked) -> dict[str, Any]:
    return {"tool": asked.tool, "words": dict(asked.words)}


def _of_pending(pending: Pending) -> dict[str, Any]:
    marks = {name: True for name in ("proposed", "repeated") if getattr(pending, name)}
    return {**_of_asked(pending.asked), "slot": pending.slot, **marks}


def _pending(content: Mapping[str, Any]) -> Pending:
    return Pending(
        asked=_asked(content),
        slot=str(content["slot"]),
        proposed=bool(content.get("proposed")),
        repeated=bool(content.get("repeated")),
    )


def _asked(content: Mapping[str, Any]) -> Asked:
    return Asked(str(content["tool"]), {str(slot): str(words) for slot, words in content["words"].items()})
