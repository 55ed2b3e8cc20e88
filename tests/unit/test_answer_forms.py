"""Whether one sentence answers: each kind of question, with a sentence that does and one that only has its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.language.en.answer_forms import answers
from sottovoce.language.en.question_forms import AnswerKind, asked, asks_of_files


def fits(question: str, sentence: str, around: str = "") -> bool:
    parts = asked(question)
    return parts is not None and answers(parts, sentence, around)


@pytest.mark.parametrize(
    ("question", "wants", "needed"),
    [
        ("what is the capital of france", AnswerKind.THING, "capital france"),
        ("what's the wifi password", AnswerKind.THING, "wifi password"),
        ("tell me the booking code of the hotel", AnswerKind.THING, "booking code hotel"),
        ("do you know what the code of the alarm is", AnswerKind.THING, "code alarm"),
        ("do you know anna's number", AnswerKind.THING, "anna's number"),
        ("so please tell me when the boiler was serviced", AnswerKind.TIME, "boiler serviced"),
        ("what day is the concert of the choir", AnswerKind.TIME, "concert choir"),
        ("at what temperature do i bake bread", AnswerKind.AMOUNT, "bake bread"),
        ("how many tablets a day may ben take", AnswerKind.AMOUNT, "tablets day ben"),
        ("how to prune roses", AnswerKind.WAY, "prune roses"),
        ("why was the boss fired", AnswerKind.REASON, "boss fired"),
        ("is the boss at home", AnswerKind.TRUTH, "boss home"),
    ],
)
def test_the_parts_of_a_question(question: str, wants: AnswerKind, needed: str) -> None:
    parts = asked(question)
    assert parts is not None
    assert parts.wants is wants
    assert " ".join(token.word for token in parts.needed) == needed


@pytest.mark.parametrize(
    "text", ["", "please", "how", "how about tea", "tell me a joke", "tell me about tea", "water the roses"]
)
def test_what_asks_for_no_fact(text: str) -> None:
    assert asked(text) is None


@pytest.mark.parametrize(
    ("question", "does", "does_not"),
    [
        ("what is the wifi password", "The wifi password is Heron-7.", "The wifi password is wrong."),
        ("what is the wifi password", "The wifi password: heron.", "The wifi password is not Heron-7."),
        ("what is the tax number", "Tax number 21/815.", "The tax number is in the blue folder."),
        (
            "what is the hotel in lisbon",
            "Casa Rio is the hotel in Lisbon.",
            "The garden of the hotel in Lisbon is 2 ha.",
        ),
        (
            "what is the price of the car",
            "The price of the car is 9000 euros.",
            "The price of the car wash is 9 euros.",
        ),
        ("what is the code of the safe", "The code of the safe in the study is 12.", "Is the code of the safe 12?"),
        ("what does the baker hate", "The baker hates rye.", "My mother hated the bread of the baker."),
        ("what is the hotel in lisbon called", "The hotel in Lisbon is called Rio.", "The hotel in Lisbon is called."),
        ("who is the boss of anna", "The boss of Anna is Carl.", "The boss of Anna was fired by Carl."),
        ("who is the boss of anna", "Carl is the boss of Anna.", "Carl is not the boss of Anna."),
        ("who is our landlady", "Our landlady is Mrs. Novak.", "Landladies: Mrs. Novak."),
        ("who has the spare key", "The spare key is with our neighbour Ruth.", "The spare key fits Ruth's door."),
        ("who has the spare key", "Ruth has the spare key.", "On Monday we had the spare key copied."),
        ("who has repaired the roof", "Mr. Lang repaired the roof.", "The roof was repaired in Rome."),
        ("who repaired the roof", "The roof was repaired by Lang.", "The boss of Lang saw the repaired roof."),
        ("who repairs the roof", "Roof repairs: Lang.", "Roof repairs: 400 euros."),
        ("who broke the train", "Eva broke the train.", "The train to Prague broke down."),
        ("who repaired the old roof", "Lang repaired the old roof.", "Lang has an old roof."),
        ("who did i lend the saw to", "I lent the saw to Paul.", "I lent the saw to nobody on Monday."),
        ("when is the meeting with anna", "Monday: meeting with Anna.", "I cancelled the meeting with Anna."),
        ("when was anna fired", "Anna was fired in May.", "Anna fired the boss in May."),
        ("when was anna fired", "They fired Anna in May.", "The boss of Anna was fired in May."),
        ("when does karl's train leave", "Karl's train leaves at 7:15.", "Karl says that the train leaves at 7:15."),
        ("when does karl's train leave", "Karl says his train leaves at 7:15.", "Karl's train leaves from here."),
        ("when do i feed the cat", "Feed the cat at seven.", "Feed the cat at 20 degrees."),
        ("where are the tyres stored", "The tyres are stored at Meyer's.", "The tyres are stored on Monday."),
        ("where is the green passport", "Put the green passport in the drawer.", "We talked of the green passport."),
        ("where is the mother of anna", "The mother of Anna is in Rome.", "We met the mother of Anna in Rome."),
        ("where are the knives sharpened", "Knives are sharpened each spring at the market.", "Knives are sharpened."),
        ("why was the boss fired", "The boss was fired because he lied.", "He left because the boss was fired."),
        ("why was the boss fired", "Because he lied, the boss was fired.", "The boss was fired since May."),
        ("why was the boss fired", "The boss was fired to save money.", "The boss was fired to great joy."),
        ("how long do i bake the bread", "Bake the bread for an hour.", "Bake the bread at 220 degrees."),
        ("how often do i oil the chain", "Oil the chain every week.", "Oil the chain at noon."),
        ("how old is the piano of ida", "The piano of Ida is 90 years old.", "The piano of Ida came 9 years ago."),
        ("how deep is lake rossa", "Lake Rossa is 30 metres deep.", "Lake Rossa: pitch 18."),
        (
            "how much is the rent of the flat",
            "The rent of the flat is 900 euros.",
            "The rent of the flat rose in 2024.",
        ),
        ("how much did the boiler cost", "The boiler cost 4000 euros.", "The boiler cost me a week in 2024."),
        ("how much do i owe erik", "I owe Erik 60 euros.", "Erik owes me 60 euros."),
        ("how many eggs for the cake", "The cake takes three eggs.", "Three friends liked the cake, and the eggs."),
        ("how many albums are in box five", "Albums: 12, in box five.", "In box five are the albums."),
        ("how many of the guests come by car", "Eight of the guests come by car.", "Guests come by car."),
        ("how do i reset the printer", "To reset the printer, hold the button.", "I hate to reset the printer daily."),
        ("how do i reset the printer", "Hold the button, then reset the printer.", "We had to reset the printer."),
        ("is anna the boss", "Anna is the boss.", "The boss of Anna was fired."),
        ("is helga the queen", "Helga: queen of May.", "Helga caught the queen."),
        ("did anna fire the boss", "Anna fired the boss.", "The boss fired Anna."),
        ("did anna fire the boss", "The boss was fired by Anna.", "The boss fired Anna."),
        ("what do i take after lunch on monday", "Take iron after lunch on Monday.", "On Monday take iron at lunch."),
    ],
)
def test_a_sentence_that_answers_and_one_that_does_not(question: str, does: str, does_not: str) -> None:
    assert (fits(question, does), fits(question, does_not)) == (True, False)


@pytest.mark.parametrize(
    ("question", "sentence", "around", "fit"),
    [
        ("when do i water the tomatoes", "Water them at noon.", "garden Tomatoes", True),
        ("when do i water the tomatoes", "Water them at noon.", "garden Roses", False),
        ("when do i bake a cake", "Bake the bread at noon.", "recipes", False),
        ("when is the meeting with anna", "The meeting with Carl is at noon.", "anna", False),
        ("when is the meeting with anna", "The meeting is at noon.", "anna", True),
        ("when is the meeting on friday", "The meeting on Monday is at noon.", "friday", True),
        ("what blood type is anna", "Type B negative.", "Blood of Anna", True),
        ("who is the vet of minka", "Dr. Sousa.", "Vet of Minka", False),
        ("who repaired the roof", "The roof by Lang.", "repaired", False),
    ],
)
def test_a_heading_adds_words_but_no_sense(question: str, sentence: str, around: str, fit: bool) -> None:  # noqa: FBT001 - a column
    assert fits(question, sentence, around) is fit


@pytest.mark.parametrize(
    ("asked_for", "told", "same"),
    [
        ("planning", "plan", True),
        ("bake", "baking", True),
        ("bake", "baker", False),
        ("bought", "buys", True),
        ("vaccinated", "vaccination", True),
        ("carried", "carry", True),
        ("lie", "lies", True),
        ("shoe", "shoes", True),
        ("cook", "cookie", False),
        ("plan", "plane", False),
    ],
)
def test_forms_of_a_word(asked_for: str, told: str, same: bool) -> None:  # noqa: FBT001 - a column
    assert fits(f"do zebras {asked_for}", f"Zebras {told}.") is same


WORDS = st.lists(
    st.sampled_from(
        "what which who when where why how many much old do does is was tell me the a my of in by with not anna's Anna "  # noqa: SIM905 - words read best as words
        "boss bread bake baked fired 40 minutes May at ten because : , = ? has after call keep 's".split()
    ),
    max_size=9,
).map(" ".join)


@given(question=WORDS, sentence=WORDS, around=WORDS)
def test_no_words_in_any_order_are_a_bug(question: str, sentence: str, around: str) -> None:
    assert fits(question, sentence, around) in (True, False)


@pytest.mark.parametrize(
    ("question", "of_files"),
    [
        ("what does my file garden say about roses", True),
        ("according to my notes who fixed the roof", True),
        ("summarize my document about the mortgage", True),
        ("quote my diary from last week", True),
        ("can you read me my notes on taxes", True),
        ("what is in my pdf about the lease", True),
        ("do my meeting notes mention the lease", True),
        ("is there anything in my notes about bees", True),
        ("how do i encrypt my files", False),
        ("where does windows keep my documents", False),
        ("where should i store my papers", False),
        ("what is a file", False),
        ("my notes say something odd", False),
        ("where can i print my documents", False),
    ],
)
def test_what_only_the_files_can_tell(question: str, of_files: bool) -> None:  # noqa: FBT001 - a column
    assert asks_of_files(question) is of_files
