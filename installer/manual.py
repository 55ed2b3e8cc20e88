"""The manual page, made of the command line's own grammar."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from installer.product import NAME, SUMMARY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sottovoce.commands.completion import CompletedCommand, CompletedOption

FILES: Final = (
    (
        "~/.local/share/sottovoce/",
        "Database, keys, backups, models and knowledge of a user. No package ever touches it.",
    ),
    ("~/.config/sottovoce/settings.toml", "Settings; never anything said."),
    ("~/.local/state/sottovoce/logs/", "What happened, without a word of what was said."),
    ("/etc/sottovoce/policies/managed/*.json", "What an administrator has decided, merged in the order of the names."),
    ("/etc/sottovoce/policies/recommended/*.json", "What an administrator recommends, and a user may change."),
)
ENVIRONMENT: Final = (
    ("SOTTOVOCE_HOME", "A folder that holds everything, in place of those below FILES."),
    ("SOTTOVOCE_LOG", "How much is logged: debug, info or warning."),
)
EXITS: Final = (
    ("0", "Done."),
    ("1", "Failed; one sentence on stderr says what to do."),
    ("2", "Wrong usage."),
    ("3", "The user is needed: the key is locked or lost, there is no model, or no screen."),
)


def manual_page(commands: tuple[CompletedCommand, ...], version: str, seconds: int) -> str:
    """The page in man's own language, of a version that was made at a time."""
    day = dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%d")
    itself, *named = commands
    lines = [f'.TH {NAME.upper()} 1 "{day}" "{NAME} {version}" "User Commands"']
    lines += [
        ".SH NAME",
        rf"{NAME} \- {_escaped(SUMMARY)}",
        ".SH SYNOPSIS",
        f".B {NAME}",
        r"[\fICOMMAND\fR] [\fIOPTIONS\fR]",
    ]
    lines += [".SH DESCRIPTION", _escaped(itself.help)]
    lines += [".SH OPTIONS", *_options(itself.options), ".SH COMMANDS"]
    for one in named:
        lines += [".SS " + _bold(" ".join(filter(None, (one.name, "|".join(one.words), one.argument))))]
        lines += [_escaped(one.help), *_options(_own(one, itself))]
    for title, rows in (("FILES", FILES), ("ENVIRONMENT", ENVIRONMENT), ("EXIT STATUS", EXITS)):
        lines += [f".SH {title}"]
        lines += [line for left, right in rows for line in (".TP", _bold(left), _escaped(right))]
    return "\n".join(lines) + "\n"


def _own(command: CompletedCommand, itself: CompletedCommand) -> tuple[CompletedOption, ...]:
    """The options of a command that are not everybody's."""
    common = {option.names for option in itself.options}
    return tuple(option for option in command.options if option.names not in common)


def _options(options: tuple[CompletedOption, ...]) -> Iterator[str]:
    for option in options:
        yield ".TP"
        yield ", ".join(_bold(name) for name in option.names) + (
            rf" \fI{_escaped(option.value)}\fR" if option.value else ""
        )
        yield _escaped(option.help[:1].upper() + option.help[1:]) + ("" if option.help.endswith(".") else ".")


def _bold(text: str) -> str:
    return rf"\fB{_escaped(text)}\fR"


def _escaped(text: str) -> str:
    escaped = text.replace("\\", r"\(rs").replace("-", r"\-").replace("'", r"\(aq")
    return rf"\&{escaped}" if escaped.startswith(".") else escaped
