"""All operations by name; the file of a family is loaded when one of it is asked for."""

from __future__ import annotations

import importlib
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from sottovoce.domain.errors import UsageWrong
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sottovoce.operations.declared import Family, Operation


class Command(NamedTuple):
    """A command whose operations are declared."""

    module: str
    """The file of `operations` that declares them; empty for what is the command line's alone."""
    help: str
    """The message that says what it is for; its attribute `.examples` has a command line in each line. Empty where the
    command line has no such command."""

    @property
    def examples(self) -> str:
        """The message of its examples."""
        return f"{self.help}.examples"


COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        "demo": Command("demo", "cli-demo"),
        "ask": Command("ask", "cli-ask"),
        "listen": Command("ask", "cli-listen"),
        "transcribe": Command("transcribe", "cli-transcribe"),
        "history": Command("history", "cli-history"),
        "memory": Command("memory", "cli-memory"),
        "calendar": Command("calendar", "cli-calendar"),
        "note": Command("notes", "cli-note"),
        "list": Command("lists", "cli-list"),
        "timer": Command("timers", "cli-timer"),
        "alarm": Command("reminders", "cli-alarm"),
        "reminder": Command("reminders", "cli-reminder"),
        "context": Command("context", "cli-context"),
        "knowledge": Command("knowledge", "cli-knowledge"),
        "audit": Command("audit", "cli-audit"),
        "stats": Command("stats", "cli-stats"),
        "diagnostics": Command("diagnostics", "cli-diagnostics"),
        "egress": Command("egress", "cli-egress"),
        "key": Command("keys", "cli-key"),
        "api": Command("api", "cli-api"),
        "models": Command("models", "cli-models"),
        "backup": Command("backup", "cli-backup"),
        "export": Command("export", "cli-export"),
        "import": Command("export", "cli-import"),
        "merge": Command("export", "cli-merge"),
        "erase": Command("erase", "cli-erase"),
        "policy": Command("policy", "cli-policy"),
        "settings": Command("settings", "cli-settings"),
        "update": Command("update", "cli-update"),
        "clock": Command("upkeep", "cli-clock"),
        "prepare": Command("prepare", "cli-prepare"),
        "upkeep": Command("upkeep", "cli-upkeep"),
        "microphone": Command("microphone", "cli-microphone"),
        "doctor": Command("doctor", "cli-doctor"),
        "completion": Command("", "cli-completion"),
        "schema": Command("schemas", "cli-schema"),
        "turns": Command("turns", "cli-turns"),
        "press": Command("talk", "cli-press"),
        "release": Command("talk", "cli-release"),
        "toggle": Command("talk", "cli-toggle"),
        "cancel": Command("talk", "cli-cancel"),
        "show": Command("talk", "cli-show"),
        "quit": Command("talk", "cli-quit"),
        "stage": Command("talk", ""),
        "cache": Command("cache", ""),
    }
)
"""Commands by name, as they are listed; the first word of an operation's name is one of them."""


def family(command: str) -> Family:
    """The operations of a command."""
    from sottovoce.operations.declared import Family  # noqa: PLC0415 - `--help` needs the names alone

    loaded = importlib.import_module(f"sottovoce.operations.{COMMANDS[command].module}")
    return next(one for one in vars(loaded).values() if isinstance(one, Family) and one.name == command)


def find(name: str) -> Operation[Any, Any]:
    """The operation of this name.

    Raises:
        UsageWrong: There is none.
    """
    operation = lookup(name)
    if operation is None:
        raise UsageWrong(said("cli-unknown-operation"))
    return operation


def lookup(name: str) -> Operation[Any, Any] | None:
    """The operation of this name, if there is one."""
    command = name.partition(".")[0]
    operations_there = family(command).operations if command in COMMANDS and COMMANDS[command].module else []
    return next((one for one in operations_there if one.name == name), None)


def operations() -> Iterator[Operation[Any, Any]]:
    """Every operation."""
    for name, command in COMMANDS.items():
        if command.module:
            yield from family(name).operations
