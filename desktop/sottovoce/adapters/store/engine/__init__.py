"""The open store: one connection that writes in groups, some that read, each on a thread of its own.

What is acknowledged is committed and synced. Whatever SQLite reports becomes an error to show (`to_store_error`).
The room also holds what an open database needs beside it: its schema and migrations, the mark of the session, the room
kept free on the disk, the anchor of the audit log, the number of each opening, and copies made while others write.
"""

from sottovoce.adapters.store.engine.encrypted_store import EncryptedStore
from sottovoce.adapters.store.engine.failures import to_store_error
from sottovoce.adapters.store.engine.threads import GroupLimits

__all__ = ["EncryptedStore", "GroupLimits", "to_store_error"]
