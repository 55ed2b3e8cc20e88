"""The table of policies as it is written down, read and checked."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sottovoce.domain.policy_declared import DeclaredPolicy

ROOT = Path(__file__).parents[2]
FILE = ROOT / "resources" / "policy" / "policies.toml"
PLANNED = "planned"
"""In `since`: the name is reserved, and there is nothing yet that it could guard."""
SAYS = f"Made by `python -m tools.policies` from {FILE.relative_to(ROOT).as_posix()}: change that."

_NAME = re.compile(r"(?:[A-Z][a-z]+)+")
_TYPES = ("boolean", "integer", "text", "choice", "list")
_KEYS = frozenset(
    {"name", "category", "type", "low", "high", "choices", "form", "setting", "only", "sets", "told", "limits", "unset"}
    | {"closed", "erases", "since", "example", "guards", "title", "text"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(DeclaredPolicy):
    """One policy: what the program needs of it, and what people read."""

    category: str
    since: str
    example: Any
    guards: str
    title: str
    text: str

    @property
    def in_samples(self) -> bool:
        """Whether a sample may speak of it: who copies one has no codes kept, and believes no news, by that."""
        return not self.planned and self.category != "Recovery" and not self.name.startswith("Update")

    @property
    def kind_in_words(self) -> str:
        """Its kind, with its bounds or choices."""
        if self.kind == "integer":
            return f"whole number, {self.low} to {self.high}"
        if self.kind == "choice":
            return " or ".join(f"`{one}`" for one in self.choices)
        words = {"boolean": "true or false", "text": "text", "list": "list of texts"}[self.kind]
        return f"{words} ({self.form})" if self.form else words


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """All policies, in their order."""

    name: str
    vendor: str
    registry: str
    bundle: str
    revision: str
    categories: dict[str, str]
    rows: tuple[Row, ...]

    def of(self, category: str) -> tuple[Row, ...]:
        """The policies of a category."""
        return tuple(row for row in self.rows if row.category == category)


def read(file: Path = FILE) -> Table:
    """The table.

    Raises:
        ValueError: It says what no table may; with every mistake.
    """
    raw = tomllib.loads(file.read_text("utf-8"))
    mistakes = [mistake for one in raw["policy"] for mistake in _mistakes(one, {c["id"] for c in raw["category"]})]
    names = [one.get("name") for one in raw["policy"]]
    mistakes += [f"{name} stands there twice" for name in set(names) if names.count(name) > 1]
    if mistakes:
        raise ValueError("; ".join(mistakes))
    return Table(
        categories={one["id"]: one["title"] for one in raw["category"]},
        rows=tuple(map(_row, raw["policy"])),
        **{key: raw[key] for key in ("name", "vendor", "registry", "bundle", "revision")},
    )


def _mistakes(one: dict[str, Any], categories: set[str]) -> list[str]:
    name = str(one.get("name"))
    mistakes = [f"{name}: `{key}` means nothing" for key in one.keys() - _KEYS]
    mistakes += [
        f"{name}: `{key}` is missing"
        for key in ("category", "type", "since", "example", "guards", "title", "text")
        if key not in one
    ]
    if not _NAME.fullmatch(name):
        mistakes.append(f"{name} is not PascalCase")
    if one.get("type") not in _TYPES:
        mistakes.append(f"{name}: there is no such type")
    if one.get("category") not in categories:
        mistakes.append(f"{name}: there is no such category")
    if one.get("type") == "integer" and not {"low", "high"} <= one.keys():
        mistakes.append(f"{name}: an integer needs its bounds")
    if (one.get("type") == "choice") != ("choices" in one):
        mistakes.append(f"{name}: a choice has choices, and nothing else has")
    return mistakes


def _row(one: dict[str, Any]) -> Row:
    given = {key: _frozen(value) for key, value in one.items() if key != "type"}
    field = re.sub(r"(?<!^)(?=[A-Z])", "_", one["name"]).lower()  # `keep_days` for `KeepDays`
    return Row(**given, kind=one["type"], field=field, planned=one["since"] == PLANNED)


def _frozen(value: Any) -> Any:  # noqa: ANN401 - as TOML has it
    return tuple(value) if isinstance(value, list) else value
