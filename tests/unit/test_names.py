"""One name, one meaning: what modules define by the same name says the same thing."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import sottovoce

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(sottovoce.__file__).parent
SHORT = 2
"""Letters of a name that stands for any type."""


def _meanings(source: str) -> Iterator[tuple[str, str]]:
    """Each class, alias and type variable of a module, with what it says of itself; a private name is one, too."""
    for node in ast.parse(source).body:
        match node:
            case ast.ClassDef(name=name):
                said = (ast.get_docstring(node) or "").splitlines()[:1]
                yield name.lstrip("_"), said[0] if said else ""
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_of_a_type(name):
                yield name.lstrip("_"), ast.unparse(value)


def _is_of_a_type(name: str) -> bool:
    plain = name.lstrip("_")
    return len(plain) > SHORT and plain[0].isupper() and not plain.isupper()


@cache
def _all_meanings() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for file in sorted(PACKAGE.rglob("*.py")):
        for name, meaning in _meanings(file.read_text()):
            found[name][meaning].append(str(file.relative_to(PACKAGE)))
    return found


def test_no_name_has_two_meanings() -> None:
    """A reader who has met `Layer` once knows what it is wherever it stands."""
    assert {name: dict(meanings) for name, meanings in _all_meanings().items() if len(meanings) > 1} == {}


def test_a_callback_is_named_after_what_it_is_called_with() -> None:
    """Only a person is told something: what a part reports goes to `on_trouble`, `on_progress`, `on_change`."""
    named_tell = [
        f"{file.relative_to(PACKAGE)}:{argument.lineno}"
        for file in PACKAGE.rglob("*.py")
        for argument in ast.walk(ast.parse(file.read_text()))
        if isinstance(argument, ast.arg) and argument.arg == "tell"
    ]
    assert not named_tell


def test_two_meanings_are_seen() -> None:
    source = 'class _Found:\n    """One."""\nFound = str | None\nT = TypeVar("T")\nMOST = 3\n'
    assert list(_meanings(source)) == [("Found", "One."), ("Found", "str | None")]
