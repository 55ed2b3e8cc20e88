"""What a home does about memories and user contexts, as plain values: the part of `service` that remembers."""

from __future__ import annotations

import dataclasses
import enum
import json
from typing import TYPE_CHECKING, Any, TypeVar

from sottovoce.domain.contexts import Personality, UserContext
from sottovoce.domain.errors import SettingLocked, UsageWrong
from sottovoce.domain.friendship import closeness
from sottovoce.domain.mistakes import Misfit
from sottovoce.domain.said import said

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sottovoce.home import Home

Json = dict[str, Any]
Kind = TypeVar("Kind", bound=enum.StrEnum)

MOST_LISTED = 10_000
LISTED = 100
"""Memories a request gets that does not say how many."""

_SETTABLE = frozenset(
    {"display_name", "language", "time_zone", "friendship_level", "friendship_frozen", "personality_frozen"}
)
_PERSONAL_NUMBERS = frozenset({"speech_rate", "volume"})
_PERSONAL = frozenset(field.name for field in dataclasses.fields(Personality))


def context_json(context: UserContext) -> Json:
    """A user context as `context show` prints it."""
    return context.to_json() | {"closeness": str(closeness(context))}


class MemoryService:
    """One open home, asked about what it remembers."""

    def __init__(self, home: Home) -> None:
        """Serve `home`."""
        self._home = home
        self.commands: dict[str, Callable[[Json], Awaitable[Json]]] = {
            "context.show": self._show,
            "context.set": self._set,
            "knowledge.status": self._knowledge,
            "knowledge.sync": self._sync,
            "knowledge.forget": self._forget_gone,
        }

    def _user(self, arguments: Json) -> str:
        user = arguments.get("user")
        if user is None:
            return self._home.settings.user
        if not isinstance(user, str) or not user:
            raise UsageWrong
        return user

    async def _show(self, arguments: Json) -> Json:
        context = await self._home.memory.get_user_context(self._user(arguments))
        return {"context": context_json(context)}

    async def _set(self, arguments: Json) -> Json:
        user = self._user(arguments)
        present = await self._home.memory.get_user_context(user)
        key, policy = _text(arguments, "key"), self._home.policy
        if (name := key.removeprefix("personality.")) in policy.decided:
            raise SettingLocked(policy.locked[name])
        changes = _changes(present, key, _text(arguments, "value"))
        return {"context": context_json(await self._home.memory.set_context(user, **changes))}

    async def _sync(self, arguments: Json) -> Json:
        await self._home.knowledge.sync()
        return await self._knowledge(arguments)

    async def _forget_gone(self, arguments: Json) -> Json:
        forgotten = await self._home.knowledge.forget_gone()
        return {"forgotten": forgotten} | await self._knowledge(arguments)

    async def _knowledge(self, _: Json) -> Json:
        progress = await self._home.knowledge.known()
        trouble = self._home.knowledge.trouble
        return {
            "trouble": trouble and {"code": trouble.code, "sentence": trouble.sentence, "remedy": trouble.remedy},
            "folder": str(self._home.places.knowledge),
            "working": progress.working,
            "done": progress.done,
            "total": progress.total,
            "documents": [
                {"path": one.path, "bytes": one.bytes, "passages": one.passages, "trouble": one.trouble or None}
                for one in await self._home.store.documents()
            ],
        }


def _changes(present: UserContext, key: str, value: str) -> Json:
    """The fields that `context set KEY VALUE` changes; an empty value takes a preference away.

    Raises:
        UsageWrong: There is no such key, or it is not to be set.
    """
    group, _, name = key.partition(".")
    if group == "personality" and not name:
        raise UsageWrong("Name what of it to set.", f"For example `personality.{min(_PERSONAL)}`.")
    if group == "personality" or key in _PERSONAL:
        name = name or key
        if name not in _PERSONAL:
            raise UsageWrong("A personality has no such field.", f"It has: {', '.join(sorted(_PERSONAL))}.")
        fields: Json = {name: (_number(value) if value else None) if name in _PERSONAL_NUMBERS else value}
        try:
            return {"personality": dataclasses.replace(present.personality, **fields)}
        except Misfit as error:
            raise UsageWrong(said("error-context-misfit", mistake=error.said)) from None
    if group == "preferences" and name:
        kept = {known: held for known, held in present.preferences.items() if known != name}
        return {"preferences": kept | ({name: _json_value(value)} if value else {})}
    if key not in _SETTABLE:
        allowed = ", ".join(
            [*sorted(_SETTABLE), *sorted(f"personality.{one}" for one in _PERSONAL), "preferences.NAME"]
        )
        raise UsageWrong("There is no such key, or it is not to be set.", f"It can be: {allowed}.")
    if key == "friendship_level":
        return {key: _number(value)}
    if key.endswith("_frozen"):
        if value.lower() not in {"true", "false"}:
            raise UsageWrong(f"`{key}` must be true or false.")
        return {key: value.lower() == "true"}
    return {key: value}


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
        raise UsageWrong("This must be a whole number.") from None


def _text(arguments: Json, name: str) -> str:
    value = arguments.get(name)
    if not isinstance(value, str):
        raise UsageWrong
    return value


def _one_of(kind: type[Kind], value: Any) -> Kind:  # noqa: ANN401 - whatever JSON holds
    try:
        return kind(value)
    except ValueError:
        raise UsageWrong(f"It must be one of: {', '.join(kind)}.") from None
