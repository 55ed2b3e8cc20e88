"""What an operation is asked and what it answers: frozen dataclasses of a few kinds of fields, and their JSON."""

from __future__ import annotations

import enum
import os
import types
from collections.abc import Mapping
from dataclasses import MISSING, FrozenInstanceError, dataclass, fields
from pathlib import Path
from typing import (
    Annotated,
    Any,
    ClassVar,
    Generic,
    NamedTuple,
    Self,
    TypeVar,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
)

from sottovoce.domain.errors import UsageWrong
from sottovoce.domain.said import said

Json = dict[str, Any]
Answered_co = TypeVar("Answered_co", covariant=True)
V = TypeVar("V", bound="Values")


class Between(NamedTuple):
    """Bounds of a number, both included; the one place they stand in."""

    low: float
    high: float
    outside: str = "cli-between"
    """The message for a number outside: it has the values `low`, `high` and `below` (whether it is under `low`)."""


class FieldMark(enum.Enum):
    """What else is to be known of a field."""

    MOMENT = enum.auto()
    """Seconds since 1970-01-01 UTC."""
    FILLED = enum.auto()
    """A text that is not empty."""
    LEFT_OUT = enum.auto()
    """Where it is None, the JSON form does not have it at all."""
    FILE_NAME = enum.auto()
    """The name of a file as it was given, in whatever bytes; relative to where it was."""
    FOR_PEOPLE = enum.auto()
    """Of an answer: only printed, or shown in a window; of what is asked: only on the command line. The JSON form does
    not have it."""
    SECRET = enum.auto()
    """Never to be logged, or shown but to the person it is for."""


MOMENT, FILLED, LEFT_OUT, SECRET = FieldMark.MOMENT, FieldMark.FILLED, FieldMark.LEFT_OUT, FieldMark.SECRET
FILE_NAME, FOR_PEOPLE = FieldMark.FILE_NAME, FieldMark.FOR_PEOPLE
UnixTime = Annotated[float, MOMENT]
Scalar = str | int | float | bool
"""A value whose kind another one tells: that of a setting, by its key."""


class FieldKind(NamedTuple):
    """The type of a field, taken apart."""

    of: Any
    """str, int, float, bool, Path, Mapping, a StrEnum, a class of values; object for a `Scalar`, tuple for many."""
    optional: bool
    """Whether None stands for "not given"."""
    each: FieldKind | None
    marks: tuple[Any, ...]
    """Everything of its `Annotated`: bounds, marks, where the command line has it."""

    def marked(self, kind: type[V_]) -> V_ | None:
        """Its mark of this class."""
        return next((mark for mark in self.marks if isinstance(mark, kind)), None)


V_ = TypeVar("V_")


class Values:
    """A frozen dataclass whose methods are shared: made for each class they would cost ten times its import."""

    kinds: ClassVar[Mapping[str, FieldKind]] = {}

    def __init__(self, **values: Any) -> None:  # noqa: ANN401 - mypy knows the fields by `dataclass_transform`
        for field in fields(self):  # type: ignore[arg-type] # every subclass is a dataclass
            if field.name in values:
                value = values.pop(field.name)
            elif field.default is not MISSING:
                value = field.default
            else:
                raise TypeError(f"{type(self).__name__} needs {field.name}")
            object.__setattr__(self, field.name, value)
        if values:
            raise TypeError(f"{type(self).__name__} has no {', '.join(values)}")

    def but(self, **changes: Any) -> Self:  # noqa: ANN401 - fields of any kind
        """The same with other values for some fields."""
        return type(self)(**{**vars(self), **changes})

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(name)

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(name)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        shown = ((name, "…" if SECRET in self.kinds[name].marks else value) for name, value in vars(self).items())
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in shown)})"


class Asks(Values, Generic[Answered_co]):
    """What an operation is asked; `Answered_co` is the class of its answer."""

    operation: ClassVar[Any]
    """The `Operation` that it asks for."""

    @classmethod
    def has_default(cls, name: str) -> bool:
        """Whether this field need not be given."""
        return any(field.name == name and field.default is not MISSING for field in fields(cls))  # type: ignore[arg-type]


@dataclass_transform(kw_only_default=True, frozen_default=True)
def values(made: type[V]) -> type[V]:
    """Make a class of `Values` or `Asks` a frozen dataclass.

    Raises:
        TypeError: A field is of no kind that the command line, JSON and a JSON Schema can all hold.
    """
    found = dataclass(init=False, repr=False, eq=False, kw_only=True)(made)
    found.kinds = {field.name: _kind(made, field.name, field.type) for field in fields(found)}  # type: ignore[arg-type]
    return found


_PLAIN = (str, int, float, bool, Path)


