"""Matching a sentence template word by word: what hassil finds in it, in a tenth of the time.

hassil compares letters, copies what it found at each step, and tries every alternative of a rule. Here a template is a
tree of words: alternatives are looked up by their first word, and what a rule matches at a place is found once for all
templates that use it. What is not made of whole words is left to hassil: a template ("light[s]") as well as a sentence
("living_room", letters that fold in a way of their own).
"""

from __future__ import annotations

import re
import threading
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Final, Protocol

from sottovoce.agent.intents.template_index import tokens_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

WordSpan = tuple[int, int]
"""From which word on, and up to before which."""
_PartMatch = tuple[int, int, int]
"""Where a part begins and ends, and how many letters it has; it begins nowhere if it was left out behind a slot."""
_State = tuple[int, int, str, tuple[tuple[str, WordSpan], ...]]
"""How far a template matches: up to before which word, how many letters, the slot that begins there, those before."""

_NOWHERE: Final = -1
_LEFT_OUT: Final[tuple[_PartMatch, ...]] = ((_NOWHERE, 0, 0),)
_MARKS: Final = ".\u3002,\uff0c?\u00bf\uff1f\u061f!\u00a1\uff01;\uff1b:\uff1a\u2019\u2026\u2014\u2013\u2015"
"""What hassil takes out where it stands at an end of a word."""
_ODD: Final = re.compile(rf"_|(?<!\w)-|-(?!\w)|(?<!\w)[{_MARKS}]|[{_MARKS}](?!\w)|[^\x00-\xff]")
_SPECIAL: Final = re.compile(r"[:@;\\]|'(?!\w)")
"""What hassil reads in a way of its own."""
_STRUCTURE: Final = re.compile(r"[()\[\]|]|<[^<>]*>|\{[^{}]*\}")


class MatchState:
    """The words of a sentence, and what has been found in it."""

    def __init__(self, plain: str) -> None:
        """Take a sentence without marks around its words."""
        raw = [word.split("-") for word in plain.lower().split()]
        self.words = tuple(part for parts in raw for part in parts)
        """Those with a hyphen as if they were several: "a ten-minute timer" is "a ten minute timer"."""
        self.begins = {sum(map(len, raw[:number])): number for number in range(len(raw) + 1)}
        """Which of the sentence's own words begins with each of these."""
        self.is_plain = len(raw) == len(self.words)
        self.odd = _ODD.search(plain) is not None
        """Whether it holds what is more, or less, than a word."""
        self.places: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            self.places.setdefault(word, []).append(place)
        self.steps: dict[tuple[_WithoutSlot, int, bool], Sequence[_PartMatch]] = {}
        """What rules match, from which place on, and whether behind a slot."""


class _Node(Protocol):
    """A part of a template."""

    first: frozenset[str] | None
    """What it may begin with; None where it may be left out, or begin with anything."""

    def reached(self, said: MatchState, states: Sequence[_State]) -> list[_State]:
        """How far the template matches with it, in hassil's order."""


class _WithoutSlot(ABC):
    """A part that holds no slot."""

    first: frozenset[str] | None

    @abstractmethod
    def steps(self, said: MatchState, at: int, *, behind_slot: bool) -> Sequence[_PartMatch]:
        """What it matches from a place on, or, behind a slot, anywhere later."""

    def reached(self, said: MatchState, states: Sequence[_State]) -> list[_State]:
        found: list[_State] = []
        for state in states:
            at, letters, slot, spans = state
            for begin, end, more in self.steps(said, at, behind_slot=bool(slot)):
                if begin == _NOWHERE:
                    found.append(state)
                else:
                    found.append((end, letters + more, "", (*spans, (slot, (at, begin))) if slot else spans))
        return found


