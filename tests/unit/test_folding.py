"""Forms that look or mean the same are one, and a word is found inside a run of letters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain.folding import folded, indexed, pairs, readable
from sottovoce.domain.words import words_of
from sottovoce.language.en.words import key_words
from sottovoce.memory.knowledge_words import key_words_of_all, sentences


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("plain", "plain"),
        ("o\ufb03ce", "office"),
        ("\uff26\uff29\uff2c\uff25 \uff11\uff12", "FILE 12"),
        ("\uff76\uff9e\uff97\uff7d", "ガラス"),
        ("Zu\u00adsam\u00admen", "Zusammen"),
        ("in\u200bvisible\ufeff", "invisible"),
        ("a\u034fb\ufe0f", "ab"),
        ("Cre\u0300me", "Crème"),
        ("20\u00a0m²", "20 m2"),
        ("\u202eevil\u202c", "evil"),
        ("\u2460", "1"),
    ],
)
def test_what_looks_or_means_the_same_is_one(written: str, plain: str) -> None:
    assert folded(written) == plain
    assert folded(plain) == plain


@given(st.text())
def test_folding_twice_is_folding_once_and_nothing_unseen_is_left(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
    assert not any(unicodedata.category(c) == "Cf" for c in once)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("the office", ["the", "office"]),
        ("o\ufb03ce", ["office"]),
        ("给花坛浇水", ["给", "花", "坛", "浇", "水"]),
        ("Wi-Fi密码 is abc", ["Wi-Fi", "密", "码", "is", "abc"]),
        ("カ\u3099ラス", ["ガ", "ラ", "ス"]),
        ("정원사는", ["정", "원", "사", "는"]),
        ("ดีมาก", ["ดี", "ม", "า", "ก"]),
    ],
)
def test_letters_without_gaps_stand_alone_in_an_index(written: str, words: list[str]) -> None:
    assert indexed(written).split() == [unicodedata.normalize("NFKC", word) for word in words]


@given(st.text(alphabet=st.sampled_from("花坛水abc \u00ad\ufb01ガ")), st.integers(0, 9), st.integers(0, 9))
def test_any_part_of_a_run_is_a_phrase_of_its_index(text: str, begin: int, length: int) -> None:
    part = "".join(c for c in text[begin : begin + length] if c in "花坛水ガ")
    if part and part in text:
        assert f" {' '.join(indexed(part).split())} " in f" {' '.join(indexed(text).split())} "


def test_pairs_are_what_a_word_shares_with_longer_runs() -> None:
    assert pairs("花坛浇水") == ["花坛", "坛浇", "浇水"]
    assert pairs("花") == ["花"]
    assert pairs("wifi密码x") == ["wifi", "密码", "x"]
    assert pairs("office") == ["office"]
    assert pairs("") == []


def test_what_is_read_aloud_has_nothing_unseen_and_keeps_its_signs() -> None:
    assert readable("o\ufb03ce Zu\u00adsammen 20 m²") == "office Zusammen 20 m²"
    joined = "👩\u200d🔬 क्\u200cष"
    assert readable(joined) == joined
    assert readable("plain") == "plain"


def test_words_of_questions_and_files_are_folded_alike() -> None:
    assert words_of("the o\ufb03ce, Zu\u00adsammen") == ["the", "office", "zusammen"]
    assert key_words("o\ufb03ces") == key_words("office")
    assert key_words("花坛") <= key_words("园丁给花坛浇水。")
    assert sentences("园丁浇水。花坛很大。「好。」完") == ["园丁浇水。", "花坛很大。", "「好。」", "完"]


def test_a_file_is_found_by_its_words_in_every_language() -> None:
    assert {"boiler", "kessel"} <= key_words_of_all("the boiler, der Kessel")
