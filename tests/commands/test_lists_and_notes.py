"""Lists and notes from the command line, and what is kept written to files, in a home that lives on a passphrase."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.commands.test_data import call
from tests.commands.test_memory import do

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.commands.conftest import Called

__all__ = ["call", "do"]  # fixtures


def _on(answer: dict[str, Any]) -> list[tuple[str, list[tuple[str, bool]]]]:
    """Lists with their things, and whether these are ticked off."""
    return [(one["name"], [(thing["text"], thing["done"]) for thing in one["things"]]) for one in answer["lists"]]


def test_things_are_put_on_lists_ticked_off_and_removed(
    do: Callable[..., dict[str, Any]], call: Callable[..., Called]
) -> None:
    assert _on(do("list", "add", "milk, eggs and bread")) == [
        ("shopping", [("milk", False), ("eggs", False), ("bread", False)])
    ]
    assert _on(do("list", "add", "--list", "the groceries", "eggs")) == _on(do("list", "list", "shopping"))
    assert _on(do("list", "add", "--list", "to do", "call the bank")) == [("to-do", [("call the bank", False)])]
    assert _on(do("list", "done", "egg")) == [("shopping", [("milk", False), ("eggs", True), ("bread", False)])]
    wrong = do("list", "remove", "milk and honey", code=1)["error"]
    assert (wrong["code"], "honey" in wrong["sentence"]) == ("not-found", True)
    both = do("list")
    assert [name for name, _ in _on(both)] == ["shopping", "to-do"]
    milk = both["lists"][0]["things"][0]
    assert _on(do("list", "remove", milk["id"])) == [("shopping", [("eggs", True), ("bread", False)])]
    assert call("--passphrase-stdin", "list", "list", "shopping")[1] == "shopping:\n  [x] eggs\n  [ ] bread\n"
    assert "eggs" not in do("ask", "what is on my shopping list")["reply"]
    assert _on(do("list", "delete", "to-do")) == [("shopping", [("eggs", True), ("bread", False)])]
    assert do("list", "delete", "to-do", code=1)["error"]["code"] == "not-found"
    assert do("list", "list", "camping", code=1)["error"]["code"] == "not-found"
    assert do("list", "list", "--user", "ben") == {"lists": []}
    assert do("list", "--list", "shopping", code=2)["error"]["code"] == "usage-wrong"


def test_notes_are_written_read_searched_and_removed(
    do: Callable[..., dict[str, Any]], call: Callable[..., Called]
) -> None:
    (key,) = do("note", "add", "the spare key is at anna's")["notes"]
    do("note", "add", "the boiler was serviced", "--user", "ben")
    (roses,) = do("note", "add", "water the roses")["notes"]
    listed = do("note", "list")["notes"]
    assert {one["id"] for one in listed} == {key["id"], roses["id"]}
    assert len(do("note", "list", "--limit", "1")["notes"]) == 1
    assert [one["id"] for one in do("note", "search", "spare key")["notes"]] == [key["id"]]
    assert call("--passphrase-stdin", "note", "show", key["id"])[1] == "the spare key is at anna's\n"
    assert roses["id"] in call("--passphrase-stdin", "note")[1]
    assert do("note", "show", key["id"], "--user", "ben", code=1)["error"]["code"] == "not-found"
    assert do("note", "remove", "nothing", code=1)["error"]["code"] == "not-found"
    assert [one["id"] for one in do("note", "remove", key["id"])["notes"]] == [roses["id"]]
    assert do("note", "add", code=2)["error"]["code"] == "usage-wrong"


def test_what_is_kept_goes_to_files_of_one_shape(
    do: Callable[..., dict[str, Any]], call: Callable[..., Called], tmp_path: Path
) -> None:
    made = {
        "note": do("note", "add", "water the roses")["notes"],
        "list": do("list", "add", "milk and grüne bohnen")["lists"][0]["things"],
        "alarm": do("alarm", "add", "every weekday at seven am")["reminders"],
        "reminder": do("reminder", "add", "call mum", "--when", "tomorrow at nine am")["reminders"],
    }
    (timer,) = do("timer", "add", "ten minutes")["timers"]
    for kind, shown in made.items():
        file = tmp_path / f"{kind}.jsonl"
        assert do(kind, "export", str(file)) == {"file": str(file), "count": len(shown)}
        assert [json.loads(line) for line in file.read_text("utf-8").splitlines()] == shown
        assert file.stat().st_mode & 0o077 == 0
    file = tmp_path / "timer.jsonl"
    assert call("--passphrase-stdin", "timer", "export", str(file))[1] == f"1 line was written, in clear: {file}\n"
    assert json.loads(file.read_text("utf-8"))["id"] == timer["id"]
    nowhere = do("note", "export", str(tmp_path / "none" / "notes.jsonl"), code=3)["error"]
    assert nowhere["code"] == "places-unusable"
    assert do("list", "export", str(file), "--user", "ben") == {"file": str(file), "count": 0}
    assert file.read_bytes() == b""