class _Literal(_WithoutSlot):
    """Words in a row."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = tuple(word.lower() for word in words)
        self._letters = sum(map(len, words))
        self.first = frozenset(self._words[:1])

    def steps(self, said: MatchState, at: int, *, behind_slot: bool) -> Sequence[_PartMatch]:
        length = len(self._words)
        if not behind_slot:
            there = said.words[at : at + length] == self._words
            return ((at, at + length, self._letters),) if there else ()
        return [
            (begin, begin + length, self._letters)
            for begin in said.places.get(self._words[0], ())
            if begin > at and said.words[begin : begin + length] == self._words
        ]


class _Epsilon(_WithoutSlot):
    """What an optional part is where it is left out."""

    first: frozenset[str] | None = None

    def steps(self, said: MatchState, at: int, *, behind_slot: bool) -> Sequence[_PartMatch]:  # noqa: ARG002 - of any sentence
        return _LEFT_OUT if behind_slot else ((at, at, 0),)


class _Sequence(_WithoutSlot):
    """Parts in a row."""

    def __init__(self, parts: Sequence[_WithoutSlot]) -> None:
        self._parts = parts
        self.first = _first_of_row(parts)

    def steps(self, said: MatchState, at: int, *, behind_slot: bool) -> Sequence[_PartMatch]:
        found: Sequence[_PartMatch] = _LEFT_OUT if behind_slot else ((at, at, 0),)
        for part in self._parts:
            found = [
                (begin if first == _NOWHERE else first, last, letters + more)
                for first, end, letters in found
                for begin, last, more in part.steps(
                    said, at if first == _NOWHERE else end, behind_slot=first == _NOWHERE
                )
            ]
            if not found:
                return ()
        return found


class _Either(_WithoutSlot):
    """Alternatives."""

    def __init__(self, parts: Sequence[_WithoutSlot]) -> None:
        self._parts = parts
        self.first = _first_of_any(parts)
        self._any: list[_WithoutSlot] = []
        self._by_word: dict[str, list[_WithoutSlot]] = {}
        for part in parts:
            if part.first is None:
                self._any.append(part)
                for those in self._by_word.values():
                    those.append(part)
            for word in part.first or ():
                self._by_word.setdefault(word, self._any.copy()).append(part)

    def steps(self, said: MatchState, at: int, *, behind_slot: bool) -> Sequence[_PartMatch]:
        if behind_slot:
            parts = [part for part in self._parts if part.first is None or not part.first.isdisjoint(said.places)]
        elif at < len(said.words):
            parts = self._by_word.get(said.words[at], self._any)
        else:
            parts = self._any
        return [step for part in parts for step in part.steps(said, at, behind_slot=behind_slot)]


class _ExpansionRule(_WithoutSlot):
    """A rule without slots, of which a sentence knows what it matches."""

    def __init__(self, part: _WithoutSlot) -> None:
        self._part = part
        self.first = part.first

    def steps(self, said: MatchState, at: int, *, behind_slot: bool) -> Sequence[_PartMatch]:
        key = self, at, behind_slot
        if (found := said.steps.get(key)) is None:
            found = said.steps[key] = tuple(dict.fromkeys(self._part.steps(said, at, behind_slot=behind_slot)))
        return found


class _Wildcard:
    """What any words match, at least one."""

    first: frozenset[str] | None = None

    def __init__(self, name: str) -> None:
        self._name = name

    def reached(self, said: MatchState, states: Sequence[_State]) -> list[_State]:
        return [
            (at, letters, self._name, spans)
            for at, letters, slot, spans in states
            if not slot and at < len(said.words)  # one that stands beside another is empty
        ]


class _ChainWithSlot:
    """Parts in a row, some with slots."""

    def __init__(self, parts: Sequence[_Node]) -> None:
        self._parts = parts
        self.first = _first_of_row(parts)

    def reached(self, said: MatchState, states: Sequence[_State]) -> list[_State]:
        found = list(states)
        for part in self._parts:
            if not (found := part.reached(said, found)):
                break
        return found


class _EitherWithSlot:
    """Alternatives, some with slots."""

    def __init__(self, parts: Sequence[_Node]) -> None:
        self._parts = parts
        self.first = _first_of_any(parts)

    def reached(self, said: MatchState, states: Sequence[_State]) -> list[_State]:
        return [one for state in states for part in self._parts for one in part.reached(said, [state])]


def _first_of_row(parts: Sequence[_Node]) -> frozenset[str] | None:
    return parts[0].first if parts else None


def _first_of_any(parts: Sequence[_Node]) -> frozenset[str] | None:
    firsts = [part.first for part in parts]
    return None if any(first is None for first in firsts) else frozenset[str]().union(*filter(None, firsts))


class TemplateMatcher:
    """Matches one template."""

    def __init__(self, part: _Node) -> None:
        """Match what `TemplateMatchers.of` made of it."""
        self._part = part

    def matches(self, said: MatchState) -> Iterator[tuple[int, dict[str, WordSpan]]]:
        """How many letters of each match are the template's own, and which words stand in its slots."""
        count, first = len(said.words), self._part.first
        if first is not None and (not count or said.words[0] not in first):
            return
        for at, letters, slot, spans in self._part.reached(said, [(0, 0, "", ())]):
            if slot:
                spans = (*spans, (slot, (at, count)))  # noqa: PLW2901 - the last one ends with the sentence
            elif at != count:
                continue
            if said.is_plain:
                yield letters, dict(spans)
            elif all(begin in said.begins and end in said.begins for _, (begin, end) in spans):
                yield letters, {name: (said.begins[begin], said.begins[end]) for name, (begin, end) in spans}


