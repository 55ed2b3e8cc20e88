"""The pages that are made from the program itself: commands, settings, and what it may tell.

    python -m tools.docs.reference [--check]

With --check nothing is written; the exit code is 1 if a page is not as it would be made.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sottovoce.api.limits import ApiLimits
from sottovoce.api.local_api import all_endpoints
from sottovoce.api.openapi import description
from sottovoce.commands.line import grammar
from sottovoce.domain import errors
from sottovoce.domain.errors import SottovoceError
from sottovoce.domain.settings import Declared, declared
from sottovoce.language import ENGLISH, language
from sottovoce.operations.declared import Face
from sottovoce.operations.registry import operations
from sottovoce.operations.values import FOR_PEOPLE, MOMENT, Between, Values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sottovoce.operations.declared import Operation
    from sottovoce.operations.values import FieldKind

DOCS = Path(__file__).parents[2] / "docs"
_MADE = "<!-- Made by `python -m tools.docs.reference`: change what it is made from, then run that. -->\n"
_KINDS = {str: "text", int: "whole number", float: "number", bool: "true or false"}


def commands_page() -> str:
    """Every command with its arguments, from the grammar of the command line."""
    parser = grammar()
    head = (
        "# Commands\n\n"
        f"{_MADE}\n"
        f"{parser.description}\n\n"
        "If the application runs, a command goes through it; otherwise it opens your data itself. "
        "[Exit codes](monitoring.md#exit-codes) are the same for all.\n\n"
        "Everywhere: `--json` prints exactly one JSON object, `--passphrase-stdin` reads the store's passphrase from "
        "the first line of the input, `--help` explains one command.\n\n"
        "A command answers in the language of this machine's user, be it about somebody else (`--user`): after "
        "`sottovoce context set language de`, in German. That is known once your data are open, or once the "
        "application has answered. What is shown before is English: `--help`, what is wrong with how a command was "
        "called, and the commands that don't open your data. What `--json` prints changes in its sentences only.\n"
    )
    return head + "".join(_of_command(name, one) for name, one in _below(parser))


def _below(parser: argparse.ArgumentParser, before: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in _actions(parser):
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - argparse tells it in no other way
            for name, one in action.choices.items():
                whole = f"{before}{name}"
                below = list(_below(one, f"{whole} "))
                yield from below or [(whole, one)]


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    everywhere = {"help", "json", "passphrase_stdin", "version"}
    return [action for action in parser._actions if action.dest not in everywhere]  # noqa: SLF001 - as above


def _of_command(name: str, parser: argparse.ArgumentParser) -> str:
    actions = sorted(_actions(parser), key=lambda action: not action.option_strings)
    form = " ".join([f"sottovoce {name}", *map(_form, actions)])
    text = parser.description or ""
    rows = [f"| `{_cell(_shown(action))}` | {_cell(action.help or _choices(action))} |" for action in actions]
    table = "\n".join(["", "| argument | meaning |", "|---|---|", *rows, ""]) if rows else ""
    return f"\n## {name}\n\n{text}\n\n`{form}`\n{table}".replace("\n\n\n", "\n\n")


def _form(action: argparse.Action) -> str:
    shown = _shown(action)
    if action.option_strings:
        return shown if action.required else f"[{shown}]"
    several = {"*": f"[{shown} …]", "+": f"{shown} …", "?": f"[{shown}]"}
    return several.get(str(action.nargs), shown)


def _shown(action: argparse.Action) -> str:
    value = "|".join(map(str, action.choices)) if action.choices else str(action.metavar or "")
    if not action.option_strings:
        return value
    names = "|".join(action.option_strings)
    if action.nargs == 0:
        return names
    return f"{names} [{value}]" if action.nargs == "?" else f"{names} {value}"


def _choices(action: argparse.Action) -> str:
    first = f"`{action.default}` if none is named" if action.default else ""
    return f"what to do{'; ' if first else ''}{first}"


def settings_page() -> str:
    """Every setting with its kind, default and bounds."""
    head = (
        "# Settings\n\n"
        f"{_MADE}\n"
        "They stand in `settings.toml` (`sottovoce settings path` tells where), in the settings window, and in "
        "`sottovoce settings set KEY VALUE`; a change is in force at once, if its line says nothing else. What an "
        "administrator has [decided](policies.md) is shown as locked.\n\n"
        "| key | kind | default | meaning |\n|---|---|---|---|\n"
    )
    return head + "".join(map(_of_setting, declared()))


def _of_setting(setting: Declared) -> str:
    bounds = "" if setting.low is None else f", {setting.low:g} to {setting.high:g}"
    kind = "one of " + ", ".join(f"`{one}`" for one in setting.choices) if setting.choices else _KINDS[setting.kind]
    unit = f" ({setting.unit})" if setting.unit else ""
    default, meaning = f"`{_literal(setting.default)}`", _cell(language(ENGLISH).render(setting.meaning))
    return f"| `{setting.name}` | {kind}{bounds}{unit} | {default} | {meaning} |\n"


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"


def errors_page() -> str:
    """Every failure by its code: stable names for scripts and monitoring."""
    head = (
        "# What it may tell you\n\n"
        f"{_MADE}\n"
        "Each failure has a code that stays the same (`--json` prints it as `code`), a sentence, what helps, and the "
        "command's exit code. A sentence may be more exact than here; it never holds what was said.\n\n"
        "| code | exit | sentence | what helps |\n|---|---|---|---|\n"
    )
    return head + "".join(
        f"| `{one.code}` | {one.exit_code} | {_cell(one().sentence)} | {_cell(one().remedy)} |\n"
        for one in sorted(_with_code(SottovoceError), key=lambda one: one.code)
    )


def _with_code(error: type[SottovoceError]) -> Iterator[type[SottovoceError]]:
    if "code" in vars(error):
        yield error
    for below in error.__subclasses__():
        if below.__module__ == errors.__name__:
            yield from _with_code(below)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def operations_page() -> str:
    """Every operation with what it is asked and answers, from its declaration."""
    head = (
        "# Operations\n\n"
        f"{_MADE}\n"
        "What can be asked of the running application by a program of the same user, through the socket "
        '`sottovoce.sock`: one line `{"command": name, "arguments": {…}}` there, one line '
        '`{"result": {…}}` or `{"error": {"code", "sentence", "remedy"}}` back, with the `language` that is '
        'shown there beside it (`"en"`, `"de"`). The command line asks the same, and its `--json` form is the result. '
        "The command `schema` prints all of it as JSON Schema.\n"
    )
    return head + "".join(map(_of_operation, operations()))


def _of_operation(operation: Operation[Any, Any]) -> str:
    asked, answered = (_table_of(one) for one in (operation.asked, operation.answered))
    faces = ", ".join(str(face.name).lower() for face in Face if face in operation.faces)
    return (
        f"\n## {operation.name}\n\n{(operation.asked.__doc__ or '').splitlines()[0]}\n\n"
        f"Needs: {operation.needs}; effect: {operation.effect}; for: {faces}.\n"
        f"\nArguments: {asked}\n\nResult: {answered}\n"
    )


def _table_of(given: type[Values]) -> str:
    return (
        ", ".join(f"`{name}` ({_kind_of(kind)})" for name, kind in given.kinds.items() if FOR_PEOPLE not in kind.marks)
        or "none"
    )


def _kind_of(kind: FieldKind) -> str:
    if kind.of is tuple and kind.each is not None:
        return f"list of {_kind_of(kind.each)}"
    bounds = kind.marked(Between)
    more = "" if bounds is None else f" from {bounds.low:g} to {bounds.high:g}"
    more += " or null" if kind.optional else ""
    if isinstance(kind.of, type) and issubclass(kind.of, StrEnum):
        return "one of " + ", ".join(kind.of) + more
    if isinstance(kind.of, type) and issubclass(kind.of, Values):
        return f"{{{_table_of(kind.of)}}}{more}"
    words = _KINDS | {Path: "path", Mapping: "object", object: "text, number, or true or false"}
    return ("moment" if MOMENT in kind.marks else words[kind.of]) + more


def openapi() -> str:
    """The description of the local API, as it serves it."""
    endpoints = all_endpoints(None, ApiLimits())
    return json.dumps(description(endpoints), indent=1, ensure_ascii=False) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "settings.md": settings_page,
    "errors.md": errors_page,
    "operations.md": operations_page,
    "openapi.json": openapi,
}


def stale() -> list[str]:
    """The names of the pages that are not as they would be made."""
    return [name for name, make in PAGES.items() if _there(DOCS / name) != make()]


def _there(page: Path) -> str:
    return page.read_text("utf-8") if page.exists() else ""


def main() -> int:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description="Make the pages of commands, settings and errors.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is stale")
    if parser.parse_args().check:
        names = stale()
        if names:
            print(f"Stale: {', '.join(names)}. Run `python -m tools.docs.reference`.", file=sys.stderr)
        return 1 if names else 0
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
