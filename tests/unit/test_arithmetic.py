"""Calculations in words and signs, and what they come to."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain.arithmetic import (
    MOST_DIGITS,
    Amount,
    Leaf,
    NoValue,
    Op,
    Sum,
    Term,
    ToldValue,
    WhyNoValue,
    told,
    uses_last,
    value_of,
)
from sottovoce.language import language
from sottovoce.language.calculations import LONGEST, amounts, calculation
from sottovoce.language.de import arithmetic as german
from sottovoce.language.de import values as german_values
from sottovoce.language.en import arithmetic

SMALL = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve".split(),  # noqa: SIM905
        range(13),
        strict=True,
    )
)
WORDS_KNOWN = {
    **{word: Fraction(number) for word, number in SMALL.items()},
    "half": Fraction(1, 2),
    "a half": Fraction(1, 2),
    "one half": Fraction(1, 2),
    "a third": Fraction(1, 3),
    "three quarters": Fraction(3, 4),
    "two and a half": Fraction(5, 2),
    "a hundred": Fraction(100),
    "one hundred and five": Fraction(105),
    "twenty five": Fraction(25),
}


def number(text: str) -> Fraction | None:
    return WORDS_KNOWN.get(text)


def ordinal(text: str) -> int | None:
    return {"third": 3, "fourth": 4, "tenth": 10, "last": -1}.get(text)


WORDS = arithmetic.words(number, ordinal)
LAST = Fraction(10)


def worked_out(text: str, last: Fraction | None = LAST) -> Amount:
    found = calculation(text, WORDS)
    assert found is not None, text
    return value_of(found, last)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twelve times seven", "84"),
        ("3.5 plus 4", "7.5"),
        ("two to the power of ten", "1024"),
        ("two to the tenth power", "1024"),
        ("2 to the 4", "16"),
        ("square root of 144", "12"),
        ("the square root of twelve times three", "36 + 0"),
        ("cube root of 27", "3"),
        ("the fourth root of 16", "2"),
        ("cube root of -8", "-2"),
        ("15 percent of 80", "12"),
        ("15% of 80", "12"),
        ("20% off 50", "40"),
        ("20% off of $50", "40"),
        ("add 19 percent to 200", "238"),
        ("200 minus 10%", "180"),
        ("5% + 3%", "8/100"),
        ("half of 90", "45"),
        ("a third of 27", "9"),
        ("three quarters plus one half", "5/4"),
        ("½ + ¼", "3/4"),
        ("2 1/2 + 1/4", "11/4"),
        ("five squared", "25"),
        ("5²", "25"),
        ("four cubed", "64"),
        ("12 divided by 5", "12/5"),
        ("seven factorial", "5040"),
        ("factorial of 5", "120"),
        ("5!", "120"),
        ("(1+2)!", "6"),
        ("minus three times four", "-12"),
        ("-5+3", "-2"),
        ("-2^2", "-4"),
        ("2^-1", "1/2"),
        ("2^3^2", "512"),
        ("4^0.5", "2"),
        ("8^(2/3)", "4"),
        ("0^0", "1"),
        ("(-1)^1000001", "-1"),
        ("1^99999999999", "1"),
        ("2+3*4", "14"),
        ("(2+3)*(4+5)", "45"),
        ("[2]", None),
        ("10 - 4 - 3", "3"),
        ("100 / 10 / 5", "2"),
        ("17 mod 5", "2"),
        ("0.1+0.2", "0.3"),
        ("1,000 + 2", "1002"),
        ("3x4", "12"),
        ("open bracket two plus three close bracket times two", "10"),
        ("five plus three and then times two", "16"),
        ("five plus three then minus two", "6"),
        ("multiply six by seven and then add two", "44"),
        ("take five away from twelve", "7"),
        ("subtract eight from a hundred", "92"),
        ("divide 100 by 8", "12.5"),
        ("increase 50 by 10 percent", "55"),
        ("the remainder of 17 divided by 5", "2"),
        ("one hundred and five plus three", "108"),
        ("add one hundred and five and three", "108"),
        ("average of 3, 5 and 10", "6"),
        ("average of (3, 5, 10)", "6"),
        ("the average of three and ten", "13/2"),
        ("average of -3, 5", "1"),
        ("sum of one hundred and five and two", "107"),
        ("add one and two and three", "6"),
        ("sum of twenty five and ten", "35"),
        ("sum of two and a half and three", "5.5"),
        ("product of 3 and 4", "12"),
        ("the difference between four and ten", "6"),
        ("the median of 5, 1 and 3", "3"),
        ("median of 4, 1, 3, 2", "5/2"),
        ("smallest of 3, 1 and 2", "1"),
        ("largest of 3, 1 and 2", "3"),
        ("greatest common divisor of 12 and 18", "6"),
        ("least common multiple of 4 and 6", "12"),
        ("round 3.14159 to two decimal places", "3.14"),
        ("round 2.5", "3"),
        ("round -2.5", "-3"),
        ("round 1234 to the nearest hundred", "1200"),
        ("absolute value of -4", "4"),
        ("double 45", "90"),
        ("sine of 30", "0.5"),
        ("cosine of 60", "0.5"),
        ("tangent of 45", "1"),
        ("log of 1000", "3"),
        ("ln of 1", "0"),
        ("times two", "20"),
        ("plus that", "20"),
        ("and then divide by 4", "5/2"),
        ("now divide that by four", "5/2"),
        ("double that", "20"),
        ("minus 5", "5"),
        ("squared", "100"),
        ("half of that", "5"),
        ("subtract twelve from that", "-2"),
    ],
)
def test_a_calculation_and_its_value(text: str, value: str | None) -> None:
    if value is None:
        assert calculation(text, WORDS) is None
    elif value == "36 + 0":  # a root takes in only what follows at once
        assert float(worked_out(text).value) == pytest.approx(math.sqrt(12) * 3)
    else:
        assert worked_out(text) == Amount(Fraction(value))


GERMAN = german.words(
    {"drei": Fraction(3), "sieben": Fraction(7), "zwölf": Fraction(12)}.get,
    {"vierte": 4, "vierten": 4}.get,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("zwölf mal sieben", "84"),
        ("0,1 + 0,2", "0.3"),
        ("1.000 + 0.5", "1000.5"),
        ("2 1/2 mal 2", "5"),
        ("wurzel aus 144", "12"),
        ("die vierte wurzel aus 16", "2"),
        ("2 in der vierten potenz", "16"),
        ("2 hoch 10", "1024"),
        ("die hälfte von 90", "45"),
        ("15 prozent von 80", "12"),
        ("20 % rabatt auf 50", "40"),
        ("9 zum quadrat", "81"),
        ("das quadrat von 9", "81"),
        ("zieh 8 von 20 ab", "12"),
        ("teile 100 durch 8", "12.5"),
        ("erhöhe 200 um 19 prozent", "238"),
        ("runde 3,14159 auf zwei stellen", "3.14"),
        ("durchschnitt von 3, 5 und 10", "6"),
        ("der durchschnitt von drei und sieben", "5"),
        ("5 fakultät", "120"),
        ("und dann durch 4", "2.5"),
        ("das ergebnis mal zwölf", "120"),
    ],
)
def test_a_german_calculation_and_its_value(text: str, value: str) -> None:
    found = calculation(text, GERMAN)
    assert found is not None
    assert value_of(found, LAST) == Amount(Fraction(value))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "=",
        "twelve",
        "pi",
        "that",
        "what",
        "add milk to the list",
        "divide the work by two",
        "two of three",
        "of two",
        "times",
        "two times",
        "(two plus three",
        "two plus three)",
        "two three times",
        "2026-11-30",
        "11/30/2026",
        "555-1234",
        "10:30",
        "two plus @",
        "two + three & four",
        "two plus _",
        "sum of five",
        "sum of two times three",
        "sum of cats and dogs",
        "sum of - and two",
        "two to the",
        "two to the last",
        "two to the cat",
        "cat root of two",
        "zero root of two",
        "five and then seven",
        "and then",
        "three five times two cat",
        "round cats to the nearest ten",
        "1 + " * 80 + "1",
        f"sum of {'two ' * 70}",
        f"{'(' * 250}1+1",
        f"{'1+' * 150}1",
        "x" * (LONGEST + 1),
    ],
)
def test_what_is_no_calculation(text: str) -> None:
    assert calculation(text, WORDS) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1 / 0", WhyNoValue.BY_ZERO),
        ("1 mod 0", WhyNoValue.BY_ZERO),
        ("0^-1", WhyNoValue.BY_ZERO),
        ("tangent of 90", WhyNoValue.BY_ZERO),
        ("9**9**9", WhyNoValue.TOO_LARGE),
        ("9^9999999", WhyNoValue.TOO_LARGE),
        ("500!", WhyNoValue.TOO_LARGE),
        ("300! * 300! * 300! * 300!", WhyNoValue.TOO_LARGE),
        ("square root of -1", WhyNoValue.NOT_REAL),
        ("log of 0", WhyNoValue.NOT_REAL),
        ("2.5!", WhyNoValue.NOT_WHOLE),
        ("(-3)!", WhyNoValue.NOT_WHOLE),
        ("greatest common divisor of 2.5 and 5", WhyNoValue.NOT_WHOLE),
        ("2^0.001", WhyNoValue.TOO_LARGE),
    ],
)
def test_why_there_is_no_value(text: str, why: WhyNoValue) -> None:
    with pytest.raises(NoValue) as none:
        worked_out(text)
    assert none.value.why is why


def test_nothing_before_to_go_on_with() -> None:
    with pytest.raises(NoValue) as none:
        worked_out("times two", None)
    assert none.value.why is WhyNoValue.NOTHING_BEFORE


def test_a_root_is_of_whole_degree() -> None:
    with pytest.raises(NoValue):
        value_of(Term(Op.ROOT, (Fraction(2), Fraction(1, 2))))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("square root of two", math.sqrt(2)),
        ("2^0.5", math.sqrt(2)),
        ("two times pi", math.tau),
        ("ln of 5", math.log(5)),
    ],
)
def test_what_is_only_near(text: str, value: float) -> None:
    found = worked_out(text)
    assert not found.exact
    assert float(found.value) == pytest.approx(value)


@pytest.mark.parametrize(
    ("tag", "text", "value"),
    [
        ("en", "add up twelve fifteen and twenty", 47),
        ("en", "add up twelve fifteen twenty", 47),
        ("en", "add half of ninety and three and two", 50),
        ("en", "average of fifteen twenty and forty", 25),
        ("en", "add two fifty and one seventy five", 425),
        ("en", "nineteen eighty four plus one", 1985),
        ("en", "multiply six by seven and add three", 45),
        ("en", "divide a hundred by four and subtract five", 20),
        ("en", "subtract five from ten and add two", 7),
        ("de", "addiere zwölf fünfzehn und zwanzig", 47),
        ("de", "summe von zwölf fünfzehn und zwanzig", 47),
        ("de", "multipliziere sechs mit sieben und addiere drei", 45),
    ],
)
def test_what_is_said_one_after_the_other_is_reckoned_so(tag: str, text: str, value: int) -> None:
    found = language(tag).values.calculation(text)
    assert found is not None
    assert value_of(found, LAST) == Amount(Fraction(value))


def test_e_is_near() -> None:
    assert float(value_of(Leaf.E).value) == pytest.approx(math.e)


def test_rows_of_numbers() -> None:
    assert amounts("3, five and 10", WORDS) == tuple(map(Fraction, (3, 5, 10)))
    assert amounts("$3 and $5", WORDS) == tuple(map(Fraction, (3, 5)))
    assert amounts("3 @ 5", WORDS) == ()
    assert german_values.numbers("3, fünf und 10") == tuple(map(Fraction, (3, 5, 10)))


@pytest.mark.parametrize(
    ("value", "exact", "form"),
    [
        ("84", True, ("84", True, 0)),
        ("100", True, ("100", True, 0)),
        ("0", True, ("0", True, 0)),
        ("0", False, ("0", False, 0)),
        ("-5/2", True, ("-2.5", True, 0)),
        ("1/3", True, ("0.333", False, 0)),
        ("1/9999", True, ("0.0001", False, 0)),
        ("200/3", True, ("66.667", False, 0)),
        ("1/3000", True, ("0.000333", False, 0)),
        ("2/3000000", True, ("6.67E-7", False, 0)),
        ("0.0000001", True, ("1E-7", True, 0)),
        ("141421/100000", False, ("1.414", False, 0)),
        ("999999999999999", True, ("999999999999999", True, 0)),
        (f"1{'0' * MOST_DIGITS}", True, ("1", True, 15)),
        ("1234567890123456789", True, ("1.23", False, 18)),
        (f"1/{'3' * 20}", True, ("3", False, -20)),
    ],
)
def test_how_a_value_is_told(value: str, *, exact: bool, form: tuple[str, bool, int]) -> None:
    found = told(Amount(Fraction(value), exact))
    assert (str(found.number), found.exact, found.power) == form


LEAVES: st.SearchStrategy[Sum] = st.fractions(min_value=-50, max_value=50, max_denominator=20)
SUMS: st.SearchStrategy[Sum] = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        Term,
        st.sampled_from([Op.ADD, Op.SUBTRACT, Op.MULTIPLY, Op.DIVIDE]),
        st.tuples(inner, inner),
    ),
    max_leaves=8,
)


def plainly(what: Sum) -> Fraction:
    """By Python's own fractions."""
    if isinstance(what, Fraction):
        return what
    assert isinstance(what, Term)
    one, other = map(plainly, what.of)
    match what.op:
        case Op.ADD:
            return one + other
        case Op.SUBTRACT:
            return one - other
        case Op.MULTIPLY:
            return one * other
        case _:
            return one / other


