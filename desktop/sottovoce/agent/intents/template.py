"""One sentence template of a language, and what it makes of a sentence."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from hassil.intents import IntentData

from sottovoce.agent.intents.template_matcher import texts_in

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from hassil.models import MatchEntity

    from sottovoce.agent.intents.template_matcher import TemplateMatcher, TemplateMatchers

_SLOT = re.compile(r"{([^{}]+)}")


class TemplateMatch(NamedTuple):
    """How a sentence matches a template."""

    intent: str
    letters: int
    """Of the template's own words."""
    slots: dict[str, str]
    first: tuple[str, ...]
    """The slot that begins the sentence, if one does."""


class Template:
    """One template, parsed when it is first tried."""

    def __init__(self, place: int, intent: str, text: str, slots: AbstractSet[str]) -> None:
        """One of `intent`, which stands at `place` among intents; `slots` are the names of those that hold words."""
        self.intent = intent
        self.text = text
        self._place = place
        self._slots = slots
        self._matcher: TemplateMatcher | None = None
        self._is_made = False

    @functools.cached_property
    def data(self) -> IntentData:
        """As hassil wants it."""
        return IntentData([self.text], wildcard_list_names=set(self._slots))

    @functools.cached_property
    def order(self) -> tuple[int, int]:
        """Intents as they stand; of one intent's, those with slots and the most words first."""
        holds_slot = not self._slots.isdisjoint(_SLOT.findall(self.text))
        return self._place, -texts_in(self.text) if holds_slot else 0

    def may_match(self, folded: str) -> bool:
        """Whether a folded sentence holds the letters that it requires; hassil asks the same, after other work."""
        (sentence,) = self.data.sentences
        return all(any(part in folded for part in some) for some in sentence.get_required_clauses({}))

    def matcher(self, matchers: TemplateMatchers) -> TemplateMatcher | None:
        """What matches it; None where that is left to hassil."""
        if not self._is_made:
            self._matcher, self._is_made = matchers.of(self.text), True
        return self._matcher


def span_of(entity: MatchEntity) -> tuple[int, int]:
    """Where what hassil found stands in the text."""
    span: tuple[int, int] = entity.text_span or (0, 0)
    return span
