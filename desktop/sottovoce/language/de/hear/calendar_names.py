"""Days of the week, months, parts of the day and feasts by their names."""

from __future__ import annotations

from typing import Final

from sottovoce.language.hearing.by_number import by_number
from sottovoce.language.hearing.moments import DayPart

WEEKDAYS: Final = by_number(
    "montag mo",
    "dienstag di",
    "mittwoch mi",
    "donnerstag do",
    "freitag fr",
    "samstag sonnabend sa",
    "sonntag so",
)
MONTHS: Final = by_number(
    "januar jänner jan",
    "februar feber feb",
    "märz mär",
    "april apr",
    "mai",
    "juni juno jun",
    "juli julei jul",
    "august aug",
    "september sept sep",
    "oktober okt",
    "november nov",
    "dezember dez",
    start=1,
)
PARTS: Final = {
    "früh": DayPart.MORNING,
    "morgen": DayPart.MORNING,
    "vormittag": DayPart.FORENOON,
    "mittag": DayPart.MIDDAY,
    "nachmittag": DayPart.AFTERNOON,
    "abend": DayPart.EVENING,
    "nacht": DayPart.NIGHT,
}
HOLIDAYS: Final = {
    ("heiligabend",): (12, 24),
    ("heilig", "abend"): (12, 24),
    ("weihnachten",): (12, 25),
    ("ersten", "weihnachtstag"): (12, 25),
    ("erster", "weihnachtstag"): (12, 25),
    ("ersten", "weihnachtsfeiertag"): (12, 25),
    ("zweiten", "weihnachtstag"): (12, 26),
    ("zweiter", "weihnachtstag"): (12, 26),
    ("zweiten", "weihnachtsfeiertag"): (12, 26),
    ("silvester",): (12, 31),
    ("neujahr",): (1, 1),
    ("nikolaus",): (12, 6),
    ("valentinstag",): (2, 14),
    ("halloween",): (10, 31),
    ("tag", "der", "arbeit"): (5, 1),
    ("tag", "der", "deutschen", "einheit"): (10, 3),
    ("heilige", "drei", "könige"): (1, 6),
    ("allerheiligen",): (11, 1),
}
