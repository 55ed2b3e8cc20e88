"""What timers, alarms and reminders share: how they are named, found among several, and when they are due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from sottovoce.agent.slots.when import When, local_to, meant, meant_time, when_of
from sottovoce.agent.tools.questions import NotMeant, SkillAnswer
from sottovoce.domain.dialogue import UNDOING, Asked, Pending
from sottovoce.domain.occurrences import RuleUnusable, first_from, is_usable, next_after, to_recurrence
from sottovoce.domain.records import Reminder, Timer
from sottovoce.domain.said import Said, said
from sottovoce.domain.schedule_states import ReminderKind, ScheduleState
from sottovoce.domain.values import Cycle, Moment, Period, Recurrence
from sottovoce.language import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from sottovoce.agent.tools.questions import Question
    from sottovoce.agent.tools.tools import ToolCall
    from sottovoce.memory.held_schedule import Scheduled
    from sottovoce.memory.schedule import Schedule

AnyScheduled = TypeVar("AnyScheduled", bound=Timer | Reminder)

MOST_TOLD: Final = 5
"""Of a longer list the first are told, and how many there are."""
MADE: Final = "made"
"""The slot with the id of what was set just now, which is taken back."""
LEFT_OUT: Final = "left_out"
"""The slot with the id of what was left out once just now, and when that was: to come all the same."""
SNOOZE_S: Final = 9 * 60.0
RUNG_WITHIN_S: Final = 30 * 60.0
"""Seconds for which what has rung can still be snoozed."""
_HALF_DAY_H: Final = 12
_TWO: Final = 2
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)


class ScheduleSkill:
    """A skill over what is due by a clock."""

    def __init__(
        self, schedule: Schedule, now: Callable[[], datetime], rings: Callable[[], bool] = lambda: True
    ) -> None:
        """Keep it in `schedule`; `rings` says whether anybody is there to ring."""
        self._schedule = schedule
        self._now = now
        self._rings = rings

    def _local(self, question: Question) -> datetime:
        """Now, where the user is."""
        return local_to(question.context, self._now())


class Unclear(Exception):
    """Something has to be said or asked first."""

    def __init__(self, answer: SkillAnswer | Said) -> None:
        """Say `answer`."""
        super().__init__()
        self.answer = answer


def asked_back(call: ToolCall, slot: str, question: Said, **words: str) -> SkillAnswer:
    """Ask for what is missing; what comes fills the slot."""
    return SkillAnswer(said=question, pending=Pending(asked=Asked(call.name, {**call.words, **words}), slot=slot))


def replaced(call: ToolCall, question: Question, those: Iterable[AnyScheduled], kind: str) -> tuple[AnyScheduled, ...]:
    """What the call before made, in the place of which this one comes: "no, ten minutes"."""
    if call.corrects is None or call.corrects.name != call.name:
        return ()
    return tuple(one for one in those if one.id == question.dialogue.entities.get(kind))


def named(one: Scheduled) -> Said:
    """How one is called among others: "the pasta timer", "the alarm tomorrow at 7:00 AM"."""
    if isinstance(one, Timer):
        return said("timer-the", label=one.label or None, length=one.duration_s)
    return said("reminder-the", what=one.text)


def day_and_time(at: datetime, now: datetime) -> Said:
    """When something is, as it is said: "tomorrow at 7:00 AM"."""
    return said("schedule-when", at=at, now=now)


def every(recurrence: Recurrence, first: datetime) -> Said:
    """How something comes again, as it is said: "every weekday at 7:00 AM"."""
    if recurrence.step is Cycle.WEEK and not recurrence.weekdays:
        recurrence = replace(recurrence, weekdays=(first.weekday(),))
    return said("schedule-every", rule=recurrence, at=first)


def local(seconds: float, question_now: datetime) -> datetime:
    """A moment in the zone of the question."""
    return datetime.fromtimestamp(seconds, question_now.tzinfo)


def when_said(one: Reminder, now: datetime) -> Said:
    """When an alarm or reminder is due, and how it comes again."""
    due, recurrence = local(one.due_at, now), _recurrence(one)
    if recurrence is None:
        return day_and_time(due, now)
    usual = next_after(recurrence, datetime.fromisoformat(one.wall), now.tzinfo, now.timestamp()) if one.wall else None
    if usual is not None and usual < one.due_at:  # one was left out
        return said("schedule-every-but", every=every(recurrence, due), next=day_and_time(due, now))
    return every(recurrence, due)


def _recurrence(one: Reminder) -> Recurrence | None:
    """How it comes again, as far as this version knows that."""
    try:
        return to_recurrence(one.recurrence)
    except RuleUnusable:
        return None


class Due:
    """When something is to be due: by the clock on the wall, or in so much time whatever clocks show."""

    def __init__(self, wall: datetime | None, due_at: float, recurrence: Recurrence | None = None) -> None:
        """Due at `due_at`, seconds since 1970; `wall` where that is a time of day."""
        self.wall = wall
        self.due_at = due_at
        self.recurrence = recurrence


def due_of(when: When, now: datetime, *, wakes: bool = False) -> Due | None:
    """When that is; None where a time of day is missing.

    Raises:
        Unclear: It is over, or comes too often or too seldom.
    """
    moment, recurrence = when.moment, when.recurrence
    if recurrence is not None:
        return _series(recurrence, moment, now, wakes=wakes)
    if moment is None or not moment.clock:
        return None
    at = meant(moment, now, wakes=wakes)
    if at <= now:
        raise Unclear(said("schedule-past"))
    if when.counted:
        return Due(None, at.timestamp())
    return Due(at.replace(tzinfo=None), at.timestamp())


def moved_due(one: Reminder, when: When, now: datetime, *, wakes: bool = False) -> Due:
    """When what is moved is to be due: on its day where only a time was said, at its time where only a day was.

    Raises:
        Unclear: As `due_of`.
    """
    before, moment = local(one.due_at, now), when.moment
    if when.recurrence is None and moment is not None and not when.counted:
        if not moment.clock:
            moment = replace(
                moment, at=datetime.combine(moment.at.date(), before.timetz()), clock=True, half_known=True
            )
        elif not moment.day:
            there = replace(moment, at=datetime.combine(before.date(), moment.at.timetz()), day=True)
            moment = there if meant(there, now, wakes=wakes) > now else moment
    due = due_of(replace(when, moment=moment), now, wakes=wakes)
    return due or Due(before.replace(tzinfo=None), one.due_at, when.recurrence)


def shifted_due(one: Reminder, by: timedelta, now: datetime) -> Due | None:
    """When what is moved by a length of time is to be due; None where a series would come on other days.

    Raises:
        Unclear: That is over.
    """
    before = local(one.due_at, now)
    if not one.wall:
        due = Due(None, one.due_at + by.total_seconds())
    else:
        wall = before.replace(tzinfo=None) + by
        if one.recurrence and wall.date() != before.date():
            return None
        due = Due(wall, wall.replace(tzinfo=now.tzinfo).timestamp())
    if due.due_at <= now.timestamp():
        raise Unclear(said("schedule-past"))
    return due


def _series(recurrence: Recurrence, moment: Moment | None, now: datetime, *, wakes: bool) -> Due | None:
    if not is_usable(recurrence):
        raise Unclear(said("schedule-rule"))
    here = now.replace(tzinfo=None)
    if recurrence.step in {Cycle.MINUTE, Cycle.HOUR}:
        step = timedelta(minutes=1) if recurrence.step is Cycle.MINUTE else timedelta(hours=1)
        first = here + step * recurrence.interval
    else:
        time, begin = meant_time(recurrence, wakes=wakes), here
        if moment is not None and moment.clock:
            time = meant(moment, now, wakes=wakes)
        if moment is not None and moment.day:
            begin = max(moment.at.replace(hour=0, minute=0, tzinfo=None), here)
        if time is None:
            return None
        first = first_from(recurrence, begin, time.time())
    return Due(first, first.replace(tzinfo=now.tzinfo).timestamp(), recurrence)


_SHORTEST_STEM: Final = 4
_LONGEST_ENDING: Final = 3
"""Letters that another form of a word may have more: "call", "calling"."""


def matching(those: Sequence[AnyScheduled], name: str, question: Question, now: datetime) -> list[AnyScheduled]:
    """Those that may be meant by a name: by words of theirs, by their length or time, or by their place in the row."""
    spoken = language(question.context.language)
    if name.casefold() in spoken.keeping.THE_OTHER:
        return _other(those, question)
    keys = spoken.words.key_words(name)
    exact = [one for one in those if text_of(one) and text_of(one).casefold() == name.casefold()]
    if exact:
        return exact
    if by_words := [one for one in those if _is_about(keys, spoken.words.key_words(text_of(one)))]:
        most = max(len(keys & spoken.words.key_words(text_of(one))) for one in by_words)
        return [one for one in by_words if len(keys & spoken.words.key_words(text_of(one))) == most]
    other_forms = [one for one in those if _names_all(keys, spoken.words.key_words(text_of(one)))]
    return other_forms or _by_value(those, name, question, now)


def _other(those: Sequence[AnyScheduled], question: Question) -> list[AnyScheduled]:
    """The one of two that was not spoken of last; none where that is not sure, or was asked about just now."""
    spoken_of = question.dialogue.entities.values()
    others = [one for one in those if one.id not in spoken_of]
    return others if len(others) == 1 and len(those) <= _TWO and question.dialogue.pending is None else []


def bears(those: Iterable[AnyScheduled], name: str, question: Question) -> bool:
    """Whether one of them has all words of a name, which may be anything's: "cancel pizza"."""
    words = language(question.context.language).words
    keys = words.key_words(name)
    return any(_names_all(keys, words.key_words(text_of(one))) for one in those)


