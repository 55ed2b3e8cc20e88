"""The calendar from the command line: what is in it, adding and removing, iCalendar files, a watched folder."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import pytest

from sottovoce.language import available, language
from sottovoce.operations.registry import COMMANDS
from tests.adapters.test_calendar_files import calendar_file
from tests.commands.test_data import call
from tests.commands.test_memory import do

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.commands.conftest import Called

__all__ = ["call", "do"]  # fixtures


def test_events_are_added_listed_and_removed(do: Callable[..., dict[str, Any]]) -> None:
    added = do("calendar", "add", "lunch with anna on 3 may 2028 at one pm")["event"]
    assert (added["title"], added["all_day"], added["calendar"]) == ("lunch with anna", False, "")
    beside = do("calendar", "add", "call with bob on 3 may 2028 at half past one pm")["beside"]
    assert [one["id"] for one in beside] == [added["id"]]
    do("calendar", "add", "yoga on 3 may 2028 at six pm", "--user", "anna")
    around = ("--since", "2028-05-01", "--until", "2028-05-03")
    assert [one["title"] for one in do("calendar", "list", *around)["events"]] == ["lunch with anna", "call with bob"]
    assert do("calendar", "list")["events"] == []
    assert do("calendar", "remove", added["id"], "--user", "anna", code=1)["error"]["code"] == "not-found"
    assert do("calendar", "remove", "", code=1)["error"]["code"] == "not-found"
    assert do("calendar", "remove", added["id"][:30]) == {"id": added["id"], "title": "lunch with anna"}
    assert [one["title"] for one in do("calendar", "list", *around)["events"]] == ["call with bob"]
    for wrong in (("add", "lunch"), ("add", "tomorrow at nine"), ("list", "--since", "soon")):
        assert do("calendar", *wrong, code=2)["error"]["code"] == "usage-wrong"
    assert (
        do("calendar", "list", "--since", "2028-05-03", "--until", "2028-05-01", code=2)["error"]["code"]
        == "usage-wrong"
    )


def test_files_go_in_once_and_out(
    do: Callable[..., dict[str, Any]], call: Callable[..., Called], tmp_path: Path
) -> None:
    file, out = tmp_path / "in.ics", tmp_path / "out.ics"
    file.write_bytes(calendar_file("UID:a\nDTSTART:20280503T090000Z\nDTEND:20280503T100000Z\nSUMMARY:Dentist"))
    assert do("calendar", "import", str(file))["new"] == 1
    assert do("calendar", "import", str(file))["new"] == 0
    assert do("calendar", "export", str(out)) == {"file": str(out), "events": 1}
    assert b"SUMMARY:Dentist" in out.read_bytes()
    assert out.stat().st_mode & 0o077 == 0
    assert do("calendar", "import", str(out))["new"] == 0
    (one,) = do("calendar", "list", "--since", "2028-05-03")["events"]
    assert do("calendar", "remove", one["id"])["title"] == "Dentist"
    assert do("calendar", "remove", one["id"], code=1)["error"]["code"] == "not-found"
    file.write_bytes(file.read_bytes()[:60])
    assert do("calendar", "import", str(file), code=1)["error"]["code"] == "calendar-file-unreadable"


def test_files_of_the_folder_are_listed_with_it(
    do: Callable[..., dict[str, Any]], call: Callable[..., Called], tmp_path: Path
) -> None:
    folder = tmp_path / "calendars"
    folder.mkdir()
    (folder / "work.ics").write_bytes(calendar_file("UID:a\nDTSTART:20280503T090000Z\nSUMMARY:Review"))
    assert do("settings", "set", "calendars", "calendars", code=3)["error"]["sentence"].endswith("an absolute path.")
    do("settings", "set", "calendars", str(folder))
    (one,) = do("calendar", "list", "--since", "2028-05-01")["events"]
    assert (one["title"], one["calendar"]) == ("Review", "work")
    assert do("calendar", "remove", one["id"], code=1)["error"]["code"] == "not-found"


@pytest.mark.parametrize("tag", available())
def test_what_the_help_shows_to_be_said_is_understood(do: Callable[..., dict[str, Any]], tag: str) -> None:
    """An example that only another language understands would be told as wrong by whoever tries it."""
    do("context", "set", "language", tag)
    for command in ("calendar", "timer", "alarm", "reminder"):
        examples = language(tag).text(COMMANDS[command].examples).splitlines()
        (adding,) = (one for one in examples if one.startswith(f"{command} add "))
        assert do(*shlex.split(adding))
