"""One file a skill; `all_skills` gives them in the order the help names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.skills.clock import Clock
from sottovoce.agent.skills.courtesy import Courtesy
from sottovoce.agent.skills.guide import Guide
from sottovoce.agent.skills.recall import Recall
from sottovoce.agent.skills.remember import Remember

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sottovoce.agent.questions import Skill
    from sottovoce.memory.system import MemorySystem


def all_skills(memory: MemorySystem, now: Callable[[], datetime]) -> tuple[Skill, ...]:
    """Every skill.

    Args:
        memory: Where is remembered and recalled.
        now: The present time with its zone.
    """
    skills: tuple[Skill, ...] = (Clock(now), Remember(memory), Recall(memory), Courtesy(now))
    return (*skills, Guide([skill.offer for skill in skills if skill.offer]))
