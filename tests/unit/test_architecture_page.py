"""ARCHITECTURE.md names the rooms and files that are there, and all rooms."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import sottovoce

PACKAGE = Path(sottovoce.__file__).parent
TREE = Path(__file__).parents[2]
PAGE = (PACKAGE / "ARCHITECTURE.md").read_text()
OF_A_USER = {"settings.toml", "show/cliFAMILY.ftl"}
"""What lies in a home, or stands for any name."""
ENOUGH = 200
"""Fewer names would mean that they are not found any more."""


def _rooms_in(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir() if one.is_dir() and list(one.glob("*.py"))}


def _named(kind: str) -> list[str]:
    return sorted(set(re.findall(kind, PAGE)) - OF_A_USER)


def _section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def _first_cells(section: str) -> set[str]:
    """Rooms in the tables of a section: `room/` in a first or second cell."""
    return {name for row in section.splitlines() if row.startswith("|") for name in re.findall(r"`(\w+)/`", row)}


def test_each_file_that_is_named_is_there() -> None:
    files = [f"/{one.relative_to(TREE)}" for top in (PACKAGE, TREE / "tests") for one in top.rglob("*.*")]
    named = _named(r"`([\w./-]+\.(?:py|ftl|toml|md|sql))`")
    assert len(named) > ENOUGH
    assert [
        one for one in named if not any(file.endswith(f"/{one}") for file in files) and not (TREE / one).is_file()
    ] == []


def test_every_room_is_named_in_its_table() -> None:
    assert _rooms_in(PACKAGE) - _first_cells(_section("The rooms")) == set()
    assert _rooms_in(PACKAGE / "agent") - _first_cells(_section("Understanding")) == set()
    assert _rooms_in(PACKAGE / "adapters/store") - _first_cells(_section("The store")) == set()


def test_every_file_of_the_tray_is_named() -> None:
    """Nothing in `runtime` has a rule, so all that a file is for is who it holds together: the page says it."""
    files = {one.name for one in (PACKAGE / "runtime").glob("*.py")} - {"__init__.py"}
    assert {name for name in files if name not in PAGE} == set()


def test_rooms_stand_on_the_floors_of_the_contract() -> None:
    """The table begins with the lowest; what import-linter holds apart is what the page shows."""
    contracts = tomllib.loads((TREE / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    floors = next(one["layers"] for one in contracts if one["name"].startswith("A room imports only downwards"))
    height = {name: at for at, row in enumerate(reversed(floors)) for name in re.findall(r"\w+", row)}
    rows = [line for line in _section("The rooms").splitlines() if re.match(r"\| [\d½]+ \| `", line)]
    shown = [re.findall(r"`(\w+)", row)[0] for row in rows]
    assert sorted(shown, key=lambda name: height[name]) == shown
