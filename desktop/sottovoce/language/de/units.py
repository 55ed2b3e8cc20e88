"""What the units of measure are called in German."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMES: Final = """
nanometre Nanometer|micrometre Mikrometer|millimetre Millimeter|centimetre Zentimeter|decimetre Dezimeter|metre Meter
kilometre Kilometer|inch Zoll|foot Fuß|yard Yard Yards|furlong Furlong Furlongs|mile Meile Meilen
nautical_mile Seemeile Seemeilen|astronomical_unit astronomische~Einheit astronomische~Einheiten
light_year Lichtjahr Lichtjahre
microgram Mikrogramm|milligram Milligramm|gram Gramm|kilogram Kilogramm|tonne Tonne Tonnen|carat Karat|ounce Unze Unzen
pound englisches~Pfund englische~Pfund|stone Stone|metric_pound Pfund|hundredweight Zentner
short_ton amerikanische~Tonne amerikanische~Tonnen|long_ton britische~Tonne britische~Tonnen
microlitre Mikroliter|millilitre Milliliter|centilitre Zentiliter|decilitre Deziliter|litre Liter|hectolitre Hektoliter
cubic_millimetre Kubikmillimeter|cubic_centimetre Kubikzentimeter|cubic_metre Kubikmeter|cubic_inch Kubikzoll
cubic_foot Kubikfuß|cubic_yard Kubikyard Kubikyards
us_teaspoon amerikanischer~Teelöffel amerikanische~Teelöffel
us_tablespoon amerikanischer~Esslöffel amerikanische~Esslöffel
us_fluid_ounce amerikanische~Flüssigunze amerikanische~Flüssigunzen
us_cup Cup Cups|us_pint amerikanisches~Pint amerikanische~Pints|us_quart amerikanisches~Quart amerikanische~Quarts
us_gallon amerikanische~Gallone amerikanische~Gallonen
imperial_fluid_ounce britische~Flüssigunze britische~Flüssigunzen|imperial_pint britisches~Pint britische~Pints
imperial_quart britisches~Quart britische~Quarts|imperial_gallon britische~Gallone britische~Gallonen
metric_teaspoon Teelöffel|metric_tablespoon Esslöffel|metric_cup Tasse Tassen|oil_barrel Barrel
square_millimetre Quadratmillimeter|square_centimetre Quadratzentimeter|square_metre Quadratmeter|are Ar|hectare Hektar
square_kilometre Quadratkilometer|square_inch Quadratzoll|square_foot Quadratfuß|square_yard Quadratyard Quadratyards
acre Acre Acres|square_mile Quadratmeile Quadratmeilen
metre_per_second Meter~pro~Sekunde|kilometre_per_hour Kilometer~pro~Stunde
mile_per_hour Meile~pro~Stunde Meilen~pro~Stunde
foot_per_second Fuß~pro~Sekunde|knot Knoten
nanosecond Nanosekunde Nanosekunden|microsecond Mikrosekunde Mikrosekunden|millisecond Millisekunde Millisekunden
second Sekunde Sekunden|minute Minute Minuten|hour Stunde Stunden|day Tag Tage|week Woche Wochen
fortnight Doppelwoche Doppelwochen|month Monat Monate|year Jahr Jahre|decade Jahrzehnt Jahrzehnte
century Jahrhundert Jahrhunderte
kelvin Kelvin|celsius °C|fahrenheit °F
joule Joule|kilojoule Kilojoule|megajoule Megajoule|calorie Kalorie Kalorien|kilocalorie Kilokalorie Kilokalorien
watt_hour Wattstunde Wattstunden|kilowatt_hour Kilowattstunde Kilowattstunden
megawatt_hour Megawattstunde Megawattstunden|british_thermal_unit BTU|electronvolt Elektronenvolt
milliwatt Milliwatt|watt Watt|kilowatt Kilowatt|megawatt Megawatt|gigawatt Gigawatt
horsepower englisches~PS englische~PS|metric_horsepower PS
pascal Pascal|hectopascal Hektopascal|kilopascal Kilopascal|megapascal Megapascal|millibar Millibar|bar Bar
atmosphere Atmosphäre Atmosphären|pound_per_square_inch PSI|millimetre_of_mercury Millimeter~Quecksilbersäule
bit Bit|kilobit Kilobit|megabit Megabit|gigabit Gigabit|byte Byte|kilobyte Kilobyte|megabyte Megabyte|gigabyte Gigabyte
terabyte Terabyte|petabyte Petabyte|kibibyte Kibibyte|mebibyte Mebibyte|gibibyte Gibibyte|tebibyte Tebibyte
arcsecond Bogensekunde Bogensekunden|arcminute Bogenminute Bogenminuten|degree Grad|gradian Gon|radian Radiant
turn Umdrehung Umdrehungen
newton Newton|kilonewton Kilonewton|kilogram_force Kilopond|pound_force Pound-force
hertz Hertz|kilohertz Kilohertz|megahertz Megahertz|gigahertz Gigahertz
kilometre_per_litre Kilometer~pro~Liter|mile_per_us_gallon Meile~pro~Gallone Meilen~pro~Gallone
mile_per_imperial_gallon Meile~pro~britischer~Gallone Meilen~pro~britischer~Gallone
litre_per_100_kilometres Liter~auf~100~Kilometer
"""


def _table() -> Mapping[str, tuple[str, str]]:
    found = {}
    for row in _NAMES.strip().replace("\n", "|").split("|"):
        unit, one, *several = (part.replace("~", " ") for part in row.split())
        found[unit] = (one, several[0] if several else one)
    return found


NAMES: Final = _table()
"""One and several of each."""
_ALONE: Final = {"celsius": "Grad Celsius", "fahrenheit": "Grad Fahrenheit"}


def unit_name(unit: str, *, one: bool = False) -> str:
    """A unit behind a number, in its one or its several."""
    return NAMES[unit][not one]


def unit(name: str) -> str:
    """A unit by itself, as in "Meilen" and "Grad Celsius"."""
    return _ALONE.get(name) or unit_name(name)
