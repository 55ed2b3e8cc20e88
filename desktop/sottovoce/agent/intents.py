"""Understanding without a model: sentence templates, and a one-word repair of what was mistyped or misheard."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml
from hassil import Intents as Templates
from hassil import recognize_all
from hassil.sample import sample_sentence
from rapidfuzz import process
from rapidfuzz.distance import OSA

from sottovoce.domain.words import word_set
from sottovoce.language.en.statements import stated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hassil.models import MatchEntity

MOST_SLIPS = 1
"""Letters that are wrong, missing, too many or exchanged in a word that is put right."""
SHORTEST_REPAIRED = 3
"""Letters of a word that is put right: a shorter one may be anything."""

MOST_WORDS_REPAIRED = 12
"""Longer sentences are free speech, not a misheard command."""

LONGEST_CHARS = 4000
"""A longer text is no sentence: matching a pasted page took 60 ms of the event loop."""

NEVER_REPAIRED_TO = word_set(
    "remember forget delete erase remove don't not never no yes hate dislike like love prefer enjoy i my me"
)
"""Words that write, agree, or turn a meaning round: they must have been heard, not guessed."""

NEVER_FROM_REPAIR = frozenset({"memory.tell", "memory.yes", "memory.no"})
"""What keeps the whole sentence, and what agrees: a misheard one is not worth keeping."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What a sentence asks for."""

    name: str
    slots: Mapping[str, str] = field(default_factory=dict)


_RAW = re.compile(r"\S+")
_EDGES = ' \t\n.,;:!?"()[]{}\N{HORIZONTAL ELLIPSIS}\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}'


def normalised(text: str) -> str:
    """`text` as the templates want it: single spaces, no punctuation around words.

    What is inside a word stays ("3.5", "e-mail"), and so does the case, which templates ignore: a slot holds the user's
    own words.
    """
    return _Sentence(text).plain


class _Sentence:
    """A text without the marks around its words, each of which knows where it stood."""

    def __init__(self, text: str) -> None:
        self._text = text
        straight = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        words: list[str] = []
        self._spans: list[tuple[int, int, int]] = []  # where a word begins in `plain`, begins and ends in the text
        length = 0
        for raw in _RAW.finditer(straight):
            word = raw[0].strip(_EDGES)
            if word:
                begin = raw.start() + raw[0].index(word)
                self._spans.append((length, begin, begin + len(word)))
                words.append(word)
                length += len(word) + 1
        self.plain = " ".join(words)

    def cut(self, begin: int, end: int) -> str:
        """What the text has from the word with this place in `plain` to the one before that, marks between included."""
        inside = [span for span in self._spans if begin <= span[0] < end]
        first, last = (inside[0][1], inside[-1][2]) if inside else (0, 0)
        while first and _lacks(self._text[first:last], self._text[first - 1], opens=True):
            first -= 1
        while last < len(self._text) and _lacks(self._text[first:last], self._text[last], opens=False):
            last += 1
        return self._text[first:last]


_PAIRS = {'"': '"', "(": ")", "[": "]", "{": "}", "\N{LEFT DOUBLE QUOTATION MARK}": "\N{RIGHT DOUBLE QUOTATION MARK}"}


def _lacks(text: str, mark: str, *, opens: bool) -> bool:
    """Whether a mark before or behind a text is the other half of one inside."""
    for begin, end in _PAIRS.items():
        if mark == (begin if opens else end):
            if begin == end:
                return text.count(begin) % 2 == 1
            return text.count(end) > text.count(begin) if opens else text.count(begin) > text.count(end)
    return False


class Understanding:
    """One language's templates, ready to match."""

    def __init__(self, intents_yaml: str, is_word: Callable[[str], bool]) -> None:
        """Read templates from the text of a hassil intents file.

        Args:
            intents_yaml: The templates.
            is_word: Whether a word is a good one of the language: such a one is never put right.

        Raises:
            ValueError: It is no intents file.
        """
        raw: Any = yaml.safe_load(intents_yaml)
        if not isinstance(raw, dict) or "intents" not in raw:
            message = "not an intents file"
            raise ValueError(message)
        self._templates = Templates.from_dict(raw)
        self._words = sorted(self._vocabulary() - NEVER_REPAIRED_TO)
        self._is_word = is_word

    def _vocabulary(self) -> set[str]:
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
        sentence = _Sentence(text)
        found = self._matched(sentence)
        if found is None and (said := stated(text)) != text:  # "what time is it, please"
            found = self._matched(_Sentence(said))
        return found or self._repaired(sentence.plain)

    def _matched(self, sentence: _Sentence) -> Intent | None:
        best: tuple[int, int] | None = None
        found: Intent | None = None
        for result in recognize_all(sentence.plain, self._templates):
            # hassil drops the marks inside of words, too.
            slots = {name: sentence.cut(*_span(entity)) for name, entity in result.entities.items()}
            # The most literal text, then the fewest slots: "remember that X" over "remember X".
            literal = result.text_chunks_matched, -len(slots)
            if all(slots.values()) and (best is None or literal > best):
                best, found = literal, Intent(result.intent.name, slots)
        return found

    def _repaired(self, sentence: str) -> Intent | None:
        words = sentence.split()
        if not 1 < len(words) <= MOST_WORDS_REPAIRED:
            return None
        wrong = [at for at, word in enumerate(words) if len(word) >= SHORTEST_REPAIRED and not self._is_word(word)]
        if len(wrong) != 1:  # two are a name, or another language
            return None
        (place,) = wrong
        for likely, _, _ in process.extract(
            words[place].lower(), self._words, scorer=OSA.distance, limit=3, score_cutoff=MOST_SLIPS
        ):
            if not _is_slip(words[place].lower(), likely):
                continue
            intent = self._matched(_Sentence(" ".join([*words[:place], likely, *words[place + 1 :]])))
            if intent is not None and intent.name not in NEVER_FROM_REPAIR:
                return intent
        return None


def _is_slip(typed: str, meant: str) -> bool:
    """Whether fingers do that: letters exchanged, one typed twice or once, the key beside hit.

    No list has all words: "fiend" is not in the one that ships, and is no "friend".
    """
    if sorted(typed) == sorted(meant) or _once(typed) == _once(meant):
        return True
    wrong = [(one, other) for one, other in zip(typed, meant, strict=False) if one != other]
    return len(typed) == len(meant) and all(other in _BESIDE.get(one, "") for one, other in wrong)


def _once(word: str) -> str:
    """Without doubled letters."""
    return "".join(letter for letter, _ in itertools.groupby(word))


_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {letter: row[max(at - 1, 0) : at] + row[at + 1 : at + 2] for row in _ROWS for at, letter in enumerate(row)}


def _span(entity: MatchEntity) -> tuple[int, int]:
    span: tuple[int, int] = entity.text_span or (0, 0)
    return span
