"""What users say of themselves, said to them."""

from __future__ import annotations

import pytest

from sottovoce.language.de.grammar import GRAMMAR as GERMAN
from sottovoce.language.en.grammar import GRAMMAR as ENGLISH
from tests.language.german_persons import HELD, ODD, TRIED


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ich mag katzen", "du magst katzen"),
        ("Ich esse gern Kuchen.", "du isst gern Kuchen."),
        ("ich wohne in berlin", "du wohnst in berlin"),
        ("ich heiße anna", "du heißt anna"),
        ("ich arbeite und ich rechne", "du arbeitest und du rechnest"),
        ("ich sammle briefmarken", "du sammelst briefmarken"),
        ("heute habe ich frei", "heute hast du frei"),
        ("dass ich keine milch mag", "dass du keine milch magst"),
        ("meine schwester, die ich sehr liebe", "deine schwester, die du sehr liebst"),
        ("der hund, ich mag ihn", "der hund, du magst ihn"),
        ("wir haben unseren hund in bonn", "ihr habt euren hund in bonn"),
        ("wir sind umgezogen", "ihr seid umgezogen"),
        ("wir arbeiten", "ihr arbeitet"),
        ("wir handeln", "ihr handelt"),
        ("wir auch", "ihr auch"),
        ("ich die", "du hast gesagt: „Ich die“"),
        ("Mein Hund", "Dein Hund"),
        ("du bist mein freund", "ich bin dein freund"),
        ("deine stimme ist schön", "meine stimme ist schön"),
        ("", ""),
    ],
)
def test_german(said: str, told: str) -> None:
    assert GERMAN.functions["YOU"](said) == told


@pytest.mark.parametrize("said", ["ich koche und back kuchen", "du kochst und tanzt gern"])
def test_a_verb_that_goes_on_with_no_subject_is_turned_only_where_it_is_sure(said: str) -> None:
    assert said[1:] in GERMAN.functions["YOU"](said)


@pytest.mark.parametrize(("said", "told"), [*TRIED, *ODD])
def test_german_verbs_find_their_persons(said: str, told: str | None) -> None:
    assert GERMAN.functions["CLAUSE"](said) == (f"„{said[:1].upper()}{said[1:]}“" if told is None else told)


def test_quotation_marks_within_what_is_quoted() -> None:
    assert GERMAN.functions["CLAUSE"]("er sagt „ich mag dich“.") == "„Er sagt ‚ich mag dich‘“"  # noqa: RUF001 - German quotation marks


def test_what_was_never_tuned_on_is_turned_right_or_quoted() -> None:
    made = {told: GERMAN.functions["CLAUSE"](said) for said, told in HELD}
    wrong = [said for told, said in made.items() if said != told and not said.startswith("„")]
    assert wrong == []
    assert sum(told == said for told, said in made.items()) >= 14


@pytest.mark.parametrize(
    ("subordinate", "main"),
    [
        ("ich katzen mag", "ich mag katzen"),
        ("ich in berlin geboren bin", "ich bin in berlin geboren"),
        ("mein hund rex heißt", "mein hund heißt rex"),
        ("wir in bonn wohnen", "wir wohnen in bonn"),
        ("es regnet", "es regnet"),
        ("ich mag katzen", "ich mag katzen"),
        ("der schlüssel in der schublade ist", "der schlüssel ist in der schublade"),
        ("ich", "ich"),
        ("", ""),
    ],
)
def test_a_german_subordinate_clause_alone(subordinate: str, main: str) -> None:
    assert GERMAN.main_clause(subordinate) == main
    assert ENGLISH.main_clause(subordinate) == subordinate


@pytest.mark.parametrize(
    ("tag", "seconds", "words"),
    [("en", 60, "1 minute"), ("en", 172_800, "2 days"), ("de", 0.5, "1 Sekunde"), ("de", 172_800, "2 Tage")],
)
def test_a_length_of_time(tag: str, seconds: float, words: str) -> None:
    assert {"en": ENGLISH, "de": GERMAN}[tag].functions["LENGTH"](seconds) == words


def test_a_length_of_time_in_the_dative() -> None:
    assert GERMAN.functions["LENGTH"](172_800, case="dative") == "2 Tagen"


def test_a_sentence_begins_and_ends_as_one() -> None:
    assert GERMAN.functions["SENTENCE"]("du magst tee") == "Du magst tee."
    assert GERMAN.functions["CLAUSE"]("Ich mag Tee.") == "du magst Tee"
