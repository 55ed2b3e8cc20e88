"""Little words that were not heard: sentence templates that say the same without them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_TOKEN: Final = re.compile(r"[()\[\]|]|<[^<>]*>|\{[^{}]*\}|[^\s()\[\]|<>{}]+")
_SPECIAL: Final = re.compile(r"[^\s(\[|][(\[<{]|[)\]>}][^\s)\]|]|;")
"""A bracket that touches a word ("light[s]"), or words in any order: such a template stays as it is."""


def without_words(template: str, dropped: Collection[str]) -> str:
    """A sentence template that says the same without some words; alternatives that become nothing may be left out."""
    if _SPECIAL.search(template):
        return template
    text, empty = _sequence(iter(_TOKEN.findall(template)), "", dropped)
    return f"[{text}]" if text and empty else text


def rules_without_words(rules: Mapping[str, str], dropped: Collection[str]) -> tuple[dict[str, str], frozenset[str]]:
    """Rules that say the same without some words; and what is dropped with these: names of those that say nothing."""
    gone = frozenset(dropped)
    while True:
        left = {name: text for name, rule in rules.items() if (text := without_words(rule, gone))}
        more = gone | {f"<{name}>" for name in rules.keys() - left.keys()}
        if more == gone:
            return left, gone
        gone = more


_CLOSING: Final = {"(": ")", "[": "]"}


def _sequence(tokens: Iterator[str], until: str, dropped: Collection[str]) -> tuple[str, bool]:
    """What stands up to a closing bracket, and whether one of its alternatives is nothing."""
    branches: list[list[str]] = [[]]
    for word in tokens:
        if word == until:
            break
        if word == "|":
            branches.append([])
        elif word in _CLOSING:
            inner, empty = _sequence(tokens, _CLOSING[word], dropped)
            if inner:
                branches[-1].append(f"[{inner}]" if empty or word == "[" else f"({inner})")
        elif word.casefold() not in dropped:
            branches[-1].append(word)
    kept = [" ".join(branch) for branch in branches if branch]
    return "|".join(kept), len(kept) < len(branches)
