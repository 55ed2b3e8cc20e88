"""The JSON Schema of what an operation is asked and answers: made of its declaration, edited nowhere."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sottovoce.operations.values import FILLED, FOR_PEOPLE, LEFT_OUT, MOMENT, Between, Values

if TYPE_CHECKING:
    from sottovoce.operations.declared import Operation
    from sottovoce.operations.values import FieldKind, Json

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_PLAIN: Final = {str: "string", int: "integer", float: "number", bool: "boolean", Mapping: "object"}


def schema_of(operation: Operation[Any, Any]) -> Json:
    """What is sent for an operation, and what comes back."""
    return {
        "$schema": DRAFT,
        "title": operation.name,
        "type": "object",
        "properties": {"arguments": _of_values(operation.asked), "result": _of_values(operation.answered, made=True)},
    }


def fields_of(asked: type[Values]) -> dict[str, tuple[Json, bool]]:
    """The schema of each field of what is asked by its name, and whether it has to be given."""
    whole = _of_values(asked)
    return {name: (schema, name in whole["required"]) for name, schema in whole["properties"].items()}


def answer_of(answered: type[Values]) -> Json:
    """The schema of an answer."""
    return _of_values(answered, made=True)


def _of_values(made_of: type[Values], *, made: bool = False) -> Json:
    """One object; in an answer every field is there but those that are left out."""
    kinds = {name: kind for name, kind in made_of.kinds.items() if FOR_PEOPLE not in kind.marks}
    required = [
        field.name
        for field in fields(made_of)  # type: ignore[arg-type] # every class of values is one
        if field.name in kinds and (LEFT_OUT not in kinds[field.name].marks if made else field.default is MISSING)
    ]
    return {
        "type": "object",
        "properties": {name: _of_kind(kind, made=made) for name, kind in kinds.items()},
        "required": required,
    }


def _of_kind(kind: FieldKind, *, made: bool) -> Json:
    found = _plain(kind, made=made)
    if not kind.optional:
        return found
    if isinstance(found.get("type"), str) and "enum" not in found and kind.of is not tuple:
        return found | {"type": [found["type"], "null"]}
    return {"anyOf": [found, {"type": "null"}]}


def _plain(kind: FieldKind, *, made: bool) -> Json:
    of = kind.of
    if of is tuple and kind.each is not None:
        return {"type": "array", "items": _of_kind(kind.each, made=made)}
    if of is object:
        return {"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}]}
    if of is Path:
        return {"type": "string", "format": "path"}
    if of in _PLAIN:
        found: Json = {"type": _PLAIN[of]}
        if (bounds := kind.marked(Between)) is not None:
            found |= {"minimum": bounds.low, "maximum": bounds.high}
        if FILLED in kind.marks:
            found |= {"minLength": 1}
        if MOMENT in kind.marks:
            found |= {"format": "unix-time"}
        return found
    if issubclass(of, enum.StrEnum):
        return {"type": "string", "enum": [str(one) for one in of]}
    return _of_values(of, made=made)
