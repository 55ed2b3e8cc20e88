"""Every promise of SECURITY.md names tests that are there: none is left behind that nobody keeps."""

from __future__ import annotations

import ast
import re
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "SECURITY.md").read_text("utf-8")
NAMED = re.findall(r"`((?:tests/[\w/]+)\.py)(?:::(\w+))?`", PAGE)


def test_each_promise_names_a_test() -> None:
    heads = ("| promise |", "| who |", "| what |")
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith(heads)]
    assert len(rows) > 40
    assert [row for row in rows if "`tests/" not in row] == []


def test_each_test_that_is_named_is_there() -> None:
    missing = []
    for file, name in NAMED:
        tree = ast.parse((PROJECT / file).read_text("utf-8"))
        functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
        if name and name not in functions:
            missing.append(f"{file}::{name}")
    assert missing == []
