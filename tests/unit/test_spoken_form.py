"""What is written and how it is said: each kind by examples, and that nothing is lost by property."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sottovoce.language.en.speak import words as english
from sottovoce.language.en.speech import spoken_form
from sottovoce.language.spoken.figures import roman

CORPUS = Path(__file__).parents[1] / "corpus" / "spoken_forms.tsv"
SAID = dict(
    line.encode("latin-1", "backslashreplace").decode("unicode_escape").split("\t", 1)
    for line in CORPUS.read_text("utf-8").splitlines()
    if not line.startswith("#")
)


@pytest.mark.parametrize("text", SAID)
def test_what_is_written_is_said_as_a_person_would(text: str) -> None:
    assert spoken_form(text) == SAID[text]


NOT_SAID = re.compile(r"[\d*_|#`~<>{}\[\]\\^=$%&@]")
WORDS = st.sampled_from(["apple", "river", "quietly", "mother", "window", "seven", "garden", "often", "because"])
PIECES = st.one_of(
    WORDS,
    st.from_regex(r"[-+]?\d{1,6}(?:[.,]\d{1,3})?(?: ?(?:km|%|GB|°C|€|h|am))?", fullmatch=True),
    st.from_regex(r"\d{1,4}[-/.:]\d{1,2}(?:[-/.:]\d{1,4})?", fullmatch=True),
    st.sampled_from(
        ["Dr.", "e.g.", "$5", "NASA", "🎉", "&", "—", "(", ")", '"', "...", "A4", "Henry VIII", "x²", "->", "№"]
    ),
)


@given(st.lists(PIECES, max_size=25))
def test_every_word_is_said_in_its_order_and_every_figure_as_words(pieces: list[str]) -> None:
    text = " ".join(pieces)
    said = spoken_form(text)
    words = [piece for piece in pieces if re.fullmatch("[a-z]+", piece)]
    rest = iter(re.findall(r"[a-z]+", said))
    assert all(word in rest for word in words), "a word is missing, or not in its place"
    assert not NOT_SAID.search(said)
    assert bool(words) <= bool(said)
    if any(sign.isdecimal() for sign in text):
        assert said


@given(st.text(max_size=300))
@example("\N{ALCHEMICAL SYMBOL FOR VITRIOL-2}\N{BRAILLE PATTERN DOTS-1234}")
def test_whatever_is_written_it_never_fails_and_letters_are_not_lost(text: str) -> None:
    said = spoken_form(text)
    assert not any(sign.isdecimal() for sign in said)
    if any(sign.isalnum() for sign in text):
        assert said
    assert len(said) <= 150 * (len(text) + 1)


@given(st.text(st.sampled_from("0123456789.,:/-+ $€%()amxekhKM°'\"½^@#~\\"), max_size=120))
def test_figures_in_every_disorder_are_said(text: str) -> None:
    said = spoken_form(text)
    assert not any(sign.isdecimal() for sign in said)
    assert bool(said) >= any(sign.isdecimal() for sign in text)


TABLES = [
    *[f"{name}." for name in english.ABBREVIATIONS], *english.ABBREVIATIONS, *english.UNITS, *english.CURRENCIES,
    *english.SCALES, *english.FRACTIONS, *english.NUMBERED, *english.SIGNS, *english.MONTHS_SHORT, *english.EMOTICONS,
    *english.SAID_OTHERWISE, *english.FILE_KINDS, *"IVX.,:/-–+^()[]*_#~'xXZT", " ", "\n", "http://", "www.", ".com",
    "@", "am", "p.m.", "th", "nd", "'s", "the", "in", "of", "and", "SR.", "Dt.", "12345678901234567890", "0", "007",
    "1984", "0.5", "3.14", "1,000", "26", "31", "99",
]  # fmt: skip


@given(st.lists(st.sampled_from(TABLES), max_size=15))
def test_whatever_is_put_together_of_what_it_knows_is_said(pieces: list[str]) -> None:
    text = "".join(pieces)
    said = spoken_form(text)
    assert not any(sign.isdecimal() for sign in said)
    assert bool(said) >= any(sign.isalnum() for sign in text)


HARD = [
    "9" * 20_000,
    "a." * 5_000,
    "1-" * 5_000,
    "/a" * 5_000,
    "www." * 3_000,
    "a@" * 5_000,
    "I" * 5_000,
    "A" * 5_000,
    "1 " * 5_000,
    "1/2" * 3_000,
    "[" * 5_000,
    "🎉" * 5_000,
    "a_B1" * 3_000,
    "$" * 5_000,
    "1,000" * 3_000,
    "http://" * 2_000,
    "a-" * 5_000,
    "1.1" * 3_000,
    "(555) " * 2_000,
    "+1 2" * 2_000,
    "x.com/" * 2_000,
    " " * 20_000,
    "\\" * 5_000,
]


@pytest.mark.parametrize("text", HARD, ids=lambda text: text[:8])
def test_no_text_holds_the_voice_up(text: str) -> None:
    began = time.process_time()
    spoken_form(text)
    assert time.process_time() - began < 10, "it hangs"


def test_roman_numerals_are_those_that_are_written_as_they_should_be() -> None:
    assert [roman(text) for text in ("IV", "MCMXCIV", "XLII", "IIII", "VX", "")] == [4, 1994, 42, None, None, None]
