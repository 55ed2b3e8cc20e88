"""From the words of a command to what is asked: the grammar of declared operations, and the values it yields."""

from __future__ import annotations

import argparse
import enum
import importlib
import os
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from sottovoce.adapters.places import places
from sottovoce.commands.printed import Printed, note_trouble
from sottovoce.domain.errors import UsageWrong
from sottovoce.domain.said import Said, said
from sottovoce.language import words as shown
from sottovoce.operations.declared import Face, Needs, OperationChoice, Option, Positional, Rest
from sottovoce.operations.values import FILE_NAME, FILLED, SECRET, Between, Values, absolute, one_of, to_json, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sottovoce.operations.declared import Family, Operation
    from sottovoce.operations.values import Asks, FieldKind

    Any_ = Operation[Any, Any]

R = TypeVar("R", bound=Values)


# --- the grammar ------------------------------------------------------------------------------------------------------


def add_arguments(parser: argparse.ArgumentParser, family: Family, everywhere: argparse.ArgumentParser) -> None:
    """Let `parser` take all that the operations of a command are asked; `everywhere` has what every command takes."""
    parser.set_defaults(run="asked:done", family=family)
    operations = of_line(family)
    if family.apart:
        # Parsers of their own: an option before FILE would else end the list of arguments.
        apart = parser.add_subparsers(dest="what", required=True, metavar=family.apart, parser_class=type(parser))
        for operation in operations:
            own = apart.add_parser(operation.line[1], parents=[everywhere], help=shown(operation.help))
            _add_fields(own, family, [operation])
        return
    verbs = tuple(dict.fromkeys(one.line[1] for one in operations if len(one.line) > 1))
    if verbs:
        required: dict[str, Any] = {} if not family.default else {"nargs": "?", "default": family.default}
        parser.add_argument("what", choices=verbs, **required)
    if family.words is not None:
        parser.add_argument("words", nargs="*", metavar=_metavar(family.words), help=shown(family.words.help))
    _add_fields(parser, family, operations)


def _add_fields(parser: argparse.ArgumentParser, family: Family, operations: list[Any_]) -> None:
    added: set[str] = set()
    together: dict[str, Any] = {}
    for name, kind, mark in sorted(_marked(operations), key=lambda one: getattr(one[2], "rank", 0)):
        if name in added or (isinstance(mark, Positional | Rest) and family.words is not None):
            continue
        added.add(name)
        group = getattr(mark, "together", "")
        if group and group not in together:
            together[group] = parser.add_mutually_exclusive_group(required=group in family.required)
        needed = all(name in one.asked.kinds and not one.asked.has_default(name) for one in operations)
        _add(together.get(group, parser), name, kind, mark, needed=needed)


def of_line(family: Family) -> list[Any_]:
    """The operations that a command can ask for."""
    return [one for one in family.operations if Face.LINE in one.faces]


def _metavar(mark: Positional | Rest | Option) -> str:
    """What a value is called: a sign, or a message where it is words."""
    return shown(mark.metavar) if mark.metavar.startswith("cli-") else mark.metavar


def _marked(
    operations: list[Any_],
) -> Iterator[tuple[str, FieldKind | None, Positional | Rest | Option | OperationChoice]]:
    for operation in operations:
        if (choice := operation.chosen_by) is not None:
            yield choice.name, None, choice
        for name, kind in operation.asked.kinds.items():
            mark = next((one for one in kind.marks if isinstance(one, Positional | Rest | Option)), None)
            if mark is not None:
                yield name, kind, mark


def _add(
    parser: Any,  # noqa: ANN401 - a parser, or a group of one
    name: str,
    kind: FieldKind | None,
    mark: Positional | Rest | Option | OperationChoice,
    *,
    needed: bool,
) -> None:
    text = shown(mark.help) if mark.help else None
    if isinstance(mark, Positional | Rest) and kind is not None:
        several = isinstance(mark, Rest) or kind.of is tuple
        many = ("+" if needed else "*") if several else (None if needed else "?")
        choices = tuple(map(str, kind.of)) if isinstance(kind.of, type) and issubclass(kind.of, enum.StrEnum) else None
        parser.add_argument(name, nargs=many, metavar=_metavar(mark) or None, help=text, choices=choices)
        return
    names = (isinstance(mark, Option) and mark.names) or (f"--{name.replace('_', '-')}",)
    if kind is None or (kind.of is bool and not kind.optional):
        parser.add_argument(*names, dest=name, action="store_true", help=text)
    elif kind.of is bool:
        parser.add_argument(*names, dest=name, action=argparse.BooleanOptionalAction, default=None, help=text)
    elif isinstance(mark, Option):
        bare = {} if mark.bare is None else {"nargs": "?", "const": mark.bare}
        number = {"type": kind.of} if kind.of in {int, float} else {}
        parser.add_argument(*names, dest=name, metavar=_metavar(mark), help=text, **bare, **number)


