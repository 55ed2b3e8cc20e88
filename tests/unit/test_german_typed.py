"""What is read out of plain German statements, and what German questions want of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.typed import TypedFact, Want
from sottovoce.language import language
from sottovoce.language.de import facts, typed

if TYPE_CHECKING:
    from sottovoce.language import analysis

AT = datetime(2026, 11, 21, 15, 5, tzinfo=UTC)
_TYPED: analysis.Typed = typed


def _fact(text: str) -> TypedFact:
    fact = typed.fact(text)
    assert fact is not None
    return fact


def test_german_reads_facts_by_itself() -> None:
    assert language("de").typed is typed


@pytest.mark.parametrize(
    ("text", "holder", "relation", "value", "positive"),
    [
        ("Meine Schwester heißt Anna.", "mein schwester", "heissen", "anna", True),
        ("mein name ist tom", "ich", "heissen", "tom", True),
        ("der name meiner schwester ist anna", "mein schwester", "heissen", "anna", True),
        ("der name von toms schwester ist anna", "tom schwester", "heissen", "anna", True),
        ("der geburtstag von anna ist am dritten mai", "anna geburtstag", "sein", "am dritten mai", True),
        ("ich habe am dritten mai geburtstag", "mein geburtstag", "sein", "am dritten mai", True),
        ("mamas geburtstag ist am dritten mai", "mein mutter geburtstag", "sein", "am dritten mai", True),
        ("ich bin geboren am dritten mai", "ich", "geboren", "am dritten mai", True),
        ("ich wurde nicht 1984 geboren", "ich", "geboren", "1984", False),
        ("ich spreche kein italienisch", "ich", "sprechen", "italienisch", False),
        ("ich habe keinen hund mehr", "ich", "haben", "hund", False),
        ("mein bruder ist nicht verheiratet", "mein bruder", "sein", "verheiratet", False),
        ("wir haben am dritten mai 2010 geheiratet", "ich", "geheiratet", "am dritten mai 2010", True),
        ("ich wohne seit 2015 in rom", "ich", "wohnen in rom", "2015", True),
        ("ich wohne seit langem in rom", "ich", "wohnen", "seit langem in rom", True),
        ("ich habe lange gewartet", "ich", "haben", "lange gewartet", True),
        ("meine miete beträgt achthundert euro", "mein miete", "beträgt", "achthundert euro", True),
        ("die miete ist achthundert euro", "miete", "sein", "achthundert euro", True),
        ("meine autos sind rot", "mein auto", "sein", "rot", True),
    ],
)
def test_a_statement(text: str, holder: str, relation: str, value: str, positive: bool) -> None:  # noqa: FBT001
    fact = _fact(text)
    assert (fact.holder, fact.relation, fact.value, fact.positive) == (tuple(holder.split()), relation, value, positive)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "wie heißt meine schwester",
        "stell einen timer",
        "es ist spät",
        "vielleicht heißt meine schwester anna",
        "hallo zusammen",
        "mein sehr altes großes rotes haus am meer ist alt",
        "ich spreche deutsch und kein englisch",
        "ich habe nicht",
        "der ist groß",
    ],
)
def test_nothing_certain(text: str) -> None:
    assert typed.fact(text) is None


@pytest.mark.parametrize(
    ("question", "want", "holder"),
    [
        ("wie viele tage sind es noch bis zu meinem geburtstag", Want.UNTIL, "mein geburtstag"),
        ("weißt du wie lange noch bis zum geburtstag meiner mutter", Want.UNTIL, "mein mutter geburtstag"),
        ("auf welchen tag fällt mein geburtstag", Want.WEEKDAY, "mein geburtstag"),
        ("auf was fällt annas geburtstag", Want.WEEKDAY, "anna geburtstag"),
        ("wie alt bin ich", Want.AGE, "ich"),
        ("wie alt ist meine mama eigentlich", Want.AGE, "mein mutter"),
        ("was ist das alter von anna", Want.AGE, "anna"),
        ("wie viele brüder habe ich", Want.COUNT, "ich"),
        ("seit wann sind wir verheiratet", Want.SINCE, "ich"),
        ("wie lange wohne ich schon in rom", Want.SINCE, "ich"),
        ("wann habe ich geburtstag", Want.VALUE, "ich"),
        ("wann ist mein geburtstag", Want.VALUE, "ich"),
        ("wann ist annas geburtstag", Want.VALUE, "anna"),
        ("wann wurde meine schwester geboren", Want.VALUE, "mein schwester"),
        ("wie groß bin ich", Want.VALUE, "ich"),
        ("wie viel wiege ich", Want.VALUE, "ich"),
        ("welche sprachen spreche ich", Want.VALUE, "ich"),
        ("spreche ich deutsch", Want.WHETHER, "ich"),
        ("spricht mein bruder deutsch", Want.WHETHER, "mein bruder"),
        ("hat anna einen hund", Want.WHETHER, "anna"),
        ("ist mein auto rot", Want.WHETHER, "mein auto"),
        ("bin ich verheiratet", Want.WHETHER, "ich"),
    ],
)
def test_a_question(question: str, want: Want, holder: str) -> None:
    wish = typed.wish(question)
    assert wish is not None
    assert (wish.want, wish.holder) == (want, tuple(holder.split()))


@pytest.mark.parametrize(
    "question",
    [
        "wie alt bist du",
        "ist es spät",
        "ist mein auto",
        "was ist liebe",
        "wie viele tage noch bis es",
        "mag ich tee",
        "wann ist mein termin",
        "wann ist geburtstag",
        "welche autos habe ich",
        "ist anna groß",
        "habe ich geburtstag heute",
    ],
)
def test_a_question_of_no_known_form(question: str) -> None:
    assert typed.wish(question) is None


def test_whose_birth_is_told() -> None:
    assert typed.born(_fact("ich bin 1984 geboren")) == ("ich",)
    assert typed.born(_fact("mein geburtstag ist der dritte mai")) == ("ich",)
    assert typed.born(_fact("meine schwester hat am dritten mai geburtstag")) == ("mein", "schwester")
    assert typed.born(_fact("mein geburtstag ist nicht der dritte mai")) is None
    assert typed.born(_fact("meine schwester ist groß")) is None


def test_days_years_and_ages() -> None:
    day = typed.day_in(_fact("ich bin am dritten mai neunzehnhundertvierundachtzig geboren"), AT)
    assert day is not None
    assert (day.day, day.year_known) == (date(1984, 5, 3), True)
    day = typed.day_in(_fact("mein geburtstag ist der dritte mai"), AT)
    assert day is not None
    assert (day.day, day.year_known) == (date(2027, 5, 3), False)
    assert typed.day_in(_fact("mein auto ist rot"), AT) is None
    assert typed.comes_again(_fact("unser hochzeitstag ist der dritte mai"))
    assert not typed.comes_again(_fact("meine prüfung ist am dritten mai"))
    assert typed.year_in(_fact("ich bin im mai 2015 nach rom gezogen")) == 2015
    assert typed.year_in(_fact("ich bin in hamburg geboren")) is None
    assert typed.years_in(_fact("mein sohn ist sieben jahre alt")) == 7
    assert typed.years_in(_fact("mein sohn ist groß")) is None
    assert typed.measures(_fact("ich wiege achtzig kilo"))
    assert not typed.measures(_fact("ich habe ein auto"))


def test_values_are_compared_bare() -> None:
    assert typed.bare("gegen Nüsse allergisch") == typed.bare("allergisch gegen nüsse")
    assert typed.bare("einen hund") == "hund"
    assert typed.bare("der") == "der"


@pytest.mark.parametrize(
    ("told", "asked", "same"),
    [
        ("ich bin 2015 nach rom gezogen", "wohnen in rom", True),
        ("ich bin 2015 nach rom gezogen", "wohnen in paris", False),
        ("ich wohne seit 2015 in rom", "wohnen", False),
        ("wir haben am dritten mai 2010 geheiratet", "sein verheiratet", True),
        ("ich rauche seit 2010", "rauchen", True),
        ("ich wohne seit 2010", "wohnen", True),
    ],
)
def test_what_is_told_of_is_what_is_asked_of(told: str, asked: str, same: bool) -> None:  # noqa: FBT001
    assert typed.of_the_same(_fact(told), asked) is same


@pytest.mark.parametrize(
    ("former", "said", "right"),
    [
        ("meine schwester heißt anna", "Nein, sie heißt Eva.", "meine schwester heißt Eva"),
        ("meine schwester heißt anna", "nicht anna, sondern eva", "meine schwester heißt eva"),
        ("ich wohne in berlin", "nein hamburg", "ich wohne in hamburg"),
        ("ich wohne in berlin", "ich meinte in hamburg", "ich wohne in hamburg"),
        ("mein sohn ist sieben jahre alt", "nein er ist acht", "mein sohn ist acht jahre alt"),
        ("mein sohn ist sieben jahre alt", "nein acht jahre alt", "mein sohn ist acht jahre alt"),
        ("mein geburtstag ist am dritten mai", "nein der vierte mai", "mein geburtstag ist der vierte mai"),
        ("ich bin am dritten mai geboren", "nein am vierten mai", "ich bin am vierten mai geboren"),
        ("ich habe am dritten mai geburtstag", "falsch am vierten mai", "ich habe am vierten mai geburtstag"),
        ("der wind weht", "nein eva", None),
        ("meine schwester heißt anna", "eva", None),
        ("meine schwester heißt anna", "nein danke", None),
        ("meine schwester heißt anna", "nein", None),
        ("meine schwester heißt anna", "nein wie spät ist es", None),
        ("meine schwester heißt anna", "nein stell einen timer", None),
        ("meine schwester heißt anna", "nein mein bruder heißt tom", None),
    ],
)
def test_a_correction(former: str, said: str, right: str | None) -> None:
    assert typed.corrected(former, said) == right
    assert typed.is_correction(said) is (right is not None or former == "der wind weht")


def test_somebody_by_another_name() -> None:
    sister = ("mein", "schwester")
    assert typed.renamed("wo wohnt anna", "anna", sister) == "wo wohnt meine schwester"
    assert typed.renamed("wann ist annas geburtstag", "anna", sister) == "wann ist meiner schwester geburtstag"
    assert typed.renamed("wo wohnt meine schwester", "anna", sister) == "wo wohnt anna"
    assert (
        typed.renamed("wann ist der geburtstag meiner schwester", "anna", sister) == "wann ist der geburtstag von anna"
    )
    assert typed.renamed("wo wohnt tom", "anna", sister) is None
    assert typed.named(_fact("meine schwester heißt anna")) == ("anna", sister)
    assert typed.named(_fact("meine brüder heißen tom und max")) is None
    assert typed.named(_fact("tom ist mein nachbar")) == ("tom", ("mein", "nachbar"))
    assert typed.named(_fact("meine schwester anna wohnt in rom")) == ("anna", sister)
    assert typed.named(_fact("meine schwester hat am dritten mai geburtstag")) is None
    assert typed.named(_fact("ich wohne in rom")) is None


def test_things_of_somebody() -> None:
    assert typed.belonging(("ich",), "brüder") == ("mein", "bruder")
    assert typed.belonging(("anna",), "brüder") == ("anna", "bruder")
    assert typed.belonging((), "brüder") == ()


@pytest.mark.parametrize(
    "text",
    [
        "ich habe zwei brüder",
        "ich habe einen hund und eine katze",
        "wir haben keinen garten",
        "ich bin 1984 geboren",
        "wir haben 2010 geheiratet",
        "ich bin 2015 nach rom gezogen",
        "tom arbeitet bei bosch",
        "anna ist meine schwester",
        "annas geburtstag ist am zehnten juni",
        "der schlüssel liegt unter der matte",
        "ich habe das auto in der garage geparkt",
        "ich rauche nicht",
    ],
)
def test_what_is_kept_without_being_asked(text: str) -> None:
    assert facts.plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "ich habe keine zeit",
        "ich habe hunger",
        "ich bin müde",
        "ich habe einen termin",
        "er wohnt in berlin",
        "das ist mein bruder",
        "heute ist mein bruder krank",
        "habe ich einen hund",
        "das treffen hat stunden gedauert",
        "und dann sind wir an den strand gefahren",
        "ich spiele jetzt mit dem hund",
        "der hund bellt die ganze nacht",
    ],
)
def test_what_is_said_on_the_way_is_not_kept(text: str) -> None:
    assert not facts.plain(text)
