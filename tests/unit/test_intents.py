"""A recogniser tries few templates, and finds what all of them together would."""

from __future__ import annotations

import dataclasses
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hassil import Intents, recognize_all

from sottovoce.agent.intents import intents
from sottovoce.agent.intents.intents import AT_LAST, HELD_IN, Intent, IntentRecognizer
from sottovoce.agent.intents.recognizers import IntentRecognizers
from sottovoce.agent.intents.template_index import TemplateIndex, words_of_templates
from sottovoce.agent.sentences.sentence import Sentence
from sottovoce.agent.slots.slots import FREE, kind_of
from sottovoce.language import available, language
from sottovoce.language.templates import Templates, read_templates
from tests.unit.expansions import said_by

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPUS = Path(__file__).parents[1] / "corpus"
SPOKEN = [tag for tag in available() if (language(tag).folder / "understand").is_dir()]


def templates_of(tag: str) -> Templates:
    return read_templates(language(tag).folder / "understand")


def of_hassil(templates: Templates) -> Intents:
    """All templates as hassil takes them, with nothing in between."""
    raw: dict[str, Any] = {
        "language": "en",
        "intents": {
            name: {"data": [{"sentences": list(texts)}]}
            for name, texts in templates.sentences.items()
            if name not in AT_LAST
        },
        "expansion_rules": dict(templates.rules),
        "lists": {slot: {"wildcard": True} for slot in templates.slots},
    }
    return Intents.from_dict(raw)


def by_hassil(text: str, intents: Intents) -> tuple[str, list[str]] | None:
    """The best of all matches: the most literal text, then the fewest slots, then typed ones, then the first.

    But for those in which a slot ends in the middle of a word: hassil reads "work" in "network".
    """
    best: tuple[tuple[int, int, int], str, list[str]] | None = None
    for result in recognize_all(text, intents):
        given = {name: str(entity.value).split() for name, entity in result.entities.items()}
        slots = sorted(HELD_IN.get(part, part) for name in given for part in name.split("__"))
        typed = sum(any(kind_of(part) not in FREE for part in name.split("__")) for name in given)
        literal = result.text_chunks_matched, -len(given), typed
        whole = all(len(words) >= len(name.split("__")) for name, words in given.items())
        whole = whole and all(set(words) <= set(text.split()) for words in given.values())
        if whole and (best is None or literal > best[0]):
            best = literal, result.intent.name, slots
    return best and best[1:]


def said_in_tests() -> Iterator[str]:
    """Sentences of the corpus, and of whatever the tests say."""
    for file in sorted(CORPUS.iterdir()):
        for line in file.read_text("utf-8").splitlines():
            yield from (part.strip().lstrip("> ") for part in line.split("\t"))
    for file in sorted(Path(__file__).parent.glob("test_agent*.py")):
        yield from re.findall(r'"([a-z][a-z \']{3,60})"', file.read_text("utf-8"))


def test_the_index_loses_nothing_that_hassil_finds() -> None:
    templates = dataclasses.replace(templates_of("en"), phrases={})  # hassil knows no phrases: none refuses a reading
    whole, indexed = of_hassil(templates), IntentRecognizer(templates, lambda _: True)
    sentences = {re.sub(r"[^a-z0-9' -]", "", text.lower()).strip() for text in said_in_tests()} - {""}
    assert len(sentences) > 1000
    matched = 0
    for text in sorted(sentences)[::40]:  # hassil reads slowly: what templates allow is tried below
        if "-" in text:  # hassil reads those for us, and the "in" of "mother-in-law" as a word, as `by_hassil` does not
            continue
        found = next(iter(indexed.literally(Sentence(text))), None)
        best = by_hassil(text, whole)
        assert (found and found.name) == (best and best[0]), text  # of two templates of an intent either may be found
        matched += found is not None
    assert matched > 30


@pytest.mark.parametrize("tag", SPOKEN)
def test_the_index_finds_every_template_by_what_it_allows(tag: str) -> None:
    """Whichever of its alternatives is said, and with whatever in its slots."""
    templates, chance = templates_of(tag), random.Random(1)  # noqa: S311 - no secret
    texts = [text for some in templates.sentences.values() for text in some]
    index = TemplateIndex(texts, templates.rules)
    for place, text in enumerate(texts):
        for _ in range(8):
            words = said_by(text, templates.rules, chance)
            said = re.sub(r"\{\w+\}", "some-thing" if chance.random() < 0.2 else "something", " ".join(words or ()))
            assert words is None or place in index.candidates(said), (text, said)


