"""Backups of an open store: made while it is used, looked at, rotated.

A backup is one file: a header that anybody may read, then the database and the user's own files under a key of its own,
sealed under the home's key. It is proven before it counts, and never older than what it is said to hold.
"""

from sottovoce.adapters.store.backups.backups import StoreBackups
from sottovoce.adapters.store.backups.carried import Carried
from sottovoce.adapters.store.backups.file import Header
from sottovoce.adapters.store.backups.one_backup import Backup, Examined

__all__ = ["Backup", "Carried", "Examined", "Header", "StoreBackups"]
