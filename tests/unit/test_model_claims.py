"""A model cites no file that it never saw, and claims no act: nothing it says is done."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.agent.model import model_claims
from sottovoce.agent.model.model_claims import Checked
from sottovoce.agent.tools.saying import in_words
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.knowledge import Passage
from tests.unit.parts import english

CAN_NOT_ACT, NOT_IN_FILES = english(model_claims.CAN_NOT_ACT), english(model_claims.NOT_IN_FILES)


def passage(path: str, text: str) -> Passage:
    return Passage(number=1, document="d", path=path, place="Heating", text=text)


HOUSE = passage("home/house.md", "The boiler is serviced every October by Meyer.")
PLAN = passage("my plan.txt", "Paint the fence green.")


GERMAN = UserContext(language="de")


def checked(question: str, answer: str, *passages: Passage, context: UserContext | None = None) -> str:
    check = Checked(question, passages, context)
    return "".join(map(check.feed, answer)) + check.end()


@pytest.mark.parametrize(
    "answer",
    [
        'Your file "house.md" says: The boiler is serviced in October.',
        "According to your notes, the boiler is serviced in October.",
        "Your file house.md says:\nThe boiler is serviced every October.",
        "In plan.txt it says to paint the fence green.",
        "The my plan.txt file mentions that the fence is to be painted green.",
        "I found nothing about that in your files.",
        "I can't see that in house.md.",
        "Save the page as index.html and open it.",
        "House.md says so.",
        "Rome, I think",
    ],
)
def test_what_was_given_may_be_cited(answer: str) -> None:
    assert checked("when is the boiler serviced", answer, HOUSE, PLAN) == answer


@pytest.mark.parametrize(
    "answer",
    [
        'Your file "house.md" says: The red balloon flies over Paris tomorrow.',
        'Your file "garden.md" says: The boiler is serviced in October.',
        "greenhouse.md states that the boiler is serviced in October.",
        "According to your notes, the moon landing was in 1969.",
        "Your file house.md says:\nThe red balloon flies over Paris.",
        "As your documents show, the pin is 1234.",
    ],
)
def test_what_was_not_given_is_not_cited(answer: str) -> None:
    assert checked("what do you know", f"Well. {answer} More", HOUSE, PLAN) == f"Well. {NOT_IN_FILES} More"


def test_without_files_none_is_cited_and_it_is_said_once() -> None:
    answer = "Your file a.md says hello. Your file b.md says hello.\nAccording to your notes it rains.\nRain."
    assert checked("what", answer) == f"{NOT_IN_FILES}\n\nRain."
    assert checked("what", "From your notes: rain.\nRain.") == f"{NOT_IN_FILES}\nRain."


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("transfer ten euros to karl", "Ten euros were transferred to Karl."),
        ("water the plants at six every evening", "I'll water the plants every evening at six."),
        ("reserve a table for two", "A table has been reserved."),
        ("vacuum the living room", "Vacuuming the living room."),
        ("dial 5 5 5 for me", "I'm dialling it now."),
        ("turn on the lights", "The lights are now on."),
        ("send an email to bob", "I've sent the email to Bob."),
        ("please play jazz", "Playing jazz now."),
        ("can you book us a table", "I have booked a table for you."),
        ("open the door", "Sure!"),
        ("open the door", "Done."),
        ("could you call mom", "Okay, I will call her."),
        ("lock the door", "The door has been locked."),
        ("my flight is at nine", "I'll remember that."),
        ("my pin is 1234", "I have made a note of it."),
        ("i need milk", "I will remind you."),
        ("turn on the lights", "The lights are now on. Is there anything else? I can dim them."),
        ("call my mother", "I am a man. I am a woman."),
        ("book a table for two", "We will celebrate with a feast."),
        ("please increase the volume", "The volume of a cube is its side cubed."),
        ("set an alarm for seven", "Set an alarm for seven"),
    ],
)
def test_nothing_is_claimed_to_be_done(question: str, answer: str) -> None:
    assert checked(question, answer) == CAN_NOT_ACT


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("water or juice for a cold", "Water is fine."),
        ("order 3 and 7 and 5 by size", "3, 5, 7."),
        ("feed my curiosity about owls", "Owls turn their heads by 270 degrees."),
        ("turn on the lights", "I can't turn on lights. You can use the switch."),
        ("set theory", "Set theory is a branch of mathematics. Elements are added to sets."),
        ("add 5 and 7", "The sum of 5 and 7 is 12."),
        ("change this sentence to the past", "Sure, here it is: I went home."),
        ("how are candles made", "Wax is added and the wick is set."),
        ("who turned the lights off", "I have no idea who turned them off."),
        ("what is a note", "A note is a sound."),
        ("please add 5 and 7", "That makes 12."),
        ("play a game of twenty questions with me", "You think of a thing. I ask."),
        ("can you turn this into french", "Bonjour."),
        ("could you set out the arguments", "There are two."),
        ("open the door", "I am unable to. Ask somebody near it."),
    ],
)
def test_an_answer_that_claims_nothing_stays(question: str, answer: str) -> None:
    assert checked(question, answer) == answer


@given(st.text(alphabet=st.sampled_from("abc .!?\n。")), st.lists(st.integers(0, 30), max_size=6))
def test_an_innocent_text_comes_whole_wherever_it_is_split(text: str, cuts: list[int]) -> None:
    at = [0, *sorted(cuts), len(text)]
    check = Checked("what is this")
    said = "".join(check.feed(text[begin:end]) for begin, end in itertools.pairwise(at)) + check.end()
    assert said == text.rstrip()


def test_a_model_proposes_nothing_to_be_remembered() -> None:
    assert checked("who was caesar", "A Roman. Shall I remember that you like Rome?") == "A Roman."


def test_after_an_order_that_is_not_carried_out_nothing_more_is_said() -> None:
    check = Checked("open the door")
    assert check.feed("The door is open. ") == CAN_NOT_ACT
    assert check.over
    assert check.feed("It is a nice door. ") + check.end() == ""


HAUS = passage("home/haus.md", "Der Kessel wird jeden Oktober von Meyer gewartet.")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("stell einen wecker auf sieben", "Ich habe dir einen Wecker gestellt."),
        ("stell einen wecker auf sieben", "ich habe dir einen wecker gestellt"),
        ("stell einen wecker auf sieben", "Wecker gestellt."),
        ("stelle bitte einen wecker auf sieben", "Ich stelle dir einen Wecker."),
        ("mach das licht an", "Das Licht ist jetzt an."),
        ("mach das licht an", "Licht eingeschaltet."),
        ("schalte das licht aus", "Das Licht wurde ausgeschaltet."),
        ("schick eine mail an bob", "Die Mail an Bob habe ich abgeschickt."),
        ("spiel bitte jazz", "Klar!"),
        ("kannst du uns einen tisch buchen", "Der Tisch ist gebucht."),
        ("könntest du mama anrufen bitte", "Ich werde sie anrufen."),
        ("öffne die tür", "Erledigt."),
        ("öffne die tür", "Kein Problem!"),
        ("schließ die tür ab", "Wird gemacht."),
        ("ich brauche milch", "Ich erinnere dich daran."),
        ("meine pin ist 1234", "Das merke ich mir."),
        ("meine pin ist 1234", "Ich habe es mir gemerkt."),
        ("meine pin ist 1234", "Ich werde es mir notieren."),
        ("ruf meine mutter an", "Mütter sind wichtig."),
        ("würdest du bitte das licht ausmachen", "Gute Nacht."),
        ("stell einen wecker auf sieben", "I have set an alarm for seven."),
        ("turn on the lights", "The lights are now on."),
    ],
)
def test_nothing_is_claimed_to_be_done_in_german(question: str, answer: str) -> None:
    assert checked(question, answer, context=GERMAN) == in_words(model_claims.CAN_NOT_ACT, GERMAN)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("mach das licht an", "Ich kann kein Licht einschalten. Du kannst den Schalter nehmen."),
        ("mach mir ein gedicht", "Rosen sind rot, Veilchen sind blau."),
        ("änder diesen satz in die vergangenheit", "Gern, hier ist er: Er ging nach Haus."),
        ("wie schalte ich das licht ein", "Du drückst den Schalter, dann ist das Licht an."),
        ("wer hat das licht ausgemacht", "Das weiss ich nicht."),
        ("kannst du mir erklären wie man eine datei löscht", "Man zieht sie in den Papierkorb."),
        ("wie war es in rom", "In Rom wurde 1960 eine Bahn eröffnet."),
        ("was ist ein wecker", "Ein Wecker wird abends gestellt."),
        ("stell mir eine frage", "Wie heißt die Hauptstadt von Peru?"),
        ("öffne die tür", "Das geht leider nicht. Frag jemanden im Haus."),
    ],
)
def test_a_german_answer_that_claims_nothing_stays(question: str, answer: str) -> None:
    assert checked(question, answer, context=GERMAN) == answer


@pytest.mark.parametrize(
    "answer",
    [
        "Laut deinen Notizen wird der Kessel im Oktober gewartet.",
        "In deiner Datei haus.md steht: Der Kessel wird im Oktober gewartet.",
        "In haus.md sehe ich dazu nichts.",
        "Ich finde in deinen Notizen nichts dazu.",
        "Rom, glaube ich",
    ],
)
def test_what_was_given_may_be_cited_in_german(answer: str) -> None:
    assert checked("wann wird der kessel gewartet", answer, HAUS, context=GERMAN) == answer


@pytest.mark.parametrize(
    "answer",
    [
        "In deiner Datei haus.md steht: Der rote Ballon fliegt über Paris.",
        "Laut garten.md wird der Kessel im Oktober gewartet.",
        "In deinen Notizen steht, die Mondlandung war 1969.",
        "Ich habe in deinen Dateien gelesen, die PIN ist 1234.",
        "Aus deinen Unterlagen: PIN 1234.",
    ],
)
def test_what_was_not_given_is_not_cited_in_german(answer: str) -> None:
    said = in_words(model_claims.NOT_IN_FILES, GERMAN)
    assert checked("was weisst du", f"Gut. {answer} Mehr", HAUS, context=GERMAN) == f"Gut. {said} Mehr"


def test_a_model_proposes_nothing_to_be_remembered_in_german() -> None:
    answer = "Ein Römer. Soll ich mir merken: Du magst Rom?"
    assert checked("wer war caesar", answer, context=GERMAN) == "Ein Römer."
