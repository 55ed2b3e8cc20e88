"""From passages to an answer: the right sentence, readable aloud, the file named; and only where it surely fits."""

from __future__ import annotations

import pytest

from sottovoce.agent.skills.passages import MOST_WORDS, answer_from, confident, plain, quotation
from sottovoce.domain.knowledge import Passage
from sottovoce.language import language
from sottovoce.memory.knowledge import FoundPassage
from tests.unit.parts import english

ENGLISH = language("en")


def found(text: str, *, path: str = "notes/garden.md", place: str = "", cosine: float = 0.0) -> FoundPassage:
    passage = Passage(number=1, document="d1", path=path, place=place, text=text)
    return FoundPassage(passage=passage, score=1.0, cosine=cosine, shares_words=True)


def told(question: str, *passages: FoundPassage) -> str:
    quoted = quotation(question, passages, ENGLISH)
    assert quoted is not None
    return quoted.text


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("**Plant** them _after_ the *last* frost", "Plant them after the last frost"),
        ("__bold__ and ~~gone~~ and ==seen==", "bold and gone and seen"),
        ("Run `make all` in snake_case_name, 2 * 3 * 4", "Run make all in snake_case_name, 2 * 3 * 4"),
        (
            "See [the guide](https://x.org/a_(b)) or ![a picture](p.png) or [ref][1]",
            "See the guide or a picture or ref",
        ),
        ("More at https://www.example.org/a/b?c=d or <https://x.org>", "More at example.org or x.org"),
        (
            "- one\n* two\n+ three\n1. four\n2) five\n- [x] six\n> seven\n• eight",
            "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight",
        ),
        ("# Heading\n\ntext\n\n## Other", "text"),
        ("```sh\nmake\n```\n~~~\nall\n~~~", "make\nall"),
        ("| bin | day |\n|---|:-:|\n| paper | Tuesday |", "bin, day\npaper, Tuesday"),
        ("<!-- hidden\nlines -->shown <b>bold</b> a < b", "shown bold a < b"),
        (r"\*not bold\* and 1\. plain", "*not bold* and 1. plain"),
        (
            "See [[The boiler]] and [[rooms/Cellar|the cellar]], [[Plan#Costs]] [[#Later]] [[#^a1]]",
            "See The boiler and the cellar, Plan Later a1",
        ),
        ("![[photo.png|300]]Shown ![[Other note]]", "Shown"),
        ("![a pump|300x200](p.png)", "a pump"),
        ("Call Meyer. ^block-1\n^alone\nMore ^2b", "Call Meyer.\nMore"),
        ("> [!warning]- Hot water\n> Mind the tap.\n> [!NOTE]\n> So.", "Hot water\nMind the tap.\nSo."),
        ("Seen %%not this\nnor this%% again <% tp.date() %>", "Seen again"),
        ("Tom &amp; Anna&nbsp;&ndash; 5&euro; &lt;b&gt;", "Tom & Anna – 5€ <b>"),
        ("Before <script>alert('x')</script>and <style>p { }</style>after", "Before and after"),
        ("Shown <img\n src='x.png'\n alt='y'> on", "Shown on"),
        ('As said[^1].\n[^1]: In the guide.\n[guide]: https://x.org/a "b"', "As said.\nIn the guide."),
        ("#garden #project/house C# is #1 a#b", "garden project/house C# is #1 a#b"),
        ("Rating:: good, std::vector", "Rating: good, std::vector"),
        ("{% include x %}Text {{ page.title }}", "Text"),
        (
            "Boil it.<br>Stir<br/>well <p>Serve</p><ul><li>hot</li><li>fresh</li></ul>",
            "Boil it. Stir well Serve hot fresh",
        ),
        ("Press <kbd>Ctrl</kbd>+<kbd>C</kbd>, H<sub>2</sub>O", "Press Ctrl+C, H2O"),
        ('<iframe src="http://x.org/a"></iframe>Shown <a href="#" title="a > b">there</a>', "Shown there"),
        ("Write to <max@example.org> or <mailto:anna@example.org>", "Write to max@example.org or anna@example.org"),
        ("so <!-- never closed\nand on", "so never closed\nand on"),
        ("one\n* * *\ntwo\n***\nthree\n___\nfour", "one\ntwo\nthree\nfour"),
        (
            ':::note\nMind it.\n:::\n!!! tip "Hot water"\n    Mind the tap.\n??? info\n    So.',
            "Mind it.\nHot water\nMind the tap.\nSo.",
        ),
        ("[TOC]\n[[_TOC_]]\nText", "Text"),
        ("<" * 3000 + "<b x" * 3000 + "'\"", "<" * 3000 + "<b x" * 3000 + "'\""),
        ("-" * 5000 + "x", "-" * 5000 + "x"),
        ("", ""),
    ],
)
def test_marks_are_not_read_aloud(marked: str, said: str) -> None:
    assert plain(marked) == said


def test_the_sentence_that_fits_is_told() -> None:
    passage = found(
        "Sow the carrots early in the year, as soon as the soil is warm. Plant tomatoes after the last frost."
    )
    assert told("when do i plant tomatoes", passage) == "Plant tomatoes after the last frost."


