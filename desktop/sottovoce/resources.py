"""Where the files that ship with the program are: icons, sounds, the starter speech model."""

from __future__ import annotations

import functools
from pathlib import Path

STARTER_MODEL = Path("models", "starter-en")
"""The speech model that ships, below the resources."""


@functools.cache
def resources_folder() -> Path:
    """The folder `resources`: inside the installed package, or at the root of a source checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent.parent / "resources"


def resource(*parts: str) -> Path:
    """One shipped file or folder by its path below `resources`."""
    return resources_folder().joinpath(*parts)


def starter_model() -> Path:
    """The speech model that ships."""
    return resources_folder() / STARTER_MODEL
