"""Every declared operation: its words, its schema, its place in the docs, and that all front ends ask it alike."""

import argparse
import ast
import contextlib
import dataclasses
import enum
import functools
import json
import shlex
from collections.abc import Mapping
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Annotated, Any

import pytest

from sottovoce.commands import reach
from sottovoce.commands.asked import asked_of, operation_of
from sottovoce.commands.line import grammar
from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import AppSilent, HotkeyTaken, ThingNotFound, UsageWrong
from sottovoce.domain.said import said
from sottovoce.language import words
from sottovoce.language.display import found
from sottovoce.operations.declared import Face, Family, Operation, Positional
from sottovoce.operations.key_findings import key_findings
from sottovoce.operations.microphone import MicrophoneTried, SourceShown, TryMicrophone
from sottovoce.operations.registry import COMMANDS, family, find, operations
from sottovoce.operations.schema import schema_of
from sottovoce.operations.shapes import TroubleShown, with_id
from sottovoce.operations.values import (
    FILLED,
    FOR_PEOPLE,
    LEFT_OUT,
    SECRET,
    Asks,
    Between,
    Json,
    UnixTime,
    Values,
    from_json,
    to_json,
    values,
)

ROOT = Path(__file__).parents[2]
ALL = tuple(operations())
EXAMPLES = tuple(
    line for command in COMMANDS.values() if command.module for line in (found(command.examples, {}) or "").splitlines()
)


def named(operation: Operation[Any, Any]) -> str:
    return operation.name


@functools.cache
def whole_grammar() -> argparse.ArgumentParser:
    """As each command makes it anew."""
    return grammar()


def parsed(line: str) -> tuple[Operation[Any, Any], Asks[Any]]:
    """What a command line asks, and of which operation."""
    arguments = whole_grammar().parse_args(shlex.split(line))
    operation = operation_of(arguments)
    return operation, asked_of(operation, arguments)


# --- all of them ------------------------------------------------------------------------------------------------------


def test_names_are_unique_and_begin_with_their_command() -> None:
    assert len({one.name for one in ALL}) == len(ALL)
    for one in ALL:
        assert find(one.name) is one
        assert one.name.partition(".")[0] in COMMANDS


@pytest.mark.parametrize("operation", ALL, ids=named)
def test_an_operation_is_explained(operation: Operation[Any, Any]) -> None:
    assert operation.run.__doc__
    for shape in (operation.asked, operation.answered):
        assert shape.__doc__
        assert "(" not in (shape.__doc__ or "").splitlines()[0], "dataclasses made it"
    assert f"\n## {operation.name}\n" in (ROOT / "docs" / "operations.md").read_text("utf-8")


@pytest.fixture(scope="module")
def exemplified() -> tuple[Operation[Any, Any], ...]:
    """What the examples call."""
    return tuple(parsed(line)[0] for line in EXAMPLES)


@pytest.mark.parametrize("operation", [one for one in ALL if Face.LINE in one.faces], ids=named)
def test_an_operation_of_the_command_line_has_an_example(
    operation: Operation[Any, Any], exemplified: tuple[Operation[Any, Any], ...]
) -> None:
    assert any(one is operation for one in exemplified)


@pytest.fixture(scope="module")
def tests() -> tuple[str, ...]:
    """Everything that is tried."""
    return tuple(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))


@pytest.mark.parametrize("operation", ALL, ids=named)
def test_an_operation_is_tested_by_its_name_or_its_command(
    operation: Operation[Any, Any], tests: tuple[str, ...]
) -> None:
    line = [f'"{word}"' for word in operation.line]
    if operation.line[1:] == (family(operation.line[0]).default,):
        line.pop()
    forms = (f'"{operation.name}"', f'"{" ".join(operation.line)}', operation.asked.__name__)
    assert any(
        any(form in text for form in forms) or (Face.LINE in operation.faces and all(word in text for word in line))
        for text in tests
    )


@pytest.mark.parametrize("operation", ALL, ids=named)
def test_a_schema_has_every_field(operation: Operation[Any, Any]) -> None:
    made = json.loads(json.dumps(schema_of(operation)))["properties"]
    for form, of in (("arguments", operation.asked), ("result", operation.answered)):
        shown = [name for name, kind in of.kinds.items() if FOR_PEOPLE not in kind.marks]
        assert list(made[form]["properties"]) == shown


