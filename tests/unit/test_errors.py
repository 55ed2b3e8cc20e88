"""An error's words: its class's, a message's, or given ones; the same wherever it is raised again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from sottovoce.domain import errors, user_error
from sottovoce.domain.errors import MicrophoneMissing, SottovoceError, StoreFull, Trouble
from sottovoce.domain.said import said
from sottovoce.domain.user_error import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator

ROW = {"code", "exit_code", "messages"}
PLUG_IN = "Plug one in, then try again."


@pytest.mark.parametrize(
    ("error", "sentence", "remedy"),
    [
        (MicrophoneMissing(said("error-no-loudspeaker")), "The recording can't be played", PLUG_IN),
        (MicrophoneMissing(said("error-hotkey-server-silent")), "The X server", "Plug one in or choose one"),
        (MicrophoneMissing(remedy=said("error-no-loudspeaker.remedy")), "No microphone was found.", PLUG_IN),
        (MicrophoneMissing("It is gone.", "Bring it back."), "It is gone.", "Bring it back."),
        (Trouble(), "Something did not work.", "Run `sottovoce doctor`"),
    ],
)
def test_words_are_those_that_were_given_and_else_the_class_has(
    error: SottovoceError, sentence: str, remedy: str
) -> None:
    assert error.sentence.startswith(sentence)
    assert error.remedy.startswith(remedy)
    assert str(error) == f"{error.sentence} {error.remedy}"
    assert str(error.again()) == str(error)


def test_what_an_error_says_goes_into_another_message() -> None:
    assert SottovoceError("Gone.").message == "Gone."
    assert StoreFull().message == said("error-store-full")
    assert StoreFull(said("error-store-emptied")).message == said("error-store-emptied")


def test_without_any_catalogue_the_name_stands_for_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(user_error._ShownLanguage, "find", staticmethod(lambda *_: None))  # noqa: SLF001 - as a program without one
    assert rendered(said("error-store-full")) == "error-store-full"
    assert StoreFull().remedy == "error-store-full"


def test_the_errors_are_a_table_whose_codes_are_there_once() -> None:
    """Who adds one adds a row: a parent, a code, what it means. No row has behaviour of its own."""
    rows = list(_every())
    assert not [kind for kind in rows if {name for name in vars(kind) if not name.startswith("__")} - ROW]
    codes = [kind.code for kind in rows if "code" in vars(kind)]
    assert len(codes) == len(set(codes))


def _every(parent: type[SottovoceError] = SottovoceError) -> Iterator[type[SottovoceError]]:
    for kind in parent.__subclasses__():
        if kind.__module__ == errors.__name__:
            yield kind
            yield from _every(kind)


@pytest.mark.parametrize("kind", list(_every()), ids=str)
def test_what_an_administrator_has_decided_exits_alike(kind: type[SottovoceError]) -> None:
    """Exit code 3 means that somebody is needed; who refuses by a policy says so in its first words."""
    if re.match(r"Your administrator (lets|does not let|has decided)", kind().sentence):
        assert kind.exit_code == 3
