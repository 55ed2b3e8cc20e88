"""Counting days, and telling which day a date is."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sottovoce.agent.planning.scheduled import asked_back
from sottovoce.agent.slots.when import local_to
from sottovoce.agent.tools.tools import Slot, Tool
from sottovoce.domain.said import said
from sottovoce.domain.values import Moment
from sottovoce.language import language

if TYPE_CHECKING:
    from collections.abc import Callable

    from sottovoce.agent.tools.questions import Question, SkillAnswer
    from sottovoce.agent.tools.tools import ToolCall
    from sottovoce.domain.said import Said
    from sottovoce.domain.values import Period

_WEEK: Final = 7
_DAY: Final = 86_400
_MONTHS: Final = 12
_YEAR: Final = timedelta(days=366)
_FORTNIGHT: Final = timedelta(days=14)
_SHORTER: Final = {"hour": 3600, "minute": 60, "second": 1}
LAST_YEAR: Final = 9999
OLDEST: Final = 150
"""Years of a person."""


class Dates:
    """Answers what a calendar would."""

    offer = said("date-offer")

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Read the time from `now`."""
        self._now = now

    @property
    def tools(self) -> tuple[Tool, ...]:
        """See `Skill`."""
        when = Slot(name="moment", required=True, ask=said("date-which"))
        unit, number = Slot(name="unit"), Slot(name="number")
        return (
            Tool(name="date.until", run=self._until, slots=(Slot(name="moment"), Slot(name="period"), unit)),
            Tool(name="date.since", run=self._since, slots=(when, unit)),
            Tool(name="date.between", run=self._between, slots=(when, Slot(name="moment2", required=True), unit)),
            Tool(name="date.weekday", run=self._weekday, slots=(when,)),
            Tool(name="date.in", run=self._in, slots=(when,)),
            Tool(name="date.week", run=self._week, slots=(Slot(name="moment"),)),
            Tool(name="date.leap", run=self._leap, slots=(number,)),
            Tool(name="date.age", run=self._age, slots=(number, Slot(name="moment"))),
            Tool(name="date.days", run=self._days, slots=(Slot(name="period", required=True),)),
            Tool(name="date.no_day", run=self._no_day),
            Tool(name="date.left", run=self._left, slots=(Slot(name="period", required=True),)),
        )

    async def _no_day(self, question: Question, call: ToolCall) -> Said:  # noqa: ARG002 - takes no slots
        return said("date-no-such-day")

    def _here(self, question: Question) -> datetime:
        return local_to(question.context, self._now())

    async def _until(self, question: Question, call: ToolCall) -> Said | SkillAnswer:
        if not {"moment", "period"} & {*call.slots}:
            return asked_back(call, "moment", said("date-which"))
        now = self._here(question)
        moment = _beginning(question, call, now) if "period" in call.slots else _moment(call)
        return _told_until(moment, now, call)

    async def _since(self, question: Question, call: ToolCall) -> Said:
        now, moment = self._here(question), _moment(call)
        day = moment.at.date()
        if day > now.date():  # "since christmas": the last one
            day = _year_before(day)
        if day > now.date():
            return said("date-coming", at=day)
        if day == now.date():
            return said("date-today")
        return said("date-since", span=_span(day, now.date(), call), day=day)

    async def _between(self, _: Question, call: ToolCall) -> Said:
        first, second = _moment(call).at.date(), _moment(call, "moment2").at.date()
        if first > second:
            first, second = (_year_before(first), second) if _year_before(first) <= second else (second, first)
        return said("date-between", span=_span(first, second, call), first=first, second=second)

    async def _weekday(self, question: Question, call: ToolCall) -> Said:
        now, day = self._here(question), _moment(call).at.date()
        today = now.date()
        if day > today and _was(question):
            day = _last_time(question, call, now) or day
        tense = "past" if day < today else "today" if day == today else "coming"
        return said("date-weekday", day=day, tense=tense)

    async def _in(self, question: Question, call: ToolCall) -> Said:
        moment, now = _moment(call), self._here(question)
        day = moment.at.date()
        tense = "past" if day < now.date() else "coming"
        if moment.clock and abs(moment.at - now) < timedelta(days=1):
            return said("date-in-time", at=moment.at, tense=tense, day=day)
        return said("date-in", day=day, tense=tense)

    async def _week(self, question: Question, call: ToolCall) -> Said:
        moment: Moment | None = call.slots.get("moment")
        day = moment.at.date() if moment else self._here(question).date()
        week = day.isocalendar().week
        return said("date-week-of", week=week, day=day) if moment else said("date-week", week=week)

    async def _leap(self, question: Question, call: ToolCall) -> Said:
        this = self._here(question).year
        year = Fraction(call.slots.get("number", this))
        if year.denominator != 1 or not 1 <= year <= LAST_YEAR:
            return said("date-no-year", last=LAST_YEAR)
        whole = int(year)
        tense = "was" if whole < this else "is" if whole == this else "will"
        leaps = "yes" if calendar.isleap(whole) else "no"
        return said("date-leap", year=date(whole, 1, 1), leaps=leaps, tense=tense)

    async def _age(self, question: Question, call: ToolCall) -> Said:
        today = self._here(question).date()
        if "moment" in call.slots:
            born = _moment(call).at.date()
            if born > today:
                return said("date-unborn")
            return said("date-age", years=_whole_months(born, today) // _MONTHS)
        year = Fraction(call.slots.get("number", 0))
        if year.denominator != 1 or not today.year - OLDEST <= year <= today.year:
            return said("date-unborn")
        years = today.year - int(year)
        return said("date-age-year", most=years, least=max(years - 1, 0))

    async def _days(self, _: Question, call: ToolCall) -> Said:
        period: Period = call.slots["period"]
        return said("date-days", days=(period.end.date() - period.start.date()).days)

    async def _left(self, question: Question, call: ToolCall) -> Said:
        period: Period = call.slots["period"]
        today = self._here(question).date()
        return said("date-left", days=max((period.end.date() - max(today, period.start.date())).days - 1, 0))


def _moment(call: ToolCall, slot: str = "moment") -> Moment:
    found: Moment = call.slots[slot]
    return found


def _told_until(moment: Moment, now: datetime, call: ToolCall) -> Said:
    if moment.clock or call.slots.get("unit") in _SHORTER:
        if moment.at <= now:
            return said("date-past", at=moment.at)
        length = _length(moment.at - now, call)
        if not moment.clock:
            return said("date-until", span=(length,), day=moment.at)
        return said("date-until-time", length=length, at=moment.at)
    days = (moment.at.date() - now.date()).days
    if days < 0:
        return said("date-past", at=moment.at)
    if days == 0:
        return said("date-today")
    return said("date-until", span=_span(now.date(), moment.at.date(), call), day=moment.at)


def _beginning(question: Question, call: ToolCall, now: datetime) -> Moment:
    """When a stretch of time begins; the next of its name where that has begun: "until june", in june."""
    period: Period = call.slots["period"]
    again = language(question.context.language).values.period(call.words["period"], period.end)
    return Moment(at=again.start if period.start <= now and again is not None else period.start, clock=False)


def _was(question: Question) -> bool:
    """Whether it is asked about what has been."""
    past = language(question.context.language).words.PAST
    return not past.isdisjoint(question.text.casefold().split())


def _last_time(question: Question, call: ToolCall, now: datetime) -> date | None:
    """When a day that comes every year was last; None where none has been within a year."""
    moment, words = language(question.context.language).values.moment, call.words["moment"]
    day, lately, last = (moment(words, now - ago) for ago in (timedelta(), _FORTNIGHT, _YEAR))
    if day is None or lately is None or last is None or last.at >= now:
        return None
    every_year = day.at == lately.at or day.at - lately.at > _YEAR / 2  # "next friday" is another one each week
    return last.at.date() if every_year else None


def _year_before(day: date) -> date:
    if day.year == 1:
        return day
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _length(length: timedelta, call: ToolCall) -> Said:
    """A length of time to the minute, or in what was asked for."""
    unit = call.slots.get("unit")
    if unit in _SHORTER:
        return said("date-count", count=int(length.total_seconds() // _SHORTER[unit]), unit=unit)
    return said("date-length", length=timedelta(minutes=length.total_seconds() // 60))


def _span(first: date, second: date, call: ToolCall) -> tuple[Said, ...]:
    """The days from one to the other, in what was asked for; what is nothing of it is left out."""
    days = (second - first).days
    match call.slots.get("unit"):
        case "week":
            counts = {"week": days // _WEEK, "day": days % _WEEK}
        case "month" | "year" as unit:
            months = _whole_months(first, second)
            rest = (second - _months_after(first, months)).days
            years = {"year": months // _MONTHS, "month": months % _MONTHS}
            counts = {**(years if unit == "year" else {"month": months}), "day": rest}
        case "hour" | "minute" | "second" as unit:
            counts = {unit: days * _DAY // _SHORTER[unit]}
        case _:
            counts = {"day": days}
    some = {unit: count for unit, count in counts.items() if count} or {"day": days}
    return tuple(said("date-count", count=count, unit=unit) for unit, count in some.items())


def _whole_months(first: date, second: date) -> int:
    months = (second.year - first.year) * _MONTHS + second.month - first.month
    return months - 1 if _months_after(first, months) > second else months


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
