"""What is written in German and how it is said, and that nothing is lost."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.language.de import speech
from sottovoce.language.de.speak import words as german
from sottovoce.language.de.speech import spoken_form

if TYPE_CHECKING:
    from sottovoce.language import Speech

_SPEECH: Speech = speech
CORPUS = Path(__file__).parents[1] / "corpus" / "spoken_forms_de.tsv"
BLIND = "# Written last"


def rows(text: str) -> dict[str, str]:
    return dict(
        line.encode("latin-1", "backslashreplace").decode("unicode_escape").split("\t", 1)
        for line in text.splitlines()
        if not line.startswith("#")
    )


TUNED, _, LAST = CORPUS.read_text("utf-8").partition(BLIND)
SAID = rows(TUNED)


@pytest.mark.parametrize("text", SAID)
def test_what_is_written_is_said_as_a_german_would(text: str) -> None:
    assert spoken_form(text) == SAID[text]


def test_most_of_what_no_rule_was_made_for_is_said_so_too() -> None:
    blind = rows(LAST.partition("\n")[2])
    assert len(blind) == 31
    assert sum(spoken_form(text) == said for text, said in blind.items()) >= 26


PIECES = st.one_of(
    st.sampled_from(["apfel", "fluss", "leise", "mutter", "fenster", "sieben", "garten", "weil"]),
    st.from_regex(r"[-+]?\d{1,6}(?:[.,]\d{1,3})?(?: ?(?:km|%|GB|°C|€|h|Uhr))?", fullmatch=True),
    st.from_regex(r"\d{1,4}[-/.:]\d{1,2}(?:[-/.:]\d{1,4})?", fullmatch=True),
    st.sampled_from(
        ["Dr.", "z. B.", "5 €", "NASA", "🎉", "&", "—", "(", ")", '"', "...", "A4", "x²", "->", "№", "3. Mai"]
    ),
)


@given(st.lists(PIECES, max_size=25))
def test_every_word_is_said_in_its_order_and_every_figure_as_words(pieces: list[str]) -> None:
    text = " ".join(pieces)
    said = spoken_form(text)
    rest = iter(re.findall(r"[a-zäöüß]+", said))
    assert all(word in rest for word in pieces if re.fullmatch("[a-z]+", word)), (
        "a word is missing, or not in its place"
    )
    assert not re.search(r"[\d*_|#`~<>{}\[\]\\^=$%&@]", said)


TABLES = [
    *[f"{name}." for name in german.ABBREVIATIONS], *german.ABBREVIATIONS, *german.UNITS, *german.CURRENCIES,
    *german.SCALES, *german.FRACTIONS, *german.NUMBERED, *german.SIGNS, *german.MONTHS_SHORT, *german.EMOTICONS,
    *german.SAID_OTHERWISE, *german.FILE_KINDS, *"IVX.,:/-–+^()[]*_#~'xXZT", " ", "\n", "http://", "www.", ".de", "@",
    "Uhr", "er", "der", "am", "und", "12345678901234567890", "0", "007", "1984", "0,5", "3,14", "1.000", "26", "31",
]  # fmt: skip


@given(st.lists(st.sampled_from(TABLES), max_size=15))
def test_whatever_is_put_together_of_what_it_knows_is_said(pieces: list[str]) -> None:
    text = "".join(pieces)
    said = spoken_form(text)
    assert not any(sign.isdecimal() for sign in said)
    assert bool(said) >= any(sign.isalnum() for sign in text)


@given(st.text(max_size=300))
def test_whatever_is_written_it_never_fails_and_letters_are_not_lost(text: str) -> None:
    said = spoken_form(text)
    assert not any(sign.isdecimal() for sign in said)
    assert bool(said) >= any(sign.isalnum() for sign in text)


@pytest.mark.parametrize(
    "text",
    ["9" * 20_000, "a." * 5_000, "1-" * 5_000, "1." * 5_000, "1 " * 5_000, "z. " * 5_000, "I" * 5_000, "1.000" * 3_000],
)
def test_no_text_holds_the_voice_up(text: str) -> None:
    began = time.process_time()
    spoken_form(text)
    assert time.process_time() - began < 10, "it hangs"
