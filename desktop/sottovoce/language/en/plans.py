"""What English joins times and titles of plans with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from sottovoce.language.en import values
from sottovoce.language.plans import Planner, PlanWords

if TYPE_CHECKING:
    from sottovoce.language.analysis import SlotValues

_ENGAGEMENTS: Final = (
    "appointment meeting call conference interview lunch dinner breakfast brunch party date class lesson lecture "
    "course exam test checkup dentist doctor doctors haircut hairdresser flight train concert show movie game match "
    "workout training yoga gym practice rehearsal session review standup workshop seminar webinar presentation demo "
    "birthday anniversary wedding holiday vacation trip visit reservation booking delivery deadline event playdate "
    "surgery therapy massage vet physio barber funeral graduation ceremony reunion get-together picnic barbecue"
)
WORDS: Final = PlanWords(
    length=re.compile(r"(?:for|lasting|of|which takes|that takes|taking) (?P<length>.+)"),
    spans=(
        re.compile(r"(?:(?P<day>.+?) )?from (?P<first>.+?) (?:until|till|til|through|to) (?P<last>.+)"),
        re.compile(r"(?:(?P<day>.+?) )?between (?P<first>.+?) and (?P<last>.+)"),
        re.compile(r"(?P<day>)(?P<first>.+?) (?:until|till|til|through) (?P<last>.+)"),
    ),
    all_day=frozenset(
        {"all day", "all day long", "the whole day", "whole day", "the entire day", "as an all day event"}
    ),
    dangling=frozenset("every each other with for of about to and from by without before after near like per".split()),  # noqa: SIM905
    leading=frozenset(
        "a an the my our another that is there's it's called named on at in to "  # noqa: SIM905
        "i i've i'm we we've we're have having got".split()
    ),
    trailing=frozenset("on at in from for by and is the a an this starting beginning called".split()),  # noqa: SIM905
    deeds=frozenset("me us to been had no not never gone seen just already got".split()),  # noqa: SIM905
    engagements=frozenset(_ENGAGEMENTS.split()),
    whole_days=frozenset("birthday anniversary vacation holiday holidays leave festival".split()),  # noqa: SIM905
)

_PLANNER: Final = Planner(cast("SlotValues", values), WORDS)
plan = _PLANNER.plan
"""See `Plans.plan`."""
is_engagement = _PLANNER.is_engagement
"""See `Plans.is_engagement`."""
EVENTS: Final = frozenset(["appointment", "appointments", "event", "events", "entry", "entries"])
"""See `Plans.EVENTS`."""
GENERAL: Final = EVENTS | frozenset("meeting meetings thing date session with my the at of next".split())  # noqa: SIM905
"""What any event may be called."""
