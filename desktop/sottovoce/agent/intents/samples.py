"""Sentences that templates allow, as examples of what they are for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sottovoce.agent.intents.template_index import tokens_of
from sottovoce.agent.slots.slots import FREE, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sottovoce.agent.sentences.phrases import PhraseBook
    from sottovoce.language.templates import Templates


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence made from a template, with its slots."""

    intent: str
    sentence: str
    slots: Mapping[str, str] = field(default_factory=dict)
    """The words that stand in its slots."""


def _samples(templates: Templates, phrases: PhraseBook) -> Iterator[Sample]:
    """Of each template one of the first of alternatives, and one of the last.

    Templates with slots that any words fit are left out: nobody knows what was meant there.
    """
    for name, texts in templates.sentences.items():
        seen: set[str] = set()
        for text in texts:
            for at in (0, -1):
                reader = _SampleReader(templates.rules, phrases, at)
                parts = reader.read(text)
                said = " ".join(parts or ())
                if said and said not in seen:
                    seen.add(said)
                    yield Sample(name, said, reader.slots)


class Samples:
    """Those of a language: made one by one as somebody comes to them, and kept, for making all takes 0.2 s."""

    def __init__(self, templates: Templates, phrases: PhraseBook) -> None:
        """Make none yet."""
        self._made: list[Sample] = []
        self._left = _samples(templates, phrases)

    def __iter__(self) -> Iterator[Sample]:
        place = 0
        while place < len(self._made) or self._make():
            yield self._made[place]
            place += 1

    def _make(self) -> bool:
        sample = next(self._left, None)
        if sample is not None:
            self._made.append(sample)
        return sample is not None


class _SampleReader:
    """Takes one of alternatives, and no optional words."""

    def __init__(self, rules: Mapping[str, str], phrases: PhraseBook, at: int) -> None:
        self._rules = rules
        self._phrases = phrases
        self._at = at
        self.slots: dict[str, str] = {}

    def read(self, template: str) -> list[str] | None:
        """Its words; None where it can't be said."""
        tokens = tokens_of(template)
        return None if tokens is None else self._sequence(iter(tokens), "")

    def _sequence(self, tokens: Iterator[str], until: str) -> list[str] | None:
        """The words up to a closing bracket, which is always read."""
        branches: list[list[str] | None] = [[]]
        for token in tokens:
            if token == until:
                break
            if token[0] == "|":
                branches.append([])
                continue
            added = self._of(token, tokens)
            before = branches[-1]
            branches[-1] = None if added is None or before is None else before + added
        return branches[self._at]

    def _of(self, token: str, tokens: Iterator[str]) -> list[str] | None:
        match token[0]:
            case "(":
                return self._sequence(tokens, ")")
            case "[":
                self._sequence(tokens, "]")
                return []
            case "<":
                return self.read(self._rules.get(token[1:-1], ""))
            case "{":
                return self._example(token[1:-1])
            case _:
                return [token]

    def _example(self, slot: str) -> list[str] | None:
        words = next(iter(self._phrases[f"example.{kind_of(slot)}"]), None)
        if kind_of(slot) in FREE or words is None:
            return None
        self.slots[slot] = words
        return words.split()
