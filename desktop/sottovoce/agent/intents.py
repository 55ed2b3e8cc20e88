"""Understanding without a model: sentence templates, and a one-word repair of what was mistyped or misheard."""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from hassil import recognize_all
from hassil.intents import Intent as TemplatesOfIntent
from hassil.intents import IntentData, Intents, WildcardSlotList
from hassil.parse_expression import parse_sentence
from rapidfuzz import process
from rapidfuzz.distance import OSA

from sottovoce.agent.slots import FREE, kind_of, value_of
from sottovoce.agent.template_index import TemplateIndex, words_of_templates
from sottovoce.language import ENGLISH, language
from sottovoce.language.templates import read_templates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from hassil.intents import SlotList
    from hassil.models import MatchEntity

    from sottovoce.language.languages import Language
    from sottovoce.language.templates import Templates

MOST_SLIPS = 1
"""Letters that are wrong, missing, too many or exchanged in a word that is put right."""
SHORTEST_REPAIRED = 3
"""Letters of a word that is put right: a shorter one may be anything."""

MOST_WORDS_REPAIRED = 12
"""Longer sentences are free speech, not a misheard command."""

LONGEST_CHARS = 4000
"""A longer text is no sentence: matching a pasted page took 60 ms of the event loop."""

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
            return any(_without_half(text, begin, end, opens=opens))
    return False


def _without_half(text: str, begin: str, end: str, *, opens: bool) -> Iterator[bool]:
    """For each mark that closes (`opens`) or opens one, whether its other half lacks: "2+3)*(4+5" lacks two."""
    wanted, other = (end, begin) if opens else (begin, end)
    whole = 0
    for mark in text if opens else reversed(text):
        if mark == other:
            whole += 1
        elif mark == wanted:
            yield whole == 0
            whole = max(whole - 1, 0)


class IntentRecognizer:
    """Finds what a sentence of one language asks for, by that language's templates."""

    def __init__(
        self,
        templates: Templates,
        is_word: Callable[[str], bool] | None = None,
        stated: Callable[[str], str] = str,
        fits: Callable[[str, str], bool] = lambda _slot, _words: True,
    ) -> None:
        """Recognise what matches `templates`.

        Args:
            templates: What can be said.
            is_word: Whether a word is a good one of the language: such a one is never put right. Where there is no list
                of words, None: the words of the templates are good ones.
            stated: Leaves out what is only said on the way ("please").
            fits: Whether words may stand in the slot of that name: "ten minutes" in `{duration}`.
        """
        self._tell_words = functools.cache(lambda: words_of_templates(texts, templates.rules))
        texts = [text for sentences in templates.sentences.values() for text in sentences]
        self._known = templates
        self._stated = stated
        self._fits = fits
        self._is_word = is_word or self._is_in_templates
        self._beside = {
            letter: row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
            for row in templates.keyboard
            for at, letter in enumerate(row)
        }
        slots = set(templates.slots)
        self._templates = [
            _Template(place, name, IntentData([text], wildcard_list_names=slots))
            for place, (name, sentences) in enumerate(templates.sentences.items())
            for text in sentences
        ]
        self._index = TemplateIndex(texts, templates.rules)
        self._rules = {name: parse_sentence(text) for name, text in templates.rules.items()}
        self._slots: dict[str, SlotList] = {name: WildcardSlotList(name) for name in templates.slots}

    def _is_in_templates(self, word: str) -> bool:
        return word.lower() in self._tell_words()

    @functools.cached_property
    def _words(self) -> list[str]:
        """What a word may be put right to."""
        return sorted(self._tell_words() - self._known.never_repaired_to)

    def intent(self, text: str) -> Intent | None:
        """The intent that `text` matches whole, if need be after putting one misheard word right; else None."""
        if len(text) > LONGEST_CHARS:
            return None
        sentence = _Sentence(text)
        found = self._matched(sentence)
        if found is None and (said := self._stated(text)) != text:  # "what time is it, please"
            found = self._matched(_Sentence(said))
        return found or self._repaired(sentence.plain)

    def _matched(self, sentence: _Sentence) -> Intent | None:
        best: tuple[int, int, int] | None = None
        found: Intent | None = None
        for result in recognize_all(sentence.plain, self._candidates(sentence.plain)):
            # hassil drops the marks inside of words, too.
            slots = {name: sentence.cut(*_span(entity)) for name, entity in result.entities.items()}
            # The most literal text, then the fewest slots: "remember that X" over "remember X"; then typed slots over
            # free ones: "ten minute timer" over the timer of that name.
            literal = result.text_chunks_matched, -len(slots), sum(not _is_free(name) for name in slots)
            if not all(slots.values()) or (best is not None and literal <= best):
                continue
            told = self._told_apart(slots)
            if told is not None and all(self._fits(name, words) for name, words in told.items()):
                best, found = literal, Intent(result.intent.name, told)
        return found

    def _told_apart(self, slots: Mapping[str, str]) -> dict[str, str] | None:
        """Two slots that stand side by side, `{what__when}`, each with its own words; None where they can't be told.

        The typed one of them has as many words as fit it.
        """
        told: dict[str, str] = {}
        for name, words in slots.items():
            first, beside, second = name.partition("__")
            if not beside:
                told[name] = words
                continue
            parts = words.split()
            places = range(1, len(parts)) if kind_of(first) in FREE else range(len(parts) - 1, 0, -1)
            for at in places:
                one, other = " ".join(parts[:at]), " ".join(parts[at:])
                if self._fits(first, one) and self._fits(second, other):
                    told |= {first: one, second: other}
                    break
            else:
                return None
        return told

    def _candidates(self, sentence: str) -> Intents:
        """The templates worth trying, in the order in which all of them would be tried."""
        found = sorted((self._templates[place] for place in self._index.candidates(sentence)), key=_Template.order)
        intents: dict[str, TemplatesOfIntent] = {}
        for template in found:
            intents.setdefault(template.intent, TemplatesOfIntent(template.intent)).data.append(template.data)
        return Intents("", intents, slot_lists=self._slots, expansion_rules=self._rules)

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
            if not _is_slip(words[place].lower(), likely, self._beside):
                continue
            intent = self._matched(_Sentence(" ".join([*words[:place], likely, *words[place + 1 :]])))
            if intent is not None and intent.name not in NEVER_FROM_REPAIR:
                return intent
        return None


