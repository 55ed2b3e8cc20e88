"""Texts as they are searched and read: forms that look or mean the same are one, and what is not seen is gone."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
"""Marks without a width that are no formatting characters by their category (Unicode, Default_Ignorable_Code_Point)."""
_JOINERS = frozenset("\u200c\u200d")
"""Of emoji and of Persian and Indic letters: they change what is seen."""
_PRESENTATION = re.compile("[\ufb00-\ufb06]")
"""Latin ligatures."""

_UNSPACED = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Letters of scripts that put no gaps between words, and of Korean, whose words carry their endings."""
_LETTER = re.compile(rf"[{_UNSPACED}][\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u3099\u309a]*")
_RUN = re.compile(rf"[{_UNSPACED}]+")


def folded(text: str) -> str:
    """A text as it is compared: ligatures, full-width forms and the like as plain ones (NFKC), nothing unseen (Cf)."""
    if text.isascii():
        return text
    seen = "".join(c for c in _UNSEEN.sub("", text) if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFKC", seen)


def indexed(text: str) -> str:
    """A text as it goes into an index of words, and into a search of one: letters that no gap parts stand alone.

    So a word is found inside a run, as the phrase of its letters.
    """
    text = folded(text)
    return _LETTER.sub(r" \g<0> ", text).strip() if _RUN.search(text) else text


def pairs(text: str) -> list[str]:
    """The parts of a word by which it is found within longer runs: each two letters that follow each other."""
    parts: list[str] = []
    for part in re.split(rf"({_RUN.pattern})", text):
        if len(part) > 1 and _RUN.fullmatch(part):
            parts += [part[at : at + 2] for at in range(len(part) - 1)]
        elif part:
            parts.append(part)
    return parts


def is_unspaced(letter: str) -> bool:
    """Whether a letter is of a script that puts no gaps between words."""
    return _RUN.fullmatch(letter) is not None


def readable(text: str) -> str:
    """A text as it is shown and read aloud: without what is not seen, and with ligatures as their letters."""
    if text.isascii():
        return text
    seen = "".join(c for c in text if c in _JOINERS or unicodedata.category(c) != "Cf")
    return _PRESENTATION.sub(lambda found: unicodedata.normalize("NFKC", found.group()), seen)
