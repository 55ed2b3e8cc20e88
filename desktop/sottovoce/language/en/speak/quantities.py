"""Amounts of money, measures, versions, fractions and all other figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sottovoce.language.en.speak.numbers import (
    MOST_DIGITS,
    NUMBER,
    cardinal,
    digits,
    fraction,
    mixed,
    number,
    ordinal,
    value,
)
from sottovoce.language.en.speak.words import CURRENCIES, FIXED, FRACTIONS, MOST_DENOMINATOR, SCALES, UNITS, VERSIONED
from sottovoce.language.spoken.rules import after, before, one_of, rule

if TYPE_CHECKING:
    from sottovoce.language.spoken.rules import Rule

_SYMBOLS: Final = one_of(name for name in CURRENCIES if not name.isalpha() or name == "zł")
_CODES: Final = one_of(name for name in CURRENCIES if name.isupper() and name.isalpha())
_SIGNED: Final = {"-": "minus ", "−": "minus ", "+": "plus ", "±": "plus or minus ", "~": "about ", "≈": "about ",
                  "<": "less than ", ">": "more than ", "≤": "at most ", "≥": "at least ", "": ""}  # fmt: skip
_SIGN: Final = r"(?P<sign>(?<![\w)\]])[-−+±~≈<>≤≥]\s?(?=[\d.$€£¥₹]))?"
_DECIMAL, _MACHINE = 2, 4
"""Parts of what points part: two are one number, four the address of a machine."""
_CENTS: Final = re.compile(r"\.\d\d$")
_RANGE: Final = rf"(?:\s?[–—-]\s?(?P<end>{NUMBER})(?![-–—.,:/]?\d))?"


def _money(match: re.Match[str]) -> str:
    one, several, cent, cents = CURRENCIES[match["symbol"]]
    text, end, scale = match["number"], match["end"], match["scale"]
    sign = _SIGNED[(match["sign"] or "").strip()]
    if re.fullmatch(r"\d+,\d\d|\d{1,3}(?:\.\d{3})+(?:,\d\d)?", text):  # 3,50 €, 1.000 €
        text = text.replace(".", "").replace(",", ".")
    per = f" per {match['per']}" if match["per"] else ""
    if scale or end or not _CENTS.search(text) or not cents:
        said = number(text) + (f" to {number(end)}" if end else "") + (f" {SCALES[scale]}" if scale else "")
        return f"{sign}{said} {one if text == '1' and not (scale or end) else several}{per}"
    whole, _, small = text.rpartition(".")
    small_said = f"{cardinal(int(small))} {cent if int(small) == 1 else cents}"
    whole_said = f"{number(whole)} {one if whole == '1' else several}"
    if int(small) == 0:
        return f"{sign}{whole_said}{per}"
    if value(whole) == 0:
        return f"{sign}{small_said}{per}"
    return f"{sign}{whole_said} and {small_said}{per}"


def _measure(match: re.Match[str]) -> str | None:
    """A figure, or two with "to" between them, with or without a unit."""
    text, end, unit = match["number"], match["end"], match["unit"]
    sign = _SIGNED[(match["sign"] or "").strip()]
    if end and " - " in match[0]:  # 5 - 3
        return None
    if end and end[0] == "0" and end.isdecimal() and len(end) > 1:  # 4711-0815
        return f"{digits(text)}, {digits(end)}"
    part = FRACTIONS.get(match["part"] or "")
    said = mixed(text, *part) if part else number(text)
    if end:
        said += f" to {number(end)}"
    if unit:
        one, several = UNITS[unit]
        said += f" {one if text == '1' and not end and not part else several}"
    return sign + said


def _figure(match: re.Match[str]) -> str:
    return _SIGNED[(match["sign"] or "").strip()] + number(match["number"])


def _parts(match: re.Match[str]) -> str | None:
    """Versions and addresses of machines: 3.11.2, v2.0, 192.168.0.1."""
    text = match["parts"]
    groups = text.split(".")
    if len(groups) == _DECIMAL and not match["v"] and _last_word(match) not in VERSIONED:
        return None
    if not match["v"] and re.fullmatch(r"\d{1,3}\.\d{3}\.\d{3}", text):
        return cardinal(int("".join(groups)))  # 1.234.567 in other countries
    word = "dot" if len(groups) == _MACHINE else "point"
    return ("version " if match["v"] else "") + f" {word} ".join(map(number, groups))


def _last_word(match: re.Match[str]) -> str:
    word = re.search(r"(\w+)\s$", before(match))
    return word[1].lower() if word else ""


def _ordinal(match: re.Match[str]) -> str:
    text = match["number"].replace(",", "")
    return ordinal(int(text)) if len(text) <= MOST_DIGITS else f"{digits(text)} th"


def _fraction(match: re.Match[str]) -> str | None:
    above, below = int(match["above"]), int(match["below"])
    if fixed := FIXED.get(f"{above}/{below}"):
        return fixed
    whole = match["whole"]
    if not 1 < below <= MOST_DENOMINATOR or not 0 < above < below:
        return None if whole else f"{number(match['above'])} slash {number(match['below'])}"
    if re.search(r"\b(?:on|by|until|since|from|dated?)\s+$", before(match), re.IGNORECASE) and not whole:
        return f"{cardinal(above)} slash {cardinal(below)}"  # it may be a date
    return mixed(whole, above, below) if whole else fraction(above, below)


def _vulgar(match: re.Match[str]) -> str:
    return fraction(*FRACTIONS[match[0]])


def _feet(match: re.Match[str]) -> str:
    feet, inches = match["feet"], match["inches"]
    said = f"{number(feet)} {'foot' if feet == '1' else 'feet'}"
    return f"{said} {number(inches)} {'inch' if inches == '1' else 'inches'}" if inches else said


def _by(match: re.Match[str]) -> str:
    said = " by ".join(map(number, re.findall(r"\d+(?:\.\d+)?", match["sides"])))
    return f"{said} {UNITS[match['unit']][1]}" if match["unit"] else said


def _power(match: re.Match[str]) -> str:
    exponent = match["exponent"].translate(_RAISED)
    raised = {"2": "squared", "3": "cubed"}.get(exponent)
    if match["base"] is None:
        raised = None
    said = number(match["base"] or "10")
    sign = "minus " if exponent[:1] in "-−" else ""
    tail = raised or f"to the power of {sign}{number(exponent.lstrip('-−+'))}"
    return (f"{number(match['times'])} times " if match["times"] else "") + f"{said} {tail}"


_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")


def _ratio(match: re.Match[str]) -> str:
    return " to ".join(map(number, match[0].split(":")))


def _numbered(match: re.Match[str]) -> str:
    return f"number {number(match['number'])}"


def _dashed(match: re.Match[str]) -> str:
    """Figures with several dashes between them: no sum and no range."""
    return ", ".join(map(digits, match[0].split("-")))


def _more(match: re.Match[str]) -> str | None:
    return None if re.match(r"\s*\d", after(match)) else f"{number(match['number'])} or more"


def _compound(match: re.Match[str]) -> str:
    return UNITS[match[0]][1]


_N: Final = rf"(?P<number>{NUMBER})"
_ABROAD: Final = r"(?:\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d\d(?!\d))?|\d+,\d\d(?!\d))"
_UNIT: Final = one_of(UNITS)
_PART: Final = f"(?P<part>[{''.join(FRACTIONS)}])?"

QUANTITIES: Final[tuple[Rule, ...]] = (
    rule(_SIGN + rf"(?P<symbol>{_SYMBOLS}|{_CODES})\s?(?P<number>{_ABROAD}|{NUMBER})"
         rf"{_RANGE.replace('(?P<end>', f'(?:{_SYMBOLS})?(?P<end>')}"
         rf"(?:\s?(?P<scale>{one_of(SCALES)})(?!\w))?(?:/(?P<per>[a-z]+))?(?![\w]|[.,]\d)", _money),
    rule(_SIGN + rf"(?P<number>{_ABROAD}|{NUMBER})"
         rf"{_RANGE}(?:\s?(?P<scale>{one_of(SCALES)}))?\s?(?P<symbol>{_SYMBOLS}|{_CODES})"
         r"(?:/(?P<per>[a-z]+))?(?!\w)", _money),
    rule(r"(?P<v>)(?P<parts>\d+(?:\.\d+){1,5})(?![\w]|\.\d)", _parts),
    rule(r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th|ST|ND|RD|TH)(?!\w)", _ordinal),
    rule(r"(?:(?P<whole>\d+)\s)?(?P<above>\d{1,4})[/⁄](?P<below>\d{1,4})(?![\w/]|[.,]\d)", _fraction),
    rule(f"[{''.join(FRACTIONS)}]", _vulgar),
    rule(r"(?P<feet>\d+)['′]\s?(?P<inches>\d{1,2})?[\"″](?!\w)|(?P<feet2>\d+)′(?!\w)",
         lambda match: _feet(match) if match["feet"] else f"{number(match['feet2'])} minutes"),
    rule(r"(?P<sides>\d+(?:\.\d+)?(?:\s?[x×]\s?\d+(?:\.\d+)?){1,2})"
         rf"(?:\s?(?P<unit>{_UNIT}))?(?![\w²³]|\s?=)", _by),
    rule(r"(?:(?P<times>\d+(?:\.\d+)?)\s?[×x*·]\s?10(?:\^|(?=[⁻⁺⁰¹²³⁴-⁹]))|(?P<base>\d+(?:\.\d+)?)(?:\^|(?=[⁻⁺⁰¹²³⁴-⁹])))"
         r"(?P<exponent>[-−+⁻⁺]?[\d⁰¹²³⁴-⁹]+)(?!\w)", _power),
    rule(r"(?P<times>\d+(?:\.\d+)?)[eE](?P<exponent>[-−+]?\d+)(?P<base>)(?!\w)",
         lambda match: f"{number(match['times'])} times ten to the power of "
         f"{'minus ' if match['exponent'][0] in '-−' else ''}{number(match['exponent'].lstrip('-−+'))}"),
    rule(r"\d+:\d+(?![\w:])", _ratio),
    rule(r"\d+(?:-\d+){2,8}(?![\w-])", _dashed),
    rule(rf"(?:#|№)\s?{_N}(?!\w)", _numbered),
    rule(rf"{_N}\+(?![\w+])", _more),
    rule(_SIGN + rf"{_N}{_PART}{_RANGE}\s?(?P<unit>{_UNIT})(?![\w²³/])", _measure),
    rule(_SIGN + rf"{_N}{_PART}{_RANGE}(?P<unit>)", _measure),
    rule(_SIGN + _N, _figure),
)  # fmt: skip
"""What begins with a figure, its sign, or a currency's."""

VERSIONS: Final[tuple[Rule, ...]] = (
    QUANTITIES[0],
    rule(r"(?P<v>[vV])\.?\s?(?P<parts>\d+(?:\.\d+){0,5})(?![\w]|\.\d)", _parts),
)
BARE_UNITS: Final[tuple[Rule, ...]] = (
    rule(
        rf"(?:{one_of(name for name in UNITS if '/' in name or (name[0] == '°' and len(name) > 1))})(?!\w)", _compound
    ),
)
"""Units that are such without a figure, too."""
