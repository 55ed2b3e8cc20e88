"""What the assistant can do, a file a family: `all_skills` gives them in the order the help names them.

A skill knows no language: it is given values and answers with a message and its facts. It claims nothing that it has
not done, and says in a sentence what could not be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.skills.again import Again, KeptConsents
from sottovoce.agent.skills.alarms import Alarms
from sottovoce.agent.skills.calendar import CalendarSkill
from sottovoce.agent.skills.chance import Chance
from sottovoce.agent.skills.clock import Clock
from sottovoce.agent.skills.confirm import Confirm
from sottovoce.agent.skills.correct import Correct
from sottovoce.agent.skills.courtesy import Courtesy
from sottovoce.agent.skills.dates import Dates
from sottovoce.agent.skills.desktop import desktop_skills
from sottovoce.agent.skills.dictation import Clipboard, DictationSkill
from sottovoce.agent.skills.forget import Forget
from sottovoce.agent.skills.guide import Guide
from sottovoce.agent.skills.history import History
from sottovoce.agent.skills.jokes import Jokes
from sottovoce.agent.skills.letters import Letters
from sottovoce.agent.skills.lists import ListKeeping
from sottovoce.agent.skills.lookup import Lookup
from sottovoce.agent.skills.manners import Manners
from sottovoce.agent.skills.math import Math
from sottovoce.agent.skills.notes import NoteTaking
from sottovoce.agent.skills.recall import Recall
from sottovoce.agent.skills.remember import Remember
from sottovoce.agent.skills.reminders import Reminders
from sottovoce.agent.skills.smalltalk import Smalltalk
from sottovoce.agent.skills.speak import Speak
from sottovoce.agent.skills.stopwatch import Stopwatch
from sottovoce.agent.skills.sun import Sun
from sottovoce.agent.skills.tell import Tell
from sottovoce.agent.skills.timers import Timers
from sottovoce.agent.skills.units import Units
from sottovoce.agent.skills.why import Why
from sottovoce.agent.skills.zones import Zones
from sottovoce.agent.slots.when import local_to
from sottovoce.domain.settings import Settings
from sottovoce.memory.learning import Learning

__all__ = [
    "CalendarSkill",
    "Clipboard",
    "DictationSkill",
    "History",
    "KeptConsents",
    "ListKeeping",
    "Lookup",
    "NoteTaking",
    "Recall",
    "all_skills",
    "desktop_skills",
    "local_to",
]

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from sottovoce.agent.tools.tools import Skill
    from sottovoce.memory.schedule import Schedule
    from sottovoce.memory.system import MemorySystem


def all_skills(
    memory: MemorySystem,
    now: Callable[[], datetime],
    *more: Skill,
    usual: Callable[[], Settings] = Settings,
    decided: Callable[[], Collection[str]] = frozenset,
    learning: Learning | None = None,
    schedule: Schedule | None = None,
    rings: Callable[[], bool] = lambda: True,
) -> tuple[Skill, ...]:
    """Every skill.

    Args:
        memory: Where is remembered and recalled.
        now: The present time with its zone.
        more: Skills that need more than that; the help names them last.
        usual: The settings in force: how is spoken to who has asked for nothing else.
        decided: Names of the settings that an administrator has decided.
        learning: Holds what was proposed to be remembered; one that never proposes if None.
        schedule: Keeps timers, alarms and reminders; they can't be asked for if None.
        rings: Whether anybody is there to ring them.
    """
    skills: tuple[Skill, ...] = (
        Clock(now),
        Remember(memory, now),
        Tell(memory, now),
        Recall(memory, now),
        Why(memory),
        Forget(memory),
        Correct(memory),
        Confirm(learning or Learning(memory)),
        Manners(memory, usual, decided),
        Speak(memory),
        Courtesy(now),
        Jokes(),
        Smalltalk(),
        Again(memory),
        *_scheduling(schedule, now, rings),
        Math(),
        Letters(),
        Chance(),
        Units(),
        Dates(now),
        Zones(now),
        Sun(memory, now),
        Stopwatch(memory, now),
        *more,
    )
    return (*skills, Guide(skills))


def _scheduling(schedule: Schedule | None, now: Callable[[], datetime], rings: Callable[[], bool]) -> tuple[Skill, ...]:
    if schedule is None:
        return ()
    return Timers(schedule, now, rings), Alarms(schedule, now, rings), Reminders(schedule, now, rings)
