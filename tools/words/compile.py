"""Fluent files into what the catalogue reads (`sottovoce.language.catalogue`)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fluent.syntax import FluentParser, ast

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[2]
LANGUAGES: Final = ROOT / "desktop" / "sottovoce" / "language"


class FluentWrong(Exception):
    """A file is no Fluent, or uses what the catalogue's reader does not know."""


@dataclass(frozen=True, slots=True)
class Source:
    """One `.ftl` file."""

    language: str
    path: Path
    resource: ast.Resource

    @property
    def name(self) -> str:
        """What every key in it begins with."""
        return self.path.stem

    def messages(self) -> Iterator[ast.Message]:
        """All messages, as they stand."""
        return (entry for entry in self.resource.body if isinstance(entry, ast.Message))


def sources(languages: Path = LANGUAGES) -> list[Source]:
    """Every `.ftl` file of every language.

    Raises:
        FluentWrong: One can't be read.
    """
    parser = FluentParser(with_spans=False)
    found = []
    for path in sorted([*languages.glob("*/say/*.ftl"), *languages.glob("*/show/*.ftl")]):
        resource = parser.parse(path.read_text("utf-8"))
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                message = f"{path}: {entry.annotations[0].message}: {(entry.content or '').strip().splitlines()[0]}"
                raise FluentWrong(message)
        found.append(Source(path.parts[-3], path, resource))
    return found


def compiled(source: Source) -> str:
    """The JSON text of a file, a message a line."""
    messages: dict[str, Any] = {}
    for message in source.messages():
        attributes = {one.id.name: pattern(one.value) for one in message.attributes}
        value = pattern(message.value) if message.value else None
        messages[message.id.name] = {"": value, **attributes} if attributes else value
    lines = (f"{json.dumps(key)}:{json.dumps(messages[key], ensure_ascii=False)}" for key in sorted(messages))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def pattern(node: ast.Pattern) -> str | list[Any]:
    """A text, or its parts."""
    parts = [one.value if isinstance(one, ast.TextElement) else placeable(one.expression) for one in node.elements]
    texts = [part for part in parts if isinstance(part, str)]
    return "".join(texts) if len(texts) == len(parts) else parts


def placeable(node: ast.InlineExpression | ast.Placeable | ast.SelectExpression) -> dict[str, Any]:  # noqa: PLR0911
    """What stands in braces."""
    match node:
        case ast.StringLiteral():
            return {"t": node.parse()["value"]}
        case ast.NumberLiteral():
            return {"t": node.parse()["value"]}
        case ast.VariableReference():
            return {"v": node.id.name}
        case ast.MessageReference():
            return {"m": node.id.name + (f".{node.attribute.name}" if node.attribute else "")}
        case ast.FunctionReference():
            argument, *further = node.arguments.positional
            options = {one.name.name: one.value.parse()["value"] for one in node.arguments.named}
            made = {"f": node.id.name, "a": placeable(argument), "o": options}
            return made | {"w": [placeable(one) for one in further]} if further else made
        case ast.SelectExpression():
            variants = {_variant(one): pattern(one.value) for one in node.variants}
            default = next(_variant(one) for one in node.variants if one.default)
            return {"s": placeable(node.selector), "c": variants, "d": default}
        case ast.Placeable():
            return placeable(node.expression)
        case _:
            message = f"the catalogue knows no {type(node).__name__}"
            raise FluentWrong(message)


def _variant(node: ast.Variant) -> str:
    return node.key.name if isinstance(node.key, ast.Identifier) else str(node.key.value)
