"""Addresses of pages as they are said or typed: "example dot org slash news"."""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = {
    "dot": ".",
    "punkt": ".",
    "slash": "/",
    "schrägstrich": "/",
    "dash": "-",
    "hyphen": "-",
    "bindestrich": "-",
    "underscore": "_",
    "unterstrich": "_",
    "colon": ":",
    "doppelpunkt": ":",
}
"""What is said for the signs of an address."""
_ENDINGS: Final = frozenset(
    "ai app at au be biz blog br ca ch cloud co com cz de dev dk edu es eu fi fr gov gr hu ie in info io it jp lu me"  # noqa: SIM905
    " mil name net news nl no nz online org pl pt ro ru se shop site sk tech tv uk us wiki xyz za".split()
)
"""How typed addresses end; others are names of files."""
_HOST: Final = re.compile(
    r"(?:https?://)?(?P<host>[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*\.(?P<ending>[^\W\d_]{2,24}))(?::\d{1,5})?"
    r"(?P<rest>[/?#][^\s<>\"'\\]*)?"
)
_LONGEST: Final = 500


def address_in(words: str) -> str | None:
    """The address that words spell, with its scheme; None where they spell none.

    What is said may end in anything; what is typed must end as addresses do, for "budget.ods" is a file.
    """
    if len(words) > _LONGEST:
        return None
    parts = words.casefold().split() if " " in words.strip() else [words.strip()]
    spoken = any(part in _SIGNS for part in parts)
    text = "".join(_SIGNS.get(part, part) for part in parts) if spoken else words.strip()
    found = _HOST.fullmatch(text)
    if found is None:
        return None
    known = found["ending"].casefold() in _ENDINGS or found["host"].casefold().startswith("www.")
    if not (spoken or known or text.startswith(("http://", "https://"))):
        return None
    return text if text.startswith(("http://", "https://")) else f"https://{text}"
