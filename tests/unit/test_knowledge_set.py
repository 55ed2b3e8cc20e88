"""Questions nobody asked the files for: how many of the sets are answered, and that what misleads is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters.knowledge.cutting import CuttingLimits, cut, paragraphs
from sottovoce.adapters.knowledge.markdown import markdown_blocks
from sottovoce.agent.skills.passages import unasked
from sottovoce.domain.knowledge import Passage
from sottovoce.language import language
from sottovoce.language.en.words import key_words
from sottovoce.memory.knowledge import FoundPassage
from tests.unit import knowledge_set, knowledge_set_clauses, knowledge_set_misleading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

LEAST_PRECISION = 0.97

BOSS = {
    "paris.txt": "We were in the capital of France in May.",
    "office.txt": "The boss of Anna was fired in March. The meeting with Dr. Plant is on Monday at ten.",
    "memories.md": "My mother hated the bread of the baker.",
    "baking.md": "Bake the bread for 40 minutes at 220 degrees.",
}
"""The words of a reviewer's questions are in these, and answers to them are not."""


def passages(files: Mapping[str, str]) -> list[FoundPassage]:
    """The files, cut as they are for the store."""
    return [
        FoundPassage(
            passage=Passage(number=1, document=path, path=path, place=place, text=text),
            score=1.0,
            cosine=0.0,
            shares_words=True,
        )
        for path, whole in files.items()
        for place, text in cut(markdown_blocks(whole) if path.endswith(".md") else paragraphs(whole), CuttingLimits())
    ]


def answer(question: str, there: Sequence[FoundPassage]) -> str:
    """What is told, the passages that share most words looked at first; empty if nothing is."""
    wanted = key_words(question)
    best = sorted(
        there, key=lambda one: -len(wanted & key_words(f"{one.passage.path} {one.passage.place} {one.passage.text}"))
    )
    quoted = unasked(question, best, language("en"))
    return quoted.text if quoted else ""


@pytest.mark.parametrize(
    ("questions", "least_recall"),
    [(knowledge_set, 0.8), (knowledge_set_misleading, 0.85), (knowledge_set_clauses, 0.8)],
    ids=["plain", "misleading", "clauses"],
)
def test_what_is_answered_answers(questions: ModuleType, least_recall: float) -> None:
    there = passages(questions.FILES)
    told = {question: answer(question, there) for question, _ in questions.ANSWERED}
    right = [question for question, wanted in questions.ANSWERED if wanted in told[question]]
    wrong = [question for question, said in told.items() if said and question not in right]
    wrong += [question for question in questions.UNANSWERED if answer(question, there)]
    assert len(right) / (len(right) + len(wrong)) >= LEAST_PRECISION, wrong
    assert len(right) / len(questions.ANSWERED) >= least_recall, sorted(told.keys() - right)


@pytest.mark.parametrize(
    "question",
    [
        "what is the capital of france",
        "who is the boss of anna",
        "when is the meeting with anna",
        "why was the boss fired",
        "who is the mother of the baker",
        "how long do i bake a cake at 220 degrees",
    ],
)
def test_the_same_words_in_another_sense_are_no_answer(question: str) -> None:
    assert answer(question, passages(BOSS)) == ""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("when was the boss of anna fired", "The boss of Anna was fired in March."),
        ("when is the meeting with dr plant", "The meeting with Dr. Plant is on Monday at ten."),
        ("who hated the bread of the baker", "My mother hated the bread of the baker."),
        ("how long do i bake the bread", "Bake the bread for 40 minutes at 220 degrees."),
    ],
)
def test_one_sentence_is_told_and_no_other(question: str, said: str) -> None:
    assert answer(question, passages(BOSS)) == said


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("how come the code of the gate is secret", "# Gate\n\nThe code of the gate is secret."),
        ("when is the meeting with anna", "# Anna\n\nThe meeting with Ben is on Monday at ten."),
        ("what is the code of the gate", "# Gate\n\nThe code of the gate is not known."),
        ("who has painted the fence of the garden", "# Painted\n\nThe fence of the garden is the pride of Ben."),
        ("who has painted the garden fence", "# Painted\n\nBen likes the fence of the garden."),
    ],
)
def test_what_a_heading_names_or_a_sentence_denies_is_no_answer(question: str, text: str) -> None:
    assert answer(question, passages({"notes.md": text})) == ""
