"""settings.toml: read as it is, written without losing the user's comments."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import tomlkit
from tomlkit.exceptions import TOMLKitError

from sottovoce.adapters.durable_file import write_durably
from sottovoce.domain.errors import SettingsUnusable
from sottovoce.domain.settings import Parsed, Settings, declared, parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def read_settings(file: Path) -> Parsed:
    """The settings in `file`; the defaults if there is none.

    Raises:
        SettingsUnusable: It is there but can't be read, or is no TOML.
    """
    try:
        raw: Mapping[str, object] = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raw = {}
    except tomllib.TOMLDecodeError as error:
        # The parser's own words quote the text; its place is enough to find it.
        place = str(error).rpartition("(")[2].rstrip(")") if "(" in str(error) else "somewhere"
        message = f"settings.toml is not valid TOML ({place})."
        raise SettingsUnusable(message) from None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        message = f"settings.toml cannot be read: {reason}."
        raise SettingsUnusable(message) from None
    return parse(raw)


def write_settings(file: Path, settings: Settings) -> None:
    """Put `settings` into `file`, atomically; comments and the order of the keys stay.

    Only what differs from its default, or stands in the file already, is written.

    Raises:
        SettingsUnusable: The file can't be read or written; it is as it was.
    """
    try:
        document = tomlkit.parse(file.read_text("utf-8")) if file.exists() else tomlkit.document()
        for setting in declared():
            value = getattr(settings, setting.name)
            if setting.name in document or value != setting.default:
                document[setting.name] = value
        # A link into a folder of dotfiles stays a link.
        write_durably(file.resolve(), tomlkit.dumps(document).encode())
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not valid TOML"
        message = f"settings.toml could not be changed: {reason}."
        raise SettingsUnusable(message) from None
