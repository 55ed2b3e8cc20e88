"""The language that the machine is set to: what is shown before a home is open, whose user may speak another one."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sottovoce.language import ENGLISH, display, is_available

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Of which the first one that is set counts (POSIX, "Environment Variables")."""
_NO_LANGUAGE = frozenset({"C", "POSIX"})
"""Locales without one: programs are to speak as they were written, which is English."""
_APPLE_PREFERENCES = Path("Library", "Preferences", ".GlobalPreferences.plist")


def show_machine_language() -> None:
    """Show everything in the machine's language, until a home is open or an application answers."""
    display.show_in(machine_language(os.environ))


def machine_language(environment: Mapping[str, str]) -> str:
    """The tag of the first wanted language that ships; English if none does."""
    tags = (_tag(name) for name in _wanted(environment))
    return next((tag for tag in tags if is_available(tag)), ENGLISH)


def _wanted(environment: Mapping[str, str]) -> Iterator[str]:
    """Names of languages, the most wanted first, as gettext has it: LANGUAGE goes first where there is a locale."""
    locale = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    if not locale:
        yield from _of_system()
    elif _tag(locale) not in _NO_LANGUAGE:
        yield from environment.get("LANGUAGE", "").split(":")
        yield locale


def _tag(name: str) -> str:
    """The tag of a locale's name: de-AT of de_AT.UTF-8@euro."""
    return name.partition(".")[0].partition("@")[0].replace("_", "-")


def _of_system() -> tuple[str, ...]:
    """Where the environment says nothing: programs started from a desktop of Apple's, and anything on Windows."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - as the next one
        import locale  # noqa: PLC0415 - needed there alone

        return (locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), ""),)
    return apple_languages(Path.home()) if sys.platform == "darwin" else ()


def apple_languages(home: Path) -> tuple[str, ...]:
    """What the user of this folder has chosen in the settings of macOS, the most wanted first."""
    import plistlib  # noqa: PLC0415 - it brings a parser of XML along

    with contextlib.suppress(OSError, ValueError, plistlib.InvalidFileException):
        chosen = plistlib.loads((home / _APPLE_PREFERENCES).read_bytes()).get("AppleLanguages", ())
        return tuple(name for name in chosen if isinstance(name, str))
    return ()
