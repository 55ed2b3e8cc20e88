"""What every package says of the program, once."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
"""The checkout."""

BUILD: Final = ROOT / "build"
"""What is made on the way."""
DIST: Final = ROOT / "dist"
"""What is handed out."""

NAME: Final = "sottovoce"
TITLE: Final = "Sottovoce"
ID: Final = "org.sottovoce.Sottovoce"
"""In stores of applications, and of the bundle under macOS."""
SUMMARY: Final = "private voice assistant that works offline"
DESCRIPTION: Final = (
    "Hold a key, talk, let go: Sottovoce understands on this machine, answers aloud, remembers what it is allowed to,"
    " and keeps every word encrypted. Nothing leaves the machine unless its user names a server of their own.\n"
    "It brings what hears, answers and remembers in English; models of more languages are packages of their own, or"
    " fetched when the user says so."
)
MAINTAINER: Final = "The Sottovoce maintainers <maintainers@sottovoce.invalid>"
LICENCE: Final = "Apache-2.0"