def _kind(made: type, name: str, annotation: Any) -> FieldKind:  # noqa: ANN401 - whatever stands there
    marks: tuple[Any, ...] = ()
    optional, each, of = False, None, annotation
    while True:
        origin = get_origin(of)
        if origin is Annotated:
            of, *more = get_args(of)
            marks += tuple(more)
        elif origin in {Union, types.UnionType} and type(None) in get_args(of) and len(get_args(of)) == 2:  # noqa: PLR2004 - it or None
            (of,) = (one for one in get_args(of) if one is not type(None))
            optional = True
        elif origin is tuple and get_args(of)[1:] == (Ellipsis,):
            each, of = _kind(made, name, get_args(of)[0]), tuple
        else:
            break
    is_class = isinstance(of, type) and origin is None
    if origin is Mapping and get_args(of)[0] is str:
        of = Mapping
    elif of == Scalar:
        of = object
    elif not (is_class and (of in {*_PLAIN, tuple} or issubclass(of, (enum.StrEnum, Values)))) or (of is tuple) != bool(
        each
    ):
        raise TypeError(
            f"{made.__name__}.{name} is of no kind that every front end knows: a text, a whole number, a number, true"
            f" or false, a path, a StrEnum, a table, values of another class, or a tuple of these; not {annotation!r}"
        )
    return FieldKind(of, optional, each, marks)


# --- to JSON ----------------------------------------------------------------------------------------------------------


def to_json(given: Values) -> Json:
    """Its JSON form, fields in their order."""
    found: Json = {}
    for name, kind in given.kinds.items():
        value = getattr(given, name)
        if FOR_PEOPLE in kind.marks or (value is None and LEFT_OUT in kind.marks):
            continue
        found[name] = _plain(value)
    return found


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON
    match value:
        case Values():
            return to_json(value)
        case tuple():
            return [_plain(one) for one in value]
        case Mapping():
            return {name: _plain(one) for name, one in value.items()}
        case enum.StrEnum() | Path():
            return str(value)
        case _:
            return value


# --- from JSON --------------------------------------------------------------------------------------------------------


def from_json(made: type[V], raw: Mapping[str, Any]) -> V:
    """What `to_json` made of it; fields that `made` does not have are of a later version, and passed over.

    Raises:
        UsageWrong: A value is missing, not of its kind, or outside its bounds.
    """
    found: Json = {}
    for field in fields(made):  # type: ignore[arg-type] # every class of values is one
        kind, value = made.kinds[field.name], raw.get(field.name)
        if FOR_PEOPLE in kind.marks:
            continue
        if value is not None:
            found[field.name] = valued(kind, value)
        elif field.default is MISSING:
            if not kind.optional:
                raise UsageWrong
            found[field.name] = None
    return made(**found)


def valued(kind: FieldKind, raw: Any) -> Any:  # noqa: ANN401 - JSON
    """A value of this kind.

    Raises:
        UsageWrong: It is not of this kind, or outside its bounds.
    """
    of = kind.of
    if of is tuple and kind.each is not None:
        if not isinstance(raw, list):
            raise UsageWrong
        return tuple(valued(kind.each, one) for one in raw)
    if of is Path:
        return absolute(raw)
    if of is object:
        return _of((str, int, float), raw)
    if issubclass(of, Values):
        return from_json(of, _of(dict, raw))
    if issubclass(of, enum.StrEnum):
        return one_of(of, raw)
    if of is float and isinstance(raw, int) and not isinstance(raw, bool):
        raw = float(raw)
    if not isinstance(raw, of) or (isinstance(raw, bool) and of is not bool) or (FILLED in kind.marks and not raw):
        raise UsageWrong
    within(kind, raw)
    return raw


def _of(kind: type[V_] | tuple[type[V_], ...], raw: Any) -> V_:  # noqa: ANN401 - JSON
    if not isinstance(raw, kind):
        raise UsageWrong
    return raw


def within(kind: FieldKind, number: Any) -> None:  # noqa: ANN401 - a number where there are bounds
    """See that a number is within its bounds.

    Raises:
        UsageWrong: It is not.
    """
    bounds = kind.marked(Between)
    if bounds is not None and not bounds.low <= number <= bounds.high:
        raise UsageWrong(said(bounds.outside, low=bounds.low, high=bounds.high, below=number < bounds.low))


Enum = TypeVar("Enum", bound=enum.StrEnum)


def one_of(kind: type[Enum], raw: Any) -> Enum:  # noqa: ANN401 - whatever JSON holds
    """One of its values.

    Raises:
        UsageWrong: It is none.
    """
    try:
        return kind(raw)
    except ValueError:
        raise UsageWrong(said("cli-one-of", choices=", ".join(kind))) from None


def absolute(given: Any) -> Path:  # noqa: ANN401 - whatever JSON holds
    """A whole path; who asks stands in another folder than who answers.

    Raises:
        UsageWrong: It is none.
    """
    try:
        nameable = b"\0" not in os.fsencode(_of(str, given))
    except UnicodeEncodeError:
        nameable = False
    if not nameable:
        raise UsageWrong(said("cli-path-unnameable"))
    if not (path := Path(given)).is_absolute():
        raise UsageWrong(said("cli-path-not-absolute"))
    return path
