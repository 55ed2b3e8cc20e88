"""Everything Qt: the loop, the tray, the overlay, the windows."""

import os

os.environ["QT_API"] = "pyside6"  # read once, when qasync is first imported: before any module of this room is
