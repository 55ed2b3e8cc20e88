"""Every promise of SECURITY.md names the tests that show it: none is left behind that nobody keeps."""

from __future__ import annotations

import ast
import functools
import re
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "SECURITY.md").read_text("utf-8")
CITED = re.findall(r"`(tests/[^`]*)`", PAGE)


def test_each_promise_names_a_test() -> None:
    heads = ("| promise |", "| who |", "| what |")
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith(heads)]
    assert len(rows) > 40
    assert [row for row in rows if "`tests/" not in row] == []


def test_each_test_that_is_named_is_there() -> None:
    """By its own name: what a whole file shows may be another thing by tomorrow."""
    assert [cited for cited in CITED if not _is_there(*cited.partition("::")[::2])] == []


def _is_there(file: str, name: str) -> bool:
    return name in _functions(file)


@functools.cache
def _functions(file: str) -> frozenset[str]:
    tree = ast.parse((PROJECT / file).read_text("utf-8"))
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
