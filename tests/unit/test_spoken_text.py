"""An answer with Markdown on its way to the voice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.language.en import speech
from sottovoce.talk.markdown import Markdown, inline
from sottovoce.talk.spoken_text import SpokenText


def said(text: str, *, step: int = 1, language: str = "en") -> list[str]:
    spoken = SpokenText(language)
    pieces = [text[place : place + step] for place in range(0, len(text), step)]
    return [whole for piece in pieces for whole in spoken.feed(piece)] + spoken.flush()


ANSWER = """# The plan

Here is **a bold** and *an italic* word, `x = 5`, and [a link](https://example.com/x) with ~~old~~ text.

- first item
- [ ] buy milk
- [x] water the plants!
1. Walk
2) Swim 3.5 km. And rest.

> quoted here.

| Name | Age |
|:-----|----:|
| Anna | 5 |
| | 7 |
| only one |
***
```python
def f(x):
    return x. Not said
```
After the code. ~~~ is no fence. ![A cat](cat.png) <b>bold</b> &amp; more[^1].
See [the manual][2] at <https://example.org>.<br>Bye
"""


@pytest.mark.parametrize("step", [1, 7, 10_000])
def test_markdown_is_said_without_its_signs(step: int) -> None:
    assert said(ANSWER, step=step) == [
        "The plan.",
        "Here is a bold and an italic word, x equals five, and a link with old text.",
        "first item.",
        "to do: buy milk.",
        "done: water the plants!",
        "one: Walk.",
        "two: Swim three point five kilometers.",
        "And rest.",
        "quoted here.",
        "Name, Age.",
        "Name: Anna, Age: five.",
        "Age: seven.",
        "only one.",
        "Some python code is shown.",
        "After the code.",
        "is no fence.",
        "image: A cat bold and more note one.",
        "See the manual at example dot org. Bye",
    ]


def test_code_without_a_language_and_with_a_fence_in_it() -> None:
    assert said("````\na\n```\nb\n````\nDone.\n") == ["Some code is shown.", "Done."]
    assert said("```\na\n```x\n```\nb.") == ["Some code is shown.", "b."]
    assert said("~~~\na\n```\n~~~") == ["Some code is shown."]


def test_the_rest_of_a_link_that_was_cut_is_not_spelled() -> None:
    assert said("[Read this. And that](https://example.com/a).") == ["Read this.", "And that."]


def test_stars_and_lines_that_are_no_marks_stay() -> None:
    assert (
        inline("5 * 3 and snake_case and **b**old and __init__ \\* done", speech.MARKED)
        == "5 * 3 and snake_case and bold and init * done"
    )
    assert Markdown(speech.MARKED).read("2 > 1") == "2 > 1"


def test_of_another_language_only_the_marks_are_taken_away() -> None:
    assert said("Jest **9:05**, [tu](http://a.pl).", language="pl-PL") == ["Jest 9:05, tu."]
    assert said("Es ist **9:05** Uhr, [hier](http://a.de).", language="de-AT") == ["Es ist neun Uhr fünf, hier."]
    assert said("```\na\n```\nGut.", language="de") == ["Hier steht Code.", "Gut."]
    assert said("It is 9:05.", language="en-GB") == ["It is nine oh five."]


def test_a_mistake_in_the_rules_costs_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_text: str) -> str:
        raise LookupError

    monkeypatch.setattr("sottovoce.language.en.speech.spoken_form", broken)
    assert said("It is **9:05**. Really.") == ["It is 9:05.", "Really."]


def test_what_has_no_word_is_no_sentence() -> None:
    assert said("---\n\n* * *\n\n!!!\n") == []


MARKS = ["**", "*", "_", "`", "```\n", "\n", "# ", "- ", "| ", "|---|\n", "> ", "[", "](", ")", ". "]


@given(st.lists(st.sampled_from(["apple", "river", *MARKS]), max_size=60))
def test_no_mark_makes_it_fail_and_words_outside_of_code_are_said(pieces: list[str]) -> None:
    text = "".join(pieces)
    together = " ".join(said(text, step=3))
    if "```" not in text and "](" not in text:
        assert together.count("apple") == text.count("apple")
        assert together.count("river") == text.count("river")
