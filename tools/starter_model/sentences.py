"""What people say to the assistant: sentences drawn from templates, those it understands and many beside."""

from __future__ import annotations

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


@dataclass(frozen=True)
class Corpus:
    """Families of templates over common rules and lists."""

    families: tuple[Family, ...]
    rules: Mapping[str, Expression]
    open_words: frozenset[str]
    """Where one of them stands, any word may."""
    also: frozenset[str]
    """Words that are in no template and can be said all the same."""

    def words(self) -> frozenset[str]:
        """Every word of every template."""
        parts = [template for family in self.families for template in family.templates]
        found = {word for part in (*parts, *self.rules.values()) for word in _literals(part)}
        return frozenset(word for word in found if not _DIGIT.search(word)) | self.also

    def sentence(self, draw: random.Random) -> list[str]:
        """One sentence, as its words; what can only be typed ("2d6") is not among them."""
        words = self._drawn(draw)
        while any(map(_DIGIT.search, words)):
            words = self._drawn(draw)
        return [UNKNOWN if word in self.open_words and draw.random() < UNKNOWN_P else word for word in words]

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


def read_corpus(commands: Sequence[Path], understood: Templates, examples: tuple[str, ...] = ()) -> Corpus:
    """The corpus of our own sentences, of the templates that the assistant understands, and of `examples`.

    Args:
        commands: Families with weights, rules, open words; the lists of the intents stand among the rules.
        understood: The templates of English.
        examples: Sentences that people are told to say, as they are written there.
    """
    own = [yaml.safe_load(file.read_text("utf-8")) for file in commands]
    named = {**understood.rules, **{name: text for one in own for name, text in one["rules"].items()}}
    rules = {name: _parsed(text) for name, text in named.items()}
    families = [
        Family(family["weight"], tuple(map(_parsed, family["sentences"]))) for one in own for family in one["families"]
    ]
    whole = sum(family.weight for family in families)
    templates = [tuple(map(_parsed, sentences)) for sentences in understood.sentences.values()]
    each = UNDERSTOOD_SHARE / (1 - UNDERSTOOD_SHARE) * whole / (len(templates) + 1)
    families += [Family(each, one) for one in templates]
    if examples:
        families.append(Family(each, tuple(map(_parsed, examples))))
    listed = {key: " ".join(one.get(key, "") for one in own).split() for key in ("open_words", "also")}
    return Corpus(tuple(families), rules, frozenset(listed["open_words"]), frozenset(listed["also"]))


def _parsed(template: str) -> Expression:
    """A template as it is spoken: nobody hears the hyphen of "six-sided"."""
    return parse_sentence(template.replace("}-", "} ")).expression
