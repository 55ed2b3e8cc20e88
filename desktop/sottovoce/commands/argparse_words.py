"""argparse's own sentences, in the language that is shown."""

from __future__ import annotations

import argparse
import functools
from typing import TYPE_CHECKING, Final

from sottovoce.language import ENGLISH, language, words

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN: Final = (
    "cliargparse-usage",
    "cliargparse-arguments",
    "cliargparse-options",
    "cliargparse-help",
    "cliargparse-argument",
    "cliargparse-required",
    "cliargparse-one-required",
    "cliargparse-unrecognized",
    "cliargparse-not-allowed-with",
    "cliargparse-takes-no-value",
    "cliargparse-one-expected",
    "cliargparse-some-expected",
    "cliargparse-no-choice",
    "cliargparse-no-value",
)
"""Messages whose English is, letter by letter, what argparse asks for."""


def word_argparse() -> None:
    """Have argparse ask the catalogue instead of gettext, which knows none of ours and looks for files at each word."""
    vars(argparse)["_"] = worded


def worded(english: str) -> str:
    """A sentence of argparse's as it is shown; one that a command never meets stays English."""
    key = _by_english().get(english)
    return english if key is None else words(key)


@functools.cache
def _by_english() -> Mapping[str, str]:
    english = language(ENGLISH)
    return {english.text(key): key for key in OWN}
