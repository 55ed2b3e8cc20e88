"""The recovery code comes back from whatever a person makes of it, and a mistake is noticed."""

from __future__ import annotations

import itertools
import os
import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sottovoce.domain.passphrases import LEAST_CHARACTERS, MOST_CHARACTERS, normal, secret_of, weakness
from sottovoce.domain.recovery_code import (
    ALPHABET,
    CODE_CHARACTERS,
    SECRET_BYTES,
    CodeMistyped,
    decode,
    encode,
    grouped,
    normalised,
)
from sottovoce.language import shown

SECRETS = st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES)
KNOWN = bytes(range(SECRET_BYTES))


def test_a_code_stays_what_it_is() -> None:
    # Sheets outlive versions of the program.
    assert grouped(encode(KNOWN)) == "000G 40R4 0M30 E209 185G R38E 1X6W"
    assert decode("o00g-40r4-0m30-e209-l85g-r38e-1x6w") == KNOWN


def test_a_part_of_a_code_is_compared_as_it_is_written() -> None:
    assert normalised(" l85g-r38\u2013e ") == "185GR38E"
    assert normalised("o o?") == "00?"


@given(SECRETS)
def test_every_secret_comes_back(secret: bytes) -> None:
    code = encode(secret)
    assert len(code) == CODE_CHARACTERS
    assert set(code) <= set(ALPHABET)
    assert decode(code) == decode(grouped(code)) == secret


@given(SECRETS, st.data())
def test_case_spaces_dashes_and_look_alikes_do_not_matter(secret: bytes, data: st.DataObject) -> None:
    look_alikes = {"1": "1IilL", "0": "0Oo"}
    typed = ""
    for character in encode(secret):
        typed += data.draw(st.sampled_from(look_alikes.get(character, character + character.lower())))
        typed += data.draw(st.sampled_from(["", " ", "-", "\t", "\u2013", "\u00a0"]))
    assert decode(f" {typed}\n") == secret


@given(SECRETS, st.integers(0, CODE_CHARACTERS - 1), st.sampled_from(ALPHABET))
def test_any_one_wrong_character_is_noticed_for_certain(secret: bytes, place: int, wrong: str) -> None:
    code = encode(secret)
    assume(code[place] != wrong)
    with pytest.raises(CodeMistyped):
        decode(code[:place] + wrong + code[place + 1 :])


@given(SECRETS, st.integers(0, CODE_CHARACTERS - 2))
def test_any_two_swapped_neighbours_are_noticed_for_certain(secret: bytes, place: int) -> None:
    code = encode(secret)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assume(swapped != code)
    with pytest.raises(CodeMistyped):
        decode(swapped)


def test_both_hold_at_every_place_and_for_every_character() -> None:
    # The checksum is linear: what one code shows about a difference holds for all of them.
    code = encode(os.urandom(SECRET_BYTES))
    typos = [
        code[:place] + wrong + code[place + 1 :]
        for place, wrong in itertools.product(range(CODE_CHARACTERS), ALPHABET)
        if code[place] != wrong
    ]
    swaps = [
        first[:place] + first[place + 1] + first[place] + first[place + 2 :]
        for first in (encode(os.urandom(SECRET_BYTES)) for _ in range(20))
        for place in range(CODE_CHARACTERS - 1)
        if first[place] != first[place + 1]
    ]
    assert not any(_passes(wrong) for wrong in typos + swaps)


def test_other_mistakes_pass_once_in_four_thousand() -> None:
    chance, tries = random.Random(7), 12_000  # noqa: S311 - no secret, and the same ones each time
    passed = sum(_passes("".join(chance.choices(ALPHABET, k=CODE_CHARACTERS))) for _ in range(tries))
    assert 0 < passed <= 3 * tries / 4096  # expected 2.9


@given(st.text(max_size=60))
def test_anything_else_is_refused_calmly(typed: str) -> None:
    error = None
    try:
        decode(typed)
    except CodeMistyped as mistyped:
        error = mistyped
    assert error is None or str(error) == ""


@pytest.mark.parametrize("typed", ["", "0", encode(KNOWN)[:-1], encode(KNOWN) + "0", "0" * 28, "U" + encode(KNOWN)[1:]])
def test_a_part_or_more_than_a_code_is_none(typed: str) -> None:
    with pytest.raises(CodeMistyped):
        decode(typed)


def test_only_sixteen_bytes_make_a_code() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        encode(bytes(15))


def _passes(code: str) -> bool:
    try:
        decode(code)
    except CodeMistyped:
        return False
    return True


def test_a_passphrase_is_the_same_however_it_was_typed() -> None:
    assert secret_of("u\u0308ber den Wolken\r\n") == secret_of("\u00fcber den Wolken")
    assert secret_of(" leading and trailing ") != secret_of("leading and trailing")
    assert normal("\ud800") == "\ud800"
    assert secret_of("\ud800")


@pytest.mark.parametrize(
    "weak", ["", "short", "a" * 40, "abab" * 10, "x" * (LEAST_CHARACTERS - 1), "abcdef" * MOST_CHARACTERS]
)
def test_a_passphrase_found_at_once_is_refused(weak: str) -> None:
    sentence = weakness(weak)
    assert sentence
    assert not weak or weak not in shown(sentence)


@pytest.mark.parametrize(
    "good",
    [
        "correct horse battery",
        "\u6f22\u5b57\u3067\u66f8\u3044\u305f\u5408\u8a00\u8449\u3067\u3059\u3088",
        "plenty of words",
    ],
)
def test_one_that_is_long_enough_is_taken(good: str) -> None:
    assert weakness(good) is None