def test_windows_ask_what_is_declared_for_them() -> None:
    of_class = {one.asked.__name__: one for one in ALL}
    called = {
        node.func.id
        for path in (ROOT / "desktop" / "sottovoce" / "ui").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    asked = [of_class[name] for name in called & of_class.keys()]
    assert len(asked) > 15, "they are found"
    assert [one.name for one in asked if Face.WINDOW not in one.faces] == []
    shown = {one.name for one in ALL if one.faces is Face.WINDOW}
    assert shown <= {one.name for one in asked}, "declared for windows alone, and no window asks it"


@pytest.mark.parametrize("line", EXAMPLES)
async def test_the_command_line_and_the_socket_ask_alike(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    operation, asked = parsed(line)
    sent: list[tuple[str, Json]] = []

    async def through_app(name: str, arguments: Json, *, reply_s: float) -> Json:
        sent.append((name, json.loads(json.dumps(arguments))))
        return {}

    monkeypatch.setattr(reach, "through_app", through_app)
    with contextlib.suppress(AppSilent):  # nothing comes back
        await reach.ask_app(asked)
    ((name, arguments),) = sent
    assert find(name) is operation
    of_line = [name for name, kind in operation.asked.kinds.items() if FOR_PEOPLE in kind.marks]
    usual = {field.name: field.default for field in dataclasses.fields(operation.asked) if field.name in of_line}
    assert from_json(operation.asked, arguments) == asked.but(**usual)


def test_every_command_has_words() -> None:
    for command in COMMANDS.values():
        assert not command.help or words(command.help) != command.help


# --- the kinds of fields ----------------------------------------------------------------------------------------------


class Colour(enum.StrEnum):
    RED = "red"
    BLUE = "blue"


@values
class Inner(Values):
    """One of some."""

    at: UnixTime
    path: Path


@values
class Outer(Values):
    """Some."""

    many: tuple[Inner, ...]
    colour: Colour
    table: Mapping[str, Any]
    age_s: Annotated[float | None, LEFT_OUT] = None


@values
class AskSome(Asks[Outer]):
    """Ask for some."""

    text: Annotated[str, FILLED]
    count: Annotated[int, Between(1, 9)] = 3
    colour: Colour | None = None
    paths: tuple[Path, ...] = ()
    part: float = 0.5
    sure: bool = False
    code: Annotated[str, SECRET] = ""


SOME = Outer(many=(Inner(at=1.5, path=Path("/a")),), colour=Colour.RED, table={"a": [1, None]})


def test_values_are_frozen_and_equal_by_what_they_hold() -> None:
    one, same = AskSome(text="a"), AskSome(text="a", count=3)
    assert one == same
    assert hash(one) == hash(same)
    assert one != AskSome(text="b")
    assert dataclasses.replace(one, text="b").text == "b"
    with pytest.raises(FrozenInstanceError):
        one.text = "c"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del one.text
    with pytest.raises(TypeError, match="needs text"):
        AskSome()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="has no colours"):
        AskSome(text="a", colours=1)  # type: ignore[call-arg]


def test_what_is_secret_is_shown_nowhere() -> None:
    assert "1234" not in repr(AskSome(text="a", code="1234"))
    assert "count=3" in repr(AskSome(text="a"))


def test_json_goes_there_and_back() -> None:
    form = to_json(SOME)
    assert form == {"many": [{"at": 1.5, "path": "/a"}], "colour": "red", "table": {"a": [1, None]}}
    assert from_json(Outer, json.loads(json.dumps(form | {"later": 1}))) == SOME
    assert to_json(dataclasses.replace(SOME, age_s=2.0))["age_s"] == 2.0


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"text": ""},
        {"text": 7},
        {"text": "a", "count": 0},
        {"text": "a", "count": 10},
        {"text": "a", "count": True},
        {"text": "a", "count": 1.5},
        {"text": "a", "colour": "green"},
        {"text": "a", "colour": []},
        {"text": "a", "paths": "/a"},
        {"text": "a", "paths": ["a"]},
        {"text": "a", "paths": ["/a\0"]},
        {"text": "a", "paths": ["/\ud800"]},
        {"text": "a", "sure": 1},
        {"text": "a", "part": "x"},
    ],
)
def test_what_is_not_of_its_kind_is_refused(raw: Json) -> None:
    with pytest.raises(UsageWrong):
        from_json(AskSome, raw)


