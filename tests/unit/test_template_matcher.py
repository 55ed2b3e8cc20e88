"""Templates matched word by word: what hassil finds, in its order."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hassil import Intents, recognize_all
from hassil.intents import IntentData
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.agent.intents.template_index import TemplateIndex
from sottovoce.agent.intents.template_matcher import MatchState, TemplateMatchers, texts_in
from sottovoce.language import available, language
from sottovoce.language.templates import read_templates
from tests.unit.expansions import said_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sottovoce.language.templates import Templates

CORPUS = Path(__file__).parents[1] / "corpus"
SPOKEN = [tag for tag in available() if (language(tag).folder / "understand").is_dir()]
Readings = list[tuple[int, tuple[tuple[str, str], ...]]]
RULES = {"r": "(a|b c|[d] a)", "s": "b [c {x}] a", "deep": "<r> [c|<r>]", "loop": "a <loop>"}
SLOTS = ("x", "y", "first", "last")


def by_hassil(template: str, said: str, rules: Mapping[str, str], slots: Iterable[str]) -> Readings:
    """What hassil reads, each once; but for a slot that it ends in the middle of a word."""
    intents = Intents.from_dict(
        {
            "language": "en",
            "intents": {"it": {"data": [{"sentences": [template]}]}},
            "expansion_rules": dict(rules),
            "lists": {slot: {"wildcard": True} for slot in slots},
        }
    )
    begins = {match.start() for match in re.finditer(r"\S+", said)}
    ends = {match.end() for match in re.finditer(r"\S+", said)}
    found: Readings = []
    for result in recognize_all(said, intents):
        spans = [entity.text_span or (0, 0) for entity in result.entities.values()]
        if all(begin in begins and end in ends for begin, end in spans):
            slots_held = ((name, said[slice(*span)]) for name, span in zip(result.entities, spans, strict=True))
            found.append((result.text_chunks_matched, tuple(slots_held)))
    return list(dict.fromkeys(found))


def by_words(template: str, said: str, rules: Mapping[str, str], slots: Iterable[str]) -> Readings:
    """What the matcher reads, each once."""
    matcher = TemplateMatchers(rules, tuple(slots)).of(template)
    assert matcher is not None, template
    words = said.split()
    found = (
        (letters, tuple((name, " ".join(words[slice(*span)])) for name, span in spans.items()))
        for letters, spans in matcher.matches(MatchState(said))
    )
    return list(dict.fromkeys(found))


def made(templates: Templates, template: str, chance: random.Random) -> str:
    """A sentence that the template allows, with one to three words in each slot; none where it is left to hassil."""
    words = said_by(template, templates.rules, chance) or ()
    filled = (["on", "the", "day"][: chance.randint(1, 3)] if word[0] == "{" else [word] for word in words)
    return " ".join(word for some in filled for word in some)


@pytest.mark.parametrize("tag", SPOKEN)
def test_every_shipped_template_reads_as_hassil_reads_it(tag: str) -> None:
    templates, chance = read_templates(language(tag).folder / "understand"), random.Random(3)  # noqa: S311 - no secret
    matchers = TemplateMatchers(templates.rules, templates.slots)
    texts = [text for some in templates.sentences.values() for text in some]
    taken = [text for text in texts if matchers.of(text) is not None]
    assert len(taken) > 0.99 * len(texts)
    for text in taken[:: 13 if tag == "en" else 8]:
        said = made(templates, text, chance)
        if "-" in said:  # hassil reads "ip-adresse" in ways of its own
            continue
        used = {name: templates.rules[name] for name in _used(text, templates.rules)}
        assert by_words(text, said, used, templates.slots) == by_hassil(text, said, used, templates.slots), (text, said)


@pytest.mark.parametrize("tag", SPOKEN)
def test_the_corpus_reads_as_hassil_reads_it(tag: str) -> None:
    templates = read_templates(language(tag).folder / "understand")
    texts = [text for some in templates.sentences.values() for text in some]
    index, matchers = TemplateIndex(texts, templates.rules), TemplateMatchers(templates.rules, templates.slots)
    lines = (CORPUS / f"requests_{tag}.txt").read_text("utf-8").splitlines()
    matched = 0
    for line in [line for line in lines if line and line[0] not in "#["][::40]:
        said = line.split("|")[0].strip()
        for text in (texts[place] for place in index.candidates(said)):
            if MatchState(said).odd or matchers.of(text) is None:
                continue
            used = {name: templates.rules[name] for name in _used(text, templates.rules)}
            read = by_words(text, said, used, templates.slots)
            assert read == by_hassil(text, said, used, templates.slots), (text, said)
            matched += bool(read)
    assert matched > 15


def _used(text: str, rules: Mapping[str, str]) -> set[str]:
    names = set(re.findall("<([^<>]+)>", text))
    return names.union(*(_used(rules[name], rules) for name in names))


def _joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(parts, min_size=1, max_size=3)
    row = several.map(" ".join)
    alternatives = st.lists(row, min_size=1, max_size=3).map("|".join)
    return st.one_of(row, alternatives.map("({})".format), alternatives.map("[{}]".format))


TEMPLATES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "{first} "]),
    st.recursive(
        st.sampled_from(["a", "b", "c", "a b", "a {x} b", "c {y} a", "<r>", "<s>", "<deep>"]), _joined, max_leaves=8
    ),
    st.sampled_from(["", " d", " d {last}"]),
)
"""No slot beside another: hassil reads nothing then, nor what it tries next."""


@given(TEMPLATES, st.lists(st.sampled_from("abcd"), min_size=1, max_size=6).map(" ".join))
def test_any_template_reads_as_hassil_reads_it(template: str, said: str) -> None:
    assert by_words(template, said, RULES, SLOTS) == by_hassil(template, said, RULES, SLOTS)


@given(TEMPLATES)
def test_texts_are_counted_as_hassil_counts_them(template: str) -> None:
    (sentence,) = IntentData([template]).sentences
    assert texts_in(template) == sentence.text_chunk_count()


@pytest.mark.parametrize(
    "template", ["light[s]", "a;b", "a {1..3:x}", "a <none>", "a {z}", "(a|)", "<loop>", "l' {x}", "a\\[b"]
)
def test_what_hassil_reads_in_a_way_of_its_own_is_left_to_it(template: str) -> None:
    assert TemplateMatchers(RULES, SLOTS).of(template) is None


@pytest.mark.parametrize(
    "said",
    [
        "the - room",
        "a _b",
        "say \N{INVERTED QUESTION MARK}what",
        "a ,b",
        "\N{LATIN CAPITAL LETTER L WITH STROKE}odz",
        "\N{EM DASH}",
    ],
)
def test_a_sentence_of_more_than_words_is_odd(said: str) -> None:
    assert MatchState(said).odd


@pytest.mark.parametrize("said", ["what's 3.5 + 2", "wei\N{LATIN SMALL LETTER SHARP S}t du", "at 7:30"])
def test_a_sentence_of_words_is_not_odd(said: str) -> None:
    assert not MatchState(said).odd


@pytest.mark.parametrize(
    ("template", "said", "slots"),
    [
        ("set a {duration} timer", "set a ten-minute timer", {"duration": "ten-minute"}),
        ("what is on my to-do list", "what is on my to-do list", {}),
        ("what is on my to do list", "what is on my to-do list", {}),
        ("add {things} to my list", "add e-mail bob to my list", {"things": "e-mail bob"}),
        ("add {things}", "add e-mail bob", {"things": "e-mail bob"}),
        ("check {things}", "check-in tomorrow", None),
        ("book {things}", "book a half-day", {"things": "a half-day"}),
        ("book {things} day", "book a half-day", None),
    ],
)
def test_a_word_with_a_hyphen_is_read_as_several(template: str, said: str, slots: dict[str, str] | None) -> None:
    state = MatchState(said)
    assert not state.odd
    found = by_words(template, said, {}, ("duration", "things"))
    assert [dict(held) for _, held in found] == ([slots] if slots is not None else [])
