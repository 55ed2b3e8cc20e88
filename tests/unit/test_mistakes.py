"""Mistakes are named, placed and counted, and a field's is a sentence's beginning."""

from __future__ import annotations

import dataclasses

from sottovoce.domain.mistakes import Misfit, Mistake, in_a_row
from sottovoce.domain.said import said
from sottovoce.domain.user_error import rendered

EMPTY = Mistake("user", said("must-not-be-empty"))


def test_a_mistake_is_told_with_its_name_and_line() -> None:
    assert rendered(EMPTY.said) == "`user` must not be empty"
    assert rendered(dataclasses.replace(EMPTY, line=3).said) == "line 3: `user` must not be empty"
    assert rendered(Mistake("", said("must-be-object")).said) == "it is no JSON object"


def test_several_are_told_in_a_row() -> None:
    assert rendered(in_a_row([EMPTY])) == "`user` must not be empty"
    colour = Mistake("colour", said("must-be-setting"))
    assert rendered(in_a_row([EMPTY, colour])) == "`user` must not be empty; `colour` is no setting"


def test_a_misfit_says_which_field_and_never_its_value() -> None:
    misfit = Misfit("volume", said("must-be-whole"))
    assert str(misfit) == "volume must be a whole number"
    assert rendered(misfit.said) == "Volume must be a whole number"
    nameless = Misfit("", said("must-keys-be-text"))
    assert str(nameless) == rendered(nameless.said) == "Keys must be text"
