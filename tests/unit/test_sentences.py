import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.language.de import speech as german
from sottovoce.language.en import speech
from sottovoce.talk.sentences import LONGEST, LONGEST_S, Sentences, spoken_s


def split(*pieces: str) -> list[str]:
    sentences = Sentences(speech)
    return [whole for piece in pieces for whole in sentences.feed(piece)] + sentences.flush()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is late. Sleep well!", ["It is late.", "Sleep well!"]),
        ("One?! Two...", ["One?!", "Two..."]),
        ("Dr. Smith met J. S. Bach. Really.", ["Dr. Smith met J. S. Bach.", "Really."]),
        ("It is 3.5 km. Go.", ["It is 3.5 km.", "Go."]),
        ("First line\nsecond line", ["First line", "second line"]),
        ('He said "no." Then left.', ['He said "no."', "Then left."]),
        ("1. Milk. 2. Bread.", ["1. Milk.", "2. Bread."]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Es ist spät. Schlaf gut!", ["Es ist spät.", "Schlaf gut!"]),
        ("Am 30. November ist z. B. Dr. Meier da. Gut.", ["Am 30. November ist z. B. Dr. Meier da.", "Gut."]),
        ("In der Hauptstr. 5 im Jahr 1984. Danach nicht.", ["In der Hauptstr. 5 im Jahr 1984.", "Danach nicht."]),
        ("Äpfel usw. Dann Tee, Birnen usw. und Obst.", ["Äpfel usw.", "Dann Tee, Birnen usw. und Obst."]),
        ("Es gibt Tee o. ä. und d. h. Milch.", ["Es gibt Tee o. ä. und d. h. Milch."]),
    ],
)
def test_german_sentences(text: str, expected: list[str]) -> None:
    sentences = Sentences(german)
    assert [*sentences.feed(text), *sentences.flush()] == expected


def test_a_sentence_comes_as_soon_as_it_is_whole() -> None:
    sentences = Sentences(speech)
    assert sentences.feed("It is la") == []
    assert sentences.feed("te. Sl") == ["It is late."]
    assert sentences.flush() == ["Sl"]
    assert sentences.flush() == []


def test_a_sentence_without_end_is_cut_at_a_comma() -> None:
    text = "word " * 20 + "word, " + "word " * 60
    first, *_ = split(text)
    assert first.endswith(",")
    assert all(len(sentence) <= LONGEST for sentence in split("x" * 1000))


YEARS = "You like " + ", ".join(map(str, range(1961, 2001)))


@pytest.mark.parametrize("text", [YEARS, f"{YEARS}.", "7" * 500, "€ " * 300, f"{'9' * 100} and {'8' * 200} yes."])
def test_what_takes_long_to_say_is_cut_though_it_is_short(text: str) -> None:
    parts = split(text)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(spoken_s(part) <= LONGEST_S for part in parts)
    assert len(parts) > 1


def test_an_end_that_is_far_away_is_not_waited_for() -> None:
    first, *_, last = split(f"{'€ ' * 200}! Yes.")
    assert spoken_s(first) <= LONGEST_S
    assert last == "Yes."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We met at 9 p.m. The end.", ["We met at 9 p.m.", "The end."]),
        ("At 9 p.m. she left.", ["At 9 p.m. she left."]),
        ("It was 1984. Then 3.5 came.", ["It was 1984.", "Then 3.5 came."]),
        ("Apples, e.g. Golden, etc. And more.", ["Apples, e.g. Golden, etc.", "And more."]),
        ("Main St. Louis Dr. Who", ["Main St. Louis Dr. Who"]),
        ("**Note.** Next", ["**Note.**", "Next"]),
        ("元気。はい。Yes", ["元気。", "はい。", "Yes"]),
    ],
)
def test_a_full_stop_ends_a_sentence_where_a_reader_would_say_so(text: str, expected: list[str]) -> None:
    assert split(text) == expected
    assert split(*text) == expected


def test_numbers_are_not_cut_where_there_is_room() -> None:
    parts = split(YEARS)
    assert all(part.endswith(",") for part in parts[:-1])
    assert split("It is 7:30 on the 29th of November 2026.") == ["It is 7:30 on the 29th of November 2026."]
    sentence = "word " * 60 + "end."
    assert split(f"{sentence} ") == [sentence]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", ["Dr. ", "1. ", "word "])
def test_a_long_text_is_cut_without_holding_anybody_up(text: str) -> None:
    """With a look back to the text's beginning at each full stop this takes minutes."""
    assert "".join("".join(split(text * 10_000)).split()) == "".join((text * 10_000).split())


@given(st.text(alphabet='ab .,!?\n"1Dr', max_size=600), st.integers(1, 7))
def test_nothing_is_lost_however_it_arrives(text: str, size: int) -> None:
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    assert "".join("".join(split(*pieces)).split()) == "".join(text.split())
