"""The skills that act on the desktop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sottovoce.agent.skills.media import MediaSkill
from sottovoce.agent.skills.opening import Opening, find_nothing
from sottovoce.agent.skills.system import System
from sottovoce.agent.skills.volume import Volume
from sottovoce.agent.skills.windows import WindowsSkill

if TYPE_CHECKING:
    from sottovoce.agent.desktop.ports import Desktop
    from sottovoce.agent.skills.opening import FindFile
    from sottovoce.agent.tools.tools import Skill


def desktop_skills(desktop: Desktop, find_file: FindFile = find_nothing) -> tuple[Skill, ...]:
    """All of them, in the order in which the help names them."""
    return (Opening(desktop, find_file), WindowsSkill(desktop), Volume(desktop), MediaSkill(desktop), System(desktop))
