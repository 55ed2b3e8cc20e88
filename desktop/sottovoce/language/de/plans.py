"""What German joins times and titles of plans with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from sottovoce.language.de import values
from sottovoce.language.plans import Planner, PlanWords

if TYPE_CHECKING:
    from sottovoce.language.analysis import SlotValues

_ENGAGEMENTS: Final = (
    "termin termine besprechung treffen verabredung meeting gespräch anruf telefonat konferenz mittagessen abendessen "
    "frühstück brunch essen party feier kurs unterricht stunde vorlesung prüfung klausur test untersuchung zahnarzt "
    "zahnarzttermin arzt arzttermin ärztin friseur friseurtermin flug zug konzert kino theater spiel training yoga "
    "probe sitzung seminar workshop vortrag geburtstag jahrestag hochzeit urlaub ferien reise besuch lieferung frist "
    "operation therapie massage tierarzt beerdigung picknick elternabend"
)
WORDS: Final = PlanWords(
    length=re.compile(r"(?:für |über )?(?P<length>.+?)(?: lang)?"),
    spans=(
        re.compile(r"(?:(?P<day>.+?) )?(?:von|vom|zwischen) (?P<first>.+?) (?:bis zum|bis um|bis|und) (?P<last>.+)"),
        re.compile(r"(?P<day>)(?P<first>.+?) (?:bis zum|bis um|bis) (?P<last>.+)"),
    ),
    all_day=frozenset({"ganztägig", "den ganzen tag", "der ganze tag", "ganzen tag"}),
    dangling=frozenset("jeden jede jedes mit für von über an nach wegen ohne vor bei beim".split()),  # noqa: SIM905
    leading=frozenset(
        "ein eine einen einer der die das den dem mein meine meinen noch am um im für".split()  # noqa: SIM905
    ),
    trailing=frozenset("am um im von für ab ist der die das den ein eine einen bis".split()),  # noqa: SIM905
    deeds=frozenset("zu nie nicht kein keine keinen gerade schon".split()),  # noqa: SIM905
    engagements=frozenset(_ENGAGEMENTS.split()),
    whole_days=frozenset("geburtstag jahrestag urlaub ferien feiertag".split()),  # noqa: SIM905
)

_PLANNER: Final = Planner(cast("SlotValues", values), WORDS)
plan = _PLANNER.plan
"""See `Plans.plan`."""
is_engagement = _PLANNER.is_engagement
"""See `Plans.is_engagement`."""
EVENTS: Final = frozenset(["termin", "termine", "termi", "eintrag", "einträge"])
"""See `Plans.EVENTS`."""
GENERAL: Final = EVENTS | frozenset(
    "besprechung treffen treff verabredung meeting mit mein meine beim der die das am".split()  # noqa: SIM905
)
"""What any event may be called."""
