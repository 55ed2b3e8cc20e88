"""Vectors: the nearest are those that a plain reckoning finds, whatever was put and dropped before."""

from __future__ import annotations

import asyncio
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from sottovoce.domain.memories import Vectors
from sottovoce.memory.vectors import BLOCK_ROWS, LOADED_AT_ONCE, UNIT, VectorIndex, fused, loaded
from tests.fakes_embedder import DIMENSIONS, meaning

SMALL = 6
VECTORS = st.lists(st.integers(-127, 127), min_size=SMALL, max_size=SMALL)
KEYS = st.sampled_from("abcdefgh")


def packed(values: list[int]) -> bytes:
    return bytes(value % 256 for value in values)


def product(one: list[int], other: list[int]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True)) / UNIT**2


def same(found: list[tuple[str, float]], held: dict[str, list[int]], question: list[int], k: int) -> None:
    """Hold what was found against all products; keys that are equally near may come in any order."""
    products = {key: product(vector, question) for key, vector in held.items()}
    expected = sorted(products.values(), reverse=True)[:k] if any(question) else []
    assert [score for _, score in found] == pytest.approx(expected, abs=1e-4)
    assert len({key for key, _ in found}) == len(found)
    for key, score in found:
        assert score == pytest.approx(products[key], abs=1e-4)


@given(st.dictionaries(st.text(max_size=5), VECTORS, max_size=40), VECTORS, st.integers(1, 50))
def test_the_nearest_are_those_of_a_plain_reckoning(held: dict[str, list[int]], question: list[int], k: int) -> None:
    index = VectorIndex(SMALL)
    index.load(list(held), b"".join(map(packed, held.values())))
    same(index.nearest(packed(question), k), held, question, k)
    for key, vector in held.items():
        assert index.cosine(key, packed(question)) == pytest.approx(product(vector, question), abs=1e-4)


class AgainstADict(RuleBasedStateMachine):
    """Any sequence of loads, puts and drops holds what a dict holds."""

    def __init__(self) -> None:
        super().__init__()
        self.index = VectorIndex(SMALL)
        self.plain: dict[str, list[int]] = {}

    @rule(key=KEYS, vector=VECTORS)
    def put(self, key: str, vector: list[int]) -> None:
        self.index.put(key, packed(vector))
        self.plain[key] = vector

    @rule(keys=st.lists(KEYS, max_size=4))
    def drop(self, keys: list[str]) -> None:
        self.index.drop(keys)
        for key in keys:
            self.plain.pop(key, None)

    @rule(held=st.dictionaries(KEYS, VECTORS, max_size=8))
    def load(self, held: dict[str, list[int]]) -> None:
        self.index.load(list(held), b"".join(map(packed, held.values())))
        self.plain = dict(held)

    @rule(question=VECTORS, k=st.integers(1, 10))
    def nearest(self, question: list[int], k: int) -> None:
        same(self.index.nearest(packed(question), k), self.plain, question, k)

    @invariant()
    def same_keys(self) -> None:
        assert len(self.index) == len(self.plain)
        assert all((key in self.index) == (key in self.plain) for key in "abcdefgh")


TestAgainstADict = AgainstADict.TestCase
TestAgainstADict.settings = settings(max_examples=30)  # of up to 50 steps each


def test_more_vectors_than_one_block_are_all_searched() -> None:
    index = VectorIndex(SMALL)
    count = 2 * BLOCK_ROWS + 3
    index.load([str(number) for number in range(count)], packed([1, 0, 0, 0, 0, 0]) * count)
    for number in (0, BLOCK_ROWS, count - 1):
        index.put(str(number), packed([127, 0, 0, 0, 0, 0]))
    found = index.nearest(packed([127, 0, 0, 0, 0, 0]), 3)
    assert {key for key, _ in found} == {"0", str(BLOCK_ROWS), str(count - 1)}
    assert [score for _, score in found] == pytest.approx([1.0] * 3)