def written(what: Sum) -> str:
    """With a bracket around everything."""
    signs = {Op.ADD: "+", Op.SUBTRACT: "-", Op.MULTIPLY: "*", Op.DIVIDE: "/"}
    if isinstance(what, Term):
        one, other = map(written, what.of)
        return f"({one} {signs[what.op]} {other})"
    assert isinstance(what, Fraction)
    return f"({what.numerator}/{what.denominator})"


@given(SUMS)
def test_the_value_is_that_of_fractions(what: Sum) -> None:
    try:
        wanted = plainly(what)
    except ZeroDivisionError:
        with pytest.raises(NoValue):
            value_of(what)
        return
    assert value_of(what) == Amount(wanted)
    if isinstance(what, Term) and len(written(what)) < LONGEST:
        found = calculation(written(what), WORDS)
        assert found is not None
        assert value_of(found) == Amount(wanted)


@given(st.integers(min_value=0, max_value=10**40), st.integers(min_value=1, max_value=7))
def test_a_root_of_a_power_is_exact(number: int, degree: int) -> None:
    root = value_of(Term(Op.ROOT, (Fraction(number**degree), Fraction(degree))))
    assert root == Amount(Fraction(number))


@given(st.text(alphabet="0123456789+-*/^()!%., abcdefghijklmnopqrstuvwxyz²√", max_size=60))
def test_nothing_but_no_value_is_raised(text: str) -> None:
    found = calculation(text, WORDS)
    if found is not None:
        try:
            assert isinstance(told(value_of(found, LAST)), ToldValue)
        except NoValue:
            assert uses_last(found) in {True, False}
