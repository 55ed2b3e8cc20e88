"""What skills ask of the desktop: its ports, the tools that use them, and how things there are named and meant.

Nothing here touches a desktop: adapters do, behind the ports. What can't be had raises `Cannot` with a sentence for it.
"""

from sottovoce.agent.desktop.ports import (
    Act,
    Battery,
    Cannot,
    Desktop,
    DesktopWindow,
    Guard,
    HeldPlayers,
    Level,
    Network,
    NothingHeld,
    Place,
    Player,
    Program,
    ProgramRole,
    Status,
    Steer,
    Usage,
)

__all__ = [
    "Act",
    "Battery",
    "Cannot",
    "Desktop",
    "DesktopWindow",
    "Guard",
    "HeldPlayers",
    "Level",
    "Network",
    "NothingHeld",
    "Place",
    "Player",
    "Program",
    "ProgramRole",
    "Status",
    "Steer",
    "Usage",
]
