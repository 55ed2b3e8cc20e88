"""Amounts of money, measures, versions, fractions and all other figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sottovoce.language.de.speak.numbers import NUMBER, RAISED, cardinal, digits, fraction, mixed, number, plain
from sottovoce.language.de.speak.words import (
    CURRENCIES,
    FIXED,
    FRACTIONS,
    MOST_DENOMINATOR,
    SCALES,
    UNITS,
    VERSIONED,
)
from sottovoce.language.spoken.rules import after, before, one_of, rule

if TYPE_CHECKING:
    from sottovoce.language.spoken.rules import Rule

_SYMBOLS: Final = one_of(CURRENCIES)
_SIGNED: Final = {"-": "minus ", "−": "minus ", "+": "plus ", "±": "plus minus ", "~": "ungefähr ", "≈": "ungefähr ",
                  "<": "weniger als ", ">": "mehr als ", "≤": "höchstens ", "≥": "mindestens ", "": ""}  # fmt: skip
_SIGN: Final = r"(?P<sign>(?<![\w)\]])(?<!\d )[-−+±~≈<>≤≥]\s?(?=[\d$€£¥]))?"
_DECIMAL, _MACHINE = 2, 4
"""Parts of what points part: two are one number, four the address of a machine."""
_CENTS: Final = re.compile(r",(?:\d\d|[–-]{1,2})$")
_RANGE: Final = rf"(?:\s?[–—-]\s?(?P<end>{NUMBER})(?![-–—.,:/]?\d))?"
_FEMININE: Final = re.compile(r"\s+[A-ZÄÖÜ]\w*(?:e|ung|heit|keit|schaft|ion|tät|in|ik|ur)\b")
_NOUN: Final = re.compile(r"\s+[A-ZÄÖÜ][a-zäöüß]")


def _scaled(text: str, end: str | None, scale: str) -> str:
    one, several = SCALES[scale]
    alone = plain(text) == "1" and not end
    if one == several:
        return f"{_until(text, end)} {one}"
    return f"{cardinal(1, 'feminine')} {one}" if alone else f"{_until(text, end)} {several}"


def _until(text: str, end: str | None) -> str:
    return number(text) + (f" bis {number(end)}" if end else "")


def _money(match: re.Match[str]) -> str:
    name, cent = CURRENCIES[match["symbol"]]
    text, end, scale = match["number"], match["end"], match["scale"]
    sign = _SIGNED[(match["sign"] or "").strip()]
    per = f" pro {match['per']}" if match["per"] else ""
    if scale:
        return f"{sign}{_scaled(text, end, scale)} {name}{per}"
    if end or not _CENTS.search(text):
        return f"{sign}{_until(text, end) if end else number(text, 'masculine')} {name}{per}"
    whole, _, small = text.rpartition(",")
    if not small.isdecimal() or int(small) == 0:
        return f"{sign}{number(whole, 'masculine')} {name}{per}"
    if int(plain(whole)) == 0 and cent:
        return f"{sign}{cardinal(int(small), 'masculine')} {cent}{per}"
    return f"{sign}{number(whole, 'masculine')} {name} {cardinal(int(small))}{per}"


def _measure(match: re.Match[str]) -> str | None:
    """A figure, or two with "bis" between them, with or without a unit."""
    text, end, unit = match["number"], match["end"], match["unit"]
    sign = _SIGNED[(match["sign"] or "").strip()]
    if end and " - " in match[0]:  # 5 - 3
        return None
    if end and end[0] == "0" and end.isdecimal() and len(end) > 1:  # 4711-0815
        return f"{digits(text)}, {digits(end)}"
    part = FRACTIONS.get(match["part"] or "")
    one, several, gender = UNITS[unit] if unit else ("", "", "numbering")
    alone = text == "1" and not end and not part
    said = mixed(text, *part) if part else number(text, gender if alone else "numbering")
    if end:
        said += f" bis {number(end)}"
    return f"{sign}{said} {one if alone else several}" if unit else sign + said


def _figure(match: re.Match[str]) -> str:
    sign, text = _SIGNED[(match["sign"] or "").strip()], match["number"]
    if text == "1" and _NOUN.match(after(match)):
        return sign + cardinal(1, "feminine" if _FEMININE.match(after(match)) else "masculine")
    return sign + number(text)


def _millions(match: re.Match[str]) -> str:
    return _SIGNED[(match["sign"] or "").strip()] + _scaled(match["number"], match["end"], match["scale"])


def _parts(match: re.Match[str]) -> str | None:
    """Versions and addresses of machines: 3.11.2, v2.0, 192.168.0.1; and figures with a point as in English."""
    text = match["parts"]
    groups = text.split(".")
    if not match["v"] and re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text) and _last_word(match) not in VERSIONED:
        return None  # 1.234.567
    if len(groups) == _DECIMAL and not match["v"] and _last_word(match) not in VERSIONED:
        return f"{number(groups[0])} Punkt {digits(groups[1])}"
    return ("Version " if match["v"] else "") + " Punkt ".join(map(number, groups))


def _last_word(match: re.Match[str]) -> str:
    word = re.search(r"(\w+)\s$", before(match))
    return word[1].lower() if word else ""


def _fraction(match: re.Match[str]) -> str | None:
    above, below = int(match["above"]), int(match["below"])
    if fixed := FIXED.get(f"{above}/{below}"):
        return fixed
    whole = match["whole"]
    if not 1 < below <= MOST_DENOMINATOR or not 0 < above < below:
        return None if whole else f"{number(match['above'])} Schrägstrich {number(match['below'])}"
    return mixed(whole, above, below) if whole else fraction(above, below)


def _by(match: re.Match[str]) -> str:
    said = " mal ".join(map(number, re.findall(r"\d+(?:,\d+)?", match["sides"])))
    return f"{said} {UNITS[match['unit']][1]}" if match["unit"] else said


def _power(match: re.Match[str]) -> str:
    exponent = match["exponent"].translate(RAISED)
    sign = "minus " if exponent[:1] in "-−" else ""
    base = number(match["base"] or "10")
    times = f"{number(match['times'])} mal " if match["times"] else ""
    return f"{times}{base} hoch {sign}{number(exponent.lstrip('-−+') or '0')}"


def _dashed(match: re.Match[str]) -> str:
    """Figures with several dashes between them: no sum and no range."""
    return ", ".join(map(digits, match[0].split("-")))


def _more(match: re.Match[str]) -> str | None:
    return None if re.match(r"\s*\d", after(match)) else f"{number(match['number'])} oder mehr"


_N: Final = rf"(?P<number>{NUMBER})"
_UNIT: Final = one_of(UNITS)
_PART: Final = f"(?P<part>[{''.join(FRACTIONS)}])?"
_SCALE: Final = rf"(?:\s?(?P<scale>{one_of(SCALES)})(?!\w))?"

QUANTITIES: Final[tuple[Rule, ...]] = (
    rule(_SIGN + rf"(?P<symbol>{_SYMBOLS})\s?(?P<number>{NUMBER}(?:,[–-]{{1,2}})?)"
         rf"{_RANGE.replace('(?P<end>', f'(?:{_SYMBOLS})?(?P<end>')}{_SCALE}(?:/(?P<per>\\w+))?"
         r"(?![\w]|[.,]\d)", _money),
    rule(_SIGN + rf"(?P<number>{NUMBER}(?:,[–-]{{1,2}})?){_RANGE}{_SCALE}\s?(?P<symbol>{_SYMBOLS})"
         r"(?:/(?P<per>\w+))?(?!\w)", _money),
    rule(r"(?P<v>)(?P<parts>\d+(?:\.\d+){1,5})(?![\w]|\.\d|,\d)", _parts),
    rule(r"(?:(?P<whole>\d+)\s)?(?P<above>\d{1,4})[/⁄](?P<below>\d{1,4})(?![\w/]|[.,]\d)", _fraction),
    rule(f"[{''.join(FRACTIONS)}]", lambda match: fraction(*FRACTIONS[match[0]])),
    rule(rf"(?P<sides>\d+(?:,\d+)?(?:\s?[x×]\s?\d+(?:,\d+)?){{1,2}})(?:\s?(?P<unit>{_UNIT}))?(?![\w²³]|\s?=)", _by),
    rule(r"(?:(?P<times>\d+(?:,\d+)?)\s?[×x*·]\s?10(?:\^|(?=[⁻⁺⁰¹²³⁴-⁹]))|(?P<base>\d+(?:,\d+)?)(?:\^|(?=[⁻⁺⁰¹²³⁴-⁹])))"
         r"(?P<exponent>[-−+⁻⁺]?[\d⁰¹²³⁴-⁹]+)(?!\w)", _power),
    rule(r"(?P<times>\d+(?:,\d+)?)[eE](?P<exponent>[-−+]?\d+)(?P<base>)(?!\w)", _power),
    rule(r"\d+:\d+(?![\w:])", lambda match: " zu ".join(map(number, match[0].split(":")))),
    rule(r"\d+(?:-\d+){2,8}(?![\w-])", _dashed),
    rule(rf"(?:#|№)\s?{_N}(?!\w)", lambda match: f"Nummer {number(match['number'])}"),
    rule(rf"{_N}\+(?![\w+])", _more),
    rule(_SIGN + rf"{_N}{_RANGE}\s?(?P<scale>{one_of(set(SCALES) - {'k'})})(?!\w)", _millions),
    rule(_SIGN + rf"{_N}{_PART}{_RANGE}\s?(?P<unit>{_UNIT})(?![\w²³/])", _measure),
    rule(_SIGN + rf"{_N}(?P<part>[{''.join(FRACTIONS)}]){_RANGE}(?P<unit>)", _measure),
    rule(_SIGN + rf"{_N}(?P<part>){_RANGE.removesuffix('?')}(?P<unit>)", _measure),
    rule(_SIGN + _N, _figure),
)  # fmt: skip
"""What begins with a figure, its sign, or a currency's."""

VERSIONS: Final[tuple[Rule, ...]] = (
    QUANTITIES[0],
    rule(r"(?P<v>[vV])\.?\s?(?P<parts>\d+(?:\.\d+){0,5})(?![\w]|\.\d)", _parts),
)
BARE_UNITS: Final[tuple[Rule, ...]] = (
    rule(
        rf"(?:{one_of(name for name in UNITS if '/' in name or (name[0] == '°' and len(name) > 1))})(?!\w)",
        lambda match: UNITS[match[0]][1],
    ),
)
"""Units that are such without a figure, too."""