async def test_the_loop_has_its_turn_while_an_index_is_made() -> None:
    count = 3 * LOADED_AT_ONCE + 1
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    going_on = asyncio.create_task(other())
    names = tuple(str(number) for number in range(count))
    index = await loaded(SMALL, Vectors(names, packed([1, 0, 0, 0, 0, 0]) * count))
    going_on.cancel()
    assert turns >= 4
    assert len(index) == count
    assert all(index.cosine(name, packed([127, 0, 0, 0, 0, 0])) > 0 for name in names)
    with pytest.raises(ValueError, match="as many"):
        await loaded(SMALL, Vectors(("a",), b""))


def test_it_grows_from_nothing_one_by_one() -> None:
    index = VectorIndex(SMALL)
    for number in range(300):
        index.put(str(number), packed([number % 127, number // 127, 0, 0, 0, 0]))
        assert index.nearest(packed([0, 0, 127, 0, 0, 0]), 1)
    assert len(index) == 300
    assert index.nearest(packed([127, 0, 0, 0, 0, 0]), 1)[0][1] == pytest.approx(126 / 127)


def test_zeros_are_near_nothing_and_no_answer_is_wanted_for_none() -> None:
    index = VectorIndex(SMALL)
    question = packed([1, 2, 3, 4, 5, 6])
    assert index.nearest(question, 5) == []
    index.put("a", question)
    assert index.nearest(bytes(SMALL), 5) == []
    assert index.nearest(question, 0) == []
    assert index.cosine("gone", question) == 0.0


def test_what_does_not_fit_is_refused() -> None:
    index = VectorIndex(SMALL)
    with pytest.raises(ValueError, match="as many"):
        index.load(["a", "b"], bytes(SMALL))
    with pytest.raises(ValueError, match="other dimensions"):
        index.put("a", bytes(SMALL + 1))
    with pytest.raises(ValueError, match="other dimensions"):
        index.nearest(bytes(SMALL - 1), 1)
    with pytest.raises(ValueError, match="needs a dimension"):
        VectorIndex(0)
    assert len(index) == 0


SCORES = st.floats(0.01, 20)
RANKED = st.dictionaries(KEYS, SCORES).map(lambda found: sorted(found.items(), key=lambda one: -one[1]))


@given(RANKED, st.dictionaries(KEYS, st.floats(-1, 1)))
def test_fused_holds_all_and_words_add_at_most_their_share(
    by_words: list[tuple[str, float]], by_meaning: dict[str, float]
) -> None:
    before = dict(by_meaning)
    found = fused(by_words, by_meaning, share=0.1)
    assert by_meaning == before
    assert {key for key, _ in found} == {key for key, _ in by_words} | set(by_meaning)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    shared = dict(by_words)
    for key, score in found:
        added = score - by_meaning.get(key, 0.0)
        assert -1e-9 <= added <= 0.1 + 1e-9
        assert (added > 1e-12) == (key in shared)


@given(RANKED, st.dictionaries(KEYS, st.floats(-1, 1)), st.dictionaries(KEYS, st.floats(0, 1)))
def test_who_has_fewer_of_the_words_gets_less_of_the_share(
    by_words: list[tuple[str, float]], by_meaning: dict[str, float], coverage: dict[str, float]
) -> None:
    whole = dict(fused(by_words, by_meaning, share=0.1))
    for key, score in fused(by_words, by_meaning, share=0.1, coverage=coverage):
        meaning_alone = by_meaning.get(key, 0.0)
        expected = meaning_alone + (whole[key] - meaning_alone) * coverage.get(key, 0.0) ** 2
        assert score == pytest.approx(expected)


def test_fused_without_meaning_keeps_the_order_of_words_and_takes_scores_of_zero() -> None:
    assert [key for key, _ in fused([("b", 3.0), ("a", 1.0)], {})] == ["b", "a"]
    assert fused([("a", 0.0)], {}, share=0.5) == [("a", 0.5)]
    assert fused([], {}) == []


def test_the_fake_embedder_has_paraphrases_near_and_others_far() -> None:
    index = VectorIndex(DIMENSIONS)
    index.put("father", meaning("my father is called tom"))
    assert math.isclose(index.cosine("father", meaning("the dad named tom")), 1.0, abs_tol=0.02)
    assert index.cosine("father", meaning("rain in norway")) < 0.5
    assert not any(meaning("it is what it is"))
