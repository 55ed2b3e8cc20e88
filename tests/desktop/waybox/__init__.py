"""A private Wayland desktop to test in: `with WaylandDesk(WaylandOptions()) as desk: …`; see WaylandDesk."""

from tests.desktop.waybox.desk import WaylandDesk
from tests.desktop.waybox.parts import WaylandOptions, missing_packages

__all__ = ["WaylandDesk", "WaylandOptions", "missing_packages"]
