"""Erasing, from everywhere; and all other care of a store that is open, or of a home that is closed.

What is erased goes from the rows first, then from every page of the file, from every backup and from what restores
laid aside. A note in the database makes what was cut off be finished later. `StoreCare` is where the rest of the
program asks for backups, erasing, export and joining; it stands here because it needs all the other rooms.
"""

from sottovoce.adapters.store.erasing.care import ASIDE_DAYS, CODE_KEPT, StoreCare, erase_home

__all__ = ["ASIDE_DAYS", "CODE_KEPT", "StoreCare", "erase_home"]
