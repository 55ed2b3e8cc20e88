"""Lines of an export as the domain's values: whatever a file holds, it is one of these or refused."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sottovoce.adapters.store.rows.messages import storable
from sottovoce.domain.contexts import UserContext
from sottovoce.domain.conversations import Message, MessageState, Role
from sottovoce.domain.joining import MemoryUse, MessageDate, TurnEnd
from sottovoce.domain.memories import Memory, MemoryKind, Reach
from sottovoce.domain.records import Event, ListEntry, Note, Reminder, Timer
from sottovoce.domain.schedule_states import ReminderKind, ScheduleState
from sottovoce.domain.turns import Outcome

if TYPE_CHECKING:
    import enum
    from collections.abc import Callable, Mapping

MOST_NAME_CHARS = 256
"""Of an id, a user's name, a model's name."""
MOST_WHOLE = 2**63 - 1
"""What an integer column holds."""

Line = dict[str, Any]
EnumT = TypeVar("EnumT", bound="enum.StrEnum")


class BadLine(ValueError):
    """A line is not of the form; nothing of it is shown."""


def line_of(content: bytes) -> Line:
    """One line's object.

    Raises:
        BadLine: It is none.
    """
    try:
        found = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadLine from None
    if not isinstance(found, dict):
        raise BadLine
    return found


def message(line: Line) -> Message:
    """A line of messages.jsonl."""
    return Message(
        id=_name(line, "id"),
        conversation_id=_name(line, "conversation_id"),
        user_id=_name(line, "user_id"),
        role=_one_of(Role, line, "role"),
        content=_text(line, "content"),
        state=_one_of(MessageState, line, "state", MessageState.COMPLETE),
        created_at=_number(line, "created_at"),
        tokens_input=_whole(line, "tokens_input"),
        tokens_output=_whole(line, "tokens_output"),
        source=_short(line, "source"),
        intent=_short(line, "intent"),
        latency_ms=_number(line, "latency_ms", 0.0),
        model=_short(line, "model"),
        dialogue=_text(line, "dialogue", ""),
    )


def message_date(line: Line) -> MessageDate:
    """A line of dates.jsonl."""
    return MessageDate(_name(line, "message_id"), _number(line, "at"))


def memory(line: Line) -> Memory:
    """A line of memories.jsonl; its vector is made anew."""
    return Memory(
        id=_name(line, "id"),
        user_id=_name(line, "user_id"),
        kind=_one_of(MemoryKind, line, "kind"),
        text=_text(line, "text"),
        created_at=_number(line, "created_at"),
        source_message=_maybe_name(line, "source_message"),
        reach=_one_of(Reach, line, "reach", Reach.DEVICE),
        superseded_by=_maybe_name(line, "superseded_by"),
        subject=_text(line, "subject", ""),
    )


def turn_end(line: Line) -> TurnEnd | None:
    """A line of turns.jsonl; None for one that still waited for its answer."""
    if line.get("closed_at") is None:
        return None
    return TurnEnd(_name(line, "message_id"), _number(line, "closed_at"), _one_of(Outcome, line, "outcome"))


def memory_use(line: Line) -> MemoryUse:
    """A line of memories_used.jsonl."""
    return MemoryUse(_name(line, "message_id"), _name(line, "memory_id"), _whole(line, "place"))


def user_context(line: Line) -> UserContext:
    """A line of user_contexts.jsonl."""
    body = line_of(_text(line, "body").encode())
    if body.get("user_id") != _name(line, "user_id"):
        raise BadLine
    try:
        return UserContext.from_json(body)
    except (ValueError, TypeError):
        raise BadLine from None


def reminder(line: Line) -> Reminder:
    """A line of reminders.jsonl."""
    return Reminder(
        text=_text(line, "text"),
        due_at=_number(line, "due_at"),
        state=_state(line),
        kind=_one_of(ReminderKind, line, "kind", ReminderKind.REMINDER),
        recurrence=_short(line, "recurrence"),
        wall=_short(line, "wall"),
        **_changed(line),
    )


def timer(line: Line) -> Timer:
    """A line of timers.jsonl."""
    return Timer(
        label=_text(line, "label", ""),
        duration_s=_number(line, "duration_s"),
        due_at=_number(line, "due_at"),
        state=_state(line),
        left_s=None if line.get("left_s") is None else _number(line, "left_s"),
        boot=_short(line, "boot"),
        boot_due_s=_number(line, "boot_due_s", 0.0),
        **_changed(line),
    )


def note(line: Line) -> Note:
    """A line of notes.jsonl."""
    changed = _number(line, "changed_at")
    return Note(text=_text(line, "text"), changed_at=changed, **_record(line))


def list_entry(line: Line) -> ListEntry:
    """A line of lists.jsonl."""
    return ListEntry(list=_name(line, "list"), text=_text(line, "text"), done=_flag(line, "done"), **_changed(line))


def event(line: Line) -> Event:
    """A line of events.jsonl."""
    starts, ends = _number(line, "starts_at"), _number(line, "ends_at")
    if ends < starts:
        raise BadLine
    return Event(
        title=_text(line, "title"),
        place=_text(line, "place", ""),
        starts_at=starts,
        ends_at=ends,
        all_day=_flag(line, "all_day"),
        zone=_short(line, "zone"),
        recurrence=_short(line, "recurrence"),
        **_changed(line),
    )


READ: Mapping[str, Callable[[Line], Any]] = {
    "messages": message,
    "memories": memory,
    "dates": message_date,
    "turns": turn_end,
    "memories_used": memory_use,
    "user_contexts": user_context,
    "reminders": reminder,
    "timers": timer,
    "notes": note,
    "lists": list_entry,
    "events": event,
}
"""What an import takes; everything else in an export describes the home it comes from."""
KEPT_FILES: Final = ("reminders", "timers", "notes", "lists", "events")
"""Of these, what is kept beside words and memories."""


def _record(line: Line) -> dict[str, Any]:
    return {
        "id": _name(line, "id"),
        "user_id": _name(line, "user_id"),
        "created_at": _number(line, "created_at"),
        "source_message": _maybe_name(line, "source_message"),
    }


def _changed(line: Line) -> dict[str, Any]:
    record = _record(line)
    return record | {"changed_at": _number(line, "changed_at", record["created_at"])}


def _flag(line: Line, name: str) -> bool:
    """SQLite writes flags as 0 and 1."""
    value = line.get(name, 0)
    if value not in (0, 1):
        raise BadLine
    return bool(value)


def _state(line: Line) -> ScheduleState:
    return _one_of(ScheduleState, line, "state")


def _text(line: Line, name: str, default: str | None = None) -> str:
    value = line.get(name, default)
    if not isinstance(value, str):
        raise BadLine
    return storable(value)


def _short(line: Line, name: str) -> str:
    value = _text(line, name, "")
    if len(value) > MOST_NAME_CHARS:
        raise BadLine
    return value


def _name(line: Line, name: str) -> str:
    value = _text(line, name)
    if not 0 < len(value) <= MOST_NAME_CHARS:
        raise BadLine
    return value


def _maybe_name(line: Line, name: str) -> str | None:
    return None if line.get(name) is None else _name(line, name)


def _number(line: Line, name: str, default: float | None = None) -> float:
    value = line.get(name, default)
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise BadLine
    try:
        number = float(value)
    except OverflowError:
        raise BadLine from None
    if not math.isfinite(number):
        raise BadLine
    return number


def _whole(line: Line, name: str) -> int:
    value = line.get(name, 0)
    if type(value) is not int or not 0 <= value <= MOST_WHOLE:
        raise BadLine
    return value


def _one_of(kind: type[EnumT], line: Line, name: str, default: EnumT | None = None) -> EnumT:
    value = line.get(name, default)
    if not isinstance(value, str):
        raise BadLine
    try:
        return kind(value)
    except ValueError:
        raise BadLine from None


def _no_number(_: str) -> None:
    raise BadLine
