"""settings.toml: read as it is, written without losing the user's comments."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import tomllib
from typing import TYPE_CHECKING

from sottovoce.adapters.durable_file import read_whole, why, write_durably
from sottovoce.domain.errors import SettingsUnusable
from sottovoce.domain.said import Said, said
from sottovoce.domain.settings import Parsed, Settings, declared, parse, with_setting

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from sottovoce.domain.mistakes import Mistake

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
        raise SettingsUnusable(said("error-settings-unusable-toml", file=file, place=_place(error))) from None
    except (OSError, UnicodeDecodeError) as error:
        reason = why(error) if isinstance(error, OSError) else _why_unreadable(error, text)
        raise SettingsUnusable(said("error-settings-unusable-unread", file=file, why=reason)) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets in brackets
        raise SettingsUnusable(said("error-settings-unusable-unknown", file=file)) from None
    parsed = parse(raw, usual)
    return dataclasses.replace(
        parsed, mistakes=tuple(_placed(mistake, text) for mistake in parsed.mistakes), source=str(file)
    )


def _place(error: tomllib.TOMLDecodeError) -> Said:
    """Where it is no TOML: the parser's own words quote the text; its place is enough to find it."""
    if found := re.search(r"\(at line (\d+), column (\d+)\)$", str(error)):
        return said("error-place-line", line=found[1], column=found[2])
    return said("error-place-end" if str(error).endswith("(at end of document)") else "error-place-unknown")


def _place_in(error: UnicodeDecodeError) -> Said:
    """Where it is no UTF-8."""
    before = error.object[: error.start]
    line, column = before.count(b"\n") + 1, len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    return said("error-place-line", line=str(line), column=str(column))


def _why_unreadable(error: Exception, text: str) -> Said:
    """What is wrong with a file's text, and where."""
    if isinstance(error, UnicodeDecodeError):
        return said("error-why-no-utf8", place=_place_in(error))
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as found:
        return said("error-why-no-toml", place=_place(found))
    except (ValueError, RecursionError):
        pass
    return said("error-why-no-toml", place=said("error-place-unknown"))


def _placed(mistake: Mistake, text: str) -> Mistake:
    """The mistake with the line that its key stands in, if that is found."""
    key = re.escape(mistake.name)
    found = re.search(rf"""^[ \t]*\[*[ \t]*["']?{key}["']?[ \t]*[=.\]]""", text, re.MULTILINE)
    return dataclasses.replace(mistake, line=text.count("\n", 0, found.start()) + 1) if found else mistake


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

    before = ""
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
        reason = why(error) if isinstance(error, OSError) else _why_unreadable(error, before)
        raise SettingsUnusable(said("error-settings-unusable-unchanged", file=file, why=reason)) from None
