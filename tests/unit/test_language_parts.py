"""What a language has of its own, and what it takes from English."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from sottovoce.language import Said, display, language, languages, speech, words
from sottovoce.language.de import grammar as german
from sottovoce.language.de import person
from sottovoce.language.en import question_forms
from sottovoce.language.en import sense as english_sense
from sottovoce.language.grammar import Grammar


def test_a_module_that_a_language_lacks_is_that_of_english() -> None:
    assert languages._part("de", "question_forms") is question_forms  # noqa: SLF001 - the one with no face
    assert language("en").sense is english_sense
    assert language("de").sense is not english_sense


def test_what_nobody_knows_to_say_is_left_to_the_voice() -> None:
    assert speech("pl") is None
    assert speech("de-AT") is not None


def test_german_grammar() -> None:
    day = date(2026, 11, 21)
    assert german.enumeration(("a", "b", "c")) == "a, b und c"
    assert german.enumeration(()) == ""
    assert (german.plural(1), german.plural(2)) == ("one", "other")
    assert german.clock(datetime(2026, 11, 21, 15, 5)) == "15:05 Uhr"  # noqa: DTZ001 - a clock
    assert german.date_in_words(day) == "Samstag, der 21. November 2026"
    assert (german.weekday(day, "short"), german.month(day, "short")) == ("Sa.", "Nov.")
    assert german.number(1234.5) == "1.234,5"
    assert [german.length(s, case) for s, case in ((172_800, "dative"), (60, "nominative"), (0, "nominative"))] == [
        "2 Tagen",
        "1 Minute",
        "1 Sekunde",
    ]
    assert person.second_person("wir wohnen in Berlin") == "ihr wohnt in Berlin"


def test_what_is_shown_follows_the_display() -> None:
    told: list[str] = []

    def broken() -> None:
        raise LookupError

    ends = [display.follow(broken), display.follow(lambda: told.append(words("no-such-message")))]
    try:
        display.show_in("de")
        display.show_in("de-AT")
        assert told == ["no-such-message"]
        assert display.shown(Said("no-such-message", {})) == "no-such-message"
    finally:
        display.show_in("en")
        for end in ends:
            end()
            end()


@pytest.mark.parametrize("tag", languages.available())
def test_a_grammar_has_all_that_the_port_names(tag: str) -> None:
    promised = {name for name in vars(Grammar) if not name.startswith("_")}
    assert promised <= set(dir(language(tag).grammar))
