"""Numbers, in one word or several: cardinals, fractions, decimals, dozens; and places in a row."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sottovoce.language.hearing.tokens import Said

_ONES: Final = {
    word: number
    for number, words in enumerate(
        (
            *("null", "eins ein eine einen einem einer eines", "zwei zwo", "drei", "vier", "fünf", "sechs", "sieben"),
            *("acht", "neun", "zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn"),
            *("achtzehn", "neunzehn"),
        )
    )
    for word in words.split()
}
_TENS: Final = {
    word: number
    for number, words in zip(
        range(20, 100, 10),
        ("zwanzig", "dreißig dreissig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"),
        strict=True,
    )
    for word in words.split()
}
_TEN, _TWENTY, _HUNDRED, _THOUSAND = 10, 20, 100, 1000
_SMALL: Final = (
    _ONES
    | _TENS
    | {
        f"{one}und{tens}": value + number
        for tens, value in _TENS.items()
        for one, number in _ONES.items()
        if 1 <= number < _TEN and one not in {"eins", "eine", "einen", "einem", "einer", "eines"}
    }
)
_SCALES: Final = {
    "billion": 10**12, "billionen": 10**12, "milliarde": 10**9, "milliarden": 10**9, "million": 10**6,
    "millionen": 10**6, "mio": 10**6, "mrd": 10**9,
}  # fmt: skip
_GROUPS: Final = _SCALES | {"dutzend": 12, "tausend": 1000, "hundert": 100}
ONE: Final = frozenset({"ein", "eine", "einen", "einem", "einer", "eines"})
_HALVES: Final = frozenset({"halb", "halbe", "halber", "halbes", "halben", "halbem"})
_SIGNS: Final = {"minus": -1, "plus": 1}

_PARTS: Final = {
    "drittel": 3, "viertel": 4, "fünftel": 5, "sechstel": 6, "siebtel": 7, "achtel": 8, "neuntel": 9, "zehntel": 10,
    "zwölftel": 12, "sechzehntel": 16, "zwanzigstel": 20, "hundertstel": 100, "tausendstel": 1000,
}  # fmt: skip
_PLACES: Final = (
    {
        word: number
        for number, words in enumerate(
            (
                *("erste", "zweite", "dritte", "vierte", "fünfte", "sechste", "siebte siebente", "achte", "neunte"),
                *("zehnte", "elfte", "zwölfte", "dreizehnte", "vierzehnte", "fünfzehnte", "sechzehnte", "siebzehnte"),
                *("achtzehnte", "neunzehnte"),
            ),
            start=1,
        )
        for word in words.split()
    }
    | {f"{word}ste": number for word, number in _SMALL.items() if number >= _TWENTY}
    | {"hundertste": 100}
)
_ENDING: Final = re.compile(r"(?<=e)[nrsm]$")
_ARTICLES: Final = frozenset({"der", "die", "das", "den", "dem"})

_FIGURE: Final = re.compile(r"(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?|,\d+)([½⅓⅔¼¾⅕⅛]?)|([½⅓⅔¼¾⅕⅛])")
_SIGNED_PARTS: Final = {
    "½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4), "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5), "⅛": Fraction(1, 8), "": Fraction(),
}  # fmt: skip
_WRITTEN_PART: Final = re.compile(r"(\d{1,9})[/\u2044](\d{1,9})")
_GROUPED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+")
_ONE_AND_A_HALF: Final = {
    f"{word}{ending}": Fraction(3, 2) for word in ("anderthalb", "eineinhalb") for ending in ("", "e", "er", "en", "es")
}


def small(said: Said) -> int | None:
    """A number below a hundred, in one word or as recognisers part it, or in figures."""
    if len(said) == 1 and said[0].isdecimal():
        return int(said[0]) if len(said[0]) <= len("99") else None
    return _SMALL.get("".join(said)) if len(said) <= len(("ein", "und", "zwanzig")) else None


def _compound(text: str) -> int | None:
    """A number below a million in one word: "zweitausendsechsundzwanzig", "neunzehnhundertvierundachtzig"."""
    if text in _SMALL:
        return _SMALL[text]
    for name, size in (("tausend", _THOUSAND), ("hundert", _HUNDRED)):
        front, found, behind = text.partition(name)
        if not found:
            continue
        count = 1 if not front else _compound(front)
        more = 0 if not behind else _compound(behind.removeprefix("und"))
        if count and more is not None and more < size and count < _THOUSAND:
            return count * size + more
        return None
    return None


def whole(said: Said) -> int | None:
    """A whole number that is not below zero."""
    if len(said) == 1 and said[0][0].isdecimal():
        if said[0].isdecimal():
            return int(said[0])
        return int(said[0].replace(".", "")) if _GROUPED.fullmatch(said[0]) else None
    for name, scale in _SCALES.items():
        if name in said:
            at = said.index(name)
            count, rest = whole(said[:at]), said[at + 1 :]
            more = 0 if not rest else whole(rest[1:] if rest[0] == "und" and len(rest) > 1 else rest)
            return count * scale + more if count and more is not None and more < scale else None
    if not said or said[0] == "und" or said[-1] == "und":
        return None
    found = _compound("".join(said))
    return found if found is not None else _joined(said)


def _joined(said: Said) -> int | None:
    """A number in two halves or digit by digit: "zwanzig sechsundzwanzig", "vier zwei sieben"."""
    digits = [_ONES.get(word, _TEN) for word in said]
    if len(said) > 2 and max(digits) < _TEN and digits[0]:  # noqa: PLR2004 - "eins zwei" may be two numbers
        return int("".join(map(str, digits)))
    for at in range(1, len(said)):
        first, second = small(said[:at]), small(said[at:])
        if first and second and first > _TEN and second >= _TEN:
            return first * _HUNDRED + second
    return None


def fraction(said: Said) -> Fraction | None:  # noqa: PLR0911 - one way of saying it after the other
    """A part of one: "halb", "drei viertel", "ein drittel", "3/4"."""
    match said:
        case (word,):
            if word in _HALVES:
                return Fraction(1, 2)
            if found := _WRITTEN_PART.fullmatch(word):
                return Fraction(int(found[1]), int(found[2])) if int(found[2]) else None
            if word in _SIGNED_PARTS:
                return _SIGNED_PARTS[word]
            part = next((part for part in _PARTS if word.endswith(part)), None)
            count = _SMALL.get(word.removesuffix(part)) if part else None
            return Fraction(count, _PARTS[part]) if part and count else None
        case (one, half) if one in ONE and half in _HALVES:
            return Fraction(1, 2)
        case (*count, part) if part in _PARTS:
            above = whole(tuple(count))
            return Fraction(above, _PARTS[part]) if above else None
        case _:
            return None


def _mixed(word: str) -> Fraction | None:
    """As in "zweieinhalb", "dreieinviertel", "zweidreiviertel"."""
    if word in _ONE_AND_A_HALF:
        return _ONE_AND_A_HALF[word]
    for ending in ("einhalb", "einviertel", "dreiviertel", "eindrittel", "zweidrittel"):
        for inflected in ("", "e", "er", "en", "es"):
            if word.endswith(ending + inflected) and len(word) > len(ending + inflected):
                count = _compound(word.removesuffix(ending + inflected).removesuffix("und"))
                part = Fraction(1, 2) if ending == "einhalb" else fraction((ending,))
                return count + part if count and part else None
    return None


def positive(said: Said) -> Fraction | None:  # noqa: PLR0911 - one way of saying a number after the other
    """A number without a sign."""
    found = whole(said)
    if found is not None:
        return Fraction(found)
    if len(said) == 1:
        if figure := _FIGURE.fullmatch(said[0]):
            return _figure(figure[1] or "0") + _SIGNED_PARTS[figure[2] or figure[3] or ""]
        if (mixed := _mixed(said[0])) is not None:
            return mixed
    if (part := fraction(said)) is not None:
        return part
    if said and said[-1] in _GROUPS:
        return _grouped(said)
    if "komma" in said or "punkt" in said:
        return _decimal(said, said.index("komma" if "komma" in said else "punkt"))
    for at in range(1, len(said)):  # "zwei und ein halb", "zwei einhalb", "2 1/2"
        count, rest = whole(said[:at]), said[at + 1 :] if said[at] == "und" else said[at:]
        part = Fraction(1, 2) if rest == ("einhalb",) else fraction(rest)
        if count is not None and part is not None and part < 1:
            return count + part
    return _mixed("".join(said)) if len(said) == len(("zwei", "einhalb")) else None


def _figure(text: str) -> Fraction:
    if "," in text or _GROUPED.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    return Fraction(text)


def _grouped(said: Said) -> Fraction | None:
    """Of a dozen, a million…: "zwei dutzend", "eine halbe million", "drei komma fünf millionen"."""
    size, count = _GROUPS[said[-1]], said[:-1]
    if count == ("ein",):
        return Fraction(size)
    number = positive(count) if count and not any(word in _GROUPS for word in count) else None
    return number * size if number else None


def _decimal(said: Said, at: int) -> Fraction | None:
    left, behind = whole(said[:at]), said[at + 1 :]
    if left is None or not behind:
        return None
    if all(_ONES.get(word, _TEN) < _TEN or (word.isdecimal() and len(word) == 1) for word in behind):
        digits = "".join(word if word.isdecimal() else str(_ONES[word]) for word in behind)
    elif (number := small(behind)) is not None and number >= _TEN:
        digits = str(number)
    else:
        return None
    return left + Fraction(int(digits), 10 ** len(digits))


def plain(said: Said) -> Said:
    """With the letters that a foreign keyboard lacks: "fuenf" as "fünf"."""
    return tuple(word.replace("fuenf", "fünf").replace("zwoelf", "zwölf") for word in said)


def number(said: Said) -> Fraction | None:
    """A number with its sign."""
    said = plain(said)
    if not said:
        return None
    if said[0] in _SIGNS:
        found = positive(said[1:])
        return None if found is None else _SIGNS[said[0]] * found
    if said[0][0] in "-−+" and len(said[0]) > 1:
        found = positive((said[0][1:], *said[1:]))
        return None if found is None else found * (1 if said[0][0] == "+" else -1)
    return positive(said)


def ordinal(said: Said) -> int | None:
    """A place in a row that is not counted from its end."""
    said = plain(said)
    if said and said[0] in _ARTICLES:
        said = said[1:]
    if len(said) == 1 and said[0].endswith(".") and said[0][:-1].isdecimal():
        return int(said[0][:-1]) if len(said[0]) <= len("000000.") else None
    word = "".join(said)
    return _PLACES.get(_ENDING.sub("", word)) if 1 <= len(said) <= len(("ein", "und", "zwanzigste")) else None
