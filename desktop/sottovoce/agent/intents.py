"""Understanding without a model: sentence templates, and a one-word repair of what a recogniser misheard."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml
from hassil import Intents as Templates
from hassil import recognize_all
from hassil.sample import sample_sentence
from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LEAST_LIKENESS = 72
"""Percent two words must be alike before one is taken for the other misheard: below, wrong repairs prevail."""

MOST_WORDS_REPAIRED = 12
"""Longer sentences are free speech, not a misheard command."""

LONGEST_CHARS = 4000
"""A longer text is no sentence: matching a pasted page took 60 ms of the event loop."""

NEVER_REPAIRED_TO = frozenset({"remember", "forget", "delete", "erase", "remove", "don't", "not", "never"})
"""Words that write or turn a meaning round: they must have been heard, not guessed."""

NEVER_FROM_REPAIR = frozenset({"memory.tell"})
"""What keeps the whole sentence: a misheard one is not worth keeping."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What a sentence asks for."""

    name: str
    slots: Mapping[str, str] = field(default_factory=dict)


_EDGES = ' \t\n.,;:!?"()[]{}\N{HORIZONTAL ELLIPSIS}\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}'


def normalised(text: str) -> str:
    """`text` as the templates want it: single spaces, no punctuation around words.

    What is inside a word stays ("3.5", "e-mail"), and so does the case, which templates ignore: a slot holds the user's
    own words.
    """
    plain = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return " ".join(word for raw in plain.split() if (word := raw.strip(_EDGES)))


class Understanding:
    """One language's templates, ready to match."""

    def __init__(self, intents_yaml: str) -> None:
        """Read templates from the text of a hassil intents file.

        Raises:
            ValueError: It is no intents file.
        """
        raw: Any = yaml.safe_load(intents_yaml)
        if not isinstance(raw, dict) or "intents" not in raw:
            message = "not an intents file"
            raise ValueError(message)
        self._templates = Templates.from_dict(raw)
        self._words = sorted(self._vocabulary())

    def _vocabulary(self) -> Iterable[str]:
        found: set[str] = set()
        for intent in self._templates.intents.values():
            for data in intent.data:
                for sentence in data.sentences:
                    rules = self._templates.expansion_rules
                    for sample in sample_sentence(
                        sentence, slot_lists=self._templates.slot_lists, expansion_rules=rules
                    ):
                        found.update(word for word in sample.split() if "{" not in word)
        return found

    def intent(self, text: str) -> Intent | None:
        """The intent that `text` matches whole, if need be after putting one misheard word right; else None."""
        if len(text) > LONGEST_CHARS:
            return None
        sentence = normalised(text)
        return self._matched(sentence) or self._repaired(sentence)

    def _matched(self, sentence: str) -> Intent | None:
        best: tuple[int, int] | None = None
        found: Intent | None = None
        for result in recognize_all(sentence, self._templates):
            slots = {name: str(entity.text).strip() for name, entity in result.entities.items()}
            # The most literal text, then the fewest slots: "remember that X" over "remember X".
            literal = result.text_chunks_matched, -len(slots)
            if all(slots.values()) and (best is None or literal > best):
                best, found = literal, Intent(result.intent.name, slots)
        return found

    def _repaired(self, sentence: str) -> Intent | None:
        words = sentence.split()
        if not 1 < len(words) <= MOST_WORDS_REPAIRED:
            return None
        for place, word in enumerate(words):
            for likely, _, _ in process.extract(
                word.lower(), self._words, scorer=fuzz.ratio, limit=3, score_cutoff=LEAST_LIKENESS
            ):
                if likely not in NEVER_REPAIRED_TO and likely != word.lower():
                    intent = self._matched(" ".join([*words[:place], likely, *words[place + 1 :]]))
                    if intent is not None and intent.name not in NEVER_FROM_REPAIR:
                        return intent
        return None
