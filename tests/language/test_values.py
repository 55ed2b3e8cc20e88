"""What words stand for: each line of the tables in `values/`, in both languages, and what holds of any words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unicode_rbnf import FormatPurpose, RbnfEngine

from sottovoce.language import language
from tests.language.heard import NOW, heard, table

ENGINES = {tag: RbnfEngine.for_language(tag) for tag in ("en", "de")}
BERLIN = ZoneInfo("Europe/Berlin")
WORDS = """
a at on in the of and to past half quarter one two seven twenty thirty may friday next last week day every second first
tomorrow morning night o'clock pm hours minutes ago , 3 7:30 3/4 point . - / ' stone feet miles christmas hundred
um am im in der und zu nach vor halb viertel eins zwei sieben zwanzig mai freitag nächste letzte woche tag jeden zweite
erste morgen nacht uhr stunden minuten 3. 3.5. komma hundert einhalb meter
"""


@pytest.mark.parametrize(
    ("name", "kind", "text", "value"),
    [(name, *row) for name in ("en", "en_unseen", "de", "de_unseen") for row in table(name)],
)
def test_words_stand_for(name: str, kind: str, text: str, value: str) -> None:
    assert heard(name[:2], kind, text) == value


@pytest.mark.parametrize("tag", ["en", "de"])
@given(number=st.one_of(st.integers(0, 10**4), st.integers(0, 10**12)))
def test_a_number_that_is_said_is_heard_again(tag: str, number: int) -> None:
    said = ENGINES[tag].format_number(number, FormatPurpose.CARDINAL).text
    assert language(tag).values.number(said.replace("\N{SOFT HYPHEN}", "")) == number


@pytest.mark.parametrize("tag", ["en", "de"])
@given(year=st.integers(1100, 2099))
def test_a_year_that_is_said_is_heard_again(tag: str, year: int) -> None:
    said = ENGINES[tag].format_number(year, FormatPurpose.YEAR).text.replace("\N{SOFT HYPHEN}", "")
    assert language(tag).values.number(said) == year


@pytest.mark.parametrize("tag", ["en", "de"])
@given(number=st.integers(1, 99))
def test_a_place_that_is_told_is_heard_again(tag: str, number: int) -> None:
    spoken = language(tag)
    assert spoken.values.ordinal(spoken.grammar.functions["ORDINAL"](number)) == number


@pytest.mark.parametrize("tag", ["en", "de"])
@given(seconds=st.integers(1, 10**7))
def test_a_length_that_is_told_is_heard_again(tag: str, seconds: int) -> None:
    spoken = language(tag)
    told = spoken.grammar.functions["DURATION"](seconds)
    assert spoken.values.duration(told) == timedelta(seconds=seconds)


@pytest.mark.parametrize("tag", ["en", "de"])
@given(minutes=st.integers(1, 60 * 24 * 360))
def test_a_moment_that_is_told_is_heard_again(tag: str, minutes: int) -> None:
    spoken = language(tag)
    at = (NOW.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(BERLIN)
    moment = spoken.values.moment(spoken.grammar.functions["WHEN"](at, NOW), NOW)
    assert moment is not None
    wanted = at.replace(fold=0)  # an hour that comes twice is the first of the two
    assert moment.at in {wanted, wanted + timedelta(hours=12)}


@pytest.mark.parametrize("tag", ["en", "de"])
@given(
    text=st.one_of(
        st.text(max_size=80),
        st.lists(
            st.sampled_from(WORDS.split()),
            max_size=8,
        ).map(" ".join),
        st.text("0123456789.,:/-' ", max_size=12),
    )
)
def test_no_words_are_too_much(tag: str, text: str) -> None:
    """Whatever is said is heard or not: nothing is raised."""
    for kind in ("number", "ordinal", "duration", "moment", "period", "recurrence", "quantity", "unit", "things"):
        assert heard(tag, kind, text)


@pytest.mark.parametrize(
    ("now", "text", "at"),
    [
        (datetime(2027, 3, 27, 12, tzinfo=BERLIN), "tomorrow at two thirty am", "2027-03-28T03:30+02:00"),
        (datetime(2027, 3, 27, 12, tzinfo=BERLIN), "tomorrow at three thirty am", "2027-03-28T03:30+02:00"),
        (datetime(2027, 3, 28, 1, 30, tzinfo=BERLIN), "in an hour", "2027-03-28T03:30+02:00"),
        (datetime(2027, 3, 27, 12, tzinfo=BERLIN), "in twenty four hours", "2027-03-28T13:00+02:00"),
        (datetime(2027, 3, 27, 12, tzinfo=BERLIN), "tomorrow at noon", "2027-03-28T12:00+02:00"),
        (datetime(2027, 10, 30, 12, tzinfo=BERLIN), "tomorrow at two thirty am", "2027-10-31T02:30+02:00"),
        (datetime(2027, 10, 31, 2, 45, tzinfo=BERLIN, fold=1), "two fifty am", "2027-11-01T02:50+01:00"),
        (datetime(2027, 1, 31, 12, tzinfo=BERLIN), "in a month", "2027-02-28T00:00+01:00"),
        (datetime(2027, 1, 31, 12, tzinfo=BERLIN), "the thirtieth", "2027-03-30T00:00+02:00"),
        (datetime(2027, 12, 26, 12, tzinfo=BERLIN), "christmas", "2028-12-25T00:00+01:00"),
        (datetime(2027, 12, 31, 23, 30, tzinfo=BERLIN), "half past midnight", "2028-01-01T00:30+01:00"),
        (datetime(2026, 11, 30, 23, tzinfo=BERLIN), "today at nine", "2026-11-30T21:00+01:00"),
        (datetime(2026, 11, 30, 13, tzinfo=BERLIN), "today at twelve", "2026-12-01T00:00+01:00"),
        (datetime(2026, 11, 30, 13, tzinfo=BERLIN), "twelve", "2026-12-01T00:00+01:00"),
        (datetime(2026, 11, 30, 12, tzinfo=UTC), "nine p m", "2026-11-30T21:00+00:00"),
        (datetime(9999, 12, 31, 12, tzinfo=UTC), "tomorrow", None),
    ],
)
def test_the_clock_and_the_calendar(now: datetime, text: str, at: str | None) -> None:
    moment = language("en").values.moment(text, now)
    assert (moment and moment.at.isoformat(timespec="minutes")) == at


def test_a_period_beyond_the_calendar_is_none() -> None:
    end = datetime(9999, 12, 31, 12, tzinfo=UTC)
    assert language("en").values.period("next year", end) is None
    assert language("de").values.period("nächstes jahr", end) is None
    assert language("de").values.moment("morgen", end) is None


def test_exactly() -> None:
    assert language("en").values.number("one third") == Fraction(1, 3)
    assert language("de").values.number("null komma eins") == Fraction(1, 10)
