"""Which templates a sentence may match, by the words they require: the others need not be tried."""

from __future__ import annotations

import functools
import re
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_TOKEN: Final = re.compile(r"[()\[\]|;]|<[^<>]*>|\{[^{}]*\}|[^\s()\[\]|;<>{}]+")
_GLUED: Final = re.compile(r"[^\s(\[|;][(\[<{]|[)\]>}][^\s)\]|;]")
"""A bracket that touches a word: "light[s]" requires no whole word that is known here."""
_PARTS: Final = re.compile(r"[-_]")
"""Template matching takes "living-room" for "living room"."""

Clause = frozenset[str]
"""Words of which at least one must be there."""
WordSet = frozenset[str] | None
"""Words that may stand somewhere; None where any may."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a sentence may begin and end with, and be made of, to match a template."""

    first: WordSet = frozenset()
    last: WordSet = frozenset()
    all: WordSet = frozenset()
    empty: bool = True
    """Whether nothing at all matches as well."""

    def then(self, other: Shape) -> Shape:
        """This one and another behind it."""
        first = _union(self.first, other.first) if self.empty else self.first
        last = _union(self.last, other.last) if other.empty else other.last
        return Shape(first, last, _union(self.all, other.all), self.empty and other.empty)

    def either(self, other: Shape) -> Shape:
        """This one, or another instead."""
        return Shape(
            _union(self.first, other.first),
            _union(self.last, other.last),
            _union(self.all, other.all),
            self.empty or other.empty,
        )

    def fits(self, first: str, last: str, words: frozenset[str]) -> bool:
        """Whether a sentence of these words may match."""
        if self.first is not None and first not in self.first:
            return False
        if self.last is not None and last not in self.last:
            return False
        return self.all is None or words <= self.all


_ANYTHING: Final = Shape(None, None, None, empty=False)


