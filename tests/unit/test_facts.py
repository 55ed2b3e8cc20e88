"""What a sentence tells, and which sentences speak of the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain.contexts import MOST_TEXT_CHARS, UserContext
from sottovoce.domain.facts import MOST_SUBJECT_CHARS, Fact
from sottovoce.domain.memories import MemoryKind
from sottovoce.domain.words import last_words, words_and_emoji, words_of
from sottovoce.language.en.facts import told_by
from sottovoce.language.en.words import content_words, without_smiles

FACT, LIKE, DISLIKE, PERSON = MemoryKind.FACT, MemoryKind.LIKE, MemoryKind.DISLIKE, MemoryKind.PERSON


@pytest.mark.parametrize(
    ("text", "kind", "subject"),
    [
        ("i like tea", LIKE, "taste: tea"),
        ("I really love Tea.", LIKE, "taste: tea"),
        ("i also enjoy the beatles", LIKE, "taste: beatles"),
        ("i always prefer tea", LIKE, "taste: tea"),
        ("i like to swim", LIKE, "taste: swim"),
        ("i like tea a lot", LIKE, "taste: tea"),
        ("i don't like rain", DISLIKE, "taste: rain"),
        ("I don\N{RIGHT SINGLE QUOTATION MARK}t like rain", DISLIKE, "taste: rain"),
        ("i do not really like rain", DISLIKE, "taste: rain"),
        ("i no longer like rain", DISLIKE, "taste: rain"),
        ("i hate rain", DISLIKE, "taste: rain"),
        ("i dislike rain very much", DISLIKE, "taste: rain"),
        ("i don't hate rain", FACT, "taste: rain"),
        ("my sister likes rain", FACT, "said: my sister likes rain"),
        ("i likewise went", FACT, "said: i likewise went"),
        ("my sister is called anna", PERSON, "my sister's name"),
        ("my sister was named anna", FACT, "said: my sister was named anna"),
        ("my sister's name is anna", PERSON, "my sister's name"),
        ("my car is called rex", FACT, "my car's name"),
        ("my friend is called tom", FACT, "said: my friend is called tom"),
        ("my favorite band is called queen", FACT, "my favorite band"),
        ("my doctor is mister smith", PERSON, "my doctor"),
        ("our teacher is nice", PERSON, "our teacher how"),
        ("the doctor is nice", FACT, "the doctor how"),
        ("my birthday is may third", FACT, "my birthday"),
        ("the key is under the mat", FACT, "the key where"),
        ("the meeting is on monday", FACT, "the meeting on"),
        ("my sister is a doctor", PERSON, "my sister a"),
        ("my sister is not a doctor", PERSON, "my sister a"),
        ("my sister is thirty years old", PERSON, "my sister years old"),
        ("my dog is called rex", FACT, "said: my dog is called rex"),
        ("my hobby is chess", FACT, "said: my hobby is chess"),
        ("my favourite colour is red", FACT, "my favorite color"),
        ("i live in berlin", FACT, "i live"),
        ("i'm living in berlin", FACT, "i live"),
        ("i am currently working at the zoo", FACT, "i work"),
        ("i work for the zoo", FACT, "i work"),
        ("i study at the zoo", FACT, "i study"),
        ("i work hard", FACT, "said: i work hard"),
        ("i am 42 years old", FACT, "i years old"),
        ("i'm forty-two years old", FACT, "i years old"),
        ("i used to live in rome", FACT, "said: i used to live in rome"),
        ("", FACT, "said: "),
    ],
)
def test_kind_and_subject(text: str, kind: MemoryKind, subject: str) -> None:
    told = told_by(text)
    assert (told.kind, told.subject) == (kind, subject)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("my favorite color is Dark Blue", "favorite color", "Dark Blue"),
        ("My favourite colour is blue!", "favorite color", "blue"),
        ("my preferred drink is tea", "preferred drink", "tea"),
        ("my favorite film is Spider-Man.", "favorite film", "Spider-Man"),
        ("my favorite number is 3.5", "favorite number", "3.5"),
        ("my favorite place is in the woods", "favorite place", "in the woods"),
        ("my favorite language is C++", "favorite language", "C++"),
    ],
)
def test_preferences(text: str, name: str, value: str) -> None:
    assert told_by(text).preference == (name, value)


@pytest.mark.parametrize("text", ["my sister is called anna", "i like tea", "my second favorite film is alien"])
def test_what_tells_no_preference(text: str) -> None:
    assert told_by(text).preference is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my name is Anna", "Anna"),
        ("My name is anna.", "anna"),
        ("call me Jean-Luc", "Jean-Luc"),
        ("call me O'Brien !", "O'Brien"),
        ("i am called Anna Maria", "Anna Maria"),
        (
            "people call me \N{LATIN CAPITAL LETTER I WITH DOT ABOVE}lker",
            "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}lker",
        ),
        ("my name is Zoe\u0308", "Zo\u00eb"),
        ("my name is Will", "Will"),
        ("my name is Elizabeth Short", "Elizabeth Short"),
        ("my name is anna secret", "anna secret"),
        ("my name is short", ""),
        ("my name is rather unusual", ""),
        ("call me back", ""),
        ("call me an ambulance", ""),
        ("my name is not anna", ""),
        ("my sister's name is anna", ""),
        ("i like my name", ""),
    ],
)
def test_what_the_user_is_called(text: str, name: str) -> None:
    assert told_by(text).display_name == name


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("i like tea", "i don't like tea"),
        ("i love the tea", "i hate tea now"),
        ("my favorite color is blue", "my favourite colour is red"),
        ("my name is anna", "call me ben"),
        ("my sister is called anna", "my sister's name is bella"),
        ("my mum is called anna", "my mother is called eva"),
        ("my wife is sick", "my wife is well"),
        ("my car is called rex", "my car is named max"),
        ("i live in berlin", "i am now living in paris"),
        ("i work at the zoo", "i work for the bank"),
        ("i am 41 years old", "i'm forty two years old"),
        ("my sister is a doctor", "my sister is a teacher"),
        ("the key is under the mat", "the key is in the drawer"),
        ("my birthday is may third", "my birthday is june first"),
    ],
)
def test_what_contradicts_has_one_subject(before: str, after: str) -> None:
    assert told_by(before).subject == told_by(after).subject


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("i like tea", "i like coffee"),
        ("i like C", "i like C++"),
        ("i like C++", "i like C#"),
        ("i like tea", "my sister likes tea"),
        ("my sister is called anna", "my brother is called anna"),
        ("my sister is called anna", "my sister is a doctor"),
        ("my sister is called anna", "my sister is sick"),
        ("my sister is called anna", "my sister is thirty years old"),
        ("my sister is sick", "my sister is a doctor"),
        ("my older brother is called tom", "my younger brother is called jim"),
        ("my friend is called tom", "my friend is called jim"),
        ("my hobby is chess", "my hobby is music"),
        ("my favorite film is alien", "my favorite band is queen"),
        ("my favorite color is blue", "my car is blue"),
        ("the meeting is on monday", "the meeting is at noon"),
        ("the meeting is on monday", "the meeting is in the hall"),
        ("i live in berlin", "i live with my sister"),
        ("i live in berlin", "i live near the park"),
        ("i live in berlin", "i work in berlin"),
        ("i work at the zoo", "i work on mondays"),
        ("i work at the zoo", "i work as a cook"),
        ("i work at the zoo", "i work hard"),
        ("i was born in berlin", "i was born in may"),
        ("i was living in rome", "i live in berlin"),
        ("my name is anna", "my dog's name is rex"),
        ("it rains", "it rains today"),
    ],
)
def test_what_does_not_contradict_has_two(one: str, other: str) -> None:
    assert told_by(one).subject != told_by(other).subject


WORDS = st.lists(
    st.sampled_from(
        "i my the is are called named name like hate favorite color live in at not a sister friend years old "  # noqa: SIM905
        "call me Anna O'Brien 3.5 Spider-Man C++ ... !".split()
    )
    | st.text(max_size=6),
    max_size=12,
).map(" ".join)


@given(WORDS | st.text(max_size=400))
def test_any_text_tells_something_a_context_can_hold(text: str) -> None:
    told = told_by(text)
    assert isinstance(told, Fact)
    assert 0 < len(told.subject) <= MOST_SUBJECT_CHARS
    assert told == told_by(text)
    assert len(told.display_name) <= MOST_TEXT_CHARS
    if told.preference:
        UserContext(preferences=dict([told.preference]))


@given(st.sampled_from(["tea", "the beatles", "C++", "swimming in the sea"]), st.sampled_from(["like", "love", "hate"]))
def test_a_taste_and_its_contrary_are_of_one_thing(what: str, verb: str) -> None:
    one, contrary = told_by(f"i {verb} {what}"), told_by(f"I don't {verb} {what}!")
    assert one.subject == contrary.subject
    assert {one.kind, contrary.kind} == ({DISLIKE, FACT} if verb == "hate" else {LIKE, DISLIKE})


@pytest.mark.parametrize(
    ("text", "kind", "subject"),
    [
        ("I like \N{SLICE OF PIZZA}", LIKE, "taste: \N{SLICE OF PIZZA}"),
        ("i love \N{SLICE OF PIZZA}!", LIKE, "taste: \N{SLICE OF PIZZA}"),
        ("i like the \N{SLICE OF PIZZA} a lot", LIKE, "taste: \N{SLICE OF PIZZA}"),
        ("i like pizza \N{SLICE OF PIZZA}", LIKE, "taste: pizza"),
        ("\N{SLICE OF PIZZA} i like pizza", LIKE, "taste: pizza"),
        ("i don't like \N{SNOWFLAKE}\N{VARIATION SELECTOR-16}", DISLIKE, "taste: \N{SNOWFLAKE}"),
        ("my name is Anna \N{PARTY POPPER}", FACT, "my name"),
        ("my favorite food is \N{SLICE OF PIZZA}", FACT, "my favorite food"),
        ("i live in \U0001f1e9\U0001f1ea", FACT, "i live"),
        ("my dog is \N{DOG FACE}", FACT, "said: my dog is \N{DOG FACE}"),
        ("\N{SLICE OF PIZZA} rocks", FACT, "said: \N{SLICE OF PIZZA} rocks"),
    ],
)
def test_an_emoji_is_the_word_it_stands_for(text: str, kind: MemoryKind, subject: str) -> None:
    told = told_by(text)
    assert (told.kind, told.subject) == (kind, subject)


def test_what_an_emoji_tells_is_learnt_as_it_was_written() -> None:
    assert told_by("my favorite food is \N{SLICE OF PIZZA}").preference == ("favorite food", "\N{SLICE OF PIZZA}")
    assert told_by("my favorite food is Pizza \N{SLICE OF PIZZA}").preference == ("favorite food", "Pizza")
    assert told_by("call me \N{UNICORN FACE}").display_name == "\N{UNICORN FACE}"
    assert told_by("my name is Anna \N{PARTY POPPER}").display_name == "Anna"


def test_words_and_emoji() -> None:
    family = "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
    flags = "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7"
    waving = "\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}"
    found = words_and_emoji(f"We {family}{flags} {waving} 1 → 2")
    assert found == ["we", family, flags[:2], flags[2:], waving, "1", "2"]
    assert words_of(f"We {family}") == ["we"]
    assert without_smiles("\N{UMBRELLA} it rains, Zoe\u0308 \N{UMBRELLA} \N{UMBRELLA}!") == "it rains, Zo\u00eb"
    for text in ("\N{UMBRELLA}", "i like the \N{UMBRELLA}", "", "it rains", "my \N{UMBRELLA} is red"):
        assert without_smiles(text) == text


def test_words() -> None:
    assert words_of("It\N{RIGHT SINGLE QUOTATION MARK}s 3.5, (C++) snake_case!") == [
        *("it's", "3", "5", "c++", "snake", "case")
    ]
    assert content_words("the name of my dog") == "name dog"
    assert content_words("it") == "it"
    assert last_words("call me Jean-Luc!", 2) == "Jean-Luc"


@given(st.text(), st.integers(1, 5))
def test_the_last_words_are_the_end_of_the_words(text: str, count: int) -> None:
    words = words_and_emoji(text)
    if words:
        assert words_and_emoji(last_words(text, count)) == words[-count:]
