"""Sottovoce: a desktop voice assistant that keeps every word on its user's machine."""

from __future__ import annotations

from sottovoce.domain.version import VERSION

TYPE_CHECKING = False  # `typing` costs more than all that `sottovoce press` needs
if TYPE_CHECKING:
    from sottovoce.home import Home, open_home

__all__ = ["Home", "__version__", "open_home"]

__version__ = VERSION


def __getattr__(name: str) -> object:
    """`open_home` and `Home`, imported when asked for: `sottovoce --version` needs no database engine."""
    if name in {"Home", "open_home"}:
        from sottovoce import home  # noqa: PLC0415 - see above

        return getattr(home, name)
    message = f"module 'sottovoce' has no attribute {name!r}"
    raise AttributeError(message)
