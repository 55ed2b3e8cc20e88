"""Words that are none: what models write for noise, for what they do not know, and behind a second pronunciation."""

from __future__ import annotations

import re

_MARK = re.compile(r"\[[^\s\]]*\]|<[^\s>]*>|\{[^\s}]*\}|#\d+|![a-z]+|\ufffd+", re.IGNORECASE)
"""`[unk]`, `[2]`, `<unk>`, `<eps>`, `{breath}`, `#0`, `!sil`: of Kaldi, of HTK, and of several official models."""
_SECOND = re.compile(r"(?<=\w)\(\d+\)$")
"""The number behind another pronunciation of a word."""


def shown_word(word: str) -> str:
    """A word as the user may see it, in lower case; empty for a mark."""
    word = _SECOND.sub("", word.lower())
    return "" if _MARK.fullmatch(word) else word


def clean(text: str) -> str:
    """Recognised text as it is shown: lower case, single spaces, no marks."""
    return " ".join(filter(None, map(shown_word, text.split())))