@pytest.mark.parametrize("mark", ["\u3002", "\uff01", "\uff1f", "."])
def test_an_ended_sentence_gets_no_second_end(mark: str) -> None:
    assert told("鍵", found(f"鍵は箱の中です{mark}")) == f"鍵は箱の中です{mark}"


def test_a_short_sentence_is_told_with_the_next_one() -> None:
    passage = found(
        "Tomatoes are thirsty. Water them every morning at the root but never on the leaves. Third one here."
    )
    assert told("tomatoes", passage) == (
        "Tomatoes are thirsty. Water them every morning at the root but never on the leaves."
    )
    listed = found(
        "For the pancake batter one needs, besides patience and a good pan from the shop:\n- flour\n- three eggs"
    )
    assert told("pancake batter", listed) == (
        "For the pancake batter one needs, besides patience and a good pan from the shop: flour."
    )


def test_what_shares_more_words_goes_on_up_to_three_sentences() -> None:
    passage = found("Paul has the ladder. The ladder is red. Paul has the saw. Paul has the drill.")
    assert told("paul ladder saw", passage) == "Paul has the ladder. The ladder is red. Paul has the saw."


def test_no_more_is_told_than_can_be_followed() -> None:
    long = "garden " * (MOST_WORDS + 20)
    said = told("garden", found(f"{long}. Next."))
    assert len(said.split()) == MOST_WORDS + 1
    assert said.endswith(" …")


def test_the_best_of_several_passages() -> None:
    one = found("Roses need sun.")
    two = found("Roses and tulips need sun.")
    quoted = quotation("roses and tulips", [one, two], ENGLISH)
    assert quoted is not None
    assert quoted.found is two


def test_what_is_near_in_meaning_begins_at_its_beginning() -> None:
    assert told("kettle", found("First of all comes this.\nThen that.")) == "First of all comes this. Then that."


def test_nothing_to_tell() -> None:
    assert quotation("x", [], ENGLISH) is None
    assert quotation("x", [found("# Heading alone")], ENGLISH) is None


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("Vegetables > Tomatoes", 'Your file "garden.md" says, under "Tomatoes": Water them.'),
        ('The **"big"** one', 'Your file "garden.md" says, under "The big one": Water them.'),
        ("page 3", 'Your file "garden.md" says, on page 3: Water them.'),
        ("", 'Your file "garden.md" says: Water them.'),
    ],
)
def test_the_file_is_named(place: str, said: str) -> None:
    quoted = quotation("water", [found("Water them", place=place)], ENGLISH)
    assert quoted is not None
    assert english(answer_from(quoted)) == said


@pytest.mark.parametrize(
    ("question", "cosine", "sure"),
    [
        ("do i water the tomatoes", 0.1, True),
        ("tell me which tomato i should water", 0.1, True),
        ("is the watering of tomatoes needed", 0.1, False),
        ("water the tomatoes", 0.9, False),  # that is to be done
        ("which tomatoes", 0.9, False),  # one word is shared by chance
        ("do i water young tomatoes well", 0.5, False),
        ("how do i water tomatoes in the gardens well", 0.7, True),
        ("what is it", 0.9, False),
    ],
)
def test_unasked_only_what_surely_fits(question: str, cosine: float, sure: bool) -> None:  # noqa: FBT001 - a column
    assert is_sure(question, found("Water tomatoes at the root.", cosine=cosine)) is sure


@pytest.mark.parametrize(
    ("question", "text", "sure"),
    [
        ("when do i sow carrots", "Sow carrots in March.", True),
        ("when do i sow carrots", "Sow carrots in loose soil.", False),
        ("how many eggs for the batter", "The batter takes three eggs.", True),
        ("how many eggs for the batter", "The batter takes eggs.", False),
        ("how do i replace brake pads", "The brake pads were replaced.", False),
        ("how do i replace brake pads", "Replace the brake pads by pair.", True),
        ("what is a bird feeder", "Lea wants a bird feeder.", False),
        ("what is a bird feeder", "A bird feeder is a house for seeds.", True),
        ("what are the winter tyres of the car", "The winter tyres of the car: Nokian.", True),
        ("where is the parish hall", "We sing in the parish hall on Monday.", False),
        ("where is the spare key", "The spare key is with our neighbour.", True),
    ],
)
def test_unasked_only_what_tells_what_is_wanted(question: str, text: str, sure: bool) -> None:  # noqa: FBT001 - a column
    assert is_sure(question, found(text, path="x.md")) is sure


def is_sure(question: str, passage: FoundPassage) -> bool:
    quoted = quotation(question, [passage], ENGLISH)
    assert quoted is not None
    return confident(question, quoted, ENGLISH)


def test_a_name_turns_no_text_round_and_breaks_no_line() -> None:
    quoted = quotation("water", [found("Water them", path='x/ab\n weird\t\u202e"name\x07.md')], ENGLISH)
    assert quoted is not None
    assert english(answer_from(quoted)) == 'Your file "ab weird name.md" says: Water them.'