# --- the command ------------------------------------------------------------------------------------------------------


Flow = Callable[[Any, argparse.Namespace], Awaitable[Printed]]

FLOWS: Mapping[str, str] = MappingProxyType(
    {
        "ask": "ask:ask",
        "microphone.test": "microphone:test",
        "backup.restore": "backup:restore",
        "doctor": "doctor:doctor",
        "diagnostics": "diagnostics:diagnostics",
        "backup.verify": "backup:verify",
        **dict.fromkeys(("erase", "erase.replaced", "erase.everything"), "erase:erase"),
        **dict.fromkeys(("key.recovery-code", "key.rotate"), "key:new_code"),
        "key.passphrase": "key:passphrase",
        "key.recover": "key:recover",
        **dict.fromkeys(("models.list", "models.install", "models.import", "models.remove"), "models:models"),
        "prepare": "prepare:prepare",
        "api.serve": "serve:serve",
        **dict.fromkeys(("press", "release", "toggle", "cancel"), "control:call"),
        "update.check": "update:check",
    }
)
"""Operation → `module:function` of `commands` that asks it, where the user is asked, or something shown, on the way."""


async def done(arguments: argparse.Namespace) -> Printed:
    """Ask what the words of a command ask, and print the answer.

    Raises:
        SottovoceError: It could not be done.
    """
    from sottovoce.commands.reach import asked_anywhere  # noqa: PLC0415 - the grammar reaches nothing

    operation = operation_of(arguments)
    asked = asked_of(operation, arguments)
    if operation.name in FLOWS:
        module, _, function = FLOWS[operation.name].partition(":")
        flow: Flow = getattr(importlib.import_module(f"sottovoce.commands.{module}"), function)
        return await flow(asked, arguments)
    if operation.needs in {Needs.NOTHING, Needs.CLOSED_HOME}:
        return printed(asked, await operation.run(places(os.environ), asked))
    if operation.needs is Needs.OPERATIONS:
        return printed(asked, await operation.run(asked_anywhere, asked))
    return printed(asked, await asked_anywhere(asked))


def printed(asked: Asks[R], answer: R) -> Printed:
    """An answer as every command prints it."""
    operation = asked.operation
    if (trouble := operation.notes(answer)) is not None:
        note_trouble(trouble.sentence, trouble.remedy)
    return Printed(operation.prints(asked, answer), to_json(answer), operation.exit_code(answer))


# --- what is asked ----------------------------------------------------------------------------------------------------


def operation_of(arguments: argparse.Namespace) -> Any_:
    """The operation that the words of a command name.

    Raises:
        UsageWrong: They name none.
    """
    family: Family = arguments.family
    line = (family.name, *((arguments.what,) if hasattr(arguments, "what") else ()))
    deeper = [one for one in of_line(family) if len(one.line) > len(line) and one.line[: len(line)] == line]
    if deeper:  # `api key create`: its last word stands among what is asked
        line = (*line, *arguments.words[:1])
    meant = [one for one in of_line(family) if one.line == line]
    if deeper and not meant:
        raise _usage(deeper[0], arguments)
    chosen = [one for one in meant if one.chosen_by is not None and getattr(arguments, one.chosen_by.name)]
    return (chosen or [one for one in meant if one.chosen_by is None])[0]


