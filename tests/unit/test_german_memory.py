"""What German sentences tell, whose it is, and what answers a German question."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain.contexts import UserContext
from sottovoce.domain.facts import MOST_SUBJECT_CHARS
from sottovoce.domain.holders import Holder
from sottovoce.domain.memories import MemoryKind
from sottovoce.language.de import days, facts, holders, questions, recollection, sense, statements, words

if TYPE_CHECKING:
    from sottovoce.language import analysis

FACT, LIKE, DISLIKE, PERSON = MemoryKind.FACT, MemoryKind.LIKE, MemoryKind.DISLIKE, MemoryKind.PERSON

_WORDS: analysis.Words = words
_STATEMENTS: analysis.Statements = statements
_FACTS: analysis.Facts = facts
_HOLDERS: analysis.Holders = holders
_SENSE: analysis.Sense = sense
_DAYS: analysis.Days = days
_QUESTIONS: analysis.Questions = questions
_RECOLLECTION: analysis.Recollection = recollection


@pytest.mark.parametrize(
    ("text", "kind", "subject", "tastes"),
    [
        ("ich mag katzen", LIKE, "taste: katzen", ("katzen",)),
        ("Ich mag Katzen sehr.", LIKE, "taste: katzen", ("katzen",)),
        ("ich hasse montage", DISLIKE, "taste: montage", ("montage",)),
        ("ich liebe den Sommer über alles", LIKE, "taste: sommer", ("sommer",)),
        ("ich mag keinen Kaffee", DISLIKE, "taste: kaffee", ("kaffee",)),
        ("ich mag keinen Kaffee mehr", DISLIKE, "taste: kaffee", ("kaffee",)),
        ("ich mag Kaffee überhaupt nicht", DISLIKE, "taste: kaffee", ("kaffee",)),
        ("ich mag Kaffee nicht mehr", DISLIKE, "taste: kaffee", ("kaffee",)),
        ("ich mag keine Hunde und Katzen", DISLIKE, "taste: hunde und katzen", ("hunde", "katzen")),
        ("ich mag weder Tee noch Kaffee", DISLIKE, "taste: tee und kaffee", ("tee", "kaffee")),
        ("ich hasse Kaffee nicht", FACT, "taste: kaffee", ()),
        ("ich kann Spinnen nicht leiden", DISLIKE, "taste: spinnen", ("spinnen",)),
        ("ich trinke gern Tee", LIKE, "taste: tee", ("tee",)),
        ("ich trinke nicht gerne Tee", DISLIKE, "taste: tee", ("tee",)),
        ("ich spiele gern Schach", LIKE, "taste: schach spielen", ("schach spielen",)),
        ("ich tanze gern", LIKE, "taste: tanzen", ("tanzen",)),
        ("ich habe meine Oma gern", LIKE, "taste: meine oma", ("meine oma",)),
        ("ich bin ein großer Fan von Queen", LIKE, "taste: queen", ("queen",)),
        ("ich bin kein Fan von Queen", DISLIKE, "taste: queen", ("queen",)),
        ("mir gefällt Berlin", LIKE, "taste: berlin", ("berlin",)),
        ("mir schmeckt Fisch nicht", DISLIKE, "taste: fisch", ("fisch",)),
        ("Fisch schmeckt mir nicht", DISLIKE, "taste: fisch", ("fisch",)),
        ("Berlin gefällt mir sehr gut", LIKE, "taste: berlin", ("berlin",)),
        ("ich finde Jazz toll", LIKE, "taste: jazz", ("jazz",)),
        ("ich finde Jazz nicht gut", DISLIKE, "taste: jazz", ("jazz",)),
        ("ich finde Jazz langweilig", DISLIKE, "taste: jazz", ("jazz",)),
        ("ich finde Jazz nicht schlecht", FACT, "taste: jazz", ()),
        ("ich mag Tee und keinen Kaffee", LIKE, "said: ich mag tee und keinen kaffee", ()),
        ("ich mag Tee und Kaffee nicht", LIKE, "said: ich mag tee und kaffee nicht", ()),
        ("ich mag Tee aber keinen Kaffee", LIKE, "said: ich mag tee aber keinen kaffee", ()),
        ("ich mag nicht mehr Tee", DISLIKE, "taste: tee", ("tee",)),
        ("ich mag ungern Tee", LIKE, "said: ich mag ungern tee", ()),
        ("ich mag nicht nur Tee", LIKE, "said: ich mag nicht nur tee", ()),
        ("ich mag nicht alle Hunde", DISLIKE, "said: ich mag nicht alle hunde", ()),
        ("ich mag Kaffee nur mit Milch", LIKE, "said: ich mag kaffee nur mit milch", ()),
        ("ich mag es nicht wenn es regnet", DISLIKE, "said: ich mag es nicht wenn es regnet", ()),
        ("ich mag Tee oder Kaffee", LIKE, "said: ich mag tee oder kaffee", ()),
        ("ich mag lieber Tee als Kaffee", LIKE, "said: ich mag lieber tee als kaffee", ()),
        ("ich liebe dich", LIKE, "taste: dich", ()),
        ("ich mag nicht", DISLIKE, "said: ich mag nicht", ()),
        ("ich hätte gern einen Hund", FACT, "said: ich hätte gern einen hund", ()),
        ("ich bin gern allein", FACT, "said: ich bin gern allein", ()),
        ("ich habe gern", FACT, "said: ich habe gern", ()),
        ("vielleicht mag ich Tee", FACT, "said: vielleicht mag ich tee", ()),
        ("meine Schwester mag Tee", FACT, "said: meine schwester mag tee", ()),
        ("was mir schmeckt gefällt mir", FACT, "said: was mir schmeckt gefällt mir", ()),
    ],
)
def test_a_german_taste_is_never_turned_round(
    text: str, kind: MemoryKind, subject: str, tastes: tuple[str, ...]
) -> None:
    fact = facts.told_by(text)
    assert (fact.kind, fact.subject, fact.tastes) == (kind, subject, tastes)


@pytest.mark.parametrize(
    ("text", "kind", "subject"),
    [
        ("meine Schwester heißt Anna", PERSON, "name schwester"),
        ("der Name meiner Schwester ist Anna", PERSON, "name schwester"),
        ("meine Mama heißt Ute", PERSON, "name mutter"),
        ("mein Auto heißt Rex", FACT, "name auto"),
        ("mein Hund heißt Rex", FACT, "said: mein hund heisst rex"),
        ("meine Schwester heißt nicht Anna", FACT, "said: meine schwester heisst nicht anna"),
        ("meine Schwester ist krank", PERSON, "mein schwester how"),
        ("meine Schwester ist 30 Jahre alt", PERSON, "mein schwester jahre alt"),
        ("meine Schwester ist eine Ärztin", PERSON, "mein schwester ein"),
        ("mein Chef ist Herr Müller", PERSON, "mein chef"),
        ("der Chef ist Herr Müller", FACT, "das chef"),
        ("unser Lehrer ist nett", PERSON, "unser lehrer how"),
        ("mein Auto ist rot", FACT, "mein auto"),
        ("mein Auto ist nicht rot", FACT, "said: mein auto ist nicht rot"),
        ("mein Freund ist Tom", FACT, "said: mein freund ist tom"),
        (
            "mein Name ist schwierig auszusprechen und lang",
            FACT,
            "said: mein name ist schwierig auszusprechen und lang",
        ),
        ("der Schlüssel ist unter der Matte", FACT, "das schlüssel wo"),
        ("das Treffen ist am Montag", FACT, "das treffen am"),
        ("das Treffen ist seit Montag", FACT, "das treffen seit"),
        ("ich wohne in Berlin", FACT, "ich wohne"),
        ("ich lebe jetzt in Köln", FACT, "ich wohne"),
        ("ich wohne mit meiner Schwester zusammen", FACT, "ich wohne mit"),
        ("ich wohne gemütlich", FACT, "said: ich wohne gemütlich"),
        ("ich wohne nicht in Berlin", FACT, "said: ich wohne nicht in berlin"),
        ("ich arbeite bei Siemens", FACT, "ich arbeite"),
        ("ich arbeite als Lehrer", FACT, "ich arbeite als"),
        ("ich bin nach Hamburg gezogen", FACT, "ich wohne"),
        ("ich bin 42", FACT, "ich jahre alt"),
        ("ich bin zweiundvierzig Jahre alt", FACT, "ich jahre alt"),
        ("mein Geburtstag ist am 3. Mai", FACT, "geburtstag ich"),
        ("ich habe am 3. Mai Geburtstag", FACT, "geburtstag ich"),
        ("am 3. Mai habe ich Geburtstag", FACT, "geburtstag ich"),
        ("meine Frau hat am 4. Mai Geburtstag", PERSON, "geburtstag frau"),
        ("am 4. Mai hat meine Frau Geburtstag", PERSON, "geburtstag frau"),
        ("am 4. Mai ist der Geburtstag meiner Frau", PERSON, "geburtstag frau"),
        ("der Geburtstag meiner Frau ist am 4. Mai", PERSON, "geburtstag frau"),
        ("meine Frau hat Geburtstag", FACT, "said: meine frau hat geburtstag"),
    ],
)
def test_what_german_sentences_tell_takes_the_place_of_the_same(text: str, kind: MemoryKind, subject: str) -> None:
    fact = facts.told_by(text)
    assert (fact.kind, fact.subject) == (kind, subject)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ich heiße Tom", "Tom"),
        ("Mein Name ist Anna Maria.", "Anna Maria"),
        ("nenn mich Tom", "Tom"),
        ("du kannst mich Tom nennen", "Tom"),
        ("alle nennen mich Tommy", "Tommy"),
        ("ich heiße nicht Tom", ""),
        ("ich heiße morgen anders", ""),
        ("mein Name ist geheim", ""),
        ("meine Schwester heißt Anna", ""),
    ],
)
def test_what_the_user_is_called(text: str, name: str) -> None:
    assert facts.told_by(text).display_name == name


def test_a_favourite_is_a_preference() -> None:
    assert facts.told_by("meine Lieblingsfarbe ist Blau").preference == ("lieblingsfarbe", "Blau")
    assert facts.told_by("mein Lieblingslied heißt Heroes").preference == ("lieblingslied", "Heroes")
    assert (
        facts.told_by("meine Lieblingsfarbe ist Blau").subject == facts.told_by("meine Lieblingsfarbe ist rot").subject
    )
    assert len(facts.told_by(f"meine {'x' * 200} ist rot").subject) == MOST_SUBJECT_CHARS


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("ich kann Spinnen nicht leiden", "ich kann spinnen nicht leiden"),
        ("mir gefällt Berlin", "mir gefällt berlin"),
        ("meine Schwester mag Pferde", "pferde"),
        ("der Chef meiner Frau heißt Max", "max"),
        ("das Auto ist rot", ""),
        ("ich gehe jetzt", ""),
        ("mag ich Tee?", ""),
        ("mach mir Tee", ""),
    ],
)
def test_plain_statements_that_no_template_knows(text: str, what: str) -> None:
    assert facts.plain(text) == what


def test_what_only_names_something_is_bare() -> None:
    assert facts.is_bare("meine Schwester")
    assert not facts.is_bare("meine Schwester heißt Anna")
    assert not facts.is_bare("meine Schwester mag Tee")


@pytest.mark.parametrize(
    ("text", "path", "own"),
    [
        ("ich mag Tee", (), True),
        ("du bist nett", (("du",),), False),
        ("meine Schwester heißt Anna", (("schwester",),), True),
        ("meine ältere Schwester heißt Anna", (("älter", "schwester"),), True),
        ("mein alter Chef", (("alt", "chef"),), True),
        ("der Chef meiner Frau heißt Max", (("frau",), ("chef",)), True),
        ("der Chef von meiner Frau heißt Max", (("frau",), ("chef",)), True),
        ("der Chef von Anna heißt Max", (("anna",), ("chef",)), False),
        ("Annas Chef ist nett", (("anna",), ("chef",)), False),
        ("die Freundin des Bruders ist nett", (("bruder",), ("freundin",)), False),
        ("meine Freundin Annas Chef", (("freundin",),), True),
        ("das Auto meines Bruders ist rot", (("bruder",),), True),
        ("mein Auto ist rot", (), True),
        ("das Auto ist rot", (), False),
        ("wann hat meine Frau Geburtstag", (("frau",),), True),
        ("wie heißt die Frau meines Bruders", (("bruder",), ("frau",)), True),
        ("Schwester von mir", (("schwester",),), True),
        ("Mama ist krank", (("mutter",),), False),
        ("Hunde von Anna", (("anna",), ("hund",)), False),
        ("es regnet", (), False),
    ],
)
def test_whose_something_is(text: str, path: tuple[tuple[str, ...], ...], own: bool) -> None:  # noqa: FBT001
    assert holders.holder_of(text) == Holder(path, own=own)


def test_a_former_boss_is_another_one() -> None:
    boss = holders.holder_of("mein Chef")
    assert not holders.holder_of("mein alter Chef heißt Max").answers(boss)
    assert holders.holder_of("mein netter Chef heißt Max").answers(boss)
    assert not holders.holder_of("der Chef meiner Frau heißt Max").answers(boss)


def test_all_of_whom_a_statement_tells() -> None:
    told = holders.holders_in("meine Schwester hasst Pferde und mein Bruder liebt sie")
    assert [one.path for one in told] == [(("schwester",),), (("bruder",),)]
    assert [one.path for one in holders.holders_in("der Chef meiner Frau heißt Max")] == [(("frau",), ("chef",))]
    assert [one.path for one in holders.holders_in("ich gebe meiner Schwester Geld")] == [(), (("schwester",),), ()]
    assert Holder() in holders.holders_in("das alte Rezept ist in Omas Buch")
    assert [one.path for one in holders.holders_in("Grüße von meiner Frau")] == [(("frau",),)]


def test_somebody_is_looked_for_by_all_names() -> None:
    assert {"mutter", "mama"} <= set(holders.in_other_words("wann hat Mama Geburtstag").split())


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("dass ich Katzen mag", "ich mag Katzen"),
        ("ich katzen mag", "ich mag katzen"),
        ("dass meine kleine Schwester Anna heißt", "meine kleine Schwester heißt Anna"),
        ("dass wir in Berlin wohnen", "wir wohnen in Berlin"),
        ("dass Anna krank ist.", "Anna ist krank."),
        ("dass der Chef meiner Frau Max heißt", "der Chef meiner Frau heißt Max"),
        ("übrigens, ich wohne in Berlin, danke", "ich wohne in Berlin"),
        ("das Auto ist rot", "das Auto ist rot"),
        ("nein, ich heiße Tom", "ich heiße Tom"),
        ("ich bin, weißt du, müde", "ich bin müde"),
        ("Milch zu kaufen", "Milch zu kaufen"),
        ("ich will Tee trinken", "ich will Tee trinken"),
        ("ich weiß, dass er kommt", "ich weiß, dass er kommt"),
        ("ich Tee trinken", "ich Tee trinken"),
        ("müde ist", "müde ist"),
        ("ich mag bitte", "ich mag bitte"),
        ("", ""),
        ("mein", "mein"),
    ],
)
def test_what_is_stated(said: str, fact: str) -> None:
    assert statements.stated(said) == fact


def test_clauses_stand_alone() -> None:
    told = "ich mag Tee und meine Schwester heißt Anna"
    assert statements.clauses(told) == ("ich mag Tee", "meine Schwester heißt Anna")
    assert statements.clauses("ich mag Tee und mach das Licht an") == ("ich mag Tee", "mach das Licht an")
    assert statements.clauses("ich mag Tee, wie spät ist es?") == ("ich mag Tee", "wie spät ist es?")
    for whole in (
        "ich mag Tee und keinen Kaffee",
        "ich mag Tee und meine Schwester auch",
        "ich mag Tee und mein Bruder schon",
        "ich mag Tee weil ich müde bin und mein Bruder mag Milch",
        "mein Hund bellt und er ist laut",
        "und, ich bin da und",
        "ich bin ich, ich bin du, ich bin wir, ich bin da, ich bin weg",
    ):
        assert statements.clauses(whole) == (whole,)


@pytest.mark.parametrize(
    "text", ["mach das Licht an", "bitte stell einen Wecker", "kannst du Musik spielen", "Licht ausschalten"]
)
def test_commands(text: str) -> None:
    assert statements.is_command(text) or text.startswith("kannst")


@pytest.mark.parametrize(
    "text",
    [
        "was mag ich",
        "mag ich Katzen",
        "wann hat meine Frau Geburtstag",
        "wie alt bin ich",
        "welche Farbe hat mein Auto",
        "ist mein Auto rot",
        "hast du das gehört",
        "ich mag Tee?",
    ],
)
def test_questions(text: str) -> None:
    assert statements.is_question(text)
    assert statements.asks(text)


def test_what_is_no_question() -> None:
    for text in ("was ich mag ist Tee", "ich mag Tee", "meine Schwester ist krank", "ist", ""):
        assert not statements.is_question(text)
        assert not statements.asks(text)
    assert statements.asks("sag mir wer mein Chef ist")
    assert statements.asks("weißt du noch wo ich wohne")
    assert statements.asks("wo mein Auto steht")


def test_what_is_to_be_done_is_no_fact() -> None:
    assert statements.is_to_do("Milch zu kaufen")
    assert statements.is_to_do("Mama anzurufen")
    assert not statements.is_to_do("ich habe Milch zu kaufen")
    assert not statements.is_to_do("Tee ist gut")


NOW = datetime(2026, 11, 30, 10)  # noqa: DTZ001 - a day


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("morgen um neun habe ich Zahnarzt", "am Dienstag, dem 1. Dezember 2026, um neun habe ich Zahnarzt"),
        ("ich habe morgen Abend Training", "ich habe am Dienstag, dem 1. Dezember 2026, abends Training"),
        ("übermorgen ist mein Geburtstag.", "am Mittwoch, dem 2. Dezember 2026, ist mein Geburtstag."),
        ("ich war gestern im Kino", "ich war am Sonntag, dem 29. November 2026, im Kino"),
        ("ich bin bis morgen weg", "ich bin bis Dienstag, den 1. Dezember 2026, weg"),
        ("der Termin ist in drei Tagen", "der Termin ist am Donnerstag, dem 3. Dezember 2026"),
        ("vor 2 Wochen war ich krank", "am Montag, dem 16. November 2026, war ich krank"),
        ("nächsten Montag fliege ich", "am Montag, dem 7. Dezember 2026, fliege ich"),
        ("letzten Sonnabend", "am Samstag, dem 28. November 2026"),
        ("letzten Montag", "am Montag, dem 23. November 2026"),
        ("am kommenden Dienstag Abend", "am Dienstag, dem 1. Dezember 2026, abends"),
        ("nächste Woche habe ich Urlaub", "in der Woche vom 7. Dezember 2026 habe ich Urlaub"),
        ("nächsten Monat", "im Dezember 2026"),
        ("nächstes Jahr heirate ich", "im Jahr 2027 heirate ich"),
        ("in einem Monat", "im Dezember 2026"),
        ("vor drei Jahren", "im Jahr 2023"),
        ("jeden Morgen trinke ich Tee", "jeden Morgen trinke ich Tee"),
        ("mein Lieblingsfilm ist Übermorgen", "mein Lieblingsfilm ist Übermorgen"),
        ("das heute journal läuft um acht", "das heute journal läuft um acht"),
        ("die morgen ausgabe ist da", "die morgen ausgabe ist da"),
        ("mein heute plan", "mein heute plan"),
        ("der letzte Freitag im Mai ist frei", "der letzte Freitag im Mai ist frei"),
        ("ich habe das heute gemacht", "ich habe das am Montag, dem 30. November 2026, gemacht"),
        ("es ist Anna, die heute kommt", "es ist Anna, die am Montag, dem 30. November 2026, kommt"),
    ],
)
def test_days_are_told_by_their_dates(text: str, told: str) -> None:
    assert days.resolved(text, NOW) == told


def test_what_tells_of_a_coming_day() -> None:
    for text in ("morgen", "heute um acht", "nächste Woche", "in zwei Tagen"):
        assert days.names_a_coming_day(text)
    for text in ("gestern", "heute", "ich mag Tee"):
        assert not days.names_a_coming_day(text)


def test_a_found_fact_is_one_clause_of_what_was_said() -> None:
    assert sense.keeps_sense("ich mag Tee", "Gestern war es kalt, ich mag Tee.")
    for said in ("vielleicht mag ich Tee", "ich mag keinen Tee", "mag ich Tee?", "meine Frau mag Tee"):
        assert not sense.keeps_sense("ich mag Tee", said)


def test_what_asks_of_files() -> None:
    for asked in ("was steht in meinen Notizen über Tomaten", "laut meinen Unterlagen", "lies mir meine Notizen vor"):
        assert questions.asks_of_files(asked)
    assert not questions.asks_of_files("wo wohne ich")
    assert not questions.answers("wo wohne ich", "Ich wohne in Berlin.")


def test_one_form_for_one_and_several() -> None:
    for one, other in (
        ("Tomate", "Tomaten"),
        ("Haus", "Häuser"),
        ("Kind", "Kindern"),
        ("Auto", "Autos"),
        ("Hund", "Hunde"),
    ):
        assert words.key_words(one) == words.key_words(other)
    assert words.key_words("Was steht in meinen Dateien über Tomaten?") == {"tomat"}
    assert words.key_words("Haus und Maus") == {"haus", "maus"}


def test_words_that_name_something() -> None:
    assert words.content_words("der Name meines Hundes") == "Name Hundes"
    assert words.without_smiles("ich mag Tee 🙂") == "ich mag Tee"
    assert words.without_smiles("ich mag 🍕") == "ich mag 🍕"


@pytest.mark.parametrize(
    ("told", "asked", "topic", "verdict"),
    [
        ("ich mag Katzen", "mag ich Katzen", "Katzen", True),
        ("ich mag Katzen", "hasse ich Katzen", "Katzen", False),
        ("ich mag keine Katzen", "mag ich Katzen", "Katzen", False),
        ("ich hasse Katzen", "hasse ich Katzen", "Katzen", True),
        ("ich mag Katzen", "liebe ich Katzen", "Katzen", None),
        ("ich liebe Katzen", "liebe ich Katzen", "Katzen", True),
        ("ich mag Katzen", "mag ich Hunde", "Hunde", None),
        ("ich mag Tee aber keinen Kaffee", "mag ich Kaffee", "Kaffee", None),
        ("ich mag Katzen", "mag ich das wenn", "das, wenn es regnet", None),
    ],
)
def test_yes_and_no_only_where_it_was_told(told: str, asked: str, topic: str, verdict: bool | None) -> None:  # noqa: FBT001
    assert recollection.verdict(told, asked, topic) is verdict


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("wie heißt meine Schwester?", "meine Schwester heißt Anna"),
        ("wann hat meine Frau Geburtstag", "meine Frau hat am 4. Mai Geburtstag"),
        ("wann ist der Geburtstag meiner Frau", "meine Frau hat am 4. Mai Geburtstag"),
        ("wann habe ich Geburtstag", "mein Geburtstag ist am 3. Mai"),
        ("wie heiße ich", "ich heiße Tom"),
        ("weißt du wie alt ich bin", ""),
        ("wie alt bin ich", "ich bin 42 Jahre alt"),
        ("wo wohne ich", "ich wohne in Berlin"),
        ("wo arbeite ich", "ich arbeite bei Siemens"),
        ("wo ist mein Schlüssel", "mein Schlüssel ist unter der Matte"),
        ("was ist meine Lieblingsfarbe", "meine Lieblingsfarbe ist Blau"),
        ("wer ist mein Chef", "mein Chef ist Herr Müller"),
    ],
)
def test_a_question_is_about_the_same_as_its_answer(question: str, statement: str) -> None:
    asked, _, told = recollection.about("etwas", question)
    if statement:
        assert facts.told_by(told).subject == facts.told_by(statement).subject
        assert holders.holder_of(statement).answers(holders.holder_of(asked))
        assert recollection.has(statement, recollection.needed(asked)) or "alt" in question or "wo" in question
    else:
        assert told == "etwas"


@pytest.mark.parametrize(
    ("question", "fits", "other"),
    [
        (
            "wann hat meine Frau Geburtstag",
            "meine Frau hat am 4. Mai Geburtstag",
            "meine Mutter hat am 5. Mai Geburtstag",
        ),
        ("wer hat den Rasenmäher", "Tom hat den Rasenmäher", "Tom hat den Hammer"),
        ("welche Farbe hat mein Auto", "mein Auto ist rot", "mein Auto ist schnell"),
        ("wo habe ich den Schlüssel hingelegt", "der Schlüssel liegt im Flur", "der Hammer liegt im Flur"),
        ("wer ist Anna", "meine Schwester heißt Anna", "meine Schwester heißt Ute"),
        ("wie heiße ich", "ich heiße Tom", "meine Schwester heißt Anna"),
        ("wann habe ich Zahnarzt", "am Montag habe ich Zahnarzt", "am Montag habe ich Training"),
        ("was esse ich nicht", "ich esse nie Fisch", "ich esse Fisch"),
    ],
)
def test_what_was_told_of_the_same_answers(question: str, fits: str, other: str) -> None:
    wanted = recollection.wanted(question)
    assert wanted is not None
    assert wanted.fits(fits)
    assert not wanted.fits(other)
    assert wanted.other_forms


def test_what_nothing_told_can_answer() -> None:
    for question in ("ich mag Tee", "was kannst du", "wer bist du", "was ist das"):
        assert recollection.wanted(question) is None


def test_a_later_denial_takes_back() -> None:
    assert recollection.takes_back("ich wohne nicht mehr in Berlin", "ich wohne in Berlin")
    assert recollection.takes_back("ich rauche", "ich rauche nicht")
    assert not recollection.takes_back("ich wohne nicht mehr in Berlin", "meine Frau wohnt in Berlin")
    assert not recollection.takes_back("vielleicht wohne ich nicht in Berlin", "ich wohne in Berlin")
    assert not recollection.takes_back("ich wohne in Berlin", "ich wohne in Köln")


def test_tastes_are_ones_own() -> None:
    assert recollection.is_own_taste("ich mag Kuchen", "Kuchen")
    assert not recollection.is_own_taste("meine Frau mag Kuchen", "Kuchen")
    assert not recollection.is_own_taste("ich mag den Kuchen meiner Oma", "den Kuchen meiner Mutter")


def test_likes_are_told_by_their_things() -> None:
    assert recollection.liked("Ich mag sehr Katzen") == "Katzen"
    assert recollection.liked("ich mag keine Katzen") == ""
    assert recollection.liked("ich trinke gern Tee") == ""
    assert recollection.leaves_out("ich mag Tee aber keine Milch")
    assert not recollection.leaves_out("ich mag Tee")
    assert recollection.where("wohne") == ("wo wohne ich", "wo ich wohne", "ich wohne in x")
    assert recollection.wants_all("was weißt du über meine Schwester")
    assert not recollection.wants_all("wie heißt meine Schwester")


def test_german_words_are_no_topics() -> None:
    assert {"nicht", "danke", "heute"} <= words.NO_TOPICS
    assert words.ABBREVIATION.search("z. B")
    assert UserContext().language == "en"
