"""Errors, audio figures and limits."""

from __future__ import annotations

import inspect
from typing import Protocol

import pytest

from sottovoce.domain import errors
from sottovoce.domain.audio import BLOCK_BYTES, SAMPLE_RATE_HZ, blocks_of, duration_s
from sottovoce.domain.joining import Joined
from sottovoce.domain.turns import TurnLimits
from sottovoce.talk import ports

CLASSES = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, errors.SottovoceError)]
LEAVES = [c for c in CLASSES if not c.__subclasses__() or "code" in vars(c)]


@pytest.mark.parametrize("error", LEAVES)
def test_every_error_has_a_code_a_sentence_and_a_remedy(error: type[errors.SottovoceError]) -> None:
    told = error()
    assert told.code.replace("-", "").isalpha()
    assert told.sentence.endswith(".")
    assert told.remedy.endswith(".")
    assert str(told) == f"{told.sentence} {told.remedy}"
    assert told.exit_code in {1, 2, 3}


def test_codes_are_unique() -> None:
    assert len({error.code for error in LEAVES}) == len(LEAVES)


def test_a_bug_is_told_without_its_words() -> None:
    assert errors.to_user_error(errors.StoreFull()).code == "store-full"
    assert "secret" not in str(errors.to_user_error(ValueError("secret")))


def test_what_was_joined_adds_up() -> None:
    both = Joined(messages=1, erased=2) + Joined(messages=3, present=4)
    assert both == Joined(messages=4, present=4, erased=2)
    assert both.to_json()["messages"] == 4


def test_audio_figures() -> None:
    assert BLOCK_BYTES == 640
    assert duration_s(SAMPLE_RATE_HZ * 2) == 1.0
    assert [len(block) for block in blocks_of(bytes(1500))] == [640, 640, 220]


def test_ports_are_protocols() -> None:
    assert all(Protocol in getattr(ports, name).__mro__ for name in ("Microphone", "Recognizer", "Speaker", "Hotkey"))


def test_limits_of_a_turn() -> None:
    with pytest.raises(ValueError, match="tail"):
        TurnLimits(tail_ms=-1)
    with pytest.raises(ValueError, match="positive"):
        TurnLimits(hold_s=0)