def test_null_is_not_given() -> None:
    assert from_json(AskSome, {"text": "a", "count": None, "part": 1}) == AskSome(text="a", part=1.0)


def test_bounds_are_told_by_the_side_that_was_passed() -> None:
    operation = find("history.list")
    with pytest.raises(UsageWrong) as low:
        from_json(operation.asked, {"limit": -1})
    with pytest.raises(UsageWrong) as high:
        from_json(operation.asked, {"limit": 20_000})
    assert low.value.sentence == "The limit must be at least 1."
    assert high.value.sentence == "The limit must be from 1 to 10000."


@pytest.mark.parametrize("kind", [bytes, list[str], dict[str, int], str | int, tuple[str, str], enum.Enum, "str", Any])
def test_another_kind_is_refused_when_it_is_declared(kind: Any) -> None:  # noqa: ANN401 - any annotation
    made = type("Wrong", (Values,), {"__annotations__": {"field": kind}, "__doc__": "Wrong.", "__module__": __name__})
    with pytest.raises(TypeError, match=r"Wrong\.field is of no kind"):
        values(made)


def test_a_model_may_not_destroy() -> None:
    with pytest.raises(TypeError, match="no language model"):
        Family("x", words=Positional()).operation("x.y", AskSome, Outer, effect=Effect.DESTROY, faces=Face.MODEL)


def test_what_nobody_declared_is_refused() -> None:
    for name in ("", "dance", "history.dance", "history"):
        with pytest.raises(UsageWrong, match="does not know this command"):
            find(name)


def test_how_a_microphone_sounded_is_told() -> None:
    operation = find("microphone.test")
    source = SourceShown(name="a", label="Desk", default=True, monitor=False)
    well = MicrophoneTried(microphone=source, peak_dbfs=-12.3, trouble=None)
    assert operation.prints(TryMicrophone(), well) == "Desk: Its loudest sound was 12 dB below full."
    assert operation.exit_code(well) == 0
    trouble = TroubleShown(code="x", sentence="Nothing was heard.", remedy="Plug it in.")
    ill = MicrophoneTried(microphone=None, peak_dbfs=-90.0, trouble=trouble)
    assert operation.prints(TryMicrophone(), ill) == "Nothing was heard. Plug it in."
    assert operation.exit_code(ill) == 1


async def test_a_key_is_tried_by_the_running_application() -> None:
    tried: list[tuple[str, float]] = []

    class Trying:
        async def try_key(self, key: str, within_s: float) -> Json:
            tried.append((key, within_s))
            return key_findings(key, HotkeyTaken(), within_s)

    operation = find("doctor.try-key")
    answer = await operation.run(Trying(), from_json(operation.asked, {"key": "Pause", "within_s": 2}))
    assert tried == [("Pause", 2.0)]
    assert to_json(answer) == key_findings("Pause", HotkeyTaken(), 2.0)
    with pytest.raises(UsageWrong):
        from_json(operation.asked, {"within_s": 3600})


@dataclasses.dataclass(frozen=True)
class _Thing:
    id: str


def test_a_thing_is_named_by_its_id_or_how_that_alone_begins() -> None:
    things = [_Thing("a1"), _Thing("a1b2"), _Thing("a2"), _Thing("a2")]
    none = said("clinote-no-note")
    assert with_id(things, "a1", none).id == "a1"
    assert with_id(things, "a1b", none).id == "a1b2"
    assert with_id(things, "a2", none).id == "a2"
    for nothing in ("", "b"):
        with pytest.raises(ThingNotFound) as told:
            with_id(things, nothing, none)
        assert told.value.sentence == "There is no such note of this user."
    with pytest.raises(ThingNotFound) as several:
        with_id(things, "a", none)
    assert several.value.sentence == "3 ids begin like that."
    assert several.value.remedy == "Give more of the id that you mean: a list shows them whole."
