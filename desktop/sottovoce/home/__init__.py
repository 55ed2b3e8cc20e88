"""One home's parts, composed without Qt: `open_home` opens them in order and closes them in reverse.

No rules here: what a part does stands with the part. `maintenance` says by whom and when backups, retention and what
is laid aside are looked after, `escrow` where new recovery codes are kept, `sound` what hears and speaks. What opens a
home is loaded when it is asked for: whoever only speaks, or only reads a file, needs no database engine.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sottovoce.home.front_end import FrontEnd
    from sottovoce.home.home import Home
    from sottovoce.home.opening import found_places, local_now, open_home

__all__ = ["FrontEnd", "Home", "found_places", "local_now", "open_home"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - as a module's attributes are
    """What opens a home, imported by the first who asks for it."""
    if name not in __all__:
        message = f"module 'sottovoce.home' has no attribute {name!r}"
        raise AttributeError(message)
    from sottovoce.home import front_end, home, opening  # noqa: PLC0415 - see above

    for room in (opening, home, front_end):
        if hasattr(room, name):
            return getattr(room, name)
    raise AttributeError(name)
