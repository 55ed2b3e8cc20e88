"""What stands in iCalendar files; runs in the helper process alone, as the libraries take seconds for thousands."""

from __future__ import annotations

import hashlib
import itertools
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from sottovoce.domain.errors import CalendarFileGone, CalendarFileTooLarge, CalendarFileUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator


_Component: TypeAlias = Any
"""Of icalendar, whose types are unions of all there is."""

MOST_BYTES: Final = 16 * 1024 * 1024
"""A file of 5,000 events has some 2 MB."""
MOST_EVENTS: Final = 20_000
"""As `memory.calendar.MOST_EVENTS`."""
MOST_TITLE_CHARS: Final = 200
MOST_COUNTED: Final = 5000
"""Times that are counted to find the last of so many."""
MOST_MADE: Final = 500
"""Events made of one series that no simple rule can say."""
MADE_FROM, MADE_TO = timedelta(days=366), timedelta(days=732)
"""Around now, where such a series is looked for."""
OWN: Final = "@sottovoce"
"""Ends the UIDs of what was exported here."""
_WALL: Final = "%Y%m%dT%H%M%S"
_YEARS: Final = range(1900, 2200)
_SIMPLE: Final = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_FINE: Final = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
"""Of these the first ones are taken: to look for those around now takes minutes."""
_OWN_UID: Final = re.compile(rf"(?P<id>[0-9a-f]{{32}})(?:-\w+)?{OWN}")


@dataclass(frozen=True, slots=True)
class _Time:
    """A start or end as clocks of its zone show it."""

    wall: datetime
    zone: str
    all_day: bool
    seconds: float


