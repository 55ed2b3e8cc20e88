"""Numbers: cardinals, years as they are said, fractions, decimals, dozens; and places in a row."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sottovoce.language.hearing.tokens import Said

ONES: Final = {
    word: number
    for number, word in enumerate(
        (
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
            *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        )
    )
}
TENS: Final = {
    word: 10 * number
    for number, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
} | {"fourty": 40}
_HUNDRED: Final = 100
_SCALES: Final = {"trillion": 10**12, "billion": 10**9, "million": 10**6, "thousand": 1000}
_GROUPS: Final = {"dozen": 12, "hundred": 100, **_SCALES}
_DIGIT_WORDS: Final = {**{word: str(at) for word, at in ONES.items() if at <= 9}, "oh": "0", "o": "0", "nought": "0"}  # noqa: PLR2004
_NONE: Final = frozenset({"zero", "nought", "naught"})
_ONE: Final = frozenset({"a", "an", "one"})
_INSIDE: Final[frozenset[Said]] = frozenset({("a",), ("one",)})
_BEGINNING: Final[frozenset[Said]] = _INSIDE | {()}
"""What counts a single hundred, thousand…."""
_SIGNS: Final = {"minus": -1, "negative": -1, "plus": 1}

_PLACES: Final = {
    word: number
    for number, word in enumerate(
        (
            *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
            *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
            *("eighteenth", "nineteenth"),
        ),
        start=1,
    )
}
_TENTHS: Final = {f"{word[:-1]}ieth": number for word, number in TENS.items()}
_PARTS: Final = (
    {"half": 2, "quarter": 4, "hundredth": 100, "thousandth": 1000, "millionth": 10**6}
    | {word: number for word, number in _PLACES.items() if number > 2}  # noqa: PLR2004 - a second is none of two
    | {"twentieth": 20}
)
_SEVERAL_PARTS: Final = {f"{word}s": number for word, number in _PARTS.items() if word != "half"} | {"halves": 2}

_FIGURE: Final = re.compile(r"([-−+]?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)([½⅓⅔¼¾⅕⅛]?)|([½⅓⅔¼¾⅕⅛])")
_SIGNED_PARTS: Final = {
    "½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4), "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5), "⅛": Fraction(1, 8), "": Fraction(),
}  # fmt: skip
_WRITTEN_PART: Final = re.compile(r"(\d{1,9})[/\u2044](\d{1,9})")
_WRITTEN_PLACE: Final = re.compile(r"(\d{1,6})(st|nd|rd|th)")
_TEN, _MOST_PLACE_ENDING = 10, 13
_TEENS: Final = range(11, 14)


def small(said: Said) -> int | None:
    """A number below a hundred, in one word or two, or in figures."""
    match said:
        case (word,):
            if word in ONES:
                return ONES[word]
            if word in TENS:
                return TENS[word]
            return int(word) if word.isdecimal() and len(word) <= len("99") else None
        case (tens, one):
            return TENS[tens] + ONES[one] if tens in TENS and 1 <= ONES.get(one, 0) < _TEN else None
        case _:
            return None


def _hundreds(said: Said, ones: frozenset[Said]) -> int | None:
    """A number below ten thousand that is counted in hundreds at most: "nineteen hundred and five"."""
    if "hundred" not in said:
        return small(said)
    at = said.index("hundred")
    count = 1 if said[:at] in ones else small(said[:at])
    rest = said[at + 1 :]
    more = 0 if not rest else small(rest[1:] if rest[0] == "and" else rest)
    return count * _HUNDRED + more if count and more is not None else None


def _joined(said: Said) -> int | None:
    """A number said in two halves or digit by digit: "nineteen eighty four", "one oh five", "four two seven"."""
    if all(word in _DIGIT_WORDS for word in said) and len(said) > 2:  # noqa: PLR2004 - "one two" may be two numbers
        digits = "".join(_DIGIT_WORDS[word] for word in said)
        return int(digits) if digits[0] != "0" else None
    for at in range(1, len(said)):
        first, rest = small(said[:at]), said[at:]
        if not first:
            continue
        if len(rest) == 2 and rest[0] in {"oh", "o"} and 1 <= ONES.get(rest[1], 0) < _TEN:  # noqa: PLR2004 - a pair
            return first * _HUNDRED + ONES[rest[1]]
        second = small(rest)
        if second is not None and second >= _TEN and not (len(said[:at]) == 1 and said[0] in TENS and second < _TEN):
            return first * _HUNDRED + second
    return None


def whole(said: Said, *, begins: bool = True) -> int | None:
    """A whole number that is not below zero; one that `begins` may have lost its article: "hundred and eighty"."""
    if not said:
        return None
    if len(said) == 1:
        if said[0] in _NONE:
            return 0
        figure = _FIGURE.fullmatch(said[0])
        if figure and "." not in said[0] and not figure[1] and not figure[3] and figure[2]:
            return int(said[0].replace(",", ""))
    ones = _BEGINNING if begins else _INSIDE
    for name, scale in _SCALES.items():
        if name in said:
            at = said.index(name)
            count = 1 if said[:at] in ones else _hundreds(said[:at], ones)
            rest = said[at + 1 :]
            if not rest:
                return count * scale if count else None
            more = whole(rest[1:] if rest[0] in {"and", ","} else rest, begins=False)
            return count * scale + more if count and more is not None and more < scale else None
    found = _hundreds(said, ones)
    return _joined(said) if found is None else found


def fraction(said: Said) -> Fraction | None:
    """A part of one: "half", "three quarters", "a third", "3/4"."""
    match said:
        case ("half",):
            return Fraction(1, 2)
        case (word,):
            if found := _WRITTEN_PART.fullmatch(word):
                return Fraction(int(found[1]), int(found[2])) if int(found[2]) else None
            return _SIGNED_PARTS.get(word)
        case (one, part) if one in _ONE and part in _PARTS:
            return Fraction(1, _PARTS[part])
        case (*count, part) if part in _SEVERAL_PARTS:
            above = whole(tuple(count))
            return Fraction(above, _SEVERAL_PARTS[part]) if above else None
        case _:
            return None


def positive(said: Said) -> Fraction | None:  # noqa: PLR0911 - one way of saying a number after the other
    """A number without a sign."""
    found = whole(said)
    if found is not None:
        return Fraction(found)
    if len(said) == 1 and (figure := _FIGURE.fullmatch(said[0])) and not figure[1]:
        return Fraction((figure[2] or "0").replace(",", "")) + _SIGNED_PARTS[figure[3] or figure[4] or ""]
    if (part := fraction(said)) is not None:
        return part
    if said and said[-1] in _GROUPS:
        return _grouped(said)
    if "point" in said:
        return _decimal(said)
    if len(said) == 2 and said[0].isdecimal() and (part := fraction(said[1:])) is not None:  # noqa: PLR2004 - 2 1/2
        return int(said[0]) + part if part < 1 else None
    if "and" in said:
        at = len(said) - 1 - said[::-1].index("and")
        left, part = whole(said[:at]), fraction(said[at + 1 :])
        if left is None or part is None or part >= 1:
            return None
        if said[:at] in {(one, name) for one in _ONE for name in ("million", "billion")}:
            part *= left  # "a million and a half"
        return left + part
    return None


def _grouped(said: Said) -> Fraction | None:
    """Of a dozen, a million…: "two dozen", "half a million", "three point five million"."""
    size, count = _GROUPS[said[-1]], said[:-1]
    if count in {("a",), ("one",)}:
        return Fraction(size)
    if len(count) > 1 and count[-1] in {"a", "an"}:
        part = fraction(count[:-2] if count[-2] == "of" else count[:-1])
        return part * size if part else None
    number = positive(count) if count and not any(word in _GROUPS for word in count) else None
    return number * size if number else None


def _decimal(said: Said) -> Fraction | None:
    at = said.index("point")
    front, behind = said[:at], said[at + 1 :]
    left = 0 if front in {(), ("oh",)} else whole(front)
    if left is None or not behind:
        return None
    if all(word in _DIGIT_WORDS or (word.isdecimal() and len(word) == 1) for word in behind):
        digits = "".join(_DIGIT_WORDS.get(word, word) for word in behind)
    elif (number := small(behind)) is not None and number >= _TEN:
        digits = str(number)
    else:
        return None
    return left + Fraction(int(digits), 10 ** len(digits))


def number(said: Said) -> Fraction | None:
    """A number with its sign; also "a couple"."""
    if not said:
        return None
    if said in {("a", "couple"), ("a", "pair")}:
        return Fraction(2)
    if said[0] in _SIGNS:
        found = positive(said[1:])
        return None if found is None else _SIGNS[said[0]] * found
    if said[0][0] in "-−+" and len(said[0]) > 1:
        found = positive((said[0][1:], *said[1:]))
        return None if found is None else found * (1 if said[0][0] == "+" else -1)
    return positive(said)


def ordinal(said: Said) -> int | None:
    """A place in a row that is not counted from its end."""
    if said and said[0] == "the":
        said = said[1:]
    match said:
        case (word,):
            if found := _WRITTEN_PLACE.fullmatch(word):
                return int(found[1]) if found[2] == place_ending(int(found[1])) else None
            return _PLACES.get(word) or _TENTHS.get(word) or {"hundredth": _HUNDRED}.get(word)
        case (tens, word) if tens in TENS and 1 <= _PLACES.get(word, 0) < _TEN:
            return TENS[tens] + _PLACES[word]
        case (count, "hundredth"):
            return _HUNDRED if count in _ONE else None
        case ("a" | "one", "hundred", "and", *rest):
            more = ordinal(tuple(rest))
            return _HUNDRED + more if more and more < _HUNDRED else None
        case _:
            return None


def place_ending(number: int) -> str:
    """As in "1st", "12th", "22nd"."""
    if number % _HUNDRED in _TEENS:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % _TEN, "th")
