"""Words that may not stand in a slot, whatever they stand for."""

from __future__ import annotations

import pytest

from sottovoce.agent.sentences.phrases import PhraseBook
from sottovoce.agent.sentences.refusals import is_refused

BOOK = PhraseBook(
    {
        "nameless": ("set",),
        "little": ("a",),
        "openings": ("was",),
        "openings.entry": ("next",),
        "unsaid.noted": ("and email it",),
        "hanging": ("for",),
        "other_things": ("alarm",),
        "other_things.booked": ("table",),
        "other_things.before": ("for", "i"),
        "elsewhere": ("balance",),
        "thanks": ("please",),
        "quoting": ("called",),
    }
)


@pytest.mark.parametrize(
    ("slot", "words"),
    [
        ("name", "did you set"),
        ("name2", "hold a"),
        ("plan", "was cancelled yesterday"),
        ("entry", "next match"),
        ("things", "eggs for"),
        ("noted", "my landlord and email it"),
        ("event", "alarm i set"),
        ("booked", "table for two"),
        ("mine", "bank balance"),
        ("mine", "dentist please"),
    ],
)
def test_what_is_more_of_a_sentence_or_of_another_sort_is_refused(slot: str, words: str) -> None:
    assert is_refused(BOOK, slot, words)


@pytest.mark.parametrize(
    ("slot", "words"),
    [
        ("name", "eggs"),
        ("fact", "was cancelled yesterday"),
        ("event", "next match"),
        ("plan", "table for two"),
        ("what", "look what it is for"),
        ("text", "my landlord and email it"),
        ("topic", "bank balance"),
        ("mine", "dog called please"),
        ("mine", "dentist"),
    ],
)
def test_what_its_slot_may_hold_is_not_refused(slot: str, words: str) -> None:
    assert not is_refused(BOOK, slot, words)
