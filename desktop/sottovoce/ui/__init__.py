"""Everything Qt: the loop, the tray, the overlay, the windows."""

import builtins
import os

os.environ["QT_API"] = "pyside6"  # read once, when qasync is first imported: before any module of this room is

# From its import on PySide would read the source of every module that is imported, to look for "from __feature__":
# a sixth of a second of each start. Nobody here asks for such a feature, so Python's own import goes back in its place.
_import = builtins.__import__
import PySide6.QtCore  # noqa: E402, F401 - in between

builtins.__import__ = _import