def calendars(path: str) -> list[_Component]:
    """The calendars of a file.

    Raises:
        CalendarFileGone, CalendarFileTooLarge, CalendarFileUnreadable: It can't be read.
    """
    import icalendar  # noqa: PLC0415 - the process alone needs it

    try:
        with Path(path).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        raise CalendarFileGone from None
    if len(data) > MOST_BYTES:
        raise CalendarFileTooLarge
    if data.count(b"BEGIN:VEVENT") > MOST_EVENTS:
        raise CalendarFileTooLarge
    try:
        found: Any = icalendar.Calendar.from_ical(data, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise CalendarFileUnreadable from None
    good: list[_Component] = [one for one in found if getattr(one, "name", "") == "VCALENDAR"]
    if not good:
        raise CalendarFileUnreadable
    return good


def imported(path: str, zone: str, now: datetime) -> Iterator[dict[str, Any]]:
    """The events of a file, series as rules where those are simple; `zone` is that of times that name none.

    Raises:
        CalendarTrouble: See `calendars`.
    """
    return _not_too_many(_imported(path, zone, now))


def _not_too_many(events: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The same; a few lines are enough to make millions.

    Raises:
        CalendarFileTooLarge: There are more than are kept.
    """
    for number, event in enumerate(events):
        if number >= MOST_EVENTS:
            raise CalendarFileTooLarge
        yield event


def _imported(path: str, zone: str, now: datetime) -> Iterator[dict[str, Any]]:
    for calendar in map(_with_zone, calendars(path)):
        events = list(calendar.walk("VEVENT"))
        overrides: dict[str, list[_Component]] = {}
        for event in events:
            if "RECURRENCE-ID" in event:
                overrides.setdefault(str(event.get("UID", "")), []).append(event)
        for event in events:
            try:
                if "RECURRENCE-ID" in event:
                    yield from _once(event, zone, _walls(event, "RECURRENCE-ID", zone)[0].strftime(_WALL))
                else:
                    yield from _main(calendar, event, overrides.get(str(event.get("UID", "")), []), zone, now)
            except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
                raise CalendarFileUnreadable from None


def _main(
    calendar: _Component, event: _Component, overrides: list[_Component], zone: str, now: datetime
) -> Iterator[dict[str, Any]]:
    if "RRULE" not in event:
        yield from _once(event, zone, "")
    else:
        rule = _rule(event, zone)
        if rule is None:
            yield from _made(calendar, event, zone, now)
            return
        left_out = {*_walls(event, "EXDATE", zone)}
        left_out |= {wall for one in overrides for wall in _walls(one, "RECURRENCE-ID", zone)}
        if left_out:
            rule = f"{rule}\nEXDATE:{','.join(sorted(wall.strftime(_WALL) for wall in left_out))}"
        yield from _once(event, zone, "", rule)
    for wall in _walls(event, "RDATE", zone):
        for made in _once(event, zone, wall.strftime(_WALL)):
            yield _moved_to(made, wall)


def _once(event: _Component, zone: str, of: str, rule: str = "") -> Iterator[dict[str, Any]]:
    """The event itself; nothing if it was called off."""
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    start = _time(event["DTSTART"].dt, zone)
    end = _end(event, start, zone)
    if start.wall.year not in _YEARS or end.wall.year not in _YEARS:
        return
    uid = str(event.get("UID", "")) or hashlib.sha256(event.to_ical()).hexdigest()
    yield {
        "uid": uid,
        "of": of,
        "title": _text(event, "SUMMARY"),
        "place": _text(event, "LOCATION"),
        "starts_at": start.seconds,
        "ends_at": max(end.seconds, start.seconds),
        "all_day": start.all_day,
        "zone": start.zone,
        "recurrence": rule,
    }


def _end(event: _Component, start: _Time, zone: str) -> _Time:
    if "DTEND" in event:
        return _time(event["DTEND"].dt, zone)
    if "DURATION" in event:
        length: timedelta = event["DURATION"].dt
        return _time_at(start.wall + length, start.zone, all_day=start.all_day)
    return _time_at(start.wall + timedelta(days=1), start.zone, all_day=True) if start.all_day else start


def _time(value: date | datetime, zone: str) -> _Time:
    if not isinstance(value, datetime):
        return _time_at(datetime(value.year, value.month, value.day), zone, all_day=True)  # noqa: DTZ001 - a wall clock's
    if value.tzinfo is None:
        return _time_at(value, zone, all_day=False)
    name = str(getattr(value.tzinfo, "key", "")) or ("UTC" if value.utcoffset() == timedelta() else "")
    if name == "UTC" or not name:  # the zone of who imports it has summer and winter
        name = zone or "UTC"
    local = value.astimezone(ZoneInfo(name))
    return _Time(local.replace(tzinfo=None), name, all_day=False, seconds=value.timestamp())


def _time_at(wall: datetime, zone: str, *, all_day: bool) -> _Time:
    return _Time(wall, zone or "UTC", all_day, wall.replace(tzinfo=ZoneInfo(zone or "UTC")).timestamp())


def _walls(event: _Component, name: str, zone: str) -> list[datetime]:
    """The times of a property as clocks of the event's zone show them."""
    start = _time(event["DTSTART"].dt, zone)
    found: list[datetime] = []
    values = event.get(name, [])
    for value in values if isinstance(values, list) else [values]:
        for one in getattr(value, "dts", [value]):
            moment = one.dt[0] if isinstance(one.dt, tuple) else one.dt
            if not isinstance(moment, datetime):
                found.append(datetime.combine(moment, start.wall.time()))
            elif moment.tzinfo is None:
                found.append(moment)
            else:
                found.append(moment.astimezone(ZoneInfo(start.zone)).replace(tzinfo=None))
    return found


def _rule(event: _Component, zone: str) -> str | None:
    """The rule with its end as a wall clock's; None where it is not a simple one."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - as above

    if isinstance(event["RRULE"], list):
        return None
    parts = dict(part.split("=", 1) for part in event["RRULE"].to_ical().decode().upper().split(";"))
    if parts.get("FREQ") not in _SIMPLE or {"BYHOUR", "BYMINUTE", "BYSECOND"} & parts.keys():
        return None
    start = _time(event["DTSTART"].dt, zone)
    if "UNTIL" in parts:
        parts["UNTIL"] = _until(event, start).strftime(_WALL)
    count = int(parts.pop("COUNT", "0"))
    rule = ";".join(f"{name}={value}" for name, value in parts.items())
    times = list(itertools.islice(rrulestr(rule, dtstart=start.wall), min(count, MOST_COUNTED) or 1))
    if not times:
        return None
    return f"{rule};UNTIL={times[-1].strftime(_WALL)}" if count else rule


def _until(event: _Component, start: _Time) -> datetime:
    """The end of a rule as clocks of its zone show it."""
    until = event["RRULE"].get("UNTIL", [datetime(9999, 1, 1)])[0]  # noqa: DTZ001 - a wall clock's
    if not isinstance(until, datetime):
        return datetime(until.year, until.month, until.day, 23, 59, 59)  # noqa: DTZ001 - a wall clock's
    return until if until.tzinfo is None else until.astimezone(ZoneInfo(start.zone)).replace(tzinfo=None)


def _made(calendar: _Component, event: _Component, zone: str, now: datetime) -> Iterator[dict[str, Any]]:
    """One event for each time of a series around now."""
    import icalendar  # noqa: PLC0415 - as above
    import recurring_ical_events  # noqa: PLC0415 - as above
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - as above

    if not isinstance(event["RRULE"], list) and event["RRULE"].get("FREQ", [""])[0] in _FINE:
        start, left_out = _time(event["DTSTART"].dt, zone), _walls(event, "EXDATE", zone)
        until = _until(event, start)
        rule = re.sub(r";?UNTIL=[^;]*", "", event["RRULE"].to_ical().decode())
        times = itertools.islice(rrulestr(rule, dtstart=start.wall), MOST_MADE)
        for wall in (time for time in times if time <= until and time not in left_out):
            for made in _once(event, zone, wall.strftime(_WALL)):
                yield _moved_to(made, wall)
        return
    alone: _Component = icalendar.Calendar()
    for one in [*calendar.walk("VTIMEZONE"), event]:
        alone.add_component(one)
    found = recurring_ical_events.of(alone).between(now - MADE_FROM, now + MADE_TO)
    for one in found[:MOST_MADE]:
        of = _time(one["DTSTART"].dt, zone).wall.strftime(_WALL)
        yield from _once(one, zone, of)


def within(path: str, zone: str, start: datetime, end: datetime) -> Iterator[dict[str, Any]]:
    """Each time of a file's events in a stretch.

    Raises:
        CalendarTrouble: See `calendars`.
    """
    return _not_too_many(_within(path, zone, start, end))


def _within(path: str, zone: str, start: datetime, end: datetime) -> Iterator[dict[str, Any]]:
    import recurring_ical_events  # noqa: PLC0415 - as above

    for calendar in map(_with_zone, calendars(path)):
        try:
            for one in recurring_ical_events.of(calendar, skip_bad_series=True).between(start, end):
                yield from _once(one, zone, _time(one["DTSTART"].dt, zone).wall.strftime(_WALL))
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
            raise CalendarFileUnreadable from None


def _with_zone(calendar: _Component) -> _Component:
    """With the zone that Google writes beside the standard (`X-WR-TIMEZONE`) put where the standard wants it."""
    if "X-WR-TIMEZONE" not in calendar:
        return calendar
    import x_wr_timezone  # noqa: PLC0415 - as above

    try:
        changing = x_wr_timezone.UTCChangingWalker(ZoneInfo(str(calendar["X-WR-TIMEZONE"])))
        # A zone that the file describes itself need not have a name; a time in it is no less in a zone.
        changing.is_Floating = lambda moment: moment.tzinfo is None
        found: _Component = changing.walk(calendar)
    except (ValueError, KeyError, TypeError, AttributeError):
        return calendar
    return found


def _text(event: _Component, name: str) -> str:
    value = event.get(name, "")
    text = str(value[0] if isinstance(value, list) else value)
    return " ".join(text.split())[:MOST_TITLE_CHARS]


def _moved_to(made: dict[str, Any], wall: datetime) -> dict[str, Any]:
    start = _time_at(wall, made["zone"], all_day=made["all_day"]).seconds
    return {**made, "starts_at": start, "ends_at": start + made["ends_at"] - made["starts_at"], "recurrence": ""}


def event_id(user: str, uid: str, of: str) -> str:
    """The id of an imported event: always the same, so that a second import doubles nothing."""
    own = _OWN_UID.fullmatch(uid)
    if own is not None and not of:
        return own["id"]
    return hashlib.sha256(f"{user}\n{uid}\n{of}".encode()).hexdigest()[:32]


def written(events: list[dict[str, Any]], zone: str) -> bytes:
    """Events as an iCalendar file, with the zones they need; `zone` is that of those that name none."""
    import icalendar  # noqa: PLC0415 - as above

    calendar: _Component = icalendar.Calendar()
    calendar.add("prodid", "-//Sottovoce//calendar//EN")
    calendar.add("version", "2.0")
    for event in events:
        calendar.add_component(_component(event, zone or "UTC"))
    calendar.add_missing_timezones()
    made: bytes = calendar.to_ical()
    return made


def _component(event: dict[str, Any], otherwise: str) -> _Component:
    import icalendar  # noqa: PLC0415 - as above

    zone = ZoneInfo(event["zone"] or otherwise)
    start, end = (datetime.fromtimestamp(event[name], zone) for name in ("starts_at", "ends_at"))
    made: _Component = icalendar.Event()
    made.add("uid", f"{event['id']}{OWN}")
    made.add("dtstamp", datetime.fromtimestamp(event["changed_at"], UTC))
    made.add("summary", event["title"])
    if event["place"]:
        made.add("location", event["place"])
    made.add("dtstart", start.date() if event["all_day"] else start)
    made.add("dtend", end.date() if event["all_day"] else end)
    rule, _, exceptions = event["recurrence"].partition("\n")
    if rule:
        parts = dict(part.split("=", 1) for part in rule.split(";"))
        if "UNTIL" in parts and not event["all_day"]:
            until = datetime.strptime(parts["UNTIL"], _WALL).replace(tzinfo=zone).astimezone(UTC)
            parts["UNTIL"] = until.strftime(f"{_WALL}Z")
        elif "UNTIL" in parts:
            parts["UNTIL"] = parts["UNTIL"][:8]
        made.add("rrule", icalendar.vRecur.from_ical(";".join(f"{name}={value}" for name, value in parts.items())))
    for wall in exceptions.removeprefix("EXDATE:").split(",") if exceptions else ():
        moment = datetime.strptime(wall, _WALL).replace(tzinfo=zone)
        made.add("exdate", moment.date() if event["all_day"] else moment)
    return made