class TemplateMatchers:
    """Makes matchers of templates that share rules and slots."""

    def __init__(self, rules: Mapping[str, str], slots: Collection[str]) -> None:
        """Know what `<name>` stands for, and what may stand in `{}`."""
        self._texts = rules
        self._slots = frozenset(slots)
        self._rules: dict[str, _Node | None] = {}
        self._words: dict[tuple[str, ...], _Literal] = {}
        self._making = threading.Lock()

    def of(self, template: str) -> TemplateMatcher | None:
        """What matches a template; None where that is left to hassil. Any thread may ask."""
        with self._making:
            part = self._part(template)
        return None if part is None else TemplateMatcher(part)

    def _part(self, template: str) -> _Node | None:
        tokens = None if _SPECIAL.search(template) else tokens_of(template)
        if tokens is None:
            return None
        try:
            return self._sequence(iter(tokens), "")
        except LookupError:
            return None

    def _sequence(self, tokens: Iterator[str], until: str) -> _Node:
        """What stands up to a closing bracket.

        Raises:
            LookupError: A part of it is not known, or an alternative is empty.
        """
        branches: list[list[_Node]] = [[]]
        words: list[str] = []

        def part_ends() -> None:
            if words:
                branches[-1].append(self._in_row(tuple(words)))
                words.clear()

        for token in tokens:
            if token == until:
                break
            if token[0] not in "|([<{":
                words.append(token)
                continue
            part_ends()
            match token[0]:
                case "|":
                    branches.append([])
                case "(":
                    branches[-1].append(self._sequence(tokens, ")"))
                case "[":
                    branches[-1].append(_either([self._sequence(tokens, "]"), _Epsilon()]))
                case "<":
                    branches[-1].append(self._rule(token[1:-1]))
                case _:
                    branches[-1].append(self._slot(token[1:-1]))
        part_ends()
        return _either([_row(parts) for parts in branches])

    def _in_row(self, words: tuple[str, ...]) -> _Literal:
        words = tuple(part for word in words for part in word.split("-"))
        if words not in self._words:
            self._words[words] = _Literal(words)
        return self._words[words]

    def _slot(self, name: str) -> _Node:
        if name not in self._slots:
            raise LookupError(name)
        return _Wildcard(name)

    def _rule(self, name: str) -> _Node:
        if name not in self._rules:
            self._rules[name] = None  # one that holds itself
            part = self._part(self._texts[name])
            self._rules[name] = _ExpansionRule(part) if isinstance(part, _WithoutSlot) else part
        if (known := self._rules[name]) is None:
            raise LookupError(name)
        return known


def _row(parts: Sequence[_Node]) -> _Node:
    if not parts:
        raise LookupError
    if len(parts) == 1:
        return parts[0]
    free = [part for part in parts if isinstance(part, _WithoutSlot)]
    return _Sequence(free) if len(free) == len(parts) else _ChainWithSlot(parts)


def _either(parts: Sequence[_Node]) -> _Node:
    if len(parts) == 1:
        return parts[0]
    free = [part for part in parts if isinstance(part, _WithoutSlot)]
    return _Either(free) if len(free) == len(parts) else _EitherWithSlot(parts)


def texts_in(template: str) -> int:
    """How many pieces of text hassil counts in a template; an optional part has one that is empty."""
    pieces = (piece for piece in _STRUCTURE.split(template.strip()) if piece)
    return sum(len(piece.split()) or 1 for piece in pieces) + template.count("[")
