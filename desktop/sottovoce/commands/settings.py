"""The settings: what can be set, what is in force and why, and setting one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from sottovoce.adapters.places import places
from sottovoce.adapters.policy_files import PolicySource
from sottovoce.adapters.settings_file import read_settings, write_setting
from sottovoce.commands.printed import Printed
from sottovoce.commands.reach import through_app
from sottovoce.domain.errors import LanguageModelForbidden, NotRunning, SettingLocked, UsageWrong
from sottovoce.domain.settings import Declared, Settings, declared, with_setting
from sottovoce.language import shown

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from sottovoce.domain.policy import Policy

KINDS = {str: "text", int: "whole number", float: "number", bool: "true or false"}
SAVED_S = 60.0
"""Seconds the running application may take: a speech model is proven before it is taken."""


async def settings(arguments: argparse.Namespace) -> Printed:
    """`settings [list|get KEY|set KEY VALUE|path]`.

    Raises:
        UsageWrong: There is no such key, or words are missing.
        SettingsUnusable: The file can't be read or changed, or the value is none for the key.
        SettingLocked: The administrator's policy decides it alone.
        SottovoceError: The running application can't work with it; nothing was changed.
    """
    file = places(os.environ).settings_file
    match arguments.what, arguments.words:
        case "path", []:
            return Printed(str(file), {"path": str(file)})
        case "list", []:
            return _list(file)
        case "get", [key]:
            (row,) = (row for row in _rows(file)[0] if row["key"] == _known(key).name)
            return Printed(_shown(row["value"]), row)
        case "set", [key, *words] if words:
            return await _set(file, _known(key), " ".join(words))
        case _:
            raise UsageWrong(
                f"`settings {arguments.what}` needs other words.", "See `sottovoce settings --help` for the right form."
            )


def _known(key: str) -> Declared:
    for setting in declared():
        if setting.name == key:
            return setting
    raise UsageWrong("There is no setting of this name.", "See `sottovoce settings list`.")


def _rows(file: Path) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Every setting with its value in force and where that comes from; and the mistakes in the file."""
    policy = PolicySource().now()
    parsed = read_settings(file, policy.usual)
    in_force = policy.applied(parsed.settings)
    usual = [setting.usual(policy.usual) for setting in declared()]
    mistakes = tuple(shown(mistake.said) for mistake in parsed.mistakes)
    return [_row(setting, in_force, policy) for setting in usual], mistakes


def _row(setting: Declared, in_force: Settings, policy: Policy) -> dict[str, Any]:
    value = getattr(in_force, setting.name)
    return {
        "key": setting.name,
        "value": value,
        "type": KINDS[setting.kind],
        "unit": setting.unit,
        "choices": list(setting.choices),
        "default": setting.default,
        "low": setting.low,
        "high": setting.high,
        "source": _source(setting, value, policy),
        "locked": shown(policy.locked[setting.name]) if setting.name in policy.locked else None,
        "text": shown(setting.meaning),
    }


def _source(setting: Declared, value: object, policy: Policy) -> str:
    """Who says so: the policy, which may only recommend it, the program's default, or the user's file."""
    if setting.name in policy.decided:
        return "policy"
    if value != setting.default:
        return "file"
    return "recommended" if setting.name in dict(policy.recommended) else "default"


def _list(file: Path) -> Printed:
    rows, mistakes = _rows(file)
    lines = []
    for row in rows:
        bounds = "" if row["low"] is None else f", {row['low']:g} to {row['high']:g}"
        bounds += f": {', '.join(row['choices'])}" if row["choices"] else ""
        value = " ".join(filter(None, [_shown(row["value"]) or "(empty)", row["unit"]]))
        lines += [f"{row['key']:24}{value}  ({row['source']}; {row['type']}{bounds}; {_default(row)})"]
        lines += [f"{'':24}{text}" for text in (row["text"], row["locked"]) if text]
    lines += ["", f"{file}", *(f"  {mistake}" for mistake in mistakes)]
    return Printed("\n".join(lines), {"settings": rows, "file": str(file), "mistakes": list(mistakes)})


def _default(row: dict[str, Any]) -> str:
    return f"default {_shown(row['default'])}" if row["default"] != "" else "empty by default"


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


async def _set(file: Path, setting: Declared, text: str) -> Printed:
    """In the running application, which has it in force when this returns; else in the file alone."""
    value = setting.from_text(text)
    policy = PolicySource().now()
    if setting.name in policy.decided:
        raise SettingLocked(policy.locked[setting.name])
    try:
        await through_app("settings.set", {"key": setting.name, "value": value}, reply_s=SAVED_S)
    except NotRunning as nobody:
        if type(nobody) is not NotRunning:
            raise
        if _is_forbidden(file, setting, value, policy):
            raise LanguageModelForbidden from None
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_setting(file, setting.name, value)
    (row,) = (row for row in _rows(file)[0] if row["key"] == setting.name)
    return Printed(f"{setting.name} = {_shown(row['value'])}", row)


def _is_forbidden(file: Path, setting: Declared, value: object, policy: Policy) -> bool:
    """Whether a language model would be named that may not be asked."""
    if setting.name not in {"language_model_address", "language_model_name"} or not value:
        return False
    asked = policy.applied(with_setting(read_settings(file, policy.usual).settings, setting.name, value))
    return bool(asked.language_model_address) and not policy.lets_ask(
        asked.language_model_address, asked.language_model_name
    )