class IntentRecognizers:
    """A recogniser for each language, made when the language is first used (7 ms)."""

    def __init__(self, word_lists: Mapping[str, Callable[[str], bool]] = MappingProxyType({})) -> None:
        """Know the good words of some languages, by their tags."""
        self._word_lists = word_lists
        self._made: dict[str, IntentRecognizer] = {}

    def of(self, tag: str) -> IntentRecognizer:
        """The recogniser of the language with this tag, of English if there is none."""
        spoken = language(tag)
        folder = spoken.folder / "understand"
        spoken = spoken if folder.is_dir() else language(ENGLISH)
        if spoken.tag not in self._made:
            self._made[spoken.tag] = IntentRecognizer(
                read_templates(spoken.folder / "understand"),
                self._word_lists.get(spoken.tag),
                spoken.statements.stated,
                functools.partial(_fits, spoken),
            )
        return self._made[spoken.tag]


_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def _fits(spoken: Language, slot: str, words: str) -> bool:
    return kind_of(slot) in FREE or value_of(slot, words, spoken.values, _ANY_TIME) is not None


def _is_free(slot: str) -> bool:
    return all(kind_of(part) in FREE for part in slot.split("__"))


@dataclass(frozen=True, slots=True)
class _Template:
    """One template as hassil wants it, parsed when it is first tried."""

    place: int
    intent: str
    data: IntentData

    def order(self) -> tuple[int, int]:
        """Intents as they stand; of one intent's, those with slots and the most words first."""
        (sentence,) = self.data.sentences
        slots = self.data.wildcard_list_names.intersection(sentence.list_names())
        return self.place, -sentence.text_chunk_count() if slots else 0


def _is_slip(typed: str, meant: str, beside: Mapping[str, str]) -> bool:
    """Whether fingers do that: letters exchanged, one typed twice or once, the key beside hit.

    No list has all words: "fiend" is not in the one that ships, and is no "friend".
    """
    if sorted(typed) == sorted(meant) or _once(typed) == _once(meant):
        return True
    wrong = [(one, other) for one, other in zip(typed, meant, strict=False) if one != other]
    return len(typed) == len(meant) and all(other in beside.get(one, "") for one, other in wrong)


def _once(word: str) -> str:
    """Without doubled letters."""
    return "".join(letter for letter, _ in itertools.groupby(word))


def _span(entity: MatchEntity) -> tuple[int, int]:
    span: tuple[int, int] = entity.text_span or (0, 0)
    return span
