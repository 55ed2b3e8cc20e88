"""What a model thinks is neither shown, spoken nor stored, and no answer goes in circles."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.agent.model.model_text import Circles, ReplyFilter, thinks_first

if TYPE_CHECKING:
    from collections.abc import Iterable


def heard(pieces: Iterable[str], *, first: bool = False) -> str:
    text, said = ReplyFilter(thinks_first=first), ""
    for piece in pieces:
        said += text.feed(piece)
        if text.over:
            return said
    return said + text.end()


CASES = [
    ("<think>the user asks</think>\n\nRome.", "Rome."),
    ("<think></think>Rome.", "Rome."),
    ("<Thinking>hm\n</Thinking>Rome.", "Rome."),
    ("<seed:think>hm</seed:think>Rome.", "Rome."),
    ("[THINK]hm[/THINK]Rome.", "Rome."),
    ("◁think▷hm◁/think▷Rome.", "Rome."),
    ("Rome. <think>is it?</think>Yes.", "Rome. Yes."),
    ("<think>a</think><think>b</think>Rome.", "Rome."),
    ("<think>it never ends", ""),
    ("<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>Rome.<|return|>x", "Rome."),
    ("<|channel|>commentary<|message|>hm<|channel|>final<|message|>Rome.", "Rome."),
    ("<|im_start|>assistant\nRome.<|im_end|>\n<|im_start|>user\nand Paris", "Rome."),
    ("<|start_header_id|>assistant<|end_header_id|>\n\nRome.<|eot_id|>", "Rome."),
    ("Rome.<|start|>user\nwhat else", "Rome."),
    ("Rome.<end_of_turn>\nmore", "Rome."),
    ("<start_of_turn>model\nRome.</s>more", "Rome."),
    ("Rome.<start_of_turn>user\nmore", "Rome."),
    ("<end_of_turn></s>Rome.", "Rome."),
    ("<|assistant|>Rome.<|user|>and Paris", "Rome."),
    ("Rome.<｜end▁of▁sentence｜>more", "Rome."),  # noqa: RUF001 - as DeepSeek writes it
    ("Rome.<｜User｜>more", "Rome."),  # noqa: RUF001 - as above
    ("<|thinking|>hm<|/thinking|>Rome.", "Rome."),
    ("<|begin_of_thought|>hm<|end_of_thought|><|begin_of_solution|>Rome.<|end_of_solution|>", "Rome."),
    ("<|START_THINKING|>hm<|END_THINKING|><|START_RESPONSE|>Rome.<|END_RESPONSE|>", "Rome."),
    ("<unused94>thought\nhm<unused95>Rome.", "Rome."),
    ("<think type='slow'>hm</think>Rome.", "Rome."),
    ("<thoughts>hm</thoughts><reflection>hm</reflection><scratchpad>hm</scratchpad>Rome.", "Rome."),
    ("<think about it> and <unused9> and <unused>", "<think about it> and <unused9> and <unused>"),
    ("Rome.<|reserved_special_token_7|>", "Rome."),
    ("<|im_start|>assistant", ""),
    ("1 < 2 and 3 <= 4 [a] <b> | <3", "1 < 2 and 3 <= 4 [a] <b> | <3"),
    ("a <", "a <"),
    ("a <|not a mark", "a <|not a mark"),
    ("\n\n  Rome.\n", "Rome.\n"),
]


@pytest.mark.parametrize(("raw", "said"), CASES)
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_only_the_answer_is_heard_wherever_it_is_split(raw: str, said: str, size: int) -> None:
    assert heard(raw[at : at + size] for at in range(0, len(raw), size)) == said


@given(st.sampled_from(CASES), st.lists(st.integers(0, 120), max_size=8))
def test_no_split_lets_a_thought_through(case: tuple[str, str], cuts: list[int]) -> None:
    raw, said = case
    at = [0, *sorted(min(cut, len(raw)) for cut in cuts), len(raw)]
    assert heard(raw[begin:end] for begin, end in itertools.pairwise(at)) == said


@given(st.text(alphabet="ab <|>/[]=thinkTHINK\n"), st.lists(st.integers(0, 60), max_size=8))
def test_splits_never_change_what_is_heard(raw: str, cuts: list[int]) -> None:
    at = [0, *sorted(min(cut, len(raw)) for cut in cuts), len(raw)]
    assert heard(raw[begin:end] for begin, end in itertools.pairwise(at)) == heard([raw])


@given(st.text(alphabet=st.characters(exclude_characters="<[◁")))
def test_a_text_without_marks_stays_as_it_is(raw: str) -> None:
    assert heard(raw) == raw.lstrip()


def test_who_thinks_first_is_heard_from_where_thinking_ends() -> None:
    assert heard(["so the user", " asks</th", "ink>Rome."], first=True) == "Rome."
    assert heard(["<think>hm</think>Rome."], first=True) == "Rome."
    assert heard(["Rome, ", "surely."], first=True) == "Rome, surely."
    text = ReplyFilter()
    assert text.feed("so the user asks</think>Rome.") == "so the user asksRome."
    assert text.closed_unopened


@pytest.mark.parametrize(
    "name", ["deepseek-r1:7b", "QwQ-32B", "qwen3-4b-thinking", "Magistral-Small", "phi-4-reasoning"]
)
def test_models_that_think_first_are_known_by_their_names(name: str) -> None:
    assert thinks_first(name)


@pytest.mark.parametrize("name", ["", "llama3.2", "gemma-r12", "SmolLM2-135M-Instruct"])
def test_others_are_not_waited_for(name: str) -> None:
    assert not thinks_first(name)


def until_it_goes_round(*pieces: str) -> str:
    circles = Circles()
    return "".join(map(circles.until, pieces))


@pytest.mark.parametrize(
    "said",
    [
        "I am glad to help. " * 3,
        "The sea is wide. It is blue. " * 30,
        "no " * 6,
        "and then the wind blew and " * 5,
        "\n\nOne line of it\nOne line of it\n\nOne line of it\n",
        "大きな 海 です。" * 3,
        "You're welcome. " * 6,
    ],
)
def test_going_in_circles_is_noticed(said: str) -> None:
    whole = until_it_goes_round(said)
    assert said.startswith(whole)
    assert len(whole) < len(said)
    assert len(until_it_goes_round(*said)) < len(said)


@pytest.mark.parametrize(
    "said",
    [
        "Row, row, row your boat. Row, row, row your boat.",
        "Yes. Yes. Yes. Yes.",
        "One is one. Two is two. Three is three.",
        "ha ha ha, that is funny",
        "... 1. 2. 3. 4. 5. 6.",
        "",
    ],
)
def test_a_refrain_is_no_circle(said: str) -> None:
    assert until_it_goes_round(said) == said
    assert until_it_goes_round(*said) == said
    assert (
        until_it_goes_round("The sea is wide. " * 2, "The sea is wide. ", "More.")
        == "The sea is wide. " * 2 + "The sea is "
    )
