"""A finite-state transducer, as far as a decoding graph needs one, and OpenFst's binary form of it."""

from __future__ import annotations

import collections
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from tools.starter_model.phones import entering, staying

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_MAGIC = 2125659606
_PROPERTIES = 3  # expanded, mutable


class Arc(NamedTuple):
    """One step; label 0 is none."""

    takes: int
    gives: int
    cost: float
    to: int


@dataclass
class Fst:
    """States are numbers; `final` holds the cost of ending in one."""

    arcs: list[list[Arc]] = field(default_factory=list)
    final: dict[int, float] = field(default_factory=dict)
    start: int = 0

    def state(self) -> int:
        """A new state."""
        self.arcs.append([])
        return len(self.arcs) - 1

    def arc(self, source: int, takes: int, gives: int, cost: float, to: int) -> None:
        """A new step."""
        self.arcs[source].append(Arc(takes, gives, cost, to))

    def sort(self, key: Callable[[Arc], Any]) -> None:
        """Order each state's steps, as what composes them needs it."""
        for arcs in self.arcs:
            arcs.sort(key=key)

    def write(self, file: Path) -> None:
        """As an OpenFst file of type "vector" over arcs of type "standard", version 2."""

        def text(word: str) -> bytes:
            return struct.pack("<i", len(word)) + word.encode()

        count = sum(map(len, self.arcs))
        parts = [struct.pack("<i", _MAGIC), text("vector"), text("standard")]
        parts.append(struct.pack("<iiQqqq", 2, 0, _PROPERTIES, self.start, len(self.arcs), count))
        for number, arcs in enumerate(self.arcs):
            parts.append(struct.pack("<fq", self.final.get(number, float("inf")), len(arcs)))
            parts += [struct.pack("<iifi", *arc) for arc in arcs]
        file.write_bytes(b"".join(parts))


def with_transitions(phones: Fst) -> Fst:
    """The same over transitions in place of phones: into each, and then to itself for as long as it sounds."""
    arriving: dict[int, set[int]] = collections.defaultdict(set)
    for arcs in phones.arcs:
        for arc in arcs:
            arriving[arc.to].add(arc.takes)
    expanded = Fst([[] for _ in phones.arcs], dict(phones.final), phones.start)
    middle: dict[tuple[int, int], int] = {}
    for source, arcs in enumerate(phones.arcs):
        for arc in arcs:
            if arc.takes == 0:
                expanded.arc(source, 0, arc.gives, arc.cost, arc.to)
                continue
            alone = arriving[arc.to] == {arc.takes} and arc.to != phones.start
            key = (arc.to, 0 if alone else arc.takes)
            if key not in middle:
                middle[key] = arc.to if alone else expanded.state()
                expanded.arc(middle[key], staying(arc.takes), 0, 0.0, middle[key])
                if not alone:
                    expanded.arc(middle[key], 0, 0, 0.0, arc.to)
            expanded.arc(source, entering(arc.takes), arc.gives, arc.cost, middle[key])
    return expanded
