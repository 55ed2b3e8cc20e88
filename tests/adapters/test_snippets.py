"""What a search found, shown in the text as it was said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.adapters.store.rows.snippets import AFTER_CHARS, BEFORE_CHARS, snippet


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("the o\ufb03ce is closed", ["office"], "the [o\ufb03ce] is closed"),
        ("crème brûlée", ["CREME"], "[crème] brûlée"),
        ("Zu\u00adsammen, zusam", ["zusammen"], "[Zu\u00adsammen], zusam"),
        ("园丁给花坛浇水、花坛", ["花坛"], "园丁给[花坛]浇水、[花坛]"),
        ("WiFi密码是abc", ["密码", "a"], "WiFi[密码]是[abc]"),
        ("this is his, is it", ["is", "it"], "this [is] his, [is] [it]"),
        ("a train, trains", ["train"], "a [train], [trains]"),
        ("trains on a train", ["train", "on"], "trains [on] a [train]"),
        ("nothing here", ["else"], "nothing here"),
        ("nothing here", ["\u200b"], "nothing here"),
    ],
)
def test_matches_are_marked_where_they_stand(text: str, words: list[str], shown: str) -> None:
    assert snippet(text, words, "[", "]") == shown


def test_a_long_text_is_cut_around_the_first_match() -> None:
    shown = snippet("word " * 99 + "花坛 " + "word " * 99, ["花坛"], "[", "]")
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert "[花坛]" in shown
    assert len(shown) <= BEFORE_CHARS + AFTER_CHARS + 4


@given(st.text(), st.lists(st.text(), min_size=1))
def test_a_snippet_adds_nothing_but_its_marks(text: str, words: list[str]) -> None:
    shown = snippet(text, words, "\ufdd0", "\ufdd1").replace("\ufdd0", "").replace("\ufdd1", "")
    assert "".join(shown.removesuffix("…").removeprefix("…").split()) in "".join(text.split()) + "…"
