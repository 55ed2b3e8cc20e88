"""Which words may stand in which slot of a template, by what the language knows of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sottovoce.agent.slots.slots import (
    BOOKED,
    DATED,
    ENGAGEMENT,
    FREE,
    OCCASIONS,
    Kind,
    kind_of,
    may_be,
    value_of,
)
from sottovoce.language.places import place

if TYPE_CHECKING:
    from sottovoce.domain.plans import Plan
    from sottovoce.language.languages import Language

_PLACES = frozenset({"city", "city2"})
"""Slots that hold only what is known: nothing but "lisbon" makes a request of "lisbon time"."""
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def fits(spoken: Language, slot: str, words: str) -> bool:
    """Whether words of a language may stand in the slot of that name: "ten minutes" in `{duration}`."""
    if kind_of(slot) is Kind.PLAN:
        return _fits_plan(slot, spoken.plans.plan(words, _ANY_TIME))
    if slot in _PLACES:
        return place(words, spoken.tag) is not None
    if slot in OCCASIONS:
        return spoken.plans.is_engagement(words)
    if slot in {"list", "errand"}:
        return (spoken.keeping.list_named if slot == "list" else spoken.keeping.errand)(words) is not None
    if kind_of(slot) in FREE:
        return may_be(slot, words)
    return value_of(slot, words, spoken.values, _ANY_TIME) is not None


def _fits_plan(slot: str, plan: Plan | None) -> bool:
    if plan is None:
        return False
    if slot == DATED:
        return plan.moment is not None and plan.moment.day and plan.moment.clock
    if slot not in {ENGAGEMENT, BOOKED}:
        return True
    at_once = plan.moment is not None and plan.moment.at == _ANY_TIME  # "i have a car now" makes no appointment
    return plan.engagement if at_once else plan.is_engagement


def doubts(tag: str, slot: str, words: str) -> bool:
    """Whether words may stand in a slot, but name nothing that is known: no place is called "old york"."""
    return slot.rstrip("0123456789") == "place" and place(words, tag) is None
