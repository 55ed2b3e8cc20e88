"""German as it is said: the port `Speech`."""

from __future__ import annotations

import functools
import re
from typing import Final

from sottovoce.language.de.speak.moments import MOMENTS, NAMED_MOMENTS
from sottovoce.language.de.speak.names import ABBREVIATED, NAMES
from sottovoce.language.de.speak.places import ADDRESSES
from sottovoce.language.de.speak.quantities import BARE_UNITS, QUANTITIES, VERSIONS
from sottovoce.language.de.speak.signs import SIGN_RULES
from sottovoce.language.de.speak.words import ABBREVIATIONS, MARKED, SENTENCE_MAY_END, TITLES
from sottovoce.language.spoken.form import SpokenForms

__all__ = ["ABBREVIATIONS", "GOES_ON", "MARKED", "SENTENCE_MAY_END", "TITLES", "spoken_form"]

GOES_ON: Final = re.compile(r"(?:^|[\s(])\d{1,2}\.\s*$|[a-zäöü]str\.\s*$")
"""An ordinal ("am 30. November"), and a street's name."""
_FORMS: Final = SpokenForms(
    plain=re.compile(r"(?!(?:usw|bzw|etc|vs|ca)\b)[a-zäöüß]{2,}(?:['’-][a-zäöüß]+)*(?=[\s,;!?]|$)|\s+"),
    at_word=(*ADDRESSES, *NAMED_MOMENTS, *ABBREVIATED, *VERSIONS, *NAMES, *BARE_UNITS),
    at_figure=(*ADDRESSES, *MOMENTS, *QUANTITIES),
    at_sign=(*ADDRESSES, *MOMENTS, *QUANTITIES, *BARE_UNITS, *SIGN_RULES),
    gap=re.compile(r"(?<=\d) (?=\d{3}(?:\D|$))(?<!\d{4} )"),  # 1 000, and 12 345 as in Switzerland
)
spoken_form = functools.lru_cache(maxsize=64)(_FORMS.said)
"""See `SpokenForms.said`."""
