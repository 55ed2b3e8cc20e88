"""English as recognisers write it: spellings, signs, numbers in words, and what always has a capital."""

from __future__ import annotations

import re

SYMBOLS = {
    "%": " percent",
    "&": " and ",
    "+": " plus ",
    "=": " equals ",
    "@": " at ",
    "°": " degrees",
    "€": " euros",
    "£": " pounds",
}
AMERICAN = (
    (
        re.compile(r"\b(col|fav|neighb|behavi|hon|hum|lab|flav|harb|rum|arm|vap|od|vig|savi|endeav)our", re.IGNORECASE),
        r"\1or",
    ),
    (re.compile(r"\b(kilo|centi|milli|)(met|lit)re(s?)\b", re.IGNORECASE), r"\1\2er\3"),
    (re.compile(r"\b(cent|theat)re(s?)\b", re.IGNORECASE), r"\1er\2"),
    (re.compile(r"\bto(?:-(day|night)|[- ](morrow))\b", re.IGNORECASE), r"to\1\2"),
    (re.compile(r"\bper cent\b", re.IGNORECASE), "percent"),
    (re.compile(r"\bgood[- ]bye\b|^\s*good by(?=\W*$)", re.IGNORECASE), "goodbye"),
)
"""One spelling, that of the commands."""
FILLER = re.compile(r"\b(?:um+|uh+|uhm+|erm?|hm+|mhm)\b[,.…]*\s*", re.IGNORECASE)
SHORT = {"mr": "mister", "mrs": "missus", "dr": "doctor", "vs": "versus", "etc": "et cetera", "ok": "okay"}
ALWAYS_CAPITAL = frozenset({"I", "I'm", "I'll", "I've", "I'd", "OK", "Okay"})
"""Written with a capital, and no name."""
DIGITS = frozenset({"zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"})
_TEENS = frozenset(
    {"ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"}
)
_TENS_NAMES = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENS_AND_MORE = frozenset(_TENS_NAMES) | {"hundred", "thousand"}
NUMBERS = DIGITS | _TEENS | _TENS_AND_MORE
SOUND_ALIKE = {"for": "four", "to": "two", "too": "two", "ate": "eight", "won": "one"}
"""What the open model writes for a lone digit."""
WRITTEN = {word: word.capitalize() for word in (
    "i", "i'm", "i'll", "i've", "i'd", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "january", "february", "april", "june", "july", "august", "september", "october", "november", "december",
)}  # fmt: skip
_SMALL_NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
UNITS = {word: number for number, word in enumerate(_SMALL_NUMBERS)}
TENS = {word: 10 * at for at, word in enumerate(_TENS_NAMES, 2)}
