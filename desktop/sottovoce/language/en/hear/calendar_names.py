"""Days of the week, months, parts of the day and feasts by their names."""

from __future__ import annotations

from typing import Final

from sottovoce.language.hearing.by_number import by_number
from sottovoce.language.hearing.moments import DayPart

WEEKDAYS: Final = by_number(
    "monday mon",
    "tuesday tue tues",
    "wednesday wed",
    "thursday thu thur thurs",
    "friday fri",
    "saturday sat",
    "sunday sun",
)
MONTHS: Final = by_number(
    "january jan",
    "february feb",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sep sept",
    "october oct",
    "november nov",
    "december dec",
    start=1,
)
PARTS: Final = {
    "morning": DayPart.MORNING,
    "afternoon": DayPart.AFTERNOON,
    "evening": DayPart.EVENING,
    "night": DayPart.NIGHT,
    "lunchtime": DayPart.MIDDAY,
}
HOLIDAYS: Final = {
    ("christmas",): (12, 25),
    ("christmas", "day"): (12, 25),
    ("christmas", "eve"): (12, 24),
    ("boxing", "day"): (12, 26),
    ("new", "year's", "eve"): (12, 31),
    ("new", "years", "eve"): (12, 31),
    ("new", "year's", "day"): (1, 1),
    ("new", "years", "day"): (1, 1),
    ("new", "year"): (1, 1),
    ("new", "year's"): (1, 1),
    ("halloween",): (10, 31),
    ("valentine's", "day"): (2, 14),
    ("valentines", "day"): (2, 14),
    ("saint", "patrick's", "day"): (3, 17),
    ("saint", "patricks", "day"): (3, 17),
    ("st", "patrick's", "day"): (3, 17),
    ("independence", "day"): (7, 4),
}
