"""What people are shown of errors: the same failure told elsewhere, and words for every kind in every language."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from sottovoce.adapters import recovery_sheet
from sottovoce.domain.errors import MicrophoneMissing, SottovoceError, StoreFull, Trouble
from sottovoce.domain.moments import local_now
from sottovoce.domain.said import said
from sottovoce.language import available, language
from sottovoce.language.display import show_in
from tools.words import catalogues
from tools.words.compile import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.words.catalogues import Message

WITHIN = ("error-why", "error-place-line", "error-place-end", "error-place-unknown", "error-part-", "error-moment")
"""How the keys of those begin that stand within a sentence."""
FILES = ("error", "must", "policy", "kind", "sheet")
_VALUE = re.compile(r"\{[^{}]*\}")


def kinds(parent: type[SottovoceError] = SottovoceError) -> Iterator[type[SottovoceError]]:
    """Every class of error that the program has."""
    yield parent
    for child in parent.__subclasses__():
        if child.__module__.startswith("sottovoce."):
            yield from kinds(child)


def texts(tag: str, name: str) -> dict[str, tuple[str, ...]]:
    """Key (with its attribute) → what a file of this language says there, one text for each of its choices."""
    found: dict[str, tuple[str, ...]] = {}
    for key, message in json.loads((language(tag).folder / "compiled" / f"{name}.json").read_bytes()).items():
        parts = message if isinstance(message, dict) else {"": message}
        found |= {f"{key}.{one}" if one else key: tuple(_ways(part)) for one, part in parts.items() if part}
    return found


def _ways(pattern: object) -> Iterator[str]:
    """The texts of a pattern: values in braces, and each choice by itself."""
    match pattern:
        case str():
            yield pattern
        case [{"c": dict(choices)}]:
            for choice in choices.values():
                yield from _ways(choice)
        case list():
            yield "".join(part if isinstance(part, str) else "{…}" for part in pattern)


@pytest.mark.parametrize(
    "error",
    [
        StoreFull(),
        StoreFull(said("error-store-emptied")),
        MicrophoneMissing("It is gone.", "Bring it back."),
        Trouble(remedy=said("error-store-full.remedy")),
    ],
)
def test_the_same_failure_again_has_the_same_words_and_no_trace(error: SottovoceError) -> None:
    with pytest.raises(type(error)) as caught:
        raise error from OSError()
    again = caught.value.again()
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert again.__traceback__ is None
    assert again.__cause__ is None


@pytest.mark.parametrize("tag", available())
def test_every_error_has_a_sentence_and_a_remedy(tag: str) -> None:
    there = texts(tag, "error")
    for kind in kinds():
        assert any(key in there for key in kind.messages), kind
        assert any(f"{key}.remedy" in there for key in kind.messages), kind
        assert kind.messages[0] in {key.partition(".")[0] for key in there}, f"{kind} has no words of its own"


@pytest.mark.parametrize("tag", available())
def test_every_sentence_ends(tag: str) -> None:
    for key, ways in texts(tag, "error").items():
        for text in ways:
            assert key.startswith(WITHIN) or text.endswith((".", "?")), f"{tag}: {key}: {text}"
            assert text[-1] != "." or not key.startswith(WITHIN), f"{tag}: {key}: {text}"


@pytest.fixture(scope="module")
def messages() -> dict[str, dict[str, Message]]:
    """Every message of every language."""
    return catalogues.messages(sources())


@pytest.mark.parametrize("tag", available()[1:])
@pytest.mark.parametrize("name", FILES)
def test_another_language_says_it_otherwise_with_the_same_values_and_commands(
    tag: str, name: str, messages: dict[str, dict[str, Message]]
) -> None:
    english, theirs = texts("en", name), texts(tag, name)
    assert theirs.keys() == english.keys()
    for key, ways in english.items():
        if re.search("[A-Za-z]", _VALUE.sub("", "".join(ways))):
            assert theirs[key] != ways, key
        assert _commands(theirs[key]) == _commands(ways), key
    for key, one in messages[tag].items():
        assert one.values == messages["en"][key].values, key


def _commands(ways: tuple[str, ...]) -> set[str]:
    """What stands between backticks, up to what the user puts in."""
    found = re.findall(r"`([^`]*)`", " ".join(ways))
    return {re.sub(r"\b[A-ZÄÖÜ]{3,}\b", "…", command) for command in found}


@pytest.mark.parametrize("tag", available())
def test_the_sheet_has_room_for_its_lines(tag: str) -> None:
    show_in(tag)
    try:
        lines = recovery_sheet.sheet_lines("ABCD " * 7, "/home/anna/.local/share/sottovoce", local_now())
        assert max(len(text) for _, text in lines) <= 88
        for _, text in lines:
            text.encode("cp1252")
    finally:
        show_in("en")
