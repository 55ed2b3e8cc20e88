"""English as it is said: the port `Speech`."""

from __future__ import annotations

import functools
import re
from typing import Final

from sottovoce.language.en.speak.moments import MOMENTS, NAMED_MOMENTS
from sottovoce.language.en.speak.names import ABBREVIATED, NAMES
from sottovoce.language.en.speak.places import ADDRESSES
from sottovoce.language.en.speak.quantities import BARE_UNITS, QUANTITIES, VERSIONS
from sottovoce.language.en.speak.signs import SIGN_RULES
from sottovoce.language.en.speak.words import ABBREVIATIONS, MARKED, SENTENCE_MAY_END, TITLES
from sottovoce.language.spoken.form import SpokenForms

__all__ = ["ABBREVIATIONS", "GOES_ON", "MARKED", "SENTENCE_MAY_END", "TITLES", "spoken_form"]

GOES_ON: Final = re.compile(r"(?!)")
"""Nothing but the abbreviations."""

_FORMS: Final = SpokenForms(
    plain=re.compile(r"(?!(?:vs|etc)\b)(?:a|[a-z]{2,}(?:['’-][a-z]+)*)(?=[\s,;!?]|$)|\s+"),
    at_word=(*ADDRESSES, *ABBREVIATED, *NAMED_MOMENTS, *VERSIONS, *NAMES, *BARE_UNITS),
    at_figure=(*ADDRESSES, *MOMENTS, *QUANTITIES),
    at_sign=(*ADDRESSES, *MOMENTS, *QUANTITIES, *BARE_UNITS, *SIGN_RULES),
    gap=re.compile(r"(?<=\d) (?=000(?:\D|$))"),  # nothing but thousands is written so
)
spoken_form = functools.lru_cache(maxsize=64)(_FORMS.said)
"""See `SpokenForms.said`."""
