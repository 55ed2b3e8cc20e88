"""Units of measure: what each measures, and its exact size."""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sottovoce.domain.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping


class Dimension(enum.StrEnum):
    """What a unit measures."""

    LENGTH = "length"
    MASS = "mass"
    VOLUME = "volume"
    AREA = "area"
    SPEED = "speed"
    TIME = "time"
    TEMPERATURE = "temperature"
    ENERGY = "energy"
    POWER = "power"
    PRESSURE = "pressure"
    DATA = "data"
    ANGLE = "angle"
    FORCE = "force"
    FREQUENCY = "frequency"
    CONSUMPTION = "consumption"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure."""

    dimension: Dimension
    size: Fraction
    """In the unit of its dimension whose size is one."""
    offset: Fraction = Fraction()
    """Where its zero is, in that unit."""
    per: bool = False
    """Whether less of it is more: litres for a way, where others count the way for a litre."""


class UnknownUnit(ValueError):
    """There is no unit of that name: its one argument."""


class UnlikeUnits(ValueError):
    """One unit measures something else than the other."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one, other)
        self.one, self.other = one, other


class NoSuchAmount(ValueError):
    """The amount has no counterpart: nothing is burnt on no way at all, or it is colder than cold."""


_POUND: Final = Fraction("0.45359237")
_INCH: Final = Fraction("0.0254")
_FOOT: Final = 12 * _INCH
_YARD: Final = 3 * _FOOT
_MILE: Final = 1760 * _YARD
_US_GALLON: Final = 231 * _INCH**3 * 1000
_IMPERIAL_GALLON: Final = Fraction("4.54609")
_GRAVITY: Final = Fraction("9.80665")
_PI: Final = Fraction(math.pi)
_DAY: Final = 86_400
_YEAR: Final = 365 * _DAY

_SIZES: Final[Mapping[Dimension, Mapping[str, Fraction | int | str]]] = {
    Dimension.LENGTH: {
        "nanometre": "1e-9",
        "micrometre": "1e-6",
        "millimetre": "1e-3",
        "centimetre": "1e-2",
        "decimetre": "1e-1",
        "metre": 1,
        "kilometre": 1000,
        "inch": _INCH,
        "foot": _FOOT,
        "yard": _YARD,
        "furlong": _MILE / 8,
        "mile": _MILE,
        "nautical_mile": 1852,
        "astronomical_unit": 149_597_870_700,
        "light_year": 9_460_730_472_580_800,
    },
    Dimension.MASS: {
        "microgram": "1e-9",
        "milligram": "1e-6",
        "gram": "1e-3",
        "kilogram": 1,
        "tonne": 1000,
        "carat": "2e-4",
        "ounce": _POUND / 16,
        "pound": _POUND,
        "stone": 14 * _POUND,
        "metric_pound": "0.5",
        "hundredweight": 50,
        "short_ton": 2000 * _POUND,
        "long_ton": 2240 * _POUND,
    },
    Dimension.VOLUME: {
        "microlitre": "1e-6",
        "millilitre": "1e-3",
        "centilitre": "1e-2",
        "decilitre": "1e-1",
        "litre": 1,
        "hectolitre": 100,
        "cubic_millimetre": "1e-6",
        "cubic_centimetre": "1e-3",
        "cubic_metre": 1000,
        "cubic_inch": _INCH**3 * 1000,
        "cubic_foot": _FOOT**3 * 1000,
        "cubic_yard": _YARD**3 * 1000,
        "us_teaspoon": _US_GALLON / 768,
        "us_tablespoon": _US_GALLON / 256,
        "us_fluid_ounce": _US_GALLON / 128,
        "us_cup": _US_GALLON / 16,
        "us_pint": _US_GALLON / 8,
        "us_quart": _US_GALLON / 4,
        "us_gallon": _US_GALLON,
        "imperial_fluid_ounce": _IMPERIAL_GALLON / 160,
        "imperial_pint": _IMPERIAL_GALLON / 8,
        "imperial_quart": _IMPERIAL_GALLON / 4,
        "imperial_gallon": _IMPERIAL_GALLON,
        "metric_teaspoon": "0.005",
        "metric_tablespoon": "0.015",
        "metric_cup": "0.25",
        "oil_barrel": 42 * _US_GALLON,
    },
    Dimension.AREA: {
        "square_millimetre": "1e-6",
        "square_centimetre": "1e-4",
        "square_metre": 1,
        "are": 100,
        "hectare": 10_000,
        "square_kilometre": 10**6,
        "square_inch": _INCH**2,
        "square_foot": _FOOT**2,
        "square_yard": _YARD**2,
        "acre": 4840 * _YARD**2,
        "square_mile": _MILE**2,
    },
    Dimension.SPEED: {
        "metre_per_second": 1,
        "kilometre_per_hour": Fraction(1000, 3600),
        "mile_per_hour": _MILE / 3600,
        "foot_per_second": _FOOT,
        "knot": Fraction(1852, 3600),
    },
    Dimension.TIME: {
        "nanosecond": "1e-9",
        "microsecond": "1e-6",
        "millisecond": "1e-3",
        "second": 1,
        "minute": 60,
        "hour": 3600,
        "day": _DAY,
        "week": 7 * _DAY,
        "fortnight": 14 * _DAY,
        "month": Fraction(_YEAR, 12),
        "year": _YEAR,
        "decade": 10 * _YEAR,
        "century": 100 * _YEAR,
    },
    Dimension.ENERGY: {
        "joule": 1,
        "kilojoule": 1000,
        "megajoule": 10**6,
        "calorie": "4.184",
        "kilocalorie": 4184,
        "watt_hour": 3600,
        "kilowatt_hour": 3_600_000,
        "megawatt_hour": 3_600_000_000,
        "british_thermal_unit": "1055.05585262",
        "electronvolt": "1.602176634e-19",
    },
    Dimension.POWER: {
        "milliwatt": "1e-3",
        "watt": 1,
        "kilowatt": 1000,
        "megawatt": 10**6,
        "gigawatt": 10**9,
        "horsepower": 550 * _FOOT * _POUND * _GRAVITY,
        "metric_horsepower": 75 * _GRAVITY,
    },
    Dimension.PRESSURE: {
        "pascal": 1,
        "hectopascal": 100,
        "kilopascal": 1000,
        "megapascal": 10**6,
        "millibar": 100,
        "bar": 100_000,
        "atmosphere": 101_325,
        "pound_per_square_inch": _POUND * _GRAVITY / _INCH**2,
        "millimetre_of_mercury": "133.322387415",
    },
    Dimension.DATA: {
        "bit": Fraction(1, 8),
        "kilobit": 125,
        "megabit": 125_000,
        "gigabit": 125_000_000,
        "byte": 1,
        "kilobyte": 10**3,
        "megabyte": 10**6,
        "gigabyte": 10**9,
        "terabyte": 10**12,
        "petabyte": 10**15,
        "kibibyte": 2**10,
        "mebibyte": 2**20,
        "gibibyte": 2**30,
        "tebibyte": 2**40,
    },
    Dimension.ANGLE: {
        "arcsecond": Fraction(1, 3600),
        "arcminute": Fraction(1, 60),
        "degree": 1,
        "gradian": Fraction(9, 10),
        "radian": 180 / _PI,
        "turn": 360,
    },
    Dimension.FORCE: {
        "newton": 1,
        "kilonewton": 1000,
        "kilogram_force": _GRAVITY,
        "pound_force": _POUND * _GRAVITY,
    },
    Dimension.FREQUENCY: {
        "hertz": 1,
        "kilohertz": 10**3,
        "megahertz": 10**6,
        "gigahertz": 10**9,
    },
    Dimension.CONSUMPTION: {
        "kilometre_per_litre": 1,
        "mile_per_us_gallon": _MILE / 1000 / _US_GALLON,
        "mile_per_imperial_gallon": _MILE / 1000 / _IMPERIAL_GALLON,
    },
}
"""By name, in the unit whose size is 1. A year has 365 days, a month a twelfth of them."""

