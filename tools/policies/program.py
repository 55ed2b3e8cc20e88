"""The program's own table: `domain/policy_table.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.policies.table import SAYS

if TYPE_CHECKING:
    from tools.policies.table import Row, Table

_TYPES = {"boolean": "bool", "integer": "int", "text": "str", "choice": "str", "list": "tuple[str, ...]"}
_WIDTH = 120


def module(table: Table) -> str:
    """Its source."""
    declared = "\n".join(_declared(row) for row in table.rows)
    values = "\n".join(_value(row) for row in table.rows)
    return f'''"""Every policy, and a value for each.

{SAYS}
"""

from __future__ import annotations

from dataclasses import dataclass

from sottovoce.domain.policy_declared import DeclaredPolicy

BUNDLE = {_text(table.bundle)}
"""Domain of the managed preferences, under macOS."""
REGISTRY = {_text(table.registry)}
"""Key of the registry, under Windows."""

DECLARED = (
{declared}
)
"""In the order of the table."""


@dataclass(init=False, repr=False, eq=False, frozen=True, slots=True, kw_only=True)  # `Policy` has them, for all fields
class PolicyValues:
    """What a policy says about each; what it says nothing about leaves the choice to the user."""

{values}
'''


def _text(value: object) -> str:
    """As the formatter writes it."""
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, tuple):
        inner = ", ".join(_text(one) for one in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    return repr(value)


def _declared(row: Row) -> str:
    given: dict[str, Any] = {"name": row.name, "field": row.field, "kind": row.kind}
    for key in ("low", "high", "only", "sets", "unset", "closed"):
        if (value := getattr(row, key)) is not None:
            given[key] = value
    for key in ("choices", "form", "setting", "told", "limits", "erases", "planned"):
        if value := getattr(row, key):
            given[key] = value
    words = [f"{key}={_text(value)}" for key, value in given.items()]
    line = f"    DeclaredPolicy({', '.join(words)}),"
    if len(line) <= _WIDTH:
        return line
    return "\n".join(["    DeclaredPolicy(", *(f"        {word}," for word in words), "    ),"])


def _value(row: Row) -> str:
    kind = _TYPES[row.kind]
    default = f"{kind} = {_text(row.unset)}" if row.unset is not None else f"{kind} | None = None"
    return f'    {row.field}: {default}\n    """{row.title}."""'
