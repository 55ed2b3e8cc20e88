"""Units of measure: exact sizes, with pint as the oracle, and their names in both languages."""

from __future__ import annotations

import functools
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain.units import UNITS, Dimension, NoSuchAmount, UnknownUnit, UnlikeUnits, convert, dimension, scaled
from sottovoce.domain.values import Quantity
from sottovoce.language import language

OTHERS = {
    "tonne": "metric_ton",
    "celsius": "degC",
    "fahrenheit": "degF",
    "short_ton": "short_ton",
    "us_fluid_ounce": "fluid_ounce",
    "us_teaspoon": "teaspoon",
    "us_tablespoon": "tablespoon",
    "us_cup": "cup",
    "us_pint": "pint",
    "us_quart": "quart",
    "us_gallon": "gallon",
    "metric_pound": "0.5 kilogram",
    "hundredweight": "50 kilogram",
    "metric_teaspoon": "5 millilitre",
    "metric_tablespoon": "15 millilitre",
    "metric_cup": "250 millilitre",
    "gradian": "grade",
    "kilocalorie": "kilocalorie",
    "horsepower": "horsepower",
    "british_thermal_unit": "Btu",
    "pound_per_square_inch": "psi",
    "millimetre_of_mercury": "mmHg",
    "mile_per_us_gallon": "mile/gallon",
    "mile_per_imperial_gallon": "mile/imperial_gallon",
    "kilometre_per_litre": "kilometre/litre",
    "hertz": "1/second",
    "kilohertz": "1000/second",
    "megahertz": "1000000/second",
    "gigahertz": "1000000000/second",
}
BASES = {
    Dimension.LENGTH: "metre",
    Dimension.MASS: "kilogram",
    Dimension.VOLUME: "litre",
    Dimension.AREA: "metre**2",
    Dimension.SPEED: "metre/second",
    Dimension.TIME: "second",
    Dimension.TEMPERATURE: "kelvin",
    Dimension.ENERGY: "joule",
    Dimension.POWER: "watt",
    Dimension.PRESSURE: "pascal",
    Dimension.DATA: "byte",
    Dimension.ANGLE: "degree",
    Dimension.FORCE: "newton",
    Dimension.FREQUENCY: "1/second",
    Dimension.CONSUMPTION: "kilometre/litre",
}
ROUGHLY = {"furlong", "acre", "british_thermal_unit"}
"""Pint measures these by the foot of surveyors, and counts another unit of heat."""
OF_365_DAYS = {"month", "year", "decade", "century"}
"""Others count a quarter of a day more."""


@functools.cache
def registry() -> Any:  # noqa: ANN401 - pint is typed by itself
    import pint  # noqa: PLC0415 - 0.4 s, only here

    return pint.UnitRegistry()


def theirs(unit: str) -> str:
    if unit in OTHERS:
        return OTHERS[unit]
    for begin, power in (("square_", 2), ("cubic_", 3)):
        if unit.startswith(begin):
            return f"{unit.removeprefix(begin)}**{power}"
    return unit.replace("_per_", "/")


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit not in {*OF_365_DAYS, "litre_per_100_kilometres"}])
def test_sizes_are_those_of_pint(unit: str) -> None:
    found = registry().Quantity(f"1 {theirs(unit)}") if unit not in {"celsius", "fahrenheit"} else None
    if found is None:
        found = registry().Quantity(1, theirs(unit))
    kind = UNITS[unit]
    ours = kind.size + kind.offset
    assert found.to(BASES[kind.dimension]).magnitude == pytest.approx(
        float(ours), rel=1e-5 if unit in ROUGHLY else 1e-9
    )


@given(st.sampled_from(sorted(UNITS)), st.data(), st.fractions(1, 10**6))
def test_back_and_forth_is_the_same(unit: str, data: st.DataObject, number: Fraction) -> None:
    like = sorted(name for name in UNITS if UNITS[name].dimension is UNITS[unit].dimension)
    there = convert(Quantity(number, unit), data.draw(st.sampled_from(like)))
    assert convert(there, unit) == Quantity(number, unit)


@pytest.mark.parametrize(
    ("number", "unit", "other", "result"),
    [
        ("1", "mile", "kilometre", "1.609344"),
        ("20", "celsius", "fahrenheit", "68"),
        ("-40", "fahrenheit", "celsius", "-40"),
        ("0", "kelvin", "celsius", "-273.15"),
        ("1", "inch", "centimetre", "2.54"),
        ("1", "year", "day", "365"),
        ("5", "litre_per_100_kilometres", "kilometre_per_litre", "20"),
        ("20", "kilometre_per_litre", "litre_per_100_kilometres", "5"),
        ("1", "us_gallon", "litre", "3.785411784"),
        ("1", "imperial_gallon", "litre", "4.54609"),
        ("1", "gigabyte", "megabit", "8000"),
    ],
)
def test_conversions_are_exact(number: str, unit: str, other: str, result: str) -> None:
    assert convert(Quantity(Fraction(number), unit), other) == Quantity(Fraction(result), other)


def test_what_can_not_be_converted_says_why() -> None:
    with pytest.raises(UnlikeUnits) as unlike:
        convert(Quantity(Fraction(1), "mile"), "kilogram")
    assert (unlike.value.one, unlike.value.other) == ("mile", "kilogram")
    with pytest.raises(UnknownUnit):
        convert(Quantity(Fraction(1), "mile"), "banana")
    with pytest.raises(NoSuchAmount):
        convert(Quantity(Fraction(-1), "kelvin"), "celsius")
    with pytest.raises(NoSuchAmount):
        convert(Quantity(Fraction(0), "litre_per_100_kilometres"), "kilometre_per_litre")
    assert dimension("mile") is Dimension.LENGTH


def test_bare_degrees_beside_a_temperature_are_of_the_other_scale() -> None:
    degrees = Quantity(Fraction(20), "degree")
    assert scaled(degrees, "fahrenheit").unit == "celsius"
    assert scaled(degrees, "celsius").unit == "fahrenheit"
    assert scaled(degrees, "radian") == degrees
    assert scaled(Quantity(Fraction(20), "mile"), "celsius").unit == "mile"


@pytest.mark.parametrize("tag", ["en", "de"])
@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_is_told_by_a_name_that_is_understood(tag: str, unit: str) -> None:
    spoken = language(tag)
    assert spoken.values.unit(spoken.grammar.functions["UNIT"](unit)) == unit
    for number in (Fraction(1), Fraction(7, 2), Fraction(20)):
        told = spoken.grammar.functions["QUANTITY"](Quantity(number, unit))
        assert spoken.values.quantity(told) == Quantity(number, unit)
