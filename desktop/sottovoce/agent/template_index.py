"""Which templates a sentence may match, by the words they require: the others need not be tried."""

from __future__ import annotations

import re
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


class TemplateIndex:
    """Finds templates by the words of a sentence."""

    def __init__(self, templates: Sequence[str], rules: Mapping[str, str]) -> None:
        """Index `templates`, which use these rules."""
        self._rules = rules
        self._of_rules: dict[str, tuple[Clause, ...]] = {}
        self._always: list[int] = []
        self._by_word: dict[str, list[int]] = {}
        self._clauses = [self.clauses(template) for template in templates]
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

    def candidates(self, sentence: str) -> Iterator[int]:
        """Places of the templates whose required words are all in `sentence`."""
        words = sentence.casefold().split()
        there = {*words, *(part for word in words for part in _PARTS.split(word))}
        yield from self._always
        seen = {place for word in there for place in self._by_word.get(word, ())}
        yield from (place for place in seen if not any(there.isdisjoint(clause) for clause in self._clauses[place]))

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
