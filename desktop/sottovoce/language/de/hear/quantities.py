"""Units by all their names, and numbers of them."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from sottovoce.language.de.hear.lengths import COUNTING
from sottovoce.language.de.hear.numbers import ONE
from sottovoce.language.de.units import NAMES
from sottovoce.language.hearing.measuring import measured, summed
from sottovoce.language.hearing.tokens import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sottovoce.domain.values import Quantity
    from sottovoce.language.hearing.tokens import Said

_ALSO: Final[Mapping[str, str]] = {
    "nanometre": "nanometern/nm",
    "micrometre": "mikrometern/µm",
    "millimetre": "millimetern/mm",
    "centimetre": "zentimetern/cm",
    "decimetre": "dezimetern/dm",
    "metre": "metern/m",
    "kilometre": "kilometern/km",
    "inch": 'inch/"/″',
    "foot": "füße/füßen/fuss/ft/'",
    "yard": "yd",
    "mile": "mi/englische meile/englische meilen",
    "nautical_mile": "sm/nautische meile/nautische meilen",
    "light_year": "lichtjahren",
    "milligram": "mg",
    "microgram": "µg",
    "gram": "g",
    "kilogram": "kilo/kilos/kg",
    "tonne": "t",
    "ounce": "oz",
    "pound": "englischen pfund/britische pfund/lb/lbs/pounds",
    "metric_pound": "pfunden",
    "hundredweight": "zentnern",
    "microlitre": "µl",
    "millilitre": "ml/millilitern",
    "centilitre": "cl/zentilitern",
    "decilitre": "dl/dezilitern",
    "litre": "l/litern",
    "hectolitre": "hl",
    "cubic_centimetre": "cm³/cm3/kubikzentimetern",
    "cubic_metre": "m³/m3/kubikmetern/raummeter/festmeter",
    "cubic_millimetre": "mm³",
    "us_fluid_ounce": "flüssigunze/flüssigunzen",
    "us_pint": "pint/pints",
    "us_quart": "quart/quarts",
    "us_gallon": "gallone/gallonen",
    "us_teaspoon": "amerikanischen teelöffel",
    "us_tablespoon": "amerikanischen esslöffel",
    "metric_teaspoon": "teelöffeln/tl",
    "metric_tablespoon": "esslöffeln/el",
    "oil_barrel": "barrel öl/fass öl",
    "square_millimetre": "mm²",
    "square_centimetre": "cm²/quadratzentimetern",
    "square_metre": "m²/m2/qm/quadratmetern",
    "square_kilometre": "km²/km2/quadratkilometern",
    "square_foot": "quadratfuss",
    "hectare": "ha",
    "are": "ar",
    "metre_per_second": "m/s/meter in der sekunde",
    "kilometre_per_hour": "km/h/kmh/stundenkilometer/stundenkilometern/kilometer in der stunde/kilometer die stunde",
    "mile_per_hour": "mph/meilen in der stunde/meilen die stunde",
    "knot": "kn",
    "second": "s/sek",
    "minute": "min",
    "hour": "h/std",
    "day": "tagen",
    "month": "monaten",
    "year": "jahren",
    "decade": "jahrzehnten",
    "century": "jahrhunderten",
    "millisecond": "ms",
    "kelvin": "grad kelvin",
    "celsius": "grad celsius/celsius/c/° c/℃",
    "fahrenheit": "grad fahrenheit/fahrenheit/f/° f/℉",
    "joule": "j",
    "kilojoule": "kj",
    "calorie": "cal",
    "kilocalorie": "kcal",
    "watt_hour": "wh",
    "kilowatt_hour": "kwh",
    "megawatt_hour": "mwh",
    "watt": "w",
    "kilowatt": "kw",
    "megawatt": "mw",
    "gigawatt": "gw",
    "metric_horsepower": "pferdestärke/pferdestärken/p s",
    "pascal": "pa",
    "hectopascal": "hpa",
    "kilopascal": "kpa",
    "millibar": "mbar",
    "bit": "bits",
    "byte": "bytes",
    "kilobyte": "kb",
    "megabyte": "mb",
    "gigabyte": "gb/gig",
    "terabyte": "tb",
    "megabit": "mbit",
    "gigabit": "gbit",
    "degree": "°",
    "newton": "n",
    "hertz": "hz",
    "kilohertz": "khz",
    "megahertz": "mhz",
    "gigahertz": "ghz",
    "litre_per_100_kilometres": "liter auf hundert kilometer/liter pro hundert kilometer/liter pro 100 km"
    "/liter auf 100 km/l/100km/l/100 km/liter auf hundert",
    "turn": "drehung/drehungen",
}
"""The further names of each unit beside those it is told by."""
_SLASHED: Final = frozenset({"m/s", "km/h", "l/100km", "l/100 km"})
_SHORT: Final = 3
_LONGEST: Final = 5
_APART: Final = re.compile(r"(?<=[\d½¼¾])(?=[a-zµ°℃℉'\"″])|(?<=')(?=\d)")
_SMALLER: Final = {
    "metre": "centimetre", "foot": "inch", "pound": "ounce", "stone": "pound", "hour": "minute", "minute": "second",
}  # fmt: skip


def _split(names: str) -> list[str]:
    """The names that slashes part, but for those with a slash in them."""
    for name in _SLASHED:
        names = f"/{names}".replace(f"/{name}", f"/{name.replace('/', '|')}")[1:]
    return [name.replace("|", "/") for name in names.split("/")]


@functools.cache
def names() -> Mapping[Said, str]:
    """Every name of every unit, word by word."""
    found: dict[Said, str] = {}
    for unit, told in NAMES.items():
        for name in (*told, *_split(_ALSO.get(unit, unit))):
            found.setdefault(words(name), unit)
    return found


def unit(said: Said) -> str | None:
    """A unit by any of its names."""
    return names().get(said[1:] if said and said[0] in ONE else said)


def _unit_at(said: Said, at: int) -> tuple[str, int] | None:
    """The unit that begins at a word, by its longest name."""
    for length in range(min(_LONGEST, len(said) - at), 0, -1):
        name = said[at : at + length]
        if (found := names().get(name)) is None:
            continue
        if length == 1 and len(name[0]) < _SHORT and name[0].isalpha() and not said[at - 1][-1].isdecimal():
            continue
        return found, at + length
    return None


def quantity(said: Said) -> Quantity | None:
    """A number of a unit, or of a larger and a smaller one: "ein meter achtzig"."""
    said = tuple(part for word in said for part in _APART.sub(" ", word).split())
    found = measured(said, _unit_at, COUNTING)
    return summed(found, _SMALLER) if found else None
