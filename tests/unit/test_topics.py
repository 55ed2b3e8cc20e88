"""What somebody talks about: counted, bounded, and forgotten with what it came from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain.contexts import MOST_TOPICS, UserContext
from sottovoce.domain.topics import LONGEST, SHORTEST, topics_of, with_topics, without_topics
from sottovoce.domain.words import words_of
from sottovoce.language.en.words import NO_TOPICS

TEXTS = st.lists(
    st.sampled_from([*(f"topic{number}" for number in range(150)), "cat", "what", "the"]), max_size=60
).map(" ".join)


def test_words_that_name_something_are_topics() -> None:
    assert topics_of("What do you know about trains, and TRAINS in Norway?", NO_TOPICS) == ("trains", "norway")
    assert topics_of("remember that my cat is ill", NO_TOPICS) == ()
    assert topics_of("x" * (LONGEST + 1) + " " + "y" * LONGEST, NO_TOPICS) == ("y" * LONGEST,)


def test_topics_are_counted_once_a_sentence_and_the_last_named_comes_last() -> None:
    topics = with_topics({"trains": 2, "boats": 1}, "trains and more trains", NO_TOPICS)
    assert list(topics.items()) == [("boats", 1), ("trains", 3)]


def test_what_came_up_least_and_longest_ago_goes_first() -> None:
    full = {f"topic{number}": 2 for number in range(MOST_TOPICS - 1)} | {"often": 9}
    full["topic5"] = 1
    topics = with_topics(full, "something brand", NO_TOPICS)
    assert "topic5" not in topics
    assert "topic0" in topics  # the one with the new count of 1 goes before it
    assert len(topics) == MOST_TOPICS
    assert topics["brand"] == 1


def test_forgetting_takes_the_words_of_what_is_forgotten() -> None:
    topics = {"sister": 3, "trains": 1}
    assert without_topics(topics, "my Sister is called anna") == {"trains": 1}
    assert without_topics(topics, "") == topics


@given(st.lists(TEXTS, max_size=20))
def test_topics_fit_a_context_whatever_is_said(texts: list[str]) -> None:
    topics: dict[str, int] = {}
    for text in texts:
        before = topics
        copy = dict(before)
        topics = with_topics(before, text, NO_TOPICS)
        assert before == copy
        assert UserContext(topics=topics).topics == topics
        for word in topics_of(text, NO_TOPICS)[-1:]:
            assert topics[word] == before.get(word, 0) + 1 or len(topics) == MOST_TOPICS
    assert all(SHORTEST <= len(word) <= LONGEST for word in topics)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 5)), st.text(alphabet="abcdefgh ", max_size=20))
def test_what_is_forgotten_is_gone_and_all_else_stays(topics: dict[str, int], text: str) -> None:
    left = without_topics(topics, text)
    assert left == {word: count for word, count in topics.items() if word not in words_of(text)}
