"""Timers, alarms and reminders from the command line, in a home that lives on a passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.commands.test_data import call
from tests.commands.test_memory import do

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.commands.conftest import Called

__all__ = ["call", "do"]  # fixtures


def test_timers_are_set_paused_and_removed(do: Callable[..., dict[str, Any]], call: Callable[..., Called]) -> None:
    (made,) = do("timer", "add", "ten minutes", "--name", "pasta")["timers"]
    assert (made["name"], made["seconds"], made["state"]) == ("pasta", 600.0, "waiting")
    (paused,) = do("timer", "pause", made["id"])["timers"]
    assert paused["state"] == "paused"
    listed = do("timer", "list")
    assert [one["id"] for one in listed["timers"]] == [made["id"]]
    assert listed["rings"] is False
    code, out, _ = call("--passphrase-stdin", "timer")
    assert code == 0
    assert "pasta" in out
    assert "Nothing goes off unless the application runs" in out
    (running,) = do("timer", "resume", made["id"][:30])["timers"]
    assert 590 < running["left_s"] <= 600
    assert do("timer", "remove", "nothing", code=1)["error"]["code"] == "not-found"
    assert do("timer", "remove", made["id"])["timers"] == []
    assert do("timer", "add", "a while", code=2)["error"]["code"] == "usage-wrong"
    assert do("timer", "add", "two hundred weeks", code=1)["error"]["code"] == "too-much"
    assert do("ask", "set a timer for ten minutes")["reply"].endswith("so please start it.")


def test_alarms_and_reminders_are_set_and_removed(do: Callable[..., dict[str, Any]]) -> None:
    (alarm,) = do("alarm", "add", "every weekday at seven am", "--name", "work")["reminders"]
    assert (alarm["text"], alarm["recurrence"]) == ("work", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")
    (reminder,) = do("reminder", "add", "call mum", "--when", "in ten minutes")["reminders"]
    assert (reminder["text"], reminder["recurrence"]) == ("call mum", "")
    assert [one["id"] for one in do("alarm", "list")["reminders"]] == [alarm["id"]]
    assert [one["id"] for one in do("reminder", "list")["reminders"]] == [reminder["id"]]
    assert do("reminder", "add", "call mum", code=2)["error"]["code"] == "usage-wrong"
    assert do("alarm", "add", "yesterday at seven am", code=2)["error"]["code"] == "usage-wrong"
    assert do("alarm", "remove", alarm["id"])["reminders"] == []
    assert do("reminder", "remove", reminder["id"])["reminders"] == []
