"""From what lies on a disk to an open store: a start, a key file made good, a restore, the union with another store.

A start follows the table of `folder.states`. A restore proves the new home before the old one makes way, and keeps that
beside it. What another store holds (an export's folder, a copy that a synchronising program made) is looked at as a
whole before anything of it is taken in.
"""

from typing import TYPE_CHECKING, Any

from sottovoce.adapters.store.opening.opening import StoreLimits, open_store

if TYPE_CHECKING:
    from sottovoce.adapters.store.opening.restoring import Present, Ways, examine_backup, look_before, restore_backup

__all__ = ["Present", "StoreLimits", "Ways", "examine_backup", "look_before", "open_store", "restore_backup"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - as a module's attributes are
    """Restoring, loaded by the first who needs it: no start does."""
    if name not in __all__:
        raise AttributeError(name)
    from sottovoce.adapters.store.opening import restoring  # noqa: PLC0415 - see above

    return getattr(restoring, name)
