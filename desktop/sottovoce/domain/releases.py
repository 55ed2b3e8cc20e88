"""News of a release: what a signed manifest says, and whether it counts."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import Any

from sottovoce.domain.endpoints import mistake_in
from sottovoce.domain.errors import UpdateOld, UpdateUnreadable
from sottovoce.domain.said import said

PRODUCT = "sottovoce"
_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})", re.ASCII)
MOST_SERIAL = 2**53
"""Whole numbers up to here are the same in every reader of JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The newest release, as its publisher signed it."""

    version: str
    serial: int
    """Grows with each manifest: one with a smaller number than has been seen is an old one, put back."""
    until: dt.date
    """The last day on which the manifest counts: who keeps newer ones from us can't do so unnoticed for ever."""
    page: str = ""
    """Where people read about it; empty where it names none."""


def parse_release(content: bytes) -> Release:
    """The manifest, whose signature has been verified already.

    Raises:
        UpdateUnreadable: It says something else.
    """
    try:
        raw: dict[str, Any] = json.loads(content)
        if raw["product"] != PRODUCT:
            raise UpdateUnreadable
        release = Release(
            version=_text(raw["version"]),
            serial=_whole(raw["serial"]),
            until=dt.date.fromisoformat(_text(raw["until"])),
            page=_text(raw.get("page", "")),
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        raise UpdateUnreadable from None
    if not _VERSION.fullmatch(release.version) or (release.page and mistake_in(release.page)):
        raise UpdateUnreadable
    return release


def judge(release: Release, *, seen: int, today: dt.date) -> None:
    """Let a manifest pass that is the newest known.

    Args:
        release: What it says.
        seen: The greatest serial that ever counted here; 0 if none did.
        today: The present day.

    Raises:
        UpdateOld: An earlier manifest came in place of a later one, or its time is over.
    """
    if release.serial < seen:
        raise UpdateOld
    if release.until < today:
        raise UpdateOld(said("error-update-old-since", until=release.until))


def is_newer(version: str, than: str) -> bool:
    """Whether a version of three numbers comes after another; what follows the numbers is not looked at."""
    return _numbers(version) > _numbers(than)


def _numbers(version: str) -> tuple[int, ...]:
    found = _VERSION.match(version)
    return tuple(map(int, found.groups())) if found else ()


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= MOST_SERIAL:
        raise TypeError
    return value
