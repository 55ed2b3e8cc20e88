"""Sentences that a template allows, one at random: hassil's own way makes all of them first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.intents.template_index import tokens_of

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping


def said_by(template: str, rules: Mapping[str, str], chance: random.Random, *, least: bool = False) -> list[str] | None:
    """The words of one sentence, slots as they are written; None where words are glued to brackets.

    Args:
        template: What allows it.
        rules: What `<name>` stands for.
        chance: Chooses among alternatives.
        least: The first of alternatives, and nothing that may be left out.
    """
    tokens = tokens_of(template)
    return None if tokens is None else _sequence(iter(tokens), "", rules, chance, least=least)


def _sequence(
    tokens: Iterator[str], until: str, rules: Mapping[str, str], chance: random.Random, *, least: bool
) -> list[str]:
    branches: list[list[str]] = [[]]
    for token in tokens:
        if token == until:
            break
        match token[0]:
            case "|":
                branches.append([])
            case "(":
                branches[-1] += _sequence(tokens, ")", rules, chance, least=least)
            case "[":
                words = _sequence(tokens, "]", rules, chance, least=least)
                branches[-1] += words if not least and chance.random() < 0.5 else []
            case "<":
                branches[-1] += said_by(rules[token[1:-1]], rules, chance, least=least) or []
            case _:
                branches[-1].append(token)
    return branches[0] if least else chance.choice(branches)
