"""What makes packages of the application: a frozen tree, and deb, rpm, MSI, setup, pkg, AppImage and Flatpak of it."""

import sys
from pathlib import Path

_DESKTOP = str(Path(__file__).resolve().parent.parent / "desktop")
if _DESKTOP not in sys.path:  # the environment that freezes holds the program's libraries, not the program
    sys.path.insert(0, _DESKTOP)
