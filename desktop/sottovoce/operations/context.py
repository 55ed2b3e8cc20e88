"""What is known about a user, and how the assistant is to them."""

import dataclasses
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final

from sottovoce.domain.effects import Effect
from sottovoce.domain.errors import SettingLocked, UsageWrong
from sottovoce.domain.mistakes import Misfit
from sottovoce.domain.said import said
from sottovoce.operations.declared import Family, Option, Positional, Rest
from sottovoce.operations.values import FILLED, Asks, Json, Values, values

if TYPE_CHECKING:
    from sottovoce.domain.contexts import UserContext
    from sottovoce.home import Home

_USERS = Annotated[str | None, FILLED, Option("U", "cli-context-user")]
"""Whose context; None for the machine's own user."""

CONTEXT: Final = Family(
    "context",
    usage="clicontext-show-words",
    default="show",
    words=Positional("cli-key-value", "cli-context-words"),
)


@values
class ContextShown(Values):
    """A user's context."""

    context: Mapping[str, Any]
    """Its fields as they are stored, and `closeness`."""

    @classmethod
    def of(cls, context: "UserContext") -> "ContextShown":
        """A snapshot."""
        from sottovoce.domain.friendship import closeness  # noqa: PLC0415 - completion needs none of it

        return cls(context=context.to_json() | {"closeness": str(closeness(context))})


def _lines(answered: ContextShown) -> str:
    return "\n".join(_fields("", answered.context))


def _fields(prefix: str, fields: Mapping[str, Any]) -> Iterator[str]:
    for name, value in fields.items():
        if isinstance(value, Mapping) and value:
            yield from _fields(f"{prefix}{name}.", value)
        else:
            yield f"{prefix + name:28} {value if isinstance(value, str) else json.dumps(value)}".rstrip()


@values
class ShowContext(Asks[ContextShown]):
    """What is known about a user."""

    user: _USERS = None


@CONTEXT.operation("context.show", ShowContext, ContextShown, effect=Effect.READ, http="GET/context", prints=_lines)
async def show_context(home: "Home", asked: ShowContext) -> ContextShown:
    """Show a user's context."""
    return ContextShown.of(await home.memory.get_user_context(asked.user or home.settings.user))


@values
class SetContext(Asks[ContextShown]):
    """Set one field of it; an empty value takes a preference away."""

    key: Annotated[str, Positional()]
    value: Annotated[str, Rest()]
    user: _USERS = None


@CONTEXT.operation(
    "context.set",
    SetContext,
    ContextShown,
    effect=Effect.WRITE,
    http="PUT/context/{key}",
    usage="clicontext-set-words",
    prints=_lines,
)
async def set_context(home: "Home", asked: SetContext) -> ContextShown:
    """Change a field of a user's context.

    Raises:
        UsageWrong: There is no such key, it is not to be set, or it can't have this value.
        SettingLocked: The administrator's policy decides it alone.
    """
    user, policy = asked.user or home.settings.user, home.policy
    present = await home.memory.get_user_context(user)
    if (name := asked.key.removeprefix("personality.")) in policy.decided:
        raise SettingLocked(policy.locked[name])
    changes = changed(present, asked.key, asked.value)
    return ContextShown.of(await home.memory.set_context(user, **changes))


_SETTABLE: Final = frozenset(
    {"display_name", "language", "time_zone", "friendship_level", "friendship_frozen", "personality_frozen"}
)
_PERSONAL_NUMBERS: Final = frozenset({"speech_rate", "volume"})


def changed(present: "UserContext", key: str, value: str) -> Json:
    """The fields that setting `key` to `value` changes.

    Raises:
        UsageWrong: There is no such key, it is not to be set, or it can't have this value.
    """
    group, _, name = key.partition(".")
    personal = frozenset(field.name for field in dataclasses.fields(present.personality))
    if group == "personality" and not name:
        raise UsageWrong(said("clicontext-personality-unnamed", example=min(personal)))
    if group == "personality" or key in personal:
        return _personality(present, name or key, value, personal)
    if group == "preferences" and name:
        kept = {known: held for known, held in present.preferences.items() if known != name}
        return {"preferences": kept | ({name: _json_value(value)} if value else {})}
    if key not in _SETTABLE:
        allowed = [*sorted(_SETTABLE), *sorted(f"personality.{one}" for one in personal), "preferences.NAME"]
        raise UsageWrong(said("clicontext-no-such-key", allowed=", ".join(allowed)))
    if key == "friendship_level":
        return {key: _number(value)}
    if key.endswith("_frozen"):
        if value.lower() not in {"true", "false"}:
            raise UsageWrong(said("clicontext-true-or-false", key=key))
        return {key: value.lower() == "true"}
    return {key: value}


def _personality(present: "UserContext", name: str, value: str, personal: frozenset[str]) -> Json:
    if name not in personal:
        raise UsageWrong(said("clicontext-no-such-field", fields=", ".join(sorted(personal))))
    fields: Json = {name: (_number(value) if value else None) if name in _PERSONAL_NUMBERS else value}
    try:
        return {"personality": dataclasses.replace(present.personality, **fields)}
    except Misfit as error:
        raise UsageWrong(said("error-context-misfit", mistake=error.said)) from None


def _json_value(value: str) -> Any:  # noqa: ANN401 - any JSON value
    """`value` as JSON where it is JSON ("3", "true", "[1, 2]"), else as text."""
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _number(value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise UsageWrong(said("clicontext-whole-number")) from None
