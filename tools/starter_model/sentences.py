"""What people say to the assistant: sentences drawn from templates, those it understands and many beside."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml
from hassil.expression import Alternative, Expression, Group, ListReference, RuleReference, TextChunk
from hassil.parse_expression import parse_sentence

from tools.starter_model.lexicon import UNKNOWN

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sottovoce.language.templates import Templates

UNDERSTOOD_SHARE = 0.45
"""Of the sentences that are drawn; one of these in ten thousands would be too rare for the trigram."""
EXAMPLES_SHARE = 0.12
"""Of the sentences that are drawn, for those that people are told to say or that are tried."""
ANY = "topic"
"""The rule of what stands in slots that have none of their own."""
UNKNOWN_P = 0.06
"""How often an unknown word stands where any word may."""
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Family:
    """Sentences of one sort, and how often one of them is said."""

    weight: float
    templates: tuple[Expression, ...]
    required: bool = True
    """Whether all its words have to be known; those of another that are in no other family are unknown words."""


@dataclass(frozen=True)
class Corpus:
    """Families of templates over common rules and lists."""

    families: tuple[Family, ...]
    rules: Mapping[str, Expression]
    open_words: frozenset[str]
    """Where one of them stands, any word may."""
    also: frozenset[str]
    """Words that are in no template and can be said all the same."""

    @functools.cached_property
    def _words(self) -> frozenset[str]:
        parts = [template for family in self.families if family.required for template in family.templates]
        found = {word for part in (*parts, *self.rules.values()) for word in _literals(part)}
        return frozenset(word for word in found if not _DIGIT.search(word)) | self.also

    def words(self) -> frozenset[str]:
        """Every word of every template that is required."""
        return self._words

    def sentence(self, draw: random.Random) -> list[str]:
        """One sentence, as its words; what can only be typed ("2d6") is not among them."""
        words = self._drawn(draw)
        while any(map(_DIGIT.search, words)):
            words = self._drawn(draw)
        return [UNKNOWN if self._is_unknown(word, draw) else word for word in words]

    def _is_unknown(self, word: str, draw: random.Random) -> bool:
        return word not in self._words or (word in self.open_words and draw.random() < UNKNOWN_P)

    def _drawn(self, draw: random.Random) -> list[str]:
        (family,) = draw.choices(self.families, [one.weight for one in self.families])
        return self._said(draw.choice(family.templates), draw).split()

    def _said(self, part: Expression, draw: random.Random) -> str:
        match part:
            case TextChunk():
                return part.text
            case RuleReference():
                return self._said(self.rules[part.rule_name], draw)
            case ListReference():
                return " ".join(self._said(self._in_slot(name), draw) for name in part.list_name.split("__"))
            case Alternative():
                return self._said(draw.choice(part.items), draw)
            case Group():
                return "".join(self._said(item, draw) for item in part.items)
        raise TypeError(part)

    def _in_slot(self, name: str) -> Expression:
        """What may stand in a slot: by its name, by that of the first of its kind ("number2"), else any thing."""
        return self.rules.get(name) or self.rules.get(name.rstrip("0123456789")) or self.rules[ANY]


def _literals(part: Expression) -> Iterator[str]:
    if isinstance(part, TextChunk):
        yield from part.text.split()
    elif isinstance(part, Group):
        for item in part.items:
            yield from _literals(item)


def read_corpus(
    commands: Sequence[Path], understood: Templates, told: tuple[str, ...] = (), tried: tuple[str, ...] = ()
) -> Corpus:
    """The corpus of our own sentences, of the templates that the assistant understands, and of examples.

    Args:
        commands: Families with weights, rules, open words; the lists of the intents stand among the rules.
        understood: The templates of English.
        told: Sentences that people are told to say.
        tried: Sentences that the intents are tried with; not all of their words have to be known.
    """
    own = [yaml.safe_load(file.read_text("utf-8")) for file in commands]
    named = {**understood.rules, **{name: text for one in own for name, text in one["rules"].items()}}
    rules = {name: _parsed(text) for name, text in named.items()}
    families = [
        Family(family["weight"], tuple(map(_parsed, family["sentences"]))) for one in own for family in one["families"]
    ]
    whole = sum(family.weight for family in families)
    templates = [tuple(map(_parsed, sentences)) for sentences in understood.sentences.values()]
    each = UNDERSTOOD_SHARE / (1 - UNDERSTOOD_SHARE) * whole / len(templates)
    families += [Family(each, one) for one in templates]
    cues = tuple(dict.fromkeys(cue for some in understood.cues.values() for cue in some))
    if cues:  # what is known by its cues in any order is heard word by word
        families.append(Family(each, tuple(map(_parsed, cues)), required=False))
    often = EXAMPLES_SHARE / (1 - UNDERSTOOD_SHARE) * whole
    for examples, required in ((told, True), (tried, False)):
        if examples:
            share = len(examples) / (len(told) + len(tried))
            families.append(Family(often * share, tuple(map(_parsed, examples)), required))
    listed = {key: " ".join(one.get(key, "") for one in own).split() for key in ("open_words", "also")}
    return Corpus(tuple(families), rules, frozenset(listed["open_words"]), frozenset(listed["also"]))


def _parsed(template: str) -> Expression:
    """A template as it is spoken: nobody hears the hyphen of "six-sided"."""
    return parse_sentence(template.replace("}-", "} ")).expression