UNITS: Final[Mapping[str, Unit]] = MappingProxyType(
    {name: Unit(dimension, Fraction(size)) for dimension, sizes in _SIZES.items() for name, size in sizes.items()}
    | {
        "kelvin": Unit(Dimension.TEMPERATURE, Fraction(1)),
        "celsius": Unit(Dimension.TEMPERATURE, Fraction(1), Fraction("273.15")),
        "fahrenheit": Unit(Dimension.TEMPERATURE, Fraction(5, 9), Fraction("273.15") - 32 * Fraction(5, 9)),
        "litre_per_100_kilometres": Unit(Dimension.CONSUMPTION, Fraction(100), per=True),
    }
)
"""Every unit by its name, which is the international one in English."""


def dimension(unit: str) -> Dimension:
    """What a unit measures.

    Raises:
        UnknownUnit: There is none of that name.
    """
    return _unit(unit).dimension


def convert(quantity: Quantity, unit: str) -> Quantity:
    """The same amount in another unit, exactly (but for radians, whose size no fraction is).

    Raises:
        UnknownUnit: One of the units is none.
        UnlikeUnits: The other unit measures something else.
        NoSuchAmount: It is below absolute zero, or nothing of what would have to be divided by.
    """
    source, target = _unit(quantity.unit), _unit(unit)
    if source.dimension is not target.dimension:
        raise UnlikeUnits(quantity.unit, unit)
    base = _base(quantity.number, source)
    if source.dimension is Dimension.TEMPERATURE and base < 0:
        raise NoSuchAmount(unit)
    return Quantity(_of_base(base, target), unit)


def scaled(quantity: Quantity, other: str) -> Quantity:
    """Bare degrees as those of a temperature where the other unit is one: "twenty degrees in fahrenheit".

    They are of the other of the two scales in use; everything else stays as it is.
    """
    if quantity.unit != "degree" or dimension(other) is not Dimension.TEMPERATURE:
        return quantity
    return Quantity(quantity.number, "fahrenheit" if other == "celsius" else "celsius")


def _unit(name: str) -> Unit:
    if name not in UNITS:
        raise UnknownUnit(name)
    return UNITS[name]


def _base(number: Fraction, unit: Unit) -> Fraction:
    return _divided(unit.size, number) if unit.per else number * unit.size + unit.offset


def _of_base(number: Fraction, unit: Unit) -> Fraction:
    return _divided(unit.size, number) if unit.per else (number - unit.offset) / unit.size


def _divided(size: Fraction, number: Fraction) -> Fraction:
    if number == 0:
        raise NoSuchAmount(number)
    return size / number
