"""Emoji and signs, as English names them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from sottovoce.language.en.speak.words import EMOTICONS, SIGNS, UNKNOWN_SIGN
from sottovoce.language.spoken.signs import SignWords, sign_rules


def _name(sign: str) -> str:
    name = unicodedata.name(sign, "").lower().replace("-", " ")
    name = re.sub(r"\d", lambda digit: f" {unicodedata.name(digit[0]).split()[-1].lower()}", name)  # "dots-12"
    return (
        re.sub(r"^(?:(?:heavy|black|white)\s+)+(?=heart|star|check|sun|cross|medium|large|circle)", "", name)
        or UNKNOWN_SIGN
    )


SIGN_RULES: Final = sign_rules(
    SignWords(
        names=SIGNS,
        named=_name,
        emoticons=EMOTICONS,
        both="and",
        either="or",
        flag="flag",
        minus="minus",
        to="to",
        dot="dot",
    )
)
