"""What the units of measure are called in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_OWN: Final[Mapping[str, tuple[str, str]]] = {
    "inch": ("inch", "inches"),
    "foot": ("foot", "feet"),
    "stone": ("stone", "stone"),
    "hundredweight": ("hundredweight", "hundredweight"),
    "metric_pound": ("metric pound", "metric pounds"),
    "tonne": ("metric ton", "metric tons"),
    "short_ton": ("US ton", "US tons"),
    "long_ton": ("imperial ton", "imperial tons"),
    "us_teaspoon": ("teaspoon", "teaspoons"),
    "us_tablespoon": ("tablespoon", "tablespoons"),
    "us_cup": ("cup", "cups"),
    "cubic_foot": ("cubic foot", "cubic feet"),
    "cubic_inch": ("cubic inch", "cubic inches"),
    "square_foot": ("square foot", "square feet"),
    "square_inch": ("square inch", "square inches"),
    "oil_barrel": ("barrel of oil", "barrels of oil"),
    "foot_per_second": ("foot per second", "feet per second"),
    "kilometre_per_litre": ("kilometer per liter", "kilometers per liter"),
    "mile_per_us_gallon": ("mile per US gallon", "miles per US gallon"),
    "mile_per_imperial_gallon": ("mile per imperial gallon", "miles per imperial gallon"),
    "litre_per_100_kilometres": ("liter per 100 kilometers", "liters per 100 kilometers"),
    "century": ("century", "centuries"),
    "celsius": ("°C", "°C"),
    "fahrenheit": ("°F", "°F"),
    "horsepower": ("horsepower", "horsepower"),
    "metric_horsepower": ("metric horsepower", "metric horsepower"),
    "pound_per_square_inch": ("pound per square inch", "pounds per square inch"),
    "millimetre_of_mercury": ("millimeter of mercury", "millimeters of mercury"),
    "british_thermal_unit": ("British thermal unit", "British thermal units"),
    "kilogram_force": ("kilogram-force", "kilograms-force"),
    "pound_force": ("pound-force", "pounds-force"),
    "hertz": ("hertz", "hertz"),
    "kilohertz": ("kilohertz", "kilohertz"),
    "megahertz": ("megahertz", "megahertz"),
    "gigahertz": ("gigahertz", "gigahertz"),
}
_ALONE: Final = {"celsius": "degrees Celsius", "fahrenheit": "degrees Fahrenheit"}


def unit_name(unit: str, *, one: bool = False) -> str:
    """A unit behind a number, in its one or its several."""
    if unit in _OWN:
        return _OWN[unit][not one]
    name = unit.replace("_", " ").replace("us ", "US ").replace("metre", "meter").replace("litre", "liter")
    if one:
        return name
    first, per, rest = name.partition(" per ")
    return f"{first}s{per}{rest}"


def unit(name: str) -> str:
    """A unit by itself, as in "miles" and "degrees Celsius"."""
    return _ALONE.get(name) or unit_name(name)
