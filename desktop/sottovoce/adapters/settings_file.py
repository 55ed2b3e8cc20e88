"""settings.toml: read as it is, written without losing the user's comments."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import tomllib
from typing import TYPE_CHECKING

from sottovoce.adapters.durable_file import read_whole, reason_of, write_durably
from sottovoce.domain.errors import SettingsUnusable
from sottovoce.domain.settings import Parsed, Settings, declared, parse, with_setting

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

MOST_BYTES = 1 << 20
USUAL = Settings()


def read_settings(file: Path, usual: Settings = USUAL) -> Parsed:
    """The settings in `file`, each mistake with its line; the defaults if there is none.

    Args:
        file: settings.toml.
        usual: The defaults.

    Raises:
        SettingsUnusable: It is there but can't be read, or is no TOML.
    """
    text = ""
    raw: Mapping[str, object] = {}
    try:
        text = read_whole(file, MOST_BYTES).decode("utf-8-sig")
        raw = tomllib.loads(text)
    except FileNotFoundError:
        pass
    except tomllib.TOMLDecodeError as error:
        # The parser's own words quote the text; its place is enough to find it.
        place = str(error).rpartition("(")[2].rstrip(")") if "(" in str(error) else "somewhere"
        message = f"{file} is not valid TOML ({place})."
        raise SettingsUnusable(message) from None
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "it is not UTF-8 text"
        message = f"{file} cannot be read: {reason}."
        raise SettingsUnusable(message) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets in brackets
        raise SettingsUnusable(f"{file} cannot be read: it holds what no setting is.") from None
    parsed = parse(raw, usual)
    return dataclasses.replace(
        parsed, mistakes=tuple(_placed(mistake, text) for mistake in parsed.mistakes), source=str(file)
    )


def _placed(mistake: str, text: str) -> str:
    """The mistake behind the line that its key stands in, if that is found."""
    key = re.escape(mistake.partition("`")[2].partition("`")[0])
    found = re.search(rf"""^[ \t]*\[*[ \t]*["']?{key}["']?[ \t]*[=.\]]""", text, re.MULTILINE)
    return f"line {text.count(chr(10), 0, found.start()) + 1}: {mistake}" if found else mistake


def write_settings(file: Path, settings: Settings, usual: Settings = USUAL) -> None:
    """Put `settings` into `file`, atomically; comments and the order of the keys stay.

    Only what differs from its default, or stands in the file already, is written; one that says all that stays.

    Args:
        file: settings.toml.
        settings: The user's own.
        usual: The defaults.

    Raises:
        SettingsUnusable: The file can't be read or written; it is as it was.
    """
    _rewrite(
        file,
        lambda there: {
            setting.name: getattr(settings, setting.name)
            for setting in declared()
            if setting.name in there or getattr(settings, setting.name) != getattr(usual, setting.name)
        },
    )


def write_setting(file: Path, name: str, value: object) -> None:
    """Put one setting into `file`, as `write_settings`; everything else in it stays, mistakes as well.

    Raises:
        SettingsUnusable: As `write_settings`, or this is no such setting or value.
    """
    beside = Settings()
    with contextlib.suppress(SettingsUnusable):  # of what can't be read is told when it is to be changed
        beside = read_settings(file).settings
    with_setting(beside, name, value)
    _rewrite(file, lambda _: {name: value})


def _rewrite(file: Path, changes: Callable[[Collection[str]], Mapping[str, object]]) -> None:
    import tomlkit  # noqa: PLC0415 - 60 ms, and reading needs none of it
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    try:
        before = read_whole(file, MOST_BYTES).decode("utf-8-sig") if file.exists() else ""
        document = tomlkit.parse(before)
        for name, value in changes(document.keys()).items():
            document[name] = value
        after = tomlkit.dumps(document)
        if after != before:
            # A link into a folder of dotfiles stays a link.
            write_durably(file.resolve(), after.encode())
    except (OSError, ValueError, RecursionError, TOMLKitError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "it is not valid TOML"
        message = f"{file} could not be changed: {reason}."
        raise SettingsUnusable(message) from None