def asked_of(operation: Any_, arguments: argparse.Namespace) -> Asks[Any]:
    """What the words of a command ask.

    Raises:
        UsageWrong: Words are missing or too many, an option belongs to another operation, or a value is none.
    """
    family: Family = arguments.family
    rest = list(getattr(arguments, "words", ()))[len(operation.line[2:]) :]
    found = _from_words(operation, family, rest, arguments)
    _refuse_elsewhere(operation, family, arguments)
    for name, kind in operation.asked.kinds.items():
        given = getattr(arguments, name, None)
        if name not in found and given is not None and _mark(kind, Option, Positional, Rest) is not None:
            found[name] = _valued(kind, given)
    for name, kind in operation.asked.kinds.items():
        if SECRET in kind.marks and not operation.asked.has_default(name):
            found[name] = ""  # never on a command line: its flow asks for it
    missing = [name for name in operation.asked.kinds if name not in found and not operation.asked.has_default(name)]
    if missing:
        raise _usage(operation, arguments)
    return operation.asked(**found)  # type: ignore[no-any-return]


def _mark(kind: FieldKind, *marks: type) -> Any:  # noqa: ANN401 - one of the marks
    return next((one for one in kind.marks if isinstance(one, marks)), None)


def _from_words(operation: Any_, family: Family, words: list[str], arguments: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if family.words is None:
        return found
    wrong = _usage(operation, arguments)
    for name, kind in operation.asked.kinds.items():
        mark = _mark(kind, Positional, Rest)
        if mark is None or (not words and operation.asked.has_default(name)):
            continue
        if not words and kind.of is not tuple:
            raise wrong
        taken = words[:] if isinstance(mark, Rest) or kind.of is tuple else words[:1]
        del words[: len(taken)]
        given = " ".join(taken) if isinstance(mark, Rest) else taken if kind.of is tuple else taken[0]
        if isinstance(mark, Rest) and not mark.blank and not str(given).strip():
            raise wrong
        if not given and (FILLED in kind.marks or kind.of is Path):
            raise wrong
        found[name] = _valued(kind, given)
    if words:
        raise wrong
    return found


def _usage(operation: Any_, arguments: argparse.Namespace) -> UsageWrong:
    return UsageWrong(said(operation.usage, what=getattr(arguments, "what", "")) if operation.usage else None)


def _elsewhere(message: str, name: str, arguments: argparse.Namespace) -> Said:
    return said(message, what=getattr(arguments, "what", ""), option=f"--{name.replace('_', '-')}")


def _refuse_elsewhere(operation: Any_, family: Family, arguments: argparse.Namespace) -> None:
    """An option of another operation is a mistake, or of no matter."""
    own = {name for name, kind in operation.asked.kinds.items() if _mark(kind, Positional, Rest, Option)}
    for other in of_line(family):
        choice = other.chosen_by
        if choice is not None and choice.elsewhere and getattr(arguments, choice.name) and other.line != operation.line:
            raise UsageWrong(_elsewhere(choice.elsewhere, choice.name, arguments))
        for name, kind in other.asked.kinds.items():
            option = _mark(kind, Option)
            given = getattr(arguments, name, None)
            if family.words is None and _mark(kind, Positional, Rest) and name not in own and given:
                raise _usage(operation, arguments)
            if option is None or name in own or given is None or given is False:
                continue
            if option.elsewhere:
                raise UsageWrong(_elsewhere(option.elsewhere, name, arguments))
            if kind.marked(Between) is not None:
                within(kind, given)


def _valued(kind: FieldKind, given: Any) -> Any:  # noqa: ANN401 - a word, words, or what argparse made of one
    """A word as a value of its field's kind."""
    if kind.of is tuple and kind.each is not None:
        each = kind.each._replace(marks=(*kind.each.marks, *kind.marks))
        return tuple(_valued(each, one) for one in given)
    if isinstance(given, list):
        given = " ".join(given)
    if kind.of is Path:
        return _path(given)
    if FILE_NAME in kind.marks:
        return given
    if kind.of is str:
        if FILLED in kind.marks and not given:
            raise UsageWrong
        return _readable(given)
    if isinstance(given, str) and issubclass(kind.of, enum.StrEnum):
        return one_of(kind.of, _readable(given))
    within(kind, given)
    return given


def _readable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:  # Python has put bytes aside that are no text in the terminal's encoding
        raise UsageWrong(said("cli-not-utf8")) from None
    return text


def _path(given: str) -> Path:
    try:
        return absolute(str(Path(given).expanduser().absolute()))
    except RuntimeError:
        raise UsageWrong(said("cli-no-such-user", path=given)) from None
