"""Emoji and signs, as German names them."""

from __future__ import annotations

import unicodedata
from typing import Final

from sottovoce.language.de.speak.words import EMOTICONS, SIGNS, UNKNOWN_SIGN
from sottovoce.language.spoken.signs import SignWords, sign_rules


def _name(sign: str) -> str:
    """Of a letter of another script, itself; of a sign without a German name, that it is one."""
    return sign if unicodedata.category(sign)[0] == "L" else UNKNOWN_SIGN


SIGN_RULES: Final = sign_rules(
    SignWords(
        names=SIGNS,
        named=_name,
        emoticons=EMOTICONS,
        both="und",
        either="oder",
        flag="Flagge",
        minus="minus",
        to="bis",
        dot="Punkt",
    )
)