class TemplateIndex:
    """Finds templates by the words of a sentence."""

    def __init__(self, templates: Sequence[str], rules: Mapping[str, str]) -> None:
        """Index `templates`, which use these rules."""
        self._rules = rules
        self._of_rules: dict[str, tuple[Clause, ...]] = {}
        self._always: list[int] = []
        self._by_word: dict[str, list[int]] = {}
        self._clauses = [self.clauses(template) for template in templates]
        self._shape_of_rules: dict[str, Shape] = {}
        self._templates = tuple(templates)
        self._shapes: dict[int, Shape] = {}
        self._making = threading.Lock()
        counts: dict[str, int] = {}
        for clauses in self._clauses:
            for word in frozenset().union(*clauses):
                counts[word] = counts.get(word, 0) + 1
        for place, clauses in enumerate(self._clauses):
            if not clauses:
                self._always.append(place)
                continue
            rarest = min(clauses, key=lambda clause: sum(counts[word] for word in clause))
            for word in rarest:
                self._by_word.setdefault(word, []).append(place)
        self._clauses = [
            tuple(sorted(clauses, key=lambda clause: sum(counts[word] for word in clause))) for clauses in self._clauses
        ]

    def candidates(self, sentence: str) -> Iterator[int]:
        """Places of the templates whose required words are all in `sentence`, and that may begin and end as it does."""
        words = sentence.casefold().split()
        parted = [part for word in words for part in _PARTS.split(word) if part]
        there = {*words, *parted}
        hyphenated = len(parted) != len(words)
        said = frozenset(words)
        for place in {*self._always, *(place for word in there for place in self._by_word.get(word, ()))}:
            for clause in self._clauses[place]:
                if there.isdisjoint(clause):
                    break
            else:
                if hyphenated or not words or self.shape(place).fits(words[0], words[-1], said):
                    yield place

    def shape(self, place: int) -> Shape:
        """The shape of the template at this place, made when it is first asked for."""
        if place not in self._shapes:
            with self._making:
                tokens = tokens_of(self._templates[place])
                self._shapes[place] = _ANYTHING if tokens is None else self._shaped(iter(tokens), "")
        return self._shapes[place]

    def _shaped(self, tokens: Iterator[str], until: str) -> Shape:
        """The shape of what stands up to a closing bracket."""
        branches = [Shape()]
        ordered = True
        for token in tokens:
            if token == until:
                break
            match token[0]:
                case "|":
                    branches.append(Shape())
                    continue
                case ";":
                    ordered = False
                    continue
                case "(":
                    part = self._shaped(tokens, ")")
                case "[":
                    part = self._shaped(tokens, "]").either(Shape())
                case "<":
                    part = self._shape_of_rule(token[1:-1])
                case "{":
                    part = _ANYTHING
                case _:
                    part = _word(token.casefold())
            branches[-1] = branches[-1].then(part)
        return functools.reduce(Shape.either, branches) if ordered else _ANYTHING

    def _shape_of_rule(self, name: str) -> Shape:
        if name not in self._shape_of_rules:
            self._shape_of_rules[name] = _ANYTHING  # a rule that holds itself
            tokens = tokens_of(self._rules.get(name, ""))
            self._shape_of_rules[name] = _ANYTHING if tokens is None else self._shaped(iter(tokens), "")
        return self._shape_of_rules[name]

    def clauses(self, template: str) -> tuple[Clause, ...]:
        """What a sentence must have to match: at least one word of each clause; none where that is not certain."""
        if _GLUED.search(template):
            return ()
        tokens = _TOKEN.findall(template)
        return tuple(self._sequence(iter(tokens), ""))

    def _sequence(self, tokens: Iterator[str], until: str) -> list[Clause]:
        """The clauses of what stands up to a closing bracket: alternatives require one word of any of them."""
        branches: list[list[Clause]] = [[]]
        certain = True
        for token in tokens:
            if token == until:
                break
            match token[0]:
                case "|":
                    branches.append([])
                case ";":  # in any order
                    certain = False
                case "(":
                    branches[-1] += self._sequence(tokens, ")")
                case "[":
                    self._sequence(tokens, "]")
                case "<":
                    branches[-1] += self._of_rule(token[1:-1])
                case "{":
                    pass
                case _:
                    branches[-1].append(frozenset({token.casefold()}))
        if not certain:
            return []
        return branches[0] if len(branches) == 1 else _either(branches)

    def _of_rule(self, name: str) -> tuple[Clause, ...]:
        if name not in self._of_rules:
            self._of_rules[name] = ()  # a rule that holds itself requires nothing
            self._of_rules[name] = self.clauses(self._rules.get(name, ""))
        return self._of_rules[name]


def _word(word: str) -> Shape:
    """The shape of one word; of a hyphenated one, which may be said as two, any."""
    alone = frozenset({word})
    return Shape(alone, alone, alone, empty=False) if len(_PARTS.split(word)) == 1 else _ANYTHING


def _union(one: WordSet, other: WordSet) -> WordSet:
    return None if one is None or other is None else one | other


def tokens_of(template: str) -> list[str] | None:
    """The words, brackets, rules and slots of a template; None where words are glued to brackets."""
    return None if _GLUED.search(template) else _TOKEN.findall(template)


def _either(branches: Iterable[list[Clause]]) -> list[Clause]:
    """One clause of the shortest of each branch; none if a branch requires nothing."""
    shortest = [min(branch, key=len, default=frozenset()) for branch in branches]
    return [frozenset().union(*shortest)] if all(shortest) else []


def words_of_templates(templates: Iterable[str], rules: Mapping[str, str]) -> set[str]:
    """Every word that stands in them."""
    found: set[str] = set()
    waiting, used = list(templates), set[str]()
    while waiting:
        for token in _TOKEN.findall(waiting.pop()):
            if token[0] == "<" and token[1:-1] not in used:
                used.add(token[1:-1])
                waiting.append(rules.get(token[1:-1], ""))
            elif token[0] not in "()[]|;<{":
                found.add(token)
    return found