@pytest.mark.parametrize("tag", SPOKEN)
def test_every_template_can_be_read_and_is_matched_by_what_it_allows(tag: str) -> None:
    templates, chance = templates_of(tag), random.Random(1)  # noqa: S311 - no secret
    recogniser = IntentRecognizer(templates, lambda _: True)
    for name, texts in templates.sentences.items():
        for text in texts:
            words = said_by(text, templates.rules, chance, least=True)
            if words is None:  # "{name}timer"
                continue
            said = re.sub(r"\{\w+\}", "something", re.sub(r"\{\w+__\w+\}", "something more", " ".join(words)))
            assert recogniser.intent(said) is not None, (name, said)
            assert text == text.lower(), text
            assert set(re.findall(r"{(\w+)}", text)) <= set(templates.slots), text


@pytest.mark.parametrize("tag", SPOKEN)
def test_every_language_understands_every_intent(tag: str) -> None:
    assert set(templates_of(tag).sentences) == set(templates_of("en").sentences)


@pytest.mark.parametrize(
    ("template", "required"),
    [
        ("what time is it [right] [now]", [{"what"}, {"time"}, {"is"}, {"it"}]),
        ("(tell|say) [me] more", [{"tell", "say"}, {"more"}]),
        ("(stop [it]|be quiet|[please])", []),
        ("<ask> {topic}", [{"what", "who"}]),
        ("<round>", []),
        ("<unknown> now", [{"now"}]),
        ("turn the light[s] on", []),
        ("(up;down)", []),
    ],
)
def test_what_a_template_requires(template: str, required: list[set[str]]) -> None:
    index = TemplateIndex([template], {"ask": "(what|who)", "round": "<round>"})
    assert [set(clause) for clause in index.clauses(template)] == required


def test_words_in_any_order_may_begin_and_end_anyhow() -> None:
    index = TemplateIndex(["(up;down) now", "now (up;down)"], {})
    assert list(index.candidates("down up now")) == [0]
    assert list(index.candidates("now down up")) == [1]


def test_a_pasted_page_asks_for_nothing() -> None:
    recogniser = IntentRecognizer(templates_of("en"))
    assert recogniser.requests("stop the timer " * 400) == []


def test_only_templates_whose_words_are_there_are_tried() -> None:
    index = TemplateIndex(["living room on", "light[s] on", "{topic} off"], {})
    assert sorted(index.candidates("Living-Room on")) == [0, 1]
    assert sorted(index.candidates("turn everything off")) == [1, 2]
    assert sorted(index.candidates("room on")) == [1]


def test_the_words_of_templates_are_those_of_their_rules_too() -> None:
    assert words_of_templates(["<a> [one] {slot}"], {"a": "(two|<b>)", "b": "three <a>"}) == {"one", "two", "three"}


def test_without_a_list_of_words_those_of_the_templates_are_good_ones() -> None:
    recogniser = IntentRecognizer(templates_of("en"), fits=lambda slot, _: kind_of(slot) in FREE)
    assert recogniser.intent("waht time is it") == Intent("clock.time")
    assert recogniser.intent("what rhyme is it") is None


def test_keys_lie_beside_each_other_as_the_language_has_them() -> None:
    recognizers = IntentRecognizers()
    assert recognizers.of("de").intent("guzen tag") == Intent("courtesy.hello")  # z is beside t
    assert recognizers.of("en").intent("what zime is it") is None


def test_a_language_that_nobody_speaks_is_understood_as_english() -> None:
    recognizers = IntentRecognizers()
    assert recognizers.of("tlh") is recognizers.of("en-GB")


