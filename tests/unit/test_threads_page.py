"""Who owns what: each thread and helper process of the code stands in the table of ARCHITECTURE.md, and no other."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import sottovoce
from sottovoce.adapters.python_process import HELPERS, PACKAGE_HELPERS

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(sottovoce.__file__).parent
NAMED_BY_PLACE = {"OwnThread": 0, "Commands": 0, "Reader": 0, "ThreadPoolExecutor": 1}
"""What makes a thread, and which of its arguments names it."""
NAMED_BY_KEYWORD = {"Thread": "name", "ThreadPoolExecutor": "thread_name_prefix"}
GIVEN_A_NAME = {"Commands": "adapters/desktop/commands.py", "ConnectionThread": "adapters/store/engine/threads.py"}
"""Classes whose thread is named by whoever makes them."""
IN_HELPERS = {"orders"}
"""Threads inside of helper processes."""
ALONE = {"adapters/own_thread.py", *GIVEN_A_NAME.values()}


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _name_of(call: ast.Call) -> ast.expr | None:
    """The expression that names the thread a call makes; None if it makes none, or gives it no name."""
    called = _called(call)
    for keyword in call.keywords:
        if keyword.arg == NAMED_BY_KEYWORD.get(called):
            return keyword.value
    place = NAMED_BY_PLACE.get(called, len(call.args))
    return call.args[place] if place < len(call.args) else None


def _text(name: ast.expr) -> str:
    """A name as the table has it: without the program's own, and without a number."""
    match name:
        case ast.Constant(value=str(text)) | ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            return text.removeprefix("sottovoce-").rstrip("-")
    return ""


def _threads(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            if _called(node) in NAMED_BY_PLACE | NAMED_BY_KEYWORD:
                name = _name_of(node)
                yield _text(name) if name is not None else ""
        elif isinstance(node, ast.ClassDef) and any(
            getattr(base, "id", "") == "ConnectionThread" for base in node.bases
        ):
            yield from (
                _text(call.args[0])
                for call in ast.walk(node)
                if isinstance(call, ast.Call)
                and _called(call) == "__init__"
                and call.args
                and isinstance(call.args[0], ast.Constant)
            )


def _in_code() -> set[str]:
    found = set()
    for file in PACKAGE.rglob("*.py"):
        place = str(file.relative_to(PACKAGE))
        names = set(_threads(file.read_text()))
        found |= names - {""} if place in ALONE else names
    return found


def _in_table() -> set[str]:
    page = (PACKAGE / "ARCHITECTURE.md").read_text()
    table = page.split("## Threads and processes")[1].split("\n\n")[1]
    return {name for row in table.splitlines()[2:] for name in re.findall(r"`([^`]+)`", row.split("|")[1])} | IN_HELPERS


def test_the_table_has_each_thread_and_process_of_the_code() -> None:
    assert _in_code() | set(HELPERS) | set(PACKAGE_HELPERS) == _in_table()


def test_names_are_found_wherever_a_thread_is_made() -> None:
    source = """
class Writer(ConnectionThread):
    def __init__(self): super().__init__("sottovoce-store-writer", 1)
OwnThread("bell"); Commands("desktop-x"); Reader(f"sottovoce-store-reader-{n}")
threading.Thread(target=f, name="screen"); ThreadPoolExecutor(1, "imports")
ThreadPoolExecutor(max_workers=1, thread_name_prefix="sottovoce-store-keys"); OwnThread(other)
"""
    expected = {"store-writer", "bell", "desktop-x", "store-reader", "screen", "imports", "store-keys", ""}
    assert set(_threads(source)) == expected
