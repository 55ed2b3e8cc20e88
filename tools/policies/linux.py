"""The JSON Schema of a policy file, and a sample."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tools.policies.table import Row, Table


def schema(table: Table) -> str:
    """What a file may hold."""
    return _json(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": f"{table.name} policies",
            "type": "object",
            "additionalProperties": False,
            "properties": {row.name: _property(row) for row in table.rows},
        }
    )


def sample(table: Table) -> str:
    """A file that says something about each policy that a sample may speak of."""
    return _json({row.name: row.example for row in table.rows if row.in_samples})


def _property(row: Row) -> dict[str, Any]:
    kinds: dict[str, dict[str, Any]] = {
        "boolean": {"type": "boolean"},
        "integer": {"type": "integer", "minimum": row.low, "maximum": row.high},
        "text": {"type": "string"},
        "choice": {"enum": list(row.choices)},
        "list": {"type": "array", "items": {"type": "string", "minLength": 1}},
    }
    return {
        "title": row.title,
        "description": f"{row.text} Reserved; nothing is there yet to guard." if row.planned else row.text,
        **kinds[row.kind],
        "examples": [row.example],
    }


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
