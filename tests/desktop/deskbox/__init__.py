"""A private desktop to test in: `with Desk(DeskOptions(tray="sni")) as desk: …`; see Desk."""

from tests.desktop.deskbox.desk import Desk, DeskError
from tests.desktop.deskbox.parts import DeskOptions, missing_packages
from tests.desktop.deskbox.seen import SYSTEM_PYTHON, Thing
from tests.desktop.deskbox.sound import sound_seconds

__all__ = [
    "SYSTEM_PYTHON",
    "Desk",
    "DeskError",
    "DeskOptions",
    "Thing",
    "missing_packages",
    "sound_seconds",
]
