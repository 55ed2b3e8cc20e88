"""The language that windows, the tray and commands show: one for the process, that of the machine's own user.

Before a home is open nobody knows them, and it is the machine's (`adapters/machine_language.py`).

What is *said* to somebody is in the language of that user's context instead (`language(context.language)`).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sottovoce.language.languages import ENGLISH, language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sottovoce.domain.said import Said
    from sottovoce.language.languages import Language

_LOG = logging.getLogger(__name__)


class _Display:
    """The chosen language and who wants to know of another one."""

    def __init__(self) -> None:
        self.tag = ENGLISH
        self.followers: list[Callable[[], None]] = []


_DISPLAY = _Display()


def shown_in() -> Language:
    """The language that is shown."""
    return language(_DISPLAY.tag)


def words(key: str, /, **facts: object) -> str:
    """The message `key` as it is shown to people."""
    return shown_in().text(key, **facts)


def shown(message: Said) -> str:
    """`message` as it is shown to people."""
    return shown_in().render(message)


def found(key: str, facts: Mapping[str, object], /) -> str | None:
    """The message `key` as it is shown to people; None if there is none."""
    return shown_in().catalogue.find(key, facts)


def show_in(tag: str) -> None:
    """Show everything in another language from now on, and tell who follows."""
    if language(tag).tag == language(_DISPLAY.tag).tag:
        return
    _DISPLAY.tag = tag
    for follower in tuple(_DISPLAY.followers):
        try:
            follower()
        except Exception:  # noqa: BLE001 - one window's mistake keeps no other from changing
            _LOG.exception("a window did not change its language")


def follow(changed: Callable[[], None]) -> Callable[[], None]:
    """Call `changed` after each change of language; the answer is what ends that."""
    _DISPLAY.followers.append(changed)

    def leave() -> None:
        if changed in _DISPLAY.followers:
            _DISPLAY.followers.remove(changed)

    return leave
