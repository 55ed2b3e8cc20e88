"""German requests with their verb at the end, as templates have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sottovoce.language import language
from sottovoce.language.de import orders
from tests.language.tried import outcome
from tests.unit.parts import RECOGNIZERS

if TYPE_CHECKING:
    from sottovoce.language import analysis

_ORDERS: analysis.Orders = orders


@pytest.mark.parametrize(
    ("said", "direct"),
    [
        ("einen timer stellen", "stell einen timer"),
        ("einen timer zu stellen", "stelle einen timer"),
        ("den ton ausschalten", "schalte den ton aus"),
        ("den ton auszuschalten", "schalt den ton aus"),
        ("den ton ausschaltest", "schalt den ton aus"),
        ("den timer abbrechen", "brich den timer ab"),
        ("den timer abbrichst", "brich den timer ab"),
        ("milch auf die liste setzt", "setz milch auf die liste"),
        ("einen timer stellst", "stell einen timer"),
        ("mich um sieben erinnern", "erinnere mich um sieben"),
        ("mich um sieben erinnerst", "erinnere mich um sieben"),
        ("eine münze würfeln", "würfle eine münze"),
        ("das bitte tun", "tu das bitte"),
        ("mir die liste vorlesen", "lies mir die liste vor"),
        ("mich daran erinnern milch zu holen", "erinnere mich daran milch zu holen"),
        ("aufschreiben dass es regnet", "schreib auf dass es regnet"),
        ("und den timer löschen", "lösch den timer"),
        ("den timer kannst du löschen", "lösch den timer"),
        ("wie spät es ist", "wie spät ist es"),
        ("was auf der liste steht", "was steht auf der liste"),
        ("ob milch auf der liste steht", "steht milch auf der liste"),
        ("wie viel zehn mal drei ist", "wie viel ist zehn mal drei"),
        ("wie viele meilen zehn kilometer sind", "wie viele meilen sind zehn kilometer"),
        ("halt mal bitte die musik an", "halt die musik an"),
        ("stell mir noch einen timer", "stell einen timer"),
    ],
)
def test_the_verb_stands_in_front(said: str, direct: str) -> None:
    assert direct in list(orders.direct(said))


@pytest.mark.parametrize(
    "said",
    [
        "stellen",
        "den timer nicht löschen",
        "heute regnet es stark",
        "was regnet",
        "was ist",
        "das ist ein rest",
        "du meinst gast",
        "das ist geschützt",
        " ".join(["sehr"] * 20) + " langen timer stellen",
    ],
)
def test_what_is_left_as_it_is(said: str) -> None:
    assert list(orders.direct(said)) == []


def test_english_needs_no_other_order() -> None:
    assert list(language("en").orders.direct("can you set a timer")) == []


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("kannst du einen timer auf zehn minuten stellen", "timer.set"),
        ("könntest du mir bitte sagen wie spät es ist", "clock.time"),
        ("weißt du ob ein wecker gestellt ist", "alarm.list"),
        ("wärst du so nett den ton auszuschalten", "volume.mute"),
        ("ich möchte dass du milch auf die einkaufsliste setzt", "list.add"),
    ],
)
async def test_politeness_is_understood(said: str, intent: str) -> None:
    assert (await outcome("de", (), said)).intent == intent


@pytest.mark.parametrize("said", ["lösch den timer nicht", "kannst du den timer nicht löschen"])
async def test_what_is_denied_is_not_done(said: str) -> None:
    assert (await outcome("de", (), said)).intent != "timer.cancel"


def test_phrases_are_folded_as_sentences_are() -> None:
    assert "wie spät ist es" in list(RECOGNIZERS.of("de")._wordings("weißt du wie spät es ist"))  # noqa: SLF001


async def test_two_requests_are_no_things_of_a_list() -> None:
    both = await outcome("de", (), "stell einen timer auf fünf minuten und setz milch auf die einkaufsliste")
    assert "5 Minuten" in both.text
    assert "milch" in both.text


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("hab ich nen wecker", "habe ich einen wecker"),
        ("was steht aufm einkaufszettel", "was steht auf dem einkaufszettel"),
        ("könnten sie die lautstärke verringern", "könntest du die lautstärke verringern"),
        ("stellen Sie bitte einen timer", "stell einen timer"),
        ("bitte merken sie sich das", "bitte merk dir das"),
        ("können sie sich das merken", "kannst du dir das merken"),
        ("weil sie mag", "weil sie mag"),
        ("sag es ihnen", "sag es ihnen"),
    ],
)
def test_what_is_said_is_put_as_it_is_written(said: str, written: str) -> None:
    """What is swallowed, what is said in one, and what a stranger is asked."""
    assert _ORDERS.written(said) == written


@pytest.mark.parametrize(
    "said",
    [
        "lösch den timer nicht mehr",
        "alle timer bitte nicht löschen",
        "schalt den wecker nicht aus",
        "den wecker für morgen nicht löschen",
        "mach den ton nicht aus",
        "die musik nicht lauter machen",
        "schalt die benachrichtigungen nicht aus",
        "überspring das lied nicht",
        "sperr den bildschirm nicht",
        "nimm die milch nicht von der einkaufsliste",
        "lösch die einkaufsliste nicht",
        "lösch die einkaufsliste nicht mehr",
        "lösch die erinnerung an den zahnarzt nicht",
        "die notiz zum tüv nicht löschen",
        "halt die stoppuhr nicht an",
    ],
)
async def test_nothing_denied_is_done_in_any_order_of_words(said: str) -> None:
    """Its cues are all there, and so is the word that turns them round."""
    came = await outcome("de", (), said)
    assert came.intent in {"", "memory.tell"} or not came.served, came


@pytest.mark.parametrize(
    ("said", "never"),
    [
        ("die liste baumarkt kann komplett weg lösch sie", "note.delete"),  # which, says only the remark
        ("gestern hab ich den timer für die nudeln vergessen", "memory.forget"),  # told, not asked for
        ("der kollege hat die erinnerung gelöscht", "reminder.cancel"),
        ("ich habe mir gestern einen neuen wecker gekauft", "alarm.set"),
    ],
)
async def test_what_is_told_of_is_not_done(said: str, never: str) -> None:
    """Its words are those of a request, and nobody asks for anything, or not for that."""
    assert (await outcome("de", (), said)).intent != never
