"""The dashboard against Grafana's own schema, of which its makers' SDK is made: nothing lost, or of another kind."""

from __future__ import annotations

import enum
import json
import types
import typing
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sottovoce.operations.values import Json

_OURS: Final = "grafana_foundation_sdk"


def _kinds(made: object, at: str) -> Iterator[str]:
    """Whatever in an object of the SDK is not of the kind that its class says."""
    for name, wanted in typing.get_type_hints(type(made).__init__).items():
        if name != "return":
            yield from _kind(getattr(made, name), wanted, f"{at}/{name}")


def _kind(value: Any, wanted: Any, at: str) -> Iterator[str]:  # noqa: ANN401 - whatever JSON holds
    origin, inner = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in {typing.Union, types.UnionType}:
        yield from min((list(_kind(value, one, at)) for one in inner), key=len)
    elif origin is list and isinstance(value, list):
        for number, one in enumerate(value):
            yield from _kind(one, inner[0], f"{at}/{number}")
    elif origin is dict and isinstance(value, dict):
        for name, one in value.items():
            yield from _kind(one, inner[1], f"{at}/{name}")
    elif not _is_of(value, wanted):
        yield f"{at}: {value!r} is no {wanted}"
    elif type(value).__module__.startswith(_OURS) and not isinstance(value, enum.Enum):
        yield from _kinds(value, at)


def _is_of(value: Any, wanted: Any) -> bool:  # noqa: ANN401 - as above
    if wanted in {object, Any}:
        return True
    if typing.get_origin(wanted) is typing.Literal:
        return value in typing.get_args(wanted)
    if not isinstance(wanted, type):
        return False
    if issubclass(wanted, enum.Enum):
        return value in [one.value for one in wanted]
    if isinstance(value, bool):
        return wanted is bool
    return isinstance(value, (int, float) if wanted is float else wanted)


def _lost(ours: Any, read: Any, at: str = "") -> Iterator[str]:  # noqa: ANN401 - JSON
    """What Grafana would not read, or read as something else."""
    if isinstance(ours, dict) and isinstance(read, dict):
        for name, value in ours.items():
            if name in read:
                yield from _lost(value, read[name], f"{at}/{name}")
            else:
                yield f"{at}/{name} is nothing that Grafana knows"
    elif isinstance(ours, list) and isinstance(read, list) and len(ours) == len(read):
        for number, (mine, theirs) in enumerate(zip(ours, read, strict=True)):
            yield from _lost(mine, theirs, f"{at}/{number}")
    elif ours != read:
        yield f"{at}: {ours!r} is read as {read!r}"


def faults(dashboard: Json) -> list[str]:
    """What is wrong with a dashboard, a line each."""
    from grafana_foundation_sdk.cog.encoder import JSONEncoder  # noqa: PLC0415 - there only where it is wanted
    from grafana_foundation_sdk.cog.plugins import register_default_plugins  # noqa: PLC0415 - as above
    from grafana_foundation_sdk.models.dashboard import Dashboard  # noqa: PLC0415 - as above

    register_default_plugins()  # options and queries of each kind of panel, too
    try:
        made = Dashboard.from_json(dashboard)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return [f"it is none: {error!r}"]
    return [*_kinds(made, ""), *_lost(dashboard, json.loads(JSONEncoder().encode(made)))]
