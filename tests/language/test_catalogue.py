"""The catalogue's reader says what Fluent's own runtime says, and what is missing breaks no answer."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.domain.said import said
from sottovoce.language import available, language
from sottovoce.language.catalogue import Catalogue
from tools.words import catalogues
from tools.words.__main__ import faults
from tools.words.compile import Source, compiled, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

FTL = """
note-plain = Two words.
note-value = Hello, { $name }!
note-many = { $count ->
    [0] nothing
    [one] one thing
   *[other] { $count } things
}
note-nested = { $manner ->
    [brief] { note-many }.
   *[normal] There { $count ->
        [one] is
       *[other] are
    } { note-many } here.
}
note-shut = { "{" } and { "three" }
    .remedy = Open it,
        then { $name } shuts it.
"""


def _catalogue(folder: Path, text: str = FTL) -> Catalogue:
    source = Source("en", Path("en/say/note.ftl"), FluentParser().parse(text))
    (folder / "compiled").mkdir()
    (folder / "compiled" / "note.json").write_text(compiled(source), "utf-8")
    return Catalogue(folder, language("en").grammar)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalogue, FluentBundle]:
    bundle = FluentBundle(["en-US"], use_isolating=False)
    bundle.add_resource(FluentResource(FTL))
    return _catalogue(tmp_path_factory.mktemp("en")), bundle


@given(
    count=st.integers(0, 999),
    manner=st.sampled_from(["brief", "normal", "detailed"]),
    name=st.text(st.characters(blacklist_categories=["Cs"]), max_size=8),
)
def test_says_what_fluent_says(both: tuple[Catalogue, FluentBundle], count: int, manner: str, name: str) -> None:
    ours, theirs = both
    facts: dict[str, Any] = {"count": count, "manner": manner, "name": name}
    for key in ("note-plain", "note-value", "note-many", "note-nested", "note-shut"):
        value = theirs.get_message(key).value
        assert value is not None
        assert ours.render(key, facts) == theirs.format_pattern(value, facts)[0]
    remedy = theirs.get_message("note-shut").attributes["remedy"]
    assert ours.render("note-shut.remedy", facts) == theirs.format_pattern(remedy, facts)[0]


def test_a_missing_value_is_named_and_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert _catalogue(tmp_path).render("note-value", {}) == "Hello, {name}!"
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_a_missing_message_is_its_key_and_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ours = _catalogue(tmp_path)
    assert [ours.render(key, {}) for key in ("note-none", "none-at-all", "note-plain.remedy")] == [
        "note-none",
        "none-at-all",
        "note-plain.remedy",
    ]
    assert len(caplog.records) == 3


def test_lists_and_messages_inside_a_message(tmp_path: Path) -> None:
    ours = _catalogue(tmp_path)
    assert ours.render("note-value", {"name": ("a", said("note-plain"), "c")}) == "Hello, a, Two words. and c!"


def test_an_unknown_language_is_english() -> None:
    assert language("tlh").tag == "en"
    assert language("en-GB").text("clock-time", now=datetime(2026, 11, 30, 15, 5)) == "It is 3:05 PM."  # noqa: DTZ001


def _parts(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _parts(child)


@pytest.fixture(scope="module")
def shipped() -> list[Source]:
    return sources()


def test_everything_compiled_is_of_the_form_that_the_reader_knows(shipped: list[Source]) -> None:
    for source in shipped:
        for message in json.loads(compiled(source)).values():
            for part in _parts([message] if not isinstance(message, dict) else list(message.values())):
                assert set(part) - {"w"} in ({"v"}, {"t"}, {"m"}, {"f", "a", "o"}, {"s", "c", "d"}) or "d" not in part


def test_catalogues_and_code_agree() -> None:
    """Keys literal, known and used, the same values, nothing stale, no English in the code."""
    assert list(faults()) == []


def test_every_language_has_what_the_others_have(shipped: list[Source]) -> None:
    functions = [set(language(tag).grammar.functions) for tag in available()]
    assert all(one == functions[0] for one in functions)
    assert list(catalogues.faults(shipped, catalogues.messages(shipped))) == []
