"""Units by all their names, and numbers of them."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from sottovoce.domain.units import UNITS
from sottovoce.language.en.hear.lengths import COUNTING
from sottovoce.language.en.units import unit_name
from sottovoce.language.hearing.measuring import measured, summed
from sottovoce.language.hearing.tokens import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sottovoce.domain.values import Quantity
    from sottovoce.language.hearing.tokens import Said

_NAMES: Final[Mapping[str, str]] = {
    "nanometre": "nanometres/nm",
    "micrometre": "micrometres/micron/microns/µm/um",
    "millimetre": "millimetres/mm",
    "centimetre": "centimetres/cm/cms",
    "decimetre": "decimetres/dm",
    "metre": "metres/m",
    "kilometre": "kilometres/km/kms/klicks/k m",
    "inch": "inches/in/\"/''/″",
    "foot": "feet/ft/'/\u2032",
    "yard": "yards/yd/yds",
    "furlong": "furlongs",
    "mile": "miles/mi",
    "nautical_mile": "nautical mile/nautical miles/sea mile/sea miles/nmi",
    "astronomical_unit": "astronomical unit/astronomical units",
    "light_year": "light year/light years/lightyear/lightyears",
    "microgram": "micrograms/µg/mcg",
    "milligram": "milligrams/mg",
    "gram": "grams/gramme/grammes/g/gr",
    "kilogram": "kilograms/kilogramme/kilogrammes/kilo/kilos/kg/kgs/k g",
    "tonne": "tonnes/metric ton/metric tons/metric tonne/metric tonnes/t",
    "carat": "carats/karat/karats/ct",
    "ounce": "ounces/oz",
    "pound": "pounds/lb/lbs",
    "stone": "stones/st",
    "short_ton": "ton/tons/us ton/us tons/short ton/short tons/american ton/american tons",
    "long_ton": "long ton/long tons/imperial ton/imperial tons/uk ton/uk tons/british ton/british tons",
    "microlitre": "microlitres/µl",
    "millilitre": "millilitres/mil/mils/ml/mls/m l",
    "centilitre": "centilitres/cl",
    "decilitre": "decilitres/dl",
    "litre": "litres/l",
    "hectolitre": "hectolitres/hl",
    "cubic_millimetre": "cubic millimetre/cubic millimetres/mm³/mm3",
    "cubic_centimetre": "cubic centimetre/cubic centimetres/cm³/cm3/cc/ccs",
    "cubic_metre": "cubic metre/cubic metres/m³/m3",
    "cubic_inch": "cubic inch/cubic inches/in³",
    "cubic_foot": "cubic foot/cubic feet/ft³",
    "cubic_yard": "cubic yard/cubic yards/yd³",
    "us_teaspoon": "teaspoon/teaspoons/tsp/tsps/us teaspoon/us teaspoons",
    "us_tablespoon": "tablespoon/tablespoons/tbsp/tbsps/us tablespoon/us tablespoons",
    "us_fluid_ounce": "fluid ounce/fluid ounces/fl oz/fl. oz/us fluid ounce/us fluid ounces",
    "us_cup": "cup/cups/us cup/us cups",
    "us_pint": "pint/pints/pt/us pint/us pints/american pint/american pints",
    "us_quart": "quart/quarts/qt/us quart/us quarts",
    "us_gallon": "gallon/gallons/gal/us gallon/us gallons/american gallon/american gallons",
    "imperial_fluid_ounce": "imperial fluid ounce/imperial fluid ounces/uk fluid ounce/uk fluid ounces"
    "/british fluid ounce/british fluid ounces",
    "imperial_pint": "imperial pint/imperial pints/uk pint/uk pints/british pint/british pints",
    "imperial_quart": "imperial quart/imperial quarts/uk quart/uk quarts",
    "imperial_gallon": "imperial gallon/imperial gallons/uk gallon/uk gallons/british gallon/british gallons",
    "metric_teaspoon": "metric teaspoon/metric teaspoons",
    "metric_tablespoon": "metric tablespoon/metric tablespoons",
    "metric_cup": "metric cup/metric cups",
    "oil_barrel": "barrel of oil/barrels of oil/oil barrel/oil barrels",
    "square_millimetre": "square millimetre/square millimetres/mm²/mm2",
    "square_centimetre": "square centimetre/square centimetres/cm²/cm2/sq cm",
    "square_metre": "square metre/square metres/m²/m2/sqm/sq m",
    "are": "ares",
    "hectare": "hectares/ha",
    "square_kilometre": "square kilometre/square kilometres/km²/km2/sq km",
    "square_inch": "square inch/square inches/in²/sq in",
    "square_foot": "square foot/square feet/ft²/sq ft/sqft",
    "square_yard": "square yard/square yards/yd²/sq yd",
    "acre": "acres",
    "square_mile": "square mile/square miles/mi²/sq mi",
    "metre_per_second": "metre per second/metres per second/metre a second/metres a second/m/s/mps",
    "kilometre_per_hour": "kilometre per hour/kilometres per hour/kilometre an hour/kilometres an hour/km/h/kmh/kph"
    "/kilometres in an hour",
    "mile_per_hour": "mile per hour/miles per hour/mile an hour/miles an hour/mph/m p h/mi/h",
    "foot_per_second": "foot per second/feet per second/feet a second/ft/s",
    "knot": "knots/kn/kt/kts",
    "nanosecond": "nanoseconds/ns",
    "microsecond": "microseconds/µs",
    "millisecond": "milliseconds/ms",
    "second": "seconds/sec/secs/s",
    "minute": "minutes/min/mins",
    "hour": "hours/hr/hrs/h",
    "day": "days",
    "week": "weeks/wk/wks",
    "fortnight": "fortnights",
    "month": "months",
    "year": "years/yr/yrs",
    "decade": "decades",
    "century": "centuries",
    "kelvin": "kelvins/degree kelvin/degrees kelvin",
    "celsius": "degree celsius/degrees celsius/centigrade/degree centigrade/degrees centigrade/°c/° c/c/degrees c"
    "/degree c/℃",
    "fahrenheit": "degree fahrenheit/degrees fahrenheit/°f/° f/f/degrees f/degree f/℉",
    "joule": "joules/j",
    "kilojoule": "kilojoules/kj",
    "megajoule": "megajoules/mj",
    "calorie": "calories/cal",
    "kilocalorie": "kilocalories/kcal/kcals/food calorie/food calories",
    "watt_hour": "watt hour/watt hours/wh",
    "kilowatt_hour": "kilowatt hour/kilowatt hours/kwh",
    "megawatt_hour": "megawatt hour/megawatt hours/mwh",
    "british_thermal_unit": "british thermal unit/british thermal units/btu/btus/b t u",
    "electronvolt": "electronvolts/electron volt/electron volts/ev",
    "milliwatt": "milliwatts",
    "watt": "watts/w",
    "kilowatt": "kilowatts/kw",
    "megawatt": "megawatts/mw",
    "gigawatt": "gigawatts/gw",
    "horsepower": "horse power/hp/bhp",
    "metric_horsepower": "metric horsepower/ps",
    "pascal": "pascals/pa",
    "hectopascal": "hectopascals/hpa",
    "kilopascal": "kilopascals/kpa",
    "megapascal": "megapascals/mpa",
    "millibar": "millibars/mbar",
    "bar": "bars",
    "atmosphere": "atmospheres/atm",
    "pound_per_square_inch": "pound per square inch/pounds per square inch/psi/p s i",
    "millimetre_of_mercury": "millimetre of mercury/millimetres of mercury/mmhg",
    "bit": "bits",
    "kilobit": "kilobits/kbit",
    "megabit": "megabits/mbit",
    "gigabit": "gigabits/gbit",
    "byte": "bytes/b",
    "kilobyte": "kilobytes/kb",
    "megabyte": "megabytes/meg/megs/mb",
    "gigabyte": "gigabytes/gig/gigs/gb",
    "terabyte": "terabytes/tb",
    "petabyte": "petabytes/pb",
    "kibibyte": "kibibytes/kib",
    "mebibyte": "mebibytes/mib",
    "gibibyte": "gibibytes/gib",
    "tebibyte": "tebibytes/tib",
    "arcsecond": "arcseconds/arc second/arc seconds",
    "arcminute": "arcminutes/arc minute/arc minutes",
    "degree": "degrees/°/deg",
    "gradian": "gradians/gon/gons",
    "radian": "radians/rad",
    "turn": "turns/full turn/full turns/revolution/revolutions",
    "newton": "newtons/n",
    "kilonewton": "kilonewtons/kn",
    "kilogram_force": "kilogram force/kilograms force/kgf",
    "pound_force": "pound force/pounds force/lbf",
    "hertz": "hz",
    "kilohertz": "khz",
    "megahertz": "mhz",
    "gigahertz": "ghz",
    "kilometre_per_litre": "kilometre per litre/kilometres per litre/km/l",
    "mile_per_us_gallon": "mile per gallon/miles per gallon/miles to the gallon/mpg/m p g",
    "mile_per_imperial_gallon": "mile per imperial gallon/miles per imperial gallon/miles per uk gallon",
    "litre_per_100_kilometres": "litre per hundred kilometres/litres per hundred kilometres"
    "/litres per a hundred kilometres/litres per 100 kilometres/litres per 100 km/l/100km/l/100 km",
}
"""The further names of each unit; what is spelled "metre" and "litre" is heard as "meter" and "liter" as well."""
_SLASHED: Final = frozenset({"m/s", "km/h", "mi/h", "ft/s", "km/l", "l/100km", "l/100 km"})
"""Names that hold the sign between names."""
_SHORT: Final = 3
"""Letters at most of an abbreviation: behind a number it needs figures, as "in" and "c" are words of their own."""
_APART: Final = re.compile(r"(?<=[\d½¼¾])(?=[a-zµ°℃℉'\"\u2032″])|(?<=['\u2032])(?=\d)")
_SMALLER: Final = {"foot": "inch", "pound": "ounce", "stone": "pound", "hour": "minute", "minute": "second"}


def _split(names: str) -> list[str]:
    """The names that slashes part, but for those with a slash in them."""
    for name in _SLASHED:
        names = names.replace(f"/{name}", f"/{name.replace('/', '|')}")
    return [name.replace("|", "/") for name in names.split("/")]


@functools.cache
def names() -> Mapping[Said, str]:
    """Every name of every unit, word by word."""
    found: dict[Said, str] = {}
    for unit in UNITS:
        told = (unit.replace("_", " "), unit_name(unit), unit_name(unit, one=True))
        for name in (*told, *_split(_NAMES.get(unit, ""))):
            american = name.replace("metre", "meter").replace("litre", "liter")
            found |= {said: unit for said in (words(name), words(american)) if said and said not in found}
    return found


_LONGEST: Final = 5


def unit(said: Said) -> str | None:
    """A unit by any of its names."""
    if said[:1] in {("a",), ("an",), ("one",), ("the",)}:
        said = said[1:]
    return names().get(said)


def _unit_at(said: Said, at: int) -> tuple[str, int] | None:
    """The unit that begins at a word, by its longest name."""
    if said[at] in {"of", "and", "a", "an"}:
        return None
    for length in range(min(_LONGEST, len(said) - at), 0, -1):
        name = said[at : at + length]
        if len(name) < length or (found := names().get(name)) is None:
            continue
        if length == 1 and len(name[0]) < _SHORT and name[0].isalpha() and not said[at - 1][-1].isdecimal():
            continue
        return found, at + length
    return None


def quantity(said: Said) -> Quantity | None:
    """A number of a unit, or of a larger and a smaller one."""
    said = tuple(part for word in said for part in _APART.sub(" ", word).split())
    found = measured(said, _unit_at, COUNTING)
    return summed(found, _SMALLER) if found else None