def _names_all(keys: AbstractSet[str], own: AbstractSet[str]) -> bool:
    """Whether each key is a word of one's own, or another form of it: "calling mum" is "call mum"."""
    return bool(keys) and all(key in own or any(_is_form(key, word) for word in own) for key in keys)


def _is_form(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST_STEM and len(long) - len(short) <= _LONGEST_ENDING and long.startswith(short)


def every_one(
    those: Sequence[AnyScheduled], words: str, slot: str, question: Question, now: datetime
) -> list[AnyScheduled]:
    """All that were asked about, where the words mean each of them: "both", to "which one"; else none."""
    keeping, pending, plain = language(question.context.language).keeping, question.dialogue.pending, words.casefold()
    is_answer = pending is not None and pending.slot == slot
    before = pending.asked.words.get(slot, "") if pending is not None and is_answer else ""
    asked = matching(those, before, question, now) if before else list(those)
    is_meant = (plain in keeping.ALL_OF_THEM and is_answer) or (plain in keeping.BOTH and len(asked) == _TWO)
    return asked if is_meant else []


def unclear(call: ToolCall, slot: str, question: Question, ask: Said, otherwise: Said) -> SkillAnswer | Said:
    """Where none of them was named: asked once more if this was the answer to "which one", else said."""
    pending = question.dialogue.pending
    if pending is None or pending.repeated or (pending.asked.tool, pending.slot) != (call.name, slot):
        return otherwise
    return SkillAnswer(said=(said("dialogue-unclear"), ask), pending=replace(pending, repeated=True))


def _is_about(said_keys: AbstractSet[str], own: AbstractSet[str]) -> bool:
    """Whether one says the other and perhaps more: "call dad" is not "call mum", though both are calls."""
    return bool(said_keys & own) and (said_keys <= own or own <= said_keys)


def _by_value(those: Sequence[AnyScheduled], name: str, question: Question, now: datetime) -> list[AnyScheduled]:
    values = language(question.context.language).values
    for words in _shorter(name):
        if (length := values.duration(words)) is not None:
            of_length: list[AnyScheduled] = [
                one for one in those if isinstance(one, Timer) and one.duration_s == length.total_seconds()
            ]
            if of_length:
                return of_length
        when = when_of(words, values, now)
        if when is not None and (then := [one for one in those if is_then(one, when, now)]):
            return then
        place = values.ordinal(words)
        if place is not None and (place == -1 or 0 < place <= len(those)):
            return [those[place - 1 if place > 0 else place]]
        period = values.period(words, now)
        if period is not None and period.end - period.start < _DAY:
            hours = period.start.time(), period.end.time()
            if within := [one for one in those if _within(one, hours, now)]:
                return within
    return []


def _shorter(name: str) -> Iterable[str]:
    """The words, and fewer of them: "the ten minute one" holds "ten minute"."""
    parts = name.split()
    for length in range(len(parts), 0, -1):
        for at in range(len(parts) - length + 1):
            yield " ".join(parts[at : at + length])


def _within(one: Scheduled, hours: tuple[object, object], now: datetime) -> bool:
    begin, end = hours
    time = local(one.due_at, now).time()
    return begin <= time < end if begin < end else time >= begin or time < end  # type: ignore[operator] # both are times


def is_then(one: Scheduled, when: When, now: datetime) -> bool:
    """Whether it is due at that moment, or on that day, or comes so again."""
    due = local(one.due_at, now)
    if when.recurrence is not None:
        return isinstance(one, Reminder) and one.recurrence == when.recurrence.rule
    moment = when.moment
    if moment is None or (moment.day and due.date() != moment.at.date()):
        return False
    if not moment.clock:
        return True
    same = (due.hour - moment.at.hour) % (24 if moment.half_known else _HALF_DAY_H) == 0
    return same and due.minute == moment.at.minute


def is_within(one: Scheduled, period: Period, now: datetime) -> bool:
    """Whether it is due in a stretch of time, now or as it comes again."""
    if period.start.timestamp() <= one.due_at < period.end.timestamp():
        return True
    days = (period.start + _DAY * at for at in range((period.end - period.start).days + 1))
    times = (_later_time(one, day, now) for day in days)
    return any(there is not None and period.start.timestamp() <= there < period.end.timestamp() for there in times)


def only_then(one: Reminder, call: ToolCall, question: Question, now: datetime) -> bool:
    """Whether one time of what comes again is meant: "no alarm tomorrow", but not "cancel the monday alarm"."""
    when, words = call.slots.get("when"), call.words.get("when", "")
    if not isinstance(when, When) or when.recurrence is not None or when.moment is None or not when.moment.day:
        return False
    later = language(question.context.language).values.moment(words, now + _DAY)
    of_each_week = later is not None and later.at.weekday() == when.moment.at.weekday()
    return not (of_each_week and len(words.split()) == 1 and _is_known_by_its_weekday(one, now))


def _is_known_by_its_weekday(one: Reminder, now: datetime) -> bool:
    """Whether it comes at most once a week; of what comes each day, a weekday names that day alone."""
    recurrence = _recurrence(one)
    first = datetime.fromisoformat(one.wall) if one.wall else None
    following = next_after(recurrence, first, now.tzinfo, one.due_at) if recurrence and first else None
    return following is None or local(following, now).date() >= local(one.due_at, now).date() + _WEEK


def with_its_day(call: ToolCall, question: Question, now: datetime) -> ToolCall:
    """The call with the day that stands in its thing as its time: "take the pill tomorrow", "tomorrow's pill"."""
    words = call.words.get("what", "")
    plan = language(question.context.language).plans.plan(words, now) if words and "when" not in call.slots else None
    if plan is None or plan.moment is None or not plan.moment.day or not plan.title:
        return call
    when = When(moment=plan.moment)
    return replace(call, slots={**call.slots, "what": plan.title, "when": when}, words={**call.words, "when": words})


def comes_then(one: Scheduled, when: When, now: datetime) -> bool:
    """Whether a later time of what comes again is on that day."""
    return when.moment is not None and _later_time(one, when.moment.at, now) is not None


def _later_time(one: Scheduled, day: datetime, now: datetime) -> float | None:
    """When what comes again is due on a day that is later than its next time."""
    if not isinstance(one, Reminder) or not one.wall:
        return None
    recurrence = _recurrence(one)
    start = day.replace(hour=0, minute=0, second=0, microsecond=0)
    if recurrence is None or start.timestamp() <= one.due_at:
        return None
    there = next_after(recurrence, datetime.fromisoformat(one.wall), now.tzinfo, start.timestamp() - 1)
    return there if there is not None and local(there, now).date() == start.date() else None


def coming_then(those: Sequence[AnyScheduled], when: object, now: datetime) -> list[AnyScheduled]:
    """Those of which a later time than the next is on that day."""
    there = when if isinstance(when, When) and when.recurrence is None and when.moment and when.moment.day else None
    return [one for one in those if comes_then(one, there, now)] if there else []


async def skipped(schedule: Schedule, one: Reminder, now: datetime) -> SkillAnswer | None:
    """Leave out the next time of what comes again, and say so; None where it comes once.

    Raises:
        StoreTrouble: It could not be stored.
    """
    then = day_and_time(local(one.due_at, now), now)
    following = await schedule.skip(one)
    if following is None:
        return None
    next_time = day_and_time(local(following.due_at, now), now)
    kind = "reminder" if one.kind is ReminderKind.REMINDER else "alarm"
    told = said("schedule-skipped", kind=kind, when=then, next=next_time, label=one.text or None)
    return SkillAnswer(said=told, entities={kind: one.id, LEFT_OUT: f"{one.id} {one.due_at!r}"})


async def restored(schedule: Schedule, those: Iterable[Reminder], call: ToolCall, now: datetime) -> SkillAnswer | None:
    """Have come all the same what was left out by the last answer, and say so; None where a call takes nothing back.

    Raises:
        NotMeant: It has ended since, or is over: there is nothing to take back.
        StoreTrouble: It could not be stored.
    """
    if LEFT_OUT not in call.words:
        return None
    identifier, _, due_at = call.words[LEFT_OUT].partition(" ")
    one = next((one for one in those if one.id == identifier and one.state is not ScheduleState.RINGING), None)
    if one is None or float(due_at) <= now.timestamp():
        raise NotMeant
    back = await schedule.unskip(one, float(due_at))
    kind = "reminder" if one.kind is ReminderKind.REMINDER else "alarm"
    told = said("schedule-back", kind=kind, when=day_and_time(local(back.due_at, now), now), label=one.text or None)
    return SkillAnswer(said=told, entities={kind: one.id})


async def brought_back(
    kind: type[AnyScheduled], schedule: Schedule, question: Question, call: ToolCall
) -> tuple[AnyScheduled, ...]:
    """What the last answer cancelled, which comes all the same now; nothing where a call takes no such thing back.

    Raises:
        NotMeant: Its time has passed since: there is nothing to take back.
        StoreTrouble: It could not be stored.
    """
    if UNDOING not in call.words:
        return ()
    revived = await schedule.revive(question.context.user_id, call.words[UNDOING].split())
    back = tuple(one for one in revived if isinstance(one, kind))
    if not back:
        raise NotMeant
    return back


def undoable(answer: SkillAnswer | Said, those: Iterable[Scheduled]) -> SkillAnswer:
    """An answer that cancelled something, with what has that come back."""
    whole = answer if isinstance(answer, SkillAnswer) else SkillAnswer(said=answer)
    identifiers = " ".join(one.id for one in those)
    return replace(whole, entities={**whole.entities, UNDOING: identifiers} if identifiers else whole.entities)


def back_said(one: Reminder, now: datetime) -> Said:
    """That it comes all the same."""
    kind = "reminder" if one.kind is ReminderKind.REMINDER else "alarm"
    return said("schedule-back", kind=kind, when=when_said(one, now), label=one.text or None)


def only_the_next(one: Reminder, now: datetime) -> Said:
    """That no later time of it can be left out than the next."""
    kind = "reminder" if one.kind is ReminderKind.REMINDER else "alarm"
    return said("schedule-only-next", kind=kind, when=day_and_time(local(one.due_at, now), now))


def text_of(one: Scheduled) -> str:
    """What it was given as its words."""
    return one.label if isinstance(one, Timer) else one.text


def spoken_of(question: Question, those: Iterable[AnyScheduled], kind: str) -> AnyScheduled | None:
    """The one that was spoken of last, if it is among these."""
    last = question.dialogue.entities.get(kind, "")
    return next((one for one in those if one.id == last), None)


def just_made(those: Iterable[AnyScheduled], call: ToolCall) -> AnyScheduled | None:
    """The one that is taken back; None where a call takes nothing back.

    Raises:
        NotMeant: It has ended since, or is just going off: there is nothing to take back.
    """
    if MADE not in call.words:
        return None
    for one in those:
        if one.id == call.words[MADE] and one.state is not ScheduleState.RINGING:
            return one
    raise NotMeant


def is_paused(one: Timer) -> bool:
    """Whether it stands still."""
    return one.state is ScheduleState.PAUSED
