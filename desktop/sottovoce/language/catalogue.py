"""Reads compiled Fluent messages and renders them; `fluent.runtime` is its oracle in the tests."""

from __future__ import annotations

import json
import logging
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sottovoce.domain.said import Said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sottovoce.language.grammar import Grammar

_LOG = logging.getLogger(__name__)

OF_ALL = frozenset({"BE"})
"""Functions of all things of a list at once."""
COMPILED = "compiled"
"""Folder of a language that holds what its `.ftl` files were made into."""


class Catalogue:
    """The messages of one language; the first word of a key names the file that holds it, read when first asked for.

    A compiled file maps a key to a pattern, or to its pattern ("") and attributes. A pattern is a text, or a list of
    texts and placeables: `{"v": name}` a value, `{"f": NAME, "a": placeable, "o": options}` a function of the grammar
    (with `"w"`, further arguments, where it has them: `{ WHEN($at, $now) }`),
    `{"s": placeable, "c": {variant: pattern}, "d": default}` a choice, `{"m": key}` another message, `{"t": constant}`.

    A function of a list is called with each of it; its options `before` and `join` say what stands before each and
    between them: `{ CLAUSE($facts, before: "that ") }`. Without `join` it is an enumeration.
    """

    def __init__(self, folder: Path, grammar: Grammar, fallback: Catalogue | None = None) -> None:
        """Read from `folder`/compiled; what is missing there comes from `fallback`."""
        self._folder = folder / COMPILED
        self._grammar = grammar
        self._fallback = fallback
        self._files: dict[str, Mapping[str, Any]] = {}

    def find(self, key: str, facts: Mapping[str, object]) -> str | None:
        """The message in words, None if there is none."""
        pattern = self._pattern(key)
        if pattern is not None:
            return self._text(pattern, facts)
        return self._fallback.find(key, facts) if self._fallback is not None else None

    def render(self, key: str, facts: Mapping[str, object]) -> str:
        """The message in words.

        A missing message is its key and a missing value its name: logged as bugs, never raised.
        """
        text = self.find(key, facts)
        if text is None:
            _LOG.error("no message %s", key)
            return key
        return text

    def _pattern(self, key: str) -> Any:  # noqa: ANN401 - as JSON gives it
        name, _, attribute = key.partition(".")
        message = self._file(name.partition("-")[0]).get(name)
        if isinstance(message, dict):
            return message.get(attribute)
        return None if attribute else message

    def _file(self, name: str) -> Mapping[str, Any]:
        if name not in self._files:
            path = self._folder / f"{name}.json"
            self._files[name] = json.loads(path.read_bytes()) if path.is_file() else {}
        return self._files[name]

    def _text(self, pattern: str | list[Any], facts: Mapping[str, object]) -> str:
        if isinstance(pattern, str):
            return pattern
        return "".join(part if isinstance(part, str) else self._shown(self._value(part, facts)) for part in pattern)

    def _shown(self, value: object) -> str:
        if isinstance(value, Said):
            return self.render(value.key, value.facts)
        if isinstance(value, tuple | list):
            return self._grammar.enumeration([self._shown(one) for one in value])
        return str(value)

    def _value(self, part: Mapping[str, Any], facts: Mapping[str, object]) -> object:
        match part:
            case {"v": name}:
                if name not in facts:
                    _LOG.error("no value for %s", name)
                return facts.get(name, f"{{{name}}}")
            case {"t": constant}:
                return constant
            case {"m": key}:
                return self.render(key, facts)
            case {"f": name, "a": argument, "o": options}:
                further = tuple(self._value(one, facts) for one in part.get("w", ()))
                return self._called(name, self._value(argument, facts), *further, **options)
            case _:
                return self._chosen(part, facts)

    def _called(
        self, name: str, value: object, *further: object, before: str = "", join: str = "", **options: str
    ) -> str:
        """What a function of the grammar makes of a value, or of each of a list."""
        if name in OF_ALL:
            return self._grammar.functions[name](*map(self._plain, (value, *further)))
        if isinstance(value, tuple | list):
            made = [before + self._called(name, one, *further, **options) for one in value]
            return join.join(made) if join else self._grammar.enumeration(made)
        return self._grammar.functions[name](
            self._shown(value) if isinstance(value, Said) else value, *further, **options
        )

    def _plain(self, value: object) -> object:
        """A value with what it says in words."""
        if isinstance(value, tuple | list):
            return tuple(map(self._plain, value))
        return self._shown(value) if isinstance(value, Said) else value

    def _chosen(self, part: Mapping[str, Any], facts: Mapping[str, object]) -> str:
        value = self._value(part["s"], facts) if _given(part["s"], facts) else ""
        variants: Mapping[str, Any] = part["c"]
        for name in self._names(value):
            if name in variants:
                return self._text(variants[name], facts)
        return self._text(variants[part["d"]], facts)

    def _names(self, value: object) -> tuple[str, ...]:
        """What a variant for `value` may be called, the most exact first."""
        if isinstance(value, bool):
            return ("true" if value else "false",)
        if isinstance(value, int | float | Fraction):
            return f"{float(value):g}", self._grammar.plural(float(value))
        if isinstance(value, Enum):
            return (str(value.value),)
        return ("none",) if value is None else (str(value),)


def _given(part: Mapping[str, Any], facts: Mapping[str, object]) -> bool:
    """A choice by what nobody told takes its default: manner and tone are given for answers alone."""
    return "v" not in part or part["v"] in facts
