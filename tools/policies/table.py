"""The table of policies as it is written down, read and checked."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
class Row:
    """One policy."""

    name: str
    category: str
    type: str
    since: str
    example: Any
    guards: str
    title: str
    text: str
    low: int | None = None
    high: int | None = None
    choices: tuple[str, ...] = ()
    form: str = ""
    setting: str = ""
    only: Any = None
    sets: Any = None
    told: str = ""
    limits: str = ""
    unset: Any = None
    closed: Any = None
    erases: bool = False

    @property
    def field(self) -> str:
        """Its name in Python: `keep_days` for `KeepDays`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", self.name).lower()

    @property
    def planned(self) -> bool:
        """Whether it is only reserved."""
        return self.since == PLANNED

    @property
    def in_samples(self) -> bool:
        """Whether a sample may speak of it: who copies one has no codes kept, and believes no news, by that."""
        return not self.planned and self.category != "Recovery" and not self.name.startswith("Update")

    @property
    def may_be_recommended(self) -> bool:
        """Whether it can be a default that the user may change."""
        return bool(self.setting) and self.only is None

    @property
    def kind(self) -> str:
        """Its type in words, with its bounds or choices."""
        if self.type == "integer":
            return f"whole number, {self.low} to {self.high}"
        if self.type == "choice":
            return " or ".join(f"`{one}`" for one in self.choices)
        words = {"boolean": "true or false", "text": "text", "list": "list of texts"}[self.type]
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
        rows=tuple(Row(**{key: _frozen(value) for key, value in one.items()}) for one in raw["policy"]),
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


def _frozen(value: Any) -> Any:  # noqa: ANN401 - as TOML has it
    return tuple(value) if isinstance(value, list) else value