def _file(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8")


@pytest.mark.parametrize("text", ["just text", "intents: {}\nsentences: []\n"])
def test_a_file_that_holds_no_templates_is_refused(tmp_path: Path, text: str) -> None:
    _file(tmp_path, "a.yaml", text)
    with pytest.raises(ValueError, match=r"a.yaml holds no templates"):
        read_templates(tmp_path)


def test_two_files_are_one(tmp_path: Path) -> None:
    _file(tmp_path, "a.yaml", "intents:\n  a.one: [one]\nrules:\n  r: (one|two)\n")
    _file(tmp_path, "b.yaml", "intents:\n  b.two: [two]\nslots: topic\nkeyboard: abc def\nnever_repaired_to: not\n")
    read = read_templates(tmp_path)
    assert read.sentences == {"a.one": ("one",), "b.two": ("two",)}
    assert (read.rules, read.slots, read.keyboard) == ({"r": "(one|two)"}, ("topic",), ("abc", "def"))
    _file(tmp_path, "c.yaml", "intents:\n  a.one: [one]\n")
    with pytest.raises(ValueError, match=r"c.yaml names a.one again"):
        read_templates(tmp_path)


def test_a_page_names_nothing_that_is_called_off() -> None:
    assert not IntentRecognizer(templates_of("en")).at_last(Sentence("cancel " + "yoga " * 1000))


@pytest.mark.parametrize(
    "said", ["could you add milk on the list", "what else is on the list", "i see milk on the list"]
)
def test_a_slot_that_begins_a_sentence_holds_no_more_of_it_than_its_value(said: str) -> None:
    templates = Templates(
        sentences={"list.add": ("{things} on the list", "add {things} on the list")},
        rules={},
        slots=("things",),
        never_repaired_to=frozenset(),
        keyboard=(),
        phrases={"beginning": ("could", "what"), "beginning.things": ("i",), "before": ()},
    )
    recognizer = IntentRecognizer(templates)
    assert recognizer.intent(said) is None
    assert recognizer.intent("milk on the list") == Intent("list.add", {"things": "milk"})
    assert recognizer.intent("add could you on the list") == Intent("list.add", {"things": "could you"})


def test_a_long_sentence_is_free_speech_of_which_no_word_is_put_right(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def literally(_: IntentRecognizer, sentence: Sentence, **__: object) -> list[Intent]:
        tried.append(sentence.plain)
        return []

    monkeypatch.setattr(IntentRecognizer, "literally", literally)
    recognizer = IntentRecognizer(templates_of("en"))
    long = "we went to the lake for two hours and then we had to go home by bus"
    assert recognizer.repaired(long) is None
    assert not recognizer.at_last(Sentence(long))
    assert not tried
    assert recognizer.repaired("we went for two hours") is None
    assert tried


_SAYS_WHEN = re.compile(
    r"(?:^|[\s(|\[])(?:every|next|this|last|jeden|jede|nächsten|nächste|diesen)(?:\|[^()\[\]]*)?[)\]]*\s\{(?:when|moment|period)"
)


@pytest.mark.parametrize("tag", ["en", "de"])
def test_no_template_takes_words_that_say_when_out_of_the_slot(tag: str) -> None:
    """ "Every friday" is none of "friday": what stands before a slot of time must not be what tells which."""
    templates = templates_of(tag)
    texts = [*templates.rules.values(), *(text for some in templates.sentences.values() for text in some)]
    assert [text for text in texts if _SAYS_WHEN.search(text)] == []


def test_a_word_that_was_said_twice_is_named_once() -> None:
    """Unless it is a name, or one that is said so."""
    templates = Templates(
        sentences={
            "list.add": ("add {things} to my list",),
            "note.add": ("note {text}",),
            "list.off": ("note down it",),
        },
        rules={},
        slots=("things", "text"),
        never_repaired_to=frozenset(),
        keyboard=(),
        phrases={"hesitations": ("um",), "twice": ("bye bye",)},
    )
    recognizer = IntentRecognizer(templates, {"milk", "bye", "birdie", "down", "it"}.__contains__)
    assert recognizer.readings("add milk milk to my list") == [Intent("list.add", {"things": "milk"})]
    assert recognizer.readings("add bora bora to my list") == [Intent("list.add", {"things": "bora bora"})]
    assert recognizer.readings("add bye bye birdie to my list") == [Intent("list.add", {"things": "bye bye birdie"})]
    assert recognizer.readings("note milk um milk") == [Intent("note.add", {"text": "milk um milk"})]
    assert recognizer.readings("note down um it")[0] == Intent("list.off")


@pytest.mark.parametrize("tag", SPOKEN)
def test_a_completed_recogniser_makes_no_other_one(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    recogniser = IntentRecognizer(templates_of(tag), lambda word: word != "xylophone", fits=lambda _slot, _words: False)
    recogniser.complete()
    monkeypatch.setattr(intents, "words_of_templates", None)
    monkeypatch.setattr(intents, "IntentRecognizer", None)
    asked = {"en": "what time is it", "de": "wie spät ist es"}
    assert recogniser.intent(asked[tag]) is not None
    assert recogniser.intent("xylophone gravel purple") is None


def test_without_little_words_nothing_is_made_for_them() -> None:
    templates = Templates(
        sentences={"x.y": ("light[s] on",)}, rules={}, slots=(), never_repaired_to=frozenset(), keyboard=()
    )
    recogniser = IntentRecognizer(templates, lambda _: True)
    recogniser.complete()
    assert recogniser.intent("lights on") == Intent("x.y")
    assert recogniser.intent("heating on") is None
