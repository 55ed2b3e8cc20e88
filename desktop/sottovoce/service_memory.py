"""What a home does about memories and user contexts, as plain values: the part of `service` that remembers."""

from __future__ import annotations

import dataclasses
import enum
import json
from typing import TYPE_CHECKING, Any, TypeVar

from sottovoce.domain.contexts import Personality, UserContext
from sottovoce.domain.erasing import Erasure, Scope
from sottovoce.domain.errors import SettingLocked, ThingNotFound, UsageWrong
from sottovoce.domain.friendship import closeness
from sottovoce.domain.memories import MemoryKind, Reach

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sottovoce.domain.memories import Memory
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


def memory_json(memory: Memory) -> Json:
    """A memory as `memory list` prints it."""
    return {
        "id": memory.id,
        "user": memory.user_id,
        "kind": str(memory.kind),
        "text": memory.text,
        "created_at": memory.created_at,
        "source_message": memory.source_message,
        "reach": str(memory.reach),
    }


def context_json(context: UserContext) -> Json:
    """A user context as `context show` prints it."""
    return context.to_json() | {"closeness": str(closeness(context))}


class MemoryService:
    """One open home, asked about what it remembers."""

    def __init__(self, home: Home) -> None:
        """Serve `home`."""
        self._home = home
        self.commands: dict[str, Callable[[Json], Awaitable[Json]]] = {
            "memory.list": self._list,
            "memory.add": self._add,
            "memory.forget": self._forget,
            "memory.why": self._why,
            "memory.reach": self._reach,
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

    async def _list(self, arguments: Json) -> Json:
        limit = arguments.get("limit") or LISTED
        if not isinstance(limit, int) or isinstance(limit, bool) or not 1 <= limit <= MOST_LISTED:
            raise UsageWrong(f"The limit must be from 1 to {MOST_LISTED}.")
        found = await self._home.store.memories(self._user(arguments), limit=limit)
        return {"memories": [memory_json(memory) for memory in found]}

    async def _add(self, arguments: Json) -> Json:
        text = _text(arguments, "text")
        if not text.strip():
            raise UsageWrong("There is nothing to remember.", "Give it as text, for example: i like python.")
        kind = None if arguments.get("kind") is None else _one_of(MemoryKind, arguments["kind"])
        reach = None if arguments.get("reach") is None else _one_of(Reach, arguments["reach"])
        saved = await self._home.memory.save_memory(self._user(arguments), text, kind, reach=reach)
        return {
            "memory": memory_json(saved.memory),
            "new": saved.new,
            "superseded": [memory_json(memory) for memory in saved.superseded],
        }

    async def _forget(self, arguments: Json) -> Json:
        memory = await self._home.memory.memory(self._user(arguments), _text(arguments, "memory"))
        forgotten = await self._home.memory.forget_memory(memory)
        done = await self._home.erase(Erasure(scope=Scope.MEMORY, of=memory.id))
        return {
            "forgotten": list(forgotten),
            "backups_rewritten": done.backups_rewritten,
            "backups_removed": done.backups_removed,
        }

    async def _why(self, arguments: Json) -> Json:
        message = _text(arguments, "message")
        answer = await self._home.store.message(message)
        if answer is None:
            raise ThingNotFound("There is no message with this id.", "See `sottovoce history show ID --json`.")
        if answer.user_id != self._user(arguments):
            raise ThingNotFound("There is no message of this user with this id.", "Name its user with `--user`.")
        used = await self._home.memory.memories_used(message, user_id=answer.user_id)
        return {
            "message": message,
            "source": answer.source,
            "intent": answer.intent,
            "memories": [memory_json(memory) | {"holds": memory.superseded_by is None} for memory in used],
        }

    async def _reach(self, arguments: Json) -> Json:
        memory = await self._home.memory.memory(self._user(arguments), _text(arguments, "memory"))
        reach = _one_of(Reach, _text(arguments, "reach"))
        await self._home.memory.set_reach(memory, reach)
        return {"memory": memory_json(dataclasses.replace(memory, reach=reach))}

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
        except ValueError as error:
            raise UsageWrong(f"{str(error)[:1].upper()}{str(error)[1:]}.", "See `sottovoce context show`.") from None
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
